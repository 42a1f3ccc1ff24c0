//! What holds for every message: nothing panics, nothing depends on chance or order, and what says nothing changes
//! nothing. The messages are generated, always the same ones.

mod common;

use std::sync::LazyLock;

use common::{CLASSIFIER, labelled};
use copydoctor::lexicon::Sense;
use copydoctor::normalise::{Message, Repaired, Words};
use copydoctor::scorer::Scorer;
use copydoctor::{Answer, Catalogue, Classifier};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// The same messages in every run, so that a run fails only where something changed.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_250_702),
        failure_persistence: None,
        ..Default::default()
    }
}

/// Messages that may be looked at: documented ones, rewordings, look-alikes.
static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let held_out = ["rewordings.de", "rewordings.en", "paraphrases.de", "look-alikes"];
    let held_out = held_out.map(|name| labelled(&format!("held-out/{name}.jsonl")));
    let documented = labelled("documented-messages.jsonl");
    let cases = documented.into_iter().chain(held_out.into_iter().flatten());
    cases.filter(|case| case.looked_at != Some(false)).map(|case| case.message).collect()
});

/// The words of the messages, and what stands between words in logs, JSON and bad transmissions.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = MESSAGES.iter().flat_map(|message| message.split_inclusive(' ')).map(str::to_owned);
    let marks = [
        "\\",
        "\\\\",
        "\\n",
        "\\u00",
        "\\u00fc",
        "\\ud83d",
        "\\x",
        "\\xc3",
        "\\303\\274",
        "&",
        "&amp;",
        "&amp;quot;",
        "&#x",
        "&#252;",
        "\u{1b}",
        "\u{1b}[3",
        "\u{1b}]8;;",
        "Ã",
        "Ã¼",
        "Ãƒ",
        "â€ž",
        "\u{fffd}",
        "?",
        "-\n",
        "\n> ",
        "'",
        "’",
        "\"",
        "{",
        "}",
        "(Service: ",
        "; Status Code: 400; ",
        ")",
        "An error occurred (",
        ") when calling the ",
        "Access denied:\n",
        "arn:aws:",
        "\u{301}",
        "\u{308}",
        "\u{200b}",
        "\u{202e}",
        "İ",
        "ß",
        "ﬁ",
        "Ａ",
        "語",
        "🙂",
        "\0",
    ];
    words.chain(marks.map(str::to_owned)).collect()
});

fn message() -> impl Strategy<Value = String> {
    select(MESSAGES.as_slice())
}

/// Anything: any Unicode, or pieces of messages in any order.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(select(PIECES.as_slice()), 0..24).prop_map(|it| it.concat())
    ]
}

/// Words that the catalogue knows nothing of.
fn unrelated() -> impl Strategy<Value = String> {
    let scorer = Scorer::new(CLASSIFIER.catalogue());
    let is_foreign = move |word: &String| {
        let words = Words::of(word);
        let readings = scorer.lexicon().read(words.as_str(), true);
        readings.iter().all(|reading| reading.sense == Sense::Foreign)
    };
    prop::collection::vec("([bdfgjlmpwz][aiou]){2,5}".prop_filter("it means something", is_foreign), 1..40)
        .prop_map(|words| words.join(" "))
}

fn confidence(message: &str) -> f64 {
    CLASSIFIER.classify(message).diagnosis().map_or(0.0, |diagnosis| diagnosis.confidence)
}

