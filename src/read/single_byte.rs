//! Text that is no UTF-8, or not all of it: encodings of one byte for each character, and single bytes that no encoding
//! makes sense of.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::lines::LineEnd;
use crate::identifier::is_uuid;
use crate::record::State;

/// An encoding of one byte for each character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SingleByte {
    Windows1252,
    MacRoman,
}

impl SingleByte {
    /// Both, the likelier one first. Programs that end lines with carriage returns alone write as old Macs did.
    fn likeliest_first(end: LineEnd) -> [Self; 2] {
        match end {
            LineEnd::LineFeed => [Self::Windows1252, Self::MacRoman],
            LineEnd::CarriageReturn => [Self::MacRoman, Self::Windows1252],
        }
    }

    /// The character of a byte; `None` where that is one that nobody writes.
    fn character(self, byte: u8) -> Option<char> {
        /// What German and English texts have beyond ASCII.
        const WRITTEN: &str = "äöüÄÖÜßéèêàáçñ€§°«»„“”‚‘’–—…\u{a0}";
        let encoding: &Encoding = match self {
            Self::Windows1252 => WINDOWS_1252,
            Self::MacRoman => MACINTOSH,
        };
        let bytes = [byte];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|c| WRITTEN.contains(*c))
    }
}

/// A stretch of a text, decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    /// What made sense of bytes that are no UTF-8.
    pub(super) encoding: Option<SingleByte>,
    /// Where in the bytes the first one stands that nothing makes sense of, and that only cost a letter of a sentence.
    pub(super) lost: Option<usize>,
    /// The same for one without which something else is said: an id, a state, the name of a field.
    pub(super) broken: Option<usize>,
}

/// Decodes a stretch of a text in which lines end like this: what is UTF-8 stays, and of the encodings of one byte the
/// one that makes sense of more bytes is that of the others.
pub(super) fn decode(bytes: &[u8], end: LineEnd) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), ..Decoded::default() };
    }
    let odd = || bytes.utf8_chunks().flat_map(|chunk| chunk.invalid());
    let known = |encoding: SingleByte| odd().filter(|byte| encoding.character(**byte).is_some()).count();
    let [first, second] = SingleByte::likeliest_first(end);
    let encoding = if known(second) > known(first) { second } else { first };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    // Where in the text and in the bytes what nothing makes sense of stands.
    let mut unknown = Vec::new();
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        for byte in chunk.invalid() {
            let character = encoding.character(*byte);
            if character.is_none() {
                unknown.push((text.len(), at));
            }
            text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
            at += 1;
        }
    }
    let broken = unknown.iter().find(|(place, _)| !is_harmless(&text, *place)).map(|(_, at)| *at);
    let lost = unknown.first().map(|(_, at)| *at);
    Decoded { encoding: (known(encoding) > 0).then_some(encoding), lost, broken, text: Cow::Owned(text) }
}

