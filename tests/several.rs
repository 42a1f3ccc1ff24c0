//! Several messages in one paste: one answer, which names the others that stand in the text.

mod common;

use common::{CLASSIFIER, Labelled, article_messages, labelled, run};
use copydoctor::Slot;
use copydoctor::diagnosis::{Diagnosis, Loss, Tier};
use copydoctor::scorer::FoundIn;

/// What people put between two messages.
const SEPARATORS: &[(&str, &str, &str, &str)] = &[
    ("lines", "", "\n", ""),
    ("paragraphs", "", "\n\n", "\n"),
    ("Windows lines", "", "\r\n", "\r\n"),
    ("bullets", "- ", "\n- ", ""),
    ("dots", "• ", "\n• ", ""),
    ("numbers", "1. ", "\n2. ", ""),
    ("brackets", "(1) ", "\n(2) ", ""),
    ("a column", "| ", " |\n| ", " |"),
    ("a CSV column", "\"", "\"\n\"", "\""),
    ("a semicolon", "", "; ", ""),
    ("a slash", "", " / ", ""),
    ("a space", "", " ", ""),
    ("a mail", "> ", "\n>\n> ", ""),
    ("JSON", "[\"", "\", \"", "\"]"),
];

fn join(messages: &[&Labelled], separator: &(&str, &str, &str, &str)) -> String {
    let (_, before, between, behind) = separator;
    let messages: Vec<&str> = messages.iter().map(|case| case.message.as_str()).collect();
    format!("{before}{}{behind}", messages.join(between))
}

fn id(case: &Labelled) -> &str {
    case.cause.as_deref().expect("a root cause")
}

#[track_caller]
fn diagnosis(text: &str) -> Diagnosis<'static> {
    let answer = CLASSIFIER.classify(text);
    answer.diagnosis().unwrap_or_else(|| panic!("{text:?} is unknown")).clone()
}

/// The root causes of an answer: of the diagnosis, then of the further messages.
fn ids<'d>(diagnosis: &'d Diagnosis<'_>) -> Vec<&'d str> {
    let further = diagnosis.further.iter().map(|it| it.root_cause.id.as_str());
    std::iter::once(diagnosis.root_cause.id.as_str()).chain(further).collect()
}

/// Both are found, and where each explains all of itself, both are as sure as alone.
#[track_caller]
fn assert_pair(one: &Labelled, other: &Labelled, separator: &(&str, &str, &str, &str)) {
    let text = join(&[one, other], separator);
    let found = diagnosis(&text);
    let mut all = ids(&found);
    all.sort_unstable();
    let mut expected = vec![id(one), id(other)];
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(all, expected, "{}: {text:?}", separator.0);
    let alone = [one, other].map(|case| diagnosis(&case.message));
    if alone.iter().any(|it| it.unexplained_words > 0) {
        return;
    }
    let further = found.further.iter().map(|it| (&it.root_cause.id, it.confidence));
    for (id, confidence) in std::iter::once((&found.root_cause.id, found.confidence)).chain(further) {
        let alone = alone.iter().find(|it| it.root_cause.id == *id).map(|it| it.confidence);
        assert_eq!(Some(confidence), alone, "{}: {id} in {text:?}", separator.0);
    }
}

#[test]
fn every_pair_of_the_articles_messages_is_found_whatever_stands_between_them() {
    let messages = article_messages();
    for one in &messages {
        for other in messages.iter().filter(|other| other.message != one.message) {
            for separator in SEPARATORS {
                assert_pair(one, other, separator);
            }
        }
    }
}

/// Every pair, each with one of the separators in turn.
#[test]
fn every_pair_of_documented_messages_is_found() {
    let messages = labelled("documented-messages.jsonl");
    let catalogue = CLASSIFIER.catalogue();
    let tells = |case: &&Labelled| !catalogue.get(id(case)).expect("it is known").unspecific;
    let messages: Vec<&Labelled> = messages.iter().filter(tells).collect();
    assert!(messages.len() > 70);
    let mut separators = SEPARATORS.iter().cycle();
    for one in &messages {
        for other in messages.iter().filter(|other| other.message != one.message) {
            assert_pair(one, other, separators.next().expect("without end"));
        }
    }
}

#[test]
fn a_documented_message_alone_has_no_further_one() {
    let messages = labelled("documented-messages.jsonl");
    assert_eq!(messages.len(), 85);
    for case in messages {
        assert_eq!(diagnosis(&case.message).further, [], "{}", case.message);
    }
}

