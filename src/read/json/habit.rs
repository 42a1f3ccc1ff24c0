//! The habits of an export: what stands between the values of its objects, which is the same in one after another.
//!
//! Where an object goes the way of an earlier one, only its values are looked at; all else is compared in one go with
//! what was found to be JSON, and to tell of a job, before.

use super::token::{Text, Value, controls};
use crate::read::field::Field;
use crate::record::State;

/// More stretches than this are no habit.
const MOST_STRETCHES: usize = 1024;

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the object itself.
    Outside,
    /// In the job that the object says more about.
    Inside,
    /// In what made the job, in either of these.
    Plan,
    InnerPlan,
    /// In an object that says nothing of the job.
    Aside,
}

/// The fields of an event, and of the job in it, or only the job's.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) outer: Vec<(Field, Value)>,
    pub(super) inner: Vec<(Field, Value)>,
}

impl Fields {
    pub(super) fn clear(&mut self) {
        self.outer.clear();
        self.inner.clear();
    }

    fn put(&mut self, place: Place, field: Field, value: Value) {
        match place {
            Place::Outside | Place::Plan => self.outer.push((field, value)),
            Place::Inside | Place::InnerPlan => self.inner.push((field, value)),
            Place::Aside => {}
        }
    }
}

/// A value, of which each object has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A string, behind its opening quote.
    String(Field, Place),
    /// A string in a list of ARNs, of which the first counts.
    Item {
        field: Field,
        place: Place,
        is_first: bool,
    },
    Number(Field, Place),
    /// `true`, `false` or `null`.
    Word(Field, Place),
}

impl Content {
    /// Reads the value, and notes it where it tells something of the job; `None` where it is not plain.
    pub(super) fn read(self, text: &mut Text<'_>, fields: &mut Fields) -> Option<()> {
        match self {
            Self::String(field, place) => {
                let value = text.string()?;
                if field.is_of_job() {
                    fields.put(place, field, value);
                } else if value.has_escapes {
                    return None;
                }
                // JSON in a string has escapes; a message may quote whatever it likes.
                let is_plain = field == Field::StatusMessage || !value.has_escapes;
                // In what says nothing of the job, nothing may look as if it did.
                let is_of_job = matches!(place, Place::Outside | Place::Inside);
                (is_plain && (is_of_job || !is_state(text.bytes.get(value.start..value.end)?))).then_some(())
            }
            Self::Item { field, place, is_first } => {
                let value = text.string()?;
                (text.begins(value.start, "arn:") && !value.has_escapes).then_some(())?;
                if is_first && field == Field::RecoveryPointArn {
                    fields.put(place, field, value);
                }
                Some(())
            }
            Self::Number(field, place) => {
                let number = text.number()?;
                if !field.is_of_job() || field == Field::IsParent {
                    return Some(());
                }
                let digits = text.bytes.get(number.start..number.end)?;
                let is_whole = digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit);
                let is_time = matches!(field, Field::CreatedAt | Field::CompletedAt);
                (is_whole || is_time).then_some(())?;
                fields.put(place, field, number);
                Some(())
            }
            Self::Word(field, place) => {
                let value = text.word()?;
                if field == Field::IsParent {
                    fields.put(place, field, value);
                }
                Some(())
            }
        }
    }
}

impl Field {
    /// Whether it says something of a job.
    pub(super) fn is_of_job(self) -> bool {
        !matches!(self, Self::Other | Self::LogTime)
    }
}

fn is_state(text: &[u8]) -> bool {
    text.len() <= 10 && std::str::from_utf8(text).is_ok_and(State::is_known_name)
}

/// The values of an object, each with where it begins and where what stands behind it begins.
pub(super) type Trace = Vec<(usize, usize, Content)>;

/// The ways that the objects of an export went.
#[derive(Debug, Default)]
pub(super) struct Habits {
    stretches: Vec<Stretch>,
    /// Those that an object begins with.
    first: Vec<usize>,
}

/// What stands in front of a value, or ends an object.
#[derive(Debug)]
struct Stretch {
    literal: Box<[u8]>,
    controls: usize,
    /// How many lines end in it, and where the last of these ends is.
    lines: u64,
    line_start: usize,
    /// None where the object ends.
    content: Option<Content>,
    /// The stretches behind the value.
    next: Vec<usize>,
}

impl Habits {
    /// Reads an object that goes a way that an earlier one went; `None` where it goes another.
    pub(super) fn follow(&self, text: &mut Text<'_>, fields: &mut Fields) -> Option<()> {
        let mut next = &self.first;
        loop {
            let rest = text.bytes.get(text.at..)?;
            let mut stretches = next.iter().filter_map(|index| self.stretches.get(*index));
            let stretch = stretches.find(|stretch| rest.starts_with(&stretch.literal))?;
            text.controls += stretch.controls;
            if stretch.lines > 0 {
                text.lines += stretch.lines;
                text.line_start = text.at + stretch.line_start;
            }
            text.at += stretch.literal.len();
            let Some(content) = stretch.content else { return Some(()) };
            content.read(text, fields)?;
            next = &stretch.next;
        }
    }

    /// Learns the way of an object that `bytes` are.
    pub(super) fn learn(&mut self, bytes: &[u8], trace: &Trace) {
        if self.stretches.len() + trace.len() >= MOST_STRETCHES {
            return;
        }
        let contents = trace.iter().map(|(start, end, content)| (*start, *end, Some(*content)));
        let mut behind = 0;
        let mut before = None;
        for (start, end, content) in contents.chain([(bytes.len(), bytes.len(), None)]) {
            let literal = bytes.get(behind..start).unwrap_or_default();
            behind = end;
            let next = match before.and_then(|before: usize| self.stretches.get(before)) {
                Some(before) => &before.next,
                None => &self.first,
            };
            let is_same = |index: &&usize| {
                let known = self.stretches.get(**index);
                known.is_some_and(|known| *known.literal == *literal && known.content == content)
            };
            let known = next.iter().find(is_same).copied();
            before = Some(known.unwrap_or_else(|| self.add(before, literal, content)));
        }
    }

    fn add(&mut self, before: Option<usize>, literal: &[u8], content: Option<Content>) -> usize {
        let lines = literal.iter().filter(|byte| **byte == b'\n').count() as u64;
        let line_start = literal.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let place = self.stretches.len();
        let (controls, next) = (controls(literal), Vec::new());
        self.stretches.push(Stretch { literal: literal.into(), controls, lines, line_start, content, next });
        let next = match before.and_then(|before| self.stretches.get_mut(before)) {
            Some(before) => &mut before.next,
            None => &mut self.first,
        };
        next.push(place);
        place
    }
}
