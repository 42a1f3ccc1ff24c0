//! Which messages are of one kind.

use super::clusters;
use crate::lexicon::Lexicon;

/// The templates, whatever the order of the messages.
#[track_caller]
fn templates(messages: &[&str], expected: &[&str]) {
    let lexicon = Lexicon::builtin();
    let forth = clusters(messages, || &lexicon);
    let reversed: Vec<&str> = messages.iter().rev().copied().collect();
    let back = clusters(&reversed, || &lexicon);
    let texts = |clusters: &[super::Cluster]| {
        clusters.iter().map(|cluster| cluster.template.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&forth), expected, "{messages:?}");
    assert_eq!(texts(&back), expected, "reversed: {messages:?}");
    let mut places: Vec<usize> = forth.iter().flat_map(|cluster| cluster.members.clone()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..messages.len()).collect::<Vec<_>>(), "each message is in one cluster");
}

#[test]
fn what_stands_in_quotes_may_differ() {
    templates(
        &["Guard stops tag key 'Cost Center'", "Guard stops tag key 'Team'", "Guard stops tag key 'Team'"],
        &["Guard stops tag key '<name>'"],
    );
    templates(&["Wanted 'a', got 'b'", "Wanted 'a', got 'c'"], &["Wanted 'a', got '<name>'"]);
}

#[test]
fn names_and_values_may_differ_in_any_number() {
    templates(
        &[
            "Window of vault_a1 is over, reference 7f3a-9912.",
            "Window of vault_b2 is over, reference 8c-11.",
            "Window of vault_b2 is over, reference 8c-12.",
        ],
        &["Window of <name> is over, reference <name>."],
    );
    templates(
        &[
            "Volume vol-0123456789abcdef0 is odd in eu-west-1",
            "Volume vol-0123456789abcdef1 is odd in eu-west-2",
        ],
        &["Volume <id> is odd in <region>"],
    );
}

#[test]
fn a_name_without_quotes_may_differ_where_all_else_is_equal() {
    templates(
        &[
            "The guard of Example Corp stopped what alice began.",
            "The guard of Example Corp stopped what bob began.",
            "The guard of Example Corp stopped what carol began.",
        ],
        &["The guard of Example Corp stopped what <name> began."],
    );
    // A short message may be another by one word.
    templates(&["Pump froze", "Valve froze"], &["Pump froze", "Valve froze"]);
}

/// The lexicon knows what these words say, and it is not the same.
#[test]
fn words_that_say_something_keep_messages_apart() {
    templates(
        &["The guard let go of the source key at noon", "The guard let go of the destination key at noon"],
        &["The guard let go of the destination key at noon", "The guard let go of the source key at noon"],
    );
}

#[test]
fn case_line_wraps_and_punctuation_do_not_matter() {
    templates(&["Guard stops\n  key 'a'.", "guard stops key 'b'"], &["Guard stops\n  key '<name>'."]);
}

#[test]
fn what_has_no_words_or_too_many_is_no_kind() {
    templates(&["1", "…", "2"], &["<number>", "…"]);
    let long = |end: &str| format!("{} {end}", "lorem ".repeat(200));
    let (one, other) = (long("'a'"), long("'b'"));
    templates(&[&one, &other], &[one.as_str(), other.as_str()]);
    templates(&[], &[]);
}
