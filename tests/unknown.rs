//! Messages that have no answer: the kinds of unknown are told apart, and say what can be done.

mod common;

use common::CLASSIFIER;
use copydoctor::Reason;

#[track_caller]
fn assert_reason(message: &str, reason: Reason) {
    assert_eq!(CLASSIFIER.classify(message).reason(), Some(reason), "{message}");
}

#[test]
fn kinds_of_unknown_are_told_apart() {
    assert_reason("Zugriff verweigert", Reason::Fragment);
    assert_reason("Copy job failed.", Reason::Fragment);
    assert_reason("Your backup job failed because the volume was detached", Reason::BackupJob);
    assert_reason("Der Sicherungsauftrag ist fehlgeschlagen: Kein Speicherplatz", Reason::BackupJob);
    assert_reason("Restore job failed: the cluster is paused", Reason::RestoreJob);
    assert_reason("Die Pizza ist kalt geworden.", Reason::NoKnownWording);
}

/// A backup job that failed for a reason of the catalogue is no copy job all the same; the reason is named.
#[test]
fn a_backup_job_with_a_known_reason_is_said_to_be_one() {
    let answer = CLASSIFIER.classify("Backup job failed because Given key ID is not accessible");
    assert_eq!(answer.reason(), Some(Reason::BackupJob));
    assert_eq!(answer.alternatives()[0].root_cause.id, "source-key-not-accessible");
}

#[test]
fn a_notice_without_a_reason_is_answered_with_the_command_that_fetches_it() {
    let notice = "An AWS Copy job was completed but was failed or was aborted. Copy Job Id : \
                  47c8ef56-74d8-059d-1301-c5be1d5c926e";
    assert_reason(notice, Reason::NoticeWithoutReason);
    let answer = CLASSIFIER.classify(notice);
    let command = answer.unknown().and_then(copydoctor::Unknown::command).expect("a command");
    assert!(
        command.contains("describe-copy-job --copy-job-id 47c8ef56-74d8-059d-1301-c5be1d5c926e"),
        "{command}"
    );
}
