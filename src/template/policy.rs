//! An IAM policy document with blanks.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::{Template, TemplateError};
use crate::slot::{Slot, SlotValues};

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

/// In the schema of the pattern files a policy is an object.
#[cfg(test)]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

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

    #[test]
    fn a_policy_keeps_its_order_and_fills_its_strings() {
        let mut values = SlotValues::default();
        values.set(Slot::SourceAccount, "111122223333").expect("it fits");
        let source =
            json!({"Version": "2012-10-17", "Statement": [{"Principal": "{source_account}", "N": 1}]});
        let policy = PolicyTemplate::parse(&source).expect("the policy is well-formed");
        let mut open = BTreeSet::new();
        let filled = policy.fill(&values, &mut open);
        assert_eq!(
            filled.to_string(),
            r#"{"Version":"2012-10-17","Statement":[{"Principal":"111122223333","N":1}]}"#
        );
        assert!(open.is_empty());
        assert_eq!(policy.source(), source);
    }
}
