//! Candidates to one ranked answer, or unknown. All policy is here: what counts as evidence, how sure an
//! answer is, and from where on it is none.

use crate::catalogue::Catalogue;
use crate::diagnosis::{Alternative, Answer, Diagnosis, Reason, Tier, Unknown};
use crate::matcher::{Candidate, Matcher};
use crate::normalise::{Message, Wrapper, WrapperField};
use crate::slot::{Slot, SlotValues};

/// The confidence in a message that is a known wording and nothing else. Not 1: AWS files different
/// troubles under one sentence.
const CERTAIN: f64 = 0.99;

/// Below this confidence the answer is unknown.
const LEAST_CONFIDENCE: f64 = 0.5;

/// How many unexplained words weigh as much as one explained word. Log lines and mails put a few words of
/// their own around a message, so an unexplained word says little.
const UNEXPLAINED_PER_EXPLAINED: f64 = 4.0;

/// A catalogue, ready to classify. Making one takes milliseconds, so keep it; classifying cannot fail.
///
/// ```
/// use copydoctor::Classifier;
/// let classifier = Classifier::builtin();
/// let answer = classifier.classify("Access Denied trying to call AWS Backup service");
/// assert_eq!(answer.diagnosis().unwrap().root_cause.id, "vault-access-policy-denies-copy");
/// assert!(classifier.classify("The weather is fine.").diagnosis().is_none());
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    catalogue: Catalogue,
    matcher: Matcher,
}

/// A candidate with how much of the message it explains.
struct Ranked<'c> {
    candidate: Candidate<'c>,
    confidence: f64,
    explained: usize,
    unexplained: usize,
}

impl Classifier {
    /// A classifier for the built-in catalogue.
    #[must_use]
    pub fn builtin() -> Self {
        Self::new(Catalogue::builtin())
    }

    /// A classifier for a catalogue.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        let matcher = Matcher::new(&catalogue);
        Self { catalogue, matcher }
    }

    /// The catalogue that answers come from.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The root cause that a status message tells of, or unknown.
    #[must_use]
    pub fn classify(&self, status_message: &str) -> Answer<'_> {
        let message = Message::new(status_message);
        if message.words().is_empty() {
            return Answer::Unknown(Unknown { reason: Reason::NoText, nearest: Vec::new() });
        }
        let candidates = self.matcher.candidates(&self.catalogue, &message);
        if candidates.is_empty() {
            return Answer::Unknown(Unknown { reason: Reason::NoKnownWording, nearest: Vec::new() });
        }
        let wrapper = Wrapper::of(status_message);
        let mut ranked: Vec<_> =
            candidates.into_iter().map(|candidate| rank(candidate, &message, &wrapper)).collect();
        // The id decides last, so that the order of the catalogue's files never does.
        ranked.sort_by(|one, other| {
            (other.confidence.total_cmp(&one.confidence))
                .then(other.explained.cmp(&one.explained))
                .then(one.candidate.root_cause.id.cmp(&other.candidate.root_cause.id))
                .then(one.candidate.wording.pattern.text().cmp(other.candidate.wording.pattern.text()))
        });
        answer(ranked, &wrapper)
    }
}

/// How likely a candidate is right, by what it leaves unexplained.
fn rank<'c>(candidate: Candidate<'c>, message: &Message<'_>, wrapper: &Wrapper) -> Ranked<'c> {
    let span = &candidate.found.span;
    let unexplained = message
        .words_with_ranges()
        .filter(|(word, range)| {
            let explained = span.start <= range.start && range.end <= span.end;
            // Ids, times and numbers vary from job to job and say nothing about the cause.
            let varies = word.bytes().any(|byte| byte.is_ascii_digit());
            !explained && !varies && !wrapper.covers(range)
        })
        .count();
    let explained = candidate.wording.pattern.word_count();
    let confidence = CERTAIN * explained_share(explained, unexplained);
    Ranked { confidence: (confidence * 100.0).round() / 100.0, candidate, explained, unexplained }
}

#[expect(clippy::cast_precision_loss, reason = "a message has fewer than 2^52 words")]
fn explained_share(explained: usize, unexplained: usize) -> f64 {
    let explained = explained as f64 * UNEXPLAINED_PER_EXPLAINED;
    explained / (explained + unexplained as f64)
}

fn answer<'c>(ranked: Vec<Ranked<'c>>, wrapper: &Wrapper) -> Answer<'c> {
    let mut alternatives = alternatives(&ranked);
    let best = ranked.into_iter().next().filter(|best| best.confidence >= LEAST_CONFIDENCE);
    let Some(Ranked { candidate, confidence, unexplained, .. }) = best else {
        return Answer::Unknown(Unknown { reason: Reason::MostlyUnexplained, nearest: alternatives });
    };
    alternatives.retain(|other| other.root_cause.id != candidate.root_cause.id);
    let mut captures = SlotValues::default();
    let found = candidate.found.captures.iter().map(|(slot, value)| (*slot, value.as_str()));
    for (slot, value) in found.chain(wrapper_captures(wrapper)) {
        captures.offer(slot, value);
    }
    Answer::Diagnosed(Diagnosis {
        root_cause: candidate.root_cause,
        confidence,
        tier: Tier::Exact,
        wording: candidate.wording,
        span: candidate.found.span,
        unexplained_words: unexplained,
        captures,
        alternatives,
    })
}

/// The root causes of the candidates, the likeliest first. A wording that is only a part of the best one's
/// says nothing of its own: IAM's sentences begin alike and differ in the reason at their end.
fn alternatives<'c>(ranked: &[Ranked<'c>]) -> Vec<Alternative<'c>> {
    let mut alternatives: Vec<Alternative<'c>> = Vec::new();
    let best = ranked.first().map(|best| best.candidate.found.span.clone()).unwrap_or_default();
    for (index, Ranked { candidate, confidence, .. }) in ranked.iter().enumerate() {
        let span = &candidate.found.span;
        let is_part =
            index > 0 && best.start <= span.start && span.end <= best.end && span.len() < best.len();
        let is_listed = alternatives.iter().any(|other| other.root_cause.id == candidate.root_cause.id);
        if !is_part && !is_listed {
            alternatives.push(Alternative { root_cause: candidate.root_cause, confidence: *confidence });
        }
    }
    alternatives
}

fn wrapper_captures(wrapper: &Wrapper) -> impl Iterator<Item = (Slot, &str)> {
    wrapper.fields.iter().map(|(field, value)| {
        let slot = match field {
            WrapperField::Service => Slot::Service,
            WrapperField::Operation => Slot::Operation,
            WrapperField::StatusCode => Slot::StatusCode,
            WrapperField::ErrorCode => Slot::ErrorCode,
            WrapperField::RequestId => Slot::RequestId,
        };
        (slot, value.as_str())
    })
}

#[cfg(test)]
mod tests;
