//! Reads a plain copy job at a glance, with the same result as scanning and parsing it.
//!
//! Most objects of most exports are plain: known keys without escapes, strings, whole numbers, a `detail`, a
//! `createdBy`, a list of ARNs. One pass over such an object checks that it is JSON and notes where its fields stand.
//! Whatever else comes up ends the glance, and the careful way reads the object from its first byte. So this file may
//! give up on anything, and must never read anything otherwise than `frame` and `record` do: a test compares the two.

use std::sync::Arc;

use super::scanner::LARGEST_RECORD;
use crate::read::draft::Draft;
use crate::read::field::{Field, FieldNames};
use crate::read::item::Uneventful;
use crate::record::{JobId, Position, Rank, State, parse_time};

/// How many keys are looked ahead for the one that comes: events differ in whether they have a message or a copy.
const LOOKED_AHEAD: usize = 4;

/// More keys in a row than this are no habit of an export.
const MOST_KEYS: usize = 160;

/// The habits of an export, by which its next object is read faster, and the fields of the last one.
#[derive(Debug)]
pub(super) struct Glance<'n> {
    names: &'n FieldNames,
    /// The keys in the order in which they came, each with its closing quote.
    keys: Vec<(Vec<u8>, Field)>,
    next_key: usize,
    /// The fields of an event, and of the job in it, or only the job's.
    fields: [Vec<(Field, Value)>; 2],
}

/// Where a value stands in the object, without its quotes.
#[derive(Debug, Clone, Copy)]
struct Value {
    start: usize,
    end: usize,
    has_escapes: bool,
}

/// What was seen of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// How many bytes it has.
    pub(super) length: usize,
    /// How many lines end in it, and how many bytes stand behind the last of these ends.
    pub(super) lines: u64,
    pub(super) on_last_line: usize,
}

