//! Why an answer is the answer and why the others lost, as text and as the part of an answer's JSON.

use std::io;
use std::ops::Range;

use serde::Serialize;

use super::labels;
use super::page::Page;
use crate::diagnosis::{Considered, Explanation};
use crate::scorer::{FoundIn, WordScore};

/// More words than this are left out of the text; the JSON has all.
const LISTED_WORDS: usize = 8;

/// A root cause that was considered, and what spoke for and against it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonConsidered<'a> {
    /// The id of the root cause.
    id: &'a str,
    /// How likely it is, from 0 to 1.
    confidence: f64,
    /// How it was compared: `exact`, `cut-off` or `similar`.
    r#match: &'static str,
    /// Its wording that comes nearest.
    pattern: &'a str,
    /// Where the wording stands in the message, in bytes; null where it only comes near.
    span: Option<JsonSpan<'a>>,
    /// How much of the wording stands in the message, by weight, from 0 to 1.
    coverage: f64,
    /// How much of the message the wording explains, by weight, from 0 to 1.
    precision: f64,
    /// The words that speak for and against it, the weightiest first.
    words: Vec<JsonWord<'a>>,
    /// Why it lost: `another-message`, `leaves-open`, `is-part`, `explains-less`, `only-similar`, `less-near`, `too-far`
    /// or `other-job`; null for the answer.
    lost: Option<&'static str>,
}

/// A part of the message as it was given.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonSpan<'a> {
    /// The first byte.
    start: usize,
    /// The byte behind the last.
    end: usize,
    /// What stands there.
    text: &'a str,
}

impl<'a> JsonSpan<'a> {
    pub(super) fn of(message: &'a str, span: Range<usize>) -> Self {
        let Range { start, end } = span;
        Self { start, end, text: message.get(span).unwrap_or_default() }
    }
}

/// A word and what it weighs.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonWord<'a> {
    /// The word of the message, or the name of the meaning that the message lacks.
    word: &'a str,
    /// What it weighs, from 0 to 1.
    weight: f64,
    /// Who has it: `both`, only the `wording`, or only the `message`.
    found_in: &'static str,
}

/// The part of an answer's JSON that `--why` adds.
pub(super) fn json<'a>(message: &'a str, explanation: &'a Explanation<'a>) -> Vec<JsonConsidered<'a>> {
    explanation.considered.iter().map(|one| considered(message, one)).collect()
}

fn considered<'a>(message: &'a str, one: &'a Considered<'a>) -> JsonConsidered<'a> {
    JsonConsidered {
        id: &one.root_cause.id,
        confidence: one.confidence,
        r#match: one.tier.name(),
        pattern: one.wording.pattern.text(),
        span: one.span.clone().map(|span| JsonSpan::of(message, span)),
        coverage: hundredths(one.coverage),
        precision: hundredths(one.precision),
        words: one.words.iter().map(word).collect(),
        lost: one.loss.map(|loss| loss.name()),
    }
}

fn word(score: &WordScore) -> JsonWord<'_> {
    JsonWord { word: &score.word, weight: hundredths(score.weight), found_in: score.found_in.name() }
}

fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

impl Page<'_> {
    /// The section that `--why` adds.
    pub(super) fn why(&mut self, message: &str, explanation: &Explanation<'_>) -> io::Result<()> {
        self.heading(self.labels.why_heading)?;
        for one in &explanation.considered {
            let share = labels::percent(one.confidence, self.language);
            let verdict = one.loss.map_or(self.labels.is_answer, |loss| labels::loss(loss, self.language));
            self.paragraph(&format!("{} ({share}): {verdict}", one.root_cause.id), "  ")?;
            self.paragraph(&format!("{}: {}", self.labels.matched, one.wording.pattern.text()), "    ")?;
            if let Some(text) = one.span.clone().and_then(|span| message.get(span)) {
                self.paragraph(&format!("{}: {}", self.labels.stands, text), "    ")?;
            }
            for (found_in, label) in [
                (FoundIn::Both, self.labels.in_common),
                (FoundIn::Wording, self.labels.lacking),
                (FoundIn::Message, self.labels.unexplained),
            ] {
                let words = one.words.iter().filter(|word| word.found_in == found_in).take(LISTED_WORDS);
                let words: Vec<String> = words
                    .map(|word| format!("{} {}", word.word, labels::hundredths(word.weight, self.language)))
                    .collect();
                if !words.is_empty() {
                    self.paragraph(&format!("{label}: {}", words.join(", ")), "    ")?;
                }
            }
        }
        Ok(())
    }
}
