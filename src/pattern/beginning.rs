//! A message that was cut off ends within a wording: it has the wording's beginning, and nothing behind it.

use std::ops::Range;

use super::{LONGEST_CAPTURE, MOST_PLACES, Pattern, PatternMatch, occurrences};
use crate::normalise::Message;
use crate::slot::Slot;

/// The beginning of a wording at the end of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Beginning {
    /// Where it stands, up to the end of the message, and what it captured.
    pub found: PatternMatch,
    /// How many words of the wording are there. The last may be there in part.
    pub word_count: usize,
    /// How much of the wording is there, by letters, from 0 to 1.
    pub share: f64,
}

impl Pattern {
    /// Finds the beginning of the wording at the end of a message, as much of it as there is; none where the whole
    /// wording stands there, or where the message ends in a placeholder.
    ///
    /// ```
    /// use copydoctor::normalise::Message;
    /// use copydoctor::pattern::Pattern;
    /// let pattern = Pattern::parse("Given key ID does not exist").unwrap();
    /// let beginning = pattern.beginning(&Message::new("Error: Given key ID does no…")).unwrap();
    /// assert_eq!(beginning.word_count, 5);
    /// assert!(pattern.beginning(&Message::new("Given key ID is lost")).is_none());
    /// ```
    #[must_use]
    pub fn beginning(&self, message: &Message<'_>) -> Option<Beginning> {
        let words = message.words().as_str();
        // Farther from the end no beginning reaches it.
        let longest = self.letters() + self.links.len() * (LONGEST_CAPTURE + " ".len());
        let near = boundary(words, words.len().saturating_sub(longest));
        let heads = occurrences(words, self.head.as_str(), near..words.len()).take(MOST_PLACES);
        // As of whole places the later that captures as much: what lies before it is of another message.
        let behind_heads = heads.filter_map(|start| self.beginning_at(start, message)).reduce(later);
        behind_heads.or_else(|| {
            let start = cut_off(words, self.head.as_str(), 0)?;
            Some(self.up_to_the_end(start, start..words.len(), 0, Vec::new(), message))
        })
    }

    /// The beginning of the wording whose first words stand whole at `start`.
    fn beginning_at(&self, start: usize, message: &Message<'_>) -> Option<Beginning> {
        let words = message.words().as_str();
        let mut captures = Vec::new();
        let mut end = start + self.head.as_str().len();
        let mut letters = self.head.as_str().len();
        for link in &self.links {
            let whole = link.words.as_str();
            let leaves_room = |next: &usize| link.optional || next - end > 1;
            let reach = end + LONGEST_CAPTURE + whole.len();
            if let Some(next) = occurrences(words, whole, end..reach).find(leaves_room) {
                captures.extend(link.capture(end, next, message));
                end = next + whole.len();
                letters += whole.len();
                continue;
            }
            let next = cut_off(words, whole, end).filter(leaves_room)?;
            if next - end > LONGEST_CAPTURE {
                return None;
            }
            captures.extend(link.capture(end, next, message));
            return Some(self.up_to_the_end(start, next..words.len(), letters, captures, message));
        }
        None
    }

    /// How many letters the words have.
    fn letters(&self) -> usize {
        self.runs().map(|run| run.as_str().len()).sum()
    }

    /// The beginning that ends with this part of the words, and has so many letters before it.
    #[expect(clippy::cast_precision_loss, reason = "a wording has fewer than 2^52 letters")]
    fn up_to_the_end(
        &self,
        start: usize,
        last: Range<usize>,
        letters_before: usize,
        captures: Vec<(Slot, Range<usize>)>,
        message: &Message<'_>,
    ) -> Beginning {
        let words = message.words().as_str();
        let mut letters = 0;
        let before = self.runs().take_while(|run| {
            letters += run.as_str().len();
            letters <= letters_before
        });
        let last_words = words.get(last.clone()).unwrap_or_default().split(' ').count();
        Beginning {
            found: PatternMatch { span: message.text_range(start..words.len()), captures },
            word_count: before.map(crate::normalise::Words::count).sum::<usize>() + last_words,
            share: (letters_before + last.len()) as f64 / self.letters() as f64,
        }
    }
}

