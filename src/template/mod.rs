//! Texts, policies and Terraform with blanks, and how blanks are filled.
//!
//! A blank is a slot in braces: `{source_account}`. A literal brace is doubled, and IAM's own variables
//! (`${aws:PrincipalTag/x}`) stay as they are. A blank that nobody can fill is left as `<source_account>`,
//! which AWS and every shell refuse, so that it cannot be overlooked.

mod policy;
mod terraform;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use policy::PolicyTemplate;
pub use terraform::TerraformTemplate;

use crate::phrases::{Help, Problem};
use crate::slot::{Slot, SlotValues};

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// A name that no slot has.
    UnknownSlot(String),
    /// A brace without its partner.
    UnmatchedBrace(usize),
}

impl TemplateError {
    /// What is wrong, and what would be right.
    #[must_use]
    pub fn parts(&self) -> (Problem, Help) {
        match self {
            Self::UnknownSlot(name) => (Problem::UnknownSlot { name: name.clone() }, hint(name)),
            Self::UnmatchedBrace(byte) => {
                (Problem::UnmatchedBrace { byte: byte.to_string() }, Help::DoubleBrace)
            }
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (problem, help) = self.parts();
        write!(formatter, "{problem}; {help}")
    }
}

impl std::error::Error for TemplateError {}

/// What a text in braces that names no slot may have been meant to be.
fn hint(name: &str) -> Help {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        Slot::did_you_mean(name).into()
    } else {
        Help::DoubleBrace
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Blank(Slot),
}

/// A text with blanks.
///
/// ```
/// use std::collections::BTreeSet;
/// use copydoctor::{Slot, SlotValues, template::Template};
/// let template = Template::parse("arn:{partition}:iam::{source_account}:root").unwrap();
/// let mut values = SlotValues::default();
/// values.set(Slot::Partition, "aws").unwrap();
/// let mut open = BTreeSet::new();
/// assert_eq!(template.fill(&values, &mut open), "arn:aws:iam::<source_account>:root");
/// assert_eq!(open.into_iter().collect::<Vec<_>>(), [Slot::SourceAccount]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    parts: Vec<Part>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError`] says what is wrong with the text.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}']) {
            let position = source.len() - rest.len() + at;
            let (before, braces) = rest.split_at(at);
            text.push_str(before);
            let doubled = [("{{", '{'), ("}}", '}')].into_iter();
            let mut doubled =
                doubled.filter_map(|(doubled, brace)| Some((brace, braces.strip_prefix(doubled)?)));
            if let Some((brace, behind)) = doubled.next() {
                text.push(brace);
                rest = behind;
                continue;
            }
            let name = braces.strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let (name, behind) = name.ok_or(TemplateError::UnmatchedBrace(position))?;
            if before.ends_with('$') {
                text.extend(["{", name, "}"]);
            } else {
                let slot = Slot::named(name).ok_or_else(|| TemplateError::UnknownSlot(name.to_owned()))?;
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Blank(slot));
            }
            rest = behind;
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Self { source: source.to_owned(), parts })
    }

    /// The template as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The text with every blank filled that `values` can fill; the others are added to `open`.
    #[must_use]
    pub fn fill(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> String {
        self.fill_with(open, |slot| values.get(slot).map(str::to_owned))
    }

    /// As [`Template::fill`], for a command line: free text that could break out of the quotes that it
    /// stands in stays open, and so does what a command would take for an option. (The catalogue refuses
    /// commands in which free text does not stand in quotes.)
    #[must_use]
    pub fn fill_command(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> String {
        self.fill_with(open, |slot| {
            values
                .get(slot)
                .filter(|value| slot.kind().is_identifier() || stays_in_quotes(value))
                .filter(|value| !value.starts_with('-'))
                .map(str::to_owned)
        })
    }

    /// The slots of the blanks.
    #[must_use]
    pub fn slots(&self) -> BTreeSet<Slot> {
        let blanks = self.parts.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Blank(slot) => Some(*slot),
        });
        blanks.collect()
    }

    /// The first blank for free text that does not stand in single quotes.
    #[must_use]
    pub fn unquoted_free_text(&self) -> Option<Slot> {
        let mut quoted = false;
        self.parts.iter().find_map(|part| match part {
            Part::Text(text) => {
                quoted ^= text.matches('\'').count() % 2 == 1;
                None
            }
            Part::Blank(slot) => (!quoted && !slot.kind().is_identifier()).then_some(*slot),
        })
    }

    fn fill_with(&self, open: &mut BTreeSet<Slot>, value_of: impl Fn(Slot) -> Option<String>) -> String {
        let mut filled = String::with_capacity(self.source.len());
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Blank(slot) => filled.push_str(&value_of(*slot).unwrap_or_else(|| {
                    open.insert(*slot);
                    format!("<{slot}>")
                })),
            }
        }
        filled
    }
}

