//! Finds every wording of the catalogue in a message, in one pass over its words.
//!
//! One automaton looks for the longest run of words of every pattern; only patterns whose run occurs are
//! then compared in full. Which of them is right is decided in `classify`.

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;

use crate::catalogue::{Catalogue, RootCause, Wording};
use crate::normalise::Message;
use crate::pattern::PatternMatch;
use crate::shortcut::Shortcut;

/// A wording that stands in a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'c> {
    /// The root cause that the wording belongs to.
    pub root_cause: &'c RootCause,
    /// The wording.
    pub wording: &'c Wording,
    /// Every place where it stands, in order, and what it captured there; at least one.
    pub places: Vec<PatternMatch>,
}

/// For so few messages it costs less to look for one pattern after another than to build an automaton.
const FEW_MESSAGES: usize = 16;

/// Looks for a catalogue's patterns.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// Root cause and wording, as positions in the catalogue, of each pattern.
    patterns: Vec<(usize, usize)>,
    /// The longest run of words of each.
    anchors: Needles,
    /// The first words of each.
    openings: Needles,
}

impl Matcher {
    /// A matcher for a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let causes = catalogue.root_causes().iter().enumerate();
        let patterns = causes
            .flat_map(|(cause, it)| (0..it.patterns.len()).map(move |wording| (cause, wording)))
            .collect();
        let wordings = || catalogue.root_causes().iter().flat_map(|cause| &cause.patterns);
        let anchors = wordings().map(|wording| wording.pattern.anchor().as_str()).collect();
        let openings = wordings().map(|wording| wording.pattern.opening()).collect();
        Self { patterns, anchors, openings }
    }

    /// Every wording of `catalogue` that stands in the message, in the catalogue's order.
    ///
    /// `catalogue` must be the one that the matcher was built for.
    #[must_use]
    pub fn candidates<'c>(&self, catalogue: &'c Catalogue, message: &Message<'_>) -> Vec<Candidate<'c>> {
        let found = self.wordings(catalogue, self.anchors.occurring(message.words().as_str()));
        found
            .filter_map(|(root_cause, wording)| {
                let places = wording.pattern.places(message);
                (!places.is_empty()).then_some(Candidate { root_cause, wording, places })
            })
            .collect()
    }

    /// Every wording of `catalogue` of which more than two words may stand at the end of the message, in the
    /// catalogue's order.
    ///
    /// `catalogue` must be the one that the matcher was built for.
    pub(crate) fn openings<'c>(
        &self,
        catalogue: &'c Catalogue,
        message: &Message<'_>,
    ) -> impl Iterator<Item = (&'c RootCause, &'c Wording)> {
        self.wordings(catalogue, self.openings.occurring(message.words().as_str()))
    }

    fn wordings<'c>(
        &self,
        catalogue: &'c Catalogue,
        patterns: Vec<usize>,
    ) -> impl Iterator<Item = (&'c RootCause, &'c Wording)> {
        patterns.into_iter().filter_map(|pattern| {
            let (cause, wording) = *self.patterns.get(pattern)?;
            let root_cause = catalogue.root_causes().get(cause)?;
            Some((root_cause, root_cause.patterns.get(wording)?))
        })
    }
}

/// Texts that are looked for all at once.
#[derive(Debug, Clone)]
struct Needles {
    texts: Vec<String>,
    automaton: Shortcut<AhoCorasick>,
}

impl<'t> FromIterator<&'t str> for Needles {
    fn from_iter<T: IntoIterator<Item = &'t str>>(texts: T) -> Self {
        let texts = texts.into_iter().map(str::to_owned).collect();
        Self { texts, automaton: Shortcut::default() }
    }
}

impl Needles {
    /// Which of them occur, in order.
    fn occurring(&self, words: &str) -> Vec<usize> {
        match self.automaton.get(FEW_MESSAGES, || self.automaton()) {
            Some(automaton) => Self::found_by(automaton, words),
            None => self.found_one_by_one(words),
        }
    }

    fn found_one_by_one(&self, words: &str) -> Vec<usize> {
        let pairs = Pairs::of(words);
        let occurs =
            |text: &str| pairs.may_have(text) && memmem::find(words.as_bytes(), text.as_bytes()).is_some();
        let found = self.texts.iter().enumerate().filter(|(_, text)| occurs(text));
        found.map(|(index, _)| index).collect()
    }

    fn found_by(automaton: &AhoCorasick, words: &str) -> Vec<usize> {
        let found = automaton.find_overlapping_iter(words);
        let mut occurring: Vec<usize> = found.map(|occurrence| occurrence.pattern().as_usize()).collect();
        occurring.sort_unstable();
        occurring.dedup();
        occurring
    }

    #[expect(
        clippy::expect_used,
        reason = "fails beyond 2 GB of patterns; a catalogue file is 256 KB at most"
    )]
    fn automaton(&self) -> AhoCorasick {
        AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&self.texts)
            .expect("a catalogue is smaller than the automaton's limit")
    }
}

/// Which pairs of bytes stand in a text, but for some that are taken for one another: looking for a text that has others
/// is needless, and costs more than this.
struct Pairs([u64; Self::WORDS]);

impl Pairs {
    const WORDS: usize = 16;

    fn of(text: &str) -> Self {
        let mut pairs = Self([0; Self::WORDS]);
        for (word, bit) in Self::places(text) {
            if let Some(word) = pairs.0.get_mut(word) {
                *word |= bit;
            }
        }
        pairs
    }

    fn may_have(&self, text: &str) -> bool {
        Self::places(text).all(|(word, bit)| self.0.get(word).is_some_and(|word| word & bit != 0))
    }

    /// The place of each pair of a text: a word, and the bit in it.
    fn places(text: &str) -> impl Iterator<Item = (usize, u64)> {
        text.as_bytes().windows(2).map(|pair| {
            let [one, other] = [0, 1].map(|at| usize::from(pair.get(at).copied().unwrap_or_default()));
            let place = one * 31 + other;
            (place / 64 % Self::WORDS, 1 << (place % 64))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_finds_what_the_original_finds() {
        let catalogue = Catalogue::builtin();
        let matcher = Matcher::new(&catalogue);
        let message = Message::new("Access Denied trying to call AWS Backup service");
        let found = matcher.candidates(&catalogue, &message);
        assert!(!found.is_empty());
        assert_eq!(matcher.clone().candidates(&catalogue, &message), found);
    }

    /// The first messages are looked at without an automaton, the later ones with it.
    #[test]
    fn the_way_of_looking_changes_nothing() {
        let catalogue = Catalogue::builtin();
        let needles = Matcher::new(&catalogue).anchors;
        let automaton = needles.automaton();
        for message in catalogue.root_causes().iter().flat_map(|cause| &cause.examples) {
            let words = crate::normalise::Words::of(&message.message);
            let found = needles.found_one_by_one(words.as_str());
            assert_eq!(found, Needles::found_by(&automaton, words.as_str()), "{}", message.message);
        }
    }
}
