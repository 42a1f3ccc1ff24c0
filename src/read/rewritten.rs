//! A text whose lines are changed on their way.

use std::io::{self, BufRead, BufReader, Read};

/// A line that is longer comes in pieces.
const LONGEST_PIECE: u64 = 64 * 1024;

/// What becomes of lines.
pub(super) trait Rewrite {
    /// Takes a line with what ends it, or a piece of one, and puts out what it becomes.
    fn line(&mut self, piece: &[u8], is_begin: bool, out: &mut Vec<u8>);

    /// Puts out what was held back when the text is at its end.
    fn end(&mut self, _out: &mut Vec<u8>) {}
}

/// Reads what the lines of another reader become.
pub(super) struct Rewritten<'r, W> {
    reader: BufReader<Box<dyn Read + 'r>>,
    rewrite: W,
    piece: Vec<u8>,
    is_begin: bool,
    /// What was not given yet, from `given` on.
    ready: Vec<u8>,
    given: usize,
    is_over: bool,
}

impl<'r, W: Rewrite> Rewritten<'r, W> {
    pub(super) fn new(reader: Box<dyn Read + 'r>, rewrite: W) -> Self {
        Self {
            reader: BufReader::new(reader),
            rewrite,
            piece: Vec::new(),
            is_begin: true,
            ready: Vec::new(),
            given: 0,
            is_over: false,
        }
    }

    /// What becomes of a text that is in memory.
    pub(super) fn of(text: &[u8], mut rewrite: W) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            rewrite.line(line, true, &mut out);
        }
        rewrite.end(&mut out);
        out
    }
}

impl<W: Rewrite> Read for Rewritten<'_, W> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.is_over {
                return Ok(0);
            }
            self.given = 0;
            self.ready.clear();
            self.piece.clear();
            (&mut self.reader).take(LONGEST_PIECE).read_until(b'\n', &mut self.piece)?;
            if self.piece.is_empty() {
                self.is_over = true;
                self.rewrite.end(&mut self.ready);
            } else {
                self.rewrite.line(&self.piece, self.is_begin, &mut self.ready);
                self.is_begin = self.piece.last() == Some(&b'\n');
            }
        }
        let mut ready = self.ready.get(self.given..).unwrap_or_default();
        let length = ready.read(out)?;
        self.given += length;
        Ok(length)
    }
}
