//! The answer for one message, as plain data: a diagnosis, or an honest unknown.

use std::ops::Range;

use crate::catalogue::{RootCause, Wording};
use crate::slot::SlotValues;

/// What a message says about its job.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'c> {
    /// The root cause is known.
    Diagnosed(Diagnosis<'c>),
    /// Nothing fits well enough.
    Unknown(Unknown<'c>),
}

impl<'c> Answer<'c> {
    /// The diagnosis, if there is one.
    #[must_use]
    pub fn diagnosis(&self) -> Option<&Diagnosis<'c>> {
        match self {
            Self::Diagnosed(diagnosis) => Some(diagnosis),
            Self::Unknown(_) => None,
        }
    }

    /// The other root causes that were considered, the likeliest first.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative<'c>] {
        match self {
            Self::Diagnosed(diagnosis) => &diagnosis.alternatives,
            Self::Unknown(unknown) => &unknown.nearest,
        }
    }

    /// Why there is no diagnosis.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Diagnosed(_) => None,
            Self::Unknown(unknown) => Some(unknown.reason),
        }
    }
}

/// The root cause of one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis<'c> {
    /// What went wrong.
    pub root_cause: &'c RootCause,
    /// How likely that is right, from 0 to 1, in steps of a hundredth.
    pub confidence: f64,
    /// How the wording was recognised.
    pub tier: Tier,
    /// The wording that was recognised.
    pub wording: &'c Wording,
    /// The byte range of the message, as it was written, in which the wording stands.
    pub span: Range<usize>,
    /// How many words of the message neither the wording nor an SDK's wrapper explains.
    pub unexplained_words: usize,
    /// The values that the message names, as they were written.
    pub captures: SlotValues,
    /// Other root causes that were considered, the likeliest first.
    pub alternatives: Vec<Alternative<'c>>,
}

/// How a wording was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Word for word, placeholders aside.
    Exact,
}

impl Tier {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
        }
    }
}

/// Another root cause that was considered.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative<'c> {
    /// The root cause.
    pub root_cause: &'c RootCause,
    /// How likely it is, from 0 to 1, in steps of a hundredth.
    pub confidence: f64,
}

/// That nothing fits well enough, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown<'c> {
    /// Why.
    pub reason: Reason,
    /// The root causes that come nearest, the likeliest first.
    pub nearest: Vec<Alternative<'c>>,
}

/// Why there is no diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// There is no text, or nothing in it is a word.
    NoText,
    /// No wording of the catalogue stands in the message.
    NoKnownWording,
    /// A known wording stands in the message, among too much that it does not explain.
    MostlyUnexplained,
}

impl Reason {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoText => "no-text",
            Self::NoKnownWording => "no-known-wording",
            Self::MostlyUnexplained => "mostly-unexplained",
        }
    }
}
