//! Kinds of unknown: what a message is that tells of no known root cause.

use crate::diagnosis::Reason;
use crate::identifier::is_uuid;
use crate::lexicon::{Lexicon, OtherJob};
use crate::normalise::varies;
use crate::scorer::Read;

/// With fewer meanings, and nothing that is foreign, a text is a fragment of a message.
const LONGEST_FRAGMENT: usize = 4;

/// Why nothing fits a message that is about no job of another kind.
pub(super) fn reason(lexicon: &Lexicon, words: &str, message: &Read, holds_wording: bool) -> Reason {
    let has_id = words.split(' ').any(varies);
    if has_id && lexicon.is_notice(words) {
        Reason::NoticeWithoutReason
    } else if holds_wording {
        Reason::MostlyUnexplained
    } else if message.foreign() == 0 && message.meanings() <= LONGEST_FRAGMENT {
        Reason::Fragment
    } else {
        Reason::NoKnownWording
    }
}

/// That a message is about a job of another kind.
pub(super) fn other_job(lexicon: &Lexicon, words: &str) -> Option<Reason> {
    lexicon.other_job(words).map(|job| match job {
        OtherJob::Backup => Reason::BackupJob,
        OtherJob::Restore => Reason::RestoreJob,
    })
}

/// That a message is about the call that starts a job of another kind: the sentences of IAM are the same for all calls.
pub(super) fn other_call(words: &str) -> Option<Reason> {
    let names = |call: &str| words.split(' ').any(|word| word == call);
    let kinds = [("startrestorejob", Reason::RestoreJob), ("startbackupjob", Reason::BackupJob)];
    kinds.into_iter().find(|(call, _)| names(call)).map(|(_, reason)| reason)
}

/// The id of the copy job that a notice names: the last UUID, as a resource may have one before.
pub(super) fn copy_job_id(text: &str) -> Option<String> {
    let tokens = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    tokens.rev().find(|token| is_uuid(token)).map(str::to_owned)
}
