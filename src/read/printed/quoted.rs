//! Texts in quotes, with what programs escape in them.

use super::{AsJson, Place};

impl AsJson {
    pub(super) fn in_quotes(&mut self, quote: u8, byte: u8, out: &mut Vec<u8>) {
        match byte {
            _ if byte == quote => self.place = Place::BehindQuotes,
            b'\\' => self.place = Place::Escape(quote),
            // Nobody prints a text on two lines, so this one was cut.
            b'\n' => {
                self.end_quotes(out);
                self.end_line(out);
            }
            _ => self.put_character(u32::from(byte), out),
        }
    }

    /// Puts what stands behind a backslash.
    pub(super) fn escaped(&mut self, quote: u8, byte: u8, out: &mut Vec<u8>) {
        self.place = Place::Quoted(quote);
        let number = |missing| Place::Number { quote, missing, value: 0 };
        match byte {
            b'n' | b't' | b'r' | b'b' | b'f' | b'\\' | b'"' => self.put(&[b'\\', byte], out),
            b'\'' | b'`' | b'/' => self.put(&[byte], out),
            b'0' => self.put_character(0, out),
            b'a' => self.put_character(7, out),
            b'v' => self.put_character(11, out),
            b'x' => self.place = number(2),
            b'u' => self.place = number(4),
            b'U' => self.place = number(8),
            b'\n' => self.in_quotes(quote, byte, out),
            _ => {
                self.put(b"\\\\", out);
                self.put_character(u32::from(byte), out);
            }
        }
    }

    pub(super) fn in_number(&mut self, quote: u8, missing: u8, value: u32, byte: u8, out: &mut Vec<u8>) {
        self.place = Place::Quoted(quote);
        let Some(digit) = char::from(byte).to_digit(16) else {
            self.put("\u{fffd}".as_bytes(), out);
            return self.in_quotes(quote, byte, out);
        };
        let value = value.wrapping_mul(16).wrapping_add(digit);
        match missing {
            0 | 1 if value > 0x7f => self.put_wide(value, out),
            0 | 1 => self.put_character(value, out),
            _ => self.place = Place::Number { quote, missing: missing - 1, value },
        }
    }

    /// Puts a byte of a text, or a character of ASCII, as JSON has it.
    fn put_character(&mut self, character: u32, out: &mut Vec<u8>) {
        match u8::try_from(character) {
            Ok(byte @ (b'"' | b'\\')) => self.put(&[b'\\', byte], out),
            Ok(byte @ 0x20..) => self.put(&[byte], out),
            _ => self.put_wide(character, out),
        }
    }

    /// Puts a character by its number.
    fn put_wide(&mut self, character: u32, out: &mut Vec<u8>) {
        match u16::try_from(character) {
            // Half of a pair is for the reader of JSON to put together.
            Ok(unit) => self.put(format!("\\u{unit:04x}").as_bytes(), out),
            Err(_) => {
                let letter = char::from_u32(character).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.put(letter.encode_utf8(&mut [0; 4]).as_bytes(), out);
            }
        }
    }
}
