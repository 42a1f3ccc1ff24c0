//! Text line by line, and the plainest export of all: a status message on each line.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use super::MIB;
use super::blocks::pair;
use super::draft::{Draft, is_missing};
use super::field::{Field, FieldNames};
use super::item::{Complaint, Severity};
use super::mail;
use super::notice::Notice;
use super::prose::{self, Kind};
use super::reading::Reading;
use super::table::Columns;
use super::told::{self, Told};
use super::value::is_message;
use crate::record::Position;

/// A line beyond this is no message and no row, and is not kept in memory.
pub(super) const LONGEST_LINE: u64 = 8 * MIB;

/// What ends a line: old Macs wrote only carriage returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    LineFeed,
    CarriageReturn,
}

impl LineEnd {
    pub(super) fn of(sample: &[u8]) -> Self {
        let is_old = sample.contains(&b'\r') && !sample.contains(&b'\n');
        if is_old { Self::CarriageReturn } else { Self::LineFeed }
    }

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::LineFeed => b'\n',
            Self::CarriageReturn => b'\r',
        }
    }
}

/// The lines of a text, one at a time.
pub(super) struct Lines<'t> {
    text: &'t mut dyn BufRead,
    end: u8,
    line: Vec<u8>,
    number: u64,
}

/// A line without what ends it.
pub(super) struct Line<'l> {
    pub(super) bytes: &'l [u8],
    /// Counted from 1.
    pub(super) number: u64,
    /// Whether this is only the beginning of a line too long to be kept.
    pub(super) is_cut: bool,
}

impl Line<'_> {
    pub(super) fn position(&self) -> Position {
        Position { line: self.number, column: 1 }
    }
}

impl<'l> Line<'l> {
    /// The line as text. One that cannot be a job's, because of its length or its bytes, is rejected.
    pub(super) fn text(&self, reading: &mut Reading<'_>) -> Option<Cow<'l, str>> {
        let position = self.position();
        if self.is_cut {
            reading.rejected(position, Complaint::LineTooLong { mib: LONGEST_LINE / MIB });
            return None;
        }
        match reading.text(self.bytes, position) {
            Ok(text) => Some(text),
            Err(place) => {
                reading.rejected(position, Complaint::NotUtf8 { position: place });
                None
            }
        }
    }
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t mut dyn BufRead, end: LineEnd) -> Self {
        Self { text, end: end.byte(), line: Vec::new(), number: 0 }
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        (&mut *self.text).take(LONGEST_LINE).read_until(self.end, &mut self.line)?;
        if self.line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let is_whole = self.line.last() == Some(&self.end);
        let is_cut = !is_whole && self.line.len() as u64 == LONGEST_LINE;
        if is_cut {
            self.text.skip_until(self.end)?;
        }
        let mut bytes = self.line.as_slice();
        while let [rest @ .., b'\n' | b'\r'] = bytes {
            bytes = rest;
        }
        Ok(Some(Line { bytes, number: self.number, is_cut }))
    }
}

/// What is read of the lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Lines that are jobs: what stands around them is no message.
    Jobs,
    /// Jobs, and sentences.
    Sentences,
    /// Every line that has words, as somebody said that each is a message.
    Everything,
}

impl Wanted {
    /// Tells by its beginning what is to be read of a text.
    ///
    /// # Errors
    /// What the text is, where most of its lines are neither jobs nor sentences: a few that look like one are no
    /// messages then.
    pub(super) fn of(sample: &str, names: &FieldNames) -> Result<Self, Complaint> {
        let (file, at) = (Arc::from(""), Position { line: 1, column: 1 });
        let (mut lines, mut jobs, mut has_state) = (0, 0, false);
        let mut kinds: Vec<(Kind, usize)> = Vec::new();
        for line in sample.lines().filter(|line| !says_nothing(line, names)) {
            lines += 1;
            if Notice::find(line).is_some() {
                return Ok(Self::Jobs);
            }
            if let Some(job) = told::row(line, at, &file) {
                jobs += 1;
                has_state |= job.has_state();
                continue;
            }
            let kind = kind_of_cells(line);
            match kinds.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((kind, 1)),
            }
        }
        let count =
            |wanted: Kind| kinds.iter().find(|(kind, _)| *kind == wanted).map_or(0, |(_, count)| *count);
        let sentences = count(Kind::Sentence);
        // In source code and dumps some lines look like sentences; in lists of messages no line looks like code.
        let of_programs = count(Kind::Markup) + count(Kind::Statement) + count(Kind::Pairs);
        let is_readable = (jobs + sentences) * 2 >= lines && of_programs * 4 < lines;
        // A message may have an id in front by chance, and a state beside an id is none.
        if has_state || (jobs > 0 && (jobs >= sentences || !is_readable)) {
            return Ok(Self::Jobs);
        }
        if is_readable {
            return Ok(Self::Sentences);
        }
        let strange =
            kinds.iter().filter(|(kind, _)| *kind != Kind::Sentence).max_by_key(|(_, count)| *count);
        Err(match strange {
            Some((Kind::Markup, _)) => Complaint::Markup,
            Some((Kind::Statement, _)) => Complaint::Statements,
            Some((Kind::Pairs, _)) => Complaint::LogOfPairs,
            _ if sentences > 0 => Complaint::FewSentences,
            // Nothing says yet what it is: what follows may.
            _ => return Ok(Self::Sentences),
        })
    }
}

