//! Manglings by machines: a message encoded for a format, or decoded by the wrong one.

use std::fmt::Write;

use super::Mangling;

pub(super) const ENCODINGS: &[Mangling] = &[
    Mangling::keeping("UTF-8 read as Windows-1252", |message| read_as(message, windows_1252)),
    Mangling::keeping("UTF-8 read as Latin-1", |message| read_as(message, char::from)),
    Mangling::keeping("UTF-8 read as Windows-1252 twice", |message| {
        read_as(&read_as(message, windows_1252), windows_1252)
    }),
    Mangling::keeping("UTF-8 read as Latin-1 twice", |message| {
        read_as(&read_as(message, char::from), char::from)
    }),
    Mangling::keeping("curly quotes read as Windows-1252", |message| {
        read_as(&format!("“{}”", message.replace('\'', "’")), windows_1252)
    }),
];

pub(super) const HTML: &[Mangling] = &[
    Mangling::keeping("named entities", named_entities),
    Mangling::keeping("decimal entities", |message| entities(message, |code| format!("&#{code};"))),
    Mangling::keeping("hexadecimal entities", |message| entities(message, |code| format!("&#x{code:x};"))),
    Mangling::keeping("entities escaped twice", |message| named_entities(message).replace('&', "&amp;")),
    Mangling::keeping("entities for spaces", |message| message.replace(' ', "&nbsp;")),
];

pub(super) const JSON_AND_CSV: &[Mangling] = &[
    Mangling::keeping("JSON string", json),
    Mangling::keeping("JSON string in a JSON string", |message| json(&json(message))),
    Mangling::keeping("JSON string with escaped slashes", |message| json(message).replace('/', "\\/")),
    Mangling::keeping("JSON string with escaped line ends", |message| json(&message.replace(". ", ".\n"))),
    Mangling::keeping("JSON string, quoted message", |message| json(&format!("\"{message}\""))),
    Mangling::keeping("JSON field", |message| format!("\"StatusMessage\": {},", json(message))),
    Mangling::keeping("JSON object", |message| {
        format!("{{\"State\": \"FAILED\", \"StatusMessage\": {}}}", json(message))
    }),
    Mangling::keeping("CSV cell", |message| format!("\"{}\"", message.replace('"', "\"\""))),
    Mangling::keeping("CSV cell of a quoted message", |message| {
        format!("FAILED,\"\"\"{}\"\"\",eu-central-1", message.replace('"', "\"\""))
    }),
];

pub(super) const SHELL: &[Mangling] = &[
    Mangling::keeping("escaped quotes", |message| format!("\\\"{}\\\"", message.replace('\'', "\\'"))),
    Mangling::keeping("single-quoted for a shell", |message| format!("'{}'", message.replace('\'', "'\\''"))),
    Mangling::keeping("octal escapes", |message| bytes_beyond_ascii(message, |byte| format!("\\{byte:03o}"))),
    Mangling::keeping("hexadecimal escapes", |message| {
        bytes_beyond_ascii(message, |byte| format!("\\x{byte:02x}"))
    }),
];

pub(super) const TERMINAL: &[Mangling] = &[
    Mangling::keeping("colours", |message| format!("\u{1b}[1;31m{message}\u{1b}[0m")),
    Mangling::keeping("colour of a word", |message| message.replacen(' ', " \u{1b}[33m", 1) + "\u{1b}[0m"),
    Mangling::keeping("colours, escaped for JSON", |message| format!("\\u001b[31m{message}\\u001b[0m")),
    Mangling::keeping("colours, escaped for a shell", |message| format!("\\033[1m{message}\\e[0m")),
    Mangling::keeping("link of a terminal", |message| {
        format!("\u{1b}]8;;https://console.aws.amazon.com/backup\u{7}{message}\u{1b}]8;;\u{7}")
    }),
    Mangling::keeping("link of a terminal, other end", |message| {
        format!("\u{1b}]8;;https://console.aws.amazon.com/backup\u{1b}\\{message}\u{1b}]8;;\u{1b}\\")
    }),
];

fn read_as(text: &str, character: impl Fn(u8) -> char) -> String {
    text.bytes().map(character).collect()
}

/// What Windows-1252 shows for a byte; the five that it leaves undefined show a control character.
fn windows_1252(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|place| FROM_0X80.get(usize::from(place)).copied())
        .unwrap_or(char::from(byte))
}

fn named_entities(text: &str) -> String {
    let names = [
        ("&", "&amp;"),
        ("'", "&apos;"),
        ("\"", "&quot;"),
        ("<", "&lt;"),
        ("ü", "&uuml;"),
        ("ä", "&auml;"),
        ("ö", "&ouml;"),
        ("ß", "&szlig;"),
        ("Ü", "&Uuml;"),
        ("„", "&bdquo;"),
        ("“", "&ldquo;"),
    ];
    names.iter().fold(text.to_owned(), |text, (character, name)| text.replace(character, name))
}

fn entities(text: &str, entity: impl Fn(u32) -> String) -> String {
    let escaped = |c: char| if c.is_ascii() && c != '\'' { c.to_string() } else { entity(u32::from(c)) };
    text.chars().map(escaped).collect()
}

/// A JSON string as most libraries write it: in quotes, in ASCII.
fn json(text: &str) -> String {
    let mut string = String::new();
    for character in serde_json::to_string(text).expect("a text is JSON").chars() {
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            match u8::try_from(*unit).ok().filter(u8::is_ascii) {
                Some(byte) => string.push(char::from(byte)),
                None => write!(string, "\\u{unit:04x}").expect("a string takes everything"),
            }
        }
    }
    string
}

fn bytes_beyond_ascii(text: &str, escape: impl Fn(u8) -> String) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { escape(byte) })
        .collect()
}
