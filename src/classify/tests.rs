//! Tests of the ranking: what makes an answer surer, and which of several wordings wins.

use super::*;
use crate::catalogue::{PatternFile, RootCause};

fn confidence(message: &str) -> f64 {
    static CLASSIFIER: std::sync::LazyLock<Classifier> = std::sync::LazyLock::new(Classifier::builtin);
    CLASSIFIER.classify(message).diagnosis().map_or(0.0, |diagnosis| diagnosis.confidence)
}

const MESSAGE: &str = "Given key ID is not accessible";

#[test]
fn every_unexplained_word_makes_an_answer_less_sure() {
    let mut message = MESSAGE.to_owned();
    let mut before = confidence(&message);
    for _ in 0..20 {
        message.push_str(" furthermore");
        let after = confidence(&message);
        assert!(after < before, "{message}: {after} after {before}");
        before = after;
    }
}

#[test]
fn ids_times_and_wrappers_take_nothing_away() {
    for message in [
        format!("2025-07-02T05:08:08.704Z 47C8EF56 {MESSAGE}"),
        format!(
            "{MESSAGE} (Service: AmazonEC2; Status Code: 400; Error Code: InvalidParameter; Request ID: x; Proxy: null)"
        ),
        format!("An error occurred (InvalidParameter) when calling the CopySnapshot operation: {MESSAGE}"),
    ] {
        assert_eq!(confidence(&message), confidence(MESSAGE), "{message}");
    }
}

fn catalogue(wordings: &[(&str, &str)]) -> Catalogue {
    let file = |id: &str, text: &str| {
        format!(
            "id: {id}\ngroup: tags\naws_message_category: MISCELLANEOUS\ntitle: {{en: A, de: B}}\ncause: {{en: A, de: B}}\n\
             patterns: [{{language: en, text: '{text}', evidence: documented, source: 'https://x.example'}}]\n\
             remediation: [{{account: source, action: {{en: A, de: B}}, why: {{en: A, de: B}}, link: 'https://x.example'}}]\n\
             sources: [{{title: A, url: 'https://x.example'}}]\nexamples: [{{language: en, message: A}}]\n\
             near_misses: [{{message: A, reason: A}}]\n"
        )
    };
    let files = wordings.iter().map(|(id, text)| PatternFile::new(format!("{id}.yaml"), file(id, text)));
    Catalogue::parse(files).expect("it is sound")
}

/// The winner, the further messages and the others, by id.
fn ranking(wordings: &[(&str, &str)], message: &str) -> [Vec<String>; 3] {
    let classifier = Classifier::new(catalogue(wordings));
    let answer = classifier.classify(message);
    let id = |cause: &RootCause| cause.id.clone();
    let diagnosis = answer.diagnosis();
    let winner = diagnosis.map(|diagnosis| id(diagnosis.root_cause));
    let further = diagnosis.map_or(&[][..], |diagnosis| &diagnosis.further);
    [
        winner.into_iter().collect(),
        further.iter().map(|it| id(it.root_cause)).collect(),
        answer.alternatives().iter().map(|other| id(other.root_cause)).collect(),
    ]
}

#[track_caller]
fn ranks(wordings: &[(&str, &str)], message: &str, winner: &str, further: &[&str], others: &[&str]) {
    assert_eq!(ranking(wordings, message), [vec![winner], further.to_vec(), others.to_vec()], "{message}");
}

#[test]
fn the_wording_that_explains_more_wins_and_its_parts_are_no_alternatives() {
    let wordings = [("a-short", "key is not accessible"), ("b-long", "the default key is not accessible")];
    ranks(&wordings, "The default key is not accessible.", "b-long", &[], &[]);
    ranks(&wordings, "key is not accessible", "a-short", &[], &[]);
}

#[test]
fn where_wordings_explain_the_same_the_place_decides_and_not_the_order_of_files() {
    let one = ("a-cause", "first trouble here");
    let other = ("b-cause", "second trouble there");
    for wordings in [[one, other], [other, one]] {
        ranks(&wordings, "first trouble here second trouble there", "a-cause", &["b-cause"], &[]);
        ranks(&wordings, "second trouble there first trouble here", "b-cause", &["a-cause"], &[]);
    }
}

#[test]
fn wordings_that_overlap_are_no_messages_beside_each_other() {
    let one = ("a-cause", "first trouble here and now");
    let other = ("b-cause", "now second trouble there");
    for wordings in [[one, other], [other, one]] {
        ranks(&wordings, "first trouble here and now second trouble there", "a-cause", &[], &["b-cause"]);
    }
}

#[test]
fn a_catalogue_without_root_causes_knows_nothing() {
    let classifier = Classifier::new(catalogue(&[]));
    assert_eq!(classifier.classify(MESSAGE).reason(), Some(Reason::NoKnownWording));
}
