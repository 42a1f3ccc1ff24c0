//! One wording of a status message: its words, its typed placeholders, and how to find it in a message.
//!
//! A wording is written as the sentence itself, with placeholders in braces:
//! `Copy job from {source_region} to {destination_region} cannot be initiated for {resource_type} resources.`
//! A placeholder that may be missing ends in `?`. Case, punctuation and spelling of quotes do not matter.

mod beginning;

use std::fmt;
use std::ops::Range;

use memchr::memmem;

use crate::normalise::{Message, Words};
use crate::phrases::{Help, Problem};
use crate::slot::{Kind, Slot};

pub use beginning::Beginning;

/// A placeholder never spans more than this many bytes of words: longer is another sentence.
const LONGEST_CAPTURE: usize = 300;

/// A text in which a wording begins more often than this is not searched any further.
const MOST_PLACES: usize = 64;

/// Why a text is no wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternError {
    /// There is nothing to recognise.
    NoWords,
    /// The beginning is what a message is found by.
    BeginsWithPlaceholder,
    /// Where one ends and the other begins could not be told.
    AdjacentPlaceholders(Slot, Slot),
    /// A name that no slot has.
    UnknownPlaceholder(String),
    /// A brace without its partner.
    UnmatchedBrace(usize),
}

impl PatternError {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn parts(&self) -> (Problem, Help) {
        match self {
            Self::NoWords => (Problem::NoWords, Help::WriteSentence),
            Self::BeginsWithPlaceholder => (Problem::BeginsWithPlaceholder, Help::BeginWithWords),
            Self::AdjacentPlaceholders(first, second) => {
                let (first, second) = (first.name(), second.name());
                (Problem::AdjacentPlaceholders { first, second }, Help::SeparatePlaceholders)
            }
            Self::UnknownPlaceholder(name) => {
                (Problem::UnknownPlaceholder { name: name.clone() }, Slot::did_you_mean(name).into())
            }
            Self::UnmatchedBrace(byte) => {
                (Problem::UnmatchedBrace { byte: byte.to_string() }, Help::NameInBraces)
            }
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (problem, help) = self.parts();
        write!(formatter, "{problem}; {help}")
    }
}

impl std::error::Error for PatternError {}

/// A wording, ready to be looked for: words, then placeholders each followed by words, then perhaps a
/// last placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    head: Words,
    links: Vec<Link>,
    tail: Option<Slot>,
}

/// A placeholder and the words behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    slot: Slot,
    optional: bool,
    words: Words,
}

/// Where a wording stands in a message and what it captured there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternMatch {
    /// The byte range in [`Message::text`].
    pub span: Range<usize>,
    /// Where in [`Message::text`] stands what the placeholders took.
    pub captures: Vec<(Slot, Range<usize>)>,
}

impl PatternMatch {
    /// What the placeholders took from the text of the message, or from another of the same [`shape()`], as it was
    /// written there.
    ///
    /// [`shape()`]: crate::normalise::shape()
    pub fn values(&self, text: &str) -> impl Iterator<Item = (Slot, String)> {
        let value = |(slot, range): &(Slot, Range<usize>)| {
            Some((*slot, value(slot.kind(), text.get(range.clone())?)?))
        };
        self.captures.iter().filter_map(value)
    }

    /// Of the places of one wording, given in order, the one that captures most, then the first.
    pub(crate) fn clearest<'f>(places: impl IntoIterator<Item = &'f Self>) -> Option<&'f Self> {
        let clearer = |best: &'f Self, next: &'f Self| {
            if next.captures.len() > best.captures.len() { next } else { best }
        };
        places.into_iter().reduce(clearer)
    }
}

