//! Objects as programs print them (Python, Node.js, Go, Java, the shell of MongoDB) and JSON as people edit it, with
//! comments: what becomes JSON on its way to the reader.
//!
//! A line stays a line, and what stands in it stays in its column where the JSON is not longer.

mod ahead;
mod bytes;
mod date;
mod known;
mod quoted;

use super::rewritten::Rewrite;
use ahead::{begins_field, begins_object, is_of_name};
pub(super) use bytes::{OfBytes, has_bytes};
pub(super) use known::is_printed;

/// What is longer without quotes is no value that a program prints.
const LONGEST_WORD: usize = 64 * 1024;

/// Columns are kept over gaps that are no wider.
const WIDEST_GAP: usize = 4 * 1024;

/// How far ahead is looked: so much of a line is held back where it comes in pieces.
const AHEAD: usize = 256;

/// More brackets in one another than the reader of JSON takes.
const DEEPEST: usize = 1024;

/// Makes JSON of what is printed. What stands outside of brackets is left as it is.
#[derive(Debug, Default)]
pub(super) struct AsJson {
    /// The brackets that are open, innermost last.
    open: Vec<Bracket>,
    place: Place,
    /// Whether a key comes next.
    is_key: bool,
    /// The column of a comma that is written before the next value only: none may stand before a closing bracket.
    comma: Option<usize>,
    /// Letters without quotes that were read, and the column in which they begin.
    word: Vec<u8>,
    /// Line ends that come behind what is being read.
    line_ends: usize,
    /// How much of the line was read and written.
    read: usize,
    written: usize,
    held: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Object,
    List,
    /// An object of Java's, in parentheses.
    Fields,
    /// A list in parentheses.
    Tuple,
    /// `Decimal('1')`: the first argument stands for the whole.
    Call,
    /// The others, which are left out.
    Arguments,
}

/// Where in the text the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Between,
    /// In letters without quotes, from this column on, with so many parentheses open in them.
    Word { column: usize, open: usize },
    /// In quotes of this kind.
    Quoted(u8),
    /// Behind a backslash in such quotes.
    Escape(u8),
    /// In the digits of a character's number, of which so many are missing.
    Number { quote: u8, missing: u8, value: u32 },
    /// Behind quotes, which go on if others follow.
    BehindQuotes,
    /// In the arguments of a date, with so many brackets open.
    Date { depth: usize },
    /// In a comment to the end of the line.
    Comment,
    /// In a comment to `*/`.
    Block { is_star: bool },
}

impl Rewrite for AsJson {
    fn line(&mut self, piece: &[u8], _: bool, out: &mut Vec<u8>) {
        let mut text = std::mem::take(&mut self.held);
        text.extend_from_slice(piece);
        let ready = if text.ends_with(b"\n") { text.len() } else { text.len().saturating_sub(AHEAD) };
        self.take(&text, ready, out);
        text.drain(..ready);
        self.held = text;
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        let text = std::mem::take(&mut self.held);
        self.take(&text, text.len(), out);
        match self.place {
            Place::Word { column, .. } => self.end_word(column, false, out),
            Place::BehindQuotes => self.end_quotes(out),
            _ => {}
        }
        self.end_lines(out);
    }
}

impl AsJson {
    /// Takes so many bytes of a text.
    fn take(&mut self, text: &[u8], ready: usize, out: &mut Vec<u8>) {
        for (at, byte) in text.iter().enumerate().take(ready) {
            let rest = text.get(at + 1..).unwrap_or_default();
            self.byte(*byte, rest.get(..AHEAD).unwrap_or(rest), out);
            self.read += 1;
            if *byte == b'\n' {
                self.read = 0;
            }
        }
    }

    fn byte(&mut self, byte: u8, rest: &[u8], out: &mut Vec<u8>) {
        match self.place {
            Place::Between => self.between(byte, rest, out),
            Place::Word { column, open } => self.in_word(column, open, byte, rest, out),
            Place::Quoted(quote) => self.in_quotes(quote, byte, out),
            Place::Escape(quote) => self.escaped(quote, byte, out),
            Place::Number { quote, missing, value } => self.in_number(quote, missing, value, byte, out),
            Place::BehindQuotes => match byte {
                b'\n' => self.line_ends += 1,
                b' ' | b'\t' | b'\r' | b'+' => {}
                b'\'' | b'"' | b'`' => self.place = Place::Quoted(byte),
                _ => {
                    self.end_quotes(out);
                    self.between(byte, rest, out);
                }
            },
            Place::Date { depth } => self.in_date(depth, byte, out),
            Place::Comment if byte == b'\n' => {
                self.place = Place::Between;
                self.between(byte, rest, out);
            }
            Place::Block { is_star: true } if byte == b'/' => self.place = Place::Between,
            Place::Block { .. } => {
                if byte == b'\n' {
                    self.between(byte, rest, out);
                }
                self.place = Place::Block { is_star: byte == b'*' };
            }
            Place::Comment => {}
        }
    }

