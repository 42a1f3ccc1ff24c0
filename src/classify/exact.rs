//! The first tier: root causes of which a wording stands in the message, word for word.

use std::ops::Range;

use super::hundredths;
use crate::matcher::Candidate;
use crate::normalise::{Message, Wrapper, varies};
use crate::scorer::Scorer;

/// The confidence in a message that is a known wording and nothing else. Not 1: AWS files different troubles under
/// one sentence.
pub(super) const CERTAIN: f64 = 0.99;

/// What an unexplained word weighs. Log lines and mails put a few words of their own around a message, so one says
/// little.
const UNEXPLAINED_WEIGHT: f64 = 0.25;

/// A long sentence stands in a message by chance far less often than a short one.
const LENGTH_EXPONENT: f64 = 1.5;

/// A root cause with its best wording.
#[derive(Debug)]
pub(super) struct Exact<'c> {
    pub(super) candidate: Candidate<'c>,
    pub(super) confidence: f64,
    /// How many words of the message the wordings of the root cause explain.
    pub(super) explained: usize,
    /// How many words of the message nothing explains.
    pub(super) unexplained: usize,
    /// The words around the wordings of the root cause, those that stand around any message included.
    pub(super) around: String,
}

impl Exact<'_> {
    /// Whether the wording is all that there is, so that nothing else could be meant.
    pub(super) fn is_undisputed(&self) -> bool {
        self.unexplained == 0
    }
}

/// The root causes of which a wording stands in the message, the likeliest first. `scorer` is asked for only where
/// words stand around it.
pub(super) fn rank<'c, 's>(
    candidates: Vec<Candidate<'c>>,
    message: &Message<'_>,
    wrapper: &Wrapper,
    scorer: impl Fn() -> &'s Scorer,
) -> Vec<Exact<'c>> {
    let words: Vec<(&str, Range<usize>)> = message.words_with_ranges().collect();
    let spans: Vec<Vec<Range<usize>>> =
        candidates.iter().map(|candidate| candidate.wording.pattern.spans(message)).collect();
    let mut ranked: Vec<Exact<'c>> = Vec::new();
    for candidate in &candidates {
        // What is known to leave the reason open explains words, but is no rival.
        let others = candidates.iter().zip(&spans).filter(|(other, _)| {
            other.root_cause.id == candidate.root_cause.id || other.root_cause.unspecific
        });
        let explaining: Vec<&Range<usize>> = others.flat_map(|(_, spans)| spans).collect();
        let is_explained = |range: &Range<usize>| {
            explaining.iter().any(|span| span.start <= range.start && range.end <= span.end)
        };
        let explained = candidate.wording.pattern.word_count();
        let around: Vec<&str> = words
            .iter()
            .filter(|(word, range)| !varies(word) && !is_explained(range) && !wrapper.covers(range))
            .map(|(word, _)| *word)
            .collect();
        let unexplained = around.iter().filter(|word| !scorer().lexicon().is_frame(word)).count();
        let confidence = hundredths(CERTAIN * explained_share(explained, unexplained));
        let around = around.join(" ");
        ranked.push(Exact { candidate: candidate.clone(), confidence, explained, unexplained, around });
    }
    // The id decides last, so that the order of the catalogue's files never does.
    ranked.sort_by(|one, other| {
        (one.candidate.root_cause.unspecific.cmp(&other.candidate.root_cause.unspecific))
            .then(other.confidence.total_cmp(&one.confidence))
            .then(other.explained.cmp(&one.explained))
            .then(one.candidate.root_cause.id.cmp(&other.candidate.root_cause.id))
            .then(one.candidate.wording.pattern.text().cmp(other.candidate.wording.pattern.text()))
    });
    ranked
}

#[expect(clippy::cast_precision_loss, reason = "a message has fewer than 2^52 words")]
fn explained_share(explained: usize, unexplained: usize) -> f64 {
    let explained = (explained as f64).powf(LENGTH_EXPONENT);
    explained / (explained + UNEXPLAINED_WEIGHT * unexplained as f64)
}
