//! What is wrong with a catalogue: which rule is broken, where, and the way out.

use std::fmt;

macro_rules! rules {
    ($( $variant:ident $id:literal $demand:literal; )*) => {
        /// What is demanded of a catalogue. `copydoctor check` tests all of it; what makes a root cause unfit
        /// for use is refused as soon as it is loaded.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $( #[doc = $demand] $variant, )* }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The stable id in kebab case.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// What is demanded, as a sentence.
            #[must_use]
            pub fn demand(self) -> &'static str {
                match self { $( Self::$variant => $demand, )* }
            }
        }
    };
}

// Variant, id, what is demanded. First what is demanded of a file, then of a root cause, then of all together.
rules! {
    UnreadableFile "unreadable-file" "A pattern file can be read and is UTF-8.";
    TooLarge "too-large" "A pattern file has at most 256 KiB, a folder of them at most 64 MiB.";
    YamlSyntax "yaml-syntax" "A pattern file is one YAML document.";
    YamlFeature "yaml-feature" "A pattern file has no anchors, aliases or tags, nests at most 32 levels and has at most 10,000 fields.";
    DuplicateField "duplicate-field" "No field stands twice.";
    UnknownField "unknown-field" "Every field is one of the schema.";
    MissingField "missing-field" "No field that the schema requires is missing.";
    WrongType "wrong-type" "Every value is of the type that the schema names.";
    UnknownValue "unknown-value" "A value out of a fixed set is one of that set.";
    BadPattern "bad-pattern" "A pattern begins with words, and its placeholders are named after a slot.";
    BadTemplate "bad-template" "The braces of a template are in pairs and name a slot.";
    IdFormat "id-format" "An id is in kebab case.";
    IdFileName "id-file-name" "A pattern file is named after its id.";
    DuplicateId "duplicate-id" "Each id stands once in a folder.";
    UnknownId "unknown-id" "What is disabled is there.";
    UnknownMeaning "unknown-meaning" "A meaning of a lexicon is there, or new and named by a word that no other has.";
    BadWord "bad-word" "A word of a lexicon is letters and digits, with * at its end or not; a phrase is at most four, joined by _.";
    AmbiguousWord "ambiguous-word" "A word of a lexicon has one meaning, and none where it is one of those that say nothing.";
    EmptyList "empty-list" "Every root cause has patterns, steps, sources, examples and near misses, every meaning of a lexicon words.";
    NoExampleInLanguage "no-example-in-language" "There is an example in every language that has a pattern.";
    MalformedLink "malformed-link" "A link is an https address without spaces.";
    UnlistedLink "unlisted-link" "The link of a step is one of the sources of its root cause.";
    UnquotedFreeText "unquoted-free-text" "A slot that can be any text stands in single quotes in a command.";
    FreeTextInPolicy "free-text-in-policy" "Policies and Terraform have no slot that can be any text.";
    EmptyText "empty-text" "No text is empty.";
    UntranslatedText "untranslated-text" "The German text is not the English one.";
    TitleFormat "title-format" "A title is one line of at most 90 characters without a full stop.";
    UnfillableSlot "unfillable-slot" "Every slot of the advice is filled by a record, a flag or a pattern of the same root cause.";
    BadCommand "bad-command" "A filled command is one line of the AWS CLI that a shell can take apart.";
    BadPolicy "bad-policy" "A filled policy is a policy document: a version, and statements with an effect and actions.";
    PolicyTooWide "policy-too-wide" "A policy grants to no stranger: no bare * as principal or action.";
    BadTerraform "bad-terraform" "A filled snippet of Terraform is HCL with a resource.";
    UnknownCapture "unknown-capture" "A capture of an example is named after a slot.";
    ExampleUnknown "example-unknown" "Every example is recognised, word for word.";
    ExampleElsewhere "example-elsewhere" "Every example is recognised as its own root cause.";
    ExampleUnsure "example-unsure" "Every example is recognised with a confidence of at least 0.95.";
    NarrowMargin "narrow-margin" "No other root cause comes near an example.";
    CaptureDiffers "capture-differs" "An example gives the captures that it names.";
    NearMissMatches "near-miss-matches" "No near miss is recognised as the root cause that it only looks like.";
    DuplicateExample "duplicate-example" "No message is an example twice.";
    DuplicateWording "duplicate-wording" "No two patterns are the same but for case, punctuation and placeholders.";
    ShadowedWording "shadowed-wording" "A pattern recognises its own sentence: no other explains more of it.";
    DeadPattern "dead-pattern" "Every pattern recognises one of the examples.";
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

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
    pub problem: String,
    /// What would be right.
    pub help: String,
}

/// `FILE:LINE:COLUMN: problem; help [rule]`, on one line.
impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(Place { line, column, .. }) = self.place {
            write!(formatter, ":{line}:{column}")?;
        }
        write!(formatter, ": {}; {} [{}]", self.problem, self.help, self.rule)
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
    pub(crate) problem: String,
    pub(crate) help: String,
}

impl Fault {
    pub(crate) fn new(
        rule: Rule,
        path: impl Into<String>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { rule, path: path.into(), word: None, problem: problem.into(), help: help.into() }
    }

    /// That one word of the field's text is meant.
    pub(crate) fn about(self, word: &str) -> Self {
        Self { word: Some(word.to_owned()), ..self }
    }

    /// From an error of one text, `problem; what would be right`.
    pub(crate) fn of_error(rule: Rule, path: impl Into<String>, error: &str) -> Self {
        let (problem, help) = error.split_once("; ").unwrap_or((error, rule.demand()));
        Self::new(rule, path, problem, help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_the_rules_are_unique_and_each_demands_a_sentence() {
        let ids: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            assert!(rule.demand().ends_with('.'), "{rule}");
        }
    }
}
