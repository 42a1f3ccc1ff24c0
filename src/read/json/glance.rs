//! Reads a plain copy job at a glance, with the same result as scanning and parsing it.
//!
//! Most objects of most exports are plain: known keys without escapes, strings, whole numbers, a `detail`, a
//! `createdBy`, a list of ARNs. One pass over such an object checks that it is JSON and notes where its fields stand.
//! Whatever else comes up ends the glance, and the careful way reads the object from its first byte. So this file may
//! give up on anything, and must never read anything otherwise than `frame` and `record` do: a test compares the two.

use std::sync::Arc;

use super::habit::{Content, Fields, Habits, Place, Trace};
use super::scanner::LARGEST_RECORD;
use super::token::{Text, Value};
use crate::read::draft::Draft;
use crate::read::field::{Field, FieldNames};
use crate::read::item::Uneventful;
use crate::record::Position;

/// What stands aside of a job nests no deeper in what AWS writes. Each level takes a piece of the stack.
pub(super) const DEEPEST_ASIDE: usize = 8;

/// What was seen of the last object, and the habits of those before, by which the next one is read faster.
#[derive(Debug)]
pub(super) struct Glance<'n> {
    names: &'n FieldNames,
    habits: Habits,
    fields: Fields,
    trace: Trace,
    /// In how many objects that say nothing of the job the glance stands.
    aside: usize,
}

/// What was seen of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen<'b> {
    pub(super) object: &'b str,
    /// How many lines end in it, and how many bytes stand behind the last of these ends.
    pub(super) lines: u64,
    pub(super) on_last_line: usize,
}

impl<'n> Glance<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        Self { names, habits: Habits::default(), fields: Fields::default(), trace: Trace::new(), aside: 0 }
    }

    /// Looks at the object that `bytes` begin with; `None` where it is not plain, not a job, or not whole.
    pub(super) fn look<'b>(&mut self, bytes: &'b [u8]) -> Option<Seen<'b>> {
        self.fields.clear();
        let mut text = Text::new(bytes);
        let is_habit = self.habits.follow(&mut text, &mut self.fields).is_some();
        if !is_habit {
            self.fields.clear();
            self.trace.clear();
            self.aside = 0;
            text = Text::new(bytes);
            text.expect(b'{')?;
            self.object(&mut text, Place::Outside)?;
            self.is_job().then_some(())?;
        }
        let object = text.seen().filter(|object| object.len() <= LARGEST_RECORD)?;
        if !is_habit {
            self.habits.learn(object.as_bytes(), &self.trace);
        }
        Some(Seen { object, lines: text.lines, on_last_line: text.at - text.line_start })
    }

    /// Whether the fields of the object are those of one job.
    fn is_job(&self) -> bool {
        let Fields { outer, inner } = &self.fields;
        let has = |fields: &[(Field, Value)], wanted: Field| fields.iter().any(|(field, _)| *field == wanted);
        let is_job = |fields: &[(Field, Value)]| {
            has(fields, Field::CopyJobId) && (has(fields, Field::State) || has(fields, Field::StatusMessage))
        };
        let names_a_job =
            [Field::CopyJobId, Field::State, Field::StatusMessage].map(|field| has(outer, field));
        if inner.is_empty() { is_job(outer) } else { is_job(inner) && names_a_job == [false; 3] }
    }

    /// What there is to tell of the job of the object that was looked at last; `None` where it may have a problem, or
    /// there is any doubt.
    pub(super) fn uneventful(&self, object: &str) -> Option<Uneventful> {
        let Fields { outer, inner } = &self.fields;
        let job = if inner.is_empty() { outer } else { inner };
        let (mut id, mut state, mut created, mut completed) = (None, None, None, None);
        let text = |value: &Value| object.get(value.start..value.end).filter(|_| !value.has_escapes);
        for (field, value) in job {
            match field {
                Field::CopyJobId => id = text(value),
                Field::State => state = text(value),
                Field::CreatedAt if created.is_none() => created = text(value),
                Field::CompletedAt if completed.is_none() => completed = text(value),
                // Of two times of one meaning the careful way knows which counts.
                Field::CreatedAt
                | Field::CompletedAt
                | Field::StatusMessage
                | Field::MaybeId
                | Field::MaybeState
                | Field::MaybeMessage => return None,
                _ => {}
            }
        }
        let is_of_job_only = |(field, _): &(Field, Value)| {
            !matches!(field, Field::CreatedAt | Field::CompletedAt | Field::MaybeMessage)
        };
        if !inner.is_empty() && !outer.iter().all(is_of_job_only) {
            return None;
        }
        Uneventful::of(id.filter(|id| id.len() == 36)?, state?, created, completed)
    }

    /// The job of the object that was looked at last; `None` where a text in it is none.
    pub(super) fn draft(&self, object: &str, file: &Arc<str>, position: Position) -> Option<Draft> {
        let Fields { outer, inner } = &self.fields;
        let outer = drafted(outer, object, Draft::new(Arc::clone(file), position))?;
        if inner.is_empty() {
            return Some(outer);
        }
        let mut job = drafted(inner, object, Draft::new(Arc::clone(file), position))?;
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

    /// What a key means, behind its opening quote.
    fn key(&mut self, text: &mut Text<'_>) -> Option<Field> {
        let value = text.string()?;
        let key = text.bytes.get(value.start..value.end)?;
        (!value.has_escapes).then(|| self.names.field(key))
    }

    fn value(&mut self, text: &mut Text<'_>, place: Place, field: Field) -> Option<()> {
        // In what says nothing of the job, nothing may look as if it did.
        let is_telling = field.is_of_job();
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
        match *text.bytes.get(text.at)? {
            b'"' => {
                text.at += 1;
                self.content(text, Content::String(field, place))
            }
            b'{' => {
                text.at += 1;
                match (field, place) {
                    // A second job beside the first is a record of its own.
                    (Field::Inner, Place::Outside) if self.fields.inner.is_empty() => {
                        self.object(text, Place::Inside)
                    }
                    (Field::CreatedBy, Place::Outside) => self.object(text, Place::Plan),
                    (Field::CreatedBy, Place::Inside) => self.object(text, Place::InnerPlan),
                    (Field::CopyJobId | Field::State | Field::StatusMessage | Field::Inner, _) => None,
                    // AWS writes an empty object for a missing ARN.
                    _ if is_telling => {
                        text.skip_space();
                        text.expect(b'}')
                    }
                    _ if self.aside == DEEPEST_ASIDE => None,
                    _ => {
                        self.aside += 1;
                        self.object(text, Place::Aside)?;
                        self.aside -= 1;
                        Some(())
                    }
                }
            }
            b'[' if !is_telling || field == Field::RecoveryPointArn => {
                text.at += 1;
                self.list(text, place, field)
            }
            b'-' | b'0'..=b'9' => self.content(text, Content::Number(field, place)),
            b't' | b'f' | b'n' => self.content(text, Content::Word(field, place)),
            _ => None,
        }
    }

    /// A list of ARNs.
    fn list(&mut self, text: &mut Text<'_>, place: Place, field: Field) -> Option<()> {
        text.skip_space();
        if text.take(b']') {
            return Some(());
        }
        let mut is_first = true;
        loop {
            text.expect(b'"')?;
            self.content(text, Content::Item { field, place, is_first })?;
            is_first = false;
            text.skip_space();
            if text.take(b']') {
                return Some(());
            }
            text.expect(b',')?;
            text.skip_space();
        }
    }

    fn content(&mut self, text: &mut Text<'_>, content: Content) -> Option<()> {
        let start = text.at;
        content.read(text, &mut self.fields)?;
        self.trace.push((start, text.at, content));
        Some(())
    }
}