    fn between(&mut self, byte: u8, rest: &[u8], out: &mut Vec<u8>) {
        match byte {
            b'\n' => {
                // What is left out goes no further, should its end be missing.
                while self.is_left_out() {
                    self.open.pop();
                }
                if self.comma.is_some() { self.line_ends += 1 } else { self.end_line(out) }
            }
            b'{' | b'[' if self.open.is_empty() && !begins_object(byte, rest) => self.put(&[byte], out),
            b'{' => self.open(Bracket::Object, out),
            b'[' => self.open(Bracket::List, out),
            b'(' if begins_field(rest, b"=") => self.open(Bracket::Fields, out),
            _ if self.open.is_empty() => self.put(&[byte], out),
            b'/' if rest.starts_with(b"/") => self.place = Place::Comment,
            b'/' if rest.starts_with(b"*") => self.place = Place::Block { is_star: false },
            b' ' | b'\t' | b'\r' if self.comma.is_some() => {}
            b' ' | b'\t' | b'\r' => self.put(&[byte], out),
            b'(' => self.open(Bracket::Tuple, out),
            b'}' | b']' | b')' => self.close(byte, out),
            b',' => self.comma(),
            b':' | b'=' if self.is_key => {
                self.align(self.read, out);
                self.put(b":", out);
                self.is_key = false;
            }
            b'\'' | b'"' | b'`' => {
                self.begin_value(self.read, out);
                self.put(b"\"", out);
                self.place = Place::Quoted(byte);
            }
            _ => {
                self.place = Place::Word { column: self.read, open: 0 };
                self.word.push(byte);
            }
        }
    }

    fn open(&mut self, bracket: Bracket, out: &mut Vec<u8>) {
        self.begin_value(self.read, out);
        let bracket = if self.is_left_out() { Bracket::Arguments } else { bracket };
        match bracket {
            Bracket::Object | Bracket::Fields => self.put(b"{", out),
            Bracket::List | Bracket::Tuple => self.put(b"[", out),
            Bracket::Call | Bracket::Arguments => {}
        }
        if self.open.len() == DEEPEST {
            self.open.remove(0);
        }
        self.open.push(bracket);
        self.is_key = self.is_in_object();
    }

    fn close(&mut self, byte: u8, out: &mut Vec<u8>) {
        self.comma = None;
        self.end_lines(out);
        self.align(self.read, out);
        match self.open.pop() {
            Some(Bracket::Object | Bracket::Fields) => self.put(b"}", out),
            Some(Bracket::List | Bracket::Tuple) => self.put(b"]", out),
            Some(Bracket::Call | Bracket::Arguments) => {}
            None => self.put(&[byte], out),
        }
        self.is_key = false;
    }

    fn comma(&mut self) {
        match self.open.last_mut() {
            Some(call @ Bracket::Call) => *call = Bracket::Arguments,
            Some(Bracket::Arguments) => {}
            _ => self.comma = Some(self.read),
        }
        self.is_key = self.is_in_object();
    }

    fn is_in_object(&self) -> bool {
        matches!(self.open.last(), Some(Bracket::Object | Bracket::Fields))
    }

    fn in_word(&mut self, column: usize, open: usize, byte: u8, rest: &[u8], out: &mut Vec<u8>) {
        let is_name = || {
            let mut letters = self.word.iter().rev();
            self.word.len() < LONGEST_WORD && letters.all(|it| is_of_name(char::from(*it)) || *it == b'.')
        };
        let is_prefix = || self.word.len() <= 2 && self.word.iter().all(|letter| b"bBuUrR".contains(letter));
        match byte {
            b':' | b'=' if self.is_key => self.end_word_at(column, true, byte, rest, out),
            b'(' if begins_field(rest, b"=") => self.forget_word(byte, rest, out),
            b'(' if is_name() => self.call(column, out),
            b',' if !self.ends_at_comma(rest) => self.letter(byte),
            b')' if !self.ends_at_parenthesis(open) => {
                self.letter(byte);
                self.place = Place::Word { column, open: open.saturating_sub(1) };
            }
            b',' | b'}' | b']' | b')' | b'\n' => self.end_word_at(column, false, byte, rest, out),
            // The name of a class in front of its object, a letter in front of a text.
            b'{' | b'[' => self.forget_word(byte, rest, out),
            b'\'' | b'"' if is_prefix() => self.forget_word(byte, rest, out),
            _ => {
                self.letter(byte);
                self.place = Place::Word { column, open: open + usize::from(byte == b'(') };
            }
        }
    }

    /// Adds a letter to the word, which goes no further than the longest.
    fn letter(&mut self, byte: u8) {
        if self.word.len() < LONGEST_WORD {
            self.word.push(byte);
        }
    }