/// What looks like a message of one root cause and is one of another is no message of both.
#[test]
fn near_misses_have_no_further_message() {
    for near_miss in CLASSIFIER.catalogue().root_causes().iter().flat_map(|cause| &cause.near_misses) {
        let answer = CLASSIFIER.classify(&near_miss.message);
        assert!(answer.diagnosis().is_none_or(|it| it.further.is_empty()), "{}", near_miss.message);
    }
}

const VAULT: &str = "Access Denied trying to call AWS Backup service";
const KEY: &str = "Given key ID is not accessible";
const TAGS: &str =
    "The tag policy does not allow the specified value for the following tag key: 'CostCenter'";

#[track_caller]
fn assert_ids(text: &str, expected: &[&str]) {
    assert_eq!(ids(&diagnosis(text)), expected, "{text}");
}

#[test]
fn three_messages_are_one_answer_and_two_further_ones_in_the_order_of_the_text() {
    let text = format!("1. {KEY}\n2. {TAGS}\n3. {VAULT}");
    assert_ids(
        &text,
        &["tag-policy-violation", "source-key-not-accessible", "vault-access-policy-denies-copy"],
    );
}

#[test]
fn the_message_that_explains_most_is_the_answer_and_of_two_alike_the_first() {
    assert_ids(&format!("{KEY}\n{TAGS}"), &["tag-policy-violation", "source-key-not-accessible"]);
    let (one, other) = ("Given key ID does not exist", KEY);
    assert_ids(&format!("{one}; {other}"), &["key-not-found", "source-key-not-accessible"]);
    assert_ids(&format!("{other}; {one}"), &["source-key-not-accessible", "key-not-found"]);
}

#[test]
fn a_root_cause_is_named_once_however_often_and_in_whatever_language_it_was_pasted() {
    let messages = article_messages();
    for one in &messages {
        for other in messages.iter().filter(|other| other.cause == one.cause) {
            let text = join(&[one, other, one], &SEPARATORS[0]);
            assert_ids(&text, &[id(one)]);
        }
    }
}

#[test]
fn what_leaves_the_reason_open_is_no_message_beside_one_that_gives_it() {
    assert_ids(
        &format!("You are not authorized to perform this operation.\n{KEY}"),
        &["source-key-not-accessible"],
    );
    assert_ids(&format!("{KEY}\nCopy job encountered a fatal error."), &["source-key-not-accessible"]);
}

#[test]
fn a_part_of_a_longer_wording_is_no_message_of_its_own() {
    let denied = "User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: ec2:CreateTags on \
                  resource: arn:aws:ec2:eu-west-1::snapshot/snap-1 with an explicit deny in";
    let by_organization = format!("{denied} a service control policy");
    assert_ids(&by_organization, &["denied-by-organization-policy"]);
    let found = diagnosis(&format!("{by_organization}\n{KEY}"));
    assert_eq!(ids(&found), ["denied-by-organization-policy", "source-key-not-accessible"]);
    assert_eq!(found.alternatives, []);
    assert_ids(
        &format!("{by_organization}\n{denied} an identity-based policy"),
        &["denied-by-organization-policy", "explicit-deny-in-policy"],
    );
}

#[test]
fn the_last_message_may_be_cut_off() {
    assert_ids(
        &format!("{VAULT}\nGiven key ID is not acc"),
        &["vault-access-policy-denies-copy", "source-key-not-accessible"],
    );
    let found = diagnosis(&format!("1. {VAULT}\n2. Given key ID is not acc…"));
    assert_eq!((found.tier, found.further[0].tier), (Tier::Exact, Tier::CutOff));
    assert_eq!(found.unexplained_words, 0);
}

/// The shorter wording stands there from end to end, and is not what was meant.
#[test]
fn a_last_message_that_is_cut_off_is_not_taken_for_a_shorter_one() {
    let denied = "User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: ec2:CreateTags on \
                  resource: arn:aws:ec2:eu-west-1::snapshot/snap-1 with an explicit deny in a service contr";
    let found = diagnosis(&format!("{KEY}\n{denied}"));
    let mut all = ids(&found);
    all.sort_unstable();
    assert_eq!(all, ["denied-by-organization-policy", "source-key-not-accessible"]);
}

#[test]
fn the_beginning_of_the_same_message_is_no_other_one() {
    let found = diagnosis(&format!("{KEY}\nGiven key ID is not acc"));
    assert_eq!((ids(&found), found.confidence), (vec!["source-key-not-accessible"], 0.99));
}

