//! JSON in a literal of bytes, as Python prints the body of an answer: `b'{"CopyJobs": …}'`, with what is no ASCII and what
//! has a backslash in it escaped once more.

use memchr::memmem;

use crate::read::rewritten::Rewrite;

/// Makes the JSON in such literals what it was. Lines stay lines; a column may be smaller within a text.
#[derive(Debug, Default)]
pub(in crate::read) struct OfBytes {
    place: Place,
    /// Whether the JSON is in a text, and behind a backslash of its own there.
    is_in_text: bool,
    is_escaped: bool,
    /// How many bytes were read more than written.
    gap: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Outside,
    Inside,
    /// Behind a backslash of the literal.
    Escape,
    /// In the digits of a byte's number, of which this is the first.
    Number(Option<u8>),
}

/// Whether a text has such literals.
pub(in crate::read) fn has_bytes(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').any(|line| begin(line).is_some())
}

/// Where the JSON in a literal begins that stands in a line; within an object of Python's it is a text of that. What
/// comes in pieces is known where its beginning comes in one.
fn begin(line: &[u8]) -> Option<usize> {
    memmem::find_iter(line, b"b'").map(|at| at + 2).find(|inside| {
        let before = line.get(..inside - 2).unwrap_or_default();
        let is_word = before.last().is_none_or(|it| !it.is_ascii_alphanumeric() && *it != b'_');
        let before = before.trim_ascii_end();
        let is_value = before.ends_with(b"':") || before.ends_with(b"\":");
        let is_element = matches!(before, [.., b'[' | b'{' | b'(' | b',']);
        is_word && !is_value && !is_element && matches!(line.get(*inside), Some(b'{' | b'['))
    })
}

impl Rewrite for OfBytes {
    fn line(&mut self, piece: &[u8], is_begin: bool, out: &mut Vec<u8>) {
        if is_begin {
            *self = Self::default();
        }
        let mut rest = piece;
        while !rest.is_empty() {
            if self.place == Place::Outside {
                let (before, inside) = rest.split_at(begin(rest).unwrap_or(rest.len()));
                out.extend_from_slice(before);
                rest = inside;
                *self = Self { place: Place::Inside, ..Self::default() };
            } else if let Some((byte, behind)) = rest.split_first() {
                self.byte(*byte, out);
                rest = behind;
            }
        }
    }
}

impl OfBytes {
    fn byte(&mut self, byte: u8, out: &mut Vec<u8>) {
        // A literal stands on one line; one that goes on was cut.
        if matches!(byte, b'\n' | b'\r') {
            self.place = Place::Outside;
            return out.push(byte);
        }
        self.gap += 1;
        match self.place {
            Place::Escape => self.escaped(byte, out),
            Place::Number(first) => self.in_number(first, byte, out),
            Place::Outside | Place::Inside => match byte {
                b'\\' => self.place = Place::Escape,
                b'\'' => {
                    self.is_in_text = false;
                    self.put(byte, out);
                    self.place = Place::Outside;
                }
                _ => self.put(byte, out),
            },
        }
    }

    fn escaped(&mut self, byte: u8, out: &mut Vec<u8>) {
        self.place = Place::Inside;
        match byte {
            b'x' => self.place = Place::Number(None),
            b'n' => self.put(b'\n', out),
            b'r' => self.put(b'\r', out),
            b't' => self.put(b'\t', out),
            _ => self.put(byte, out),
        }
    }

    fn in_number(&mut self, first: Option<u8>, byte: u8, out: &mut Vec<u8>) {
        let digit = char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, digit) {
            (None, Some(digit)) => self.place = Place::Number(Some(digit)),
            (Some(first), Some(digit)) => {
                self.place = Place::Inside;
                self.put(first * 16 + digit, out);
            }
            // Python prints no such thing.
            (_, None) => {
                self.place = Place::Inside;
                self.put(byte, out);
            }
        }
    }

    /// Puts a byte of the JSON.
    fn put(&mut self, byte: u8, out: &mut Vec<u8>) {
        if !self.is_in_text {
            // Between its texts JSON may have blanks, so that what follows keeps its column, and a line its number.
            out.resize(out.len() + self.gap.saturating_sub(1), b' ');
            self.gap = 0;
            self.is_in_text = byte == b'"';
            return out.push(if byte.is_ascii_whitespace() { b' ' } else { byte });
        }
        self.is_in_text = byte != b'"' || self.is_escaped;
        self.is_escaped = byte == b'\\' && !self.is_escaped;
        self.gap = self.gap.saturating_sub(1);
        out.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::rewritten::Rewritten;

    #[track_caller]
    fn becomes(text: &str, json: &str) {
        assert_eq!(String::from_utf8_lossy(&Rewritten::of(text.as_bytes(), OfBytes::default())), json);
        let (mut rewrite, mut out) = (OfBytes::default(), Vec::new());
        let (begin, rest) = text.split_at(text.len().min(40));
        rewrite.line(begin.as_bytes(), true, &mut out);
        rest.as_bytes().chunks(1).for_each(|piece| rewrite.line(piece, false, &mut out));
        assert_eq!(String::from_utf8_lossy(&out), json, "in pieces");
    }

    #[test]
    fn json_in_a_literal_of_bytes_is_what_it_was() {
        becomes(r#"body: b'{"a": "can\'t", "b": 1}'."#, r#"body: b'{"a": "can't" , "b": 1}'."#);
        becomes(r#"b'{"a": "f\xc3\xbcr", "b": 1}'"#, r#"b'{"a": "für"      , "b": 1}'"#);
        becomes(r#"b'{"a": "\\"b\\" \\u00fc \\\\"}' c"#, r#"b'{"a": "\"b\" \u00fc \\"     }' c"#);
        becomes(r#"b'[\n  {"a": 1},\t{"b": 2}\r\n]\n'"#, r#"b'[    {"a": 1},  {"b": 2}    ]  '"#);
        becomes("b'{\"a\": \"cut\nIt can\\'t go on", "b'{\"a\": \"cut\nIt can\\'t go on");
        becomes(r#"b'{"a": "\xzz"}'"#, r#"b'{"a": "zz"  }'"#);
        becomes(r#"b'{"a": 1}' in C:\new"#, r#"b'{"a": 1}' in C:\new"#);
    }

    #[test]
    fn what_is_no_literal_of_bytes_or_is_one_in_an_object_stays_as_it_is() {
        for text in [
            r#"{'body': b'{"a": "can\'t"}'}"#,
            r#"{"body": b'{"a": "can\'t"}'}"#,
            r#"[b'{"a": "can\'t"}', b'{"a": "can\'t"}']"#,
            r#"f(b'{"a": "can\'t"}')"#,
            r#"jdb'{"a": "can\'t"}'"#,
            r#"'{"a": "can\'t"}'"#,
            r#"b'it can\'t be {"a": 1}'"#,
            r#"{"a": "b\\c"}"#,
        ] {
            becomes(text, text);
            assert!(!has_bytes(text.as_bytes()), "{text}");
        }
        assert!(has_bytes(b"a\nbody: b'{\"a\": 1}'"));
    }
}
