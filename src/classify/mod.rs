//! Candidates to one ranked answer, or unknown. All policy is here: what counts as evidence, how sure an answer is,
//! and from where on it is none.

#[cfg(test)]
mod calibration;
mod answer;
pub(crate) mod captures;
mod cut_off;
mod exact;
mod explanation;
mod memory;
mod near;
mod outline;
mod seen;
mod several;
mod similar;
pub(crate) mod tokens;
mod unknown;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::catalogue::Catalogue;
use crate::diagnosis::{Alternative, Answer, Explanation, Reason, Tier, Unknown};
use crate::lexicon::Lexicon;
use crate::matcher::Matcher;
use crate::normalise::{Message, Repaired, Wrapper, shape};
use crate::scorer::{Read, Score, Scorer};

pub use memory::Memory;

use answer::{alternatives, exact_answer, similar_answer};
use near::Near;
use outline::Outline;
use seen::{Seen, message_cut_off};

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
    /// Whether identifiers tell something, as a wording names one. Nearly always only the shape of a message tells.
    identifiers_tell: bool,
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
        let mut wordings = catalogue.root_causes().iter().flat_map(|cause| &cause.patterns);
        let identifiers_tell = wordings.any(|wording| matches!(shape(wording.pattern.text()), Cow::Owned(_)));
        Self { catalogue, matcher, identifiers_tell, scorer: OnceLock::new() }
    }

    /// The catalogue that answers come from.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn scorer(&self) -> &Scorer {
        self.scorer.get_or_init(|| Scorer::new(&self.catalogue))
    }

    /// The words by whose meanings a reworded message is found.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        self.scorer().lexicon()
    }

    /// The root cause that a status message tells of, or unknown.
    #[must_use]
    pub fn classify(&self, status_message: &str) -> Answer<'_> {
        let seen = self.look(Repaired::of(status_message));
        self.decide(&seen).answer(seen.message.repaired())
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
        let seen = self.look(Repaired::of(status_message));
        let answer = self.decide(&seen).answer(seen.message.repaired());
        let (_, near) = self.near(&seen, self.other_job(&seen));
        let considered = explanation::considered(&seen, &answer, &near, self.scorer(), &self.catalogue);
        Explanation { answer, considered }
    }

    /// The first tier: which wordings stand in the message, from end to end or up to where it was cut off.
    fn look<'c, 'm>(&'c self, status_message: Repaired<'m>) -> Seen<'c, 'm> {
        let message = self.message(status_message);
        let message = message.said_once().map_or(message, |once| self.message(Repaired::of(once)));
        let wrapper = Wrapper::of(message.text());
        let candidates = self.matcher.candidates(&self.catalogue, &message);
        let scorer = || self.scorer();
        let mut exact = exact::rank(&candidates, &message, &wrapper, None, scorer);
        let openings = || self.matcher.openings(&self.catalogue, &message);
        let cut_off = cut_off::rank(openings, &message, &wrapper, &exact, scorer);
        if let Some(last) = message_cut_off(&cut_off) {
            let place = Some(&last.candidate.found.span);
            exact = exact::rank(&candidates, &message, &wrapper, place, scorer);
        }
        // What stands around the wording may say that a job of another kind failed for that reason.
        let of_around = || {
            let best = exact.first().filter(|best| !best.around.is_empty())?;
            unknown::other_job(self.scorer().lexicon(), &best.around)
        };
        let other_job = unknown::other_call(message.words().as_str()).or_else(of_around);
        Seen { message, wrapper, exact, cut_off, other_job }
    }

    fn message<'m>(&self, repaired: Repaired<'m>) -> Message<'m> {
        if self.identifiers_tell { Message::verbatim(repaired) } else { Message::shaped(repaired) }
    }

    fn decide<'c>(&'c self, seen: &Seen<'c, '_>) -> Outline<'c> {
        let words = seen.message.words();
        if words.is_empty() {
            let unknown = Unknown { reason: Reason::NoText, copy_job_id: None, nearest: Vec::new() };
            return seen.outline(Answer::Unknown(unknown), Vec::new());
        }
        let best = seen.best();
        if let Some(best) = best.filter(|best| seen.is_undisputed(best)) {
            return exact_answer(best, best.confidence, seen);
        }
        // The second tier: which wordings come near.
        let other_job = self.other_job(seen);
        let (read, near) = self.near(seen, other_job);
        let (scores, confidence) = (&near.scores, near.confidence);
        let known = best.map_or(0.0, |best| best.confidence);
        if other_job.is_none() && known.max(confidence) >= LEAST_CONFIDENCE {
            // Where the wording leaves the reason open, a message that gives one is about that.
            let gives_reason = best.is_some_and(|best| best.candidate.root_cause.unspecific)
                && scores
                    .first()
                    .is_some_and(|best| !best.root_cause.unspecific && confidence >= LEAST_CONFIDENCE);
            return match (best, scores.first()) {
                (Some(best), near) if best.tier == Tier::CutOff => {
                    // Meanings do not tell apart wordings that begin alike.
                    let is_backed = seen.cut_off.len() == 1
                        && near.is_some_and(|near| near.root_cause.id == best.candidate.root_cause.id);
                    exact_answer(best, if is_backed { known.max(confidence) } else { known }, seen)
                }
                // Where both agree, the wording is the better witness, and the surer of the two is right.
                (Some(best), Some(near)) if best.candidate.root_cause.id == near.root_cause.id => {
                    exact_answer(best, known.max(confidence), seen)
                }
                (Some(best), _) if known >= confidence && !gives_reason => {
                    match disputed(known, confidence) {
                        disputed if disputed >= LEAST_CONFIDENCE => exact_answer(best, disputed, seen),
                        _ => self.unknown(seen, &read, scores, None),
                    }
                }
                (_, Some(best)) => similar_answer(best, &near, seen),
                (_, None) => self.unknown(seen, &read, scores, None),
            };
        }
        self.unknown(seen, &read, scores, other_job)
    }

    /// Whether the message is about a job of another kind. Within a wording, such a job is a part of what is known.
    fn other_job(&self, seen: &Seen<'_, '_>) -> Option<Reason> {
        let of_whole = || unknown::other_job(self.scorer().lexicon(), seen.message.words().as_str());
        seen.other_job.or_else(|| seen.exact.is_empty().then(of_whole).flatten())
    }

    /// What was read of the message, and how near it comes to the root causes: as a whole, or, where that is not near
    /// enough and no wording stands in it, in a part.
    fn near<'c>(&'c self, seen: &Seen<'c, '_>, other_job: Option<Reason>) -> (Read, Near<'c>) {
        let (read, whole) = Near::whole(seen, self.scorer(), &self.catalogue);
        let may_be_part = seen.best().is_none() && other_job.is_none() && read.tells_of_trouble();
        let part = (may_be_part && whole.confidence < LEAST_CONFIDENCE)
            .then(|| Near::part(seen, self.scorer(), &self.catalogue));
        let near = part.flatten().unwrap_or(whole);
        (read, near)
    }

    fn unknown<'c>(
        &'c self,
        seen: &Seen<'c, '_>,
        read: &Read,
        scores: &[Score<'c>],
        other_job: Option<Reason>,
    ) -> Outline<'c> {
        let words = seen.message.words().as_str();
        let holds_wording = !seen.exact.is_empty();
        let reason =
            other_job.unwrap_or_else(|| unknown::reason(self.scorer().lexicon(), words, read, holds_wording));
        let ranked = if seen.cut_off.is_empty() { &seen.exact } else { &seen.cut_off };
        let mut nearest = ranked.first().map_or_else(Vec::new, |best| alternatives(best, ranked, seen));
        for score in scores.iter().filter(|score| score.value >= LEAST_NEARNESS) {
            if nearest.iter().all(|other| other.root_cause.id != score.root_cause.id) {
                let confidence = similar::confidence_below_line(score);
                nearest.push(Alternative { root_cause: score.root_cause, confidence });
            }
        }
        let is_notice = reason == Reason::NoticeWithoutReason;
        // A notice is near nothing: it leaves out what would tell.
        nearest.truncate(if is_notice { 0 } else { MOST_NEAREST });
        seen.outline(Answer::Unknown(Unknown { reason, copy_job_id: None, nearest }), Vec::new())
    }
}

/// How sure a wording is where the words around it make another root cause come near. They may be about something
/// else, or say more precisely what went wrong.
fn disputed(known: f64, rival: f64) -> f64 {
    if rival < LEAST_CONFIDENCE { known } else { hundredths(known * (1.0 - rival / 2.0)) }
}

/// Confidence comes in steps of a hundredth.
fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests;
