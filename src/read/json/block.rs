//! A stretch of JSON that is nothing but plain jobs with the same between them, as most of most exports is: lines of
//! JSON, or the elements of a list. It can be read without knowing what stands before it.

use std::sync::Arc;

use memchr::memmem;

use super::glance::Glance;
use crate::read::Options;
use crate::read::item::Item;
use crate::read::reading::Reading;
use crate::record::Position;

/// Objects, each with the separator behind it.
#[derive(Debug)]
pub(in crate::read) struct Block {
    pub(super) bytes: Vec<u8>,
    pub(super) separator: Arc<[u8]>,
    /// Where it begins.
    pub(super) position: Position,
    pub(super) file: Arc<str>,
}

impl Block {
    /// Where in `bytes` the last object begins that has the separator before it: what stands before is as much of a
    /// block as there may be.
    pub(super) fn end(bytes: &[u8], separator: &[u8]) -> Option<usize> {
        let between = [b"}", separator, b"{"].concat();
        memmem::rfind(bytes, &between).map(|found| found + 1 + separator.len())
    }

    /// What is left behind so many bytes.
    pub(in crate::read) fn rest(mut self, plain: usize) -> Option<Self> {
        if self.is_whole(plain) {
            return None;
        }
        let position = self.position.after(self.bytes.get(..plain).unwrap_or_default());
        self.bytes.drain(..plain.min(self.bytes.len()));
        Some(Self { position, ..self })
    }

    /// Whether so many bytes are all of it.
    pub(in crate::read) fn is_whole(&self, plain: usize) -> bool {
        plain == self.bytes.len()
    }

    /// Reads the jobs as far as they are plain. Gives how many bytes these are, separators included: all of them, if the
    /// block is what it was taken for. Then the scanner would have found the same, and be as before.
    pub(in crate::read) fn read(&self, options: &Options, hand_on: &mut dyn FnMut(Item)) -> usize {
        let mut glance = Glance::new(&options.names);
        let mut at = 0;
        let mut position = self.position;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(seen) = glance.look(rest) else { break };
            let length = seen.object.len();
            if !rest.get(length..).is_some_and(|behind| behind.starts_with(&self.separator)) {
                break;
            }
            let Some(item) = item(&glance, seen.object, &self.file, position, options.only_problems) else {
                break;
            };
            hand_on(item);
            at += length + self.separator.len();
            if seen.lines > 0 {
                position =
                    Position { line: position.line + seen.lines, column: seen.on_last_line as u64 + 1 };
            } else {
                position.column += length as u64;
            }
            position = position.after(&self.separator);
        }
        at
    }
}

/// What is told of the job of the object that was looked at last; `None` where a text in it is none, or it is no job.
pub(super) fn item(
    glance: &Glance<'_>,
    object: &str,
    file: &Arc<str>,
    position: Position,
    only_problems: bool,
) -> Option<Item> {
    let uneventful = only_problems.then(|| glance.uneventful(object)).flatten();
    match uneventful {
        Some(job) => Some(Item::Uneventful(job)),
        None => Reading::item_of(glance.draft(object, file, position)?, only_problems),
    }
}
