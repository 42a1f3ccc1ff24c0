//! An answer in which the values are still places: what a message of one shape says is said by all of that shape, but
//! each names identifiers of its own.

use super::{captures, unknown};
use crate::diagnosis::{Answer, Reason, Tier};
use crate::normalise::{Repaired, Wrapper, WrapperField};
use crate::pattern::PatternMatch;
use crate::slot::{Slot, SlotValues};

/// What is said of all messages of one shape.
#[derive(Debug, Clone)]
pub(super) struct Outline<'c> {
    /// The answer without the values that a message names, its ranges being those of the repaired text.
    pub(super) answer: Answer<'c>,
    /// Where the values of the answer stand, then those of the further messages.
    pub(super) found: Vec<PatternMatch>,
    pub(super) wrapper: Wrapper,
    /// How much of the text the answer is of: the first half where a message was pasted twice.
    pub(super) length: usize,
}

impl<'c> Outline<'c> {
    /// The answer for a message.
    pub(super) fn answer(&self, message: &Repaired<'_>) -> Answer<'c> {
        let text = message.text().get(..self.length).unwrap_or(message.text());
        let mut answer = self.answer.clone();
        match &mut answer {
            Answer::Diagnosed(diagnosis) => {
                let mut found = self.found.iter();
                diagnosis.captures = match diagnosis.tier {
                    Tier::Exact | Tier::CutOff => values(found.next(), text),
                    Tier::Similar => captures::captures(text, diagnosis.wording, &self.wrapper),
                };
                for (field, range) in &self.wrapper.fields {
                    let value = text.get(range.clone()).unwrap_or_default();
                    diagnosis.captures.offer(slot_of(*field), value);
                }
                diagnosis.span = message.original_range(diagnosis.span.clone());
                for further in &mut diagnosis.further {
                    further.captures = values(found.next(), text);
                    further.span = message.original_range(further.span.clone());
                }
            }
            Answer::Unknown(unknown) if unknown.reason == Reason::NoticeWithoutReason => {
                unknown.copy_job_id = unknown::copy_job_id(text);
            }
            Answer::Unknown(_) => {}
        }
        answer
    }
}

/// What a wording captured where it stands.
fn values(found: Option<&PatternMatch>, text: &str) -> SlotValues {
    let mut values = SlotValues::default();
    for (slot, value) in found.into_iter().flat_map(|found| found.values(text)) {
        values.offer(slot, &value);
    }
    values
}

fn slot_of(field: WrapperField) -> Slot {
    match field {
        WrapperField::Service => Slot::Service,
        WrapperField::Operation => Slot::Operation,
        WrapperField::StatusCode => Slot::StatusCode,
        WrapperField::ErrorCode => Slot::ErrorCode,
        WrapperField::RequestId => Slot::RequestId,
    }
}
