//! One root cause as it stands in its YAML file: what a message means and what to do about it.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::language::{Language, Localised};
use crate::pattern::Pattern;
use crate::slot::Slot;
use crate::template::{PolicyTemplate, Template};

/// What goes wrong, how AWS says it, and what to do now.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RootCause {
    /// The stable id in kebab case.
    pub id: String,
    /// Which part of AWS has to be looked at.
    pub group: Group,
    /// The coarse category that AWS itself gives such messages.
    pub aws_message_category: String,
    /// What is wrong, in one sentence.
    pub title: Localised,
    /// Why that makes a copy fail.
    pub cause: Localised,
    /// How AWS says it.
    pub patterns: Vec<Wording>,
    /// What to do, the most likely first.
    pub remediation: Vec<Step>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
    /// Real messages of this cause.
    pub examples: Vec<Example>,
    /// Real messages that look like it and are not.
    pub near_misses: Vec<NearMiss>,
}

/// The part of AWS that a root cause belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The organization and its settings.
    Organization,
    /// What AWS supports for a resource or Region.
    Support,
    /// KMS keys.
    Encryption,
    /// IAM, vault access policies, organization policies.
    Permissions,
    /// Retention and cold storage.
    Lifecycle,
    /// Quotas and concurrency.
    Limits,
    /// Tags.
    Tags,
    /// The state of the recovery point.
    State,
    /// AWS Backup itself.
    Service,
}

/// How well a wording is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// AWS's documentation has it.
    Documented,
    /// Somebody reports it from a real copy job.
    Observed,
    /// A service that AWS Backup calls says it; a copy job passes it on.
    UnderlyingService,
}

/// One wording of a root cause.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The language that it is in.
    pub language: Language,
    /// The sentence with its placeholders.
    #[serde(rename = "text", deserialize_with = "pattern")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub pattern: Pattern,
    /// How well it is known.
    pub evidence: Evidence,
    /// Where it can be read.
    pub source: String,
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
    let text = String::deserialize(deserializer)?;
    Pattern::parse(&text).map_err(de::Error::custom)
}

/// Whose hands a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// The account that the copy is made from.
    Source,
    /// The account that the copy goes into.
    Destination,
    /// The management account of the organization.
    Management,
}

impl Account {
    /// The slot that holds the account's id.
    #[must_use]
    pub fn slot(self) -> Slot {
        match self {
            Self::Source => Slot::SourceAccount,
            Self::Destination => Slot::DestinationAccount,
            Self::Management => Slot::ManagementAccount,
        }
    }
}

/// One step of the remediation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who acts.
    pub account: Account,
    /// What to look for and what to change.
    pub action: Localised<Template>,
    /// A command that confirms the cause.
    pub check: Option<Template>,
    /// A command that makes the change.
    pub command: Option<Template>,
    /// A policy document that the change puts in place.
    pub policy: Option<PolicyTemplate>,
    /// Why the step helps.
    pub why: Localised<Template>,
}

/// A page that facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: String,
}

/// A real message of a root cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The language that it is in.
    pub language: Language,
    /// The message, as AWS writes it.
    pub message: String,
    /// What the placeholders capture, by name, where something has to be captured.
    #[serde(default)]
    pub captures: std::collections::BTreeMap<String, String>,
}

/// A real message that must not be taken for a root cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NearMiss {
    /// The message.
    pub message: String,
    /// What it is instead.
    pub reason: String,
}

impl RootCause {
    /// What the root cause lacks of what every one has to have, in words that say how to mend it.
    #[must_use]
    pub fn find_gap(&self) -> Option<String> {
        let kebab = |text: &str| {
            !text.is_empty()
                && text.split('-').all(|part| {
                    !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                })
        };
        if !kebab(&self.id) {
            return Some(format!("the id '{}' is not in kebab case, such as tag-policy-violation", self.id));
        }
        for (name, is_empty) in [
            ("patterns", self.patterns.is_empty()),
            ("remediation", self.remediation.is_empty()),
            ("sources", self.sources.is_empty()),
            ("examples", self.examples.is_empty()),
            ("near_misses", self.near_misses.is_empty()),
        ] {
            if is_empty {
                return Some(format!("{name} is empty; every root cause needs at least one"));
            }
        }
        let claimed = |language| self.patterns.iter().any(|wording| wording.language == language);
        let shown = |language| self.examples.iter().any(|example| example.language == language);
        if let Some(language) =
            Language::ALL.into_iter().find(|language| claimed(*language) && !shown(*language))
        {
            return Some(format!("there is a pattern but no example in '{}'", language.code()));
        }
        let links = self.sources.iter().map(|source| &source.url);
        let mut links = links.chain(self.patterns.iter().map(|wording| &wording.source));
        if let Some(link) =
            links.find(|link| !link.starts_with("https://") || link.contains(char::is_whitespace))
        {
            return Some(format!("'{link}' is not a link that begins with https://"));
        }
        self.remediation.iter().find_map(Step::find_gap)
    }
}

impl Step {
    fn find_gap(&self) -> Option<String> {
        // A policy grants: only what has the shape of an identifier may be filled into one.
        let slots = self.policy.as_ref().map(PolicyTemplate::slots).unwrap_or_default();
        if let Some(slot) = slots.into_iter().find(|slot| !slot.kind().is_identifier()) {
            return Some(format!("a policy may not be filled with {{{slot}}}, which can be any text"));
        }
        let commands = self.check.iter().chain(&self.command);
        let unquoted = commands.filter_map(Template::unquoted_free_text).next()?;
        Some(format!("{{{unquoted}}} can be any text; put it in single quotes in the command"))
    }
}
