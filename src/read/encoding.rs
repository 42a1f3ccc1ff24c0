//! Bytes to UTF-8: finds out in which encoding a text is written, and decodes it as it streams.

use std::io::{self, Read};
use std::ops::Range;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text as UTF-8, without the colours of a terminal. What is not UTF-16 is handed on as it is but for its byte order
/// mark: a record that is no UTF-8 costs only itself.
pub(super) fn utf8<'r>(sample: &[u8], reader: Box<dyn Read + 'r>) -> Box<dyn Read + 'r> {
    const ESCAPE: u8 = 0x1b;
    let decoded = decoded(sample, reader);
    if sample.contains(&ESCAPE) {
        Box::new(Colourless { reader: decoded, inside: Escape::None })
    } else {
        decoded
    }
}

/// Whether a text has the marks that mail programs put in front of every line that they quote.
pub(super) fn is_quoted(sample: &[u8]) -> bool {
    let lines = || sample.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let quoted = lines().filter(|line| line.starts_with(b">")).count();
    quoted > 1 && quoted * 10 > lines().count() * 6
}

/// A text without these marks.
pub(super) fn unquoted<'r>(reader: Box<dyn Read + 'r>) -> Box<dyn Read + 'r> {
    Box::new(Unquoted { reader, place: Quote::Start })
}

struct Unquoted<'r> {
    reader: Box<dyn Read + 'r>,
    place: Quote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    /// At the start of a line, or behind a mark and its blank.
    Start,
    /// Right behind a mark.
    Mark,
    Text,
}

impl Read for Unquoted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        filtered(&mut self.reader, out, |byte| {
            let (place, is_kept) = match (self.place, byte) {
                (Quote::Start | Quote::Mark, b'>') => (Quote::Mark, false),
                (Quote::Mark, b' ') => (Quote::Start, false),
                (_, b'\n') => (Quote::Start, true),
                _ => (Quote::Text, true),
            };
            self.place = place;
            is_kept
        })
    }
}

/// Reads until there is something that is kept.
fn filtered(reader: &mut dyn Read, out: &mut [u8], mut is_kept: impl FnMut(u8) -> bool) -> io::Result<usize> {
    loop {
        let length = reader.read(out)?;
        let mut kept = 0;
        for at in 0..length {
            let byte = out.get(at).copied().unwrap_or_default();
            if is_kept(byte) {
                if let Some(place) = out.get_mut(kept) {
                    *place = byte;
                }
                kept += 1;
            }
        }
        if kept > 0 || length == 0 {
            return Ok(kept);
        }
    }
}

fn decoded<'r>(sample: &[u8], reader: Box<dyn Read + 'r>) -> Box<dyn Read + 'r> {
    match encoding(sample) {
        Some(encoding) => Box::new(Decoded::new(reader, encoding.new_decoder_with_bom_removal())),
        None => reader,
    }
}

/// The encoding of a text that is not handed on as it is.
fn encoding(sample: &[u8]) -> Option<&'static Encoding> {
    match sample {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [0xef, 0xbb, 0xbf, ..] => Some(UTF_8),
        _ => utf16_without_mark(sample),
    }
}

/// Text in UTF-16 that is mostly ASCII has a zero in every other byte.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 512;
    let sample = sample.get(..sample.len().min(LOOKED_AT) & !1)?;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), sample.len() / 2);
    if units < 4 {
        None
    } else if odd * 10 >= units * 8 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 >= units * 8 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes while it is read.
struct Decoded<'r> {
    reader: Box<dyn Read + 'r>,
    decoder: Decoder,
    /// Room for what is read at once, made once, as a slow pipe is read byte by byte.
    raw: Vec<u8>,
    /// Room for what that decodes to.
    text: Vec<u8>,
    /// Where in it what was not given yet stands.
    ready: Range<usize>,
    is_over: bool,
}

impl<'r> Decoded<'r> {
    fn new(reader: Box<dyn Read + 'r>, decoder: Decoder) -> Self {
        const STEP: usize = 64 * 1024;
        // Of UTF-16 and of Windows' encodings no byte takes more than three in UTF-8.
        let room = decoder.max_utf8_buffer_length(STEP).unwrap_or(STEP * 4);
        Self { reader, decoder, raw: vec![0; STEP], text: vec![0; room], ready: 0..0, is_over: false }
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() {
            if self.is_over {
                return Ok(0);
            }
            let length = self.reader.read(&mut self.raw)?;
            self.is_over = length == 0;
            let raw = self.raw.get(..length).unwrap_or_default();
            // A character that is not whole yet waits in the decoder.
            let (result, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.is_over);
            debug_assert_eq!(result, CoderResult::InputEmpty, "there was room for all of it");
            self.ready = 0..written;
        }
        let mut ready = self.text.get(self.ready.clone()).unwrap_or_default();
        let length = ready.read(out)?;
        self.ready.start += length;
        Ok(length)
    }
}