fn cause(answer: &Answer<'_>) -> Option<String> {
    answer.diagnosis().map(|diagnosis| diagnosis.root_cause.id.clone())
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text_is_normalised_and_doing_it_twice_changes_nothing_more(text in text()) {
        let words = Words::of(&text);
        prop_assert_eq!(&Words::of(words.as_str()), &words);
        let repaired = Repaired::of(&text);
        let again = Repaired::of(repaired.text());
        prop_assert_eq!(again.text(), repaired.text());
    }

    #[test]
    fn any_range_of_words_leads_to_text_and_on_to_the_original(text in text(), start in 0..200_usize, length in 0..200_usize) {
        let message = Message::new(&text);
        let range = message.text_range(start..start + length);
        prop_assert!(message.text().get(range.clone()).is_some(), "{:?}", range);
        let original = message.original_range(range);
        prop_assert!(text.get(original.clone()).is_some(), "{:?}", original);
    }

    #[test]
    fn any_text_is_classified_and_always_alike(text in text()) {
        let answer = format!("{:?}", CLASSIFIER.classify(&text));
        prop_assert_eq!(format!("{:?}", CLASSIFIER.classify(&text)), answer);
        if let Some(diagnosis) = CLASSIFIER.classify(&text).diagnosis() {
            prop_assert!(text.get(diagnosis.span.clone()).is_some(), "{:?}", diagnosis.span);
            prop_assert!((0.5..1.0).contains(&diagnosis.confidence));
        }
    }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn unrelated_text_never_makes_an_answer_surer(message in message(), more in unrelated(), is_behind: bool) {
        let with_more = if is_behind { format!("{message} {more}") } else { format!("{more} {message}") };
        prop_assert!(confidence(&with_more) <= confidence(&message), "{} / {}", message, with_more);
    }

    #[test]
    fn case_and_spaces_never_change_an_answer(
        message in message(),
        changes in prop::collection::vec(0..6_usize, 12),
    ) {
        let mut changes = changes.iter().cycle();
        let mut changed = String::new();
        for word in message.split(' ') {
            // Ids, ARNs and actions are written as they are.
            let is_of_letters = word.trim_end_matches(['.', ',', ':']).chars().all(char::is_alphabetic);
            match changes.next() {
                Some(0) if is_of_letters => changed.push_str(&word.to_uppercase()),
                Some(1) if is_of_letters => changed.push_str(&word.to_lowercase()),
                _ => changed.push_str(word),
            }
            changed.push_str(match changes.next() {
                Some(0) => "\n",
                Some(1) => "  ",
                Some(2) => "\u{a0}",
                Some(3) => "\t",
                _ => " ",
            });
        }
        let (answer, expected) = (CLASSIFIER.classify(&changed), CLASSIFIER.classify(&message));
        prop_assert_eq!(cause(&answer), cause(&expected), "{:?}", changed);
    }

    #[test]
    fn pasted_twice_is_once(message in message(), between in select(vec![" ", "\n", "\r\n\r\n", " / "])) {
        let twice = format!("{message}{between}{message}");
        let (once, twice) = (CLASSIFIER.classify(&message), CLASSIFIER.classify(&twice));
        prop_assert_eq!(cause(&twice), cause(&once));
        let sure = |answer: &Answer<'_>| answer.diagnosis().map(|diagnosis| diagnosis.confidence);
        prop_assert_eq!(sure(&twice), sure(&once));
    }
}

#[test]
fn a_friendly_ending_never_makes_an_answer_surer() {
    const UNRELATED: &str = " Grüße aus Köln, bis Montag; lunch is at noon, the coffee machine hums.";
    for message in MESSAGES.iter() {
        let (alone, with_more) = (confidence(message), confidence(&format!("{message}{UNRELATED}")));
        assert!(with_more <= alone, "{message}: {alone} alone, {with_more} with more");
    }
}

/// The word stood in the way of another root cause, of whose wording the message could be a piece.
#[test]
fn an_unknown_word_takes_no_doubt_away() {
    let message = "You are not authorized to preform this operation";
    assert!(confidence(&format!("pilo {message}")) <= confidence(message));
}

#[test]
fn the_order_of_the_pattern_files_changes_nothing() {
    let files: Vec<_> = Catalogue::builtin_files().collect();
    let orders: [fn(usize) -> usize; 3] =
        [|place| usize::MAX - place, |place| place * 17 % 41, |place| place % 2];
    let answers = |classifier: &Classifier| -> Vec<String> {
        MESSAGES.iter().map(|message| format!("{:?}", classifier.classify(message))).collect()
    };
    let expected = answers(&CLASSIFIER);
    for order in orders {
        let mut places: Vec<usize> = (0..files.len()).collect();
        places.sort_by_key(|place| order(*place));
        let files = places.into_iter().map(|place| files[place].clone());
        let classifier = Classifier::new(Catalogue::parse(files).expect("the built-in files are sound"));
        for (answer, expected) in answers(&classifier).iter().zip(&expected) {
            assert_eq!(answer, expected);
        }
    }
}
