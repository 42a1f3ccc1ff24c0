//! Answers and reports to bytes, one file per format. The formats decide nothing: they are functions of
//! what is there.

mod advice;
mod baseline;
mod check_json;
mod check_text;
mod command;
mod csv;
mod dates;
mod explain;
mod explain_json;
mod groups;
mod groups_json;
mod harmless_json;
mod html;
mod job_line;
mod jobs;
mod json;
mod junit;
mod labels;
mod layout;
mod markdown;
mod markdown_report;
mod ndjson;
mod page;
mod report_labels;
mod sarif;
mod table;
mod text;
mod why;

use std::borrow::Cow;

pub use baseline::write as write_baseline;
pub use check_json::write_proof as write_proof_json;
pub use check_text::{write_finding as write_finding_text, write_proof as write_proof_text};
pub use csv::{write_head as write_head_csv, write_job as write_job_csv};
pub use explain::{write_list as write_list_text, write_root_cause as write_root_cause_text};
pub use explain_json::{write_list as write_list_json, write_root_cause as write_root_cause_json};
pub use html::write_report as write_report_html;
pub use job_line::write_job as write_job_text;
pub use json::{SCHEMA_VERSION, write_answer as write_answer_json, write_report as write_report_json};
pub use junit::write_report as write_report_junit;
pub use layout::Layout;
pub use markdown::{write_list as write_list_markdown, write_root_cause as write_root_cause_markdown};
pub use markdown_report::write_report as write_report_markdown;
pub use ndjson::write_job as write_job_ndjson;
pub use sarif::{write_proof as write_proof_sarif, write_report as write_report_sarif};
pub use table::{
    write_account as write_account_text, write_report as write_report_table, write_unknown_kinds,
};
pub use text::{write_answer as write_answer_text, write_separator as write_separator_text};

use crate::diagnosis::{Answer, Explanation};
use crate::language::Language;
use crate::remediation::{self, FilledStep};
use crate::slot::SlotValues;

/// A message, its answer, and the steps filled with what is known of its job.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosed<'a> {
    /// The message as it was given.
    pub message: &'a str,
    /// What it says.
    pub answer: Answer<'a>,
    /// What to do; empty for an unknown message.
    pub steps: Vec<FilledStep>,
    /// What the answer was chosen from, where somebody asks why.
    pub why: Option<Explanation<'a>>,
}

impl<'a> Diagnosed<'a> {
    /// The answer to a message, its steps filled with what is `known` of the job and with what the message says.
    #[must_use]
    pub fn of(message: &'a str, answer: Answer<'a>, known: &SlotValues, language: Language) -> Self {
        let steps = answer
            .diagnosis()
            .map(|diagnosis| remediation::fill(diagnosis.root_cause, known, &diagnosis.captures, language));
        Self { message, answer, steps: steps.unwrap_or_default(), why: None }
    }
}

/// A text on one line in which nothing can steer a terminal: line breaks and tabs become spaces, other
/// control characters and directional marks become visible.
///
/// ```
/// use copydoctor::render::printable;
/// assert_eq!(printable("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb c");
/// ```
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            '\r' => {}
            other if steers(other) => shown.extend(other.escape_unicode()),
            other => shown.push(other),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character moves, colours or reorders what a terminal shows.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The machine formats as JSON Schemas, for programs and for people. `UPDATE=1 cargo test` writes
    /// them anew; a difference is a change of a format, which `SCHEMA_VERSION` may have to tell of.
    #[test]
    fn the_schemas_in_docs_are_those_of_the_formats() {
        for (name, schema) in [
            ("diagnose", schemars::schema_for!(json::JsonAnswer<'_>)),
            ("batch-report", schemars::schema_for!(json::JsonReport<'_>)),
            ("explain", schemars::schema_for!(explain_json::JsonRootCause<'_>)),
            ("batch-job", schemars::schema_for!(ndjson::JsonJob<'_>)),
            ("baseline", schemars::schema_for!(crate::baseline::Entry)),
            ("check", schemars::schema_for!(check_json::JsonProof<'_>)),
        ] {
            let path = format!("{}/docs/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let schema = format!("{:#}\n", schema.to_value());
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, &schema).expect("the schema can be written");
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed, schema, "{path} is out of date: UPDATE=1 cargo test");
        }
    }

    #[test]
    fn what_could_steer_a_terminal_becomes_visible() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{202e}d"), "a\\u{1b}[31mb c\\u{202e}d");
        assert_eq!(printable("a\u{9b}31mb\u{61c}c\u{2028}d"), "a\\u{9b}31mb\\u{61c}c d");
        assert_eq!(printable("Schlüssel"), "Schlüssel");
    }
}
