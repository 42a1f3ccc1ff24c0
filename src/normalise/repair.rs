//! Undoes what happened to a text between AWS and the reader, where that is certain: terminal colours, escapes of
//! JSON and shells, HTML entities, and UTF-8 that was read as Windows-1252 or Latin-1.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr3;
use regex::{Captures, Regex};

/// A text is repaired again until nothing changes, as what was escaped twice comes out in two turns. Nobody
/// escapes more often than this but to keep us busy.
const MOST_TURNS: usize = 8;

/// A repaired text, with the way back to the text as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired<'a> {
    original: &'a str,
    text: Cow<'a, str>,
    /// What each turn replaced, the first turn first.
    turns: Vec<Vec<Edit>>,
}

/// A part of a text that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    before: Range<usize>,
    after: Range<usize>,
}

/// Colours and links of terminals, raw or escaped; a lone escape character.
static TERMINAL: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?:\x1b|\u{9b}|\\u001[bB]|\\x1[bB]|\\033|\\e)(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b\\]*(?:\x07|\x1b\\|\\u0007|\\a)?)|[\x1b\u{9b}]",
    )
});

/// Escapes of JSON and of shells. A run of backslashes is the same escape, escaped again.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"\\+u(?P<unicode>[0-9A-Fa-f]{4})",
        r"|(?P<hex>(?:\\+x[0-9A-Fa-f]{2})+)",
        r"|(?P<octal>(?:\\+[0-3][0-7]{2})+)",
        r"|\\+(?P<space>[nrt])",
        r"|\\+(?P<plain>[/\x22'`])",
    ))
});

/// HTML entities, escaped again or not.
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"&(?:amp;)*(?P<name>#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
});

#[expect(clippy::expect_used, reason = "the expressions are constants, and a test compiles each of them")]
fn compile(expression: &str) -> Regex {
    Regex::new(expression).expect("a constant expression is well-formed")
}

impl<'a> Repaired<'a> {
    /// Repairs a text. Most texts need no repair, and cost a look at their bytes.
    ///
    /// ```
    /// use copydoctor::normalise::Repaired;
    /// let pasted = r"Der Schl\u00fcssel &quot;x&quot; ist ungÃ¼ltig";
    /// assert_eq!(Repaired::of(pasted).text(), "Der Schlüssel \"x\" ist ungültig");
    /// ```
    #[must_use]
    pub fn of(original: &'a str) -> Self {
        let mut repaired = Self { original, text: Cow::Borrowed(original), turns: Vec::new() };
        if original.is_ascii() && memchr3(b'&', b'\\', 0x1b, original.as_bytes()).is_none() {
            return repaired;
        }
        for _ in 0..MOST_TURNS {
            let before = repaired.turns.len();
            if repaired.text.bytes().any(|byte| byte == 0x1b || byte == 0xc2 || byte == b'\\') {
                repaired.replace(&TERMINAL, |_| Some(String::new()));
            }
            if repaired.text.contains('\\') {
                repaired.replace(&ESCAPE, unescaped);
            }
            if repaired.text.contains('&') {
                repaired.replace(&ENTITY, character);
            }
            repaired.reread();
            if repaired.turns.len() == before {
                break;
            }
        }
        repaired
    }

