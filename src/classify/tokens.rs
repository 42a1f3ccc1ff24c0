//! A message as its writer sees it: words and values between spaces, and what stands in quotes.

use std::ops::Range;

use crate::identifier::Arn;

/// A part of a text between spaces, without the punctuation at its ends.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) range: Range<usize>,
    /// Whether a sentence ends behind it.
    ends_sentence: bool,
    /// Whether dots stand behind it, for what was left out.
    is_cut: bool,
}

impl Token<'_> {
    /// Whether it is, or holds, an ARN that cannot be taken as it stands in the text.
    pub(crate) fn is_strange_arn(&self, text: &str) -> bool {
        if !self.text.contains("arn:") {
            return false;
        }
        // A line that goes on with hexadecimal digits may be the rest of an id.
        let behind = text.get(self.range.end..).unwrap_or_default();
        let behind = behind.trim_start_matches(['-', '\r', ' ', '\t']);
        let goes_on = behind.strip_prefix('\n').is_some_and(|line| {
            let line = line.trim_start_matches([' ', '\t', '>']);
            let word =
                line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).next().unwrap_or_default();
            word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        });
        Arn::parse(self.text).is_none() || self.is_cut || goes_on
    }
}

/// The tokens of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for (at, separator) in text.char_indices().chain([(text.len(), ' ')]) {
        // A comma within a number separates nothing.
        let is_within_number = separator == ',' && {
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            is_digit(text.get(..at).and_then(|before| before.chars().next_back()))
                && is_digit(text.get(at + 1..).and_then(|behind| behind.chars().next()))
        };
        if is_within_number || !(separator.is_whitespace() || is_separator(separator)) {
            continue;
        }
        tokens.extend(token(text, start..at, separator));
        start = at + separator.len_utf8();
    }
    tokens
}

fn token(text: &str, range: Range<usize>, separator: char) -> Option<Token<'_>> {
    let raw = text.get(range.clone())?;
    let whole = raw.trim_end_matches(['.', ',', ':', ';', '!', '?', '…', '-']);
    let token = whole.trim_start_matches(|c: char| !c.is_alphanumeric());
    if token.is_empty() {
        return None;
    }
    let start = range.start + whole.len() - token.len();
    Some(Token {
        text: token,
        range: start..start + token.len(),
        ends_sentence: separator == ';' || raw.ends_with(['.', '!', '?']),
        is_cut: raw.ends_with("..") || raw.contains('…'),
    })
}

pub(crate) fn is_separator(character: char) -> bool {
    is_quote(character) || matches!(character, ',' | ';' | '(' | ')' | '[' | ']' | '|' | '<' | '>')
}

fn is_quote(character: char) -> bool {
    closing(character).is_some() || matches!(character, '”' | '’')
}

/// The quote that closes what another opens: English, German, French.
fn closing(opening: char) -> Option<&'static [char]> {
    let closing: &[char] = match opening {
        '"' => &['"'],
        '\'' => &['\''],
        '`' => &['`', '\''],
        '„' => &['“', '”'],
        '‚' => &['‘', '’'],
        '“' => &['”'],
        '‘' => &['’'],
        '«' => &['»'],
        '»' => &['«'],
        _ => return None,
    };
    Some(closing)
}

/// The words before a token, in lower case, the nearest first, up to where a sentence ends.
pub(crate) fn before(tokens: &[Token<'_>], index: usize) -> Vec<String> {
    /// A limit is named a few words before its number.
    const FARTHEST: usize = 6;
    let earlier = tokens.get(..index).unwrap_or_default().iter().rev();
    earlier
        .take_while(|token| !token.ends_sentence)
        .take(FARTHEST)
        .map(|token| token.text.to_lowercase())
        .collect()
}

/// What stands in quotes and holds none, on one line: the innermost.
pub(crate) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut quoted = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, character) in text.char_indices() {
        let behind = at + character.len_utf8();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let stands_behind = is_letter(text.get(..at).and_then(|before| before.chars().next_back()));
        let stands_before = is_letter(text.get(behind..).and_then(|behind| behind.chars().next()));
        if let Some((start, closing)) = open {
            // An apostrophe stands between letters.
            if closing.contains(&character) && !stands_before {
                if start < at {
                    quoted.push(start..at);
                }
                open = None;
                continue;
            }
        }
        if character == '\n' {
            open = None;
        } else if let Some(closing) = closing(character).filter(|_| !stands_behind) {
            open = Some((behind, closing));
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_no_punctuation_at_its_ends_and_keeps_what_is_its_own() {
        let texts = |text| tokens(text).iter().map(|token| token.text).collect::<Vec<_>>();
        assert_eq!(texts("(the key: [arn:aws:x]), 50,000. "), ["the", "key", "arn:aws:x", "50,000"]);
        assert_eq!(texts("- arn:aws:s3:::b/*; „Zu – Ende“…"), ["arn:aws:s3:::b/*", "Zu", "Ende"]);
        assert_eq!(texts("5 6, 5,x x,5"), ["5", "6", "5", "x", "x", "5"]);
        let text = "ä (x)";
        assert_eq!(
            tokens(text).iter().map(|token| &text[token.range.clone()]).collect::<Vec<_>>(),
            ["ä", "x"]
        );
    }

    #[test]
    fn the_words_before_a_token_are_those_of_its_sentence() {
        let before_last = |text| {
            let tokens = tokens(text);
            before(&tokens, tokens.len() - 1).join(" ")
        };
        assert_eq!(before_last("It failed. The limit is 5"), "is limit the");
        assert_eq!(before_last("It failed; the limit, now: 5"), "now limit the");
        assert_eq!(before_last("It failed! Now 5"), "now");
        assert_eq!(before_last("At most so many snapshots of a volume: 5"), "volume a of snapshots many so");
    }

    #[test]
    fn quotes_of_every_kind_and_no_apostrophes() {
        let texts =
            |text: &'static str| quoted(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            texts("key 'a b' isn't \"c\", „d“ ‚e‘ “f” »g« «h» `i` ‘j’"),
            ["a b", "c", "d", "e", "f", "g", "h", "i", "j"]
        );
        assert_eq!(texts("\"the key 'x' is not ''\""), ["x"]);
        assert_eq!(texts("the users' keys aren't 'open\nand' here"), [""; 0]);
    }
}
