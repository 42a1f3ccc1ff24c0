//! Turns any text into comparable text: lower-case words without marks, joined by single spaces.
//!
//! Patterns and messages pass the same function, and only it makes a [`Words`], so the two cannot
//! drift apart. What a message may have gone through on its way (case, quotes, line wraps, Unicode forms,
//! typography, `ue` for `ü`) is gone afterwards; what it says is not.

mod repair;
mod shape;
mod variable;
mod wrapper;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

pub use repair::Repaired;
pub use shape::shape;
pub use variable::mask;
pub(crate) use variable::{blank, variables, varies};
pub use wrapper::{Wrapper, WrapperField};

/// Comparable text. Made by [`Words::of`] only.
///
/// ```
/// use copydoctor::normalise::Words;
/// let pasted = "„Snapshots encrypted with the\n  AWS\u{a0}Managed CMK can’t be shared.“";
/// assert_eq!(Words::of(pasted).as_str(), "snapshots encrypted with the aws managed cmk cant be shared");
/// assert_eq!(Words::of("Schlüssel"), Words::of("SCHLUESSEL"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(String);

impl Words {
    /// The words of `text`. Doing it twice changes nothing more.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        fold(text, &mut words);
        Self(words)
    }

    /// The words, joined by single spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of words.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.split_ascii_whitespace().count()
    }
}

/// A message, repaired, beside its words, with the way back from the words to the text as it was written.
#[derive(Debug)]
pub struct Message<'a> {
    repaired: Repaired<'a>,
    /// The text with its identifiers replaced by those that stand for all of their kind; none where there is nothing
    /// to replace.
    shape: Option<String>,
    words: Words,
    /// For each byte of the words the byte range of the character in the repaired text that it came from.
    /// Most messages match nothing or are never asked, so the way back is built on demand.
    alignment: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Message<'a> {
    /// Normalises a message.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        Self::verbatim(Repaired::of(original))
    }

    /// Normalises a message that was repaired.
    #[must_use]
    pub fn verbatim(repaired: Repaired<'a>) -> Self {
        Self { words: Words::of(repaired.text()), repaired, shape: None, alignment: OnceCell::new() }
    }

    /// Normalises a message of which only the shape counts: its words are those of its [`shape()`].
    #[must_use]
    pub fn shaped(repaired: Repaired<'a>) -> Self {
        let shape = match shape(repaired.text()) {
            Cow::Owned(shape) => Some(shape),
            Cow::Borrowed(_) => None,
        };
        let words = Words::of(shape.as_deref().unwrap_or(repaired.text()));
        Self { words, repaired, shape, alignment: OnceCell::new() }
    }

    /// The text that the words are of: as AWS wrote it, as far as it could be repaired. Of a message of which only the
    /// shape counts it is the shape.
    #[must_use]
    pub fn text(&self) -> &str {
        self.shape.as_deref().unwrap_or(self.repaired.text())
    }

    /// The message as AWS wrote it, as far as it could be repaired, with all its identifiers. They stand where those
    /// stand that [`Message::text`] has in their place.
    #[must_use]
    pub fn repaired(&self) -> &Repaired<'a> {
        &self.repaired
    }

    /// The byte range of the text as it was given that a byte range of [`Message::text`] came from.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.repaired.original_range(range)
    }

    /// The words of the text.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The byte range of [`Message::text`] that a byte range of the words came from.
    ///
    /// An empty range, or one that lies beyond the words, gives the empty range at the text's end.
    #[must_use]
    pub fn text_range(&self, range: Range<usize>) -> Range<usize> {
        let alignment = self.alignment.get_or_init(|| {
            let mut alignment = Vec::with_capacity(self.text().len());
            fold(self.text(), &mut alignment);
            alignment
        });
        let end = self.text().len();
        match alignment.get(range) {
            Some([first, .., last]) => first.0..last.1,
            Some([only]) => only.0..only.1,
            Some([]) | None => end..end,
        }
    }

    /// The part of the text as it was given that says once what the whole says twice, where a message was pasted twice.
    ///
    /// ```
    /// use copydoctor::normalise::Message;
    /// assert_eq!(Message::new("Token expired.\nToken expired.").said_once(), Some("Token expired.\n"));
    /// assert_eq!(Message::new("Token expired.").said_once(), None);
    /// ```
    #[must_use]
    pub fn said_once(&self) -> Option<&'a str> {
        let words = self.words.as_str();
        let middle = words.len() / 2;
        let (once, again) = (words.get(..middle)?, words.get(middle..)?.strip_prefix(' ')?);
        if once.is_empty() || once != again {
            return None;
        }
        // The space between them came from where the second begins.
        let again = self.text_range(middle..words.len()).start;
        self.repaired.original().get(..self.original_range(again..again).start)
    }

    /// Every word with its byte range in [`Message::text`].
    pub fn words_with_ranges(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut start = 0;
        self.words.as_str().split(' ').filter(|word| !word.is_empty()).map(move |word| {
            let range = start..start + word.len();
            start = range.end + 1;
            (word, self.text_range(range))
        })
    }
}

