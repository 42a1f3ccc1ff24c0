//! Finds the copy jobs in JSON of any outer shape, in one streaming pass and bounded memory.
//!
//! The scanner follows brackets and strings, not documents: a job is an object whose own keys say that it
//! is one, however deep it lies. So one document, many without separators, JSON Lines, bare arrays and pages
//! are all read alike, and a fault costs the object that it lies in and nothing else: reading goes on at
//! the next `{`. What the frames make of an object is in `frame`, what an object says is left to `record`.

mod steps;

use super::frame::{Expect, Fault, Frame, Inside, Kind, Stretch};
use super::glance::Glance;
use super::named::Around;
use crate::phrases::JsonFault;
use crate::read::MIB;
use crate::read::field::{Field, FieldNames};
use crate::record::Position;

/// A job's record is a few thousand bytes; a table that was turned on its side has all of its jobs in one object.
/// An object beyond this is not kept in memory.
pub(in crate::read) const LARGEST_RECORD: usize = 8 * MIB as usize;

/// Deeper nesting is no export. (AWS's envelopes nest about ten deep.)
pub(in crate::read) const DEEPEST_NESTING: usize = 128;

/// What the scanner comes across.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// A job that was read at a glance: what was seen is kept by the scanner's glance.
    Glanced { glance: &'a Glance<'a>, object: &'a str, position: Position },
    /// Something that was whole, and what is said of it around it.
    Whole { kind: Kind, bytes: &'a [u8], position: Position, around: Around<'a> },
    /// An object that names a copy job but is broken. `fault` is where and what.
    BrokenRecord { position: Position, fault: Fault },
    /// A fault outside every copy job.
    BrokenDocument { fault: Fault },
}

/// What was in the file beside the records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Whether there was an object with a key that ended as it should. (`[1]` also stands in prose.)
    pub(super) has_json: bool,
    /// Whether there was a list of copy jobs, be it empty.
    pub(super) has_job_list: bool,
    /// Whether there were counts of copy jobs.
    pub(super) has_summaries: bool,
    /// Where the last page of copy jobs ended, if it says that another one follows.
    pub(super) page_follows: Option<Position>,
    /// The same of the last page of rows.
    pub(super) rows_follow: Option<Position>,
    /// Where the file ended inside an object or array that began in it.
    pub(super) cut_off: Option<Position>,
    /// The first thing that is not JSON.
    pub(super) first_noise: Option<Position>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Between tokens.
    Between,
    /// In a string: whether the last byte was a backslash, where its inside began, whether it is a key.
    String { escaped: bool, start: Stretch, is_key: bool },
    /// In a number or in `true`, `false`, `null`.
    Literal,
}

/// The scanner. Feed it bytes in order, then call [`Scanner::finish`].
#[derive(Debug)]
pub(super) struct Scanner<'n> {
    names: &'n FieldNames,
    /// The bytes from the beginning of the outermost object that may still be a record.
    buffer: Vec<u8>,
    /// The offset in the file of the buffer's first byte.
    buffer_start: u64,
    /// The offset in the file of the next byte to look at.
    at: u64,
    line: u64,
    line_start: u64,
    frames: Vec<Frame>,
    mode: Mode,
    outline: Outline,
    glance: Option<Glance<'n>>,
    /// So many objects are not worth a glance, because those before were not plain.
    blind: u32,
    misses: u32,
    /// Where the last job ended that was read at a glance, and what stood between it and the one before.
    glanced_to: Option<u64>,
    separator: Vec<u8>,
}

