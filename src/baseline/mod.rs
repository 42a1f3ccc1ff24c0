//! Failures that somebody knows of already: what makes two jobs the same failure, and the list of those that are known.

mod file;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnosis::Answer;
use crate::normalise::mask;
use crate::read::{Complaint, Severity, Warning};
use crate::record::{Position, Record};

pub use file::BaselineError;
pub(crate) use file::{Entry, Head};

/// What makes two jobs the same failure, so that tomorrow's job for the same resource counts as known today. What a job
/// does not say is a part of it: a failure without an account is not that of every account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Failure {
    /// What went wrong.
    pub what: What,
    /// The source account.
    pub account_id: Option<String>,
    /// The source Region.
    pub source_region: Option<String>,
    /// The ARN of the resource that was backed up.
    pub resource_arn: Option<String>,
    /// The ARN of the source vault, where the job names no resource.
    pub source_vault_arn: Option<String>,
    /// The ARN of the destination vault.
    pub destination_vault_arn: Option<String>,
}

/// What went wrong with a job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The id of the root cause.
    Cause(String),
    /// The message that nothing fits, with its variable parts masked.
    Message(String),
    /// The state of a job that has no message.
    State(String),
}

impl Failure {
    /// The failure of a job.
    ///
    /// ```
    /// use copydoctor::Classifier;
    /// use copydoctor::baseline::{Failure, What};
    /// use copydoctor::record::{Position, Record};
    /// let classifier = Classifier::builtin();
    /// let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
    /// record.status_message = Some("odd volume vol-0123456789abcdef0".into());
    /// let answer = classifier.classify("odd volume vol-0123456789abcdef0");
    /// let failure = Failure::of(&record, Some(&answer));
    /// assert_eq!(failure.what, What::Message("odd volume <id>".into()));
    /// ```
    #[must_use]
    pub fn of(record: &Record, answer: Option<&Answer<'_>>) -> Self {
        let what = match (answer, &record.status_message) {
            (Some(Answer::Diagnosed(diagnosis)), _) => What::Cause(diagnosis.root_cause.id.clone()),
            (_, Some(message)) => What::Message(mask(message).into_owned()),
            (_, None) => What::State(record.state.as_str().to_owned()),
        };
        let resource_arn = record.resource_arn.clone();
        let source_vault_arn = if resource_arn.is_none() { record.source_vault_arn.clone() } else { None };
        Self {
            what,
            account_id: record.account_id.clone(),
            source_region: record.source_region.clone(),
            resource_arn,
            source_vault_arn,
            destination_vault_arn: record.destination_vault_arn.clone(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (What::Cause(what) | What::Message(what) | What::State(what)) = &self.what;
        formatter.write_str(what)?;
        let from = [&self.account_id, &self.source_region, &self.resource_arn, &self.source_vault_arn];
        for part in from.into_iter().flatten() {
            write!(formatter, ", {part}")?;
        }
        self.destination_vault_arn.iter().try_for_each(|vault| write!(formatter, " → {vault}"))
    }
}

/// A failure that somebody knows of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownFailure {
    /// The failure.
    pub failure: Failure,
    /// Why it stays, if somebody has written that down.
    pub reason: Option<String>,
}

/// The failures that are known, as a file lists them.
#[derive(Debug, Clone)]
pub struct Baseline {
    file: Arc<str>,
    known: Vec<(KnownFailure, Position)>,
    places: HashMap<Failure, usize>,
}

impl Baseline {
    fn new(file: Arc<str>, known: Vec<(KnownFailure, Position)>) -> Self {
        let mut places = HashMap::with_capacity(known.len());
        for (place, (entry, _)) in known.iter().enumerate() {
            places.entry(entry.failure.clone()).or_insert(place);
        }
        Self { file, known, places }
    }

    /// The failures in the order of the file.
    pub fn known(&self) -> impl ExactSizeIterator<Item = &KnownFailure> {
        self.known.iter().map(|(known, _)| known)
    }

    /// The place of a failure among the known ones, if it is one.
    #[must_use]
    pub fn find(&self, failure: &Failure) -> Option<usize> {
        self.places.get(failure).copied()
    }

    /// The known failure at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&KnownFailure> {
        self.known.get(place).map(|(known, _)| known)
    }

    /// A warning for each entry that `is_used` does not name by its place.
    pub(crate) fn unused(&self, is_used: impl Fn(usize) -> bool) -> impl Iterator<Item = Warning> {
        self.known.iter().enumerate().filter(move |(place, _)| !is_used(*place)).map(
            |(place, (known, position))| {
                let first = self.find(&known.failure).filter(|first| *first != place);
                let first = first.and_then(|first| self.known.get(first));
                let complaint = match first {
                    Some((_, first)) => Complaint::UnusedTwice { line: first.line.to_string() },
                    None => Complaint::Unused { failure: known.failure.to_string() },
                };
                let (file, position) = (Arc::clone(&self.file), Some(*position));
                Warning { file, position, complaint, severity: Severity::Warning }
            },
        )
    }
}
