//! What is made of each item by itself: jobs are diagnosed here, on as many threads as there are.

use std::fmt;
use std::sync::Arc;

use super::notes::is_noticed;
use super::{Filter, Job, Keep};
use crate::baseline::{Baseline, Failure};
use crate::catalogue::RootCause;
use crate::classify::{Classifier, Memory};
use crate::diagnosis::Answer;
use crate::read::{Item, Rejected, Uneventful, Warning};
use crate::record::Record;

/// Writes a job as a line of a report, as soon as it has been diagnosed.
pub type WriteLine<'c> = &'c (dyn Fn(&mut Vec<u8>, &Job<'_>) + Sync);

/// Judges items. It is the same for all threads of a batch.
#[derive(Clone)]
pub struct Judge<'c> {
    memory: Arc<Memory<'c>>,
    keep: Keep,
    filter: Filter,
    write_line: Option<WriteLine<'c>>,
    baseline: Option<&'c Baseline>,
    wants_failures: bool,
}

impl fmt::Debug for Judge<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Judge")
            .field("keep", &self.keep)
            .field("filter", &self.filter)
            .finish_non_exhaustive()
    }
}

/// What became of an item.
#[derive(Debug)]
pub enum Judged<'c> {
    /// A job that stands in the report.
    Listed(Box<Job<'c>>),
    /// The same, as the line that is all that stands in the report.
    Line(Box<Line<'c>>),
    /// A job that is only counted.
    Counted {
        /// What is told of it.
        about: Uneventful,
        /// Whether the filter left it out.
        is_skipped: bool,
        /// The record, where there is something to notice about it at the end.
        record: Option<Box<Record>>,
    },
    /// A job whose failure is known, and that is only counted for it.
    Known {
        /// What is told of it.
        about: Uneventful,
        /// The place of its failure among the known ones.
        entry: usize,
        /// The record, where there is something to notice about it at the end.
        record: Option<Box<Record>>,
    },
    /// A record that cannot be read.
    Rejected(Rejected),
    /// What the reader of the report should know.
    Warning(Warning),
}

/// A job as a line of a report.
#[derive(Debug)]
pub struct Line<'c> {
    pub(super) about: Uneventful,
    pub(super) bytes: Vec<u8>,
    pub(super) outcome: Outcome<'c>,
    pub(super) kept: Option<Box<Kept>>,
}

/// What is kept of few jobs only.
#[derive(Debug)]
pub(super) struct Kept {
    /// The record, where there is something to notice about it at the end.
    pub(super) record: Option<Box<Record>>,
    /// The failure, where a list of them is asked for.
    pub(super) failure: Option<Failure>,
}

/// What is counted of a job.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outcome<'c> {
    /// The root cause, if it is known.
    pub(super) cause: Option<&'c RootCause>,
    pub(super) has_message: bool,
    /// Whether the state says that something went wrong.
    pub(super) is_failure: bool,
}

impl<'c> Outcome<'c> {
    /// Whether both have the same root cause, or none that is known.
    pub(super) fn has_cause_of(&self, other: &Self) -> bool {
        let id = |outcome: &Self| outcome.cause.map(|cause| cause.id.as_str());
        id(self) == id(other)
    }

    pub(super) fn of(job: &Job<'c>) -> Self {
        Self {
            cause: job.answer.as_ref().and_then(Answer::diagnosis).map(|diagnosis| diagnosis.root_cause),
            has_message: job.answer.is_some(),
            is_failure: job.record.state.is_failure(),
        }
    }
}

impl<'c> Judge<'c> {
    /// A judge that keeps all jobs, or those with a problem.
    #[must_use]
    pub fn new(classifier: &'c Classifier, keep: Keep) -> Self {
        Self {
            memory: Arc::new(Memory::new(classifier)),
            keep,
            filter: Filter::default(),
            write_line: None,
            baseline: None,
            wants_failures: false,
        }
    }

    /// The classifier that answers.
    pub(super) fn classifier(&self) -> &'c Classifier {
        self.memory.classifier()
    }

    /// The same, for the jobs only that a filter keeps.
    #[must_use]
    pub fn with_filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// The same, for a report that has nothing but a line for each job.
    #[must_use]
    pub fn with_lines(mut self, write_line: WriteLine<'c>) -> Self {
        self.write_line = Some(write_line);
        self
    }

    /// The same, for the jobs only whose failure is not known yet; the others are counted.
    #[must_use]
    pub fn with_baseline(mut self, baseline: &'c Baseline) -> Self {
        self.baseline = Some(baseline);
        self
    }

    /// The same, for a report that also has the failures of its jobs, to make a baseline of.
    #[must_use]
    pub fn with_failures(mut self) -> Self {
        self.wants_failures = true;
        self
    }

    pub(super) fn baseline(&self) -> Option<&'c Baseline> {
        self.baseline
    }

    pub(super) fn wants_failures(&self) -> bool {
        self.wants_failures
    }

    /// Whether the filter lets every job stand.
    pub(super) fn keeps_all(&self) -> bool {
        self.filter == Filter::default()
    }

    /// Whether readers need tell little of jobs without a problem.
    #[must_use]
    pub fn wants_only_problems(&self) -> bool {
        self.keep == Keep::Problems && self.keeps_all()
    }

    /// Judges an item.
    #[must_use]
    pub fn judge(&self, item: Item) -> Judged<'c> {
        let record = match item {
            Item::Record(record) => record,
            Item::Uneventful(about) => {
                return Judged::Counted { about, is_skipped: false, record: None };
            }
            Item::Rejected(rejected) => return Judged::Rejected(rejected),
            Item::Warning(warning) => return Judged::Warning(warning),
        };
        let is_skipped = !self.filter.keeps(&record);
        if is_skipped || (self.keep == Keep::Problems && !record.is_problem()) {
            let about = Uneventful::from(&*record);
            let record = is_noticed(&record).then_some(record);
            return Judged::Counted { about, is_skipped, record };
        }
        let answer = record.status_message.as_deref().map(|message| self.memory.classify(message));
        let job = Job { record: *record, answer };
        let is_asked = job.record.is_problem() && (self.baseline.is_some() || self.wants_failures);
        let failure = is_asked.then(|| Failure::of(&job.record, job.answer.as_ref()));
        let known = failure.as_ref().zip(self.baseline).and_then(|(failure, known)| known.find(failure));
        if let Some(entry) = known {
            let about = Uneventful::from(&job.record);
            let record = is_noticed(&job.record).then(|| Box::new(job.record));
            return Judged::Known { about, entry, record };
        }
        let Some(write_line) = self.write_line else { return Judged::Listed(Box::new(job)) };
        let mut bytes = Vec::with_capacity(1024);
        write_line(&mut bytes, &job);
        let about = Uneventful::from(&job.record);
        let outcome = Outcome::of(&job);
        let kept = Kept {
            failure: failure.filter(|_| self.wants_failures),
            record: is_noticed(&job.record).then(|| Box::new(job.record)),
        };
        let kept = (kept.failure.is_some() || kept.record.is_some()).then(|| Box::new(kept));
        Judged::Line(Box::new(Line { about, bytes, outcome, kept }))
    }
}
