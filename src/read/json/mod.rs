//! JSON of every shape, and text with JSON in it: finds the copy jobs, however deep they are wrapped.

mod block;
mod columns;
#[cfg(any(test, fuzzing))]
mod compare;
mod embedded;
mod foreign;
mod frame;
mod glance;
mod habit;
mod named;
mod record;
pub(super) mod scanner;
mod titled;
mod token;

use std::borrow::Cow;
use std::io::{self, BufRead};
use std::sync::Arc;

use memchr::memmem;
use serde_json::{Map, Value};

use super::draft::Draft;
use super::field::Field;
use super::item::{Complaint, Severity};
use super::notice::Notice;
use super::reading::Reading;
use super::table::{Columns, Order, draft_of_values};
use super::told::{self, Told};
use super::value::is_message;
use crate::identifier::is_uuid;
use crate::phrases::MoreFaults;
use crate::record::Position;
pub(super) use block::Block;
#[cfg(fuzzing)]
pub use compare::{read_carefully, read_together};
pub(super) use embedded::stands_in;
use frame::{Fault, Kind};
use named::Around;
use scanner::{Found, Outline, Scanner};

/// More strings in one another than any envelope has: an event in CloudTrail's answer, in SNS, in SQS, in a log.
pub(super) const DEEPEST_ENVELOPE: usize = 8;

/// So many bytes are looked at together: enough for some hundred jobs.
const TOGETHER: usize = 256 * 1024;

/// Reads a text that is JSON or has JSON in it.
pub(super) fn read(text: &mut dyn BufRead, reading: &mut Reading<'_>) -> io::Result<Nothing> {
    read_by(Scanner::new(reading.names()), text, reading, TOGETHER)
}

/// Reads by a scanner, so many bytes together.
fn read_by(
    scanner: Scanner<'_>,
    text: &mut dyn BufRead,
    reading: &mut Reading<'_>,
    size: usize,
) -> io::Result<Nothing> {
    let mut stream = Stream { scanner, reader: JsonReader::new(reading, 0, None), failures: 0, carefully: 0 };
    let mut ahead = vec![0; size];
    // How much of it was read.
    let mut end = 0;
    let stopped_by = loop {
        match text.read(ahead.get_mut(end..).unwrap_or_default()) {
            Ok(0) => break None,
            Ok(length) => end += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => break Some(error),
        }
        if stream.reader.reading.is_growing() {
            stream.scan_all(ahead.get(..end).unwrap_or_default());
            end = 0;
        } else if end >= size {
            // A pipe gives little at a time; what is there waits until it is worth a look.
            ahead.truncate(end);
            ahead = stream.scan(ahead);
            end = ahead.len();
            if end == 0 { ahead = vec![0; size] } else { ahead.resize(end + size, 0) }
        }
    };
    stream.scan_all(ahead.get(..end).unwrap_or_default());
    let Stream { scanner, mut reader, .. } = stream;
    let outline = scanner.finish(&mut |found| reader.found(found));
    let nothing = reader.end(outline, stopped_by.is_some());
    match stopped_by {
        Some(error) => Err(error),
        None => Ok(nothing),
    }
}

/// A text while it is read: the scanner goes over what is not plain, and steps over blocks that are.
struct Stream<'n, 'r, 'h> {
    scanner: Scanner<'n>,
    reader: JsonReader<'r, 'h>,
    /// How many blocks were not plain, and for how many the care is not over that follows from it.
    failures: u32,
    carefully: u32,
}