impl Pattern {
    /// Reads a wording.
    ///
    /// # Errors
    /// [`PatternError`] says what is wrong with the text.
    ///
    /// ```
    /// use copydoctor::normalise::Message;
    /// use copydoctor::pattern::Pattern;
    /// let pattern = Pattern::parse("not allowed for the following tag key: {tag_key}").unwrap();
    /// let message = Message::new("Value NOT ALLOWED for the following tag key: 'Cost Center'");
    /// let found = pattern.find(&message).unwrap();
    /// assert_eq!(found.values(message.text()).next().unwrap().1, "Cost Center");
    /// ```
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let first = text.find(['{', '}']).unwrap_or(text.len());
        let head = Words::of(text.get(..first).unwrap_or_default());
        if head.is_empty() {
            let begins_with_placeholder = text.get(first..).is_some_and(|rest| rest.starts_with('{'));
            return Err(if begins_with_placeholder {
                PatternError::BeginsWithPlaceholder
            } else {
                PatternError::NoWords
            });
        }
        let mut pattern = Self { text: text.to_owned(), head, links: Vec::new(), tail: None };
        let mut at = first;
        while at < text.len() {
            let inside = text
                .get(at..)
                .and_then(|rest| rest.strip_prefix('{'))
                .ok_or(PatternError::UnmatchedBrace(at))?;
            let (name, behind) = inside.split_once('}').ok_or(PatternError::UnmatchedBrace(at))?;
            if name.contains('{') {
                return Err(PatternError::UnmatchedBrace(at));
            }
            let (name, optional) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
            let slot = Slot::named(name).ok_or_else(|| PatternError::UnknownPlaceholder(name.to_owned()))?;
            if let Some(before) = pattern.tail {
                return Err(PatternError::AdjacentPlaceholders(before, slot));
            }
            let words_end = behind.find(['{', '}']).unwrap_or(behind.len());
            let words = Words::of(behind.get(..words_end).unwrap_or_default());
            if words.is_empty() {
                pattern.tail = Some(slot);
            } else {
                pattern.links.push(Link { slot, optional, words });
            }
            at = text.len() - behind.len() + words_end;
        }
        Ok(pattern)
    }

    /// The wording as it was written in the catalogue.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of the wording, without its placeholders, joined by spaces.
    #[must_use]
    pub fn words(&self) -> String {
        self.runs().map(Words::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The runs of words between the placeholders.
    fn runs(&self) -> impl Iterator<Item = &Words> {
        std::iter::once(&self.head).chain(self.links.iter().map(|link| &link.words))
    }

    /// The words of each clause that could stand for the whole: its sentences, and what stands behind a `because` or
    /// an `explicit`. One that has no other gives none.
    #[must_use]
    pub fn clauses(&self) -> Vec<String> {
        let separated = ["; ", " because ", " weil ", " with an "]
            .iter()
            .fold(self.text.clone(), |text, separator| text.replace(separator, ". "));
        let clauses: Vec<&str> = separated.split(". ").collect();
        if clauses.len() < 2 {
            return Vec::new();
        }
        let without_placeholders =
            |clause: &str| clause.split(['{', '}']).step_by(2).collect::<Vec<_>>().join(" ");
        clauses
            .into_iter()
            .map(|clause| Words::of(&without_placeholders(clause)).as_str().to_owned())
            .collect()
    }

    /// The slots of the placeholders.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.links.iter().map(|link| link.slot).chain(self.tail)
    }

    /// The sentence with a sample in every placeholder.
    ///
    /// ```
    /// use copydoctor::pattern::Pattern;
    /// let pattern = Pattern::parse("for the following tag key: {tag_key}").unwrap();
    /// assert_eq!(pattern.sentence(), "for the following tag key: CostCenter");
    /// ```
    #[must_use]
    pub fn sentence(&self) -> String {
        self.slots().fold(self.text.clone(), |sentence, slot| {
            let sentence = sentence.replacen(&format!("{{{slot}}}"), slot.sample(), 1);
            sentence.replacen(&format!("{{{slot}?}}"), slot.sample(), 1)
        })
    }

    /// The longest run of words without a placeholder: a message without it cannot match.
    #[must_use]
    pub fn anchor(&self) -> &Words {
        self.runs().fold(&self.head, |longest, words| {
            if words.as_str().len() > longest.as_str().len() { words } else { longest }
        })
    }

    /// The first two words of the wording, or the only one before its first placeholder: where more than two words of
    /// it stand, these do.
    pub(crate) fn opening(&self) -> &str {
        let head = self.head.as_str();
        head.match_indices(' ').nth(1).and_then(|(end, _)| head.get(..end)).unwrap_or(head)
    }

    /// How many words the wording has, placeholders not counted: how much it takes to match by chance.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.runs().map(Words::count).sum()
    }

    /// Finds the wording in a message: all its words, in order, with nothing between them but what the
    /// placeholders take. The place that captures most wins, then the first.
    #[must_use]
    pub fn find(&self, message: &Message<'_>) -> Option<PatternMatch> {
        PatternMatch::clearest(&self.places(message)).cloned()
    }

    /// Every place where the wording stands, in order: a message may have been pasted twice, and another may begin
    /// with the same words. Of two places that end alike the shorter is meant.
    #[must_use]
    pub fn places(&self, message: &Message<'_>) -> Vec<PatternMatch> {
        let words = message.words().as_str();
        let begins = occurrences(words, self.head.as_str(), 0..words.len()).take(MOST_PLACES);
        let mut places: Vec<PatternMatch> = Vec::new();
        for place in begins.filter_map(|start| self.find_at(start, message)) {
            // What begins later, ends no later and captures as much leaves out words of another message. (A `user`
            // in an ARN begins nothing: less is captured from there.)
            places.retain(|earlier| {
                earlier.span.end < place.span.end || earlier.captures.len() > place.captures.len()
            });
            places.push(place);
        }
        places
    }

    /// The rest of the wording, where its first words stand at `start`.
    fn find_at(&self, start: usize, message: &Message<'_>) -> Option<PatternMatch> {
        let words = message.words().as_str();
        let mut captures = Vec::new();
        let mut end = start + self.head.as_str().len();
        for link in &self.links {
            let reach = end + LONGEST_CAPTURE + link.words.as_str().len();
            let next = occurrences(words, link.words.as_str(), end..reach)
                .find(|next| link.optional || next - end > 1)?;
            captures.extend(link.capture(end, next, message));
            end = next + link.words.as_str().len();
        }
        let mut span = message.text_range(start..end);
        if let Some(slot) = self.tail {
            if let Some(value) =
                trailing_value(slot.kind(), message.text().get(span.end..).unwrap_or_default())
            {
                let value = span.end + value.start..span.end + value.end;
                span.end = value.end;
                captures.push((slot, value));
            }
        }
        Some(PatternMatch { span, captures })
    }
}

