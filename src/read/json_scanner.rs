//! Finds the copy jobs in JSON of any outer shape, in one streaming pass and bounded memory.
//!
//! The scanner follows brackets and strings, not documents: a job is an object whose own keys say that it
//! is one, however deep it lies. So one document, many without separators, JSON Lines, bare arrays and pages
//! are all read alike, and a fault costs the object that it lies in and nothing else: reading goes on at
//! the next `{`. What an object says is left to `json_record`.

use super::field::Field;
use crate::record::Position;

/// A job's record is a few thousand bytes. An object beyond this is no record, and is not kept in memory.
const LARGEST_RECORD: usize = 1024 * 1024;

/// Deeper nesting is no export. (AWS's envelopes nest about ten deep.)
const DEEPEST_NESTING: usize = 128;

/// What the scanner comes across.
#[derive(Debug, PartialEq)]
pub(super) enum Found<'a> {
    /// The bytes of an object that is a copy job, or of an event that holds one as its `detail`.
    Record { bytes: &'a [u8], position: Position },
    /// An object that names a copy job but is broken. `fault` is where and what.
    BrokenRecord { position: Position, fault: Fault },
    /// A fault outside every copy job.
    BrokenDocument { fault: Fault },
}

/// Where JSON ends to be JSON, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) position: Position,
    pub(super) problem: &'static str,
}

/// What was in the file beside the records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Whether there was an object with a key that ended as it should. (`[1]` also stands in prose.)
    pub(super) has_json: bool,
    /// Whether there was a list of copy jobs, be it empty.
    pub(super) has_job_list: bool,
    /// Where the last page of copy jobs ended, if it says that another one follows.
    pub(super) page_follows: Option<Position>,
    /// Where the file ended inside an object or array that began in it.
    pub(super) cut_off: Option<Position>,
    /// The first thing that is not JSON.
    pub(super) first_noise: Option<Position>,
}

/// The place of a field among the bits of a frame.
fn bit(field: Field) -> u32 {
    1 << field as u32
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Key,
    Colon,
    Value,
    CommaOrEnd,
}

/// An object or array that has begun and not ended.
#[derive(Debug)]
struct Frame {
    is_object: bool,
    start: u64,
    position: Position,
    expect: Expect,
    /// The last key, whose value comes next.
    key: Field,
    /// The keys so far, as bits.
    keys: u32,
    /// Whether a key or a value was seen. Without one it may be a bracket in prose.
    has_content: bool,
    /// The byte range and place of a copy job that is this object's `detail`.
    detail: Option<(u64, u64, Position)>,
    /// Too large to be a record; its beginning is no longer in memory.
    released: bool,
}

impl Frame {
    fn has(&self, field: Field) -> bool {
        self.keys & bit(field) != 0
    }

    /// An object is a copy job if it has an id and something to say, or, as `CREATED` events, both vaults.
    fn is_record(&self) -> bool {
        let says = self.has(Field::State) || self.has(Field::StatusMessage);
        (self.has(Field::CopyJobId) && says)
            || (self.has(Field::SourceVaultArn)
                && self.has(Field::DestinationVaultArn)
                && self.has(Field::State))
    }

    /// Whether enough of the object was seen to say that a copy job was meant.
    fn names_a_job(&self) -> bool {
        self.has(Field::CopyJobId) || self.is_record()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Between tokens.
    Between,
    /// In a string; whether the last byte was a backslash, and where a key began.
    String { escaped: bool, key_start: Option<u64> },
    /// In a number or in `true`, `false`, `null`.
    Literal,
}

/// The scanner. Feed it bytes in order, then call [`Scanner::finish`].
#[derive(Debug)]
pub(super) struct Scanner {
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
}

impl Scanner {
    pub(super) fn new() -> Self {
        Self {
            buffer: Vec::new(),
            buffer_start: 0,
            at: 0,
            line: 1,
            line_start: 0,
            frames: Vec::new(),
            mode: Mode::Between,
            outline: Outline::default(),
        }
    }

    /// Takes the next bytes of the file and reports what they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], report: &mut dyn FnMut(Found<'_>)) {
        self.buffer.extend_from_slice(bytes);
        while let Some(&byte) = self.index(self.at).and_then(|index| self.buffer.get(index)) {
            match self.mode {
                Mode::Between => self.between(byte, report),
                Mode::String { escaped, key_start } => self.string(byte, escaped, key_start, report),
                Mode::Literal => self.literal(byte, report),
            }
        }
        self.release(report);
    }