impl<'n> Glance<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        Self { names, keys: Vec::new(), next_key: 0, fields: [Vec::new(), Vec::new()] }
    }

    /// Looks at the object that `bytes` begin with; `None` where it is not plain, not a job, or not whole.
    pub(super) fn look(&mut self, bytes: &[u8]) -> Option<Seen> {
        self.next_key = 0;
        self.fields.iter_mut().for_each(Vec::clear);
        let mut text = Text { bytes, at: 1, lines: 0, line_start: 0 };
        self.object(&mut text, Place::Outside)?;
        let [outer, inner] = &self.fields;
        let has = |fields: &[(Field, Value)], wanted: Field| fields.iter().any(|(field, _)| *field == wanted);
        let is_job = |fields: &[(Field, Value)]| {
            has(fields, Field::CopyJobId) && (has(fields, Field::State) || has(fields, Field::StatusMessage))
        };
        let is_plain = if inner.is_empty() {
            is_job(outer)
        } else {
            let names_a_job =
                [Field::CopyJobId, Field::State, Field::StatusMessage].map(|field| has(outer, field));
            is_job(inner) && names_a_job == [false; 3]
        };
        (is_plain && text.at <= LARGEST_RECORD).then_some(Seen {
            length: text.at,
            lines: text.lines,
            on_last_line: text.at - text.line_start,
        })
    }

    /// What there is to tell of the job of the object that was looked at last, which `bytes` begin with; `None` where
    /// it may have a problem, or there is any doubt.
    pub(super) fn uneventful(&self, bytes: &[u8]) -> Option<Uneventful> {
        let [outer, inner] = &self.fields;
        let job = if inner.is_empty() { outer } else { inner };
        let (mut id, mut state, mut created, mut completed) = (None, None, None, None);
        let text = |value: &Value| {
            let text = std::str::from_utf8(bytes.get(value.start..value.end)?).ok()?;
            (!value.has_escapes).then_some(text)
        };
        for (field, value) in job {
            match field {
                Field::CopyJobId => id = text(value),
                Field::State => state = text(value),
                Field::CreatedAt => created = text(value),
                Field::CompletedAt => completed = text(value),
                Field::StatusMessage | Field::MaybeId | Field::MaybeState | Field::MaybeMessage => {
                    return None;
                }
                _ => {}
            }
        }
        let is_of_job_only = |(field, _): &(Field, Value)| {
            !matches!(field, Field::CreatedAt | Field::CompletedAt | Field::MaybeMessage)
        };
        if !inner.is_empty() && !outer.iter().all(is_of_job_only) {
            return None;
        }
        let state = match state? {
            "COMPLETED" => State::Completed,
            "RUNNING" => State::Running,
            "CREATED" => State::Created,
            _ => return None,
        };
        let id = id.filter(|id| id.len() == 36)?;
        let time = completed.and_then(parse_time).or_else(|| created.and_then(parse_time));
        Some(Uneventful { id: Some(JobId::of(id)), rank: Rank::new(&state, time, false), state })
    }

    /// The job of the object that was looked at last, which `bytes` begin with; `None` where a text in it is none.
    pub(super) fn draft(&self, bytes: &[u8], file: &Arc<str>, position: Position) -> Option<Draft> {
        let [outer, inner] = &self.fields;
        let outer = drafted(outer, bytes, Draft::new(Arc::clone(file), position))?;
        if inner.is_empty() {
            return Some(outer);
        }
        let mut job = drafted(inner, bytes, Draft::new(Arc::clone(file), position))?;
        if !job.tells_of_a_job() {
            return None;
        }
        job.fill_gaps(outer);
        Some(job)
    }

    /// An object, behind its opening brace.
    fn object(&mut self, text: &mut Text<'_>, place: Place) -> Option<()> {
        text.skip_space();
        if text.take(b'}') {
            return Some(());
        }
        loop {
            text.expect(b'"')?;
            let field = self.key(text)?;
            text.skip_space();
            text.expect(b':')?;
            text.skip_space();
            self.value(text, place, field)?;
            text.skip_space();
            if text.take(b'}') {
                return Some(());
            }
            text.expect(b',')?;
            text.skip_space();
        }
    }

    /// What a key means, behind its opening quote. It is most often the one that came next in the object before.
    fn key(&mut self, text: &mut Text<'_>) -> Option<Field> {
        let rest = text.bytes.get(text.at..)?;
        for ahead in self.next_key..(self.next_key + LOOKED_AHEAD).min(self.keys.len()) {
            if let Some((key, field)) = self.keys.get(ahead).filter(|(key, _)| rest.starts_with(key)) {
                self.next_key = ahead + 1;
                text.at += key.len();
                return Some(*field);
            }
        }
        let value = text.string()?;
        let key = text.bytes.get(value.start..value.end)?;
        if value.has_escapes {
            return None;
        }
        let field = self.names.field(key);
        if self.keys.len() < MOST_KEYS {
            let place = self.next_key.min(self.keys.len());
            self.keys.insert(place, ([key, b"\""].concat(), field));
        }
        self.next_key += 1;
        Some(field)
    }

    fn value(&mut self, text: &mut Text<'_>, place: Place, field: Field) -> Option<()> {
        // In what says nothing of the job, nothing may look as if it did.
        let is_telling = !matches!(field, Field::Other | Field::LogTime);
        match place {
            Place::Plan | Place::InnerPlan if is_telling && !is_of_plan(field) => return None,
            Place::Aside if is_telling => return None,
            _ => {}
        }
        if matches!(field, Field::CopyJobs | Field::NextToken | Field::CopyJobSummaries)
            || field.is_of_other_job()
        {
            return None;
        }
        let first = *text.bytes.get(text.at)?;
        text.at += 1;
        match first {
            b'"' => {
                let value = text.string()?;
                if is_telling {
                    self.put(place, field, value);
                } else if value.has_escapes {
                    return None;
                }
                // JSON in a string has escapes; a message may quote whatever it likes.
                let inside = text.bytes.get(value.start..value.end)?;
                let is_plain = field == Field::StatusMessage || !value.has_escapes;
                let is_of_job = matches!(place, Place::Outside | Place::Inside);
                (is_plain && (is_of_job || !is_state(inside))).then_some(())
            }
            b'{' => match (field, place) {
                (Field::Inner, Place::Outside) => self.object(text, Place::Inside),
                (Field::CreatedBy, Place::Outside | Place::Inside) => {
                    let plan = if place == Place::Outside { Place::Plan } else { Place::InnerPlan };
                    self.object(text, plan)
                }
                (
                    Field::CopyJobId | Field::State | Field::StatusMessage | Field::Inner | Field::CreatedBy,
                    _,
                ) => None,
                // AWS writes an empty object for a missing ARN.
                _ if is_telling => {
                    text.skip_space();
                    text.expect(b'}')
                }
                _ => self.object(text, Place::Aside),
            },
            b'[' if !is_telling || field == Field::RecoveryPointArn => self.list(text, place, field),
            b'-' | b'0'..=b'9' => {
                let number = text.number(first)?;
                if !is_telling || field == Field::IsParent {
                    return Some(());
                }
                let digits = text.bytes.get(number.start..number.end)?;
                let is_whole = digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit);
                let is_time = matches!(field, Field::CreatedAt | Field::CompletedAt);
                (is_whole || is_time).then_some(())?;
                self.put(place, field, number);
                Some(())
            }
            b't' | b'f' | b'n' => {
                let start = text.at - 1;
                let word = ["true", "false", "null"].into_iter().find(|word| text.begins(start, word))?;
                text.at = start + word.len();
                if field == Field::IsParent {
                    self.put(place, field, Value { start, end: text.at, has_escapes: false });
                }
                Some(())
            }
            _ => None,
        }
    }

    /// A list of ARNs, of which the first counts.
    fn list(&mut self, text: &mut Text<'_>, place: Place, field: Field) -> Option<()> {
        text.skip_space();
        if text.take(b']') {
            return Some(());
        }
        let mut is_first = true;
        loop {
            text.expect(b'"')?;
            let value = text.string()?;
            (text.begins(value.start, "arn:") && !value.has_escapes).then_some(())?;
            if is_first && field == Field::RecoveryPointArn {
                self.put(place, field, value);
            }
            is_first = false;
            text.skip_space();
            if text.take(b']') {
                return Some(());
            }
            text.expect(b',')?;
            text.skip_space();
        }
    }

    fn put(&mut self, place: Place, field: Field, value: Value) {
        let [outer, inner] = &mut self.fields;
        match place {
            Place::Outside | Place::Plan => outer.push((field, value)),
            Place::Inside | Place::InnerPlan => inner.push((field, value)),
            Place::Aside => {}
        }
    }
}

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the object itself.
    Outside,
    /// In the job that the object says more about.
    Inside,
    /// In what made the job, in either of these.
    Plan,
    InnerPlan,
    /// In an object that says nothing of the job.
    Aside,
}

