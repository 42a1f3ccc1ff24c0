//! A root cause as a page of Markdown, for documentation, tickets and wikis.

use std::io::{self, Write};

use super::labels::{self, labels};
use super::printable;
use crate::catalogue::{Catalogue, RootCause};
use crate::language::Language;
use crate::remediation::{self, FilledStep};
use crate::slot::SlotValues;

/// Joins two characters without being seen.
const WORD_JOINER: char = '\u{2060}';

/// Writes everything that the catalogue knows of a root cause. What a job would fill in stays open.
///
/// # Errors
/// Those of the writer.
pub fn write_root_cause(out: &mut dyn Write, cause: &RootCause, language: Language) -> io::Result<()> {
    let labels = labels(language);
    writeln!(out, "# {}\n", cause.id)?;
    writeln!(out, "**{}**\n", text(cause.title.get(language)))?;
    let group = labels::group(cause.group, language);
    writeln!(out, "{group} · AWS: `{}`\n", cause.aws_message_category.name())?;
    writeln!(out, "{}\n", text(cause.cause.get(language)))?;

    writeln!(out, "## {}\n", labels.wordings)?;
    for wording in &cause.patterns {
        let evidence = labels::evidence(wording.evidence, language);
        let code = wording.language.code();
        writeln!(out, "- {} ({code}, [{evidence}]({}))", code_span(wording.pattern.text()), wording.source)?;
    }

    writeln!(out, "\n## {}\n", labels.steps)?;
    for (index, step) in open_steps(cause, language).iter().enumerate() {
        write_step(out, index + 1, step, language)?;
    }

    writeln!(out, "## {}\n", labels.near_misses)?;
    for near_miss in &cause.near_misses {
        writeln!(out, "- {}", code_span(&near_miss.message))?;
    }

    writeln!(out, "\n## {}\n", labels.sources)?;
    for source in &cause.sources {
        writeln!(out, "- [{}]({})", text(&source.title), source.url)?;
    }
    Ok(())
}

/// Writes the list of all root causes by group, with links to their pages beside it.
///
/// # Errors
/// Those of the writer.
pub fn write_list(out: &mut dyn Write, catalogue: &Catalogue, language: Language) -> io::Result<()> {
    writeln!(out, "# {}", labels(language).root_causes)?;
    for (group, causes) in catalogue.by_group() {
        writeln!(out, "\n## {}\n", labels::group(group, language))?;
        for cause in causes {
            let title = text(cause.title.get(language));
            writeln!(out, "- [{id}]({id}.md): {title}", id = cause.id)?;
        }
    }
    Ok(())
}

/// The steps of a root cause with every blank open.
pub(super) fn open_steps(cause: &RootCause, language: Language) -> Vec<FilledStep> {
    let nothing = SlotValues::default();
    remediation::fill(cause, &nothing, &nothing, language)
}

/// The steps of a root cause as Markdown, with every blank open.
pub(super) fn steps(cause: &RootCause, language: Language) -> String {
    let mut page = Vec::new();
    for (index, step) in open_steps(cause, language).iter().enumerate() {
        // Memory takes everything.
        let _ = write_step(&mut page, index + 1, step, language);
    }
    String::from_utf8(page).unwrap_or_default()
}

pub(super) fn write_step(
    out: &mut dyn Write,
    number: usize,
    step: &FilledStep,
    language: Language,
) -> io::Result<()> {
    let labels = labels(language);
    writeln!(out, "### {number}. {}\n", labels::account(step.account, language))?;
    writeln!(out, "{}\n", text(&step.action))?;
    for (label, command) in [(labels.check, &step.check), (labels.change, &step.command)] {
        if let Some(command) = command {
            writeln!(out, "{label}\n\n{}\n", fenced("sh", command))?;
        }
    }
    if let Some(policy) = &step.policy {
        writeln!(out, "{}\n\n{}\n", labels.policy, fenced("json", &format!("{policy:#}")))?;
    }
    if let Some(terraform) = &step.terraform {
        writeln!(out, "{}\n\n{}\n", labels.terraform, fenced("hcl", terraform.trim_end()))?;
    }
    writeln!(out, "{} {}\n", labels.why, text(&step.why))?;
    writeln!(out, "{} <{}>\n", labels.link, step.link)
}

/// A text in which nothing is markup: blanks in angle brackets and stars stay what they are.
pub(super) fn text(plain: &str) -> String {
    let plain = printable(plain);
    let mut escaped = String::with_capacity(plain.len());
    for (at, character) in plain.char_indices() {
        if matches!(character, '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '|' | '\\' | '&' | '~' | '$') {
            escaped.push('\\');
        }
        escaped.push(character);
        let next = plain.get(at + character.len_utf8()..).unwrap_or_default();
        if is_active(plain.get(..at).unwrap_or_default(), character, next) {
            escaped.push(WORD_JOINER);
        }
    }
    escaped
}

/// Whether hosts make a link or a mention of what follows, which no backslash keeps them from.
fn is_active(before: &str, character: char, next: &str) -> bool {
    match character {
        '@' => true,
        ':' => next.strip_prefix("//").is_some_and(|address| !is_of_aws(address)),
        'w' | 'W' => next.starts_with('.') && before.to_ascii_lowercase().ends_with("ww"),
        _ => false,
    }
}

/// Whether an address is a page of AWS, which steps name and nobody else can have.
fn is_of_aws(address: &str) -> bool {
    let end = address.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'));
    let (host, rest) = address.split_at_checked(end.unwrap_or(address.len())).unwrap_or_default();
    let host = host.trim_end_matches('.');
    let is_whole = rest.is_empty() || rest.starts_with(['/', ' ', ',', ')']);
    is_whole && (host == "repost.aws" || host.ends_with(".aws.amazon.com"))
}

/// A message as code, whatever backticks it holds.
pub(super) fn code_span(message: &str) -> String {
    let message = printable(message);
    if message.trim().is_empty() {
        return "–".to_owned();
    }
    let longest = longest_run_of_backticks(&message);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{message}{space}{fence}")
}

/// Lines as a block of code that nothing in them can end.
pub(super) fn fenced(language: &str, code: &str) -> String {
    let fence = "`".repeat(3.max(longest_run_of_backticks(code) + 1));
    // A value of the input may stand in a line, so no line steers what shows it.
    let code: Vec<_> = code.lines().map(printable).collect();
    format!("{fence}{language}\n{}\n{fence}", code.join("\n"))
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(text("<role_arn> *x* [a]"), "\\<role\\_arn\\> \\*x\\* \\[a\\]");
        assert_eq!(code_span("a `b` c"), "`` a `b` c ``");
        assert_eq!(code_span("a *b*"), "`a *b*`");
        assert_eq!(text("@a https://b www.c"), "@\u{2060}a https:\u{2060}//b www\u{2060}.c");
        assert_eq!(text("see https://repost.aws."), "see https://repost.aws.");
        for address in
            ["https://repost.aws.evil.example", "https://repost.aws@evil.example", "https://repost.aws:1"]
        {
            assert!(text(address).starts_with("https:\u{2060}//"), "{address}");
        }
        assert_eq!(fenced("sh", "a\n```\nb"), "````sh\na\n```\nb\n````");
    }
}