/// Takes out what colours a text in a terminal: an escape character, a bracket, numbers, a letter.
struct Colourless<'r> {
    reader: Box<dyn Read + 'r>,
    inside: Escape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    Begun,
    Numbers,
}

impl Read for Colourless<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        filtered(&mut self.reader, out, |byte| {
            let (inside, is_kept) = match (self.inside, byte) {
                (_, 0x1b) => (Escape::Begun, false),
                (Escape::Begun, b'[') | (Escape::Numbers, b'0'..=b'9' | b';' | b'?') => {
                    (Escape::Numbers, false)
                }
                (Escape::Numbers, b'A'..=b'Z' | b'a'..=b'z') => (Escape::None, false),
                _ => (Escape::None, true),
            };
            self.inside = inside;
            is_kept
        })
    }
}

/// The character set of a part of a mail, where it is not that of everything else.
pub(super) struct Charset(Decoder);

impl Charset {
    /// By the name that the mail gives it; `None` for UTF-8, ASCII and names that nobody knows.
    pub(super) fn of(label: &str) -> Option<Self> {
        let encoding = Encoding::for_label(label.as_bytes())?;
        let is_ascii = label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii");
        (encoding != UTF_8 && !is_ascii).then(|| Self(encoding.new_decoder_with_bom_removal()))
    }

    /// Puts out the text in UTF-8. A character that is not whole yet waits.
    pub(super) fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let room = self.0.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 4);
        let mut text = String::with_capacity(room);
        let (result, _, _) = self.0.decode_to_string(bytes, &mut text, false);
        debug_assert_eq!(result, CoderResult::InputEmpty, "there was room for all of it");
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, however few bytes the reader gives at a time.
    fn decoded(bytes: &[u8]) -> String {
        struct Slow<'b>(&'b [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let length = out.len().min(self.0.len()).min(3);
                let (now, later) = self.0.split_at(length);
                out[..length].copy_from_slice(now);
                self.0 = later;
                Ok(length)
            }
        }
        let mut text = String::new();
        super::utf8(bytes, Box::new(Slow(bytes))).read_to_string(&mut text).expect("it is text");
        text
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let text = "{\"StatusMessage\": \"Schlüssel 🔑\"}";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf16(&format!("\u{feff}{text}"), order)), text);
            assert_eq!(decoded(&utf16(text, order)), text);
        }
    }

    /// Without the mark nothing would tell: no byte of it is a zero.
    #[test]
    fn a_mark_tells_what_zeros_do_not() {
        let text = "複製の鍵";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf16(&format!("\u{feff}{text}"), order)), text);
        }
    }

    #[test]
    fn a_text_is_quoted_where_most_of_its_lines_are() {
        assert!(is_quoted(b"Am 02.10. schrieb ops:\n> {\n>\n\n> }\n"));
        assert!(!is_quoted(b"> {\none\ntwo\n> }\n"));
        assert!(!is_quoted(b"> {}\n"));
    }

    #[test]
    fn a_mail_that_says_ascii_may_hold_utf_8() {
        for label in ["us-ascii", "ASCII", "utf-8", "nobody-knows"] {
            assert!(Charset::of(label).is_none(), "{label}");
        }
        assert!(Charset::of("iso-8859-1").is_some());
    }

    #[test]
    fn utf_8_loses_its_mark_only() {
        assert_eq!(decoded("\u{feff}{}".as_bytes()), "{}");
        for short in ["", "x", "ü", "not"] {
            assert_eq!(decoded(short.as_bytes()), short);
        }
    }

    #[test]
    fn the_marks_of_a_quoted_mail_are_taken_out() {
        let mail = b"Am 02.10. schrieb ops:\n> {\n>   \"a\": 1\n> > b\n>}\n";
        assert!(is_quoted(mail));
        let mut text = String::new();
        unquoted(Box::new(mail.as_slice())).read_to_string(&mut text).expect("it is text");
        assert_eq!(text, "Am 02.10. schrieb ops:\n{\n  \"a\": 1\nb\n}\n");
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(decoded("\u{1b}[1;39m{\u{1b}[0m\"a\u{1b}[K\": 1}".as_bytes()), "{\"a\": 1}");
    }
}
