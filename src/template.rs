//! Texts and policies with blanks, and how blanks are filled.
//!
//! A blank is a slot in braces: `{source_account}`. A literal brace is doubled, and IAM's own variables
//! (`${aws:PrincipalTag/x}`) stay as they are. A blank that nobody can fill is left as `<source_account>`,
//! which AWS and every shell refuse, so that it cannot be overlooked.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use crate::slot::{Slot, SlotValues};

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A name that no slot has.
    #[error("there is no slot {{{0}}}; write a literal brace as {{{{ or }}}}")]
    UnknownSlot(String),
    /// A brace without its partner.
    #[error("the brace at byte {0} has no partner; write a literal brace as {{{{ or }}}}")]
    UnmatchedBrace(usize),
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
            if let Some(doubled) = ["{{", "}}"].into_iter().find(|doubled| braces.starts_with(doubled)) {
                text.push_str(&doubled[..1]);
                rest = &braces[2..];
                continue;
            }
            let end = braces.find('}').filter(|_| braces.starts_with('{'));
            let end = end.ok_or(TemplateError::UnmatchedBrace(position))?;
            let name = &braces[1..end];
            if before.ends_with('$') {
                text.push_str(&braces[..=end]);
            } else {
                let slot = Slot::named(name).ok_or_else(|| TemplateError::UnknownSlot(name.to_owned()))?;
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Blank(slot));
            }
            rest = &braces[end + 1..];
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
    /// stands in stays open. (The catalogue refuses commands in which it does not stand in quotes.)
    #[must_use]
    pub fn fill_command(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> String {
        self.fill_with(open, |slot| {
            values
                .get(slot)
                .filter(|value| slot.kind().is_identifier() || stays_in_quotes(value))
                .map(str::to_owned)
        })
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

/// An IAM policy document with blanks. It is JSON before and after filling: blanks stand inside strings.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyTemplate {
    document: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Text(Template),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
    Plain(Value),
}

impl PolicyTemplate {
    /// Reads a policy document.
    ///
    /// # Errors
    /// [`TemplateError`] where a string in it is no template.
    pub fn parse(document: &Value) -> Result<Self, TemplateError> {
        Ok(Self { document: Node::parse(document)? })
    }

    /// The document with every blank filled that `values` can fill; the others are added to `open`.
    #[must_use]
    pub fn fill(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> Value {
        self.document.fill(values, open)
    }

    /// The slots of the blanks.
    #[must_use]
    pub fn slots(&self) -> BTreeSet<Slot> {
        let mut open = BTreeSet::new();
        let _ = self.document.fill(&SlotValues::default(), &mut open);
        open
    }

    /// The document as it was written, blanks and all.
    #[must_use]
    pub fn source(&self) -> Value {
        self.document.source()
    }
}

impl Node {
    fn parse(value: &Value) -> Result<Self, TemplateError> {
        Ok(match value {
            Value::String(text) => Self::Text(Template::parse(text)?),
            Value::Array(items) => Self::List(items.iter().map(Self::parse).collect::<Result<_, _>>()?),
            Value::Object(entries) => Self::Map(
                entries
                    .iter()
                    .map(|(key, value)| Ok((key.clone(), Self::parse(value)?)))
                    .collect::<Result<_, _>>()?,
            ),
            plain => Self::Plain(plain.clone()),
        })
    }

    fn fill(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> Value {
        match self {
            Self::Text(template) => Value::String(template.fill(values, open)),
            Self::List(items) => items.iter().map(|item| item.fill(values, open)).collect(),
            Self::Map(entries) => Value::Object(
                entries.iter().map(|(key, node)| (key.clone(), node.fill(values, open))).collect(),
            ),
            Self::Plain(value) => value.clone(),
        }
    }

    fn source(&self) -> Value {
        match self {
            Self::Text(template) => Value::String(template.source().to_owned()),
            Self::List(items) => items.iter().map(Self::source).collect(),
            Self::Map(entries) => {
                Value::Object(entries.iter().map(|(key, node)| (key.clone(), node.source())).collect())
            }
            Self::Plain(value) => value.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for PolicyTemplate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Value::deserialize(deserializer)?;
        if !document.is_object() {
            return Err(de::Error::custom("a policy is a mapping with Version and Statement"));
        }
        Self::parse(&document).map_err(de::Error::custom)
    }
}

/// In the schema of the pattern files a template is a text and a policy an object.
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

    impl JsonSchema for super::PolicyTemplate {
        fn schema_name() -> Cow<'static, str> {
            "PolicyTemplate".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "object",
                "description": "An IAM policy document with slots in its strings.",
                "required": ["Version", "Statement"]
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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

    #[test]
    fn a_policy_keeps_its_order_and_fills_its_strings() {
        let source =
            json!({"Version": "2012-10-17", "Statement": [{"Principal": "{source_account}", "N": 1}]});
        let policy = PolicyTemplate::parse(&source).expect("the policy is well-formed");
        let mut open = BTreeSet::new();
        let filled = policy.fill(&values(), &mut open);
        assert_eq!(
            filled.to_string(),
            r#"{"Version":"2012-10-17","Statement":[{"Principal":"111122223333","N":1}]}"#
        );
        assert!(open.is_empty());
        assert_eq!(policy.source(), source);
    }
}
