//! What the terminal is and takes: its width, colours, links. The library is told; it asks nothing.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use copydoctor::Language;
use copydoctor::read::Severity;
use copydoctor::render::{Layout, printable};
use supports_hyperlinks::Stream;

/// The columns of a page that goes to no terminal.
const DEFAULT_WIDTH: usize = 80;

/// When escape sequences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

impl ColorWhen {
    /// What the arguments ask for, before they are known to be right.
    pub(super) fn of_arguments(arguments: &[OsString]) -> Self {
        let options = arguments.iter().skip(1).take_while(|argument| *argument != "--");
        let texts: Vec<&str> = options.filter_map(|argument| argument.to_str()).collect();
        let joined = texts.iter().filter_map(|text| text.strip_prefix("--color="));
        let apart = texts
            .iter()
            .zip(texts.iter().skip(1))
            .filter(|(flag, _)| **flag == "--color")
            .map(|(_, value)| *value);
        joined.chain(apart).find_map(|name| Self::from_str(name, false).ok()).unwrap_or(Self::Auto)
    }

    /// Makes it the choice of this run. `auto` follows NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM.
    pub(super) fn apply(self) {
        let choice = match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        };
        choice.write_global();
        // An old console of Windows takes escape sequences only once it is told to.
        let _ = (AutoStream::always_ansi(io::stdout()), AutoStream::always_ansi(io::stderr()));
    }
}

/// The layout of pages on standard output.
pub(crate) fn layout(language: Language) -> Layout {
    let width = terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
    let has_colour = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    // Who wants no colours gets no escape sequences at all.
    let has_links = has_colour && supports_hyperlinks::on(Stream::Stdout);
    Layout { has_colour, has_links, ..Layout::plain(language, width) }
}

/// The layout of pages in a file.
pub(crate) fn layout_of_file(language: Language) -> Layout {
    // Nothing but an express wish brings colours into a file.
    let has_colour = AutoStream::choice(&Vec::new()) != ColorChoice::Never;
    Layout { has_colour, ..Layout::plain(language, DEFAULT_WIDTH) }
}

/// Whether something that moves may be drawn on standard error.
pub(super) fn can_draw_on_stderr() -> bool {
    // Who wants no colours gets no escape sequences at all.
    io::stderr().is_terminal() && AutoStream::choice(&io::stderr()) != ColorChoice::Never
}

/// Writes a line to standard error, in which nothing of the input can steer the terminal. Nothing can be done where
/// even that fails.
pub(crate) fn complain(line: std::fmt::Arguments<'_>) {
    let line = line.to_string();
    let line = printable(&line);
    let mut stderr = io::stderr().lock();
    let has_colour = AutoStream::choice(&stderr) != ColorChoice::Never;
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let labels = Language::ALL.into_iter().flat_map(|language| severities.map(|it| (it, it.name(language))));
    let labelled = labels.into_iter().find_map(|(severity, label)| {
        let rest = line.strip_prefix(label)?.strip_prefix(':')?;
        Some((label, style_of(severity), rest))
    });
    let _ = match labelled {
        Some((label, style, rest)) if has_colour => writeln!(stderr, "{style}{label}:{style:#}{rest}"),
        _ => writeln!(stderr, "{line}"),
    };
}

/// Says something on standard error, with how much it matters in front.
pub(crate) fn say(severity: Severity, text: &str, language: Language) {
    complain(format_args!("{}: {text}", severity.name(language)));
}

fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => Style::new().bold(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn asks_for(arguments: &[&str], when: ColorWhen) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        assert_eq!(ColorWhen::of_arguments(&arguments), when, "{arguments:?}");
    }

    #[test]
    fn colours_are_chosen_even_where_the_arguments_are_wrong() {
        asks_for(&["copydoctor", "--nonsense", "--color=never"], ColorWhen::Never);
        asks_for(&["copydoctor", "--color", "always", "--nonsense"], ColorWhen::Always);
        asks_for(&["copydoctor", "--color=purple"], ColorWhen::Auto);
        asks_for(&["copydoctor", "--", "--color=never"], ColorWhen::Auto);
        asks_for(&["copydoctor"], ColorWhen::Auto);
    }
}
