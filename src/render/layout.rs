//! How a page for people is laid out: in which language, how wide, and with which escape sequences.

use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::language::Language;

/// How a page is laid out. Nothing here is found out from the environment: that is the caller's to do.
///
/// ```
/// use copydoctor::{Language, render::Layout};
/// let page = Layout { has_colour: true, ..Layout::plain(Language::De, 80) };
/// assert!(!page.has_links);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The language of the page.
    pub language: Language,
    /// The columns that it may take.
    pub width: usize,
    /// Whether escape sequences for colour and weight may stand in it.
    pub has_colour: bool,
    /// Whether links may be made clickable, by the escape sequence OSC 8.
    pub has_links: bool,
    /// Whether changes are shown as Terraform, where a step has that, in place of the command and policy.
    pub has_terraform: bool,
}

impl Layout {
    /// A page of nothing but text.
    #[must_use]
    pub fn plain(language: Language, width: usize) -> Self {
        Self { language, width, has_colour: false, has_links: false, has_terraform: false }
    }

    /// Writes a text in its role. The text is free of control characters.
    pub(super) fn write(self, out: &mut dyn Write, role: Role, text: impl fmt::Display) -> io::Result<()> {
        let style = role.style();
        if self.has_colour && !style.is_plain() {
            write!(out, "{style}{text}{style:#}")
        } else {
            write!(out, "{text}")
        }
    }

    /// Writes a text that leads to an address when it is clicked.
    pub(super) fn write_link(self, out: &mut dyn Write, role: Role, text: &str, url: &str) -> io::Result<()> {
        // An address of any other kind could end the escape sequence, or lead to a program.
        let is_safe = url.starts_with("https://") && url.bytes().all(|byte| byte.is_ascii_graphic());
        if !(self.has_links && is_safe) {
            return self.write(out, role, text);
        }
        write!(out, "\x1b]8;;{url}\x1b\\")?;
        self.write(out, role, text)?;
        write!(out, "\x1b]8;;\x1b\\")
    }
}

/// What a part of a page is, where that is worth a colour or a weight. The words say it too: colour is never
/// the only one to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What is read.
    Text,
    /// What is wrong.
    Title,
    /// The name of a section.
    Heading,
    /// Who has to act.
    Account,
    /// A blank that nobody could fill.
    Blank,
    /// What is looked up, not read.
    Aside,
}

impl Role {
    /// Basic colours only: the terminal's own theme makes them readable on its background.
    fn style(self) -> Style {
        match self {
            Self::Text => Style::new(),
            Self::Title | Self::Heading => Style::new().bold(),
            Self::Account => AnsiColor::Cyan.on_default().bold(),
            Self::Blank => AnsiColor::Magenta.on_default(),
            Self::Aside => Style::new().dimmed(),
        }
    }
}