fn is_of_plan(field: Field) -> bool {
    matches!(field, Field::BackupPlanId | Field::BackupPlanName | Field::BackupRuleId | Field::BackupRuleName)
}

fn drafted(fields: &[(Field, Value)], object: &str, mut draft: Draft) -> Option<Draft> {
    for (field, value) in fields {
        let text = if value.has_escapes {
            serde_json::from_str(object.get(value.start.checked_sub(1)?..=value.end)?).ok()?
        } else {
            object.get(value.start..value.end)?.to_owned()
        };
        draft.put(*field, text);
    }
    Some(draft)
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

    /// What is seen at a glance, by one that has seen nothing before, and by one that has its habits.
    fn at_a_glance(json: &str) -> Option<(usize, Record)> {
        let fresh = seen(&mut Glance::new(&NAMES), json);
        let mut used = Glance::new(&NAMES);
        for other in
            [EVENT, JOB, &EVENT.replace("FAILED", "RUNNING"), &JOB.replace("\"IsParent\": true, ", "")]
        {
            used.look(other.as_bytes());
        }
        assert_eq!(seen(&mut used, json), fresh, "{json}");
        assert_eq!(seen(&mut used, json), fresh, "{json}");
        fresh
    }

    fn seen(glance: &mut Glance<'_>, json: &str) -> Option<(usize, Record)> {
        let seen = glance.look(json.as_bytes())?;
        Some((seen.object.len(), glance.draft(seen.object, &"-".into(), AT)?.finish()))
    }

    /// Where the glance says something, the careful way says the same.
    #[track_caller]
    fn agrees(json: &str) {
        let mut glance = Glance::new(&NAMES);
        if let Some(seen) = glance.look(json.as_bytes()) {
            if let (Some(job), (_, records)) = (glance.uneventful(seen.object), carefully(json)) {
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

    /// The event of a job without a problem, and the job in it.
    fn uneventful_event() -> (String, String) {
        let event = EVENT.replace(r#""statusMessage":"not \"allowed\" für","#, "").replace(
            r#""state":"FAILED""#,
            r#""completionDate":"2025-07-02T05:09:53.239Z","state":"COMPLETED""#,
        );
        let job = event.split_once(r#""detail":"#).expect("it has a detail").1.strip_suffix('}');
        let job = job.expect("the event ends behind the job").to_owned();
        (event, job)
    }

    /// A job that says more.
    fn job_with(more: &str) -> String {
        format!(r#"{{"CopyJobId":"A","State":"FAILED",{more}}}"#)
    }

    #[test]
    fn plain_jobs_are_read_at_a_glance() {
        let (event, job) = uneventful_event();
        for json in [
            EVENT,
            JOB,
            &EVENT.replace("FAILED", "RUNNING"),
            &event,
            &job,
            &job_with(r#""AccountId":111122223333,"BackupSizeInBytes":0"#),
            &job_with(r#""Tags":{"Owner":"me","Cost":"low"}"#),
            // Beside one another they are not deep.
            &job_with(&[r#""Tags":{}"#; 2 * DEEPEST_ASIDE].join(",")),
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
    fn a_job_without_a_problem_is_told_of_without_a_draft() {
        let is_told = |json: &str| {
            agrees(json);
            let mut glance = Glance::new(&NAMES);
            let seen = glance.look(json.as_bytes()).expect("it is plain");
            glance.uneventful(seen.object).is_some()
        };
        let (event, job) = uneventful_event();
        assert!(is_told(&event) && is_told(&job));
        for json in [
            EVENT,
            &job.replace("COMPLETED", "EXPIRED"),
            &job.replace("47C8EF56-74D8-059D-1301-C5BE1D5C926E", "None"),
            &job.replace("COMPLETED\"", "COMPLETED\",\"message\":\"No\""),
            // A second time that is none leaves the first.
            &job.replace("\"state\"", "\"createdAt\":\"-\",\"state\""),
            &job.replace("\"state\"", "\"completedAt\":\"-\",\"state\""),
            // What stands around a job fills its gaps.
            &event
                .replace("\"creationDate\":\"2025-07-02T05:06:53.239Z\",", "")
                .replace("\"completionDate\":\"2025-07-02T05:09:53.239Z\",", "")
                .replace("\"version\":\"0\"", "\"created\":\"2025-07-02T05:06:56Z\""),
        ] {
            assert!(!is_told(json), "{json}");
        }
        agrees(
            r#"{"created":"2025-07-02","detail":{"copyJobId":"47C8EF56-74D8-059D-1301-C5BE1D5C926E","state":"RUNNING"}}"#,
        );
    }

    #[test]
    fn the_habits_of_an_export_change_nothing() {
        let mut glance = Glance::new(&NAMES);
        for json in [EVENT, JOB, EVENT, JOB] {
            let fresh = Glance::new(&NAMES).look(json.as_bytes());
            assert_eq!(fresh.map(|seen| seen.object), Some(json));
            assert_eq!(glance.look(json.as_bytes()), fresh, "{json}");
        }
    }

    #[test]
    fn every_way_that_was_learned_is_followed() {
        let ways =
            [EVENT, JOB, &JOB.replace("\"x\": -1.5", "\"y\": 2"), &JOB.replace("\"IsParent\": true, ", "")];
        let mut glance = Glance::new(&NAMES);
        for json in ways {
            glance.look(json.as_bytes());
        }
        for json in ways {
            let followed = glance.habits.follow(&mut Text::new(json.as_bytes()), &mut Fields::default());
            assert!(followed.is_some(), "{json}");
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
            &job_with(r#""BackupJobId":"B""#),
            &job_with(r#""CopyJobs":[]"#),
            r#"{"detail":{"copyJobId":"A","state":"FAILED"},"detail":{"copyJobId":"B","state":"FAILED"}}"#,
            r#"{"CopyJobId":"A","CreatedBy":{"StatusMessage":"No"}}"#,
            r#"{"CopyJobId":12345678901234567890123,"State":"FAILED"}"#,
            &job_with(r#""x":-"#),
            &job_with(r#""x":-01"#),
            &job_with(r#""x":1."#),
            &job_with(r#""x":1e5"#),
            &job_with(r#""StatusMessage":"in C:\x""#),
            &job_with(r#""StatusMessage":{}"#),
            &job_with(r#""ResourceArn":{"S":"arn:aws:ec2:us-east-1::image/ami-1"}"#),
            &job_with(r#""ResourceArn":["arn:aws:ec2:us-east-1::image/ami-1"]"#),
            // What stands beside a job may be another.
            &job_with(r#""before":{"CopyJobId":"B","StatusMessage":"No"}"#),
            &job_with(r#""before":{"ref":"47C8EF56-74D8-059D-1301-C5BE1D5C926E","was":"RUNNING"}"#),
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
