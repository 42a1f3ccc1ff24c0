//! What a message and a wording have in common, word by word, as an explanation shows it.

use super::set::Set;
use super::{FOREIGN_WEIGHT, Scorer};
use crate::catalogue::Wording;
use crate::lexicon::{Meaning, Reading, Sense};
use crate::normalise::varies;

/// A word of a wording, what it weighs, and whether the message has it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordScore {
    /// The word as it stands in the message, or the meaning's name where the message lacks it.
    pub word: String,
    /// What it weighs.
    pub weight: f64,
    /// Whether both have it, only the wording, or only the message.
    pub found_in: FoundIn,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundIn {
    /// In the message and in the wording: it speaks for the root cause.
    Both,
    /// Only in the wording.
    Wording,
    /// Only in the message.
    Message,
}

impl FoundIn {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Wording => "wording",
            Self::Message => "message",
        }
    }
}

impl Scorer {
    /// The words that a message and a wording have in common and those that only one of them has, the weightiest
    /// first.
    #[must_use]
    pub fn words(&self, wording: &Wording, words: &str) -> Vec<WordScore> {
        let own = self.lexicon.meanings(&wording.pattern.words());
        let set = Set::of(&own);
        let mut scores: Vec<WordScore> = Vec::new();
        let mut heard = Vec::new();
        for Reading { text, sense, .. } in self.lexicon.read(words, true) {
            match sense {
                Sense::Meanings(meanings) => {
                    for meaning in meanings {
                        if heard.contains(&meaning) {
                            continue;
                        }
                        heard.push(meaning);
                        let found_in = if set.contains(meaning) { FoundIn::Both } else { FoundIn::Message };
                        let weight = self.weight(meaning);
                        scores.push(WordScore { word: text.to_owned(), weight, found_in });
                    }
                }
                Sense::Foreign if !varies(text) => scores.push(WordScore {
                    word: text.to_owned(),
                    weight: FOREIGN_WEIGHT,
                    found_in: FoundIn::Message,
                }),
                Sense::Foreign | Sense::Silent | Sense::Frame => {}
            }
        }
        let seen = Set::of(&heard);
        let mut missing = own;
        missing.sort_unstable();
        missing.dedup();
        scores.extend(missing.into_iter().filter(|meaning| !seen.contains(*meaning)).map(|meaning| {
            WordScore {
                word: self.lexicon.name(meaning).to_owned(),
                weight: self.weight(meaning),
                found_in: FoundIn::Wording,
            }
        }));
        scores.sort_by(|one, other| {
            (one.found_in.cmp(&other.found_in))
                .then(other.weight.total_cmp(&one.weight))
                .then(one.word.cmp(&other.word))
        });
        scores
    }

    fn weight(&self, meaning: Meaning) -> f64 {
        self.weights.get(meaning.index()).copied().unwrap_or(FOREIGN_WEIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    /// The words of a wording and of a message, each with where it stands, and what they weigh.
    fn scores(id: &str, message: &str) -> (Vec<String>, Vec<f64>) {
        let catalogue = Catalogue::builtin();
        let scorer = Scorer::new(&catalogue);
        let wording = &catalogue.get(id).expect("a root cause").patterns[0];
        let scores = scorer.words(wording, message);
        let shown = scores.iter().map(|score| format!("{} {}", score.found_in.name(), score.word));
        (shown.collect(), scores.iter().map(|score| score.weight).collect())
    }

    #[test]
    fn each_word_stands_where_it_does_and_what_varies_nowhere() {
        let (words, weights) = scores("key-not-found", "the key zyqhaven 1234abcd role is not there");
        let expected = [
            "both key",
            "both not",
            "wording id",
            "wording exist",
            "wording specify",
            "message role",
            "message zyqhaven",
        ];
        assert_eq!(words, expected);
        // The rarer a word, the more it weighs; what nobody knows weighs half.
        for group in [&weights[..2], &weights[2..5], &weights[5..]] {
            assert!(group.is_sorted_by(|one, other| one > other), "{weights:?}");
        }
        assert_eq!(weights[6], FOREIGN_WEIGHT);
    }
}
