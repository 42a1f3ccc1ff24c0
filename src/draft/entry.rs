//! A drafted entry as the YAML of a pattern file.

use std::fmt::Write;

use super::texts::{ACTION, CAUSE, SOURCE_TO_DO, TITLE, TITLE_OF_SOURCE, TO_DO, WHY, comments};
use super::wording::Sketch;
use crate::catalogue::{AwsMessageCategory, Group};
use crate::diagnosis::Reason;
use crate::language::Language;

/// What an entry says.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) id: &'a str,
    pub(super) is_id_given: bool,
    pub(super) group: Group,
    /// Where the group comes from, if it was not given: the nearest root cause.
    pub(super) group_of: Option<Option<&'a str>>,
    pub(super) category: AwsMessageCategory,
    /// Where the category comes from, if it was not given.
    pub(super) category_of: Option<Option<&'a str>>,
    /// English and German, as far as they were given.
    pub(super) title: [Option<&'a str>; 2],
    pub(super) cause: [Option<&'a str>; 2],
    pub(super) source: Option<&'a str>,
    pub(super) wordings: &'a [(Language, Sketch)],
    /// Messages of other root causes, with the ids and titles of these.
    pub(super) near_misses: &'a [NearMiss],
    pub(super) reason: Option<Reason>,
}

/// A message of another root cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NearMiss {
    pub(super) message: String,
    pub(super) id: String,
    pub(super) title: String,
    /// Whether it comes near, or was taken for want of anything that does.
    pub(super) is_near: bool,
}

/// Writes lines of YAML, and comments among them.
struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn line(&mut self, indent: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "");
    }

    fn field(&mut self, indent: usize, name: &str, value: &str) {
        self.line(indent, &format!("{name}: {}", scalar(value)));
    }

    fn mark(&mut self, indent: usize, comment: &str) {
        let by = match self.language {
            Language::En => "by you",
            Language::De => "für Sie",
        };
        self.line(indent, &format!("# {TO_DO} {by}: {}", one_line(comment)));
    }

    /// A text in both languages; what was not given is to be written.
    fn localised(&mut self, indent: usize, name: &str, given: [Option<&str>; 2], open: [&str; 2]) {
        self.line(indent, &format!("{name}:"));
        for ((code, given), open) in ["en", "de"].into_iter().zip(given).zip(open) {
            self.field(indent + 2, code, given.unwrap_or(open));
        }
    }
}

/// The text of the file.
pub(super) fn yaml(entry: &Entry<'_>, language: Language) -> String {
    let words = comments(language);
    let mut page = Page { text: String::new(), language };
    page.mark(0, words.purpose);
    page.line(0, "# yaml-language-server: $schema=../docs/schemas/root-cause.schema.json");
    page.mark(0, words.names);
    let about_reason = match entry.reason {
        Some(Reason::BackupJob) => Some(words.backup_job),
        Some(Reason::RestoreJob) => Some(words.restore_job),
        _ => None,
    };
    about_reason.into_iter().for_each(|comment| page.mark(0, comment));
    if !entry.is_id_given {
        page.mark(0, words.id);
    }
    page.field(0, "id", entry.id);
    let origin =
        |of: Option<&str>, none: &str| of.map_or(none.to_owned(), |id| format!("{} {id}", words.group_of));
    if let Some(of) = entry.group_of {
        page.mark(0, &origin(of, words.group));
    }
    page.field(0, "group", entry.group.name());
    if let Some(of) = entry.category_of {
        page.mark(0, &origin(of, words.category));
    }
    page.field(0, "aws_message_category", entry.category.name());
    page.line(0, "");
    let is_open = |given: [Option<&str>; 2]| given.iter().any(Option::is_none);
    if is_open(entry.title) {
        page.mark(0, words.title);
    }
    page.localised(0, "title", entry.title, TITLE);
    page.line(0, "");
    if is_open(entry.cause) {
        page.mark(0, words.cause);
    }
    page.localised(0, "cause", entry.cause, CAUSE);
    page.line(0, "");
    patterns(&mut page, entry);
    page.line(0, "");
    let link = entry.source.unwrap_or(SOURCE_TO_DO);
    page.mark(0, words.steps);
    page.line(0, "remediation:");
    page.line(2, "- account: source");
    page.localised(4, "action", [None; 2], ACTION);
    page.localised(4, "why", [None; 2], WHY);
    page.field(4, "link", link);
    page.line(0, "");
    page.mark(0, words.sources);
    page.line(0, "sources:");
    page.line(2, &format!("- title: {}", scalar(TITLE_OF_SOURCE)));
    page.field(4, "url", link);
    page.line(0, "");
    examples(&mut page, entry);
    page.line(0, "");
    page.mark(0, words.near_misses);
    if entry.near_misses.iter().any(|near_miss| !near_miss.is_near) {
        page.mark(0, words.not_near);
    }
    page.line(0, "near_misses:");
    for near_miss in entry.near_misses {
        page.line(2, &format!("- message: {}", scalar(&near_miss.message)));
        // Reasons stand in English only.
        page.field(4, "reason", &format!("That is {}. {}.", near_miss.id, near_miss.title));
    }
    page.text
}

