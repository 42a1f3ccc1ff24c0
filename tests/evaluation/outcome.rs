//! What became of messages: counts, shares with their intervals, and what confidence was worth.

use copydoctor::Classifier;

/// From here on an answer is trusted without a second look, so that none may be wrong.
pub const SURE: f64 = 0.9;

/// The lower ends of the bins of confidence. Below the first there is no answer.
pub const BINS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// A message and what is right: a root cause, or none.
#[derive(Clone)]
pub struct Case {
    pub message: String,
    pub cause: Option<String>,
    /// A root cause that leaves open what went wrong, and is all that is left to say of a message whose reason was cut
    /// off.
    pub left_open: Option<String>,
}

/// What the answer to a message is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    Right,
    /// It says that the reason is left open, as it was cut off.
    LeftOpen,
    Wrong,
    /// There is a root cause, and the answer is unknown.
    Unknown,
}

/// A graded answer.
pub struct Verdict {
    pub case: Case,
    pub grade: Grade,
    /// The root cause that was named, and how sure that was.
    pub named: Option<(String, f64)>,
}

impl Verdict {
    pub fn of(classifier: &Classifier, case: Case) -> Self {
        let answer = classifier.classify(&case.message);
        let named =
            answer.diagnosis().map(|diagnosis| (diagnosis.root_cause.id.clone(), diagnosis.confidence));
        let id = named.as_ref().map(|(id, _)| id);
        let grade = if id == case.cause.as_ref() {
            Grade::Right
        } else if id.is_none() {
            Grade::Unknown
        } else if id == case.left_open.as_ref() {
            Grade::LeftOpen
        } else {
            Grade::Wrong
        };
        Self { case, grade, named }
    }

    pub fn is_wrong_and_sure(&self) -> bool {
        self.grade == Grade::Wrong && self.named.as_ref().is_some_and(|(_, confidence)| *confidence >= SURE)
    }
}

/// So many of so many.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub part: usize,
    pub whole: usize,
}

impl Share {
    pub fn of<'v>(verdicts: impl IntoIterator<Item = &'v Verdict>, holds: impl Fn(&Verdict) -> bool) -> Self {
        let mut share = Self { part: 0, whole: 0 };
        for verdict in verdicts {
            share.whole += 1;
            share.part += usize::from(holds(verdict));
        }
        share
    }

    pub fn value(self) -> f64 {
        real(self.part) / real(self.whole.max(1))
    }

    /// Wilson's interval of 95 %: where the share of all such messages lies, as far as these few tell.
    pub fn interval(self) -> (f64, f64) {
        const Z: f64 = 1.96;
        let n = real(self.whole.max(1));
        let p = self.value();
        let middle = p + Z * Z / (2.0 * n);
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        (((middle - reach) / scale).max(0.0), ((middle + reach) / scale).min(1.0))
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 messages")]
pub fn real(count: usize) -> f64 {
    count as f64
}

/// The answers of about the same confidence.
#[derive(Clone, Copy)]
pub struct Bin {
    pub right: Share,
    /// The sum of their confidences.
    confidence: f64,
}

impl Bin {
    pub fn mean_confidence(self) -> f64 {
        self.confidence / real(self.right.whole.max(1))
    }
}

/// The answers by their confidence. One that leaves the reason open is none.
pub fn bins<'v>(verdicts: impl IntoIterator<Item = &'v Verdict>) -> [Bin; BINS.len()] {
    let mut bins = [Bin { right: Share { part: 0, whole: 0 }, confidence: 0.0 }; BINS.len()];
    for verdict in verdicts.into_iter().filter(|verdict| verdict.grade != Grade::LeftOpen) {
        let Some((_, confidence)) = &verdict.named else { continue };
        let bin = &mut bins[BINS.iter().rposition(|least| least <= confidence).unwrap_or_default()];
        bin.right.whole += 1;
        bin.right.part += usize::from(verdict.grade == Grade::Right);
        bin.confidence += confidence;
    }
    bins
}

/// How far confidence is from the share of right answers, on average over the answers.
pub fn calibration_error(bins: &[Bin]) -> f64 {
    let answers: usize = bins.iter().map(|bin| bin.right.whole).sum();
    let off: f64 = bins.iter().map(|bin| (bin.confidence - real(bin.right.part)).abs()).sum();
    off / real(answers.max(1))
}

#[test]
fn wilsons_interval_is_that_of_the_textbook() {
    let rounded = |part, whole| {
        let (low, high) = Share { part, whole }.interval();
        format!("{low:.3} {high:.3}")
    };
    assert_eq!(rounded(0, 10), "0.000 0.278");
    assert_eq!(rounded(5, 10), "0.237 0.763");
    assert_eq!(rounded(98, 100), "0.930 0.994");
}

#[test]
fn confidence_that_is_never_right_is_off_by_itself() {
    let case = Case { message: String::new(), cause: None, left_open: None };
    let verdict = |grade, confidence| Verdict {
        case: case.clone(),
        grade,
        named: Some(("a-cause".to_owned(), confidence)),
    };
    let error = |verdicts: &[Verdict]| calibration_error(&bins(verdicts));
    assert!((error(&[verdict(Grade::Wrong, 0.75)]) - 0.75).abs() < 1e-9);
    assert!((error(&[verdict(Grade::Right, 0.75)]) - 0.25).abs() < 1e-9);
    assert!(error(&[]).abs() < 1e-9);
}