/// Whether a text between single quotes, perhaps inside a JSON string there, is taken as it is by every
/// shell. (PowerShell takes typographic quotes for straight ones.)
fn stays_in_quotes(text: &str) -> bool {
    let breaks_out =
        |c: char| c.is_control() || matches!(c, '\'' | '"' | '\\' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„');
    !text.chars().any(breaks_out)
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

/// In the schema of the pattern files a template is a text.
#[cfg(test)]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for super::Template {
        fn schema_name() -> Cow<'static, str> {
            "Template".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"type": "string", "description": "A text with slots in braces: {source_account}."})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> SlotValues {
        let mut values = SlotValues::default();
        values.set(Slot::SourceAccount, "111122223333").expect("it fits");
        values
    }

    #[track_caller]
    fn fills(template: &str, expected: &str) {
        let template = Template::parse(template).expect("the template is well-formed");
        assert_eq!(template.fill(&values(), &mut BTreeSet::new()), expected);
    }

    #[test]
    fn blanks_are_filled_or_stay_visibly_open() {
        fills("{source_account} and {destination_account}", "111122223333 and <destination_account>");
    }

    #[test]
    fn doubled_braces_and_iam_variables_are_literal() {
        fills(
            "--query '{{Id: Id}}' ${aws:PrincipalTag/x} {source_account}",
            "--query '{Id: Id}' ${aws:PrincipalTag/x} 111122223333",
        );
    }

    #[test]
    fn free_text_that_could_break_out_of_its_quotes_stays_open() {
        let template = Template::parse("aws tag --key '{tag_key}'").expect("well-formed");
        for (key, command) in [
            ("aws:team/owner", "aws tag --key 'aws:team/owner'"),
            ("Cost Center; $(reboot)", "aws tag --key 'Cost Center; $(reboot)'"),
            ("it's", "aws tag --key '<tag_key>'"),
            ("it’s", "aws tag --key '<tag_key>'"),
            ("a\"b", "aws tag --key '<tag_key>'"),
            ("--profile", "aws tag --key '<tag_key>'"),
        ] {
            let mut values = SlotValues::default();
            values.set(Slot::TagKey, key).expect("any text is a tag key");
            assert_eq!(template.fill_command(&values, &mut BTreeSet::new()), command);
        }
    }

    #[test]
    fn free_text_outside_quotes_is_noticed() {
        for (command, unquoted) in [
            ("aws tag --key '{tag_key}' --id {source_account}", None),
            ("aws tag --name 'x' --key {tag_key}", Some(Slot::TagKey)),
        ] {
            let template = Template::parse(command).expect("well-formed");
            assert_eq!(template.unquoted_free_text(), unquoted, "{command}");
        }
    }

    #[test]
    fn a_text_that_is_no_template_is_refused() {
        for (text, error) in [
            ("a {nobody} b", TemplateError::UnknownSlot("nobody".into())),
            ("a {source_account", TemplateError::UnmatchedBrace(2)),
            ("a } b", TemplateError::UnmatchedBrace(2)),
        ] {
            assert_eq!(Template::parse(text), Err(error), "{text}");
        }
    }
}
