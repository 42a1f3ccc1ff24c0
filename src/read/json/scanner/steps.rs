//! What the scanner steps over: the inside of strings, and jobs that others read.

use memchr::{memchr_iter, memchr3, memrchr};

use super::{DEEPEST_NESTING, Found, Mode, Scanner};
use crate::read::json::frame::Expect;
use crate::read::json::glance::DEEPEST_ASIDE;
use crate::read::json::named::is_under_state;
use crate::record::Position;

impl Scanner<'_> {
    /// Reads the object that begins here at a glance, if it is a plain job that nothing around says more about.
    pub(super) fn glance(&mut self, report: &mut dyn FnMut(Found<'_>)) -> bool {
        /// After so many misses in a row most objects are no plain jobs.
        const MOST_MISSES: u32 = 4;
        const BLIND: u32 = 64;
        let is_alone =
            self.frames.last().is_none_or(|outer| !outer.is_object && outer.expect == Expect::Value);
        // What is seen at a glance must not be nested deeper than what is read with care may be.
        let is_shallow = self.frames.len() < DEEPEST_NESTING - 2 * DEEPEST_ASIDE;
        // A state that stands around a job is a gap in it.
        if !is_alone || !is_shallow || is_under_state(&self.frames) {
            return false;
        }
        if self.blind > 0 {
            self.blind -= 1;
            return false;
        }
        let position = self.position();
        let Some(start) = self.index(self.at) else { return false };
        let before = self.glanced_to.and_then(|end| self.index(end));
        let bytes = self.buffer.get(start..).unwrap_or_default();
        let Some(glance) = &mut self.glance else { return false };
        let Some(seen) = glance.look(bytes) else {
            self.misses += 1;
            if self.misses > MOST_MISSES {
                (self.misses, self.blind) = (0, BLIND);
            }
            return false;
        };
        self.misses = 0;
        if let Some(before) = before {
            let between = self.buffer.get(before..start).unwrap_or_default();
            let is_separator = between.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','));
            if is_separator && *between != *self.separator {
                self.separator = between.to_vec();
            }
        }
        report(Found::Glanced { glance, object: seen.object, position });
        self.at += seen.object.len() as u64;
        self.glanced_to = Some(self.at);
        if seen.lines > 0 {
            self.line += seen.lines;
            self.line_start = self.at - seen.on_last_line as u64;
        }
        self.outline.has_json = true;
        if let Some(outer) = self.frames.last_mut() {
            outer.record_ends();
        }
        true
    }

    /// What stood between the values before, wherever the scanner is: in what comes, a job may end before it.
    pub(in crate::read::json) fn last_separator(&self) -> Option<&[u8]> {
        (!self.separator.is_empty()).then_some(&*self.separator)
    }

    /// What stands between jobs here, where one can be read after another without looking at anything else.
    fn separator(&self) -> Option<&[u8]> {
        let commas = self.separator.iter().filter(|byte| **byte == b',').count();
        let is_of_here = match self.frames.last() {
            None => commas == 0,
            Some(outer) => !outer.is_object && commas == 1,
        };
        // What is still in memory may be needed.
        let is_free = self.frames.iter().all(|frame| frame.released) && !is_under_state(&self.frames);
        self.last_separator().filter(|_| is_of_here && is_free)
    }

    /// The same, where the next job is to begin right here.
    pub(in crate::read::json) fn separator_before_record(&self) -> Option<&[u8]> {
        let is_here = matches!(self.mode, Mode::Between)
            && self.frames.last().is_none_or(|outer| outer.expect == Expect::Value);
        self.separator().filter(|_| is_here)
    }

    /// Goes on behind bytes that stand here, and that are nothing but jobs with the separator behind each.
    pub(in crate::read::json) fn step_over(&mut self, bytes: &[u8]) {
        self.at += bytes.len() as u64;
        self.line += memchr_iter(b'\n', bytes).count() as u64;
        if let Some(end) = memrchr(b'\n', bytes) {
            self.line_start = self.at - (bytes.len() - end - 1) as u64;
        }
        // Nothing of it is needed any more, and the beginning of a long list was a lot.
        self.buffer = Vec::new();
        self.buffer_start = self.at;
        self.glanced_to = None;
    }

    /// Goes back so many bytes that were stepped over, to a place.
    pub(in crate::read::json) fn step_back(&mut self, bytes: u64, position: Position) {
        self.at -= bytes;
        self.line = position.line;
        self.line_start = self.at + 1 - position.column;
        self.buffer_start = self.at;
    }

    /// Steps over what neither ends a string nor escapes what follows; whether there was any.
    pub(super) fn steps_over_text(&mut self) -> bool {
        let text = self.index(self.at).and_then(|start| self.buffer.get(start..)).unwrap_or_default();
        let length = memchr3(b'"', b'\\', b'\n', text).unwrap_or(text.len());
        self.at += length as u64;
        length > 0
    }
}
