//! That every sentence is whole, in both languages.

use super::*;

#[test]
fn every_sentence_is_whole_in_both_languages() {
    must_be_whole(wordings());
    assert!(wordings().count() > 150);
}

#[test]
fn the_kinds_of_complaints_are_distinct_and_stay_what_they_are() {
    let kinds = Complaint::kinds();
    assert_eq!(kinds.iter().collect::<std::collections::BTreeSet<_>>().len(), kinds.len());
    assert_eq!(Complaint::TooDeeplyPacked { layers: 4 }.kind(), "too-deeply-packed");
    assert_eq!(Complaint::Windows1252.kind(), "windows1252");
    assert!(kinds.contains(&"not-utf8".to_owned()));
}

#[track_caller]
fn says(complaint: &Complaint, english: &str, german: &str) {
    assert_eq!(complaint.text(Language::En), english);
    assert_eq!(complaint.text(Language::De), german);
}

#[test]
fn one_is_one_and_thousands_are_set_apart() {
    says(
        &Complaint::LinesRead { messages: 1 },
        "lines of text, of which 1 was read as a message",
        "Textzeilen, von denen 1 als Meldung gelesen wurde",
    );
    says(
        &Complaint::LinesRead { messages: 1_234_567 },
        "lines of text, of which 1,234,567 were read as messages",
        "Textzeilen, von denen 1.234.567 als Meldungen gelesen wurden",
    );
}

#[test]
fn a_sentence_in_a_sentence_is_of_the_same_language() {
    says(
        &Complaint::BrokenJson { fault: JsonFault::NoKey, more: Some(MoreFaults::Behind { count: 2 }) },
        "not JSON: expected a key in quotes or '}', and 2 more faults behind it; reading went on at the next object",
        "kein JSON: hier fehlt ein Schlüssel in Anführungszeichen oder '}', und 2 weitere Fehler dahinter; \
         ab dem nächsten Objekt wurde weitergelesen",
    );
    let cause = Cause::Zstandard { damage: DamagedZstandard::EndsInTheMiddle };
    let error = std::io::Error::from(cause);
    says(
        &Complaint::cannot_be_read_further(&error),
        "cannot be read any further: damaged Zstandard data: ends in the middle",
        "lässt sich nicht weiterlesen: beschädigte Zstandard-Daten: das Ende fehlt",
    );
}

#[test]
fn types_are_called_as_people_call_them() {
    for (serde, english, german) in [
        ("a sequence", "a list", "eine Liste"),
        ("string \"x\"", "the text \"x\"", "der Text \"x\""),
        (
            "a mapping with id:, group:, title: and so on",
            "a mapping with id:, group:, title: and so on",
            "ein Mapping mit id:, group:, title: usw.",
        ),
        (
            "a mapping with title: and url:",
            "a mapping with title: and url:",
            "ein Mapping mit title: und url:",
        ),
    ] {
        let of = YamlType::of_serde(serde);
        assert_eq!((of.text(Language::En).as_str(), of.text(Language::De).as_str()), (english, german));
    }
}

#[test]
#[should_panic(expected = "left in English")]
fn a_sentence_that_is_left_in_english_is_found() {
    must_be_whole([&Wording { name: "A", english: &["an {x}"], german: &["an {x}"] }]);
}

#[test]
#[should_panic(expected = "other values")]
fn a_sentence_that_leaves_out_a_value_is_found() {
    must_be_whole([&Wording { name: "A", english: &["an {x}"], german: &["ein"] }]);
}

#[test]
fn every_text_of_an_input_can_be_replaced_however_deep_it_stands() {
    let command = Some(Box::new(ListedBy::Command { id: "a".to_owned(), region: Some(" b".to_owned()) }));
    let children = ChildJobs::WithProblem { count: 2 };
    let said = Complaint::PartialJobs { parents: 1, children, command };
    let changed = said.with_texts(&mut |text| text.to_uppercase()).to_string();
    assert!(changed.ends_with("--by-parent-job-id A B"), "{changed}");
    let cause = Cause::System { error: "x".to_owned() };
    let changed = Complaint::CannotBeRead { cause }.with_texts(&mut |_| "y".to_owned());
    assert_eq!(changed.to_string(), "cannot be read: y");
}
