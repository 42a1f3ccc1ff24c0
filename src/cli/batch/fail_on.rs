//! What a run is to fail on: the conditions of `--fail-on`, and whether they hold.

use std::io;

use copydoctor::read::Severity;
use copydoctor::{Catalogue, Language, Report, suggestion};

use crate::cli::{Near, Said, say};

const FAILED: &str = "failed";
const UNKNOWN: &str = "unknown";
const REJECTED: &str = "rejected";

/// A condition on which a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition<'c> {
    /// A job is in a state that says that something went wrong.
    Failed,
    /// Nothing fits the message of a job.
    Unknown,
    /// A record cannot be read.
    Rejected,
    /// A job has this root cause.
    Cause(&'c str),
}

impl<'c> Condition<'c> {
    /// The conditions of these names.
    pub(super) fn all_of(names: &[String], catalogue: &'c Catalogue) -> io::Result<Vec<Self>> {
        let mut conditions = Vec::new();
        for name in names {
            let condition = Self::of(name, catalogue)?;
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        Ok(conditions)
    }

    fn of(name: &str, catalogue: &'c Catalogue) -> io::Result<Self> {
        match name {
            FAILED => return Ok(Self::Failed),
            UNKNOWN => return Ok(Self::Unknown),
            REJECTED => return Ok(Self::Rejected),
            _ => {}
        }
        if let Some(cause) = catalogue.get(name) {
            return Ok(Self::Cause(&cause.id));
        }
        let ids = catalogue.root_causes().iter().map(|cause| cause.id.as_str());
        let nearest = suggestion::nearest(name, [FAILED, UNKNOWN, REJECTED].into_iter().chain(ids));
        Err(Said::NoCondition { name: name.to_owned(), near: Near::of(nearest) }.into())
    }

    fn name(self) -> &'c str {
        match self {
            Self::Failed => FAILED,
            Self::Unknown => UNKNOWN,
            Self::Rejected => REJECTED,
            Self::Cause(id) => id,
        }
    }

    /// How often it holds.
    fn count(self, report: &Report<'_>) -> u64 {
        match self {
            Self::Failed => report.failed,
            Self::Unknown => report.records.unknown,
            Self::Rejected => report.records.rejected,
            Self::Cause(id) => report.by_cause.get(id).copied().unwrap_or_default(),
        }
    }

    /// Says that it holds, if it does.
    fn holds(self, report: &Report<'_>, language: Language) -> bool {
        let count = self.count(report);
        if count > 0 {
            let condition = self.name().to_owned();
            let said = if self == Self::Rejected {
                Said::HoldsForRecords { condition, records: count }
            } else {
                Said::Holds { condition, jobs: count }
            };
            say(Severity::Note, &said.text(language), language);
        }
        count > 0
    }
}

/// Says which of the conditions hold; whether one does.
pub(super) fn any_holds(conditions: &[Condition<'_>], report: &Report<'_>, language: Language) -> bool {
    // All of them are said, not only the first.
    conditions.iter().filter(|condition| condition.holds(report, language)).count() > 0
}
