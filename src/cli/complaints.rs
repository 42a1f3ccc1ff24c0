//! What readers complain of while exports are read.

use copydoctor::batch::Judged;
use copydoctor::read::{Severity, Warning};

use super::complain;

/// More complaints than this are counted instead of listed: a person reads a screen.
pub(super) const LISTED: usize = 20;

/// What readers complain of, on standard error as it comes, but not without end.
#[derive(Default)]
pub(super) struct Complaints {
    count: u64,
    is_loss: bool,
}

impl Complaints {
    pub(super) fn about(&mut self, judged: &Judged<'_>) {
        match judged {
            Judged::Rejected(rejected) => self.say(Severity::Error, rejected),
            Judged::Warning(warning) => self.warn(warning),
            _ => {}
        }
    }

    pub(super) fn warn(&mut self, warning: &Warning) {
        self.say(warning.severity, warning);
    }

    fn say(&mut self, severity: Severity, about: &dyn std::fmt::Display) {
        self.is_loss |= severity == Severity::Error;
        self.count += 1;
        if self.count <= LISTED as u64 {
            complain(format_args!("{}: {about}", severity.name()));
        }
    }

    /// Whether something could not be read.
    pub(super) fn end(self) -> bool {
        if self.count > LISTED as u64 {
            let more = self.count - LISTED as u64;
            complain(format_args!("note: {more} more of these; --format json lists them all"));
        }
        self.is_loss
    }
}
