//! Finds every wording of the catalogue in a message, in one pass over its words.
//!
//! One automaton looks for the longest run of words of every pattern; only patterns whose run occurs are
//! then compared in full. Which of them is right is decided in `classify`.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::catalogue::{Catalogue, RootCause, Wording};
use crate::normalise::Message;
use crate::pattern::PatternMatch;

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
#[derive(Debug)]
pub struct Matcher {
    /// The longest run of words of each pattern.
    anchors: Vec<String>,
    /// Root cause and wording, as positions in the catalogue, of each of them.
    patterns: Vec<(usize, usize)>,
    automaton: OnceLock<AhoCorasick>,
    /// How many messages came before there was an automaton.
    messages: AtomicUsize,
}

impl Clone for Matcher {
    fn clone(&self) -> Self {
        Self {
            anchors: self.anchors.clone(),
            patterns: self.patterns.clone(),
            automaton: self.automaton.clone(),
            messages: AtomicUsize::new(0),
        }
    }
}

impl Matcher {
    /// A matcher for a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut anchors = Vec::new();
        let mut patterns = Vec::new();
        for (cause_index, cause) in catalogue.root_causes().iter().enumerate() {
            for (wording_index, wording) in cause.patterns.iter().enumerate() {
                anchors.push(wording.pattern.anchor().as_str().to_owned());
                patterns.push((cause_index, wording_index));
            }
        }
        Self { anchors, patterns, automaton: OnceLock::new(), messages: AtomicUsize::new(0) }
    }

    /// The patterns whose longest run of words occurs, in order.
    fn occurring(&self, words: &str) -> Vec<usize> {
        let is_first = self.automaton.get().is_none();
        if is_first && self.messages.fetch_add(1, Ordering::Relaxed) < FEW_MESSAGES {
            let occurs = |(index, anchor): (usize, &String)| words.contains(anchor.as_str()).then_some(index);
            return self.anchors.iter().enumerate().filter_map(occurs).collect();
        }
        let found = self.automaton().find_overlapping_iter(words);
        let mut occurring: Vec<usize> = found.map(|occurrence| occurrence.pattern().as_usize()).collect();
        occurring.sort_unstable();
        occurring.dedup();
        occurring
    }

    #[expect(
        clippy::expect_used,
        reason = "fails beyond 2 GB of patterns; a catalogue file is 256 KB at most"
    )]
    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(&self.anchors)
                .expect("a catalogue is smaller than the automaton's limit")
        })
    }

    /// Every wording of `catalogue` that stands in the message, in the catalogue's order.
    ///
    /// `catalogue` must be the one that the matcher was built for.
    #[must_use]
    pub fn candidates<'c>(&self, catalogue: &'c Catalogue, message: &Message<'_>) -> Vec<Candidate<'c>> {
        self.occurring(message.words().as_str())
            .into_iter()
            .filter_map(|pattern| {
                let (cause_index, wording_index) = *self.patterns.get(pattern)?;
                let root_cause = catalogue.root_causes().get(cause_index)?;
                let wording = root_cause.patterns.get(wording_index)?;
                let places = wording.pattern.places(message);
                (!places.is_empty()).then_some(Candidate { root_cause, wording, places })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first messages are looked at without an automaton, the later ones with it.
    #[test]
    fn the_way_of_looking_changes_nothing() {
        let catalogue = Catalogue::builtin();
        let matcher = Matcher::new(&catalogue);
        let messages: Vec<&str> = catalogue
            .root_causes()
            .iter()
            .flat_map(|cause| &cause.examples)
            .map(|it| it.message.as_str())
            .collect();
        for text in messages {
            let words = crate::normalise::Words::of(text);
            let fresh = Matcher::new(&catalogue);
            matcher.automaton();
            assert_eq!(fresh.occurring(words.as_str()), matcher.occurring(words.as_str()), "{text}");
        }
    }
}