/// Whether a character that is missing here changes nothing but the look of a word.
fn is_harmless(text: &str, place: usize) -> bool {
    /// A longer one is no word.
    const LONGEST_WORD: usize = 64;
    let Some((before, behind)) = text.split_at_checked(place) else { return false };
    let letters_before = before.chars().rev().take(LONGEST_WORD).take_while(|c| !ends_word(*c));
    let letters_behind = behind.chars().take(LONGEST_WORD).take_while(|c| !ends_word(*c));
    let begin = before.len() - letters_before.map(char::len_utf8).sum::<usize>();
    let end = place + letters_behind.map(char::len_utf8).sum::<usize>();
    let (word, behind) = (text.get(begin..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let before = text.get(..begin).unwrap_or_default();
    let is_whole =
        behind.chars().next().is_none_or(ends_word) && before.chars().next_back().is_none_or(ends_word);
    is_whole
        && is_legible(word)
        && !is_value(word)
        && !hides_delimiter(word)
        && !is_name(word, before, behind)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`,;|<>[]{}()=".contains(c)
}

/// Whether a word is, as a whole or beside what is missing, a value that is compared: an id, a state, an ARN, a number.
fn is_value(word: &str) -> bool {
    const MISSING: char = char::REPLACEMENT_CHARACTER;
    // In capitals the beginning of a state is one that was cut off.
    let is_cut = word.contains(char::is_alphabetic) && !word.contains(char::is_lowercase);
    let fits = |state: &str| {
        (is_cut || word.chars().count() == state.len())
            && word.chars().zip(state.chars()).all(|(c, of)| c == MISSING || c.eq_ignore_ascii_case(&of))
    };
    let is_id = word.chars().count() == 36 && word.chars().filter(|c| *c == '-').count() > 2;
    let has_number = word.chars().filter(char::is_ascii_digit).count() * 2 > word.chars().count();
    let mut pieces = word.split(MISSING);
    is_id
        || has_number
        || word.contains("arn:")
        || State::known_names().any(fits)
        || pieces.any(|piece| is_uuid(piece) || State::known_names().any(|name| name == piece))
}

/// Whether a word has more letters than are missing: otherwise nobody knows what it was.
fn is_legible(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    letters > word.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count()
}

/// Whether what is missing may be the delimiter between two cells: there is no other where letters stand beside it on
/// both sides and the word goes on as it began.
fn hides_delimiter(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| match three {
        [left, char::REPLACEMENT_CHARACTER, right] => {
            left.is_ascii_digit() != right.is_ascii_digit() || (left.is_lowercase() && right.is_uppercase())
        }
        _ => false,
    })
}

/// Whether a word is the name of a field, or the end of one: a colon follows, and no sentence stands in front.
fn is_name(word: &str, before: &str, behind: &str) -> bool {
    const SENTENCE: usize = 3;
    let behind = behind.trim_start_matches(['"', '\'', ' ']);
    let is_followed = word.ends_with(':') || behind.starts_with([':', '=']);
    let line = before.rsplit(['\n', '\r', ',', '{', '"']).next().unwrap_or_default();
    is_followed && line.split_whitespace().count() < SENTENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(bytes: &[u8], end: LineEnd, expected: &str) {
        let decoded = decode(bytes, end);
        assert_eq!((decoded.text.as_ref(), decoded.broken), (expected, None), "{bytes:?}");
    }

    #[test]
    fn the_encoding_is_that_in_which_people_write() {
        reads("Schlüssel".as_bytes(), LineEnd::LineFeed, "Schlüssel");
        reads(b"Schl\xfcssel \x84x\x93", LineEnd::LineFeed, "Schlüssel „x“");
        reads(b"Schl\x9fssel", LineEnd::LineFeed, "Schlüssel");
        reads(b"Gr\xa7e", LineEnd::LineFeed, "Gr§e");
        reads(b"Gr\xa7e", LineEnd::CarriageReturn, "Grße");
        reads(b"Schl\xfcssel", LineEnd::CarriageReturn, "Schlüssel");
        reads(b"\xc3\xbcber Schl\xfcssel", LineEnd::LineFeed, "über Schlüssel");
    }

    #[test]
    fn what_made_sense_of_no_byte_is_no_encoding_of_the_text() {
        for (bytes, encoding) in [
            ("Schlüssel".as_bytes(), None),
            (b"Schl\x81ssel", None),
            (b"Schl\xfcssel", Some(SingleByte::Windows1252)),
            (b"Schl\xfcssel f\xfcr B\x81ros", Some(SingleByte::Windows1252)),
            (b"Schl\x9fssel", Some(SingleByte::MacRoman)),
        ] {
            assert_eq!(decode(bytes, LineEnd::LineFeed).encoding, encoding, "{bytes:?}");
        }
    }

    #[test]
    fn a_byte_without_sense_costs_a_letter() {
        for (bytes, text) in [
            (b"Der Schl\x81ssel ist gesperrt".as_slice(), "Der Schl\u{fffd}ssel ist gesperrt"),
            (b"a,FAILED,B\x81ro,x", "a,FAILED,B\u{fffd}ro,x"),
            (b"\x81BER UNS", "\u{fffd}BER UNS"),
            (b"{\"StatusMessage\": \"Der Schl\xc3\"}", "{\"StatusMessage\": \"Der Schl\u{fffd}\"}"),
            (b"es fehlt der Schl\x81ssel: x", "es fehlt der Schl\u{fffd}ssel: x"),
            // What is short and not in capitals is no state that was cut off.
            (b"kein Pa\x81 ist da", "kein Pa\u{fffd} ist da"),
            // An id has four hyphens, and 36 characters with them.
            (b"die Ende-zu-Ende-Verschl\x81sselung", "die Ende-zu-Ende-Verschl\u{fffd}sselung"),
            (
                b"das AWS-Backup-Schl\x81sselverwaltungskonto",
                "das AWS-Backup-Schl\u{fffd}sselverwaltungskonto",
            ),
        ] {
            reads(bytes, LineEnd::LineFeed, text);
            let at = bytes.iter().position(|byte| matches!(byte, 0x81 | 0xc3));
            assert_eq!(decode(bytes, LineEnd::LineFeed).lost, at, "{text}");
        }
    }

    #[test]
    fn a_byte_without_sense_in_what_is_compared_breaks_it() {
        let encoded = "xKvTq".repeat(13);
        for text in [
            "\"State\": \"FA\u{fffd}LED\"",
            "State: comp\u{fffd}eted",
            "\"State\": \"FA\u{fffd}\"",
            "7C8EF56A-74D8-059D-13\u{fffd}1-C5BE1D5C9261",
            "7C8EF56A-74D8-059D-1301-C5BE1D5C9261\u{fffd}FAILED",
            "arn:aws:b\u{fffd}ckup:eu-west-1",
            "11112\u{fffd}223333",
            "not allowed\u{fffd}2026-11-22",
            "not allowed\u{fffd}EBS",
            "\"a\"\u{fffd}\"b\"",
            "{\"Stat\u{fffd}\": \"FAILED\"}",
            "Status Mess\u{fffd}ge : no",
            "Sta\u{fffd}e: no",
            "FFEEDDCC-BBAA-FFEE-DD\u{fffd}C-BBAAFFEEDDCC",
            "FFEEDDCC-BBAA-FFEE-DDCC-BBAAFFEEDDCC\u{fffd}EBS",
            "EBS\u{fffd}FAILED",
            "of volume db-1111\u{fffd}2222",
            "the key x\u{fffd} is gone",
            &format!("encoded \u{fffd}{encoded} is it"),
            &format!("encoded {encoded}\u{fffd} is it"),
            "Der Schl\u{fffd}ssel fehlt, State: comp\u{fffd}eted",
        ] {
            let bytes = text.replace('\u{fffd}', "~").into_bytes();
            let bytes: Vec<u8> =
                bytes.into_iter().map(|byte| if byte == b'~' { 0x81 } else { byte }).collect();
            let at = bytes.iter().rposition(|byte| *byte == 0x81);
            assert_eq!(decode(&bytes, LineEnd::LineFeed).broken, at, "{text}");
        }
    }

    #[test]
    fn what_stands_alone_among_odd_bytes_is_long() {
        let text = vec![0x81; 8 * 1024 * 1024];
        assert_eq!(decode(&text, LineEnd::LineFeed).broken, Some(0));
    }
}