fn patterns(page: &mut Page, entry: &Entry<'_>) {
    let words = comments(page.language);
    page.mark(0, words.evidence);
    if entry.source.is_none() {
        page.mark(0, words.source);
    }
    page.line(0, "patterns:");
    for (language, sketch) in entry.wordings {
        for text in &sketch.left_out {
            page.mark(2, &format!("{} {text}", words.left_out));
        }
        for text in &sketch.open {
            page.mark(2, &format!("{} {text}", words.open));
        }
        if !sketch.guesses.is_empty() {
            let slots: Vec<&str> = sketch.guesses.iter().map(|slot| slot.name()).collect();
            page.mark(2, &format!("{} {}", words.guess, slots.join(", ")));
        }
        for text in &sketch.kept_quotes {
            page.mark(2, &format!("{} {text}", words.kept_quote));
        }
        page.line(2, &format!("- language: {}", language.code()));
        page.field(4, "text", &sketch.text);
        page.field(4, "evidence", "observed");
        page.field(4, "source", entry.source.unwrap_or(SOURCE_TO_DO));
    }
}

fn examples(page: &mut Page, entry: &Entry<'_>) {
    page.line(0, "examples:");
    for (language, sketch) in entry.wordings {
        for example in &sketch.examples {
            page.line(2, &format!("- language: {}", language.code()));
            page.field(4, "message", &example.message);
            if !example.captures.is_empty() {
                page.line(4, "captures:");
            }
            for (slot, value) in &example.captures {
                page.field(6, slot.name(), value);
            }
        }
    }
}

/// Adds what is wrong with an entry, in front of it.
pub(super) fn with_findings(
    yaml: &str,
    findings: impl Iterator<Item = String>,
    language: Language,
) -> String {
    let mut page = Page { text: String::new(), language };
    page.mark(0, comments(language).unproven);
    findings.for_each(|finding| page.line(0, &format!("#   {}", one_line(&finding))));
    page.text + yaml
}

/// A text as a value of YAML: plain where that is safe, else in double quotes.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { format!("\"{}\"", escaped(text)) }
}

/// Whether a text means itself in YAML, whatever reads it.
fn is_plain(text: &str) -> bool {
    let is_safe = |c: char| !must_be_escaped(c) && c != '#';
    let means_else = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(is_safe)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !means_else.contains(&text.to_lowercase().as_str())
}

/// The text for double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            other if must_be_escaped(other) => {
                let _ = write!(escaped, "\\U{:08X}", u32::from(other));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Whether a character steers a terminal or an editor, or shows nothing.
fn must_be_escaped(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A text for a comment, which ends with its line.
fn one_line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
        .replace("\\\"", "\"")
        .replace("\\\\", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every text becomes, and comes back as.
    #[test]
    fn every_text_is_a_value_that_comes_back() {
        for (text, written) in [
            ("plain words, with 'quotes'", "plain words, with 'quotes'"),
            ("5", "\"5\""),
            ("on", "\"on\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("a:", "\"a:\""),
            ("- a", "\"- a\""),
            ("a\n\"b\\", "\"a\\n\\\"b\\\\\""),
            ("a\u{1b}[31m\u{202e}", "\"a\\U0000001B[31m\\U0000202E\""),
            ("Schlüssel", "Schlüssel"),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn a_comment_stays_on_its_line() {
        assert_eq!(one_line("a\r\n- b\u{85}\u{2028}c \u{1b}\"'\\"), "a - b c \\U0000001B\"'\\");
    }

    #[test]
    fn what_is_open_is_said_in_both_languages() {
        for [en, de] in [TITLE, CAUSE, ACTION, WHY] {
            assert!(en.starts_with(TO_DO) && de.starts_with(TO_DO));
            assert_ne!(en, de);
        }
    }
}
