//! A file while it is read: who is told of its records, and what was found so far that explains it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Options;
use super::draft::Draft;
use super::field::{Field, FieldNames};
use super::item::{Complaint, Item, Rejected, Severity, Uneventful, Warning};
use super::json::Block;
use super::lines::LineEnd;
use super::notice::Notice;
use super::single_byte::{SingleByte, decode};
use super::sink::Sink;
use super::table::{Columns, Order, RowOf, draft_of_values};
use super::told::Told;
use crate::record::{Position, State};

/// Whether a file was named as an export or only lies in a directory or archive of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Export,
    Anything,
    /// An export that is still written: it may hold no job yet.
    Growing,
}

/// A job that is no copy job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum OtherJob {
    Backup,
    Other,
    Restore,
}

/// What the readers of the formats report to.
pub(super) struct Reading<'h> {
    name: Arc<str>,
    expected: Expected,
    options: &'h Options,
    sink: &'h mut dyn Sink,
    /// How many records were handed on, rejected ones included.
    records: u64,
    /// Whether it has been said why something is missing.
    has_complained: bool,
    other_jobs: BTreeMap<OtherJob, u64>,
    /// Ids of copy jobs that something was said of, but not how they went.
    started: Vec<String>,
    notices: Vec<String>,
    has_summaries: bool,
    has_job_list: bool,
    line_end: LineEnd,
    /// What made sense of text that is no UTF-8.
    encodings: BTreeSet<SingleByte>,
    /// How many texts lack letters that nothing makes sense of, and where the first is missing.
    with_lost_letters: u64,
    first_lost_letter: Option<Position>,
}

impl<'h> Reading<'h> {
    pub(super) fn new(
        name: Arc<str>,
        expected: Expected,
        options: &'h Options,
        sink: &'h mut dyn Sink,
    ) -> Self {
        Self {
            name,
            expected,
            options,
            sink,
            records: 0,
            has_complained: false,
            other_jobs: BTreeMap::new(),
            started: Vec::new(),
            notices: Vec::new(),
            has_summaries: false,
            has_job_list: false,
            line_end: LineEnd::LineFeed,
            encodings: BTreeSet::new(),
            with_lost_letters: 0,
            first_lost_letter: None,
        }
    }

