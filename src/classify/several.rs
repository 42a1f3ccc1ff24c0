//! Texts in which several messages stand: which of the wordings found in a text are messages of their own.

use std::ops::Range;

use crate::matcher::Candidate;
use crate::pattern::PatternMatch;

/// Where one wording stands as a message of its own.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The place of the wording in the list of candidates.
    pub(super) candidate: usize,
    pub(super) found: PatternMatch,
}

/// The messages that a text holds: of wordings that overlap the one with most words, and where that leaves it open the
/// first in the text. What leaves the reason open is never a message beside others.
///
/// `taken` is what belongs to another message already.
pub(super) fn wholes(candidates: &[Candidate<'_>], mut taken: Spans) -> Vec<Whole> {
    let mut standing: Vec<(usize, usize, &PatternMatch)> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if !candidate.root_cause.unspecific {
            let words = candidate.wording.pattern.word_count();
            standing.extend(candidate.places.iter().map(|found| (words, index, found)));
        }
    }
    // Candidates come in the order of their ids, which decides last.
    standing.sort_by(|(words, index, found), (other_words, other_index, other)| {
        (other_words.cmp(words))
            .then(found.span.start.cmp(&other.span.start))
            .then(other.span.end.cmp(&found.span.end))
            .then(index.cmp(other_index))
    });
    let mut wholes = Vec::new();
    for (_, candidate, found) in standing {
        if taken.insert(&found.span) {
            wholes.push(Whole { candidate, found: found.clone() });
        }
    }
    wholes
}

/// Whether two ranges have no byte in common.
pub(super) fn is_beside(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.end <= other.start || other.end <= one.start
}

/// Byte ranges of a text that do not overlap.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Vec<Range<usize>>);

impl Spans {
    /// Adds a range; false, and nothing, where it overlaps one that is there.
    fn insert(&mut self, span: &Range<usize>) -> bool {
        let place = self.0.partition_point(|other| other.end <= span.start);
        let is_free = self.0.get(place).is_none_or(|next| span.end <= next.start);
        if is_free {
            self.0.insert(place, span.clone());
        }
        is_free
    }

    /// Ranges that may overlap, as one where they do.
    pub(super) fn union<'r>(ranges: impl IntoIterator<Item = &'r Range<usize>>) -> Self {
        let mut ranges: Vec<&Range<usize>> = ranges.into_iter().collect();
        ranges.sort_by_key(|range| range.start);
        let mut union: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match union.last_mut().filter(|last| range.start < last.end) {
                Some(last) => last.end = last.end.max(range.end),
                None => union.push(range.clone()),
            }
        }
        Self(union)
    }

    /// Whether a range lies in one of these.
    pub(super) fn cover(&self, range: &Range<usize>) -> bool {
        let place = self.0.partition_point(|span| span.end < range.end);
        self.0.get(place).is_some_and(|span| span.start <= range.start)
    }

    /// Whether a range has a byte in common with one of these.
    pub(super) fn overlap(&self, range: &Range<usize>) -> bool {
        let place = self.0.partition_point(|span| span.end <= range.start);
        self.0.get(place).is_some_and(|span| span.start < range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_overlap_are_one_and_cover_what_lies_in_them() {
        let spans = Spans::union(&[10..20, 0..3, 15..25]);
        assert!(spans.cover(&(10..25)) && spans.cover(&(0..3)) && !spans.cover(&(2..4)));
        assert!(spans.overlap(&(2..4)) && spans.overlap(&(24..30)) && !spans.overlap(&(3..10)));
    }

    #[test]
    fn a_span_that_overlaps_another_is_not_taken() {
        let mut spans = Spans::default();
        assert!(spans.insert(&(5..9)) && spans.insert(&(0..5)) && spans.insert(&(9..12)));
        assert!(!spans.insert(&(4..6)) && !spans.insert(&(0..20)) && !spans.insert(&(6..7)));
    }
}
