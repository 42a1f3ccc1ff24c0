//! A snippet of Terraform with blanks.
//!
//! HCL is full of braces, so here only `{name}` with the name of a slot is a blank: no block begins so.
//! `${name}` and `%{name}` are Terraform's own.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, de};

use super::{Part, Template, TemplateError};
use crate::slot::{Slot, SlotValues};

/// A snippet of Terraform that makes the same change as a step's command.
///
/// ```
/// use std::collections::BTreeSet;
/// use copydoctor::{Slot, SlotValues, template::TerraformTemplate};
/// let snippet = TerraformTemplate::parse("vault \"x\" {\n  name = \"{source_vault}\"\n}\n").unwrap();
/// let mut values = SlotValues::default();
/// values.set(Slot::SourceVault, "prod").unwrap();
/// assert_eq!(snippet.fill(&values, &mut BTreeSet::new()), "vault \"x\" {\n  name = \"prod\"\n}\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerraformTemplate(Template);

impl TerraformTemplate {
    /// Reads a snippet.
    ///
    /// # Errors
    /// [`TemplateError::UnknownSlot`] where a name in braces is that of no slot.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut text_start = 0;
        for (at, _) in source.match_indices('{') {
            let (before, inside) = source.split_at(at);
            let inside = inside.get(1..).unwrap_or_default();
            let length = inside.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(inside.len());
            let (name, behind) = inside.split_at(length);
            let is_blank = length > 0 && behind.starts_with('}');
            if !is_blank || before.ends_with(['$', '%']) {
                continue;
            }
            let slot = Slot::named(name).ok_or_else(|| TemplateError::UnknownSlot(name.to_owned()))?;
            parts.push(Part::Text(source.get(text_start..at).unwrap_or_default().to_owned()));
            parts.push(Part::Blank(slot));
            text_start = at + length + 2;
        }
        parts.push(Part::Text(source.get(text_start..).unwrap_or_default().to_owned()));
        Ok(Self(Template { source: source.to_owned(), parts }))
    }

    /// The snippet with every blank filled that `values` can fill; the others are added to `open`.
    #[must_use]
    pub fn fill(&self, values: &SlotValues, open: &mut BTreeSet<Slot>) -> String {
        self.0.fill(values, open)
    }

    /// The slots of the blanks.
    #[must_use]
    pub fn slots(&self) -> BTreeSet<Slot> {
        self.0.slots()
    }

    /// The snippet as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        self.0.source()
    }
}

impl<'de> Deserialize<'de> for TerraformTemplate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// In the schema of the pattern files a snippet is a text.
#[cfg(test)]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for super::TerraformTemplate {
        fn schema_name() -> Cow<'static, str> {
            "TerraformTemplate".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"type": "string", "description": "A snippet of Terraform with slots in braces."})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_slot_in_braces_is_a_blank() {
        let source = "a \"b\" {\n  c = { d = \"{source_account}\" }\n  e = \"${local.f}\"\n  g = {}\n}\n";
        let snippet = TerraformTemplate::parse(source).expect("the snippet is well-formed");
        let mut values = SlotValues::default();
        values.set(Slot::SourceAccount, "111122223333").expect("it fits");
        let filled = snippet.fill(&values, &mut BTreeSet::new());
        assert_eq!(filled, source.replace("{source_account}", "111122223333"));
        assert_eq!(snippet.source(), source);
        assert_eq!(snippet.slots(), BTreeSet::from([Slot::SourceAccount]));
    }

    #[test]
    fn terraforms_own_braces_stay() {
        let source = "a = \"${source_account} %{if} {{x}}\"";
        let snippet = TerraformTemplate::parse(&source.replace("{{x}}", "")).expect("well-formed");
        assert!(snippet.slots().is_empty());
    }

    #[test]
    fn a_name_of_no_slot_is_refused() {
        let refused = TerraformTemplate::parse("a = \"{nobody}\"");
        assert_eq!(refused, Err(TemplateError::UnknownSlot("nobody".into())));
    }
}