    /// Says what ends the lines of the text, which tells in what it may be written.
    pub(super) fn lines_end_with(&mut self, end: LineEnd) {
        self.line_end = end;
    }

    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(super) fn names(&self) -> &'h FieldNames {
        &self.options.names
    }

    pub(super) fn has_records(&self) -> bool {
        self.records > 0
    }

    /// How many records were handed on.
    pub(super) fn records(&self) -> u64 {
        self.records
    }

    /// How much was found: records, and jobs that are left out.
    pub(super) fn findings(&self) -> u64 {
        self.records + self.other_jobs.values().sum::<u64>() + self.started.len() as u64
    }

    pub(super) fn is_export(&self) -> bool {
        self.expected != Expected::Anything
    }

    /// Whether more may come at any time, which what was there before is not to wait for.
    pub(super) fn is_growing(&self) -> bool {
        self.expected == Expected::Growing
    }

    pub(super) fn draft(&self, position: Position) -> Draft {
        Draft::new(Arc::clone(&self.name), position)
    }

    /// Hands on a job, if it is one.
    pub(super) fn job(&mut self, draft: Draft) {
        if let Some(item) = Self::item_of(draft, self.options.only_problems) {
            self.record(item);
        }
    }

    /// Hands on the job of a line, or counts it, if it is of another kind.
    pub(super) fn told(&mut self, told: Told) {
        match told {
            Told::CopyJob(job) => self.job(*job),
            Told::OtherJob(kind) => self.other_job(kind),
        }
    }

    /// What is told of a job; `None` where it is the description of one.
    pub(super) fn item_of(draft: Draft, only_problems: bool) -> Option<Item> {
        if draft.is_of_types() {
            return None;
        }
        let record = draft.finish();
        let is_ordinary = !record.is_problem() && State::is_known_name(record.state.as_str());
        Some(if only_problems && is_ordinary {
            Item::Uneventful(Uneventful::from(&record))
        } else {
            Item::Record(Box::new(record))
        })
    }

    /// Hands on what is told of a job.
    pub(super) fn record(&mut self, item: Item) {
        self.records += 1;
        self.sink.item(item);
    }

    /// Has a block read whose records come next, and gives back what is to be read with care.
    pub(super) fn block(&mut self, block: Block) -> Vec<Block> {
        let settled = self.sink.block(block, self.options);
        self.records += settled.records;
        settled.returned
    }

    /// Waits for the blocks, and gives back what is to be read with care.
    pub(super) fn settle(&mut self) -> Vec<Block> {
        let settled = self.sink.settle();
        self.records += settled.records;
        settled.returned
    }

    /// Whether little is to be told of jobs without a problem.
    pub(super) fn wants_only_problems(&self) -> bool {
        self.options.only_problems
    }

    /// A status message of which nothing else is known.
    pub(super) fn message(&mut self, text: &str, position: Position) {
        let mut draft = self.draft(position);
        draft.put(Field::StatusMessage, text.to_owned());
        self.job(draft);
    }

    /// A row of a table: what it is under its titles, or, without titles, what its cells say of themselves.
    pub(super) fn row<'c>(
        &mut self,
        columns: Option<&Columns>,
        cells: impl Iterator<Item = &'c str> + Clone,
        position: Position,
    ) {
        if self.options.only_problems {
            if let Some(job) = columns.and_then(|columns| columns.uneventful(cells.clone())) {
                return self.record(Item::Uneventful(job));
            }
        }
        let draft = match columns.map(|columns| (columns, columns.row(cells.clone()))) {
            Some((_, RowOf::OtherJob(kind))) => return self.other_job(kind),
            Some((_, RowOf::Nothing)) => None,
            Some((columns, RowOf::CopyJob)) => Some(columns.draft(cells, &self.name, position)),
            None => draft_of_values(cells, Order::SourceFirst, &self.name, position),
        };
        if let Some(draft) = draft {
            self.job(draft);
        }
    }

    pub(super) fn rejected(&mut self, position: Position, complaint: Complaint) {
        self.records += 1;
        let file = Arc::clone(&self.name);
        self.sink.item(Item::Rejected(Rejected { file, position, complaint }));
    }

    /// Says something about the file.
    pub(super) fn warn(&mut self, severity: Severity, position: Option<Position>, complaint: Complaint) {
        self.has_complained |= severity == Severity::Error;
        let file = Arc::clone(&self.name);
        self.sink.item(Item::Warning(Warning { file, position, complaint, severity }));
    }

    /// The export says by `token` that it is a part.
    pub(super) fn page_follows(&mut self, position: Position, token: &'static str) {
        self.warn(Severity::Warning, Some(position), Complaint::Incomplete { token });
    }

    /// A job that is no copy job was found, and is left out.
    pub(super) fn other_job(&mut self, kind: Field) {
        let name = match kind {
            Field::OtherBackupJob => OtherJob::Backup,
            Field::OtherRestoreJob => OtherJob::Restore,
            _ => OtherJob::Other,
        };
        *self.other_jobs.entry(name).or_default() += 1;
    }

    /// A copy job was named, but not how it went.
    pub(super) fn started(&mut self, id: Option<String>) {
        self.started.extend(id);
    }

    pub(super) fn summaries(&mut self) {
        self.has_summaries = true;
    }

    /// There was a list of copy jobs, be it empty: a file without any is an export then.
    pub(super) fn list_of_jobs(&mut self) {
        self.has_job_list = true;
    }

    /// A notice that a copy job ended. It is the record of a job, but has no reason.
    pub(super) fn notice(&mut self, mut draft: Draft, notice: Notice<'_>) {
        if notice.is_failure {
            self.notices.push(notice.copy_job_id.to_owned());
        }
        draft.put(Field::CopyJobId, notice.copy_job_id.to_owned());
        self.job(draft);
    }

    /// The text of a record or a line that stands here: UTF-8, or where that is none, what people write in other
    /// encodings. A word of it may lack a letter.
    ///
    /// # Errors
    /// Where the first byte stands that nothing makes sense of, and without which something else would be said.
    pub(super) fn text<'b>(&mut self, bytes: &'b [u8], position: Position) -> Result<Cow<'b, str>, Position> {
        let decoded = decode(bytes, self.line_end);
        let place = |at: usize| position.after(bytes.get(..at).unwrap_or_default());
        if let Some(broken) = decoded.broken {
            return Err(place(broken));
        }
        self.encodings.extend(decoded.encoding);
        if let Some(lost) = decoded.lost {
            self.with_lost_letters += 1;
            self.first_lost_letter.get_or_insert(place(lost));
        }
        Ok(decoded.text)
    }

    /// Says what there is to say of the file as a whole; `nothing` is what it is if no job was found in it and
    /// nothing else explains that.
    pub(super) fn end(mut self, nothing: Option<(Option<Position>, Complaint)>) {
        for encoding in std::mem::take(&mut self.encodings) {
            let complaint = match encoding {
                SingleByte::Windows1252 => Complaint::Windows1252,
                SingleByte::MacRoman => Complaint::MacRoman,
            };
            self.warn(Severity::Note, None, complaint);
        }
        if let Some(first) = self.first_lost_letter {
            let complaint = Complaint::LostLetters { texts: self.with_lost_letters };
            self.warn(Severity::Warning, Some(first), complaint);
        }
        self.say_what_was_left_out();
        if let (0, false, Some((position, complaint))) = (self.records, self.has_complained, nothing) {
            let is_explained = !self.other_jobs.is_empty()
                || !self.started.is_empty()
                || self.has_summaries
                || self.has_job_list;
            if !is_explained && !self.is_growing() {
                // What only lies beside exports need not be one.
                let severity = if self.is_export() { Severity::Error } else { Severity::Note };
                self.warn(severity, position, complaint);
            }
        }
    }

    fn say_what_was_left_out(&mut self) {
        // A file of nothing else was named by mistake; among copy jobs the others are in nobody's way.
        let severity = if self.records == 0 && self.is_export() { Severity::Error } else { Severity::Note };
        for (kind, count) in std::mem::take(&mut self.other_jobs) {
            let complaint = match kind {
                OtherJob::Backup => Complaint::BackupJobs { count },
                OtherJob::Restore => Complaint::RestoreJobs { count },
                OtherJob::Other => Complaint::OtherJobs { count },
            };
            self.warn(severity, None, complaint);
            self.other_jobs.insert(kind, count);
        }
        if self.has_summaries {
            self.warn(severity, None, Complaint::Summaries);
        }
        if let Some(id) = self.started.first().cloned() {
            let count = self.started.len() as u64;
            self.warn(severity, None, Complaint::StartedJobs { count, id });
        }
        if let Some(id) = self.notices.first().cloned() {
            let count = self.notices.len() as u64;
            self.warn(Severity::Warning, None, Complaint::Notices { count, id });
        }
    }
}