/// Reads jobs and status messages, one on each line. A line of a query's text output holds several messages, between
/// tabs.
pub(super) fn read(
    text: &mut dyn BufRead,
    end: LineEnd,
    wanted: Wanted,
    reading: &mut Reading<'_>,
) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut jobs = JobsOfLines::new(wanted);
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        jobs.line(&line, position, reading);
    }
    let Left { messages, left_out } = jobs.end(reading);
    if messages > 0 {
        reading.warn(Severity::Note, None, Complaint::LinesRead { messages });
    }
    if left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::LinesLeftOut { lines: left_out });
    }
    Ok(())
}

/// Makes jobs of lines, one after another.
pub(super) struct JobsOfLines {
    wanted: Wanted,
    is_mail: bool,
    /// A job whose fields may stand below.
    begun: Option<Draft>,
    left: Left,
}

/// What became of the lines that are no jobs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Left {
    pub(super) messages: u64,
    pub(super) left_out: u64,
}

impl JobsOfLines {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self { wanted, is_mail: false, begun: None, left: Left::default() }
    }

    pub(super) fn line(&mut self, line: &str, position: Position, reading: &mut Reading<'_>) {
        if let Some(notice) = Notice::find(line) {
            self.is_mail = true;
            let draft = reading.draft(position);
            return reading.notice(draft, notice);
        }
        if let Some((job, (field, value))) = self.begun.as_mut().zip(field_below(line, reading.names())) {
            return job.put(field, value.to_owned());
        }
        self.settle(reading);
        // What stands around notices is a mail's, and no message.
        if self.is_mail || says_nothing(line, reading.names()) {
            return;
        }
        match told::row(line, position, reading.name()) {
            // What is followed is told of at once.
            Some(Told::CopyJob(job))
                if self.wanted == Wanted::Jobs && job.has_state() && !reading.is_growing() =>
            {
                self.begun = Some(*job);
                return;
            }
            Some(told) => return reading.told(told),
            None => {}
        }
        let is_message = match self.wanted {
            Wanted::Jobs => false,
            Wanted::Sentences => kind_of_cells(line) == Kind::Sentence,
            Wanted::Everything => has_words(line),
        };
        if !is_message {
            self.left.left_out += u64::from(self.wanted != Wanted::Everything);
        } else if let Some(cells) = cells_of_messages(line) {
            self.left.messages += cells.len() as u64;
            cells.iter().for_each(|cell| reading.message(cell.trim(), position));
        } else {
            self.left.messages += 1;
            reading.message(line.trim(), position);
        }
    }

    /// Hands on the last job: nothing more comes that could be a field of it.
    pub(super) fn settle(&mut self, reading: &mut Reading<'_>) {
        self.begun.take().into_iter().for_each(|job| reading.job(job));
    }

    /// What became of the lines, now that there are no more.
    pub(super) fn end(mut self, reading: &mut Reading<'_>) -> Left {
        self.settle(reading);
        self.left
    }
}

/// What a line `Reason: …` below a job says of it, as in a text that a rule of EventBridge makes of an event.
fn field_below<'l>(line: &'l str, names: &FieldNames) -> Option<(Field, &'l str)> {
    let (name, value) = pair(line.trim().trim_matches('"'))?;
    let field = names.field(name.as_bytes());
    let is_of_a_job =
        !matches!(field, Field::Other | Field::LogTime) && !field.names_a_job() && !field.is_of_other_job();
    // The type of a resource may stand behind its ARN.
    let arn = value.split_whitespace().next().filter(|word| word.starts_with("arn:"));
    is_of_a_job.then_some((field, arn.unwrap_or(value).trim()))
}

/// Whether there is nothing in a line, or only the titles of columns or what stands above a mail.
fn says_nothing(line: &str, names: &FieldNames) -> bool {
    let are_titles =
        || Columns::of_titles(line.split_whitespace(), names).is_some_and(|titles| titles.are_mostly_known());
    is_missing(line) || mail::is_heading(line) || are_titles()
}

/// A message has words, a line of some other text may have one or none.
fn has_words(line: &str) -> bool {
    line.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).nth(1).is_some()
}

/// The messages that stand between tabs, or beside gaps, if that is what the line holds.
fn cells_of_messages(line: &str) -> Option<Vec<&str>> {
    let cells: Vec<&str> = line.split('\t').filter(|cell| !is_missing(cell)).collect();
    (!cells.is_empty() && cells.iter().all(|cell| is_message(cell))).then_some(cells)
}

/// What a line is; one that holds several messages is what each of them is.
fn kind_of_cells(line: &str) -> Kind {
    let cells = cells_of_messages(line).unwrap_or_else(|| vec![line]);
    cells.into_iter().map(prose::kind).find(|kind| *kind != Kind::Sentence).unwrap_or(Kind::Sentence)
}

