//! The second tier: how sure it is that a message is a reworded one.

use super::{LEAST_CONFIDENCE, hundredths};
use crate::scorer::Score;

/// The curve from how near a message comes, and how much nearer than to any other root cause, to how often that is
/// right: offset, factor of the value, factor of the margin. Fitted in `calibration` on wordings that the scorer did
/// not know.
pub(super) const CURVE: [f64; 3] = [-3.66, 5.51, 8.04];

/// What comes less near shares words with the root cause, but tells of something else.
const LEAST_VALUE: f64 = 0.4;

/// A larger margin says no more.
const LARGEST_MARGIN: f64 = 0.3;

/// Short of the confidence in a known wording, by a step.
const MOST_CONFIDENT: f64 = 0.97;

/// How much nearer the nearest root cause comes than the next, as far as that says anything.
pub(super) fn margin(best: f64, rival: f64) -> f64 {
    (best - rival).clamp(-LARGEST_MARGIN, LARGEST_MARGIN)
}

/// How near any other root cause than the first comes.
pub(super) fn nearest_rival(scores: &[Score<'_>]) -> f64 {
    scores.iter().skip(1).map(|other| other.value_as_rival).fold(0.0, f64::max)
}

/// How often an answer of this value and margin is right.
pub(super) fn share_right(curve: [f64; 3], value: f64, margin: f64) -> f64 {
    let [offset, of_value, of_margin] = curve;
    1.0 / (1.0 + (-(offset + of_value * value + of_margin * margin)).exp())
}

/// How likely the first of `scores` is the root cause.
pub(super) fn confidence(scores: &[Score<'_>]) -> f64 {
    let Some(best) = scores.first().filter(|best| best.value >= LEAST_VALUE) else { return 0.0 };
    let margin = margin(best.value, nearest_rival(scores));
    hundredths(MOST_CONFIDENT.min(share_right(CURVE, best.value, margin)))
}

/// How likely another than the first of `scores` is the root cause: as if it and the first had changed places.
pub(super) fn confidence_of_rival(rival: &Score<'_>, scores: &[Score<'_>]) -> f64 {
    let margin = margin(rival.value, scores.first().map_or(0.0, |best| best.value));
    // Together they are no surer than one.
    hundredths(share_right(CURVE, rival.value, margin).min(1.0 - confidence(scores)))
}

/// How likely a root cause is that comes too little near to be an answer.
pub(super) fn confidence_below_line(score: &Score<'_>) -> f64 {
    hundredths(share_right(CURVE, score.value, 0.0).min(LEAST_CONFIDENCE - 0.01))
}

#[cfg(test)]
mod tests {
    use super::super::tests::catalogue;
    use super::*;

    #[test]
    fn two_that_come_as_near_are_together_no_surer_than_one() {
        let catalogue = catalogue(&[("a-cause", "first trouble here"), ("b-cause", "second trouble there")]);
        let scores = catalogue.root_causes().iter().zip([0.9, 0.85]).map(|(root_cause, value)| Score {
            root_cause,
            wording: &root_cause.patterns[0],
            value,
            value_as_rival: value,
            coverage: value,
            precision: value,
        });
        let scores: Vec<_> = scores.collect();
        let (best, rival) = (confidence(&scores), confidence_of_rival(&scores[1], &scores));
        assert!(best > LEAST_CONFIDENCE && rival > 0.0, "{best} {rival}");
        assert_eq!(hundredths(best + rival), 1.0);
    }
}
