//! The tokens of plain JSON: strings, numbers, words, and what stands between them.

use memchr::memchr2;

/// Where a value stands in the object, without its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) has_escapes: bool,
}

/// How many control characters there are.
pub(super) fn controls(bytes: &[u8]) -> usize {
    // So few at a time that a byte counts them, and many bytes are counted at once.
    let few = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(*byte < b' ')).sum::<u8>();
    bytes.chunks(128).map(|bytes| usize::from(few(bytes))).sum()
}

/// An object while it is looked at.
pub(super) struct Text<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    /// How many control characters stood between tokens so far.
    pub(super) controls: usize,
    /// How many lines ended so far, and where the last one began.
    pub(super) lines: u64,
    pub(super) line_start: usize,
}

impl<'b> Text<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, controls: 0, lines: 0, line_start: 0 }
    }

    /// What was looked at, if it is UTF-8 without a control character in a string.
    pub(super) fn seen(&self) -> Option<&'b str> {
        let bytes = self.bytes.get(..self.at)?;
        (controls(bytes) == self.controls).then(|| std::str::from_utf8(bytes).ok()).flatten()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b' ' => self.at += 1,
                b'\t' | b'\r' => {
                    self.at += 1;
                    self.controls += 1;
                }
                b'\n' => {
                    self.at += 1;
                    self.controls += 1;
                    self.lines += 1;
                    self.line_start = self.at;
                }
                _ => return,
            }
        }
    }

    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    /// `true`, `false` or `null`.
    pub(super) fn word(&mut self) -> Option<Value> {
        let start = self.at;
        let word = ["true", "false", "null"].into_iter().find(|word| self.begins(start, word))?;
        self.at += word.len();
        Some(Value { start, end: self.at, has_escapes: false })
    }

    pub(super) fn begins(&self, start: usize, word: &str) -> bool {
        self.bytes.get(start..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    /// A string, behind its opening quote. What no string may hold is left to [`Text::seen`], and which escapes there are
    /// to whoever reads it.
    pub(super) fn string(&mut self) -> Option<Value> {
        let start = self.at;
        let mut has_escapes = false;
        loop {
            self.at += memchr2(b'"', b'\\', self.bytes.get(self.at..)?)?;
            if self.bytes.get(self.at) == Some(&b'"') {
                break;
            }
            has_escapes = true;
            self.at += 2;
        }
        let end = self.at;
        self.at += 1;
        Some(Value { start, end, has_escapes })
    }

    /// A number: whole or with a fraction. An exponent is left standing: nothing that may follow a value begins so.
    pub(super) fn number(&mut self) -> Option<Value> {
        let start = self.at;
        let digits = |text: &mut Self| {
            let before = text.at;
            while text.bytes.get(text.at).is_some_and(u8::is_ascii_digit) {
                text.at += 1;
            }
            text.at - before
        };
        let first_digit = start + usize::from(self.take(b'-'));
        let whole = digits(self);
        let has_leading_zero = whole > 1 && self.bytes.get(first_digit) == Some(&b'0');
        if whole == 0 || has_leading_zero || (self.take(b'.') && digits(self) == 0) {
            return None;
        }
        Some(Value { start, end: self.at, has_escapes: false })
    }
}
