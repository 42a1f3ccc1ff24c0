//! JSON that a terminal can be shown: what could steer it is escaped, which changes nothing for a program.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::steers;

/// Writes JSON on one line.
pub(super) fn write(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Harmless(CompactFormatter)))?)
}

/// Writes JSON on indented lines.
pub(super) fn write_pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Harmless(PrettyFormatter::new())))?)
}

/// A layout of JSON, with the characters escaped that JSON itself would let stand.
struct Harmless<F>(F);

macro_rules! as_before {
    ($( $method:ident($($name:ident: $type:ty),*) )*) => {
        $(
            fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $name: $type)*) -> io::Result<()> {
                self.0.$method(writer $(, $name)*)
            }
        )*
    };
}

impl<F: Formatter> Formatter for Harmless<F> {
    as_before! {
        begin_array() end_array() begin_array_value(first: bool) end_array_value()
        begin_object() end_object() begin_object_key(first: bool) end_object_key()
        begin_object_value() end_object_value()
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        // JSON escapes the control characters of ASCII anyway, but for the last.
        if is_below_delete(text.as_bytes()) {
            return writer.write_all(text.as_bytes());
        }
        let mut rest = text;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| steers(*character)) {
            let (before, behind) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            // All of them are in the first plane, so that one escape is enough.
            write!(writer, "\\u{:04x}", u32::from(character))?;
            rest = behind.get(character.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Whether all bytes are of ASCII and none is its last, the control character DEL. Eight are looked at together: this is
/// asked of every text that is written, and to ask for ASCII and for DEL costs three times as much.
fn is_below_delete(text: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const DELETE: u8 = 0x7f;
    // DEL and one has the highest bit, as all have that are not of ASCII.
    let marked = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        eight | eight.wrapping_add(ONES)
    };
    let Some(last) = text.last_chunk() else { return text.iter().all(|byte| *byte < DELETE) };
    let mut marks = marked(last);
    let mut rest = text;
    while let Some((eight, behind)) = rest.split_first_chunk() {
        marks |= marked(eight);
        rest = behind;
    }
    marks & (ONES << 7) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_character_that_json_lets_stand_is_escaped_too() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"a\u{7f}b").expect("memory takes everything");
        assert_eq!(String::from_utf8(bytes).expect("JSON is UTF-8"), r#""a\u007fb""#);
        for length in 0..20 {
            for at in 0..length {
                let mut text = vec![b'~'; length];
                assert!(is_below_delete(&text));
                for byte in 0x7f..=u8::MAX {
                    text[at] = byte;
                    assert!(!is_below_delete(&text), "{byte} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn what_steers_is_escaped_and_read_back_as_it_was() {
        let text = "a\u{1b}[31m \u{9b}b\u{202e}\u{61c}\u{2028}ü\"\n";
        let value = serde_json::json!({"key \u{202e}": [text, 1.5, null, true], "empty": {}});
        type WriteJson = fn(&mut dyn Write, &serde_json::Value) -> io::Result<()>;
        let on_one_line: WriteJson = |out, value| write(out, value);
        let on_indented_lines: WriteJson = |out, value| write_pretty(out, value);
        for (write, expected) in [
            (on_one_line, serde_json::to_string(&value)),
            (on_indented_lines, serde_json::to_string_pretty(&value)),
        ] {
            let mut bytes = Vec::new();
            write(&mut bytes, &value).expect("memory takes everything");
            let written = String::from_utf8(bytes).expect("JSON is UTF-8");
            assert!(!written.chars().any(|c| steers(c) && c != '\n'), "{written}");
            let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
            assert_eq!(read, value);
            let plain = written.replace("\\u009b", "\u{9b}").replace("\\u202e", "\u{202e}");
            let plain = plain.replace("\\u061c", "\u{61c}").replace("\\u2028", "\u{2028}");
            assert_eq!(plain, expected.expect("it is JSON"));
        }
    }
}
