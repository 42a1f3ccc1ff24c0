//! Proves a catalogue: what has to hold for every root cause, and for all of them together, by classifying
//! its own examples with it.

mod advice;
mod messages;
mod texts;

use crate::catalogue::Finding;
use crate::classify::Classifier;

/// What was proven, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// How many root causes there are.
    pub root_causes: usize,
    /// How many patterns they have.
    pub patterns: usize,
    /// How many examples.
    pub examples: usize,
    /// How many near misses.
    pub near_misses: usize,
    /// How many words are laid over the lexicon of this build.
    pub own_words: usize,
    /// The rules that are broken, by root cause, in the order of their files.
    pub findings: Vec<Finding>,
}

/// Proves the catalogue of a classifier.
///
/// ```
/// use copydoctor::{Catalogue, Classifier, catalogue::{PatternFile, Rule}, check::check};
/// let (_, file) = Catalogue::builtin().with_files().find(|(cause, _)| cause.id == "token-expired")
///     .map(|(cause, file)| (cause.clone(), file.clone())).unwrap();
/// let spoilt = file.text.replace("Token expired. Try again.", "Token gone. Try again.");
/// let mut catalogue = Catalogue::builtin();
/// catalogue.overlay([PatternFile::new("token-expired.yaml", spoilt.replacen("Token gone", "Token lost", 1))]);
/// let proof = check(&Classifier::new(catalogue));
/// assert!(proof.findings.iter().any(|finding| finding.rule == Rule::ExampleUnknown));
/// ```
#[must_use]
pub fn check(classifier: &Classifier) -> Proof {
    let catalogue = classifier.catalogue();
    let causes = catalogue.root_causes();
    let mut findings = Vec::new();
    let mut across = messages::Across::default();
    // The reader's own files come last: of two of the same, theirs is the one to change.
    let mut files: Vec<_> = catalogue.with_files().collect();
    files.sort_by_key(|(_, file)| !file.is_builtin());
    for (cause, file) in files {
        let mut faults = texts::faults(cause);
        messages::faults(cause, classifier, &mut faults);
        across.faults(cause, file, &mut faults);
        advice::faults(cause, &mut faults);
        let mut of_file = file.findings(faults);
        of_file.sort_by_key(|finding| finding.place.as_ref().map(|place| (place.line, place.column)));
        findings.extend(of_file);
    }
    Proof {
        root_causes: causes.len(),
        patterns: causes.iter().map(|cause| cause.patterns.len()).sum(),
        examples: causes.iter().map(|cause| cause.examples.len()).sum(),
        near_misses: causes.iter().map(|cause| cause.near_misses.len()).sum(),
        own_words: catalogue.own_words(),
        findings,
    }
}