impl Stream<'_, '_, '_> {
    /// Scans bytes, and gives back those behind the last whole job, where it can be told.
    fn scan(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        // A piece ends within a job nearly always. The next one begins with it, so that blocks begin with a job.
        let end = self.scanner.last_separator().and_then(|separator| Block::end(&bytes, separator));
        let rest = bytes.split_off(end.unwrap_or(bytes.len()));
        self.carefully = self.carefully.saturating_sub(1);
        let separator =
            self.scanner.separator_before_record().filter(|_| end.is_some() && self.carefully == 0);
        if let Some(separator) = separator.map(Arc::from) {
            let file = Arc::clone(self.reader.reading.name());
            let block = Block { bytes, separator, position: self.scanner.position(), file };
            self.scanner.step_over(&block.bytes);
            let returned = self.reader.reading.block(block);
            self.scan_carefully(returned);
        } else {
            self.scan_all(&bytes);
        }
        rest
    }

    /// Scans bytes one after another.
    fn scan_all(&mut self, bytes: &[u8]) {
        let returned = self.reader.reading.settle();
        self.scan_carefully(returned);
        self.scanner.feed(bytes, &mut |found| self.reader.found(found));
    }

    fn scan_carefully(&mut self, returned: Vec<Block>) {
        const MOST_FAILURES: u32 = 16;
        let Some(first) = returned.first() else { return };
        self.failures = (self.failures + 1).min(MOST_FAILURES);
        self.carefully = 1 << self.failures;
        self.scanner.step_back(returned.iter().map(|block| block.bytes.len() as u64).sum(), first.position);
        for block in returned {
            self.scanner.feed(&block.bytes, &mut |found| self.reader.found(found));
        }
    }
}

/// Reads a stretch of JSON that another format holds: a cell, a line. All that is found stands at `position`.
pub(super) fn read_embedded(text: &str, position: Position, reading: &mut Reading<'_>) {
    scan_embedded(text, position, 0, reading);
}

fn scan_embedded(text: &str, position: Position, depth: usize, reading: &mut Reading<'_>) {
    let mut scanner = Scanner::new(reading.names());
    let mut reader = JsonReader::new(reading, depth, Some(position));
    scanner.feed(text.as_bytes(), &mut |found| reader.found(found));
    let outline = scanner.finish(&mut |found| reader.found(found));
    reader.outline(outline);
}

/// What a file is in which no job was found.
pub(super) struct Nothing {
    pub(super) position: Option<Position>,
    pub(super) complaint: Complaint,
}

struct JsonReader<'r, 'h> {
    reading: &'r mut Reading<'h>,
    /// In how many strings this stands.
    depth: usize,
    /// Where the outermost of these strings stands; in the file itself everything has a place of its own.
    outside: Option<Position>,
    /// The titles above rows.
    columns: Option<Columns>,
    /// Where the file is broken first outside every record, and in how many places it is.
    first_fault: Option<Fault>,
    faults: u64,
}

impl<'r, 'h> JsonReader<'r, 'h> {
    fn new(reading: &'r mut Reading<'h>, depth: usize, outside: Option<Position>) -> Self {
        Self { reading, depth, outside, columns: None, first_fault: None, faults: 0 }
    }

    fn found(&mut self, found: Found<'_>) {
        match found {
            Found::Whole { kind, bytes, position, around } => {
                self.whole(kind, bytes, self.outside.unwrap_or(position), around)
            }
            Found::Glanced { glance, object, position } => {
                let position = self.outside.unwrap_or(position);
                let only_problems = self.reading.wants_only_problems();
                match block::item(glance, object, self.reading.name(), position, only_problems) {
                    Some(item) => self.reading.record(item),
                    None => self.whole(Kind::Record, object.as_bytes(), position, Around::default()),
                }
            }
            Found::BrokenRecord { position, fault } => {
                let position = self.outside.unwrap_or(position);
                let complaint = Complaint::BrokenRecord { fault: fault.problem, position: fault.position };
                self.reading.rejected(position, complaint);
            }
            Found::BrokenDocument { fault } => {
                self.first_fault.get_or_insert(fault);
                self.faults += 1;
            }
        }
    }

    fn whole(&mut self, kind: Kind, bytes: &[u8], position: Position, around: Around<'_>) {
        let decoded = match self.reading.text(bytes, position) {
            Ok(Cow::Borrowed(_)) => None,
            Ok(Cow::Owned(text)) => Some(text),
            Err(place) if may_be_a_job(kind, bytes) => {
                return self.reading.rejected(position, Complaint::NotUtf8 { position: place });
            }
            Err(_) => None,
        };
        let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
        match kind {
            Kind::Record => self.record(bytes, position, around),
            Kind::Columns => self.columns(bytes, position, around),
            Kind::Row => self.row(bytes, position),
            Kind::Pairs => titled::read_pairs(bytes, position, self.reading),
            Kind::Titled => titled::read(bytes, position, self.reading),
            Kind::Odd => self.odd(bytes, position, around),
            Kind::Notice => self.notice(bytes, position),
            Kind::Embedded => self.inside(embedded::text_of(bytes), position),
            Kind::Texts => self.texts(bytes, position),
            Kind::Lines => self.inside(embedded::of_lines(bytes), position),
            Kind::Started => {
                let id =
                    parsed(bytes).and_then(|job| text_at(&job, Field::CopyJobId).filter(|id| is_uuid(id)));
                self.reading.started(id);
            }
            Kind::OtherJob(kind) => self.reading.other_job(kind),
        }
    }

