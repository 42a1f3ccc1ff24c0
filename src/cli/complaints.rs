//! What readers complain of while exports are read.

use copydoctor::Language;
use copydoctor::batch::Judged;
use copydoctor::read::{Rejected, Severity, Warning};
use copydoctor::redact::Redactor;

use super::{Progress, Said, say};

/// More complaints than this are counted instead of listed: a person reads a screen.
pub(super) const LISTED: usize = 20;

/// What readers complain of, on standard error as it comes, but not without end.
pub(super) struct Complaints {
    language: Language,
    count: u64,
    has_rejected: bool,
    is_loss: bool,
    /// What moves on standard error meanwhile.
    progress: Option<Progress>,
    /// Those that wait until all that is private is known, where they have to.
    held: Option<Vec<Complaint>>,
}

enum Complaint {
    Rejected(Rejected),
    Warning(Warning),
}

/// What could not be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Losses {
    /// A record was found, and rejected.
    pub(super) has_rejected: bool,
    /// Something else, of which nobody knows how many records it holds.
    pub(super) has_others: bool,
}

impl Losses {
    pub(super) fn any(self) -> bool {
        self.has_rejected || self.has_others
    }
}

impl Complaints {
    pub(super) fn new(language: Language) -> Self {
        Self { language, count: 0, has_rejected: false, is_loss: false, progress: None, held: None }
    }

    /// Complaints beside a bar that shows how far the work has come.
    pub(super) fn beside(progress: Progress, language: Language) -> Self {
        Self { progress: Some(progress), ..Self::new(language) }
    }

    /// The same, but they wait for [`Complaints::release`].
    pub(super) fn that_wait(self) -> Self {
        Self { held: Some(Vec::new()), ..self }
    }

    /// All was read: nothing moves any more.
    pub(super) fn all_is_read(&mut self) {
        self.progress.iter_mut().for_each(Progress::end);
    }

    pub(super) fn about(&mut self, judged: &Judged<'_>) {
        match judged {
            Judged::Rejected(rejected) => {
                self.has_rejected = true;
                self.take(|| Complaint::Rejected(rejected.clone()));
            }
            Judged::Warning(warning) => self.warn(warning),
            _ => {}
        }
    }

    pub(super) fn warn(&mut self, warning: &Warning) {
        self.is_loss |= warning.severity == Severity::Error;
        self.take(|| Complaint::Warning(warning.clone()));
    }

    fn take(&mut self, complaint: impl FnOnce() -> Complaint) {
        self.count += 1;
        if self.count > LISTED as u64 {
            return;
        }
        let language = self.language;
        match (&mut self.held, &self.progress) {
            (Some(held), _) => held.push(complaint()),
            (None, Some(progress)) => progress.suspend(|| complaint().say(language)),
            (None, None) => complaint().say(language),
        }
    }

    /// Says those that wait, without anything private.
    pub(super) fn release(&mut self, redactor: &mut Redactor) {
        for complaint in self.held.take().unwrap_or_default() {
            complaint.redacted(redactor).say(self.language);
        }
    }

    /// What could not be read.
    pub(super) fn end(self) -> Losses {
        if self.count > LISTED as u64 {
            let more = Said::MoreComplaints { count: self.count - LISTED as u64 };
            say(Severity::Note, &more.text(self.language), self.language);
        }
        Losses { has_rejected: self.has_rejected, has_others: self.is_loss }
    }
}

impl Complaint {
    fn redacted(self, redactor: &mut Redactor) -> Self {
        match self {
            Self::Rejected(rejected) => Self::Rejected(redactor.rejected(&rejected)),
            Self::Warning(warning) => Self::Warning(redactor.warning(&warning)),
        }
    }

    fn say(&self, language: Language) {
        match self {
            Self::Rejected(rejected) => say(Severity::Error, &rejected.text(language), language),
            Self::Warning(warning) => say(warning.severity, &warning.text(language), language),
        }
    }
}
