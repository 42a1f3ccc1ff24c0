//! What was found, as the outline of an answer: the further messages, the alternatives, where the values stand.

use std::ops::Range;

use super::exact::Exact;
use super::near::Near;
use super::outline::Outline;
use super::seen::Seen;
use super::{LEAST_NEARNESS, MOST_NEAREST, similar};
use crate::diagnosis::{Alternative, Answer, Diagnosis, Further, Tier};
use crate::pattern::PatternMatch;
use crate::scorer::Score;
use crate::slot::SlotValues;

/// The answer for a message in which a wording stands.
pub(super) fn exact_answer<'c>(best: &Exact<'c>, confidence: f64, seen: &Seen<'c, '_>) -> Outline<'c> {
    let Exact { candidate, unexplained, .. } = best;
    let further = seen.further(best);
    let rivals = if best.tier == Tier::CutOff { &seen.cut_off } else { &seen.exact };
    let mut alternatives = alternatives(best, rivals, seen);
    alternatives.retain(|other| other.root_cause.id != candidate.root_cause.id);
    alternatives.retain(|other| !is_named(other, &further));
    let diagnosis = Diagnosis {
        root_cause: candidate.root_cause,
        confidence,
        tier: best.tier,
        wording: candidate.wording,
        span: candidate.found.span.clone(),
        unexplained_words: *unexplained,
        captures: SlotValues::default(),
        further: named(&further),
        alternatives,
    };
    seen.outline(Answer::Diagnosed(diagnosis), std::iter::once(best).chain(further).map(found).collect())
}

fn found(exact: &Exact<'_>) -> PatternMatch {
    exact.candidate.found.clone()
}

/// Whether an alternative is none: it is true as well, not instead.
fn is_named(alternative: &Alternative<'_>, further: &[&Exact<'_>]) -> bool {
    further.iter().any(|it| it.candidate.root_cause.id == alternative.root_cause.id)
}

/// The messages beside an answer, as it names them.
fn named<'c>(further: &[&Exact<'c>]) -> Vec<Further<'c>> {
    let further = further.iter().map(|Exact { candidate, tier, confidence, .. }| Further {
        root_cause: candidate.root_cause,
        confidence: *confidence,
        tier: *tier,
        wording: candidate.wording,
        span: candidate.found.span.clone(),
        captures: SlotValues::default(),
    });
    further.collect()
}

/// The answer for a reworded message.
pub(super) fn similar_answer<'c>(best: &Score<'c>, near: &Near<'c>, seen: &Seen<'c, '_>) -> Outline<'c> {
    let Near { scores, range, confidence, .. } = near;
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
    let diagnosis = Diagnosis {
        root_cause: best.root_cause,
        confidence: *confidence,
        tier: Tier::Similar,
        wording: best.wording,
        span: range.clone(),
        unexplained_words: 0,
        captures: SlotValues::default(),
        further: named(&further),
        alternatives,
    };
    seen.outline(Answer::Diagnosed(diagnosis), further.into_iter().map(found).collect())
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
