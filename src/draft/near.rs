//! What comes near a message: near misses for its entry, and the language that it is in.

use std::collections::BTreeSet;

use super::entry::NearMiss;
use crate::catalogue::{Catalogue, Evidence, Example, RootCause};
use crate::language::Language;
use crate::normalise::{Message, Words};

/// More near misses teach nothing more.
const MOST_NEAR_MISSES: usize = 3;

/// German words that English has not, and English words that German has not.
const GERMAN: &[&str] = &[
    "auf", "aus", "das", "dem", "den", "der", "die", "ein", "eine", "fur", "ist", "kann", "mit", "nach",
    "nicht", "oder", "sie", "sind", "und", "von", "wegen", "werden", "wird", "wurde", "zu", "zum", "zur",
];
const ENGLISH: &[&str] = &[
    "a", "and", "are", "be", "been", "by", "cannot", "could", "does", "for", "from", "has", "is", "not",
    "of", "on", "or", "that", "the", "this", "to", "with",
];

/// The language that a message is in: that of more of its small words.
pub(super) fn language_of(message: &str) -> Language {
    let words = Words::of(message);
    let count = |list: &[&str]| words.as_str().split(' ').filter(|word| list.contains(word)).count();
    let (german, english) = (count(GERMAN), count(ENGLISH));
    let has_umlaut = message.chars().any(|c| "äöüÄÖÜß".contains(c));
    if german > english || (german == english && has_umlaut) { Language::De } else { Language::En }
}

/// Messages of the nearest root causes, or of the one whose words are most like the message's where none comes near.
pub(super) fn near_misses(
    nearest: &[&RootCause],
    messages: &[String],
    catalogue: &Catalogue,
    language: Language,
) -> Vec<NearMiss> {
    let near: Vec<NearMiss> = nearest
        .iter()
        .take(MOST_NEAR_MISSES)
        .filter_map(|cause| Some(near_miss(cause, documented(cause, language)?, true)))
        .collect();
    if !near.is_empty() {
        return near;
    }
    let own = words_of(messages.first().map_or("", String::as_str));
    // In parts of a thousand, so that a long message is not like everything.
    let common = |example: &Example| {
        let words = words_of(&example.message);
        own.intersection(&words).count() * 1000 / own.union(&words).count().max(1)
    };
    let all = catalogue.root_causes().iter().filter_map(|cause| {
        let in_language = cause.examples.iter().filter(|example| example.language == language);
        let best =
            in_language.max_by_key(|example| (common(example), std::cmp::Reverse(&example.message)))?;
        Some((common(best), cause, best))
    });
    // The root causes stand in the order of their ids, of which the first wins.
    let best = all.rev().max_by_key(|(common, ..)| *common);
    best.map(|(_, cause, example)| near_miss(cause, example, false)).into_iter().collect()
}

fn near_miss(cause: &RootCause, example: &Example, is_near: bool) -> NearMiss {
    NearMiss {
        message: example.message.clone(),
        id: cause.id.clone(),
        title: cause.title.en.clone(),
        is_near,
    }
}

/// An example of a wording that AWS documents, in the language of the message, as far as there is one.
fn documented(cause: &RootCause, language: Language) -> Option<&Example> {
    let is_documented = |example: &&Example| {
        let message = Message::new(&example.message);
        let documented = cause.patterns.iter().filter(|wording| wording.evidence == Evidence::Documented);
        documented
            .filter(|wording| wording.language == language)
            .any(|it| it.pattern.find(&message).is_some())
    };
    let in_language = || cause.examples.iter().filter(|example| example.language == language);
    in_language()
        .find(is_documented)
        .or_else(|| in_language().next())
        .or_else(|| cause.examples.iter().next())
}

fn words_of(message: &str) -> BTreeSet<String> {
    Words::of(message).as_str().split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_small_words() {
        for (message, language) in [
            ("The copy is gone", Language::En),
            ("Die Kopie ist weg", Language::De),
            ("Schlüssel ungültig", Language::De),
            ("Abort signal detected", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(language_of(message), language, "{message}");
        }
    }

    #[test]
    fn where_nothing_comes_near_there_is_a_near_miss_all_the_same() {
        let catalogue = Catalogue::builtin();
        let found = near_misses(&[], &["Abort signal detected".to_owned()], &catalogue, Language::En);
        assert!(found.len() == 1 && !found[0].is_near);
    }
}