/// Says that a text beside exports is not read as messages: most texts are about something else.
pub(super) fn note(reading: &mut Reading<'_>) {
    reading.warn(Severity::Note, None, Complaint::LinesBeside);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, Item, Options, read_from};

    #[test]
    fn lines_end_as_they_do_on_every_system() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc"] {
            let mut bytes = text.as_bytes();
            let mut lines = Lines::new(&mut bytes, LineEnd::of(text.as_bytes()));
            let mut seen = Vec::new();
            while let Some(line) = lines.next().expect("memory is read") {
                seen.push((line.number, String::from_utf8_lossy(line.bytes).into_owned()));
            }
            assert_eq!(
                seen,
                [(1, "a".into()), (2, "b".into()), (3, String::new()), (4, "c".into())],
                "{text:?}"
            );
        }
    }

    /// The messages of a text of lines, and what is said of it beside.
    fn read_lines(text: &str, format: Option<Format>) -> (Vec<String>, Vec<Complaint>) {
        let (mut messages, mut said) = (Vec::new(), Vec::new());
        let options = Options { format, ..Options::default() };
        read_from("messages.txt", text.as_bytes(), &options, &mut |item| match item {
            Item::Record(record) => messages.extend(record.status_message),
            Item::Warning(warning) => said.push(warning.complaint),
            other => panic!("{other:?}"),
        });
        (messages, said)
    }

    fn said(text: &str) -> Vec<Complaint> {
        read_lines(text, None).1
    }

    #[test]
    fn messages_and_what_is_none_are_counted() {
        const SENTENCE: &str = "The key of this vault is not there any more";
        let read = |messages| Complaint::LinesRead { messages };
        assert_eq!(said(&format!("{SENTENCE}\n{SENTENCE}\n")), [read(2)]);
        assert_eq!(said(&format!("{SENTENCE}\n{SENTENCE}\t{SENTENCE}\n")), [read(3)]);
        assert_eq!(
            said(&format!("{SENTENCE}\n{SENTENCE}\nx\ny\n")),
            [read(2), Complaint::LinesLeftOut { lines: 2 }]
        );
        assert_eq!(said(&format!("{SENTENCE}\n{SENTENCE}\tdone\n")), [read(2)]);
        assert_eq!(
            said(&format!(
                "Subject: The copies of the night\n\nCopyJobId StatusMessage\n{SENTENCE}\n{SENTENCE}\n"
            )),
            [read(2)]
        );
    }

    /// It was taken for titles, and neither read nor counted.
    #[test]
    fn a_sentence_that_names_a_field_is_a_message() {
        let messages =
            ["The CopyJobId was not found in this account", "It was not allowed to share the snapshot"];
        for titles in ["", "CopyJobId StatusMessage\n", "CopyJobId State Owner StatusMessage\n"] {
            assert_eq!(
                read_lines(&format!("{titles}{}\n", messages.join("\n")), None).0,
                messages,
                "{titles}"
            );
        }
        assert_eq!(
            said(&format!("CopyJobId Owner\n{}\n", messages.join("\n"))),
            [Complaint::LinesRead { messages: 2 }]
        );
    }

    /// `aws --output text` writes `None` for a field that a job does not have.
    #[test]
    fn a_message_beside_gaps_is_without_them() {
        let text = "None\tGiven key ID does not exist\nIt was not allowed\tNone\n";
        assert_eq!(read_lines(text, None).0, ["Given key ID does not exist", "It was not allowed"]);
    }

    #[test]
    fn what_stands_around_notices_is_neither_a_message_nor_left_out() {
        let notice = "An AWS Copy job failed. Copy Job Id : 47c8ef56-74d8-059d-1301-c5be1d5c926e";
        let mail = format!("{notice}\n\nYou get this mail because you are on the list\n");
        for format in [None, Some(Format::Lines)] {
            let (messages, said) = read_lines(&mail, format);
            assert!(messages.is_empty(), "{messages:?}");
            assert!(matches!(said.as_slice(), [Complaint::Notices { .. }]), "{said:?}");
        }
    }

    /// Whoever says that each line is a message means the one below a job, too.
    #[test]
    fn a_field_below_a_job_is_a_message_where_each_line_is_one() {
        let text =
            "47c8ef56-74d8-059d-1301-c5be1d5c926e FAILED It was not allowed\nReason: It was not found\n";
        let messages = ["It was not allowed", "Reason: It was not found"];
        assert_eq!(read_lines(text, Some(Format::Lines)).0, messages);
    }

    #[test]
    fn a_line_beyond_all_measure_is_cut_and_the_next_is_whole() {
        let text = [vec![b'x'; 9 * 1024 * 1024], b"\nnext".to_vec()].concat();
        let mut bytes = text.as_slice();
        let mut lines = Lines::new(&mut bytes, LineEnd::LineFeed);
        assert!(lines.next().expect("memory is read").is_some_and(|line| line.is_cut));
        let next = lines.next().expect("memory is read").expect("there is one");
        assert_eq!((next.number, next.bytes, next.is_cut), (2, b"next".as_slice(), false));
    }
}