impl<'n> Scanner<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        Self { glance: Some(Glance::new(names)), ..Self::without_glance(names) }
    }

    /// A scanner that reads every byte with the same care.
    pub(super) fn without_glance(names: &'n FieldNames) -> Self {
        Self {
            names,
            buffer: Vec::new(),
            buffer_start: 0,
            at: 0,
            line: 1,
            line_start: 0,
            frames: Vec::new(),
            mode: Mode::Between,
            outline: Outline::default(),
            glance: None,
            blind: 0,
            misses: 0,
            glanced_to: None,
            separator: Vec::new(),
        }
    }

    /// Takes the next bytes of the file and reports what they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], report: &mut dyn FnMut(Found<'_>)) {
        self.buffer.extend_from_slice(bytes);
        while let Some(&byte) = self.index(self.at).and_then(|index| self.buffer.get(index)) {
            if matches!(self.mode, Mode::String { escaped: false, .. }) && self.steps_over_text() {
                continue;
            }
            match self.mode {
                Mode::Between => {
                    let is_read = byte == b'{' && self.glance(report);
                    if !is_read {
                        self.between(byte, report);
                    }
                }
                Mode::String { escaped, start, is_key } => self.string(byte, escaped, start, is_key, report),
                Mode::Literal => self.literal(byte, report),
            }
        }
        self.release(report);
    }

    /// The file has ended: reports what was whole in an unfinished envelope, and outlines the file.
    pub(super) fn finish(mut self, report: &mut dyn FnMut(Found<'_>)) -> Outline {
        self.outline.cut_off = self.frames.first().map(|_| self.position());
        self.report_whole_parts(report);
        self.outline
    }

    pub(super) fn position(&self) -> Position {
        Position { line: self.line, column: self.at - self.line_start + 1 }
    }

    fn index(&self, offset: u64) -> Option<usize> {
        usize::try_from(offset.checked_sub(self.buffer_start)?).ok()
    }

    fn bytes(&self, start: u64, end: u64) -> &[u8] {
        let range = self.index(start).zip(self.index(end));
        range.and_then(|(start, end)| self.buffer.get(start..end)).unwrap_or_default()
    }

    fn report(&self, kind: Kind, stretch: Stretch, report: &mut dyn FnMut(Found<'_>)) {
        self.report_in(Around::default(), kind, stretch, report);
    }

    fn report_in(&self, around: Around<'_>, kind: Kind, stretch: Stretch, report: &mut dyn FnMut(Found<'_>)) {
        let bytes = self.bytes(stretch.start, stretch.end);
        report(Found::Whole { kind, bytes, position: stretch.position, around });
    }

    /// Steps over a byte.
    fn step(&mut self, byte: u8) {
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
    }

    fn between(&mut self, byte: u8, report: &mut dyn FnMut(Found<'_>)) {
        let Some(frame) = self.frames.last_mut() else {
            match byte {
                b'{' | b'[' => self.open(byte),
                b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0xef | 0xbb | 0xbf | b',' | b'}' | b']' => {
                    self.step(byte)
                }
                _ => {
                    let position = self.position();
                    self.outline.first_noise.get_or_insert(position);
                    self.step(byte);
                }
            }
            return;
        };
        match (byte, frame.expect) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => self.step(byte),
            (b'"', expect @ (Expect::Key | Expect::Value)) => {
                self.step(byte);
                let start = Stretch { start: self.at, end: self.at, position: self.position() };
                self.mode = Mode::String { escaped: false, start, is_key: expect == Expect::Key };
            }
            (b'{' | b'[', Expect::Value) => {
                if self.frames.len() < DEEPEST_NESTING {
                    self.open(byte);
                } else {
                    self.fault(JsonFault::TooDeep, report);
                }
            }
            (b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b'N' | b'I', Expect::Value) => {
                self.mode = Mode::Literal;
                self.step(byte);
            }
            (b':', Expect::Colon) => {
                frame.expect = Expect::Value;
                self.step(byte);
            }
            (b',', Expect::CommaOrEnd) => {
                frame.expect = if frame.is_object { Expect::Key } else { Expect::Value };
                self.step(byte);
            }
            // Behind a comma an end is not JSON, but what it ends is whole.
            (b'}', Expect::Key | Expect::CommaOrEnd) if frame.is_object => self.close(byte, report),
            (b']', Expect::Value | Expect::CommaOrEnd) if !frame.is_object => self.close(byte, report),
            (_, Expect::Key) => self.fault(JsonFault::NoKey, report),
            (_, Expect::Colon) => self.fault(JsonFault::NoColon, report),
            (_, Expect::Value) => self.fault(JsonFault::NoValue, report),
            (_, Expect::CommaOrEnd) => self.fault(JsonFault::NoComma, report),
        }
    }

    fn string(
        &mut self,
        byte: u8,
        escaped: bool,
        start: Stretch,
        is_key: bool,
        report: &mut dyn FnMut(Found<'_>),
    ) {
        match byte {
            b'\n' => return self.fault(JsonFault::OpenString, report),
            b'"' if !escaped => {
                self.mode = Mode::Between;
                self.string_ends(Stretch { end: self.at, ..start }, is_key, report);
            }
            _ => self.mode = Mode::String { escaped: byte == b'\\' && !escaped, start, is_key },
        }
        self.step(byte);
    }

    fn string_ends(&mut self, string: Stretch, is_key: bool, report: &mut dyn FnMut(Found<'_>)) {
        let range = self.index(string.start).zip(self.index(string.end));
        let text = range.and_then(|(start, end)| self.buffer.get(start..end)).unwrap_or_default();
        let Some(frame) = self.frames.last_mut() else { return };
        if is_key {
            return frame.key_ends(self.names.field(text), text);
        }
        if frame.string_ends(text) == Inside::Json {
            if frame.released {
                self.report(Kind::Embedded, string, report);
            } else {
                frame.embedded.push(string);
            }
        }
    }

    fn literal(&mut self, byte: u8, report: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' => self.step(byte),
            _ => {
                self.mode = Mode::Between;
                if let Some(frame) = self.frames.last_mut() {
                    frame.scalar_ends();
                }
                self.between(byte, report);
            }
        }
    }

    fn open(&mut self, byte: u8) {
        self.frames.push(Frame::new(byte == b'{', self.at, self.position()));
        self.step(byte);
    }

    fn close(&mut self, byte: u8, report: &mut dyn FnMut(Found<'_>)) {
        self.step(byte);
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // A list of texts alone says something; one among other text is anything.
        let is_in_arrays_only =
            self.frames.iter().all(|outer| !outer.is_object) && self.outline.first_noise.is_none();
        if let Some(outer) = self.frames.last_mut() {
            outer.child_ends(&frame);
        }
        self.outline.has_json |= frame.is_object && frame.has_content;
        if frame.has(Field::CopyJobs) {
            self.outline.has_job_list = true;
            self.outline.page_follows = frame.has(Field::NextToken).then(|| self.position());
        }
        if frame.has(Field::QueryRows) {
            self.outline.rows_follow = frame.has(Field::NextToken).then(|| self.position());
        }
        self.outline.has_summaries |= frame.has(Field::CopyJobSummaries);
        // The values of one field of many jobs are no row.
        let is_column = self.frames.last().is_some_and(|outer| outer.is_object && outer.key.is_telling());
        let around = if frame.is_object { Around::of(&self.frames) } else { Around::default() };
        let is_cell = self.frames.last().is_some_and(|outer| outer.has_cell(&frame));
        let is_part = |kind: &Kind| match kind {
            Kind::Row => is_column,
            Kind::Started | Kind::OtherJob(_) => is_cell,
            _ => false,
        };
        let kind = frame.kind(is_in_arrays_only, around).filter(|kind| !is_part(kind));
        let stretch = Stretch { start: frame.start, end: self.at, position: frame.position };
        if kind == Some(Kind::Record) || frame.inner.is_some() {
            self.frames.last_mut().filter(|_| is_cell).into_iter().for_each(Frame::cell_is_a_job);
            return self.record_ends(&frame, stretch, report);
        }
        if frame.released {
            if matches!(kind, Some(Kind::Columns | Kind::Lines)) {
                self.too_large(&frame, report);
            }
            return;
        }
        // A line of JSON is none by itself.
        for string in frame.embedded.iter().filter(|_| kind != Some(Kind::Lines)) {
            self.report(Kind::Embedded, *string, report);
        }
        if let Some(kind) = kind {
            self.report_in(around, kind, stretch, report);
        }
    }

    /// A job has ended, or something that holds one. An event's account and Region stand beside its `detail`, so
    /// the detail waits for the event's end.
    fn record_ends(&mut self, frame: &Frame, stretch: Stretch, report: &mut dyn FnMut(Found<'_>)) {
        if frame.released {
            return self.too_large(frame, report);
        }
        match self.frames.last_mut().filter(|outer| outer.is_object && outer.key == Field::Inner) {
            Some(outer) if !outer.released => {
                // A second job beside the first, as in a change from an old image to a new one.
                if let Some(first) = outer.inner.replace(stretch) {
                    self.report(Kind::Record, first, report);
                }
            }
            _ => {
                let around = Around::of(&self.frames);
                // The id of an event is not the job's.
                let id = around.id.filter(|_| frame.inner.is_none());
                self.report_in(Around { id, ..around }, Kind::Record, stretch, report);
            }
        }
    }

    fn too_large(&self, frame: &Frame, report: &mut dyn FnMut(Found<'_>)) {
        let problem = JsonFault::TooLarge { mib: LARGEST_RECORD as u64 / MIB };
        let fault = Fault { position: frame.position, problem };
        report(Found::BrokenRecord { position: frame.position, fault });
    }

    /// What is open is not JSON from here on. Nothing open can be a record any more, except a part that was whole
    /// before the fault.
    fn fault(&mut self, problem: JsonFault, report: &mut dyn FnMut(Found<'_>)) {
        let fault = Fault { position: self.position(), problem };
        let broken = self.frames.iter().rev().find(|frame| frame.names_a_job()).map(|frame| frame.position);
        self.report_whole_parts(report);
        let outermost = self.frames.first().map(|frame| (frame.position, frame.has_content));
        match (broken, outermost) {
            (Some(position), _) => report(Found::BrokenRecord { position, fault }),
            // A bracket in prose, such as `[--region x]`, is noise between documents and loses nothing.
            (None, Some((position, false))) => {
                self.outline.first_noise.get_or_insert(position);
            }
            (None, _) => report(Found::BrokenDocument { fault }),
        }
        self.frames.clear();
        self.mode = Mode::Between;
    }

    fn report_whole_parts(&self, report: &mut dyn FnMut(Found<'_>)) {
        for frame in &self.frames {
            if let Some(job) = frame.inner {
                self.report(Kind::Record, job, report);
            }
            if !frame.is_record() {
                for string in &frame.embedded {
                    self.report(Kind::Embedded, *string, report);
                }
            }
        }
    }

    /// Lets go of bytes that no record can need any more.
    fn release(&mut self, report: &mut dyn FnMut(Found<'_>)) {
        let at = self.at;
        let is_too_large = |start: u64| usize::try_from(at - start).is_ok_and(|size| size > LARGEST_RECORD);
        let mut parts = Vec::new();
        for frame in &mut self.frames {
            if is_too_large(frame.start) && !frame.released {
                frame.released = true;
                parts.extend(frame.inner.take().map(|job| (Kind::Record, job)));
                parts.extend(frame.embedded.drain(..).map(|string| (Kind::Embedded, string)));
            }
        }
        for (kind, stretch) in parts {
            self.report(kind, stretch, report);
        }
        let string = match self.mode {
            Mode::String { start, .. } if !is_too_large(start.start) => Some(start.start),
            _ => None,
        };
        let needed = self.frames.iter().find(|frame| !frame.released).map(|frame| frame.start);
        let keep_from = needed.into_iter().chain(string).min().unwrap_or(at);
        if let Some(dead) = self.index(keep_from) {
            self.buffer.drain(..dead.min(self.buffer.len()));
            self.buffer_start = keep_from;
            // What may have been one large record was none.
            if self.buffer.capacity() > MIB as usize && self.buffer.len() < self.buffer.capacity() / 4 {
                self.buffer.shrink_to(MIB as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a scan finds, as short texts, however the bytes are cut into pieces.
    fn scan(json: &str) -> (Vec<String>, Outline) {
        let whole = scan_in_pieces(json, json.len().max(1));
        for size in [1, 2, 3, 7, 64] {
            assert_eq!(scan_in_pieces(json, size), whole, "in pieces of {size}");
        }
        whole
    }

    fn scan_in_pieces(json: &str, size: usize) -> (Vec<String>, Outline) {
        let mut seen = Vec::new();
        let mut scanner = Scanner::new(&USUAL);
        let mut report = |found: Found<'_>| {
            seen.push(match found {
                Found::Glanced { object, position, .. } => format!("{position} {object}"),
                Found::Whole { kind: Kind::Record, bytes, position, .. } => {
                    format!("{position} {}", String::from_utf8_lossy(bytes))
                }
                Found::Whole { kind, bytes, position, .. } => {
                    format!("{position} {kind:?} {}", String::from_utf8_lossy(bytes))
                }
                Found::BrokenRecord { position, fault } => {
                    format!("{position} broken at {}: {}", fault.position, fault.problem)
                }
                Found::BrokenDocument { fault } => format!("broken at {}: {}", fault.position, fault.problem),
            });
        };
        for piece in json.as_bytes().chunks(size) {
            scanner.feed(piece, &mut report);
        }
        let outline = scanner.finish(&mut report);
        (seen, outline)
    }

    const USUAL: FieldNames = FieldNames { message: None, state: None };
    const JOB: &str = r#"{"CopyJobId":"A","State":"FAILED"}"#;
    const OTHER: &str = r#"{"CopyJobId":"B","StatusMessage":"x { \" ] y"}"#;

    #[track_caller]
    fn finds(json: &str, expected: &[&str]) {
        assert_eq!(scan(json).0, expected, "{json}");
    }

    #[test]
    fn a_job_is_found_in_every_outer_shape() {
        let at = |column: usize, job: &str| format!("1:{column} {job}");
        finds(JOB, &[&at(1, JOB)]);
        finds(&format!("[{JOB},{OTHER}]"), &[&at(2, JOB), &at(JOB.len() + 3, OTHER)]);
        finds(&format!("{JOB}{OTHER}"), &[&at(1, JOB), &at(JOB.len() + 1, OTHER)]);
        finds(&format!("{JOB}\n{OTHER}\n"), &[&at(1, JOB), &format!("2:1 {OTHER}")]);
        finds(&format!(r#"{{"CopyJob":{JOB}}}"#), &[&at(12, JOB)]);
        finds(&format!(r#"{{"CopyJobs":[{JOB}]}}"#), &[&at(14, JOB)]);
        finds(
            &format!("\u{feff}== us-east-1 ==\n[{{\"CopyJobs\":[{JOB}]}}]\nbye"),
            &[&format!("2:15 {JOB}")],
        );
    }

    #[test]
    fn an_event_is_reported_whole_because_its_account_stands_outside_the_detail() {
        let event = format!(r#"{{"account":"1","detail":{JOB},"region":"r"}}"#);
        finds(&event, &[&format!("1:1 {event}")]);
    }

    #[test]
    fn an_event_that_breaks_behind_its_detail_still_gives_the_detail() {
        let (seen, _) = scan(&format!(r#"{{"account":"1","detail":{JOB},]"#));
        assert_eq!(seen[0], format!("1:25 {JOB}"));
    }

    #[test]
    fn an_id_without_state_or_message_is_no_record() {
        let started = r#"{"CopyJobId":"A","CreationDate":1,"IsParent":false}"#;
        finds(started, &[&format!("1:1 Started {started}")]);
        let backup = r#"{"BackupJobId":"A","State":"FAILED"}"#;
        finds(backup, &[&format!("1:1 OtherJob(OtherBackupJob) {backup}")]);
    }

    #[test]
    fn a_created_event_has_no_id_but_both_vaults() {
        let created = r#"{"state":"CREATED","sourceBackupVaultArn":"a","destinationBackupVaultArn":"b"}"#;
        finds(created, &[&format!("1:1 {created}")]);
    }

    #[test]
    fn a_broken_line_costs_itself_only() {
        finds(
            &format!("{JOB}\n{{\"CopyJobId\":\"B\",\"State\":\"FAI\n{OTHER}"),
            &[
                &format!("1:1 {JOB}"),
                "2:1 broken at 2:30: a string is not closed on its line",
                &format!("3:1 {OTHER}"),
            ],
        );
    }

    #[test]
    fn a_broken_job_in_a_document_costs_itself_only() {
        finds(
            &format!("{{\"CopyJobs\": [\n{{\"CopyJobId\": \"B\", oops}},\n{JOB}\n]}}"),
            &["2:1 broken at 2:20: expected a key in quotes or '}'", &format!("3:1 {JOB}")],
        );
    }

    #[test]
    fn a_bracket_closes_nothing_but_its_like() {
        finds(
            &format!("[{JOB}}}"),
            &[&format!("1:2 {JOB}"), "broken at 1:36: expected ',' or a closing bracket"],
        );
        finds(
            &format!("{{\"CopyJobs\": [{JOB}, }}"),
            &[&format!("1:15 {JOB}"), "broken at 1:51: expected a value"],
        );
        finds(
            &format!("{}{OTHER}", JOB.replace('}', "]")),
            &["1:1 broken at 1:34: expected ',' or a closing bracket", &format!("1:35 {OTHER}")],
        );
    }

    #[test]
    fn only_an_object_with_a_key_is_json() {
        for (text, has_json) in [
            ("[1]", false),
            ("{}", false),
            ("[{}]", false),
            ("{\"a\":1", false),
            ("{\"a\":1}", true),
            ("[{\"a\":[]}]", true),
            (JOB, true),
        ] {
            assert_eq!(scan(text).1.has_json, has_json, "{text}");
        }
    }

    #[test]
    fn a_cut_off_envelope_gives_the_strings_in_it_and_a_cut_off_job_none() {
        let text = r#"{\"copyJobId\":\"A\",\"state\":\"FAILED\"}"#;
        finds(&format!(r#"{{"body":"{text}","md5":"#), &[&format!("1:10 Embedded {text}")]);
        finds(&format!(r#"{{"CopyJobId":"A","State":"FAILED","Input":"{text}","#), &[]);
    }

    #[test]
    fn a_cut_off_document_gives_what_was_whole_and_says_where_it_ends() {
        let (seen, outline) = scan(&format!("{{\"CopyJobs\": [\n{JOB},\n{{\"CopyJobId\": \"B\", \"Sta"));
        assert_eq!(seen, [format!("2:1 {JOB}")]);
        assert_eq!(outline.cut_off, Some(Position { line: 3, column: 24 }));
    }

    #[test]
    fn a_job_behind_one_of_several_lines_stands_at_its_place() {
        let first = JOB.replace(',', ",\n");
        finds(&format!("{first} {OTHER}"), &[&format!("1:1 {first}"), &format!("2:19 {OTHER}")]);
    }

    /// After five misses in a row none is tried for a while.
    #[test]
    fn what_is_plain_is_read_at_a_glance_again_behind_what_was_not() {
        let not_plain = JOB.replace("FAILED", r"FAI\u004cED");
        let json = format!("{}{}", not_plain.repeat(5), JOB.repeat(100));
        let (mut glanced, mut all) = (0, 0);
        Scanner::new(&USUAL).feed(json.as_bytes(), &mut |found| {
            glanced += usize::from(matches!(found, Found::Glanced { .. }));
            all += 1;
        });
        assert!(all == 105 && (1..100).contains(&glanced), "{glanced} of {all}");
    }

    #[test]
    fn noise_before_and_after_is_stepped_over() {
        let (seen, outline) =
            scan(&format!("$ aws backup list-copy-jobs [--region x]\n{JOB}\n-- \nunsubscribe"));
        assert_eq!(seen.last(), Some(&format!("2:1 {JOB}")));
        assert_eq!(outline.first_noise, Some(Position { line: 1, column: 1 }));
    }

    /// Nor is a byte order mark, or the mark in front of each text of a sequence of them.
    #[test]
    fn what_stands_between_documents_is_no_noise() {
        for between in [" ", "\t", "\r\n", ",\n", "\u{feff}", "\u{1e}", "]}\n"] {
            assert_eq!(
                scan(&[between, JOB, between, OTHER, between].concat()).1.first_noise,
                None,
                "{between:?}"
            );
        }
        for noise in [";", "\u{1f}", "-- \n"] {
            let (_, outline) = scan(&[JOB, noise, OTHER].concat());
            let behind = Position { line: 1, column: JOB.len() as u64 + 1 };
            assert_eq!(outline.first_noise, Some(behind), "{noise:?}");
        }
    }

    #[test]
    fn the_last_page_says_whether_another_follows() {
        let page = format!(r#"{{"CopyJobs":[{JOB}],"NextToken":"x"}}"#);
        assert!(scan(&page).1.page_follows.is_some());
        let (_, outline) = scan(&format!(r#"{page}{{"CopyJobs":[]}}"#));
        assert_eq!((outline.page_follows, outline.has_job_list), (None, true));
        let rows = format!(r#"{{"NextToken":"x","QueryResultRows":[[{JOB}]]}}"#);
        let outline = scan(&rows).1;
        assert!(outline.rows_follow.is_some() && outline.page_follows.is_none());
        assert_eq!(scan(&format!(r#"{rows}{{"QueryResultRows":[]}}"#)).1.rows_follow, None);
    }

    #[test]
    fn a_million_brackets_are_refused_and_cost_nothing_else() {
        let (seen, _) = scan_in_pieces(&format!("{}\n{JOB}", "[".repeat(1_000_000)), 4096);
        assert_eq!(seen.last(), Some(&format!("2:1 {JOB}")));
    }

    /// Nor is what is plain read any deeper, be it the plan in a job.
    #[test]
    fn a_job_nested_too_deep_is_broken_in_whatever_pieces_it_comes() {
        let job = JOB.replace('}', r#","CreatedBy":{}}"#);
        let within = |depth: usize| format!("{}{job}", "[".repeat(depth));
        finds(&within(DEEPEST_NESTING - 2), &[&format!("1:{} {job}", DEEPEST_NESTING - 1)]);
        finds(&within(DEEPEST_NESTING - 1), &["1:128 broken at 1:174: nested deeper than any export is"]);
    }

    #[test]
    fn an_object_too_large_to_be_a_job_is_refused_and_not_kept() {
        let mut scanner = Scanner::new(&USUAL);
        let mut seen = Vec::new();
        let filler = "x".repeat(64 * 1024);
        scanner.feed(br#"{"CopyJobId":"A","State":"FAILED","StatusMessage":""#, &mut |_| ());
        for _ in 0..200 {
            scanner.feed(filler.as_bytes(), &mut |_| ());
            assert!(scanner.buffer.len() <= LARGEST_RECORD + 2 * filler.len());
        }
        scanner.feed(format!("\"}}{JOB}").as_bytes(), &mut |found| {
            seen.push(matches!(found, Found::Glanced { .. } | Found::Whole { .. }));
        });
        assert_eq!(seen, [false, true]);
        assert!(scanner.buffer.capacity() <= MIB as usize, "what it took is given back");
    }

    #[test]
    fn a_job_that_comes_in_two_pieces_far_behind_the_beginning_is_whole() {
        let mut scanner = Scanner::new(&USUAL);
        scanner.step_over(&vec![b' '; LARGEST_RECORD]);
        let mut seen = Vec::new();
        let (begin, end) = JOB.split_at(20);
        for piece in [begin, end] {
            scanner.feed(piece.as_bytes(), &mut |found| {
                seen.push(matches!(found, Found::Whole { kind: Kind::Record, bytes, .. } if bytes == JOB.as_bytes()));
            });
        }
        assert_eq!(seen, [true]);
    }

    /// A block begins where a job would. `@` is a job that was read at a glance.
    #[test]
    fn jobs_are_read_in_blocks_where_the_next_one_would_begin() {
        // What is open may be too long to be kept in memory.
        let separator = |text: &str, is_long: bool| {
            let mut scanner = Scanner::new(&USUAL);
            scanner.feed(text.replace('@', JOB).as_bytes(), &mut |_| ());
            scanner.frames.iter_mut().for_each(|frame| frame.released = is_long);
            scanner.separator_before_record().map(|separator| String::from_utf8_lossy(separator).into_owned())
        };
        for (text, expected) in [
            ("@\n@\n", "\n"),
            ("@ @ ", " "),
            ("[@,\n  @,\n  ", ",\n  "),
            ("{\"CopyJobs\": [@, @, ", ", "),
            ("@\n@\n[@, @, ", ", "),
            ("[@,@]\n[@,", ","),
        ] {
            assert_eq!(separator(text, true).as_deref(), Some(expected), "{text}");
        }
        for text in [
            // What stood between those before cannot stand here.
            "@,@,",
            "@\n@\n[",
            "@\n@\n[@, ",
            "@,,@\n[",
            "[@, @]{\"before\": ",
            // Nor can a job.
            "[@, @",
            "[@, @, \"",
            "[@, @, nu",
            "@\n@\n{\"before\"",
            // A job has the state that stands around it.
            "[@, @]{\"FAILED\": [",
        ] {
            assert_eq!(separator(text, true), None, "{text}");
        }
        assert_eq!(separator("[@, @, ", false), None);
    }

    #[test]
    fn behind_a_block_the_scanner_stands_where_it_would_after_reading_it() {
        for block in ["@\n", "@ ", "@,\n  ", "@,\n\n@,\n\t"] {
            let block = block.replace('@', JOB);
            let mut scanner = Scanner::new(&USUAL);
            scanner.feed(format!("{OTHER}\n{OTHER} ").as_bytes(), &mut |_| ());
            let (at, before) = (scanner.at, scanner.position());
            scanner.step_over(block.as_bytes());
            let stepped = (scanner.at, scanner.position());
            scanner.step_back(block.len() as u64, before);
            assert_eq!((scanner.at, scanner.position()), (at, before), "back of {block}");
            scanner.feed(block.as_bytes(), &mut |_| ());
            assert_eq!((scanner.at, scanner.position()), stepped, "{block}");
        }
    }

    /// In what is too large to be a job, be it only the envelope, jobs are found as they end.
    #[test]
    fn jobs_in_what_is_too_large_to_be_one_are_found_in_whatever_pieces_they_come() {
        let event = r#"{\"copyJobId\":\"A\",\"state\":\"FAILED\"}"#;
        let json =
            format!(r#"{{"note":"{}","message":"{event}","detail":{JOB}}}"#, "x".repeat(LARGEST_RECORD));
        let mut scanner = Scanner::new(&USUAL);
        let mut seen = Vec::new();
        let (begin, rest) = json.split_at(json.len() - JOB.len() - event.len());
        for piece in [begin, rest] {
            scanner.feed(piece.as_bytes(), &mut |found| match found {
                Found::Whole { kind, bytes, .. } => {
                    seen.push((kind, String::from_utf8_lossy(bytes).into_owned()))
                }
                other => panic!("{other:?}"),
            });
        }
        assert_eq!(seen, [(Kind::Embedded, event.to_owned()), (Kind::Record, JOB.to_owned())]);
    }

    /// A property test came across it: at a glance the end of the line was part of the escape.
    #[test]
    fn a_line_that_ends_behind_a_backslash_is_broken() {
        finds(
            &format!("{{\"CopyJobId\":\"A\",\"StatusMessage\":\"x\\\n\"}}\n{JOB}"),
            &["1:1 broken at 1:37: a string is not closed on its line", &format!("3:1 {JOB}")],
        );
    }

    proptest::proptest! {
        /// Faults anywhere: nothing panics, and what is found does not depend on how the bytes arrive.
        #[test]
        fn faults_anywhere_are_found_alike_in_every_piece_size(
            faults in proptest::collection::vec((0_usize..400, "[{}\\[\\],:\"\\\\\nx1 ]"), 0..6),
            size in 1_usize..50,
        ) {
            let event = format!(r#"{{"account":"1","detail":{JOB}}}"#);
            let mut json = format!("{{\"CopyJobs\": [\n  {JOB},\n  {OTHER}\n]}}\n{event}\n{event}{JOB}[{OTHER}]");
            for (at, fault) in faults {
                let at = at % json.len();
                json.replace_range(at..=at, &fault);
            }
            let whole = scan_in_pieces(&json, json.len());
            proptest::prop_assert_eq!(scan_in_pieces(&json, size), whole, "{}", json);
        }
    }
}
