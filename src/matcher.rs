//! Finds every wording of the catalogue in a message, in one pass over its words.
//!
//! One automaton looks for the longest run of words of every pattern; only patterns whose run occurs are
//! then compared in full. Which of them is right is decided in `classify`.

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
    /// Where it stands and what it captured.
    pub found: PatternMatch,
}

/// The automaton over a catalogue's patterns.
#[derive(Debug, Clone)]
pub struct Matcher {
    automaton: AhoCorasick,
    /// Root cause and wording, as positions in the catalogue, of each of the automaton's patterns.
    patterns: Vec<(usize, usize)>,
}

impl Matcher {
    /// Builds the automaton for a catalogue.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "fails beyond 2 GB of patterns; a catalogue file is 256 KB at most"
    )]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut anchors = Vec::new();
        let mut patterns = Vec::new();
        for (cause_index, cause) in catalogue.root_causes().iter().enumerate() {
            for (wording_index, wording) in cause.patterns.iter().enumerate() {
                anchors.push(wording.pattern.anchor().as_str());
                patterns.push((cause_index, wording_index));
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(anchors)
            .expect("a catalogue is smaller than the automaton's limit");
        Self { automaton, patterns }
    }

    /// Every wording of `catalogue` that stands in the message, in the catalogue's order.
    ///
    /// `catalogue` must be the one that the matcher was built for.
    #[must_use]
    pub fn candidates<'c>(&self, catalogue: &'c Catalogue, message: &Message<'_>) -> Vec<Candidate<'c>> {
        let mut occurring: Vec<usize> = self
            .automaton
            .find_overlapping_iter(message.words().as_str())
            .map(|occurrence| occurrence.pattern().as_usize())
            .collect();
        occurring.sort_unstable();
        occurring.dedup();
        occurring
            .into_iter()
            .filter_map(|pattern| {
                let (cause_index, wording_index) = *self.patterns.get(pattern)?;
                let root_cause = catalogue.root_causes().get(cause_index)?;
                let wording = root_cause.patterns.get(wording_index)?;
                let found = wording.pattern.find(message)?;
                Some(Candidate { root_cause, wording, found })
            })
            .collect()
    }
}