/// Where the folded letters go.
trait Sink {
    /// Receives a character of the words and the byte range of its source.
    fn keep(&mut self, letter: char, source: (usize, usize));
    /// Receives the end of a source character that was folded into the character before it.
    fn absorb(&mut self, end: usize);
}

impl Sink for String {
    fn keep(&mut self, letter: char, _: (usize, usize)) {
        self.push(letter);
    }
    fn absorb(&mut self, _: usize) {}
}

/// For each byte of the words the range of its source.
impl Sink for Vec<(usize, usize)> {
    fn keep(&mut self, letter: char, source: (usize, usize)) {
        self.extend(std::iter::repeat_n(source, letter.len_utf8()));
    }
    fn absorb(&mut self, end: usize) {
        if let Some(last) = self.last_mut() {
            last.1 = end;
        }
    }
}

fn fold(text: &str, sink: &mut impl Sink) {
    // The letter kept last, unless a separator came since.
    let mut last: Option<char> = None;
    let mut any = false;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // Most characters are plain: no mark is to be taken off, and nothing hangs on what follows.
        match plain(*byte) {
            Plain::Separator => {
                last = None;
                at += 1;
                continue;
            }
            Plain::Letter('e') if matches!(last, Some('a' | 'o' | 'u')) => {
                at += 1;
                sink.absorb(at);
                continue;
            }
            Plain::Letter(letter) => {
                let source = (at, at + 1);
                if last.is_none() && any {
                    sink.keep(' ', source);
                }
                any = true;
                sink.keep(letter, source);
                last = Some(letter);
                at += 1;
                continue;
            }
            Plain::No => {}
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let (start, source) = (at, (at, at + character.len_utf8()));
        at = source.1;
        if is_invisible(character) {
            continue;
        }
        if is_lost(character) && last.is_some_and(char::is_alphabetic) && goes_on_behind_lost(text, source.1)
        {
            continue;
        }
        if matches!(character, '-' | '\u{2010}') && last.is_some_and(char::is_alphabetic) {
            if let Some(next) = next_of_broken_word(text, start, source.1) {
                at = next;
                continue;
            }
        }
        if is_apostrophe(character) || (character == '\\' && escapes_apostrophe(text, source.1)) {
            // Inside a word an apostrophe is dropped, so that `can't`, `can’t` and `cant` are one word.
            let inside_a_word = last.is_some_and(char::is_alphabetic) && begins_with_letter(text, source.1);
            if !inside_a_word {
                last = None;
            }
            continue;
        }
        decompose_compatible(character, |part| {
            if is_combining_mark(part) {
                sink.absorb(source.1);
                return;
            }
            // Lower case leaves ß alone, which the old and the new spelling write as ss.
            let (lower, doubled) = match part {
                'ß' | 'ẞ' => ('s', true),
                _ => (single_lowercase(part), false),
            };
            if !lower.is_alphanumeric() || is_apostrophe(lower) {
                last = None;
                return;
            }
            // ae, oe and ue stand for ä, ö and ü, whose marks are dropped; both sides are treated alike.
            if lower == 'e' && matches!(last, Some('a' | 'o' | 'u')) {
                sink.absorb(source.1);
                return;
            }
            if last.is_none() && any {
                sink.keep(' ', source);
            }
            any = true;
            sink.keep(lower, source);
            if doubled {
                sink.keep(lower, source);
            }
            last = Some(lower);
        });
    }
}

