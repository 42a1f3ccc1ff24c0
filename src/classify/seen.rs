//! What stands in a text word for word, and which of it are messages: the answer is one of them, the others are named
//! beside it.

use super::LEAST_CONFIDENCE;
use super::exact::Exact;
use super::outline::Outline;
use super::several::is_beside;
use crate::diagnosis::{Answer, Reason, Tier};
use crate::normalise::{Message, Wrapper};
use crate::pattern::PatternMatch;
use crate::scorer::telling_words;

/// What the first tier makes of a message.
pub(super) struct Seen<'c, 'm> {
    pub(super) message: Message<'m>,
    pub(super) wrapper: Wrapper,
    /// The root causes of which a wording stands in the message, the likeliest first.
    pub(super) exact: Vec<Exact<'c>>,
    /// The root causes within whose wordings the message ends, the likeliest first.
    pub(super) cut_off: Vec<Exact<'c>>,
    /// That the words around the wording are about a job of another kind.
    pub(super) other_job: Option<Reason>,
}

/// The message that was cut off, where one of the root causes is likely enough.
pub(super) fn message_cut_off<'e, 'c>(cut_off: &'e [Exact<'c>]) -> Option<&'e Exact<'c>> {
    cut_off.first().filter(|best| best.confidence >= LEAST_CONFIDENCE)
}

impl<'c> Seen<'c, '_> {
    /// An answer for the message, without the values that it names. `found` is where those of the answer stand, if it
    /// is a wording of the first tier, and those of its further messages.
    pub(super) fn outline(&self, answer: Answer<'c>, found: Vec<PatternMatch>) -> Outline<'c> {
        Outline { answer, found, wrapper: self.wrapper.clone(), length: self.message.text().len() }
    }

    /// The wording that explains most: of a message that was cut off and the likeliest whole one the surer, and of two
    /// alike the whole one. Nothing else stands beside a message that was cut off: what leaves the reason open says
    /// less, and what lies in it is a part of it.
    pub(super) fn best(&self) -> Option<&Exact<'c>> {
        let Some(last) = message_cut_off(&self.cut_off) else { return self.exact.first() };
        let whole = self.exact.iter().find(|whole| whole.is_whole());
        Some(whole.filter(|whole| whole.confidence >= last.confidence).unwrap_or(last))
    }

    /// Whether this, the best wording, is all that there is but for other messages.
    pub(super) fn is_undisputed(&self, best: &Exact<'_>) -> bool {
        let goes_on = !self.cut_off.is_empty() && message_cut_off(&self.cut_off).is_none();
        best.tier == Tier::Exact && best.is_undisputed() && self.other_job.is_none() && !goes_on
    }

    /// The other messages in the text of an answer, in the order of the text, each root cause once.
    pub(super) fn further(&self, best: &Exact<'c>) -> Vec<&Exact<'c>> {
        let mut further: Vec<&Exact<'c>> = Vec::new();
        for other in self.exact.iter().chain(message_cut_off(&self.cut_off)) {
            let is_message = other.is_whole() && other.confidence >= LEAST_CONFIDENCE;
            let is_named = |it: &Exact<'_>| it.candidate.root_cause.id == other.candidate.root_cause.id;
            let is_other =
                is_beside(&other.candidate.found.span, &best.candidate.found.span) && !is_named(best);
            if is_message && is_other && !further.iter().any(|it| is_named(it)) {
                further.push(other);
            }
        }
        further.sort_by_key(|it| it.candidate.found.span.start);
        further
    }

    /// The words that the second tier reads: all that tell, but for what stands in messages beside the best wording.
    pub(super) fn words(&self) -> String {
        match self.best() {
            Some(best) => self.words_for(best),
            None => telling_words(self.message.text(), &self.wrapper),
        }
    }

    /// The words that speak for or against a wording. What stands in another message of the text does neither.
    pub(super) fn words_for(&self, wording: &Exact<'c>) -> String {
        let span = &wording.candidate.found.span;
        let others = self.further(wording).into_iter().flat_map(|other| &other.places);
        let mut around = self.wrapper.clone();
        around.ranges.extend(others.filter(|place| is_beside(place, span)).cloned());
        telling_words(self.message.text(), &around)
    }
}
