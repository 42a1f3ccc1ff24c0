//! Manglings that lose something: letters, ends, the order of letters. What they leave may be too little.

use super::Mangling;

pub(super) const LOST_LETTERS: &[Mangling] = &[
    Mangling::changing("? for umlauts", |message| lost(message, "?")),
    Mangling::changing("U+FFFD for umlauts", |message| lost(message, "\u{fffd}")),
    Mangling::changing("two U+FFFD for umlauts", |message| lost(message, "\u{fffd}\u{fffd}")),
    Mangling::changing("umlauts lost", |message| lost(message, "")),
];

pub(super) const TYPOS: &[Mangling] = &[
    Mangling::changing("letters swapped in a word", |message| mistyped(message, 1, swapped)),
    Mangling::changing("letter dropped in a word", |message| mistyped(message, 1, dropped)),
    Mangling::changing("letter doubled in a word", |message| mistyped(message, 1, doubled)),
    Mangling::changing("letters swapped in two words", |message| mistyped(message, 2, swapped)),
    Mangling::changing("letter dropped in two words", |message| mistyped(message, 2, dropped)),
    Mangling::changing("letter doubled in two words", |message| mistyped(message, 2, doubled)),
];

pub(super) const CUT_OFF: &[Mangling] = &[
    Mangling::changing("last tenth", |message| cut(message, 9, 10).to_owned()),
    Mangling::changing("last fifth", |message| cut(message, 4, 5).to_owned()),
    Mangling::changing("last quarter", |message| cut(message, 3, 4).to_owned()),
    Mangling::changing("last fifth, with an ellipsis", |message| format!("{}…", cut(message, 4, 5))),
    Mangling::changing("last fifth, with three dots", |message| format!("{}...", cut(message, 4, 5))),
    Mangling::changing("within a word", |message| within_last_word(message).to_owned()),
    Mangling::changing("within a word, with an ellipsis", |message| {
        format!("{}…", within_last_word(message))
    }),
];

fn lost(text: &str, instead: &str) -> String {
    text.replace(['ü', 'ä', 'ö', 'Ü', 'Ä', 'Ö', 'ß'], instead)
}

/// So many parts of all parts of the text.
fn cut(text: &str, parts: usize, all: usize) -> &str {
    let kept = text.chars().count() * parts / all;
    text.char_indices().nth(kept).map_or(text, |(at, _)| &text[..at])
}

/// The text up to the middle of the last of its long words that stands behind its first three quarters.
fn within_last_word(text: &str) -> &str {
    let words = text.split(' ').map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word));
    let mut long = words.filter(|(at, word)| *at * 4 >= text.len() * 3 && is_long(word));
    long.next_back().map_or(text, |(at, word)| {
        let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
        &text[..at + middle]
    })
}

/// The `count` longest words, the first of equals first, mistyped in the middle.
fn mistyped(text: &str, count: usize, slip: fn(&[char]) -> Vec<char>) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let mut longest: Vec<usize> = (0..words.len()).filter(|index| is_long(&words[*index])).collect();
    longest.sort_by_key(|index| std::cmp::Reverse(words[*index].chars().count()));
    for index in longest.into_iter().take(count) {
        words[index] = slip(&words[index].chars().collect::<Vec<_>>()).into_iter().collect();
    }
    words.join(" ")
}

/// A word of six letters or more, perhaps with a mark behind it.
fn is_long(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',', ':']);
    letters.chars().count() >= 6 && letters.chars().all(char::is_alphabetic)
}

/// Two neighbours that differ, from the middle on.
fn swapped(word: &[char]) -> Vec<char> {
    let mut word = word.to_vec();
    let middle = word.len() / 2;
    if let Some(at) = (middle..word.len() - 1).find(|at| word[*at] != word[at + 1]) {
        word.swap(at, at + 1);
    }
    word
}

fn dropped(word: &[char]) -> Vec<char> {
    let mut word = word.to_vec();
    word.remove(word.len() / 2);
    word
}

fn doubled(word: &[char]) -> Vec<char> {
    let mut word = word.to_vec();
    let middle = word.len() / 2;
    word.insert(middle, word[middle]);
    word
}
