//! A message as words and as what may be another in the next message of its kind: values, names, what stands in quotes.

use std::borrow::Cow;
use std::ops::Range;

use crate::classify::captures::resource_types;
use crate::classify::tokens::{is_separator, quoted};
use crate::lexicon::{Lexicon, Sense};
use crate::normalise::{Words, mask, variables};

/// What stands in quotes is a name, unless it is so long that it is a sentence.
const LONGEST_QUOTE: usize = 128;
const MOST_QUOTED_WORDS: usize = 6;

/// What a part of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word, which may be a name all the same.
    Word,
    /// No word of a language: it has a digit, say.
    Name,
    /// The name of a type of resource, as AWS writes it.
    ResourceType,
    /// What stands in quotes.
    Quoted,
    /// A value of a kind that can be told: an ARN, a Region, a number.
    Value,
}

/// A part of a message, without the punctuation around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
}

impl Part {
    /// The part as it is written.
    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// The part with what varies in it masked.
    pub(crate) fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        mask(self.of(text))
    }

    /// Whether another message of the kind may have something else in its place, whatever that is.
    pub(crate) fn is_free(&self) -> bool {
        self.kind != Kind::Word
    }

    /// Whether the part may be a name: the lexicon knows none of its words.
    pub(crate) fn is_foreign(&self, text: &str, lexicon: &Lexicon) -> bool {
        let words = Words::of(self.of(text));
        lexicon.read(words.as_str(), false).iter().all(|reading| reading.sense == Sense::Foreign)
    }
}

/// The parts of a message, in order.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut known: Vec<Part> = variables(text).map(|range| Part { range, kind: Kind::Value }).collect();
    for range in quoted(text) {
        let inside = text.get(range.clone()).unwrap_or_default();
        let is_name = inside.len() <= LONGEST_QUOTE && inside.split_whitespace().count() <= MOST_QUOTED_WORDS;
        let first = known.partition_point(|part| part.range.end <= range.start);
        let last = known.partition_point(|part| part.range.start < range.end);
        let holds = known.get(first..last).unwrap_or_default();
        let is_value = holds.iter().any(|part| part.range == range);
        if is_name && !is_value && !inside.trim().is_empty() {
            known.splice(first..last, [Part { range, kind: Kind::Quoted }]);
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    let end = Part { range: text.len()..text.len(), kind: Kind::Word };
    for part in known.into_iter().chain([end]) {
        words(text, at..part.range.start, |word| push(text, word, &mut parts));
        at = part.range.end;
        if !part.range.is_empty() {
            push(text, part, &mut parts);
        }
    }
    parts
}

/// Adds a part, or makes the last one longer: `7f3a-9912` is one name and not a word and a number.
fn push(text: &str, part: Part, parts: &mut Vec<Part>) {
    if let Some(last) = parts.last_mut().filter(|last| last.kind != Kind::Quoted && part.kind != Kind::Quoted)
    {
        let between = text.get(last.range.end..part.range.start).unwrap_or(" ");
        if between.bytes().all(|byte| b"-_./@#+".contains(&byte)) {
            *last = Part { range: last.range.start..part.range.end, kind: Kind::Name };
            return;
        }
    }
    parts.push(part);
}

/// Hands on the words of a stretch of the text.
fn words(text: &str, stretch: Range<usize>, mut hand_on: impl FnMut(Part)) {
    let offset = stretch.start;
    let stretch = text.get(stretch).unwrap_or_default();
    let mut start = 0;
    for (at, separator) in stretch.char_indices().chain([(stretch.len(), ' ')]) {
        if !(separator.is_whitespace() || is_separator(separator)) {
            continue;
        }
        let raw = stretch.get(start..at).unwrap_or_default();
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            let before = raw.find(|c: char| c.is_alphanumeric()).unwrap_or_default();
            let begin = offset + start + before;
            hand_on(Part { range: begin..begin + word.len(), kind: kind(raw, word) });
        }
        start = at + separator.len_utf8();
    }
}

/// What a word is, with the punctuation around it and without.
fn kind(raw: &str, word: &str) -> Kind {
    let is_path = raw.starts_with('/') && word.contains('/');
    if is_resource_type(word) {
        Kind::ResourceType
    } else if is_path || is_name(word) {
        Kind::Name
    } else {
        Kind::Word
    }
}

fn is_resource_type(word: &str) -> bool {
    resource_types(word) == [word]
}

/// Whether no language has such a word. `ROLLBACK_IN_PROGRESS` is the name of a state, which says something.
fn is_name(word: &str) -> bool {
    let is_state = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit()) && !is_resource_type(part);
    // A `DB2-Instanz` has a name, an `EC2-Instanz` has none.
    word.split('-').any(has_digit) || word.contains('@') || (word.contains('_') && !is_state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn has(text: &str, expected: &[(&str, Kind)]) {
        let parts = parts(text);
        let found: Vec<_> = parts.iter().map(|part| (part.of(text), part.kind)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_names_values_and_what_stands_in_quotes_are_told_apart() {
        use Kind::{Name, Quoted, ResourceType, Value, Word};
        has(
            "Vault 'pröd a' (eu-west-1), gone!",
            &[("Vault", Word), ("pröd a", Quoted), ("eu-west-1", Value), ("gone", Word)],
        );
        has("Reference 7f3a-9912.", &[("Reference", Word), ("7f3a-9912", Name)]);
        has("key 'snap-0123456789abcdef0'", &[("key", Word), ("snap-0123456789abcdef0", Value)]);
        has(
            "my_db is CREATE_FAILED 0x1F",
            &[("my_db", Name), ("is", Word), ("CREATE_FAILED", Word), ("0x1F", Name)],
        );
        has("a@b.example said \"1 of 2\"", &[("a@b.example", Name), ("said", Word), ("1 of 2", Quoted)]);
        has(
            "EC2 of EC2-Instanz db2-x",
            &[("EC2", ResourceType), ("of", Word), ("EC2-Instanz", Word), ("db2-x", Name)],
        );
        has("/data/reports and/or", &[("data/reports", Name), ("and/or", Word)]);
        has("…", &[]);
        has("", &[]);
    }

    /// A message as a whole in quotes is no name.
    #[test]
    fn a_sentence_in_quotes_is_a_sentence() {
        let parts = parts("\"this is a whole sentence that somebody quoted\"");
        assert!(parts.iter().all(|part| part.kind == Kind::Word) && parts.len() == 8);
    }
}
