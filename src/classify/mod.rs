//! Candidates to one ranked answer, or unknown. All policy is here: what counts as evidence, how sure an answer is,
//! and from where on it is none.

#[cfg(test)]
mod calibration;
mod captures;
mod exact;
mod explanation;
mod several;
mod similar;
mod tokens;
mod unknown;

use std::ops::Range;
use std::sync::OnceLock;

use crate::catalogue::Catalogue;
use crate::diagnosis::{Alternative, Answer, Diagnosis, Explanation, Further, Reason, Tier, Unknown};
use crate::matcher::{Candidate, Matcher};
use crate::normalise::{Message, Wrapper, WrapperField};
use crate::scorer::{Read, Score, Scorer, telling_words};
use crate::slot::{Slot, SlotValues};

use exact::Exact;
use several::is_beside;

/// Below this confidence the answer is unknown.
const LEAST_CONFIDENCE: f64 = 0.5;

/// How many of the nearest root causes an unknown message names, and how near they have to come.
const MOST_NEAREST: usize = 3;
const LEAST_NEARNESS: f64 = 0.15;

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
    /// Made when the first message needs it: a known wording alone does not.
    scorer: OnceLock<Scorer>,
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
        Self { catalogue, matcher, scorer: OnceLock::new() }
    }

    /// The catalogue that answers come from.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn scorer(&self) -> &Scorer {
        self.scorer.get_or_init(|| Scorer::new(&self.catalogue))
    }

    /// The root cause that a status message tells of, or unknown.
    #[must_use]
    pub fn classify(&self, status_message: &str) -> Answer<'_> {
        self.decide(&self.look(status_message))
    }

    /// As [`Classifier::classify`], with all that the answer was chosen from.
    ///
    /// ```
    /// use copydoctor::{Classifier, diagnosis::Loss};
    /// let classifier = Classifier::builtin();
    /// let explanation = classifier.explain("The target KMS key does not exist, is not enabled or is not yours");
    /// let [winner, runner_up, ..] = explanation.considered.as_slice() else { panic!("two came near") };
    /// assert_eq!(winner.root_cause.id, "destination-key-not-accessible");
    /// assert_eq!(runner_up.loss, Some(Loss::LessNear));
    /// ```
    #[must_use]
    pub fn explain(&self, status_message: &str) -> Explanation<'_> {
        let seen = self.look(status_message);
        let answer = self.decide(&seen);
        let considered = explanation::considered(&seen, &answer, self.scorer(), &self.catalogue);
        Explanation { answer, considered }
    }

    /// The first tier: which wordings stand in the message.
    fn look<'c, 'm>(&'c self, status_message: &'m str) -> Seen<'c, 'm> {
        let message = Message::new(status_message);
        let wrapper = Wrapper::of(message.text());
        let candidates = self.matcher.candidates(&self.catalogue, &message);
        let exact = exact::rank(candidates, &message, &wrapper, || self.scorer());
        // What stands around the wording may say that a job of another kind failed for that reason.
        let other_job = exact
            .first()
            .filter(|best| !best.around.is_empty())
            .and_then(|best| unknown::other_job(self.scorer().lexicon(), &best.around));
        Seen { message, wrapper, exact, other_job }
    }

    fn decide<'c>(&'c self, seen: &Seen<'c, '_>) -> Answer<'c> {
        let words = seen.message.words();
        if words.is_empty() {
            return Answer::Unknown(Unknown {
                reason: Reason::NoText,
                copy_job_id: None,
                nearest: Vec::new(),
            });
        }
        if let Some(best) = seen.exact.first().filter(|best| best.is_undisputed() && seen.other_job.is_none())
        {
            return exact_answer(best, best.confidence, seen);
        }
        // The second tier: which wordings come near.
        let scorer = self.scorer();
        let read = scorer.read(&telling_words(seen.message.text(), &seen.wrapper));
        let scores = scorer.scores(&self.catalogue, &read);
        // Within a wording, a job of another kind is a part of what is known.
        let of_whole = || unknown::other_job(scorer.lexicon(), words.as_str());
        let other_job = if seen.exact.is_empty() { of_whole() } else { seen.other_job };
        let confidence = if read.tells_of_trouble() { similar::confidence(&scores) } else { 0.0 };
        let known = seen.exact.first().map_or(0.0, |best| best.confidence);
        if other_job.is_none() && known.max(confidence) >= LEAST_CONFIDENCE {
            // Where the wording leaves the reason open, a message that gives one is about that.
            let gives_reason = seen.exact.first().is_some_and(|best| best.candidate.root_cause.unspecific)
                && scores
                    .first()
                    .is_some_and(|best| !best.root_cause.unspecific && confidence >= LEAST_CONFIDENCE);
            return match (seen.exact.first(), scores.first()) {
                // Where both agree, the wording is the better witness, and the surer of the two is right.
                (Some(best), Some(near)) if best.candidate.root_cause.id == near.root_cause.id => {
                    exact_answer(best, known.max(confidence), seen)
                }
                (Some(best), _) if known >= confidence && !gives_reason => exact_answer(best, known, seen),
                (_, Some(best)) => similar_answer(best, &scores, seen),
                (_, None) => self.unknown(seen, &read, &scores, None),
            };
        }
        self.unknown(seen, &read, &scores, other_job)
    }

    fn unknown<'c>(
        &'c self,
        seen: &Seen<'c, '_>,
        read: &Read,
        scores: &[Score<'c>],
        other_job: Option<Reason>,
    ) -> Answer<'c> {
        let words = seen.message.words().as_str();
        let holds_wording = !seen.exact.is_empty();
        let reason =
            other_job.unwrap_or_else(|| unknown::reason(self.scorer().lexicon(), words, read, holds_wording));
        let mut nearest = alternatives(&seen.exact);
        for score in scores.iter().filter(|score| score.value >= LEAST_NEARNESS) {
            if nearest.iter().all(|other| other.root_cause.id != score.root_cause.id) {
                let confidence = similar::confidence_below_line(score);
                nearest.push(Alternative { root_cause: score.root_cause, confidence });
            }
        }
        let is_notice = reason == Reason::NoticeWithoutReason;
        // A notice is near nothing: it leaves out what would tell.
        nearest.truncate(if is_notice { 0 } else { MOST_NEAREST });
        let copy_job_id = is_notice.then(|| unknown::copy_job_id(seen.message.text())).flatten();
        Answer::Unknown(Unknown { reason, copy_job_id, nearest })
    }
}

