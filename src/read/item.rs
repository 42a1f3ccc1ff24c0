//! What a file turns out to hold: records, what cannot be read, and what there is to say about the file.

use std::fmt;
use std::sync::Arc;

use crate::language::Language;
pub use crate::phrases::Complaint;
use crate::record::{JobId, Position, Rank, Record, State, parse_time};

/// What a file turns out to hold, in the order of the file.
#[derive(Debug)]
pub enum Item {
    /// A copy job.
    Record(Box<Record>),
    /// A copy job that needs nobody's attention, where only the others were asked for.
    Uneventful(Uneventful),
    /// Something that is a copy job but cannot be read.
    Rejected(Rejected),
    /// Something that the reader of the report should know.
    Warning(Warning),
}

/// What is told of a copy job without a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uneventful {
    /// The job's id, if it has one.
    pub id: Option<JobId>,
    /// The job's state.
    pub state: State,
    /// How well the record tells of the job.
    pub rank: Rank,
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: Arc<str>,
    /// Where the record begins.
    pub position: Position,
    /// What is wrong and where.
    pub complaint: Complaint,
}

/// A fact about a file that is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub file: Arc<str>,
    /// The place it is about, if it is about one.
    pub position: Option<Position>,
    /// The fact, and what to do.
    pub complaint: Complaint,
    /// How much it matters.
    pub severity: Severity,
}

/// How much a fact about a file matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// All was read, but the file itself is not all there is.
    Warning,
    /// Something could not be read.
    Error,
}

impl Uneventful {
    /// A job that has no message, by what its file says; `None` where its state may be a problem.
    pub(super) fn of(id: &str, state: &str, created: Option<&str>, completed: Option<&str>) -> Option<Self> {
        let state = match state {
            "COMPLETED" => State::Completed,
            "RUNNING" => State::Running,
            "CREATED" => State::Created,
            _ => return None,
        };
        let time = completed.and_then(parse_time).or_else(|| created.and_then(parse_time));
        Some(Self { id: Some(JobId::of(id)), rank: Rank::new(&state, time, false), state })
    }
}

impl From<&Record> for Uneventful {
    fn from(record: &Record) -> Self {
        Self {
            id: record.copy_job_id.as_deref().map(JobId::of),
            state: record.state.clone(),
            rank: Rank::of(record),
        }
    }
}

impl Severity {
    /// What stands before a line on standard error.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Note, Language::En) => "note",
            (Self::Note, Language::De) => "Hinweis",
            (Self::Warning, Language::En) => "warning",
            (Self::Warning, Language::De) => "Warnung",
            (Self::Error, Language::En) => "error",
            (Self::Error, Language::De) => "Fehler",
        }
    }
}

impl Rejected {
    /// `FILE:LINE:COLUMN: what is wrong`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        format!("{}:{}: {}", self.file, self.position, self.complaint.text(language))
    }
}

impl Warning {
    /// `FILE:LINE:COLUMN: the fact`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let place = self.position.map(|position| format!(":{position}")).unwrap_or_default();
        format!("{}{place}: {}", self.file, self.complaint.text(language))
    }
}

/// The text in English.
impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::En))
    }
}

/// The text in English.
impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::En))
    }
}
