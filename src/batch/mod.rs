//! Records to a report: one job per id, a diagnosis for each that has a message, and an account of every
//! record that was read.

mod chunks;
mod filter;
mod groups;
mod ids;
mod jobs;
mod judge;
mod known;
mod lines;
mod notes;
mod top;
mod unknown;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use jiff::Timestamp;

use crate::baseline::{Failure, KnownFailure};
use crate::catalogue::RootCause;
use crate::diagnosis::Answer;
use crate::read::{Item, Rejected, Severity, Uneventful, Warning};
use crate::record::{Record, State};

pub use filter::Filter;
pub use groups::{CauseCount, GroupBy, Groups, JobGroup};
pub use judge::{Judge, Judged, Line, WriteLine};
pub use top::{LeftOut, Rest};
pub use unknown::UnknownGroup;

use ids::Ids;
use jobs::{Jobs, Known};
use known::Failures;
use lines::Lines;
use notes::Notes;

/// How many jobs stand as examples of a root cause.
const EXAMPLES: usize = 3;

/// Which jobs a report lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Those that need attention; the others are only counted, which keeps memory small.
    Problems,
    /// All of them.
    All,
}

/// Collects what readers hand on. Feed it with [`Batch::add`], then call [`Batch::finish`].
///
/// ```
/// use copydoctor::{Batch, Classifier, batch::{Judge, Keep}, read::{Options, read_from}};
/// let json = r#"{"CopyJobs": [{"CopyJobId": "A", "State": "FAILED",
///     "StatusMessage": "Access Denied trying to call AWS Backup service"}]}"#;
/// let classifier = Classifier::builtin();
/// let mut batch = Batch::new(Judge::new(&classifier, Keep::Problems));
/// read_from("jobs.json", json.as_bytes(), &Options::default(), &mut |item| batch.add(item));
/// let report = batch.finish();
/// assert_eq!((report.records.total, report.records.diagnosed), (1, 1));
/// ```
#[derive(Debug)]
pub struct Batch<'c> {
    judge: Judge<'c>,
    notes: Notes,
    jobs: Jobs<'c>,
    ids: Ids,
    lines: Lines,
    total: u64,
    by_state: BTreeMap<String, u64>,
    duplicates: u64,
    warnings: Vec<Warning>,
    rejected: Vec<Rejected>,
}

/// What became of the records. `total` is the sum of all the others but `by_state`, which adds up to it
/// too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordCounts {
    /// Every record that was read.
    pub total: u64,
    /// The records by state, as AWS names it; `UNKNOWN` where the file names none or cannot be read.
    pub by_state: BTreeMap<String, u64>,
    /// Records that tell of a job that another record tells of better.
    pub duplicates: u64,
    /// Jobs whose root cause is known.
    pub diagnosed: u64,
    /// Jobs with a status message that nothing fits.
    pub unknown: u64,
    /// Jobs without a status message: mostly those that did not fail.
    pub without_message: u64,
    /// Jobs with a problem that a baseline knows.
    pub known: u64,
    /// Jobs that the filter leaves out.
    pub skipped: u64,
    /// Records that cannot be read.
    pub rejected: u64,
}

/// A job and what its message says.
#[derive(Debug, Clone, PartialEq)]
pub struct Job<'c> {
    /// The record that tells of the job best.
    pub record: Record,
    /// The answer for its status message; `None` where there is no message.
    pub answer: Option<Answer<'c>>,
}

/// The jobs of one root cause.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseSummary<'c> {
    /// The root cause.
    pub root_cause: &'c RootCause,
    /// How many jobs.
    pub count: u64,
    /// Source and destination accounts that occur together.
    pub accounts: BTreeSet<Route>,
    /// Source and destination Regions that occur together.
    pub regions: BTreeSet<Route>,
    /// The resource types.
    pub resource_types: BTreeSet<String>,
    /// When the first of the jobs was created.
    pub first: Option<Timestamp>,
    /// When the last of the jobs was created.
    pub last: Option<Timestamp>,
    /// A few of the jobs, as places in [`Report::jobs`].
    pub examples: Vec<usize>,
}

