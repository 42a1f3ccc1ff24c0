//! What readers complain of while exports are read.

use copydoctor::batch::Judged;
use copydoctor::read::{Severity, Warning};

use super::{Progress, complain};

/// More complaints than this are counted instead of listed: a person reads a screen.
pub(super) const LISTED: usize = 20;

/// What readers complain of, on standard error as it comes, but not without end.
#[derive(Default)]
pub(super) struct Complaints {
    count: u64,
    has_rejected: bool,
    is_loss: bool,
    /// What moves on standard error meanwhile.
    progress: Option<Progress>,
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
    /// Complaints beside a bar that shows how far the work has come.
    pub(super) fn beside(progress: Progress) -> Self {
        Self { progress: Some(progress), ..Self::default() }
    }

    /// All was read: nothing moves any more.
    pub(super) fn all_is_read(&mut self) {
        self.progress.iter_mut().for_each(Progress::end);
    }

    pub(super) fn about(&mut self, judged: &Judged<'_>) {
        match judged {
            Judged::Rejected(rejected) => {
                self.has_rejected = true;
                self.say(Severity::Error, rejected);
            }
            Judged::Warning(warning) => self.warn(warning),
            _ => {}
        }
    }

    pub(super) fn warn(&mut self, warning: &Warning) {
        self.is_loss |= warning.severity == Severity::Error;
        self.say(warning.severity, warning);
    }

    fn say(&mut self, severity: Severity, about: &dyn std::fmt::Display) {
        self.count += 1;
        if self.count <= LISTED as u64 {
            let say = || complain(format_args!("{}: {about}", severity.name()));
            match &self.progress {
                Some(progress) => progress.suspend(say),
                None => say(),
            }
        }
    }

    /// What could not be read.
    pub(super) fn end(self) -> Losses {
        if self.count > LISTED as u64 {
            let more = self.count - LISTED as u64;
            complain(format_args!("note: {more} more of these; --format json lists them all"));
        }
        Losses { has_rejected: self.has_rejected, has_others: self.is_loss }
    }
}
