//! The main job: the nine messages of the article in both languages, however they were pasted.

mod common;
mod mangling;

use common::{article_messages, assert_cause, assert_unknown, run, run_with_input};
use copydoctor::Slot;

#[test]
fn every_message_of_the_article_gives_its_root_cause_with_certainty() {
    for case in article_messages() {
        let answer = common::CLASSIFIER.classify(&case.message);
        let diagnosis = answer.diagnosis().unwrap_or_else(|| panic!("{} is unknown", case.message));
        assert_eq!(Some(&diagnosis.root_cause.id), case.cause.as_ref(), "{}", case.message);
        assert_eq!(diagnosis.wording.language.code(), case.language, "{}", case.message);
        assert!(diagnosis.confidence >= 0.99, "{}: {}", case.message, diagnosis.confidence);
    }
}

#[test]
fn every_message_of_the_article_can_be_pasted_as_an_argument_and_piped_in() {
    for case in article_messages() {
        for answer in [
            run(["--format", "json", &case.message]),
            run_with_input(["diagnose", "--format", "json"], &case.message),
        ] {
            assert_eq!(answer.code, Some(0), "{answer:?}");
            assert_eq!(answer.json()["diagnosis"]["id"].as_str(), case.cause.as_deref(), "{}", case.message);
        }
    }
}

#[test]
fn every_message_of_the_article_is_diagnosed_as_status_message_of_an_export() {
    let jobs: Vec<_> = article_messages()
        .iter()
        .enumerate()
        .map(|(index, case)| {
            serde_json::json!({"CopyJobId": format!("job-{index:04}"), "State": "FAILED", "StatusMessage": case.message})
        })
        .collect();
    let export = serde_json::json!({ "CopyJobs": jobs }).to_string();
    let answer = run_with_input(["batch", "--format", "ndjson"], export);
    let ids: Vec<Option<String>> = answer
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"))
        .map(|job| job["diagnosis"]["id"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(ids, article_messages().into_iter().map(|case| case.cause).collect::<Vec<_>>());
}

#[test]
fn what_a_placeholder_captured_is_as_it_was_written_whatever_the_paste_went_through() {
    for (message, slot, value) in [
        (
            "The tag policy does not allow the specified value for the following tag key: 'Cost-Center:ß'",
            Slot::TagKey,
            "Cost-Center:ß",
        ),
        (
            "Die Tag-Richtlinie erlaubt den angegebenen Wert für den folgenden Tag-Schlüssel nicht: 'Größe/Kürzel'",
            Slot::TagKey,
            "Größe/Kürzel",
        ),
        (
            "IAM Role arn:aws:iam::123456789012:role/service-role/Copy_Role cannot be assumed by AWS Backup",
            Slot::RoleArn,
            "arn:aws:iam::123456789012:role/service-role/Copy_Role",
        ),
    ] {
        let mut manglings = 0;
        let mut changed = Vec::new();
        for (mangling, mangled) in mangling::mangled(message).filter(|(mangling, _)| mangling.keeps_values) {
            let answer = common::CLASSIFIER.classify(&mangled);
            let captures = answer.diagnosis().map(|diagnosis| &diagnosis.captures);
            let captured = captures.and_then(|captures| captures.get(slot));
            manglings += 1;
            if captured != Some(value) {
                changed.push(format!("{}: {captured:?} in {mangled:?}", mangling.name));
            }
        }
        assert_eq!(changed, Vec::<String>::new());
        assert!(manglings >= 70, "{manglings}");
    }
}

#[test]
fn the_consoles_label_is_no_evidence() {
    assert_cause(
        "Access denied: Copy job failed. Both source and destination account must be a member of the same organization",
        "accounts-not-in-same-organization",
    );
}

#[test]
fn the_part_of_a_ticket_that_tells_is_shown() {
    let ticket = "Kopien von Projekt Apollo seit Montag rot: Snapshot-Kontingent im Zielkonto ist erreicht, Einkauf fragt bei \
                  AWS nach mehr Platz, Bert räumt solange auf.";
    let answer = run(["--lang", "de", ticket]);
    assert_cause(ticket, "snapshot-quota-exceeded");
    assert!(
        answer.stdout.contains("  Aussage darin: Snapshot-Kontingent im Zielkonto ist erreicht\n"),
        "{answer:?}"
    );
    let answer = run(["--lang", "de", "Das Snapshot-Kontingent im Zielkonto ist erreicht"]);
    assert!(!answer.stdout.contains("Aussage darin"), "{answer:?}");
}

#[test]
fn sentences_about_something_else_are_unknown() {
    for sentence in [
        "",
        "   ",
        "?!",
        "The weather is fine.",
        "Das Wetter ist schön.",
        "Access denied",
        "Zugriff verweigert",
        "Copy job failed.",
        "Der Kopierauftrag ist fehlgeschlagen.",
        "Backup job failed because the vault is full",
        "AWS Backup",
    ] {
        assert_unknown(sentence);
    }
}

#[test]
fn a_known_sentence_that_is_lost_in_a_long_text_proves_nothing() {
    let text =
        format!("{} Given key ID is not accessible. {0}", "so many other words stand here ".repeat(40));
    assert_unknown(&text);
    let answer = common::CLASSIFIER.classify(&text);
    assert_eq!(answer.reason().map(|reason| reason.name()), Some("mostly-unexplained"));
    assert_eq!(answer.alternatives().len(), 1);
}