/// From where to where; empty where the file does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The source's account or Region.
    pub from: String,
    /// The destination's account or Region.
    pub to: String,
}

/// All that is known of the records that were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'c> {
    /// What became of the records.
    pub records: RecordCounts,
    /// How many jobs are in a state that says that something went wrong, whatever their message.
    pub failed: u64,
    /// How many jobs there are of each root cause, by its id; also where the report lists no root causes.
    pub by_cause: BTreeMap<&'c str, u64>,
    /// One job per id, in the order in which they were first read.
    pub jobs: Vec<Job<'c>>,
    /// The root causes, the most frequent first.
    pub causes: Vec<CauseSummary<'c>>,
    /// The messages that nothing fits, the most frequent first.
    pub unknown: Vec<UnknownGroup<'c>>,
    /// The jobs by what they have in common, once [`Report::group_by`] was asked for them.
    pub groups: Option<Groups<'c>>,
    /// What the lists above have no more, once [`Report::keep_top`] was asked for.
    pub left_out: Option<LeftOut>,
    /// The failures of all jobs with a problem, known ones too, once each and in order, where [`Judge::with_failures`]
    /// asked for them. Where a filter leaves jobs out, all known failures are among them.
    pub failures: Vec<KnownFailure>,
    /// What the reader of the report should know.
    pub warnings: Vec<Warning>,
    /// The records that cannot be read.
    pub rejected: Vec<Rejected>,
}

impl<'c> Batch<'c> {
    /// An empty batch.
    #[must_use]
    pub fn new(judge: Judge<'c>) -> Self {
        Self {
            judge,
            notes: Notes::default(),
            jobs: Jobs::default(),
            ids: Ids::default(),
            lines: Lines::default(),
            total: 0,
            by_state: BTreeMap::new(),
            duplicates: 0,
            warnings: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Judges what a reader hands on, and takes it.
    pub fn add(&mut self, item: Item) {
        let judged = self.judge.judge(item);
        self.add_judged(judged);
    }

    /// Takes what was judged elsewhere, by the same [`Judge`]. The order decides which of two equal records counts.
    pub fn add_judged(&mut self, judged: Judged<'c>) {
        match judged {
            Judged::Listed(job) => {
                self.notes.about(&job.record);
                self.add_job(&Uneventful::from(&job.record), |_| Known::Listed(job));
            }
            Judged::Line(line) => {
                let Line { about, bytes, outcome, kept } = *line;
                kept.iter()
                    .filter_map(|kept| kept.record.as_ref())
                    .for_each(|record| self.notes.about(record));
                self.add_job(&about, |lines| Known::line(lines.push(&bytes), outcome, kept));
            }
            Judged::Counted { about, is_skipped, record } => {
                record.iter().for_each(|record| self.notes.about(record));
                let known = if is_skipped { Known::Skipped } else { Known::Counted };
                self.add_job(&about, |_| known);
            }
            Judged::Known { about, entry, record } => {
                record.iter().for_each(|record| self.notes.about(record));
                self.add_job(&about, |_| Known::Baseline(entry, record));
            }
            Judged::Rejected(rejected) => {
                self.count(&State::Unknown);
                self.rejected.push(rejected);
            }
            Judged::Warning(warning) => self.warnings.push(warning),
        }
    }

    /// Takes what was judged as a line, and gives that line where it is news: the job has become a problem, or another
    /// root cause is named. The lines are kept no longer, so that the report has none.
    pub fn follow(&mut self, judged: Judged<'c>) -> Option<Vec<u8>> {
        let Judged::Line(mut line) = judged else {
            self.add_judged(judged);
            return None;
        };
        let bytes = std::mem::take(&mut line.bytes);
        let before = self.ids.find(line.about.id.as_ref());
        let is_news = before.is_none_or(|job| match self.jobs.get(job) {
            _ if Some(line.about.rank) <= self.jobs.rank(job) => false,
            Some(known @ Known::Line { .. }) => {
                known.outcome().is_none_or(|outcome| !outcome.has_cause_of(&line.outcome))
            }
            _ => true,
        });
        self.add_judged(Judged::Line(line));
        is_news.then_some(bytes)
    }

    /// What readers have warned of so far.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn count(&mut self, state: &State) {
        self.total += 1;
        // Nearly every state is there already; only a new one is worth a copy of its name.
        match self.by_state.get_mut(state.as_str()) {
            Some(count) => *count += 1,
            None => {
                self.by_state.insert(state.as_str().to_owned(), 1);
            }
        }
    }

    fn add_job(&mut self, about: &Uneventful, known: impl FnOnce(&mut Lines) -> Known<'c>) {
        self.count(&about.state);
        match self.ids.place(about.id.as_ref()) {
            None => self.jobs.push(about.rank, known(&mut self.lines)),
            Some(job) => {
                self.duplicates += 1;
                if Some(about.rank) > self.jobs.rank(job) {
                    self.jobs.replace(job, about.rank, known(&mut self.lines));
                }
            }
        }
    }

    /// Sums up.
    #[must_use]
    pub fn finish(self) -> Report<'c> {
        let classifier = self.judge.classifier();
        let (mut report, jobs, _) = self.summed_up();
        let mut causes: BTreeMap<&str, CauseSummary<'_>> = BTreeMap::new();
        for known in jobs.into_listed() {
            let Known::Listed(job) = known else { continue };
            let job = *job;
            if let Some(Answer::Diagnosed(diagnosis)) = &job.answer {
                let cause = diagnosis.root_cause;
                let summary = causes.entry(cause.id.as_str()).or_insert_with(|| CauseSummary::new(cause));
                summary.add(&job.record, report.jobs.len());
            }
            report.jobs.push(job);
        }
        report.causes = causes.into_values().collect();
        report.causes.sort_by_key(|cause| std::cmp::Reverse(cause.count));
        report.unknown = unknown::groups(&report.jobs, classifier);
        report
    }