/// What the first tier makes of a message.
struct Seen<'c, 'm> {
    message: Message<'m>,
    wrapper: Wrapper,
    /// The root causes of which a wording stands in the message, the likeliest first.
    exact: Vec<Exact<'c>>,
    /// That the words around the wording are about a job of another kind.
    other_job: Option<Reason>,
}

/// The answer for a message in which a wording stands.
fn exact_answer<'c>(best: &Exact<'c>, confidence: f64, seen: &Seen<'c, '_>) -> Answer<'c> {
    let Exact { candidate, unexplained, .. } = best;
    let further = further(best, &seen.exact);
    let mut alternatives = alternatives(&seen.exact);
    alternatives.retain(|other| other.root_cause.id != candidate.root_cause.id);
    alternatives.retain(|other| further.iter().all(|it| it.candidate.root_cause.id != other.root_cause.id));
    let mut captures = captured(candidate);
    for (slot, value) in wrapper_captures(&seen.wrapper) {
        captures.offer(slot, value);
    }
    Answer::Diagnosed(Diagnosis {
        root_cause: candidate.root_cause,
        confidence,
        tier: Tier::Exact,
        wording: candidate.wording,
        span: seen.message.original_range(candidate.found.span.clone()),
        unexplained_words: *unexplained,
        captures,
        further: further
            .into_iter()
            .map(|Exact { candidate, confidence, .. }| Further {
                root_cause: candidate.root_cause,
                confidence: *confidence,
                wording: candidate.wording,
                span: seen.message.original_range(candidate.found.span.clone()),
                captures: captured(candidate),
            })
            .collect(),
        alternatives,
    })
}