impl Link {
    /// What stands between the end of the words before the placeholder and the words behind it.
    fn capture(&self, end: usize, next: usize, message: &Message<'_>) -> Option<(Slot, Range<usize>)> {
        if next - end <= 1 {
            return None;
        }
        let gap = message.text_range(end - 1..end).end..message.text_range(next..next + 1).start;
        value(self.slot.kind(), message.text().get(gap.clone())?).map(|_| (self.slot, gap))
    }
}

/// Where `needle` stands in this part of `words`, at word boundaries. The part may reach beyond the end,
/// and keeps the search from reading a long text again for every place where a pattern could begin.
fn occurrences<'a>(words: &'a str, needle: &'a str, part: Range<usize>) -> impl Iterator<Item = usize> + 'a {
    let mut end = part.end.min(words.len());
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let bounded = move |start: &usize| {
        let before = *start == 0 || words.get(..*start).unwrap_or_default().ends_with(' ');
        let after = words.get(start + needle.len()..).unwrap_or_default();
        before && (after.is_empty() || after.starts_with(' '))
    };
    let found = memmem::find_iter(words.as_bytes().get(part.start..end).unwrap_or_default(), needle);
    found.map(move |at| part.start + at).filter(bounded)
}

/// Where in `tail` the value of a placeholder stands that ends its pattern: what stands in quotes, or else the next word of an identifier, or else the rest of the line up to an SDK's bracket or to what separates
/// messages. The pattern matches without it, so that a message cut off at its end is still recognised.
fn trailing_value(kind: Kind, tail: &str) -> Option<Range<usize>> {
    let quote = |c: char| is_quote(c) || c == '\\';
    let mut is_next_line = false;
    let behind = tail.trim_start_matches(|c: char| {
        is_next_line |= c == '\n';
        // A mail quotes every line with a margin of its own.
        c.is_whitespace() || c == ':' || c == '[' || (c == '>' && is_next_line)
    });
    let inside = behind.trim_start_matches(quote);
    let length = if inside.len() < behind.len() {
        inside.find(quote).unwrap_or(inside.len())
    } else if kind.is_identifier() {
        inside.find(char::is_whitespace).unwrap_or(inside.len())
    } else {
        let line = inside.find(['\n', '\r']).unwrap_or(inside.len());
        let ends = [" (", ". ", ";", " | ", " • "].iter().filter_map(|end| inside.get(..line)?.find(end));
        ends.min().unwrap_or(line)
    };
    let start = tail.len() - inside.len();
    value(kind, inside.get(..length)?).map(|_| start..start + length)
}

fn is_quote(character: char) -> bool {
    matches!(
        character,
        '\'' | '"' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '«' | '»' | '‹' | '›'
    )
}

/// The value that a captured text holds, without what stands around it; `None` where it is not of the placeholder's
/// type.
fn value(kind: Kind, raw: &str) -> Option<String> {
    let around = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '\\' | '(' | ')' | '[' | ']');
    let value = raw.trim_matches(around).trim_end_matches(['.', ',', ';']);
    let joined = if kind.is_identifier() {
        // A line wrap inside an identifier was not there when AWS wrote it; a space makes two words of it.
        let lines = value.lines().map(|line| line.trim_matches([' ', '\t', '>']));
        let whole: String = lines.collect();
        whole.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect()
    } else if kind == Kind::ResourceType {
        value.split_whitespace().collect::<Vec<_>>().join(" ")
    } else if kind == Kind::Text {
        // Nobody knows what it is, so what separates it from the words around it is none of it.
        let value = value.trim_matches(|c: char| !c.is_alphanumeric());
        return kind.accepts(value).then(|| value.to_owned());
    } else {
        return kind.accepts(value).then(|| value.to_owned());
    };
    let value = joined.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    kind.accepts(value).then(|| value.to_owned())
}

#[cfg(test)]
mod tests;
