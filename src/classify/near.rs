//! What the second tier finds: how near a message comes to the root causes, as a whole or in a part of it.

use std::ops::Range;

use super::seen::Seen;
use super::{LEAST_CONFIDENCE, similar};
use crate::catalogue::Catalogue;
use crate::scorer::{Read, Run, Score, Scorer, runs};

/// Short of what a whole message can be: nobody knows what the rest of the text is about.
const MOST_CONFIDENT_OF_PART: f64 = 0.85;

/// How near what a text says comes to the root causes.
pub(super) struct Near<'c> {
    /// What of the message's text it is: all, or a part.
    pub(super) range: Range<usize>,
    /// The words that were read.
    pub(super) words: String,
    /// The root causes, the nearest first.
    pub(super) scores: Vec<Score<'c>>,
    /// How likely the first is the root cause.
    pub(super) confidence: f64,
}

impl<'c> Near<'c> {
    /// The message as a whole, and what was read of it.
    pub(super) fn whole(seen: &Seen<'c, '_>, scorer: &Scorer, catalogue: &'c Catalogue) -> (Read, Self) {
        let words = seen.words();
        let read = scorer.read(&words);
        let scores = scorer.scores(catalogue, &read);
        let confidence = if read.tells_of_trouble() { similar::confidence(&scores) } else { 0.0 };
        (read, Self { range: 0..seen.message.text().len(), words, scores, confidence })
    }

    /// The part of a text that tells what went wrong, where the text is about copying; none where parts tell of several
    /// root causes.
    pub(super) fn part(seen: &Seen<'c, '_>, scorer: &Scorer, catalogue: &'c Catalogue) -> Option<Self> {
        if !scorer.lexicon().is_about_copying(seen.message.words().as_str()) {
            return None;
        }
        let of_run = |Run { range, words }: Run| {
            let read = scorer.read(&words);
            if !read.tells_of_trouble() || read.is_expected() {
                return None;
            }
            let scores = scorer.scores(catalogue, &read);
            let confidence = similar::confidence(&scores).min(MOST_CONFIDENT_OF_PART);
            Some(Self { range, words, scores, confidence })
        };
        let runs = runs(seen.message.text(), &seen.wrapper, scorer.lexicon()).into_iter().filter_map(of_run);
        let telling: Vec<Self> = runs.filter(|run| run.confidence >= LEAST_CONFIDENCE).collect();
        let cause = |run: &Self| run.scores.first().map(|best| &best.root_cause.id);
        let is_torn =
            telling.windows(2).any(|pair| matches!(pair, [one, other] if cause(one) != cause(other)));
        // Of equals the first, which is the shorter.
        let best = telling.into_iter().rev().max_by(|one, other| one.confidence.total_cmp(&other.confidence));
        best.filter(|_| !is_torn)
    }
}
