//! The main job: the nine messages of the article in both languages, however they were pasted.

mod common;

use common::{article_messages, assert_cause, assert_unknown, labelled, run, run_with_input};
use copydoctor::{Catalogue, Classifier};

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
fn every_documented_message_gives_its_root_cause() {
    for case in labelled("documented-messages.jsonl") {
        assert_cause(&case.message, case.cause.as_deref().expect("a cause"));
    }
}

/// What a message goes through between AWS and the paste.
fn mangle(message: &str) -> Vec<(&'static str, String)> {
    let at =
        |message: &str, n: usize| message.char_indices().nth(n).map_or(message.len(), |(index, _)| index);
    let (begin, end) = message.split_at(at(message, 12));
    let wrapped: String = message
        .split(' ')
        .enumerate()
        .map(|(n, word)| format!("{word}{}", if n % 5 == 4 { "\r\n   " } else { " " }))
        .collect();
    let decomposed = message.replace('ü', "u\u{308}").replace('ä', "a\u{308}").replace('ö', "o\u{308}");
    let transcribed = message.replace('ü', "ue").replace('ä', "ae").replace('ö', "oe").replace('ß', "ss");
    vec![
        ("upper case", message.to_uppercase()),
        ("lower case", message.to_lowercase()),
        ("padded", format!("\n\t  {message} \n")),
        ("wrapped", wrapped),
        ("wide spaces", message.replace(' ', "\u{a0}")),
        ("straight quotes", format!("\"{message}\"")),
        ("German quotes", format!("„{message}“")),
        ("guillemets", format!("»{message}«")),
        ("code block", format!("```\n{message}\n```")),
        ("mail quote", format!("> {}", message.replace(". ", ".\n> "))),
        ("smart apostrophes", message.replace('\'', "’")),
        ("no apostrophes", message.replace('\'', "")),
        ("escaped quotes", format!("\\\"{}\\\"", message.replace('\'', "\\'"))),
        ("zero-width space", format!("\u{feff}{begin}\u{200b}{end}")),
        ("soft hyphen", format!("{begin}\u{ad}{end}")),
        ("decomposed", decomposed),
        ("transcribed umlauts", transcribed),
        ("no full stop", message.trim_end_matches('.').to_owned()),
        ("log prefix", format!("2025-07-02T05:08:08.704Z ERROR [backup-monitor] copy job failed: {message}")),
        ("syslog prefix", format!("Jul  2 05:08:08 ip-10-0-0-1 monitor[4711]: StatusMessage={message}")),
        ("console label", format!("Access denied: {message}")),
        (
            "SDK v1 suffix",
            format!(
                "{message} (Service: Rds; Status Code: 400; Error Code: X; Request ID: 1-a; Proxy: null)"
            ),
        ),
        (
            "SDK v2 suffix",
            format!("{message} (Service: Rds, Status Code: 400, Request ID: 1-a) (SDK Attempt Count: 1)"),
        ),
        ("botocore", format!("An error occurred (X) when calling the CopyDBSnapshot operation: {message}")),
        ("JSON field", format!("\"StatusMessage\": \"{message}\",")),
    ]
}

#[test]
fn every_message_of_the_article_survives_what_a_paste_goes_through() {
    for case in article_messages() {
        for (what, mangled) in mangle(&case.message) {
            let answer = common::CLASSIFIER.classify(&mangled);
            let id = answer.diagnosis().map(|diagnosis| &diagnosis.root_cause.id);
            assert_eq!(id, case.cause.as_ref(), "{what}: {mangled:?}");
        }
    }
}

#[test]
fn what_a_placeholder_captured_is_as_it_was_written_whatever_the_paste_went_through() {
    let message =
        "The tag policy does not allow the specified value for the following tag key: 'Cost-Center:ß'";
    for (what, mangled) in mangle(message) {
        if ["upper case", "lower case", "transcribed umlauts", "no apostrophes"].contains(&what) {
            continue; // these change what was written
        }
        let answer = common::CLASSIFIER.classify(&mangled);
        let captures = &answer.diagnosis().expect("it is diagnosed").captures;
        let key = captures.get(copydoctor::Slot::TagKey);
        assert_eq!(key, Some("Cost-Center:ß"), "{what}: {mangled:?}");
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
fn messages_that_only_look_like_a_copy_jobs_are_unknown() {
    for case in labelled("unrelated-messages.jsonl") {
        assert_unknown(&case.message);
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

#[test]
fn the_order_of_the_pattern_files_changes_nothing() {
    let mut files: Vec<_> = Catalogue::builtin_files().collect();
    let mut answers = Vec::new();
    for turn in 0..files.len() {
        files.rotate_left(1);
        if turn % 2 == 1 {
            files.reverse();
        }
        let catalogue = Catalogue::parse(files.clone()).expect("the built-in files are sound");
        let classifier = Classifier::new(catalogue);
        let messages = article_messages().into_iter().chain(labelled("unrelated-messages.jsonl"));
        answers.push(
            messages.map(|case| format!("{:?}", classifier.classify(&case.message))).collect::<Vec<_>>(),
        );
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}
