//! Why an answer is the answer, and why the others lost: read off what the tiers found, so that it cannot disagree.

use std::ops::Range;

use super::{MOST_NEAREST, exact::Exact, seen::Seen, similar};
use crate::catalogue::Catalogue;
use crate::diagnosis::{Answer, Considered, Further, Loss, Reason, Tier};
use crate::scorer::{Score, Scorer};

/// The root causes that were considered: the one of the answer, those of the further messages, the others.
pub(super) fn considered<'c>(
    seen: &Seen<'c, '_>,
    answer: &Answer<'c>,
    scorer: &Scorer,
    catalogue: &'c Catalogue,
) -> Vec<Considered<'c>> {
    let words = seen.words();
    let scores = scorer.scores(catalogue, &scorer.read(&words));
    let further: &[Further<'c>] = answer.diagnosis().map_or(&[], |diagnosis| &diagnosis.further);
    let rank = |id: &str| further.iter().position(|it| it.root_cause.id == id);
    let exact = seen.exact.iter().chain(&seen.cut_off);
    let exact = exact.map(|exact| of_exact(exact, seen, scorer, catalogue));
    let similar = scores.iter().map(|score| of_score(score, &scores, scorer, &words));
    let mut considered: Vec<Considered<'c>> = Vec::new();
    let winner = answer.diagnosis().map(|diagnosis| (&diagnosis.root_cause.id, diagnosis.tier));
    let (mut winners, mut losers): (Vec<_>, Vec<_>) =
        exact.chain(similar).partition(|it| winner == Some((&it.root_cause.id, it.tier)));
    winners.truncate(1);
    losers.sort_by_key(|it| rank(&it.root_cause.id).unwrap_or(usize::MAX));
    for one in winners.into_iter().chain(losers) {
        if considered.len() <= MOST_NEAREST + further.len()
            && considered.iter().all(|it| it.root_cause.id != one.root_cause.id)
        {
            considered.push(one);
        }
    }
    let first = considered.first().cloned();
    let is_answered = winner.is_some();
    for (index, one) in considered.iter_mut().enumerate() {
        let winner = first.as_ref().filter(|_| is_answered);
        one.loss = (index > 0 || !is_answered).then(|| loss(one, winner, further, answer.reason()));
        if let Some(other) =
            answer.alternatives().iter().find(|other| other.root_cause.id == one.root_cause.id)
        {
            one.confidence = other.confidence;
        }
    }
    // The tiers and the words around a wording have their say in how sure the answer is.
    if let (Some(one), Some(diagnosis)) = (considered.first_mut(), answer.diagnosis()) {
        one.confidence = diagnosis.confidence;
    }
    considered
}

/// A wording that stands in the text. Where that holds several messages, what stands in another says nothing of it.
fn of_exact<'c>(
    exact: &Exact<'c>,
    seen: &Seen<'c, '_>,
    scorer: &Scorer,
    catalogue: &'c Catalogue,
) -> Considered<'c> {
    let candidate = &exact.candidate;
    let words = seen.words_for(exact);
    let scores = scorer.scores(catalogue, &scorer.read(&words));
    let score = scores.iter().find(|score| score.root_cause.id == candidate.root_cause.id);
    Considered {
        root_cause: candidate.root_cause,
        wording: candidate.wording,
        tier: exact.tier,
        confidence: exact.confidence,
        span: Some(seen.message.original_range(candidate.found.span.clone())),
        coverage: if exact.tier == Tier::Exact { 1.0 } else { score.map_or(0.0, |score| score.coverage) },
        precision: score.map_or(1.0, |score| score.precision),
        words: scorer.words(candidate.wording, &words),
        loss: None,
    }
}

fn of_score<'c>(score: &Score<'c>, scores: &[Score<'c>], scorer: &Scorer, words: &str) -> Considered<'c> {
    let is_first = scores.first().is_some_and(|best| best.root_cause.id == score.root_cause.id);
    let confidence =
        if is_first { similar::confidence(scores) } else { similar::confidence_of_rival(score, scores) };
    Considered {
        root_cause: score.root_cause,
        wording: score.wording,
        tier: Tier::Similar,
        confidence,
        span: None,
        coverage: score.coverage,
        precision: score.precision,
        words: scorer.words(score.wording, words),
        loss: None,
    }
}

fn loss(
    one: &Considered<'_>,
    winner: Option<&Considered<'_>>,
    further: &[Further<'_>],
    reason: Option<Reason>,
) -> Loss {
    let Some(winner) = winner else {
        let is_other_job = matches!(reason, Some(Reason::BackupJob | Reason::RestoreJob));
        return if is_other_job { Loss::OtherJob } else { Loss::TooFar };
    };
    let lies_in =
        |span: &Range<usize>, whole: &Range<usize>| whole.start <= span.start && span.end <= whole.end;
    match (&one.span, &winner.span) {
        _ if further.iter().any(|it| it.root_cause.id == one.root_cause.id) => Loss::AnotherMessage,
        _ if one.root_cause.unspecific && !winner.root_cause.unspecific => Loss::LeavesOpen,
        (Some(span), Some(whole))
            if lies_in(span, whole) || further.iter().any(|it| lies_in(span, &it.span)) =>
        {
            Loss::IsPart
        }
        (Some(_), _) => Loss::ExplainsLess,
        (None, Some(_)) => Loss::OnlySimilar,
        (None, None) => Loss::LessNear,
    }
}
