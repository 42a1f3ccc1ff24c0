//! What was found, as an answer: its values, the further messages, the alternatives.

use std::ops::Range;

use super::exact::{Exact, Recognised};
use super::seen::Seen;
use super::{LEAST_NEARNESS, MOST_NEAREST, captures, similar};
use crate::diagnosis::{Alternative, Answer, Diagnosis, Further, Tier};
use crate::normalise::{Wrapper, WrapperField};
use crate::scorer::Score;
use crate::slot::{Slot, SlotValues};

/// The answer for a message in which a wording stands.
pub(super) fn exact_answer<'c>(best: &Exact<'c>, confidence: f64, seen: &Seen<'c, '_>) -> Answer<'c> {
    let Exact { candidate, unexplained, .. } = best;
    let further = seen.further(best);
    let rivals = if best.tier == Tier::CutOff { &seen.cut_off } else { &seen.exact };
    let mut alternatives = alternatives(best, rivals, seen);
    alternatives.retain(|other| other.root_cause.id != candidate.root_cause.id);
    alternatives.retain(|other| !is_named(other, &further));
    let mut captures = captured(candidate);
    for (slot, value) in wrapper_captures(&seen.wrapper) {
        captures.offer(slot, value);
    }
    Answer::Diagnosed(Diagnosis {
        root_cause: candidate.root_cause,
        confidence,
        tier: best.tier,
        wording: candidate.wording,
        span: seen.message.original_range(candidate.found.span.clone()),
        unexplained_words: *unexplained,
        captures,
        further: named(&further, seen),
        alternatives,
    })
}

/// Whether an alternative is none: it is true as well, not instead.
fn is_named(alternative: &Alternative<'_>, further: &[&Exact<'_>]) -> bool {
    further.iter().any(|it| it.candidate.root_cause.id == alternative.root_cause.id)
}

/// The messages beside an answer, as it names them.
fn named<'c>(further: &[&Exact<'c>], seen: &Seen<'c, '_>) -> Vec<Further<'c>> {
    let further = further.iter().map(|Exact { candidate, tier, confidence, .. }| Further {
        root_cause: candidate.root_cause,
        confidence: *confidence,
        tier: *tier,
        wording: candidate.wording,
        span: seen.message.original_range(candidate.found.span.clone()),
        captures: captured(candidate),
    });
    further.collect()
}

/// What a wording captured where it stands.
fn captured(candidate: &Recognised<'_>) -> SlotValues {
    let mut captures = SlotValues::default();
    for (slot, value) in &candidate.found.captures {
        captures.offer(*slot, value);
    }
    captures
}

/// The answer for a reworded message.
pub(super) fn similar_answer<'c>(best: &Score<'c>, scores: &[Score<'c>], seen: &Seen<'c, '_>) -> Answer<'c> {
    // The second tier read none of the messages that stand beside the best of the first.
    let mut further = seen.best().map_or_else(Vec::new, |wording| seen.further(wording));
    further.retain(|other| other.candidate.root_cause.id != best.root_cause.id);
    let rivals = scores.iter().skip(1).filter(|score| score.value >= LEAST_NEARNESS).take(MOST_NEAREST);
    let alternatives = rivals
        .map(|score| Alternative {
            root_cause: score.root_cause,
            confidence: similar::confidence_of_rival(score, scores),
        })
        .filter(|other| other.confidence > 0.0 && !is_named(other, &further))
        .collect();
    let text = seen.message.text();
    let mut captures = captures::captures(text, best.wording, &seen.wrapper);
    for (slot, value) in wrapper_captures(&seen.wrapper) {
        captures.offer(slot, value);
    }
    Answer::Diagnosed(Diagnosis {
        root_cause: best.root_cause,
        confidence: similar::confidence(scores),
        tier: Tier::Similar,
        wording: best.wording,
        span: seen.message.original_range(0..text.len()),
        unexplained_words: 0,
        captures,
        further: named(&further, seen),
        alternatives,
    })
}

/// The root causes of the candidates, the likeliest first. A wording that is only a part of the best one's, or of
/// another message's in the text, says nothing of its own: IAM's sentences begin alike and differ in the reason at
/// their end.
pub(super) fn alternatives<'c>(
    best: &Exact<'c>,
    ranked: &[Exact<'c>],
    seen: &Seen<'c, '_>,
) -> Vec<Alternative<'c>> {
    let mut alternatives: Vec<Alternative<'c>> = Vec::new();
    let messages: Vec<&Range<usize>> =
        std::iter::once(best).chain(seen.further(best)).map(|it| &it.candidate.found.span).collect();
    for Exact { candidate, confidence, .. } in ranked {
        let span = &candidate.found.span;
        let is_part_of = |whole: &&Range<usize>| {
            whole.start <= span.start && span.end <= whole.end && span.len() < whole.len()
        };
        let is_part = messages.iter().any(is_part_of);
        let is_best = candidate.root_cause.id == best.candidate.root_cause.id;
        let is_listed = alternatives.iter().any(|other| other.root_cause.id == candidate.root_cause.id);
        let leaves_open = !is_best && candidate.root_cause.unspecific;
        if !is_part && !is_listed && !leaves_open {
            alternatives.push(Alternative { root_cause: candidate.root_cause, confidence: *confidence });
        }
    }
    alternatives
}

fn wrapper_captures(wrapper: &Wrapper) -> impl Iterator<Item = (Slot, &str)> {
    wrapper.fields.iter().map(|(field, value)| {
        let slot = match field {
            WrapperField::Service => Slot::Service,
            WrapperField::Operation => Slot::Operation,
            WrapperField::StatusCode => Slot::StatusCode,
            WrapperField::ErrorCode => Slot::ErrorCode,
            WrapperField::RequestId => Slot::RequestId,
        };
        (slot, value.as_str())
    })
}
