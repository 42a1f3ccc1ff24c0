//! Why an answer is the answer, and why the others lost: read off what the tiers found, so that it cannot disagree.

use std::ops::Range;

use super::{MOST_NEAREST, exact::Exact, near::Near, seen::Seen, similar};
use crate::catalogue::Catalogue;
use crate::diagnosis::{Answer, Considered, Further, Loss, Reason, Tier};
use crate::scorer::{Score, Scorer};

/// The root causes that were considered: the one of the answer, those of the further messages, the others.
pub(super) fn considered<'c>(
    seen: &Seen<'c, '_>,
    answer: &Answer<'c>,
    near: &Near<'c>,
    scorer: &Scorer,
    catalogue: &'c Catalogue,
) -> Vec<Considered<'c>> {
    let Near { words, scores, .. } = near;
    let further: &[Further<'c>] = answer.diagnosis().map_or(&[], |diagnosis| &diagnosis.further);
    let rank = |id: &str| further.iter().position(|it| it.root_cause.id == id);
    let exact = seen.exact.iter().chain(&seen.cut_off);
    let exact = exact.map(|exact| of_exact(exact, seen, scorer, catalogue));
    let similar = scores.iter().map(|score| of_score(score, scores, scorer, words));
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

#[cfg(test)]
mod tests {
    use super::super::Classifier;
    use super::super::tests::catalogue;
    use super::*;
    use crate::diagnosis::Explanation;
    use crate::diagnosis::Loss::{AnotherMessage, ExplainsLess, IsPart, LeavesOpen};

    /// The root causes of which a wording stands in the message, and why each is not the answer.
    #[track_caller]
    fn considers(classifier: &Classifier, message: &str, expected: &[(&str, Option<Loss>)]) {
        let considered = classifier.explain(message).considered;
        let standing = considered.iter().filter(|one| one.span.is_some());
        let losses: Vec<_> = standing.map(|one| (one.root_cause.id.as_str(), one.loss)).collect();
        assert_eq!(losses, expected, "{message}");
    }

    #[test]
    fn a_wording_loses_to_the_one_that_it_lies_in_and_to_one_that_explains_more() {
        const VAULT: &str = "the vault is locked against any change of its rules by anybody";
        let classifier = Classifier::new(catalogue(&[
            ("a-short", "key is not accessible"),
            ("b-long", "the default key is not accessible"),
            ("c-vault", VAULT),
            ("d-other", "is not accessible to anybody else"),
        ]));
        considers(
            &classifier,
            "The default key is not accessible to anybody else",
            &[("b-long", None), ("d-other", Some(ExplainsLess)), ("a-short", Some(IsPart))],
        );
        considers(
            &classifier,
            "The default key is not accessible.",
            &[("b-long", None), ("a-short", Some(IsPart))],
        );
        considers(
            &classifier,
            &format!("{VAULT}. The default key is not accessible."),
            &[("c-vault", None), ("b-long", Some(AnotherMessage)), ("a-short", Some(IsPart))],
        );
    }

    const LEAVES_OPEN: &str = "You are not authorized to perform this operation: the organization's service control policy denies it";

    #[test]
    fn what_leaves_the_reason_open_loses_to_a_reason() {
        let classifier = Classifier::builtin();
        let considered = classifier.explain(LEAVES_OPEN).considered;
        let open = considered.iter().find(|one| one.root_cause.unspecific).expect("it stands there");
        assert_eq!(open.loss, Some(LeavesOpen));
    }

    #[test]
    fn each_further_message_makes_room_for_one_more() {
        let classifier = Classifier::builtin();
        let considered = |message: &str| classifier.explain(message).considered.len();
        let (one, other) =
            ("Access Denied trying to call AWS Backup service", "Given key ID is not accessible");
        assert_eq!(considered(one), MOST_NEAREST + 1);
        assert_eq!(considered(&format!("{one}\n{other}")), MOST_NEAREST + 2);
    }

    #[test]
    fn all_of_a_whole_wording_is_covered_and_not_all_of_one_that_is_cut_off() {
        let classifier = Classifier::builtin();
        let coverage = |message: &str| {
            let considered = classifier.explain(message).considered;
            considered.first().map(|winner| (winner.tier, winner.coverage))
        };
        let sentence = "Access Denied trying to call AWS Backup service";
        assert_eq!(coverage(sentence), Some((Tier::Exact, 1.0)));
        let (tier, share) = coverage(&sentence[..sentence.len() - 8]).expect("it is diagnosed");
        assert!(tier == Tier::CutOff && share < 1.0, "{tier:?} {share}");
    }

    /// An exact answer, a similar one, and none.
    #[test]
    fn alternatives_are_as_sure_as_the_answer_says() {
        let classifier = Classifier::builtin();
        for message in [
            LEAVES_OPEN,
            "The target KMS key does not exist, is not enabled or is not yours",
            "the key of the vault is somewhere in the other account",
        ] {
            let Explanation { answer, considered } = classifier.explain(message);
            assert!(!answer.alternatives().is_empty(), "{message}");
            for other in answer.alternatives() {
                let one = considered.iter().find(|one| one.root_cause.id == other.root_cause.id);
                assert_eq!(one.map(|one| one.confidence), Some(other.confidence), "{message}");
            }
        }
    }

    #[test]
    fn where_the_answer_is_certain_all_others_are_unlikely() {
        let classifier = Classifier::builtin();
        let considered = classifier.explain("Access Denied trying to call AWS Backup service").considered;
        let others: Vec<f64> = considered.iter().skip(1).map(|one| one.confidence).collect();
        assert!(others.len() == MOST_NEAREST && others.iter().all(|other| *other < 0.1), "{others:?}");
    }
}