    /// Writes the lines of the jobs, in the order in which the jobs were first read, and gives the account of the
    /// records. The report has neither jobs nor root causes.
    ///
    /// # Errors
    /// Those of the writer, and of the temporary file that many lines go to.
    pub fn finish_lines(self, out: &mut dyn io::Write) -> io::Result<Report<'c>> {
        let (report, jobs, lines) = self.summed_up();
        let place = |known: &Known<'_>| match known {
            Known::Line { place, .. } => Some(*place),
            _ => None,
        };
        let stretches = lines.stretches(jobs.iter().filter_map(place));
        drop(jobs);
        lines.write(&stretches, out)?;
        Ok(report)
    }

    /// The account of the records, and the jobs that it is of.
    fn summed_up(self) -> (Report<'c>, Jobs<'c>, Lines) {
        let mut records = RecordCounts {
            total: self.total,
            by_state: self.by_state,
            duplicates: self.duplicates,
            rejected: self.rejected.len() as u64,
            ..RecordCounts::default()
        };
        let mut failed = 0;
        let mut by_cause: BTreeMap<&str, u64> = BTreeMap::new();
        let mut failures = Failures::of(&self.judge);
        for known in self.jobs.iter() {
            match known {
                Known::Listed(job) => {
                    let Job { record, answer } = &**job;
                    failures.unknown(|| record.is_problem().then(|| Failure::of(record, answer.as_ref())));
                }
                Known::Line { kept, .. } => failures.unknown(|| kept.as_ref()?.failure.clone()),
                Known::Baseline(entry, _) => {
                    failures.known(*entry);
                    records.known += 1;
                }
                Known::Counted => {}
                Known::Skipped => records.skipped += 1,
            }
            let Some(outcome) = known.outcome() else { continue };
            failed += u64::from(outcome.is_failure);
            *match outcome.cause {
                Some(cause) => {
                    *by_cause.entry(cause.id.as_str()).or_default() += 1;
                    &mut records.diagnosed
                }
                None if outcome.has_message => &mut records.unknown,
                None => &mut records.without_message,
            } += 1;
        }
        let mut warnings = self.warnings;
        let is_read = records.rejected == 0 && warnings.iter().all(|one| one.severity != Severity::Error);
        let (failures, unused) = failures.end(is_read && self.judge.keeps_all());
        warnings.extend(self.notes.end(&self.jobs, &self.ids));
        warnings.extend(unused);
        let report = Report {
            records,
            failed,
            by_cause,
            jobs: Vec::new(),
            causes: Vec::new(),
            unknown: Vec::new(),
            groups: None,
            left_out: None,
            failures,
            warnings,
            rejected: self.rejected,
        };
        (report, self.jobs, self.lines)
    }
}

