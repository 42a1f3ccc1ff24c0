//! What is remembered of a message's shape is what would be said of the message anew.
#![no_main]

use std::sync::LazyLock;

use copydoctor::Classifier;
use copydoctor::classify::Memory;
use libfuzzer_sys::fuzz_target;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

fuzz_target!(|message: &str| {
    let memory = Memory::new(&CLASSIFIER);
    // Other digits, and so perhaps other identifiers of the same shape.
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_digit((digit + 1) % 10, 10)).unwrap_or(c);
    let other: String = message.chars().map(digit).collect();
    for message in [message, &other, message] {
        assert_eq!(memory.classify(message), CLASSIFIER.classify(message));
    }
});
