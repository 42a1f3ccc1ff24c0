//! What every page of text is made of: a title, headings, wrapped paragraphs. Everything passes `printable` here, so
//! that no page can forget it.

use std::io::{self, Write};

use super::command::shell_lines;
use super::labels::{self, Labels, labels};
use super::layout::{Layout, Role};
use super::printable;
use crate::catalogue::RootCause;
use crate::language::Language;
use crate::slot::Slot;

/// Narrower than this, wrapping makes a text harder to read, not easier.
const LEAST_WIDTH: usize = 40;

/// In wider lines, the eye loses its way back.
const MOST_WIDTH: usize = 100;

/// A second column narrower than this is no column.
const LEAST_COLUMN: usize = 30;

/// A page that is being written.
pub(super) struct Page<'w> {
    out: &'w mut dyn Write,
    layout: Layout,
    pub(super) width: usize,
    pub(super) language: Language,
    pub(super) labels: &'static Labels,
}

impl<'w> Page<'w> {
    pub(super) fn new(out: &'w mut dyn Write, layout: Layout) -> Self {
        let labels = labels(layout.language);
        let width = layout.width.clamp(LEAST_WIDTH, MOST_WIDTH);
        Self { out, layout, width, language: layout.language, labels }
    }

    pub(super) fn has_terraform(&self) -> bool {
        self.layout.has_terraform
    }

    /// What is wrong.
    pub(super) fn title(&mut self, title: &str) -> io::Result<()> {
        self.wrapped(Role::Title, "", "", title)
    }

    /// Where a root cause is filed.
    pub(super) fn filing(&mut self, cause: &RootCause) -> io::Result<()> {
        let group = labels::group(cause.group, self.language);
        self.aside(&format!("{} · {group} · AWS: {}", cause.id, cause.aws_message_category.name()))
    }

    /// Why it is wrong.
    pub(super) fn cause(&mut self, cause: &RootCause) -> io::Result<()> {
        self.heading(self.labels.cause)?;
        self.paragraph(cause.cause.get(self.language), "  ")
    }

