//! What is wrong with a catalogue: which rule is broken, where, and the way out.

use std::fmt;

use crate::language::Language;
pub use crate::phrases::{Help, Problem, Rule};

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// How many characters it takes on that line.
    pub length: usize,
    /// The line as it is.
    pub text: String,
}

/// A rule that a catalogue breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The file.
    pub file: String,
    /// Where in it, where that can be said.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: Problem,
    /// What would be right.
    pub help: Help,
}

impl Finding {
    /// `FILE:LINE:COLUMN: problem; help [rule]`, on one line.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let Self { rule, file, problem, help, .. } = self;
        let place = self.place.as_ref().map(|Place { line, column, .. }| format!(":{line}:{column}"));
        let place = place.unwrap_or_default();
        format!("{file}{place}: {}; {} [{rule}]", problem.text(language), help.text(language))
    }
}

/// The text in English.
impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::En))
    }
}

/// Everything that is wrong with a catalogue. There is always something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// What is wrong, in the order of the files.
    pub findings: Vec<Finding>,
}

/// A finding a line.
impl fmt::Display for CatalogueError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CatalogueError {}

/// A broken rule by the path of the field: `patterns[0].text`. The file makes a [`Finding`] of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) rule: Rule,
    pub(crate) path: String,
    /// The word of the field's text that is meant, where it is one.
    pub(crate) word: Option<String>,
    pub(crate) problem: Problem,
    pub(crate) help: Help,
}

impl Fault {
    pub(crate) fn new(rule: Rule, path: impl Into<String>, problem: Problem, help: Help) -> Self {
        Self { rule, path: path.into(), word: None, problem, help }
    }

    /// That one word of the field's text is meant.
    pub(crate) fn about(self, word: &str) -> Self {
        Self { word: Some(word.to_owned()), ..self }
    }
}