impl<'c> CauseSummary<'c> {
    fn new(root_cause: &'c RootCause) -> Self {
        Self {
            root_cause,
            count: 0,
            accounts: BTreeSet::new(),
            regions: BTreeSet::new(),
            resource_types: BTreeSet::new(),
            first: None,
            last: None,
            examples: Vec::new(),
        }
    }

    fn add(&mut self, record: &Record, place: usize) {
        self.count += 1;
        self.accounts.extend(Route::new(record.account_id.as_deref(), record.destination_account.as_deref()));
        self.regions
            .extend(Route::new(record.source_region.as_deref(), record.destination_region.as_deref()));
        if let Some(resource_type) = &record.resource_type {
            self.resource_types.insert(resource_type.clone());
        }
        if let Some(time) = record.created_at {
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(place);
        }
    }
}

impl Route {
    fn new(from: Option<&str>, to: Option<&str>) -> Option<Self> {
        let is_known = from.is_some() || to.is_some();
        let text = |end: Option<&str>| end.unwrap_or_default().to_owned();
        is_known.then(|| Self { from: text(from), to: text(to) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::classify::Classifier;
    use crate::record::Position;

    static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

    fn batch(keep: Keep) -> Batch<'static> {
        Batch::new(Judge::new(&CLASSIFIER, keep))
    }

    const UNSHARED: &str = "Access Denied trying to call AWS Backup service";

    fn record(id: &str, state: State, message: Option<&str>) -> Record {
        Record {
            copy_job_id: Some(id.to_owned()),
            state,
            status_message: message.map(str::to_owned),
            ..Record::new("jobs.json".into(), Position { line: 1, column: 1 })
        }
    }

    fn completed(id: &str, state: State, at: &str) -> Record {
        Record { completed_at: at.parse().ok(), ..record(id, state, None) }
    }

    fn counts(records: Vec<Record>) -> RecordCounts {
        let mut batch = batch(Keep::Problems);
        for record in records {
            batch.add(Item::Record(Box::new(record)));
        }
        batch.add(Item::Rejected(Rejected {
            file: "jobs.json".into(),
            position: Position { line: 1, column: 1 },
            complaint: crate::read::Complaint::OpenQuote,
        }));
        batch.finish().records
    }

    #[test]
    fn every_record_is_counted_once_and_by_state_adds_up() {
        let counts = counts(vec![
            record("a", State::Failed, Some(UNSHARED)),
            record("A", State::Running, None),
            record("b", State::Failed, Some("something nobody has seen")),
            record("c", State::Completed, None),
        ]);
        assert_eq!(
            (counts.diagnosed, counts.unknown, counts.without_message, counts.duplicates, counts.rejected),
            (1, 1, 1, 1, 1)
        );
        assert_eq!(counts.total, 5);
        assert_eq!(counts.by_state.values().sum::<u64>(), counts.total);
        assert_eq!(counts.by_state.get("UNKNOWN"), Some(&1));
    }

    #[test]
    fn the_end_of_a_job_wins_over_its_course_and_the_later_end_over_the_earlier() {
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let events = [
                completed("a", State::Running, "2025-07-03T00:00:00Z"),
                completed("a", State::Partial, "2025-07-01T00:00:00Z"),
                completed("a", State::Completed, "2025-07-02T00:00:00Z"),
            ];
            let mut batch = batch(Keep::All);
            for place in order {
                batch.add(Item::Record(Box::new(events[place].clone())));
            }
            let report = batch.finish();
            assert_eq!(report.jobs.len(), 1, "{order:?}");
            assert_eq!(report.jobs[0].record.state, State::Completed, "{order:?}");
        }
    }

    #[test]
    fn what_is_kept_changes_the_list_and_never_the_counts() {
        let [(problems, listed), (all, every)] = [Keep::Problems, Keep::All].map(|keep| {
            let mut batch = batch(keep);
            for record in [
                record("a", State::Running, None),
                record("a", State::Completed, None),
                record("b", State::Running, None),
                record("b", State::Failed, Some(UNSHARED)),
            ] {
                batch.add(Item::Record(Box::new(record)));
            }
            let report = batch.finish();
            let ids: Vec<_> = report.jobs.iter().filter_map(|job| job.record.copy_job_id.clone()).collect();
            (report.records, ids)
        });
        assert_eq!(problems, all);
        assert_eq!((listed, every), (vec!["b".to_owned()], vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_a_filter_leaves_out_is_counted() {
        let filter = Filter { resource_types: vec!["ebs".into()], ..Filter::default() };
        let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::Problems).with_filter(filter));
        for (id, state, resource_type) in
            [("a", State::Failed, "EBS"), ("b", State::Failed, "RDS"), ("c", State::Completed, "RDS")]
        {
            let record = Record { resource_type: Some(resource_type.into()), ..record(id, state, None) };
            batch.add(Item::Record(Box::new(record)));
        }
        let counts = batch.finish().records;
        assert_eq!((counts.total, counts.without_message, counts.skipped), (3, 1, 2));
    }

    #[test]
    fn a_partial_job_points_at_its_children() {
        let mut batch = batch(Keep::Problems);
        batch.add(Item::Record(Box::new(record("p-1", State::Partial, None))));
        let child = Record { parent_job_id: Some("P-1".into()), ..record("c-1", State::Failed, None) };
        batch.add(Item::Record(Box::new(child)));
        let warnings = batch.finish().warnings;
        assert_eq!(
            warnings.first().map(|warning| warning.complaint.to_string()).as_deref(),
            Some(
                "1 job is PARTIAL: why is said by child jobs, of which 1 with a problem is in these exports; \
                 those of the first are listed by: aws backup list-copy-jobs --by-parent-job-id p-1"
            )
        );
    }

    #[test]
    fn a_state_that_nobody_names_is_warned_of() {
        let mut batch = batch(Keep::Problems);
        batch.add(Item::Record(Box::new(record("a", State::parse("gone"), None))));
        let warnings = batch.finish().warnings;
        assert!(
            warnings[0].complaint.to_string().starts_with("1 record with the state GONE"),
            "{warnings:?}"
        );
    }

    #[test]
    fn unknown_messages_that_differ_in_ids_only_are_one_group() {
        let mut batch = batch(Keep::Problems);
        for (id, message) in
            [("a", "odd volume vol-0123456789abcdef0"), ("b", "odd volume vol-0fedcba9876543210")]
        {
            batch.add(Item::Record(Box::new(record(id, State::Failed, Some(message)))));
        }
        let report = batch.finish();
        assert_eq!(report.unknown.len(), 1);
        assert_eq!((report.unknown[0].template.as_str(), report.unknown[0].count), ("odd volume <id>", 2));
    }
}