    /// The repaired text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there was nothing to repair.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.turns.is_empty()
    }

    /// The text as it was given.
    #[must_use]
    pub fn original(&self) -> &'a str {
        self.original
    }

    /// The byte range of the text as it was given that a byte range of the repaired text came from.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.turns.iter().rev().fold(range, |range, edits| {
            let at = |position: usize, is_end: bool| {
                let index = edits.partition_point(|edit| {
                    if is_end { edit.after.start < position } else { edit.after.start <= position }
                });
                let Some(edit) = index.checked_sub(1).and_then(|index| edits.get(index)) else {
                    return position;
                };
                if position < edit.after.end || (is_end && position == edit.after.end) {
                    if is_end { edit.before.end } else { edit.before.start }
                } else {
                    position - edit.after.end + edit.before.end
                }
            };
            let start = at(range.start, false);
            // What was taken out lies between the end and the start of nothing.
            start..at(range.end, true).max(start)
        })
    }

    /// Replaces what the expression finds, and leaves what `replacement` gives nothing for.
    fn replace(&mut self, expression: &Regex, replacement: impl Fn(&Captures<'_>) -> Option<String>) {
        let found = expression.captures_iter(&self.text);
        let changes = found.filter_map(|captures| Some((captures.get(0)?.range(), replacement(&captures)?)));
        let changes: Vec<_> = changes.collect();
        self.apply(changes);
    }

    /// Reads runs of characters beyond ASCII as the UTF-8 that they were before somebody read it as Windows-1252.
    /// Only a run that is UTF-8 as a whole, of letters and marks that AWS writes, is certain: no language writes so.
    fn reread(&mut self) {
        let leads = |byte: u8| matches!(byte, 0xc2..=0xc3 | 0xc5 | 0xcb | 0xe2);
        if !self.text.bytes().any(leads) {
            return;
        }
        let mut changes = Vec::new();
        let mut run: Option<(usize, Vec<u8>)> = None;
        for (at, character) in self.text.char_indices().chain([(self.text.len(), ' ')]) {
            match windows_1252(character) {
                Some(byte) => run.get_or_insert((at, Vec::new())).1.push(byte),
                None => {
                    let reread = run.take().and_then(|(start, bytes)| Some((start, certain(bytes)?)));
                    changes.extend(reread.map(|(start, text)| (start..at, text)));
                }
            }
        }
        self.apply(changes);
    }

    fn apply(&mut self, changes: Vec<(Range<usize>, String)>) {
        if changes.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut edits = Vec::with_capacity(changes.len());
        let mut copied = 0;
        for (before, replacement) in changes {
            text.push_str(self.text.get(copied..before.start).unwrap_or_default());
            let start = text.len();
            text.push_str(&replacement);
            copied = before.end;
            edits.push(Edit { before, after: start..text.len() });
        }
        text.push_str(self.text.get(copied..).unwrap_or_default());
        self.text = Cow::Owned(text);
        self.turns.push(edits);
    }
}

/// What an escape stands for. A backslash never comes out, so that nothing new is escaped.
fn unescaped(escape: &Captures<'_>) -> Option<String> {
    if let Some(code) = escape.name("unicode") {
        let character = char::from_u32(u32::from_str_radix(code.as_str(), 16).ok()?)?;
        return (character != '\\').then(|| if character.is_control() { ' ' } else { character }.to_string());
    }
    for (name, radix) in [("hex", 16), ("octal", 8)] {
        if let Some(codes) = escape.name(name) {
            let codes = codes.as_str().split('\\').map(|code| code.trim_start_matches('x'));
            let bytes =
                codes.filter(|code| !code.is_empty()).map(|code| u8::from_str_radix(code, radix).ok());
            let text = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
            return (!text.contains('\\') && !text.contains(char::is_control)).then_some(text);
        }
    }
    if escape.name("space").is_some() {
        return Some(" ".to_owned());
    }
    escape.name("plain").map(|plain| plain.as_str().to_owned())
}

/// The character of an entity.
fn character(entity: &Captures<'_>) -> Option<String> {
    let entity = format!("&{}", entity.name("name")?.as_str());
    let text = html_escape::decode_html_entities(&entity);
    (text != entity && !text.contains('\\') && !text.contains(char::is_control)).then(|| text.into_owned())
}

/// The text of these bytes, where it was meant so, or was read wrongly twice and can be read again.
fn certain(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let again = || certain(text.chars().map(windows_1252).collect::<Option<_>>()?);
    (text.chars().all(is_european) || again().is_some()).then_some(text)
}

/// Letters and marks of European languages: what is read otherwise was not meant so.
fn is_european(character: char) -> bool {
    matches!(character, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '€' | '™' | '\u{feff}')
}