    /// Begins the arguments of what the word names.
    fn call(&mut self, column: usize, out: &mut Vec<u8>) {
        let is_date = date::is_date(&self.word);
        self.word.clear();
        if is_date {
            self.begin_value(column, out);
            self.place = Place::Date { depth: 1 };
        } else {
            self.place = Place::Between;
            self.open(Bracket::Call, out);
        }
    }

    /// Whether a parenthesis is none of the word's own, of which so many are open.
    fn ends_at_parenthesis(&self, open: usize) -> bool {
        match self.open.last() {
            Some(Bracket::Tuple | Bracket::Call | Bracket::Arguments) => true,
            Some(Bracket::Fields) => open == 0,
            _ => false,
        }
    }

    /// Whether a comma is none of the word's own: a text without quotes may have some, but no key follows them.
    fn ends_at_comma(&self, rest: &[u8]) -> bool {
        let next = rest.trim_ascii_start();
        match self.open.last() {
            Some(Bracket::Fields) => self.is_key || begins_field(next, b"="),
            Some(Bracket::Object) => {
                let ends = matches!(next, [] | [b'\'' | b'"' | b'}' | b']' | b')' | b'/' | b'.', ..]);
                self.is_key || ends || begins_field(next, b":=")
            }
            _ => true,
        }
    }

    fn end_word_at(&mut self, column: usize, is_key: bool, end: u8, rest: &[u8], out: &mut Vec<u8>) {
        self.end_word(column, is_key, out);
        self.between(end, rest, out);
    }

    fn forget_word(&mut self, byte: u8, rest: &[u8], out: &mut Vec<u8>) {
        self.word.clear();
        self.place = Place::Between;
        self.between(byte, rest, out);
    }

    /// Writes what has no quotes, a key or a value.
    fn end_word(&mut self, column: usize, is_key: bool, out: &mut Vec<u8>) {
        self.place = Place::Between;
        let word = std::mem::take(&mut self.word);
        let text = word.trim_ascii();
        // `... 3 more items` among the keys of an object is nothing.
        if text.is_empty() || self.is_key != is_key {
            return;
        }
        self.begin_value(column, out);
        match text {
            _ if is_key => self.put_text(text, out),
            b"true" | b"True" => self.put(b"true", out),
            b"false" | b"False" => self.put(b"false", out),
            b"null" | b"None" | b"undefined" | b"nan" | b"NaN" | b"inf" | b"-inf" | b"Infinity"
            | b"-Infinity" => {
                self.put(b"null", out);
            }
            number if serde_json::from_slice::<serde_json::Number>(number).is_ok() => self.put(number, out),
            text => self.put_text(text, out),
        }
    }

    fn put_text(&mut self, text: &[u8], out: &mut Vec<u8>) {
        let text = serde_json::Value::from(String::from_utf8_lossy(text)).to_string();
        self.put(text.as_bytes(), out);
    }

    fn end_quotes(&mut self, out: &mut Vec<u8>) {
        self.place = Place::Between;
        self.put(b"\"", out);
        self.end_lines(out);
    }

    fn in_date(&mut self, depth: usize, byte: u8, out: &mut Vec<u8>) {
        let depth = match byte {
            b'(' => depth + 1,
            // Nobody prints a date on two lines, so this one was cut.
            b'\n' => 0,
            b')' => depth - 1,
            _ => depth,
        };
        if depth > 0 {
            self.place = Place::Date { depth };
            return self.letter(byte);
        }
        let arguments = std::mem::take(&mut self.word);
        let date = date::of_arguments(&String::from_utf8_lossy(&arguments));
        self.put_text(date.as_bytes(), out);
        self.place = Place::Between;
        if byte == b'\n' {
            self.end_line(out);
        }
    }

    /// Puts what stands in front of a value that begins in this column.
    fn begin_value(&mut self, column: usize, out: &mut Vec<u8>) {
        if let Some(comma) = self.comma.take() {
            self.align(comma, out);
            self.put(b",", out);
        }
        self.end_lines(out);
        self.align(column, out);
    }

    /// Puts blanks, so that what comes next stands in this column.
    fn align(&mut self, column: usize, out: &mut Vec<u8>) {
        if self.is_left_out() {
            return;
        }
        let gap = column.saturating_sub(self.written);
        if gap <= WIDEST_GAP {
            out.resize(out.len() + gap, b' ');
            self.written += gap;
        }
    }

    fn is_left_out(&self) -> bool {
        self.open.last() == Some(&Bracket::Arguments)
    }

    fn put(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        if !self.is_left_out() {
            out.extend_from_slice(bytes);
            self.written += bytes.len();
        }
    }

    fn end_line(&mut self, out: &mut Vec<u8>) {
        out.push(b'\n');
        self.written = 0;
    }

    fn end_lines(&mut self, out: &mut Vec<u8>) {
        for _ in 0..std::mem::take(&mut self.line_ends) {
            self.end_line(out);
        }
    }
}

#[cfg(test)]
mod tests;