/// Words of neither message are as unexplained as ever.
#[test]
fn words_around_several_messages_take_certainty_from_each() {
    let alone = diagnosis(&format!("{VAULT}\n{KEY}"));
    let among = diagnosis(&format!("Hello team, lunch waits. {VAULT}\n{KEY} Greetings, everyone."));
    assert_eq!(ids(&among), ids(&alone));
    assert_eq!((alone.unexplained_words, among.unexplained_words), (0, 6));
    assert!(among.confidence < alone.confidence && among.further[0].confidence < alone.further[0].confidence);
}

/// Words around a wording may speak for another root cause. Those of another message speak for that alone.
#[test]
fn a_message_is_no_doubt_about_the_one_beside_it() {
    let among = |text: &str| format!("Hello team, this happened while nobody was at work.\n{text}");
    let messages = article_messages();
    for one in &messages {
        for other in messages.iter().filter(|other| other.cause != one.cause) {
            let text = among(&format!("{}\n{}", one.message, other.message));
            let found = diagnosis(&text);
            let winner = if found.root_cause.id == id(one) { one } else { other };
            assert_eq!(ids(&found).len(), 2, "{text}");
            assert_eq!(found.confidence, diagnosis(&among(&winner.message)).confidence, "{text}");
            assert_eq!(CLASSIFIER.explain(&text).considered[0].confidence, found.confidence, "{text}");
        }
    }
}

#[test]
fn a_known_sentence_that_is_lost_among_other_words_is_no_further_message() {
    let lost = "so many other words stand here ".repeat(12);
    let found = diagnosis(&format!("{TAGS} {lost}{KEY} {lost}"));
    assert_eq!(ids(&found), ["tag-policy-violation"]);
    assert_eq!(found.alternatives[0].root_cause.id, "source-key-not-accessible");
}

#[test]
fn each_message_has_its_own_place_and_captures() {
    let text = format!("• {VAULT}\n• {TAGS}\n• Cannot copy more than 5 snapshots across regions");
    let found = diagnosis(&text);
    assert_eq!(found.captures.get(Slot::TagKey), Some("CostCenter"));
    assert_eq!(found.captures.get(Slot::Limit), None);
    let limit = found.further.last().expect("a further message");
    assert_eq!(&text[limit.span.clone()], "Cannot copy more than 5 snapshots across regions");
    assert_eq!((limit.captures.get(Slot::Limit), limit.captures.get(Slot::TagKey)), (Some("5"), None));
}

/// A tag key without quotes ends where a table or a list goes on.
#[test]
fn a_value_at_the_end_does_not_reach_into_the_next_message() {
    let unquoted = TAGS.replace('\'', "");
    for separator in ["\n", "; ", " | ", " • ", ". "] {
        let found = diagnosis(&format!("{unquoted}{separator}{VAULT}"));
        assert_eq!(ids(&found), ["tag-policy-violation", "vault-access-policy-denies-copy"], "{separator:?}");
        assert_eq!(found.captures.get(Slot::TagKey), Some("CostCenter"), "{separator:?}");
    }
}

#[test]
fn why_names_a_further_message_as_such_and_counts_none_of_its_words() {
    let text = format!("{VAULT}\n{KEY}");
    let explanation = CLASSIFIER.explain(&text);
    assert_eq!(explanation.answer, CLASSIFIER.classify(&text));
    let [answer, further, ..] = explanation.considered.as_slice() else { panic!("two were considered") };
    assert_eq!((answer.loss, further.loss), (None, Some(Loss::AnotherMessage)));
    for one in [answer, further] {
        assert!(one.words.iter().all(|word| word.found_in == FoundIn::Both), "{:?}", one.words);
        assert_eq!((one.coverage, one.precision), (1.0, 1.0));
    }
    assert!(explanation.considered.iter().skip(2).all(|one| one.loss != Some(Loss::AnotherMessage)));
}

#[test]
fn one_paste_is_one_object_of_json_that_lists_the_further_messages() {
    let text = format!("{KEY}\n{TAGS}");
    let answer = run(["--format", "json", "--lang", "de", &text]);
    assert_eq!((answer.code, answer.stdout.lines().count()), (Some(0), 1));
    let json = answer.json();
    assert_eq!(json["diagnosis"]["id"], "tag-policy-violation");
    let [further] = json["further"].as_array().expect("a list").as_slice() else { panic!("{json}") };
    assert_eq!((&further["id"], &further["language"]), (&"source-key-not-accessible".into(), &"en".into()));
    assert_eq!(further["span"], serde_json::json!({"start": 0, "end": KEY.len(), "text": KEY}));
    assert_eq!(run(["--format", "json", KEY]).json()["further"], serde_json::json!([]));
}