fn is_of_plan(field: Field) -> bool {
    matches!(field, Field::BackupPlanId | Field::BackupPlanName | Field::BackupRuleId | Field::BackupRuleName)
}

fn is_state(text: &[u8]) -> bool {
    text.len() <= 10 && std::str::from_utf8(text).is_ok_and(State::is_known_name)
}

fn drafted(fields: &[(Field, Value)], bytes: &[u8], mut draft: Draft) -> Option<Draft> {
    for (field, value) in fields {
        let text = if value.has_escapes {
            let quoted = bytes.get(value.start.checked_sub(1)?..=value.end)?;
            serde_json::from_slice(quoted).ok()?
        } else {
            std::str::from_utf8(bytes.get(value.start..value.end)?).ok()?.to_owned()
        };
        draft.put(*field, text);
    }
    Some(draft)
}

/// An object while it is looked at.
struct Text<'b> {
    bytes: &'b [u8],
    at: usize,
    lines: u64,
    line_start: usize,
}

impl Text<'_> {
    fn skip_space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.lines += 1;
                    self.line_start = self.at;
                }
                _ => return,
            }
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    fn begins(&self, start: usize, word: &str) -> bool {
        self.bytes.get(start..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    /// A string, behind its opening quote: eight bytes at a time until one is special.
    fn string(&mut self) -> Option<Value> {
        let start = self.at;
        let (mut has_escapes, mut is_ascii) = (false, true);
        loop {
            while let Some(word) = self.bytes.get(self.at..self.at + 8) {
                let special = special(u64::from_le_bytes(word.try_into().ok()?));
                if special != 0 {
                    self.at += special.trailing_zeros() as usize / 8;
                    break;
                }
                self.at += 8;
            }
            match *self.bytes.get(self.at)? {
                b'"' => {
                    let end = self.at;
                    self.at += 1;
                    if !is_ascii {
                        std::str::from_utf8(self.bytes.get(start..end)?).ok()?;
                    }
                    return Some(Value { start, end, has_escapes });
                }
                b'\\' => {
                    has_escapes = true;
                    let escaped = self.bytes.get(self.at + 1)?;
                    b"\"\\/bfnrtu".contains(escaped).then_some(())?;
                    self.at += 2;
                }
                0..=0x1f => return None,
                byte => {
                    is_ascii &= byte.is_ascii();
                    self.at += 1;
                }
            }
        }
    }

    /// A number, behind its first byte: whole or with a fraction, without an exponent.
    fn number(&mut self, first: u8) -> Option<Value> {
        let start = self.at - 1;
        let digits = |text: &mut Self| {
            let before = text.at;
            while text.bytes.get(text.at).is_some_and(u8::is_ascii_digit) {
                text.at += 1;
            }
            text.at - before
        };
        let first_digit = if first == b'-' { self.at } else { start };
        self.at = first_digit;
        let whole = digits(self);
        let has_leading_zero = whole > 1 && self.bytes.get(first_digit) == Some(&b'0');
        if whole == 0 || has_leading_zero || (self.take(b'.') && digits(self) == 0) {
            return None;
        }
        let goes_on =
            self.bytes.get(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.');
        (!goes_on).then_some(Value { start, end: self.at, has_escapes: false })
    }
}

/// Which of eight bytes may be special: a quote, a backslash, a control character, or beyond ASCII. The lowest that is
/// marked is; one above it may be marked too.
fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let quote = is_zero(word ^ (ONES * b'"' as u64));
    let escape = is_zero(word ^ (ONES * b'\\' as u64));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | escape | control | word) & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::frame::Kind;
    use crate::read::json::record;
    use crate::read::json::scanner::{Found, Scanner};
    use crate::record::Record;

    const AT: Position = Position { line: 1, column: 1 };
    const NAMES: FieldNames = FieldNames { message: None, state: None };

    /// What the careful way makes of a text: everything it finds, and the records.
    fn carefully(json: &str) -> (Vec<Kind>, Vec<Record>) {
        let mut kinds = Vec::new();
        let mut records = Vec::new();
        let mut scanner = Scanner::without_glance(&NAMES);
        let mut found = |found: Found<'_>| {
            if let Found::Whole { kind, bytes, .. } = found {
                kinds.push(kind);
                let record = record::parse(bytes, &NAMES, &"-".into(), AT);
                records.extend(record.ok().filter(|_| kind == Kind::Record).map(Draft::finish));
            }
        };
        scanner.feed(json.as_bytes(), &mut found);
        scanner.finish(&mut found);
        (kinds, records)
    }

    fn at_a_glance(json: &str) -> Option<(usize, Record)> {
        let mut glance = Glance::new(&NAMES);
        let seen = glance.look(json.as_bytes())?;
        Some((seen.length, glance.draft(json.as_bytes(), &"-".into(), AT)?.finish()))
    }

    /// Where the glance says something, the careful way says the same.
    #[track_caller]
    fn agrees(json: &str) {
        let mut glance = Glance::new(&NAMES);
        if glance.look(json.as_bytes()).is_some() {
            if let (Some(job), (_, records)) = (glance.uneventful(json.as_bytes()), carefully(json)) {
                assert_eq!(
                    records.first().map(|record| (Uneventful::from(record), record.is_problem())),
                    Some((job, false)),
                    "{json}"
                );
            }
        }
        if let Some((length, record)) = at_a_glance(json) {
            assert_eq!(carefully(&json[..length]), (vec![Kind::Record], vec![record]), "{json}");
        }
    }

    const EVENT: &str = r#"{"version":"0","id":"e2fa5388-67c3-830a-859a-5b17ab24644b","detail-type":"Copy Job State Change","account":"111122223333","time":"2025-07-02T05:06:56Z","region":"us-east-1","resources":["arn:aws:ec2:us-east-1::image/ami-1"],"detail":{"copyJobId":"47C8EF56-74D8-059D-1301-C5BE1D5C926E","backupSizeInBytes":12,"creationDate":"2025-07-02T05:06:53.239Z","state":"FAILED","statusMessage":"not \"allowed\" für","destinationRecoveryPointArn":{},"createdBy":{"backupPlanId":"bde0f455-4e24-4668-aeaa-4932a97f5cc5","backupPlanRuleId":"1f97bafa-14d6-4f39-94fd-94b51bd6d0d5"}}}"#;
    const JOB: &str = "{\n  \"CopyJobId\": \"A\",\r\n  \"State\": \"COMPLETED\", \"IsParent\": true, \"CreationDate\": 1751432787.234,\n  \"Lifecycle\": {\"DeleteAfterDays\": 35}, \"x\": -1.5 }";

    #[test]
    fn plain_jobs_are_read_at_a_glance() {
        for json in [
            EVENT,
            JOB,
            &EVENT.replace("FAILED", "RUNNING"),
            &EVENT.replace(r#""statusMessage":"not \"allowed\" für","#, "").replace("FAILED", "COMPLETED"),
        ] {
            let (length, _) = at_a_glance(json).expect("it is plain");
            assert_eq!(length, json.len());
            agrees(json);
        }
        let seen = Glance::new(&NAMES).look(JOB.as_bytes()).expect("it is plain");
        assert_eq!(
            (seen.lines, seen.on_last_line),
            (3, "  \"Lifecycle\": {\"DeleteAfterDays\": 35}, \"x\": -1.5 }".len())
        );
    }

    #[test]
    fn the_habits_of_an_export_change_nothing() {
        let mut glance = Glance::new(&NAMES);
        for json in [EVENT, JOB, EVENT, JOB] {
            assert_eq!(glance.look(json.as_bytes()).map(|seen| seen.length), Some(json.len()), "{json}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_careful_way() {
        for json in [
            r#"{"CopyJobId":"A","State":"FAILED","x":"{\"a\":1}"}"#,
            r#"{"CopyJobId":"A","State":{"Value":"FAILED"}}"#,
            r#"{"CopyJobId":"A","State":"FAILED","x":["FAILED","b"]}"#,
            r#"{"CopyJobId":"A","State":"FAILED","x":01}"#,
            r#"{"CopyJobId":"A","State":"FAILED","x":tru}"#,
            r#"{"CopyJobId":"A","State":"FAILED",}"#,
            r#"{"CopyJobId":"A","State":"FAILED""#,
            r#"{"CopyJobs":[{"CopyJobId":"A","State":"FAILED"}]}"#,
            "{\"CopyJobId\":\"A\",\"State\":\"FA\u{1}ILED\"}",
            r#"{"BackupJobId":"A","State":"FAILED"}"#,
        ] {
            assert!(at_a_glance(json).is_none(), "{json}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { cases: 512, ..Default::default() })]
        /// Whatever is put into a plain object, the glance gives up or agrees.
        #[test]
        fn what_is_read_at_a_glance_is_what_is_read_carefully(
            which in 0_usize..2,
            changes in proptest::collection::vec((0_usize..900, "[{}\\[\\],:\"\\\\\n0-9a-eE.ü -]|\"State\":|\"x\":|null|FAILED|\\\\u00e4"), 1..4),
        ) {
            let mut json = [EVENT, JOB][which].to_owned();
            for (at, change) in changes {
                let mut at = at % json.len();
                while !json.is_char_boundary(at) {
                    at -= 1;
                }
                json.insert_str(at, &change);
            }
            agrees(&json);
        }
    }
}