    fn record(&mut self, bytes: &[u8], position: Position, around: Around<'_>) {
        match record::parse(bytes, self.reading.names(), self.reading.name(), position) {
            Ok(mut draft) => {
                around.fill_gaps(&mut draft);
                self.reading.job(draft)
            }
            Err(error) => {
                let place = position.moved(error.line() as u64, error.column() as u64);
                let problem = error.to_string();
                let problem = problem.split(" at line ").next().unwrap_or_default();
                let complaint = Complaint::UnfitJson { error: problem.to_owned(), position: place };
                self.reading.rejected(position, complaint);
            }
        }
    }

    fn columns(&mut self, bytes: &[u8], position: Position, around: Around<'_>) {
        let jobs = parsed(bytes)
            .and_then(|object| columns::jobs(&object, self.reading.names(), self.reading.name(), position));
        match jobs {
            Some(jobs) => jobs.into_iter().for_each(|job| self.reading.job(job)),
            None => self.record(bytes, position, around),
        }
    }

    fn row(&mut self, bytes: &[u8], position: Position) {
        let Ok(Value::Array(cells)) = serde_json::from_slice(bytes) else { return };
        let cells: Vec<String> = cells.iter().map(cell_text).collect();
        let cells = || cells.iter().map(String::as_str);
        if let Some(columns) = Columns::of_titles(cells(), self.reading.names()) {
            self.columns = Some(columns);
            return;
        }
        let under_titles = self.columns.as_ref().filter(|columns| columns.len() == cells().count());
        self.reading.row(under_titles, cells(), position);
    }

    /// A job whose keys are somebody's own: what the keys do not say, the values do.
    fn odd(&mut self, bytes: &[u8], position: Position, around: Around<'_>) {
        let Some(object) = parsed(bytes) else { return };
        if foreign::is_of_fabric(&object) {
            return;
        }
        let (names, name) = (self.reading.names(), self.reading.name());
        let mut draft = Draft::new(name.clone(), position);
        let mut unnamed = Vec::new();
        for (key, value) in &object {
            let text = cell_text(value);
            match names.field(key.as_bytes()) {
                Field::Other => unnamed.push(text),
                field => draft.put(field, text),
            }
        }
        let all: Vec<String> = object.values().map(cell_text).collect();
        let by_values = draft_of_values(all.iter().map(String::as_str), Order::SourceFirst, name, position);
        if let Some(by_values) = by_values {
            draft.fill_gaps(by_values);
        }
        around.fill_gaps(&mut draft);
        // Without a state it takes a vault to tell a job from a line of some log.
        if draft.tells_of_a_job() && (draft.has_state() || draft.has_vault()) {
            self.reading.job(draft);
        }
    }

    /// SNS says in attributes what the sentence of a notice leaves out.
    fn notice(&mut self, bytes: &[u8], position: Position) {
        let Some(object) = parsed(bytes) else { return };
        let text = object.values().filter_map(Value::as_str).find_map(Notice::find);
        let Some(notice) = text else { return };
        let mut draft = self.reading.draft(position);
        let attributes = object.iter().find(|(key, _)| Field::of(key.as_bytes()) == Field::MessageAttributes);
        for (name, attribute) in attributes.and_then(|(_, value)| value.as_object()).into_iter().flatten() {
            let field = match name.as_str() {
                "StartTime" => Field::CreatedAt,
                "CompletionTime" | "EndTime" => Field::CompletedAt,
                name => Field::of(name.as_bytes()),
            };
            if matches!(field, Field::AccountId | Field::State | Field::CreatedAt | Field::CompletedAt) {
                draft.put(field, cell_text(attribute));
            }
        }
        self.reading.notice(draft, notice);
    }