    /// The file has ended: reports what was whole in an unfinished envelope, and outlines the file.
    pub(super) fn finish(mut self, report: &mut dyn FnMut(Found<'_>)) -> Outline {
        self.outline.cut_off = self.frames.first().map(|_| self.position());
        self.report_whole_details(report);
        self.outline
    }

    fn position(&self) -> Position {
        Position { line: self.line, column: self.at - self.line_start + 1 }
    }

    fn index(&self, offset: u64) -> Option<usize> {
        usize::try_from(offset.checked_sub(self.buffer_start)?).ok()
    }

    fn bytes(&self, start: u64, end: u64) -> &[u8] {
        let range = self.index(start).zip(self.index(end));
        range.and_then(|(start, end)| self.buffer.get(start..end)).unwrap_or_default()
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
                b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | b',' | b'}' | b']' => self.step(byte),
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
            (b'"', Expect::Key) => {
                self.mode = Mode::String { escaped: false, key_start: Some(self.at + 1) };
                self.step(byte);
            }
            (b'"', Expect::Value) => {
                self.mode = Mode::String { escaped: false, key_start: None };
                self.step(byte);
            }
            (b'{' | b'[', Expect::Value) => {
                if self.frames.len() < DEEPEST_NESTING {
                    self.open(byte);
                } else {
                    self.fault("nested deeper than any export is", report);
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
            (_, Expect::Key) => self.fault("expected a key in quotes or '}'", report),
            (_, Expect::Colon) => self.fault("expected ':' behind the key", report),
            (_, Expect::Value) => self.fault("expected a value", report),
            (_, Expect::CommaOrEnd) => self.fault("expected ',' or a closing bracket", report),
        }
    }

    fn string(&mut self, byte: u8, escaped: bool, key_start: Option<u64>, report: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'\n' => return self.fault("a string is not closed on its line", report),
            b'"' if !escaped => {
                let key = key_start.map(|start| Field::of(self.bytes(start, self.at)));
                if let Some(frame) = self.frames.last_mut() {
                    match key {
                        Some(key) => {
                            frame.key = key;
                            frame.keys |= bit(key);
                            frame.has_content = true;
                            frame.expect = Expect::Colon;
                        }
                        None => {
                            frame.has_content = true;
                            frame.expect = Expect::CommaOrEnd;
                        }
                    }
                }
                self.mode = Mode::Between;
            }
            _ => self.mode = Mode::String { escaped: byte == b'\\' && !escaped, key_start },
        }
        self.step(byte);
    }

    fn literal(&mut self, byte: u8, report: &mut dyn FnMut(Found<'_>)) {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' => self.step(byte),
            _ => {
                self.value_ends();
                self.between(byte, report);
            }
        }
    }

    fn value_ends(&mut self) {
        self.mode = Mode::Between;
        if let Some(frame) = self.frames.last_mut() {
            frame.has_content = true;
            frame.expect = Expect::CommaOrEnd;
        }
    }

    fn open(&mut self, byte: u8) {
        let is_object = byte == b'{';
        self.frames.push(Frame {
            is_object,
            start: self.at,
            position: self.position(),
            expect: if is_object { Expect::Key } else { Expect::Value },
            key: Field::Other,
            keys: 0,
            has_content: false,
            detail: None,
            released: false,
        });
        self.step(byte);
    }

    fn close(&mut self, byte: u8, report: &mut dyn FnMut(Found<'_>)) {
        self.step(byte);
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let end = self.at;
        self.value_ends();
        self.outline.has_json |= frame.is_object && frame.has_content;
        if frame.has(Field::CopyJobs) {
            self.outline.has_job_list = true;
            self.outline.page_follows = frame.has(Field::NextToken).then(|| self.position());
        }
        if !frame.is_record() && frame.detail.is_none() {
            return;
        }
        if frame.released {
            let problem = "the object is too large to be a copy job";
            let fault = Fault { position: frame.position, problem };
            report(Found::BrokenRecord { position: frame.position, fault });
            return;
        }
        // An event's account and Region stand beside its `detail`, so the detail waits for the event's end.
        let event = self.frames.last_mut().filter(|outer| outer.is_object && outer.key == Field::Detail);
        match event {
            Some(event) if frame.is_record() => event.detail = Some((frame.start, end, frame.position)),
            _ => report(Found::Record { bytes: self.bytes(frame.start, end), position: frame.position }),
        }
    }

    /// What is open is not JSON from here on. Nothing open can be a record any more, except a detail that
    /// was whole before the fault.
    fn fault(&mut self, problem: &'static str, report: &mut dyn FnMut(Found<'_>)) {
        let fault = Fault { position: self.position(), problem };
        let broken = self.frames.iter().rev().find(|frame| frame.names_a_job()).map(|frame| frame.position);
        self.report_whole_details(report);
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

    fn report_whole_details(&self, report: &mut dyn FnMut(Found<'_>)) {
        for (start, end, position) in self.frames.iter().filter_map(|frame| frame.detail) {
            report(Found::Record { bytes: self.bytes(start, end), position });
        }
    }

    /// Lets go of bytes that no record can need any more.
    fn release(&mut self, report: &mut dyn FnMut(Found<'_>)) {
        let at = self.at;
        for frame in &mut self.frames {
            let is_too_large = usize::try_from(at - frame.start).is_ok_and(|size| size > LARGEST_RECORD);
            if is_too_large && !frame.released {
                frame.released = true;
                if let Some((_, _, position)) = frame.detail.take() {
                    let fault = Fault { position, problem: "the event around it is too large" };
                    report(Found::BrokenRecord { position, fault });
                }
            }
        }
        let key_start = match self.mode {
            Mode::String { key_start: Some(start), .. } if at - start <= LARGEST_RECORD as u64 => Some(start),
            _ => None,
        };
        let needed = self.frames.iter().find(|frame| !frame.released).map(|frame| frame.start);
        let keep_from = needed.into_iter().chain(key_start).min().unwrap_or(at);
        if let Some(dead) = self.index(keep_from) {
            self.buffer.drain(..dead.min(self.buffer.len()));
            self.buffer_start = keep_from;
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
        let mut scanner = Scanner::new();
        let mut report = |found: Found<'_>| {
            seen.push(match found {
                Found::Record { bytes, position } => {
                    format!("{position} {}", String::from_utf8_lossy(bytes))
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
        finds(r#"{"CopyJobId":"A","CreationDate":1,"IsParent":false}"#, &[]);
        finds(r#"{"BackupJobId":"A","State":"FAILED"}"#, &[]);
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
    fn a_cut_off_document_gives_what_was_whole_and_says_where_it_ends() {
        let (seen, outline) = scan(&format!("{{\"CopyJobs\": [\n{JOB},\n{{\"CopyJobId\": \"B\", \"Sta"));
        assert_eq!(seen, [format!("2:1 {JOB}")]);
        assert_eq!(outline.cut_off, Some(Position { line: 3, column: 24 }));
    }

    #[test]
    fn noise_before_and_after_is_stepped_over() {
        let (seen, outline) =
            scan(&format!("$ aws backup list-copy-jobs [--region x]\n{JOB}\n-- \nunsubscribe"));
        assert_eq!(seen.last(), Some(&format!("2:1 {JOB}")));
        assert_eq!(outline.first_noise, Some(Position { line: 1, column: 1 }));
    }

    #[test]
    fn the_last_page_says_whether_another_follows() {
        let page = format!(r#"{{"CopyJobs":[{JOB}],"NextToken":"x"}}"#);
        assert!(scan(&page).1.page_follows.is_some());
        let (_, outline) = scan(&format!(r#"{page}{{"CopyJobs":[]}}"#));
        assert_eq!((outline.page_follows, outline.has_job_list), (None, true));
    }

    #[test]
    fn a_million_brackets_are_refused_and_cost_nothing_else() {
        let (seen, _) = scan_in_pieces(&format!("{}\n{JOB}", "[".repeat(1_000_000)), 4096);
        assert_eq!(seen.last(), Some(&format!("2:1 {JOB}")));
    }

    #[test]
    fn an_object_too_large_to_be_a_job_is_refused_and_not_kept() {
        let mut scanner = Scanner::new();
        let mut seen = Vec::new();
        let filler = "x".repeat(64 * 1024);
        scanner.feed(br#"{"CopyJobId":"A","State":"FAILED","StatusMessage":""#, &mut |_| ());
        for _ in 0..100 {
            scanner.feed(filler.as_bytes(), &mut |_| ());
            assert!(scanner.buffer.len() <= LARGEST_RECORD + 2 * filler.len());
        }
        scanner.feed(format!("\"}}{JOB}").as_bytes(), &mut |found| {
            seen.push(matches!(found, Found::Record { .. }));
        });
        assert_eq!(seen, [false, true]);
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
