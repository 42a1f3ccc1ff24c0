//! What is remembered of a message's shape is what would be said of the message anew, and what is said points into it.
#![no_main]

use copydoctor::classify::Memory;
use copydoctor::{Answer, Diagnosis};
use copydoctor_fuzz::CLASSIFIER;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|message: &str| {
    let memory = Memory::new(&CLASSIFIER);
    // Other digits, and so perhaps other identifiers of the same shape.
    let digit =
        |c: char| c.to_digit(10).and_then(|digit| char::from_digit((digit + 1) % 10, 10)).unwrap_or(c);
    let other: String = message.chars().map(digit).collect();
    for message in [message, &other, message] {
        let answer = CLASSIFIER.classify(message);
        assert_eq!(memory.classify(message), answer);
        match &answer {
            Answer::Diagnosed(diagnosis) => is_sound(diagnosis, message),
            Answer::Unknown(unknown) => are_likely(unknown.nearest.iter().map(|other| other.confidence)),
        }
    }
    let explanation = CLASSIFIER.explain(message);
    assert_eq!(explanation.answer, CLASSIFIER.classify(message));
});

fn is_sound(diagnosis: &Diagnosis<'_>, message: &str) {
    assert!((0.5..1.0).contains(&diagnosis.confidence), "{diagnosis:?}");
    let further = diagnosis.further.iter().map(|other| &other.span);
    for span in further.chain([&diagnosis.span]) {
        assert!(message.get(span.clone()).is_some_and(|part| !part.is_empty()), "{span:?}");
    }
    are_likely(diagnosis.alternatives.iter().map(|other| other.confidence));
}

/// The likeliest first, none surer than sure.
fn are_likely(confidences: impl Iterator<Item = f64>) {
    let confidences: Vec<f64> = confidences.collect();
    assert!(confidences.iter().all(|confidence| (0.0..1.0).contains(confidence)), "{confidences:?}");
    assert!(confidences.is_sorted_by(|one, next| one >= next), "{confidences:?}");
}
