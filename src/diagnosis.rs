//! The answer for one message, as plain data: a diagnosis, or an honest unknown.

use std::ops::Range;

use crate::catalogue::{RootCause, Wording};
use crate::scorer::WordScore;
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

    /// That nothing fits, if nothing does.
    #[must_use]
    pub fn unknown(&self) -> Option<&Unknown<'c>> {
        match self {
            Self::Diagnosed(_) => None,
            Self::Unknown(unknown) => Some(unknown),
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
    /// How many words of the text neither the wording nor another message in it nor an SDK's wrapper explains.
    pub unexplained_words: usize,
    /// The values that the message names, as they were written.
    pub captures: SlotValues,
    /// The other messages that stand in the same text, word for word, in the order of the text; the last may be cut
    /// off. One root cause is named once, however often it was pasted.
    pub further: Vec<Further<'c>>,
    /// Other root causes that were considered, the likeliest first. What is in `further` is none of them: it is true as
    /// well, not instead.
    pub alternatives: Vec<Alternative<'c>>,
}

/// Another message in a text of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Further<'c> {
    /// What went wrong.
    pub root_cause: &'c RootCause,
    /// How likely that is right, from 0 to 1, in steps of a hundredth.
    pub confidence: f64,
    /// How the wording was recognised: word for word, the last of the text perhaps only as far as that goes.
    pub tier: Tier,
    /// The wording that was recognised.
    pub wording: &'c Wording,
    /// The byte range of the text, as it was written, in which the wording stands.
    pub span: Range<usize>,
    /// The values that the message names, as they were written.
    pub captures: SlotValues,
}

/// How a wording was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Word for word, placeholders aside.
    Exact,
    /// Word for word as far as the message goes, which ends within the wording.
    CutOff,
    /// By the meanings of its words.
    Similar,
}

impl Tier {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::CutOff => "cut-off",
            Self::Similar => "similar",
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
    /// The id of the copy job that a notice without a reason names.
    pub copy_job_id: Option<String>,
    /// The root causes that come nearest, the likeliest first.
    pub nearest: Vec<Alternative<'c>>,
}

impl Unknown<'_> {
    /// The command that prints the reason which a notice leaves out; none for other messages.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        let id = self.copy_job_id.as_ref()?;
        Some(format!(
            "aws backup describe-copy-job --copy-job-id {id} --query CopyJob.StatusMessage --output text"
        ))
    }
}

/// Why there is no diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// There is no text, or nothing in it is a word.
    NoText,
    /// Words that stand in many messages, too few to tell which: `Access denied`.
    Fragment,
    /// A notice that a copy job ended, which leaves out why.
    NoticeWithoutReason,
    /// A message of a backup job.
    BackupJob,
    /// A message of a restore job.
    RestoreJob,
    /// No wording of the catalogue stands in the message, nor does it come near one.
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
            Self::Fragment => "fragment",
            Self::NoticeWithoutReason => "notice-without-reason",
            Self::BackupJob => "backup-job",
            Self::RestoreJob => "restore-job",
            Self::NoKnownWording => "no-known-wording",
            Self::MostlyUnexplained => "mostly-unexplained",
        }
    }
}

/// An answer and all that it was chosen from.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation<'c> {
    /// The answer.
    pub answer: Answer<'c>,
    /// The root causes that were considered: first the one of the answer, if it is a diagnosis, then those of the
    /// further messages, then those that lost, the likeliest first.
    pub considered: Vec<Considered<'c>>,
}

/// A root cause that was considered, and what spoke for and against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Considered<'c> {
    /// The root cause.
    pub root_cause: &'c RootCause,
    /// Its wording that comes nearest.
    pub wording: &'c Wording,
    /// How the wording was compared.
    pub tier: Tier,
    /// How likely the root cause is, from 0 to 1, in steps of a hundredth.
    pub confidence: f64,
    /// The byte range of the message, as it was written, in which the wording stands; none where it only comes near.
    pub span: Option<Range<usize>>,
    /// How much of the wording stands in the message, by weight, from 0 to 1.
    pub coverage: f64,
    /// How much of the message the wording explains, by weight, from 0 to 1.
    pub precision: f64,
    /// The words that the two have in common, then those that only one of them has, the weightiest first.
    pub words: Vec<WordScore>,
    /// Why it lost; none for the answer.
    pub loss: Option<Loss>,
}

/// Why a root cause is not the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// Its wording leaves open what went wrong, and another does not.
    LeavesOpen,
    /// It is another message of the same text, and the answer names it as such.
    AnotherMessage,
    /// Its wording is only a part of another that stands there.
    IsPart,
    /// Its wording stands in the message too, but explains less of it.
    ExplainsLess,
    /// Its wording does not stand in the message, the winner's does.
    OnlySimilar,
    /// Its wording comes less near.
    LessNear,
    /// It comes too little near to be an answer.
    TooFar,
    /// The message is about a job of another kind.
    OtherJob,
}

impl Loss {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeavesOpen => "leaves-open",
            Self::AnotherMessage => "another-message",
            Self::IsPart => "is-part",
            Self::ExplainsLess => "explains-less",
            Self::OnlySimilar => "only-similar",
            Self::LessNear => "less-near",
            Self::TooFar => "too-far",
            Self::OtherJob => "other-job",
        }
    }
}
