//! One golden corpus: messages, each with the answer that the tool, the library and all that is bound to it have to
//! give, byte for byte. `UPDATE=1 cargo test` writes the answers anew; a new message is a line `{"message":"…"}`.

mod common;

use std::collections::BTreeSet;

use common::{CLASSIFIER, fixture, run};
use copydoctor::diagnosis::Answer;
use copydoctor::render::{Diagnosed, write_answer_json};
use copydoctor::{Language, SlotValues};
use serde_json::Value;

fn corpus() -> String {
    std::fs::read_to_string(fixture("golden.jsonl")).expect("the corpus is there")
}

fn message_of(line: &str) -> String {
    let line: Value = serde_json::from_str(line).expect("a line of the corpus is JSON");
    line["message"].as_str().expect("a message").to_owned()
}

/// The line that the library makes of a message.
fn answer_of_library(message: &str) -> String {
    let answer = CLASSIFIER.classify(message);
    let diagnosed = Diagnosed::of(message, answer, &SlotValues::default(), Language::En);
    let mut line = Vec::new();
    write_answer_json(&mut line, &diagnosed, Language::En).expect("memory can be written");
    String::from_utf8(line).expect("JSON is UTF-8")
}

#[test]
fn the_library_gives_the_golden_answers() {
    let answers: String = corpus().lines().map(|line| answer_of_library(&message_of(line))).collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(fixture("golden.jsonl"), &answers).expect("the corpus can be written");
    }
    for (golden, answer) in corpus().lines().zip(answers.lines()) {
        assert_eq!(answer, golden, "out of date? UPDATE=1 cargo test");
    }
    assert_eq!(corpus(), answers);
}

#[test]
fn the_tool_gives_the_golden_answers() {
    for golden in corpus().lines() {
        let run = run(["--format", "json", "--", &message_of(golden)]);
        assert_eq!(run.stdout.trim_end_matches('\n'), golden, "{}", run.stderr);
    }
}

/// Every root cause, every reason, every way to recognise a wording, both languages.
#[test]
fn the_corpus_holds_all_kinds_of_answers() {
    let corpus = corpus();
    let messages: Vec<String> = corpus.lines().map(message_of).collect();
    let answers: Vec<Answer<'_>> = messages.iter().map(|message| CLASSIFIER.classify(message)).collect();
    let found = |of: &dyn Fn(&Answer<'_>) -> Option<String>| -> BTreeSet<String> {
        answers.iter().filter_map(of).collect()
    };
    let of_diagnosis = |of: fn(&copydoctor::Diagnosis<'_>) -> &'static str| {
        found(&|answer| answer.diagnosis().map(|diagnosis| of(diagnosis).to_owned()))
    };
    let ids = found(&|answer| answer.diagnosis().map(|diagnosis| diagnosis.root_cause.id.clone()));
    let missing: Vec<_> =
        CLASSIFIER.catalogue().root_causes().iter().filter(|it| !ids.contains(&it.id)).collect();
    assert!(
        missing.is_empty(),
        "no golden message of {:?}",
        missing.iter().map(|it| &it.id).collect::<Vec<_>>()
    );
    let reasons = found(&|answer| answer.reason().map(|reason| reason.name().to_owned()));
    assert_eq!(reasons.len(), 7, "{reasons:?}");
    assert_eq!(of_diagnosis(|diagnosis| diagnosis.tier.name()).len(), 3);
    assert_eq!(of_diagnosis(|diagnosis| diagnosis.wording.language.code()).len(), 2);
    assert!(answers.iter().any(|answer| answer.diagnosis().is_some_and(|it| !it.further.is_empty())));
}
