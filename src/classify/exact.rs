//! The first tier: root causes of which a wording stands in the message, word for word.

use std::ops::Range;

use super::hundredths;
use super::several::{Spans, Whole, wholes};
use crate::catalogue::{RootCause, Wording};
use crate::diagnosis::Tier;
use crate::matcher::Candidate;
use crate::normalise::{Message, Wrapper, varies};
use crate::pattern::PatternMatch;
use crate::scorer::Scorer;

/// The confidence in a message that is a known wording and nothing else. Not 1: AWS files different troubles under
/// one sentence.
pub(super) const CERTAIN: f64 = 0.99;

/// What an unexplained word weighs. Log lines and mails put a few words of their own around a message, so one says
/// little.
const UNEXPLAINED_WEIGHT: f64 = 0.25;

/// A long sentence stands in a message by chance far less often than a short one.
const LENGTH_EXPONENT: f64 = 1.5;

/// A wording, and the place that it is recognised by.
#[derive(Debug)]
pub(super) struct Recognised<'c> {
    pub(super) root_cause: &'c RootCause,
    pub(super) wording: &'c Wording,
    pub(super) found: PatternMatch,
}

/// A root cause with its best wording.
#[derive(Debug)]
pub(super) struct Exact<'c> {
    pub(super) candidate: Recognised<'c>,
    /// Whether the whole wording stands in the message, or its beginning.
    pub(super) tier: Tier,
    /// Where the wording is a message of its own: nowhere, if it is a part of what another explains better.
    pub(super) places: Vec<Range<usize>>,
    pub(super) confidence: f64,
    /// How many words of the message the wordings of the root cause explain.
    pub(super) explained: usize,
    /// How many words of the message nothing explains.
    pub(super) unexplained: usize,
    /// The words around the messages of the text, those that stand around any message included.
    pub(super) around: String,
}

impl Exact<'_> {
    /// Whether the wording is all that there is, so that nothing else could be meant.
    pub(super) fn is_undisputed(&self) -> bool {
        self.unexplained == 0
    }

    /// Whether the wording is a message of its own, and not a part of what another explains better.
    pub(super) fn is_whole(&self) -> bool {
        !self.places.is_empty()
    }
}

/// The root causes of which a wording stands in the message, the likeliest first. `cut_off` is where a message stands
/// of which the end is missing. `scorer` is asked for only where words stand around a wording.
pub(super) fn rank<'c, 's>(
    candidates: &[Candidate<'c>],
    message: &Message<'_>,
    wrapper: &Wrapper,
    cut_off: Option<&Range<usize>>,
    scorer: impl Fn() -> &'s Scorer,
) -> Vec<Exact<'c>> {
    if candidates.is_empty() {
        return Vec::new();
    }
    let words = words_of(message, wrapper);
    let wholes = wholes(candidates, Spans::union(cut_off));
    let mut ranked: Vec<Exact<'c>> = Vec::new();
    for (index, Candidate { root_cause, wording, places }) in candidates.iter().enumerate() {
        let own = || wholes.iter().filter(|whole| whole.candidate == index).map(|whole| &whole.found);
        let Some(found) = PatternMatch::clearest(own()).or_else(|| PatternMatch::clearest(places)) else {
            continue;
        };
        let explaining = explaining(index, candidates, &wholes, cut_off);
        let explained = wording.pattern.word_count();
        let around = words_around(&words, &explaining);
        let unexplained = around.iter().filter(|word| !scorer().lexicon().is_frame(word)).count();
        let confidence = hundredths(CERTAIN * explained_share(explained, unexplained));
        ranked.push(Exact {
            candidate: Recognised { root_cause, wording, found: found.clone() },
            tier: Tier::Exact,
            places: own().map(|found| found.span.clone()).collect(),
            confidence,
            explained,
            unexplained,
            around: around.join(" "),
        });
    }
    // The id decides last, so that the order of the catalogue's files never does.
    ranked.sort_by(|one, other| {
        (one.candidate.root_cause.unspecific.cmp(&other.candidate.root_cause.unspecific))
            .then(other.confidence.total_cmp(&one.confidence))
            .then(other.explained.cmp(&one.explained))
            .then(one.candidate.found.span.start.cmp(&other.candidate.found.span.start))
            .then(one.candidate.root_cause.id.cmp(&other.candidate.root_cause.id))
            .then(one.candidate.wording.pattern.text().cmp(other.candidate.wording.pattern.text()))
    });
    ranked
}

/// The parts of the text that are explained where a candidate is right: by the wordings of its root cause, by what is
/// known to leave the reason open, and by messages that stand beside it.
fn explaining(
    index: usize,
    candidates: &[Candidate<'_>],
    wholes: &[Whole],
    cut_off: Option<&Range<usize>>,
) -> Spans {
    let id = candidates.get(index).map(|candidate| &candidate.root_cause.id);
    let spans_of = |is_meant: &dyn Fn(&Candidate<'_>) -> bool| -> Vec<&Range<usize>> {
        let meant = candidates.iter().filter(|other| is_meant(other));
        meant.flat_map(|other| &other.places).map(|found| &found.span).collect()
    };
    let own = spans_of(&|other| Some(&other.root_cause.id) == id);
    let leaves_open = spans_of(&|other| other.root_cause.unspecific);
    // Messages overlap no other; what is none is the rival of those that it lies in.
    let is_whole = wholes.iter().any(|whole| whole.candidate == index);
    let rivals = if is_whole { Spans::default() } else { Spans::union(own.iter().copied()) };
    let messages = wholes.iter().map(|whole| &whole.found.span).chain(cut_off);
    let beside = messages.filter(|span| !rivals.overlap(span));
    Spans::union(own.iter().copied().chain(leaves_open).chain(beside))
}

/// The words of a message that are neither an SDK's nor vary from job to job.
pub(super) fn words_of<'m>(message: &'m Message<'_>, wrapper: &Wrapper) -> Vec<(&'m str, Range<usize>)> {
    let wrapped = Spans::union(&wrapper.ranges);
    let is_of_message = |(word, range): &(&str, Range<usize>)| !varies(word) && !wrapped.cover(range);
    message.words_with_ranges().filter(is_of_message).collect()
}

/// Those of the words that stand around what is explained.
pub(super) fn words_around<'m>(words: &[(&'m str, Range<usize>)], explaining: &Spans) -> Vec<&'m str> {
    words.iter().filter(|(_, range)| !explaining.cover(range)).map(|(word, _)| *word).collect()
}

/// How much of what a message says is explained.
#[expect(clippy::cast_precision_loss, reason = "a message has fewer than 2^52 words")]
pub(super) fn explained_share(explained: usize, unexplained: usize) -> f64 {
    let explained = (explained as f64).powf(LENGTH_EXPONENT);
    explained / (explained + UNEXPLAINED_WEIGHT * unexplained as f64)
}