/// The byte beyond ASCII that Windows-1252 shows as this character; the five bytes that it leaves undefined, and
/// Latin-1, show control characters.
fn windows_1252(character: char) -> Option<u8> {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let code = u32::from(character);
    if (0x80..=0xff).contains(&code) {
        return u8::try_from(code).ok();
    }
    let place = FROM_0X80.iter().position(|other| *other == character)?;
    u8::try_from(place + 0x80).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn repairs(broken: &str, whole: &str) {
        let repaired = Repaired::of(broken);
        assert_eq!(repaired.text(), whole);
        assert_eq!(Repaired::of(whole).text(), whole, "a whole text is left alone");
    }

    #[test]
    fn what_was_escaped_is_unescaped_however_often() {
        repairs("can&#39;t &quot;x&quot; &amp; &uuml;&nbsp;&#xfc;", "can't \"x\" & ü\u{a0}ü");
        repairs("&amp;amp;quot;x&amp;quot;", "\"x\"");
        repairs(r#"the key: \"Schl\u00fcssel\"\nnext"#, "the key: \"Schlüssel\" next");
        repairs(r#"\\\"x\\\" \\u00fc \/"#, "\"x\" ü /");
        repairs(r"\u0026lt;b\u0026gt;", "<b>");
        repairs(r"Schl\xc3\xbcssel Schl\303\274ssel", "Schlüssel Schlüssel");
    }

    #[test]
    fn colours_of_terminals_are_gone() {
        repairs("\u{1b}[1;31mAccess\u{1b}[0m Denied", "Access Denied");
        repairs(r"\u001b[31mAccess\u001b[0m \x1b[1mDenied\033[0m", "Access Denied");
        repairs("\u{1b}]8;;https://x\u{7}link\u{1b}]8;;\u{7}", "link");
    }

    #[test]
    fn utf_8_that_was_read_as_windows_1252_or_latin_1_is_read_again() {
        repairs("SchlÃ¼ssel fÃ¼r GrÃ¶ÃŸe", "Schlüssel für Größe");
        repairs("â€žÃ„nderungâ€œ â€“ canâ€™t", "„Änderung“ – can’t");
        repairs("Schl\u{c3}\u{bc}ssel \u{e2}\u{80}\u{9e}x\u{e2}\u{80}\u{9c}", "Schlüssel „x“");
        repairs("SchlÃƒÂ¼ssel", "Schlüssel");
        repairs("Gr\u{c3}\u{83}\u{c2}\u{b6}\u{c3}\u{83}\u{c2}\u{9f}e", "Größe");
    }

    /// Repaired only where the repair is certain.
    #[test]
    fn what_could_be_meant_so_is_left_alone() {
        for text in [
            "Größe",
            "SÃO PAULO",
            "Ã",
            "â € x",
            r"C:\Users",
            "R&D; &c.",
            "&nosuchentity;",
            "a&b",
            "naïve – “x”",
            "Größ\u{ad}e",
            // Backslashes, which would escape what follows, and what a terminal would ring at.
            r"a\x5cnb a\134nb a&#92;nb",
            r"a\x07b a\007b a&#7;b",
        ] {
            repairs(text, text);
            assert!(Repaired::of(text).is_whole(), "{text}");
        }
    }

    #[test]
    fn a_range_finds_its_way_back() {
        let broken = "x &quot;SchlÃ¼ssel&quot; y";
        let repaired = Repaired::of(broken);
        assert_eq!(repaired.text(), "x \"Schlüssel\" y");
        let back = |part: &str| {
            let start = repaired.text().find(part).expect("it is there");
            &broken[repaired.original_range(start..start + part.len())]
        };
        assert_eq!(back("Schlüssel"), "SchlÃ¼ssel");
        assert_eq!(back("\"Schlüssel\""), "&quot;SchlÃ¼ssel&quot;");
        assert_eq!(back("y"), "y");
        assert_eq!(back("x"), "x");
    }

    #[test]
    fn an_empty_range_where_something_was_taken_out_leads_to_an_empty_range() {
        assert_eq!(Repaired::of("\u{1b}").original_range(0..0), 1..1);
        assert_eq!(Repaired::of("a\u{1b}[0mb").original_range(1..1), 5..5);
    }
}
