//! What every page of text is made of: headings, wrapped paragraphs, and the sections of a root cause.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::labels::{self, Labels, labels};
use crate::catalogue::RootCause;
use crate::language::Language;
use crate::remediation::FilledStep;
use crate::slot::Slot;

/// How the page is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The language of the page.
    pub language: Language,
    /// The columns that it may take.
    pub width: usize,
}

/// Narrower than this, wrapping makes a text harder to read, not easier.
const LEAST_WIDTH: usize = 40;

/// A page that is being written.
pub(super) struct Page<'w> {
    pub(super) out: &'w mut dyn Write,
    pub(super) width: usize,
    pub(super) language: Language,
    pub(super) labels: &'static Labels,
}

impl<'w> Page<'w> {
    pub(super) fn new(out: &'w mut dyn Write, layout: Layout) -> Self {
        let labels = labels(layout.language);
        Self { out, width: layout.width.max(LEAST_WIDTH), language: layout.language, labels }
    }

    /// What is wrong, and where that is filed.
    pub(super) fn title(&mut self, cause: &RootCause) -> io::Result<()> {
        self.paragraph(cause.title.get(self.language), "")?;
        let group = labels::group(cause.group, self.language);
        self.paragraph(&format!("{} · {group} · AWS: {}", cause.id, cause.aws_message_category.name()), "")
    }

    /// Why it is wrong, who acts, and what to do.
    pub(super) fn advice(&mut self, cause: &RootCause, steps: &[FilledStep]) -> io::Result<()> {
        self.heading(self.labels.cause)?;
        self.paragraph(cause.cause.get(self.language), "  ")?;

        self.heading(self.labels.who_acts)?;
        self.paragraph(&self.accounts(steps), "  ")?;

        self.heading(self.labels.steps)?;
        for (index, step) in steps.iter().enumerate() {
            self.step(index + 1, step)?;
        }
        self.open_slots(steps)
    }

    /// Where the facts come from.
    pub(super) fn sources(&mut self, cause: &RootCause) -> io::Result<()> {
        self.heading(self.labels.sources)?;
        for source in &cause.sources {
            writeln!(self.out, "  {}", source.url)?;
        }
        Ok(())
    }

    fn step(&mut self, number: usize, step: &FilledStep) -> io::Result<()> {
        let account = self.account(step);
        let mut letters = account.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let account: String = first.chain(letters).collect();
        if number > 1 {
            writeln!(self.out)?;
        }
        writeln!(self.out, "{number:>3}. {account}")?;
        const INDENT: &str = "     ";
        self.paragraph(&step.action, INDENT)?;
        for (label, command) in [(self.labels.check, &step.check), (self.labels.change, &step.command)] {
            if let Some(command) = command {
                writeln!(self.out, "{INDENT}{label}")?;
                self.command(command, &format!("{INDENT}  "))?;
            }
        }
        if let Some(policy) = &step.policy {
            writeln!(self.out, "{INDENT}{}", self.labels.policy)?;
            for line in format!("{policy:#}").lines() {
                writeln!(self.out, "{INDENT}  {line}")?;
            }
        }
        if let Some(terraform) = &step.terraform {
            writeln!(self.out, "{INDENT}{}", self.labels.terraform)?;
            for line in terraform.lines() {
                writeln!(self.out, "{INDENT}  {line}")?;
            }
        }
        self.paragraph(&format!("{} {}", self.labels.why, step.why), INDENT)?;
        writeln!(self.out, "{INDENT}{} {}", self.labels.link, step.link)
    }

    /// A command, on as many lines as it needs.
    pub(super) fn command(&mut self, command: &str, indent: &str) -> io::Result<()> {
        for line in shell_lines(command, self.width.saturating_sub(indent.len() + 2)) {
            writeln!(self.out, "{indent}{line}")?;
        }
        Ok(())
    }

    /// The blanks that nobody could fill, with the flag that fills each.
    fn open_slots(&mut self, steps: &[FilledStep]) -> io::Result<()> {
        let open: BTreeSet<Slot> = steps.iter().flat_map(|step| &step.open).copied().collect();
        if open.is_empty() {
            return Ok(());
        }
        self.heading(self.labels.still_open)?;
        for slot in open {
            let how = slot.flag().unwrap_or_else(|| slot.help().to_owned());
            self.paragraph(&format!("<{slot}>  {how}"), "  ")?;
        }
        Ok(())
    }

    /// Every account that acts, once, in the order of the steps.
    fn accounts(&self, steps: &[FilledStep]) -> String {
        let mut accounts: Vec<String> = Vec::new();
        for step in steps {
            let account = self.account(step);
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        accounts.join(", ")
    }

    fn account(&self, step: &FilledStep) -> String {
        let name = labels::account(step.account, self.language);
        step.account_id.as_ref().map_or_else(|| name.to_owned(), |id| format!("{name} {id}"))
    }

    pub(super) fn heading(&mut self, heading: &str) -> io::Result<()> {
        writeln!(self.out, "\n{heading}")
    }

    pub(super) fn entry(&mut self, label: &str, value: &str) -> io::Result<()> {
        self.paragraph(&format!("{label}: {value}"), "  ")
    }

    pub(super) fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        write_wrapped(self.out, text, self.width, indent)
    }

    /// One of several things under a heading.
    pub(super) fn item(&mut self, text: &str) -> io::Result<()> {
        write_indented(self.out, text, self.width, "  - ", "    ")
    }
}

/// Writes a paragraph, wrapped at spaces only: an ARN or a link that is broken cannot be copied.
pub(super) fn write_wrapped(out: &mut dyn Write, text: &str, width: usize, indent: &str) -> io::Result<()> {
    write_indented(out, text, width, indent, indent)
}

fn write_indented(
    out: &mut dyn Write,
    text: &str,
    width: usize,
    first: &str,
    others: &str,
) -> io::Result<()> {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    for line in textwrap::wrap(text, options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A command as lines that a shell reads as one command: broken before options, outside quotes.
fn shell_lines(command: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = command.split(' ').peekable();
    let mut line = String::new();
    while let Some(word) = words.next() {
        let mut argument = word.to_owned();
        // A quoted argument stays whole, and an option keeps its first value.
        while open_quote(&argument)
            || (argument.starts_with("--") && !argument.contains(' ') && !starts_option(words.peek()))
        {
            let Some(next) = words.next() else { break };
            argument.push(' ');
            argument.push_str(next);
        }
        let fits = line.chars().count() + 1 + argument.chars().count() <= width;
        if line.is_empty() {
            line = argument;
        } else if fits || !argument.starts_with("--") {
            line.push(' ');
            line.push_str(&argument);
        } else {
            lines.push(format!("{line} \\"));
            line = format!("  {argument}");
        }
    }
    lines.push(line);
    lines
}

fn starts_option(word: Option<&&str>) -> bool {
    word.is_none_or(|word| word.starts_with("--"))
}

fn open_quote(text: &str) -> bool {
    let mut quote = None;
    for character in text.chars() {
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    quote.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_command_is_broken_before_options_and_never_in_quotes() {
        assert_eq!(
            shell_lines(
                "aws backup get-vault --backup-vault-name dr --query 'a --b c' --region eu-west-1",
                40
            ),
            [
                "aws backup get-vault \\",
                "  --backup-vault-name dr \\",
                "  --query 'a --b c' --region eu-west-1"
            ]
        );
    }

    #[test]
    fn a_short_command_is_one_line() {
        assert_eq!(shell_lines("aws sts get-caller-identity", 40), ["aws sts get-caller-identity"]);
    }
}