    /// Reads what stands in a string or several, if that is a text.
    fn inside(&mut self, text: Option<String>, position: Position) {
        let Some(text) = text else { return };
        if self.depth == DEEPEST_ENVELOPE {
            let complaint = Complaint::TooDeeplyEmbedded { depth: DEEPEST_ENVELOPE as u64 };
            return self.reading.warn(Severity::Error, Some(position), complaint);
        }
        // What a rule makes of an event is a string of JSON, be it a sentence.
        match text.starts_with('"').then(|| serde_json::from_str::<String>(&text)) {
            Some(Ok(said)) if !said.contains('{') => self.sentence(&said, position),
            Some(Ok(json)) => scan_embedded(&json, position, self.depth + 1, self.reading),
            _ => scan_embedded(&text, position, self.depth + 1, self.reading),
        }
    }

    /// A sentence about a job, which may be one of another kind.
    fn sentence(&mut self, text: &str, position: Position) {
        let told = told::row(text, position, self.reading.name()).filter(Told::has_state);
        let is_sure = |told: &Told| matches!(told, Told::OtherJob(_)) || foreign::is_of_copy(text);
        told.filter(is_sure).into_iter().for_each(|told| self.reading.told(told));
    }

    /// A list of nothing but sentences, as `--query 'CopyJobs[].StatusMessage'` gives it, or of texts that are jobs.
    fn texts(&mut self, bytes: &[u8], position: Position) {
        let Ok(Value::Array(texts)) = serde_json::from_slice(bytes) else { return };
        for text in texts.iter().filter_map(Value::as_str) {
            let told = told::row(text, position, self.reading.name()).filter(Told::has_state);
            match told {
                Some(told) => self.reading.told(told),
                None if is_message(text) => self.reading.message(text, position),
                None => {}
            }
        }
    }

    fn outline(&mut self, outline: Outline) {
        if outline.has_summaries {
            self.reading.summaries();
        }
        if outline.has_job_list {
            self.reading.list_of_jobs();
        }
    }

    /// Says what there is to say of the JSON as a whole.
    fn end(&mut self, outline: Outline, is_stopped: bool) -> Nothing {
        self.outline(outline);
        let reading = &mut *self.reading;
        let says_more = reading.has_records() || (reading.is_export() && outline.first_noise.is_none());
        if let Some(first) = self.first_fault.filter(|_| says_more || reading.is_export()) {
            // One fault in a document often causes many, of which the first says most.
            let more = self.faults.checked_sub(1).filter(|count| *count > 0);
            let more = more.map(|count| MoreFaults::Behind { count });
            let complaint = Complaint::BrokenJson { fault: first.problem, more };
            reading.warn(Severity::Error, Some(first.position), complaint);
        }
        if let Some(position) = outline.cut_off.filter(|_| says_more && !is_stopped) {
            reading.warn(Severity::Error, Some(position), Complaint::CutOff);
        }
        if let Some(position) = outline.page_follows {
            reading.page_follows(position, "NextToken");
        }
        if let Some(position) = outline.rows_follow {
            reading.warn(Severity::Warning, Some(position), Complaint::RowsFollow);
        }
        let complaint = if outline.has_json { Complaint::JsonWithoutJobs } else { Complaint::NotJson };
        Nothing { position: outline.first_noise.filter(|_| !outline.has_json), complaint }
    }
}

/// Whether a copy job may be lost with a stretch that is not UTF-8.
fn may_be_a_job(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Started | Kind::OtherJob(_) => false,
        // A string with JSON in it may be about anything.
        Kind::Embedded | Kind::Lines => memmem::find(bytes, b"opyJobId").is_some(),
        _ => true,
    }
}

fn parsed(object: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(object).ok()
}

fn text_at(object: &Map<String, Value>, wanted: Field) -> Option<String> {
    let (_, value) = object.iter().find(|(key, _)| Field::of(key.as_bytes()) == wanted)?;
    value.as_str().map(str::to_owned)
}

/// What a value says as a cell: texts and numbers, also in a wrapping; nothing else says anything.
fn cell_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => object
            .iter()
            .find(|(key, _)| record::is_wrapping(key))
            .map_or_else(String::new, |(_, value)| cell_text(value)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
