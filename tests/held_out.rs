//! Messages that nobody showed the matcher: rewordings, and look-alikes that have to stay unknown.

mod common;

use common::{CLASSIFIER, Labelled, labelled};
use copydoctor::Reason;

/// What became of the messages of a fixture.
#[derive(Default)]
struct Outcome {
    right: usize,
    wrong: usize,
    unknown: usize,
    /// For every tenth of confidence: how many answers, the sum of their confidences, how many were right.
    bins: [(f64, f64, f64); 11],
    /// Wrong answers that were given with a confidence of 0.9 or more.
    wrong_and_sure: Vec<String>,
}

fn outcome(cases: &[Labelled]) -> Outcome {
    let mut outcome = Outcome::default();
    for case in cases {
        let answer = CLASSIFIER.classify(&case.message);
        let Some(diagnosis) = answer.diagnosis() else {
            outcome.unknown += 1;
            outcome.right += usize::from(case.cause.is_none());
            continue;
        };
        let is_right = case.cause.as_ref() == Some(&diagnosis.root_cause.id);
        let tenth =
            (0..10).rfind(|tenth| f64::from(*tenth) / 10.0 <= diagnosis.confidence).unwrap_or_default();
        let bin = &mut outcome.bins[usize::try_from(tenth).expect("not negative")];
        bin.0 += 1.0;
        bin.1 += diagnosis.confidence;
        if is_right {
            outcome.right += 1;
            bin.2 += 1.0;
        } else {
            outcome.wrong += 1;
            if diagnosis.confidence >= 0.9 {
                outcome.wrong_and_sure.push(format!("{}: {}", diagnosis.root_cause.id, case.message));
            }
        }
    }
    outcome
}

/// How far confidence is from the share of right answers, on average over the answers.
fn calibration_error(bins: &[(f64, f64, f64)]) -> f64 {
    let answers: f64 = bins.iter().map(|bin| bin.0).sum();
    bins.iter().map(|bin| (bin.1 - bin.2).abs()).sum::<f64>() / answers.max(1.0)
}

#[track_caller]
fn holds(fixture: &str, least_share: f64) {
    let cases = labelled(&format!("held-out/{fixture}"));
    assert!(cases.len() >= 25, "{fixture}");
    let Outcome { right, wrong, unknown, wrong_and_sure, .. } = outcome(&cases);
    #[expect(clippy::cast_precision_loss, reason = "a fixture has fewer than 2^52 lines")]
    let share = right as f64 / cases.len() as f64;
    assert!(share >= least_share, "{fixture}: {right} right ({share:.3}), {wrong} wrong, {unknown} unknown");
    assert_eq!(wrong_and_sure, Vec::<String>::new(), "{fixture}");
}

#[test]
fn german_rewordings_find_their_root_cause() {
    holds("rewordings.de.jsonl", 0.95);
    holds("paraphrases.de.jsonl", 0.95);
}

#[test]
fn english_rewordings_find_their_root_cause() {
    holds("rewordings.en.jsonl", 0.92);
}

#[test]
fn look_alikes_stay_unknown() {
    holds("look-alikes.jsonl", 0.98);
}

#[test]
fn confidence_means_what_it_says() {
    let fixtures = ["rewordings.de", "rewordings.en", "paraphrases.de", "look-alikes"];
    let cases: Vec<Labelled> =
        fixtures.iter().flat_map(|name| labelled(&format!("held-out/{name}.jsonl"))).collect();
    let error = calibration_error(&outcome(&cases).bins);
    assert!(error <= 0.06, "expected calibration error {error:.3}");
}

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

/// What is appended can take certainty away, never add to it.
#[test]
fn unrelated_text_behind_a_message_never_makes_an_answer_surer() {
    const UNRELATED: &str = " Grüße aus Köln, bis Montag; lunch is at noon, the coffee machine hums.";
    for case in labelled("documented-messages.jsonl").iter().chain(&labelled("held-out/rewordings.en.jsonl"))
    {
        let sure = |message: &str| {
            CLASSIFIER.classify(message).diagnosis().map_or(0.0, |diagnosis| diagnosis.confidence)
        };
        let (alone, with_more) = (sure(&case.message), sure(&format!("{}{UNRELATED}", case.message)));
        assert!(with_more <= alone, "{}: {alone} alone, {with_more} with more", case.message);
    }
}
