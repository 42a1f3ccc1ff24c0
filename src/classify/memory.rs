//! What was said of earlier messages: in a batch most messages are of a shape that was seen before.

use std::sync::{Arc, PoisonError, RwLock};

use hashbrown::HashMap;

use super::Classifier;
use super::outline::Outline;
use crate::diagnosis::Answer;
use crate::normalise::{Repaired, shape};

/// How many shapes are remembered. The messages of a large organization have some thousands.
const MOST_SHAPES: usize = 16_384;

/// A longer text is hardly seen twice.
const LONGEST_SHAPE: usize = 2048;

/// A classifier that remembers what it said, for messages by the thousand. Threads may share it.
///
/// ```
/// use copydoctor::{Classifier, classify::Memory};
/// let classifier = Classifier::builtin();
/// let memory = Memory::new(&classifier);
/// for key in ["1234abcd-12ab-34cd-56ef-1234567890ab", "00aa00aa-0000-1111-2222-3333aaaa3333"] {
///     let message = format!("key arn:aws:kms:eu-west-1:111122223333:key/{key} is disabled");
///     assert_eq!(memory.classify(&message), classifier.classify(&message));
/// }
/// ```
#[derive(Debug)]
pub struct Memory<'c> {
    classifier: &'c Classifier,
    outlines: RwLock<HashMap<Box<str>, Arc<Outline<'c>>>>,
}

impl<'c> Memory<'c> {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new(classifier: &'c Classifier) -> Self {
        Self { classifier, outlines: RwLock::default() }
    }

    /// The classifier that it remembers the answers of.
    pub(crate) fn classifier(&self) -> &'c Classifier {
        self.classifier
    }

    /// The same answer as that of [`Classifier::classify`].
    #[must_use]
    pub fn classify(&self, status_message: &str) -> Answer<'c> {
        let repaired = Repaired::of(status_message);
        // What was repaired has places of its own.
        if self.classifier.identifiers_tell || !repaired.is_whole() || status_message.len() > LONGEST_SHAPE {
            return self.classifier.classify(status_message);
        }
        let shape = shape(repaired.text());
        if let Some(outline) = self.outline(&shape) {
            return outline.answer(&repaired);
        }
        let outline = self.classifier.decide(&self.classifier.look(repaired.clone()));
        let answer = outline.answer(&repaired);
        self.remember(&shape, outline);
        answer
    }

    fn outline(&self, shape: &str) -> Option<Arc<Outline<'c>>> {
        self.outlines.read().unwrap_or_else(PoisonError::into_inner).get(shape).cloned()
    }

    fn remember(&self, shape: &str, outline: Outline<'c>) {
        let mut outlines = self.outlines.write().unwrap_or_else(PoisonError::into_inner);
        if outlines.len() < MOST_SHAPES {
            outlines.insert(shape.into(), Arc::new(outline));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The messages that the catalogue shows, and each with other digits in it.
    #[test]
    fn what_is_remembered_is_what_would_be_said_anew() {
        let classifier = Classifier::builtin();
        let memory = Memory::new(&classifier);
        for cause in classifier.catalogue().root_causes() {
            let examples = cause.examples.iter().map(|example| &example.message);
            for message in examples.chain(cause.near_misses.iter().map(|near_miss| &near_miss.message)) {
                let at = "2025-07-02T05:08:08.704Z 47C8EF56-74D8-059D-1301-C5BE1D5C926E arn:aws:sns:eu-west-1:111122223333:x1";
                for message in
                    [message.clone(), format!("{at}: {message}"), format!("{message}\n{message} ({at})")]
                {
                    for shift in 0..3 {
                        let digit = |c: char| {
                            c.to_digit(10).and_then(|digit| char::from_digit((digit + shift) % 10, 10))
                        };
                        let other: String = message.chars().map(|c| digit(c).unwrap_or(c)).collect();
                        assert_eq!(memory.classify(&other), classifier.classify(&other), "{other}");
                    }
                }
            }
        }
        let outlines = memory.outlines.read().expect("no thread has panicked");
        assert!(outlines.len() > 100, "most of them are remembered");
    }

    #[test]
    fn what_was_repaired_or_is_long_is_not_remembered() {
        const MESSAGE: &str = "Given key ID is not accessible";
        let classifier = Classifier::builtin();
        for (message, expected) in [
            (MESSAGE.to_owned(), 1),
            (format!("&quot;{MESSAGE}&quot;"), 0),
            (format!("{MESSAGE}{}", " and so on".repeat(LONGEST_SHAPE / 10)), 0),
        ] {
            let memory = Memory::new(&classifier);
            assert_eq!(memory.classify(&message), classifier.classify(&message), "{message}");
            assert_eq!(memory.outlines.read().expect("no thread has panicked").len(), expected, "{message}");
        }
    }
}
