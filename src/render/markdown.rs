//! A root cause as a page of Markdown, for documentation, tickets and wikis.

use std::io::{self, Write};

use super::labels::{self, labels};
use crate::catalogue::{Catalogue, RootCause};
use crate::language::Language;
use crate::remediation::{self, FilledStep};
use crate::slot::SlotValues;

/// Writes everything that the catalogue knows of a root cause. What a job would fill in stays open.
///
/// # Errors
/// Those of the writer.
pub fn write_root_cause(out: &mut dyn Write, cause: &RootCause, language: Language) -> io::Result<()> {
    let labels = labels(language);
    let nothing = SlotValues::default();
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
    for (index, step) in remediation::fill(cause, &nothing, &nothing, language).iter().enumerate() {
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

fn write_step(out: &mut dyn Write, number: usize, step: &FilledStep, language: Language) -> io::Result<()> {
    let labels = labels(language);
    writeln!(out, "### {number}. {}\n", labels::account(step.account, language))?;
    writeln!(out, "{}\n", text(&step.action))?;
    for (label, command) in [(labels.check, &step.check), (labels.change, &step.command)] {
        if let Some(command) = command {
            writeln!(out, "{label}\n\n```sh\n{command}\n```\n")?;
        }
    }
    if let Some(policy) = &step.policy {
        writeln!(out, "{}\n\n```json\n{policy:#}\n```\n", labels.policy)?;
    }
    if let Some(terraform) = &step.terraform {
        writeln!(out, "{}\n\n```hcl\n{}\n```\n", labels.terraform, terraform.trim_end())?;
    }
    writeln!(out, "{} {}\n", labels.why, text(&step.why))?;
    writeln!(out, "{} <{}>\n", labels.link, step.link)
}

/// A text in which nothing is markup: blanks in angle brackets and stars stay what they are.
fn text(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for character in plain.chars() {
        if matches!(character, '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '|' | '\\') {
            escaped.push('\\');
        }
        escaped.push(if character.is_control() { ' ' } else { character });
    }
    escaped
}

/// A message as code, whatever backticks it holds.
fn code_span(message: &str) -> String {
    let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = message.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{message}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(text("<role_arn> *x* [a]"), "\\<role\\_arn\\> \\*x\\* \\[a\\]");
        assert_eq!(code_span("a `b` c"), "`` a `b` c ``");
        assert_eq!(code_span("a *b*"), "`a *b*`");
    }
}
