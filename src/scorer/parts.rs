//! The parts of what somebody tells: around what went wrong there may be a story, and the whole comes near nothing.

use std::ops::Range;

use crate::lexicon::Lexicon;
use crate::normalise::{Words, Wrapper, blank};

/// What is made of more parts is a page, and no message.
const MOST_PARTS: usize = 32;

/// What went wrong is said in one part, or in two that stand side by side.
const LONGEST_RUN: usize = 2;

/// A run of parts of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where it stands in the text.
    pub(crate) range: Range<usize>,
    /// Its words that are neither an SDK's nor vary from job to job.
    pub(crate) words: String,
}

/// The runs of parts that a text has beside the whole.
pub(crate) fn runs(text: &str, wrapper: &Wrapper, lexicon: &Lexicon) -> Vec<Run> {
    let telling = blank(text, &wrapper.ranges);
    let of_part = |range: Range<usize>| Run {
        words: Words::of(telling.get(range.clone()).unwrap_or_default()).as_str().to_owned(),
        range,
    };
    let mut parts: Vec<Run> = parts(&telling, lexicon).into_iter().map(of_part).collect();
    parts.retain(|part| !part.words.is_empty());
    if parts.len() > MOST_PARTS {
        return Vec::new();
    }
    let lengths = 1..=LONGEST_RUN.min(parts.len().saturating_sub(1));
    lengths.flat_map(|length| parts.windows(length)).filter_map(joined).collect()
}

fn joined(parts: &[Run]) -> Option<Run> {
    let range = parts.first()?.range.start..parts.last()?.range.end;
    let words: Vec<&str> = parts.iter().map(|part| part.words.as_str()).collect();
    Some(Run { range, words: words.join(" ") })
}

/// Where a text is cut: where a word begins or ends with a mark, and where a conjunction stands.
fn parts(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut part: Option<Range<usize>> = None;
    for word in text.split_whitespace() {
        let is_mark = |character: char| !character.is_alphanumeric();
        let from_start = word.trim_start_matches(is_mark);
        let said = from_start.trim_end_matches(is_mark);
        let is_between = said.is_empty() || lexicon.is_conjunction(Words::of(said).as_str());
        if is_between || from_start.len() < word.len() {
            parts.extend(part.take());
        }
        if is_between {
            continue;
        }
        // Words are slices of the text, so their distance is where they stand.
        let start = from_start.as_ptr().addr() - text.as_ptr().addr();
        let end = start + said.len();
        part = Some(part.map_or(start, |part| part.start)..end);
        if said.len() < from_start.len() {
            parts.extend(part.take());
        }
    }
    parts.extend(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_cut(text: &str, expected: &[&str]) {
        let parts = parts(text, &Lexicon::builtin());
        let parts: Vec<&str> = parts.into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(parts, expected);
    }

    #[track_caller]
    fn has_runs(text: &str, expected: &[(&str, &str)]) {
        let runs = runs(text, &Wrapper::of(text), &Lexicon::builtin());
        let runs: Vec<(&str, &str)> = runs
            .iter()
            .map(|run| (run.words.as_str(), text.get(run.range.clone()).unwrap_or_default()))
            .collect();
        assert_eq!(runs, expected);
    }

    #[test]
    fn a_text_is_cut_at_marks_around_words_and_at_conjunctions() {
        is_cut(
            "Copy broken -> key's off, since 3 am (again)",
            &["Copy broken", "key's off", "3 am", "again"],
        );
        is_cut("it says 'internal error' on job aws:x/y", &["it says", "internal error", "on job aws:x/y"]);
        is_cut("Kopie weg, weil der „Schlüssel“ fehlt", &["Kopie weg", "der", "Schlüssel", "fehlt"]);
        is_cut(" - ... ", &[]);
        is_cut("", &[]);
    }

    #[test]
    fn runs_are_of_one_part_or_two_and_never_the_whole() {
        has_runs("One part only", &[]);
        has_runs("Quota full, copy off", &[("quota full", "Quota full"), ("copy off", "copy off")]);
        has_runs("b, c: d", &[("b", "b"), ("c", "c"), ("d", "d"), ("b c", "b, c"), ("c d", "c: d")]);
        // What varies from job to job is no part.
        has_runs(
            "b: arn:aws:s3:::x, c (d)",
            &[("b", "b"), ("c", "c"), ("d", "d"), ("b c", "b: arn:aws:s3:::x, c"), ("c d", "c (d")],
        );
    }

    #[test]
    fn a_page_has_no_runs() {
        let page = |parts: usize| "so it is, ".repeat(parts);
        assert!(!runs(&page(MOST_PARTS), &Wrapper::default(), &Lexicon::builtin()).is_empty());
        assert!(runs(&page(MOST_PARTS + 1), &Wrapper::default(), &Lexicon::builtin()).is_empty());
    }
}
