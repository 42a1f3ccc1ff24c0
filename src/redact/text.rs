//! A text in which parts were replaced, with the way of a place from the one to the other.

use std::borrow::Cow;
use std::ops::Range;

use crate::normalise::{Repaired, Words, is_invisible, mask};

/// A text with other parts, and where these stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Replaced {
    pub(super) text: String,
    edits: Vec<Edit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    before: Range<usize>,
    after: Range<usize>,
}

impl Replaced {
    /// The text with these parts replaced, which stand in the order of the text and do not overlap.
    pub(super) fn new(original: &str, parts: Vec<(Range<usize>, String)>) -> Self {
        let mut replaced = Self { text: String::with_capacity(original.len()), edits: Vec::new() };
        let mut at = 0;
        for (before, part) in parts {
            replaced.text.push_str(original.get(at..before.start).unwrap_or_default());
            let start = replaced.text.len();
            replaced.text.push_str(&part);
            at = before.end;
            replaced.edits.push(Edit { before, after: start..replaced.text.len() });
        }
        replaced.text.push_str(original.get(at..).unwrap_or_default());
        replaced
    }

    /// The range that a range of the original has become; it grows to the whole of a part that it cuts.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let at = |position: usize, is_end: bool| {
            let index = self.edits.partition_point(|edit| edit.before.start < position);
            let Some(edit) = index.checked_sub(1).and_then(|index| self.edits.get(index)) else {
                return position;
            };
            if position >= edit.before.end {
                position - edit.before.end + edit.after.end
            } else if is_end {
                edit.after.end
            } else {
                edit.after.start
            }
        };
        let start = at(range.start, false);
        start..at(range.end, true).max(start)
    }

    /// What this text and others of its kind have in common: as [`mask`], but pseudonyms of names are kept, as the names
    /// would be.
    pub(super) fn masked(&self) -> String {
        let mut masked = String::new();
        let mut at = 0;
        for Edit { after, .. } in &self.edits {
            masked.push_str(&mask(self.text.get(at..after.start).unwrap_or_default()));
            let pseudonym = self.text.get(after.clone()).unwrap_or_default();
            let kind = mask(pseudonym);
            let is_kind = kind.starts_with('<') && kind.ends_with('>') && !kind.contains(' ');
            masked.push_str(if is_kind { &kind } else { pseudonym });
            at = after.end;
        }
        masked.push_str(&mask(self.text.get(at..).unwrap_or_default()));
        masked
    }
}

/// A message as AWS wrote it, as far as it could be repaired and without what shows nothing: private things could hide
/// behind either.
#[derive(Debug)]
pub(super) struct Legible<'m> {
    repaired: Repaired<'m>,
    visible: Option<Replaced>,
}

impl<'m> Legible<'m> {
    pub(super) fn of(message: &'m str) -> Self {
        let repaired = Repaired::of(message);
        let hidden = repaired.text().char_indices().filter(|(_, character)| is_invisible(*character));
        let hidden: Vec<_> = hidden.map(|(at, c)| (at..at + c.len_utf8(), String::new())).collect();
        let visible = (!hidden.is_empty()).then(|| Replaced::new(repaired.text(), hidden));
        Self { repaired, visible }
    }

    pub(super) fn text(&self) -> &str {
        self.visible.as_ref().map_or_else(|| self.repaired.text(), |visible| &visible.text)
    }

    /// The range of the text that a range of the message became.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        // The way back is monotonous, so the way there is found by halving.
        let length = self.repaired.text().len();
        let start = first(length, |at| self.repaired.original_range(at..at).start >= range.start);
        let end = first(length, |at| self.repaired.original_range(0..at).end >= range.end).max(start);
        self.visible.as_ref().map_or(start..end, |visible| visible.range(&(start..end)))
    }
}

/// The first number up to `most` of which something is true that is true of all behind it.
fn first(most: usize, is_true: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_true(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// A redacted message: the text, and what is needed to redact an answer that was found in the original.
#[derive(Debug)]
pub(super) struct Redacted {
    pub(super) text: String,
    pub(super) masked: String,
    /// The words of the text, one space around each.
    words: String,
    spans: Vec<(Range<usize>, Range<usize>)>,
}

impl Redacted {
    /// The message with the given ranges of the original found again in it.
    pub(super) fn new(
        legible: &Legible<'_>,
        replaced: Replaced,
        spans: impl Iterator<Item = Range<usize>>,
    ) -> Self {
        let spans = spans.map(|span| {
            let mut range = replaced.range(&legible.range(&span));
            // Bytes of an original that was repaired need not be at the edge of a character.
            while !replaced.text.is_char_boundary(range.start) {
                range.start -= 1;
            }
            while !replaced.text.is_char_boundary(range.end) {
                range.end += 1;
            }
            (span, range)
        });
        let spans = spans.collect();
        let words = format!(" {} ", Words::of(&replaced.text).as_str());
        Self { masked: replaced.masked(), words, spans, text: replaced.text }
    }

    /// Where a span of the original stands now.
    pub(super) fn span(&self, span: &Range<usize>) -> Range<usize> {
        self.spans.iter().find(|(original, _)| original == span).map_or(0..0, |(_, range)| range.clone())
    }

    /// A word of the original, or what stands for it where it is no longer in the text.
    pub(super) fn word<'w>(&self, word: &'w str) -> Cow<'w, str> {
        const PRIVATE: &str = "[…]";
        let is_left = self.words.contains(&format!(" {word} "));
        if is_left { Cow::Borrowed(word) } else { Cow::Borrowed(PRIVATE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_found_again() {
        let replaced =
            Replaced::new("of prod and dr.", vec![(3..7, "vault-1".into()), (12..14, "vault-2".into())]);
        assert_eq!(replaced.text, "of vault-1 and vault-2.");
        for (range, text) in [(0..2, "of"), (3..7, "vault-1"), (4..6, "vault-1"), (8..14, "and vault-2")] {
            assert_eq!(&replaced.text[replaced.range(&range)], text, "{range:?}");
        }
    }

    #[test]
    fn a_range_of_a_message_is_found_in_what_could_be_read_of_it() {
        let message = "&quot;Schl\\u00fcssel&quot; ist un\u{200b}gültig";
        let legible = Legible::of(message);
        assert_eq!(legible.text(), "\"Schlüssel\" ist ungültig");
        for (part, text) in [("Schl\\u00fcssel", "Schlüssel"), ("ist un\u{200b}gültig", "ist ungültig")] {
            let start = message.find(part).expect("it is there");
            assert_eq!(&legible.text()[legible.range(&(start..start + part.len()))], text);
        }
    }

    #[test]
    fn names_stay_apart_where_ids_become_one() {
        let parts = vec![(0..4, "vault-1".into()), (8..12, "000000000001".into())];
        assert_eq!(Replaced::new("prod of 1234 in 5", parts).masked(), "vault-1 of <number> in <number>");
    }
}