    /// Where the facts come from, with the numbers that the steps name them by.
    pub(super) fn sources(&mut self, cause: &RootCause) -> io::Result<()> {
        self.heading(self.labels.sources)?;
        for (index, url) in sources(cause).into_iter().enumerate() {
            write!(self.out, "  {:>4} ", format!("[{}]", index + 1))?;
            self.layout.write_link(self.out, Role::Aside, &printable(url), url)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    pub(super) fn blank_line(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    pub(super) fn heading(&mut self, heading: &str) -> io::Result<()> {
        self.blank_line()?;
        self.wrapped(Role::Heading, "", "", heading)
    }

    pub(super) fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.wrapped(Role::Text, indent, indent, text)
    }

    /// What is looked up, not read.
    pub(super) fn aside(&mut self, text: &str) -> io::Result<()> {
        self.wrapped(Role::Aside, "", "", text)
    }

    pub(super) fn entry(&mut self, label: &str, value: &str) -> io::Result<()> {
        self.wrapped(Role::Text, "  ", "    ", &format!("{label}: {value}"))
    }

    /// One of several things under a heading.
    pub(super) fn item(&mut self, text: &str) -> io::Result<()> {
        self.wrapped(Role::Text, "  - ", "    ", text)
    }

    /// Terms and what is to be said of each, in two columns where there is room.
    pub(super) fn terms(&mut self, role: Role, terms: &[(String, String)]) -> io::Result<()> {
        let column = terms.iter().map(|(term, _)| term.chars().count()).max().unwrap_or_default() + 4;
        let has_room = self.width.saturating_sub(column) >= LEAST_COLUMN;
        for (term, text) in terms {
            let term = printable(term);
            write!(self.out, "  ")?;
            self.layout.write(self.out, role, &term)?;
            if !has_room {
                writeln!(self.out)?;
                self.paragraph(text, "    ")?;
                continue;
            }
            write!(self.out, "{}", " ".repeat(column.saturating_sub(term.chars().count() + 2)))?;
            let indent = " ".repeat(column);
            for (index, line) in wrap(&printable(text), self.width, &indent, &indent).iter().enumerate() {
                let line = if index == 0 { line.trim_start() } else { line };
                writeln!(self.out, "{line}")?;
            }
        }
        Ok(())
    }

    /// A command, on as many lines as it needs, to be copied.
    pub(super) fn command(&mut self, command: &str, indent: &str) -> io::Result<()> {
        let command = printable(command);
        for line in shell_lines(&command, self.width.saturating_sub(indent.len() + 2)) {
            self.line(Role::Text, indent, &line)?;
        }
        Ok(())
    }

    /// Lines that are to be copied as they are.
    pub(super) fn verbatim(&mut self, text: &str, indent: &str) -> io::Result<()> {
        text.lines().try_for_each(|line| self.line(Role::Text, indent, &printable(line)))
    }

    /// A paragraph that ends in the number of its source, which leads there.
    pub(super) fn sourced(
        &mut self,
        role: Role,
        indent: &str,
        text: &str,
        source: (usize, &str),
    ) -> io::Result<()> {
        let (number, url) = source;
        let mark = format!("[{number}]");
        // A space that is no place to break: a number alone on a line is read as nothing.
        let text = format!("{}\u{a0}{mark}", printable(text));
        let lines = wrap(&text, self.width, indent, indent);
        let Some((last, others)) = lines.split_last() else { return Ok(()) };
        for line in others {
            self.line(role, indent, line.trim_start())?;
        }
        let last = last.trim_start();
        let before = last.strip_suffix(&mark).unwrap_or_default();
        write!(self.out, "{indent}")?;
        self.marked(role, before.trim_end())?;
        write!(self.out, " ")?;
        self.layout.write_link(self.out, role, &mark, url)?;
        writeln!(self.out)
    }

    /// A paragraph whose first line begins otherwise than the others.
    pub(super) fn wrapped(&mut self, role: Role, first: &str, others: &str, text: &str) -> io::Result<()> {
        let text = printable(text);
        for (index, line) in wrap(&text, self.width, first, others).iter().enumerate() {
            let indent = if index == 0 { first } else { others };
            self.line(role, indent, line.get(indent.len()..).unwrap_or_default())?;
        }
        Ok(())
    }

    fn line(&mut self, role: Role, indent: &str, text: &str) -> io::Result<()> {
        write!(self.out, "{indent}")?;
        self.marked(role, text)?;
        writeln!(self.out)
    }

    /// Writes a text with its blanks marked.
    fn marked(&mut self, role: Role, mut text: &str) -> io::Result<()> {
        while let Some((before, blank, after)) = split_at_blank(text) {
            if !before.is_empty() {
                self.layout.write(self.out, role, before)?;
            }
            self.layout.write(self.out, Role::Blank, blank)?;
            text = after;
        }
        if text.is_empty() { Ok(()) } else { self.layout.write(self.out, role, text) }
    }
}

/// The addresses that a root cause's facts come from, those of its steps included.
pub(super) fn sources(cause: &RootCause) -> Vec<&str> {
    let mut urls: Vec<&str> = cause.sources.iter().map(|source| source.url.as_str()).collect();
    for step in &cause.remediation {
        if !urls.contains(&step.link.as_str()) {
            urls.push(&step.link);
        }
    }
    urls
}

/// The first blank in a text, with what stands around it.
fn split_at_blank(text: &str) -> Option<(&str, &str, &str)> {
    for (start, _) in text.match_indices('<') {
        let (before, rest) = text.split_at(start);
        let end = rest.find('>')?;
        let (blank, after) = rest.split_at(end + 1);
        if Slot::named(blank.trim_matches(['<', '>'])).is_some() {
            return Some((before, blank, after));
        }
    }
    None
}

/// Lines of a paragraph, wrapped at spaces only: an ARN or a link that is broken cannot be copied.
fn wrap<'t>(text: &'t str, width: usize, first: &'t str, others: &'t str) -> Vec<std::borrow::Cow<'t, str>> {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
}

/// Writes a paragraph of a page that has columns otherwise, at whatever width.
pub(super) fn write_wrapped(out: &mut dyn Write, text: &str, width: usize, indent: &str) -> io::Result<()> {
    wrap(&printable(text), width, indent, indent).iter().try_for_each(|line| writeln!(out, "{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_a_slot_in_angle_brackets() {
        assert_eq!(split_at_blank("a <b> <source_account>:c"), Some(("a <b> ", "<source_account>", ":c")));
        assert_eq!(split_at_blank("a < b <source_account"), None);
    }
}