/// The other messages in the text of an answer, in the order of the text.
fn further<'e, 'c>(best: &Exact<'c>, ranked: &'e [Exact<'c>]) -> Vec<&'e Exact<'c>> {
    let span = &best.candidate.found.span;
    let mut further: Vec<&Exact<'c>> = Vec::new();
    for other in ranked.iter().filter(|other| other.is_whole && other.confidence >= LEAST_CONFIDENCE) {
        let Candidate { root_cause, found, .. } = &other.candidate;
        let is_named = |it: &Exact<'_>| it.candidate.root_cause.id == root_cause.id;
        if is_beside(&found.span, span) && !is_named(best) && !further.iter().any(|it| is_named(it)) {
            further.push(other);
        }
    }
    further.sort_by_key(|it| it.candidate.found.span.start);
    further
}

/// What a wording captured where it stands.
fn captured(candidate: &Candidate<'_>) -> SlotValues {
    let mut captures = SlotValues::default();
    for (slot, value) in &candidate.found.captures {
        captures.offer(*slot, value);
    }
    captures
}

/// The answer for a reworded message.
fn similar_answer<'c>(best: &Score<'c>, scores: &[Score<'c>], seen: &Seen<'c, '_>) -> Answer<'c> {
    let rivals = scores.iter().skip(1).filter(|score| score.value >= LEAST_NEARNESS).take(MOST_NEAREST);
    let alternatives = rivals
        .map(|score| Alternative {
            root_cause: score.root_cause,
            confidence: similar::confidence_of_rival(score, scores),
        })
        .filter(|other| other.confidence > 0.0)
        .collect();
    let text = seen.message.text();
    let mut captures = captures::captures(text, best.wording, &seen.wrapper);
    for (slot, value) in wrapper_captures(&seen.wrapper) {
        captures.offer(slot, value);
    }
    Answer::Diagnosed(Diagnosis {
        root_cause: best.root_cause,
        confidence: similar::confidence(scores),
        tier: Tier::Similar,
        wording: best.wording,
        span: seen.message.original_range(0..text.len()),
        unexplained_words: 0,
        captures,
        further: Vec::new(),
        alternatives,
    })
}

/// The root causes of the candidates, the likeliest first. A wording that is only a part of the best one's, or of
/// another message's in the text, says nothing of its own: IAM's sentences begin alike and differ in the reason at
/// their end.
fn alternatives<'c>(ranked: &[Exact<'c>]) -> Vec<Alternative<'c>> {
    let mut alternatives: Vec<Alternative<'c>> = Vec::new();
    let Some(best) = ranked.first() else { return alternatives };
    let further = further(best, ranked);
    let wholes: Vec<&Range<usize>> =
        std::iter::once(best).chain(further).map(|it| &it.candidate.found.span).collect();
    for (index, Exact { candidate, confidence, .. }) in ranked.iter().enumerate() {
        let span = &candidate.found.span;
        let is_part_of = |whole: &&Range<usize>| {
            whole.start <= span.start && span.end <= whole.end && span.len() < whole.len()
        };
        let is_part = index > 0 && wholes.iter().any(is_part_of);
        let is_listed = alternatives.iter().any(|other| other.root_cause.id == candidate.root_cause.id);
        let leaves_open = index > 0 && candidate.root_cause.unspecific;
        if !is_part && !is_listed && !leaves_open {
            alternatives.push(Alternative { root_cause: candidate.root_cause, confidence: *confidence });
        }
    }
    alternatives
}

/// Confidence comes in steps of a hundredth.
fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
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