/// What a byte is that means the same wherever it stands.
enum Plain {
    /// A letter or digit, in lower case.
    Letter(char),
    /// What separates words.
    Separator,
    /// It does not.
    No,
}

fn plain(byte: u8) -> Plain {
    match byte {
        b'a'..=b'z' | b'0'..=b'9' => Plain::Letter(char::from(byte)),
        b'A'..=b'Z' => Plain::Letter(char::from(byte.to_ascii_lowercase())),
        b'?' | b'-' | b'\'' | b'`' | b'\\' | 0x80.. => Plain::No,
        _ => Plain::Separator,
    }
}

/// Words that keep their hyphen where a line ends at it.
const HYPHENATED: &[&str] = &[
    "air", "cross", "customer", "identity", "in", "key", "multi", "non", "on", "opt", "resource", "role",
    "self", "service", "user",
];

/// Where a word goes on whose first part ends at a hyphen at the end of a line; `None` where the hyphen is its own:
/// it goes on with a capital, or its first part is an abbreviation or one that is always hyphenated.
fn next_of_broken_word(text: &str, hyphen: usize, behind: usize) -> Option<usize> {
    let rest = text.get(behind..)?;
    let is_margin = |c: char| c.is_whitespace() || matches!(c, '>' | '|' | '#' | '*');
    let next = rest.find(|c: char| !is_margin(c))?;
    let goes_on = rest.get(..next)?.contains('\n') && rest.get(next..)?.starts_with(char::is_lowercase);
    let first = text.get(..hyphen)?.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let keeps_its_hyphen = HYPHENATED.contains(&first.to_lowercase().as_str())
        || (first.chars().count() > 1 && first.chars().all(char::is_uppercase));
    (goes_on && !keeps_its_hyphen).then_some(behind + next)
}

/// The lower-case form, where it is one character; the few that expand have been decomposed before.
fn single_lowercase(character: char) -> char {
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}

/// Characters that show nothing and separate nothing: soft hyphens, zero-width spaces and joiners,
/// directional marks, byte order marks, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʼ' | '′' | '＇')
}

/// What a letter leaves that did not survive: one for the letter, or one for each of its bytes.
fn is_lost(character: char) -> bool {
    matches!(character, '\u{fffd}' | '?')
}

/// Whether the word goes on behind a letter that did not survive, of which one byte was seen.
fn goes_on_behind_lost(text: &str, position: usize) -> bool {
    const MOST_BYTES: usize = 4;
    let rest = text.get(position..).unwrap_or_default();
    let others = rest.chars().take(MOST_BYTES - 1).take_while(|c| is_lost(*c)).map(char::len_utf8);
    begins_with_letter(text, position + others.sum::<usize>())
}

/// Whether what follows may be an apostrophe, so that a backslash before it only escapes it.
fn escapes_apostrophe(text: &str, position: usize) -> bool {
    let rest = text.get(position..).unwrap_or_default();
    rest.chars().find(|next| !is_invisible(*next)).is_some_and(is_apostrophe)
}

fn begins_with_letter(text: &str, position: usize) -> bool {
    let rest = text.get(position..).unwrap_or_default();
    rest.chars().find(|next| !is_invisible(*next) && !is_apostrophe(*next)).is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests;
