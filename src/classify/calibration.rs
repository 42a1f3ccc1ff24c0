//! The curve of the second tier, fitted anew on wordings that the scorer did not know, and compared with the one in
//! use. `cargo test calibration -- --nocapture` prints the fitted one.

use super::similar;
use crate::catalogue::Catalogue;
use crate::matcher::Matcher;
use crate::normalise::{Message, Wrapper};
use crate::scorer::{Scorer, telling_words};

/// How near an unknown message came, how much nearer than to any other root cause, and whether that was right.
#[derive(Debug, Clone, Copy)]
struct Sample {
    value: f64,
    margin: f64,
    is_right: bool,
    weight: f64,
}

/// A near miss is a message that somebody went looking for because it comes near. Among those that people bring, such
/// are rarer.
const NEAR_MISS_WEIGHT: f64 = 0.25;

/// The nearest root cause of a message in a catalogue that does not know it.
fn sample(catalogue: &Catalogue, message: &str, id: Option<&str>, weight: f64) -> Option<Sample> {
    let scorer = Scorer::new(catalogue);
    let read = scorer.read(&telling_words(message, &Wrapper::of(message)));
    let scores = scorer.scores(catalogue, &read);
    let best = scores.first().filter(|_| read.tells_of_trouble())?;
    let rival = similar::nearest_rival(&scores);
    let is_right = Some(best.root_cause.id.as_str()) == id;
    Some(Sample { value: best.value, margin: similar::margin(best.value, rival), is_right, weight })
}

/// Each wording in turn, held out; each near miss in turn that is no root cause's message.
fn samples() -> Vec<Sample> {
    let catalogue = Catalogue::builtin();
    let matcher = Matcher::new(&catalogue);
    let mut samples = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for cause in catalogue.root_causes() {
        for wording in &cause.patterns {
            let rest = catalogue.without_wording(wording.pattern.text());
            samples.extend(sample(&rest, &wording.pattern.sentence(), Some(&cause.id), 1.0));
        }
        for near_miss in &cause.near_misses {
            let rest = catalogue.without_near_miss(&near_miss.message);
            let is_new = seen.insert(&near_miss.message);
            if is_new && matcher.candidates(&catalogue, &Message::new(&near_miss.message)).is_empty() {
                samples.extend(sample(&rest, &near_miss.message, None, NEAR_MISS_WEIGHT));
            }
        }
    }
    samples
}

/// Offset, factor of the value, factor of the margin: logistic regression by Newton's method, held back a little so
/// that separable samples do not run away.
fn fit(samples: &[Sample]) -> [f64; 3] {
    const RIDGE: f64 = 0.02;
    let mut curve = [0.0; 3];
    for _ in 0..50 {
        let mut gradient = [0.0; 3];
        let mut hessian = [[0.0; 3]; 3];
        for sample in samples {
            let x = [1.0, sample.value, sample.margin];
            let logit: f64 = curve.iter().zip(x).map(|(factor, x)| factor * x).sum();
            let p = 1.0 / (1.0 + (-logit).exp());
            let miss = f64::from(u8::from(sample.is_right)) - p;
            for row in 0..3 {
                gradient[row] += sample.weight * miss * x[row];
                for column in 0..3 {
                    hessian[row][column] += sample.weight * p * (1.0 - p) * x[row] * x[column];
                }
            }
        }
        for row in 0..3 {
            gradient[row] -= RIDGE * curve[row];
            hessian[row][row] += RIDGE;
        }
        let step = solve(hessian, gradient);
        for (factor, step) in curve.iter_mut().zip(step) {
            *factor += step;
        }
    }
    curve
}

/// Gauss's elimination; the matrix is positive definite.
#[expect(clippy::needless_range_loop, reason = "rows and columns of a matrix")]
fn solve(mut matrix: [[f64; 3]; 3], mut right: [f64; 3]) -> [f64; 3] {
    for pivot in 0..3 {
        for row in pivot + 1..3 {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            for column in pivot..3 {
                matrix[row][column] -= factor * matrix[pivot][column];
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..3).rev() {
        for column in row + 1..3 {
            right[row] -= matrix[row][column] * right[column];
        }
        right[row] /= matrix[row][row];
    }
    right
}

/// A catalogue that has changed much needs a new curve; the failure says which.
#[test]
fn the_curve_in_use_is_that_of_wordings_that_the_scorer_did_not_know() {
    let samples = samples();
    let fitted = fit(&samples);
    for sample in &samples {
        let of = |curve| similar::share_right(curve, sample.value, sample.margin);
        let (one, other) = (of(fitted), of(similar::CURVE));
        assert!(
            (one - other).abs() < 0.08,
            "CURVE should be {fitted:.2?}; {sample:?}: {one:.2} instead of {other:.2}"
        );
    }
}