/// Of two beginnings in the order of the message the later, unless less is captured from there: a `user` in an ARN
/// begins nothing.
fn later(earlier: Beginning, later: Beginning) -> Beginning {
    let captures = |beginning: &Beginning| beginning.found.captures.len();
    if captures(&later) >= captures(&earlier) { later } else { earlier }
}

/// Where a text begins that is cut off at the end of `words`: from the first word at or behind `from` on, all that is
/// left is its beginning.
fn cut_off(words: &str, text: &str, from: usize) -> Option<usize> {
    let near = boundary(words, from.max(words.len().saturating_sub(text.len())));
    let is_whole_word = |at: &usize| *at == 0 || words.get(..*at).unwrap_or_default().ends_with(' ');
    let begins = words.get(near..).unwrap_or_default().match_indices(' ').map(|(at, _)| near + at + 1);
    let is_beginning = |at: &usize| {
        let end = words.get(*at..).unwrap_or_default();
        !end.is_empty() && end.len() < text.len() && text.starts_with(end)
    };
    std::iter::once(near).filter(is_whole_word).chain(begins).find(is_beginning)
}

/// The first boundary of characters at or behind this place.
fn boundary(words: &str, place: usize) -> usize {
    (place..words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENIED: &str =
        "User: {principal_arn} is not authorized to perform: {denied_action} with an explicit deny";

    /// The captured values, and how much of the wording is there.
    fn beginning(pattern: &str, message: &str) -> Option<(Vec<String>, usize)> {
        let pattern = Pattern::parse(pattern).expect("the pattern is well-formed");
        let found = pattern.beginning(&Message::new(message))?;
        let captures = found.found.values(message).map(|(_, value)| value).collect();
        Some((captures, found.word_count))
    }

    #[test]
    fn a_wording_may_be_cut_off_anywhere_but_in_a_placeholder() {
        let arn = "arn:aws:iam::111122223333:role/x";
        for (message, expected) in [
            ("Use", Some((vec![], 1))),
            ("User: ", None),
            ("User: arn:aws:iam", None),
            (&*format!("User: {arn} is not auth"), Some((vec![arn], 4))),
            (&*format!("User: {arn} is not authorized to perform: kms:CreateGrant"), None),
            (
                &*format!("User: {arn} is not authorized to perform: kms:CreateGrant with an ex…"),
                Some((vec![arn, "kms:CreateGrant"], 9)),
            ),
            (
                &*format!("User: {arn} is not authorized to perform: kms:CreateGrant with an explicit deny"),
                None,
            ),
        ] {
            let expected =
                expected.map(|(captures, count)| (captures.into_iter().map(str::to_owned).collect(), count));
            assert_eq!(beginning(DENIED, message), expected, "{message}");
        }
    }

    /// Two messages of IAM begin alike, and only the second is cut off.
    #[test]
    fn a_beginning_does_not_reach_over_another() {
        let denied = "is not authorized to perform: kms:";
        let (one, other) = ("arn:aws:iam::111122223333:user/x", "arn:aws:iam::111122223333:user/y");
        let message = format!(
            "User: {one} {denied}Decrypt because no policy. User: {other} {denied}CreateGrant with an ex"
        );
        let expected = vec![other.to_owned(), "kms:CreateGrant".to_owned()];
        assert_eq!(beginning(DENIED, &message), Some((expected, 9)));
    }

    #[test]
    fn what_goes_on_otherwise_is_no_beginning() {
        assert_eq!(beginning("the key is lost", "the key is here"), None);
        assert_eq!(beginning("the key is lost", "the key is lo and more"), None);
        assert_eq!(beginning("the key is lost", "monthe key is lo"), None);
        assert_eq!(beginning("the key is lost", "now the key is lo"), Some((vec![], 4)));
    }
}
