//! What one word says: as it stands, by its parts, by its beginning, or as a typo of another.

use super::stem::stem;
use super::{Lexicon, Meaning, Sense};

/// A shorter word is no compound.
const LEAST_COMPOUND: usize = 7;

/// A longer word is none either, in no language: every place where it could be cut would be looked at.
const LONGEST_COMPOUND: usize = 80;

impl Lexicon {
    /// The sense of a word that is spelt so.
    pub(super) fn sense_of_word(&self, word: &str) -> Sense {
        // What is silent as it stands (`die`, `has`) may share its stem with a word that is not.
        if self.silent.contains(word) {
            return Sense::Silent;
        }
        let known = self.by_stem.get(stem(word));
        if let Some(meanings) = known.or_else(|| self.compound(word, 2)).or_else(|| self.beginning(word)) {
            return Sense::Meanings(meanings);
        }
        let stem = stem(word);
        if self.silent.contains(stem) {
            Sense::Silent
        } else if self.frame.contains(stem) {
            Sense::Frame
        } else {
            Sense::Foreign
        }
    }

    /// The meanings of the longest beginning that the word has.
    fn beginning(&self, word: &str) -> Option<Vec<Meaning>> {
        self.by_beginning.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, it)| it.clone())
    }

    /// The meanings of the parts of a compound: `quell|snapshot`, `aufbewahrung|s|dauer`. The longest first part wins.
    fn compound(&self, word: &str, deepest: usize) -> Option<Vec<Meaning>> {
        /// What German puts between the parts.
        const LINKS: [&str; 6] = ["", "s", "n", "en", "es", "e"];
        /// Shorter words are found in any word.
        const LEAST_PART: usize = 3;
        if !(LEAST_COMPOUND..=LONGEST_COMPOUND).contains(&word.len()) {
            return None;
        }
        let splits = (LEAST_PART..=word.len() - LEAST_PART).rev().filter(|at| word.is_char_boundary(*at));
        splits.into_iter().find_map(|at| {
            let (first, rest) = word.split_at(at);
            let first = LINKS.iter().find_map(|link| {
                let part = first.strip_suffix(link).filter(|part| part.len() >= LEAST_PART)?;
                self.part(part)
            })?;
            let nested = || (deepest > 0).then(|| self.compound(rest, deepest - 1)).flatten();
            let known = self.by_stem.get(stem(rest));
            let rest = known.or_else(nested).or_else(|| self.beginning(rest))?;
            Some([first, rest].concat())
        })
    }

    /// The meanings of a word as the first part of a compound: a beginning (`kopier*`) ends where the part does.
    fn part(&self, part: &str) -> Option<Vec<Meaning>> {
        /// `verschlusselung` is three letters longer than `verschlussel*`.
        const LONGEST_ENDING: usize = 3;
        self.by_stem.get(stem(part)).or_else(|| {
            let is_whole = |beginning: &str| part.len() - beginning.len() <= LONGEST_ENDING;
            let mut beginnings = self.by_beginning.iter();
            beginnings
                .find(|(beginning, _)| part.starts_with(beginning) && is_whole(beginning))
                .map(|(_, it)| it.clone())
        })
    }

    /// The sense of the word that this one is most likely a typo of.
    pub(super) fn typo(&self, word: &str) -> Sense {
        let stem = stem(word);
        let as_written = self.by_form.nearest(word);
        let by_stem = self.by_stem.nearest(stem);
        // A slip in an ending makes another stem; a slip elsewhere is found with any ending.
        let best = match (as_written, by_stem) {
            (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
            (one, other) => one.or(other),
        };
        best.map_or(Sense::Foreign, |(_, meanings)| Sense::Meanings(meanings))
    }
}
