//! Between the tiers: root causes of which a message that was cut off has the beginning of a wording, word for word.

use std::cmp::Ordering;
use std::ops::Range;

use super::exact::{CERTAIN, Exact, Recognised, explained_share, words_around, words_of};
use super::hundredths;
use super::several::{Spans, is_beside};
use crate::catalogue::{RootCause, Wording};
use crate::diagnosis::Tier;
use crate::lexicon::{Lexicon, Sense};
use crate::normalise::{Message, Wrapper, varies};
use crate::pattern::Beginning;
use crate::scorer::Scorer;

/// Of a shorter beginning nobody can say how it goes on.
const LEAST_SHARE: f64 = 0.6;

/// Fewer words begin many sentences.
const LEAST_WORDS: usize = 3;

/// The root causes within whose wordings the message ends, the likeliest first; none where too little of any is there.
/// Where several wordings are still the same, they share the confidence by how much of each is there.
///
/// `openings` are the wordings that may begin in the message, those of a root cause together.
/// `exact` are the wordings that stand in it from end to end. Where they have nothing around them, nothing was
/// cut off. Beside a message a beginning is one of its own; else it has to go on where the message ends that it begins
/// with, or that leaves the reason open anyway.
pub(super) fn rank<'c, 's, O: Iterator<Item = (&'c RootCause, &'c Wording)>>(
    openings: impl FnOnce() -> O,
    message: &Message<'_>,
    wrapper: &Wrapper,
    exact: &[Exact<'c>],
    scorer: impl Fn() -> &'s Scorer,
) -> Vec<Exact<'c>> {
    let first = exact.first();
    if message.words().is_empty() || first.is_some_and(|first| first.around.is_empty()) {
        return Vec::new();
    }
    let leaves_open = first.filter(|first| first.candidate.root_cause.unspecific);
    let messages = Spans::union(exact.iter().flat_map(|whole| &whole.places));
    let goes_on = |beginning: &Beginning| {
        let span = &beginning.found.span;
        let goes_on_from = |whole: &Exact<'_>| {
            let begins = |place: &Range<usize>| is_beside(place, span) || span.start <= place.start;
            let is_overlapped = whole.places.iter().any(|place| !is_beside(place, span));
            !is_overlapped || (whole.places.iter().all(begins) && beginning.word_count > whole.explained)
        };
        exact.iter().all(goes_on_from) && leaves_open.is_none_or(|it| beginning.word_count > it.explained)
    };
    // As anywhere, what leaves the reason open is no message beside one that gives it.
    let tells = |root_cause: &RootCause, beginning: &Beginning| {
        let is_alone = leaves_open.is_some() || exact.is_empty();
        !root_cause.unspecific || is_alone || messages.overlap(&beginning.found.span)
    };
    let elsewhere = Spans::union(wrapper.ranges.iter().chain(exact.iter().flat_map(|whole| &whole.places)));
    let begins_a_sentence = |beginning: &Beginning| {
        !is_within_a_sentence(message, &elsewhere, scorer().lexicon(), beginning.found.span.start)
    };
    let mut ranked: Vec<(&RootCause, &Wording, Beginning)> = Vec::new();
    for (root_cause, wording) in openings() {
        let beginning = wording.pattern.beginning(message).filter(goes_on).filter(begins_a_sentence);
        let Some(beginning) = beginning.filter(|it| tells(root_cause, it)) else { continue };
        match ranked.last_mut().filter(|(other, ..)| other.id == root_cause.id) {
            None => ranked.push((root_cause, wording, beginning)),
            // Of equals the first in the file stays.
            Some(best) if extent(&beginning) > extent(&best.2) => *best = (root_cause, wording, beginning),
            Some(_) => {}
        }
    }
    // Of equals the first by id, as the catalogue is sorted.
    ranked
        .sort_by(|(.., one), (.., other)| extent(other).partial_cmp(&extent(one)).unwrap_or(Ordering::Equal));
    let most = ranked.first().map_or(0, |(.., best)| best.word_count);
    ranked.retain(|(.., beginning)| beginning.word_count == most);
    let is_enough = ranked.first().is_some_and(|(.., best)| best.share >= LEAST_SHARE && most >= LEAST_WORDS);
    if !is_enough {
        return Vec::new();
    }
    let all: f64 = ranked.iter().map(|(.., beginning)| beginning.share).sum();
    let words = words_of(message, wrapper);
    let found = ranked.into_iter().map(|(root_cause, wording, beginning)| {
        let span = beginning.found.span.clone();
        let beside = exact.iter().flat_map(|whole| &whole.places).filter(|place| is_beside(place, &span));
        let around = words_around(&words, &Spans::union(beside.chain([&span])));
        let unexplained = around.iter().filter(|word| !scorer().lexicon().is_frame(word)).count();
        let share_of_rivals = beginning.share / all;
        let confidence = explained_share(most, unexplained) * beginning.share.sqrt() * share_of_rivals;
        Exact {
            candidate: Recognised { root_cause, wording, found: beginning.found },
            tier: Tier::CutOff,
            places: vec![span],
            confidence: hundredths(CERTAIN * confidence),
            explained: most,
            unexplained,
            around: around.join(" "),
        }
    });
    found.collect()
}

/// Whether words of the same sentence stand in front: `because of an internal error` is the end of any sentence. What
/// stands in a wrapper or another message is `elsewhere`.
fn is_within_a_sentence(message: &Message<'_>, elsewhere: &Spans, lexicon: &Lexicon, start: usize) -> bool {
    let Some((word, range)) = message.words_with_ranges().take_while(|(_, range)| range.end <= start).last()
    else {
        return false;
    };
    let between = message.text().get(range.end..start).unwrap_or_default();
    // An article or a preposition belongs to the sentence, a log's level does not.
    let is_silent = || lexicon.read(word, false).iter().any(|reading| reading.sense == Sense::Silent);
    let stands_around =
        || varies(word) || elsewhere.cover(&range) || (lexicon.is_frame(word) && !is_silent());
    between.chars().all(|c| matches!(c, ' ' | ',')) && !stands_around()
}

/// How much of a wording is there: the more words, the less can they be chance; of as many, those of the shorter wording.
fn extent(beginning: &Beginning) -> (usize, f64) {
    (beginning.word_count, beginning.share)
}
