//! One root cause as it stands in its YAML file: what a message means and what to do about it.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::deferred::Deferred;
use crate::language::{Language, Localised};
use crate::pattern::Pattern;
use crate::slot::Slot;
use crate::template::{PolicyTemplate, Template, TerraformTemplate};

/// What goes wrong, how AWS says it, and what to do now.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping with id:, group:, title: and so on")]
pub struct RootCause {
    /// The stable id in kebab case.
    pub id: String,
    /// Which part of AWS has to be looked at.
    pub group: Group,
    /// The coarse category that AWS itself gives such messages.
    pub aws_message_category: AwsMessageCategory,
    /// What is wrong, in one sentence.
    pub title: Localised,
    /// Why that makes a copy fail.
    pub cause: Localised,
    /// Whether its messages leave open what went wrong. Whatever else stands in the message is then the better
    /// answer.
    #[serde(default)]
    pub unspecific: bool,
    /// How AWS says it.
    pub patterns: Vec<Wording>,
    /// How people say it, in the words of whoever wrote the entry: no message of AWS's, but near to what is said in
    /// tickets and chats.
    #[serde(default)]
    pub paraphrases: Deferred<Paraphrase>,
    /// What to do, the most likely first.
    pub remediation: Deferred<Step>,
    /// Where the facts come from.
    pub sources: Deferred<Source>,
    /// Real messages of this cause.
    pub examples: Deferred<Example>,
    /// Real messages that look like it and are not.
    pub near_misses: Deferred<NearMiss>,
}

/// A root cause of this build, as `build.rs` compiles it from its file.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The fields that are needed to find out which root cause it is, as JSON.
    pub(super) rest: &'static str,
    pub(super) paraphrases: &'static str,
    pub(super) remediation: &'static str,
    pub(super) sources: &'static str,
    pub(super) examples: &'static str,
    pub(super) near_misses: &'static str,
}

/// The fields that are needed at once.
#[derive(Deserialize)]
struct Rest {
    id: String,
    group: Group,
    aws_message_category: AwsMessageCategory,
    title: Localised,
    cause: Localised,
    #[serde(default)]
    unspecific: bool,
    patterns: Vec<Wording>,
}

impl From<&Compiled> for RootCause {
    #[expect(
        clippy::unreachable,
        reason = "no input is read here, and the tests load every file of this build"
    )]
    fn from(compiled: &Compiled) -> Self {
        let Rest { id, group, aws_message_category, title, cause, unspecific, patterns } =
            serde_json::from_str(compiled.rest)
                .unwrap_or_else(|error| unreachable!("the tests load every file of this build: {error}"));
        Self {
            id,
            group,
            aws_message_category,
            title,
            cause,
            unspecific,
            patterns,
            paraphrases: Deferred::of_build(compiled.paraphrases),
            remediation: Deferred::of_build(compiled.remediation),
            sources: Deferred::of_build(compiled.sources),
            examples: Deferred::of_build(compiled.examples),
            near_misses: Deferred::of_build(compiled.near_misses),
        }
    }
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

impl Group {
    /// Every group.
    pub const ALL: [Self; 9] = [
        Self::Organization,
        Self::Support,
        Self::Encryption,
        Self::Permissions,
        Self::Lifecycle,
        Self::Limits,
        Self::Tags,
        Self::State,
        Self::Service,
    ];

    /// The name in pattern files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Support => "support",
            Self::Encryption => "encryption",
            Self::Permissions => "permissions",
            Self::Lifecycle => "lifecycle",
            Self::Limits => "limits",
            Self::Tags => "tags",
            Self::State => "state",
            Self::Service => "service",
        }
    }
}

/// The coarse category that AWS itself gives a message, for backup, copy and restore jobs alike. It is no
/// ground truth: one category holds many causes, and AWS finds it by looking for parts of the text.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are AWS's, and AWS says no more of them")]
pub enum AwsMessageCategory {
    VssError,
    LimitExceeded,
    AccessDenied,
    ConcurrentJob,
    FeatureNotEnabled,
    JobExpired,
    InvalidLifecycle,
    InvalidState,
    KmsKeyError,
    AccessKeyError,
    HypervisorOffline,
    ResourceNotFound,
    ResourceNotSupported,
    TagCopyError,
    TokenExpired,
    UnsupportedOperation,
    FatalError,
    Miscellaneous,
}

impl AwsMessageCategory {
    /// Every category.
    pub const ALL: [Self; 18] = [
        Self::VssError,
        Self::LimitExceeded,
        Self::AccessDenied,
        Self::ConcurrentJob,
        Self::FeatureNotEnabled,
        Self::JobExpired,
        Self::InvalidLifecycle,
        Self::InvalidState,
        Self::KmsKeyError,
        Self::AccessKeyError,
        Self::HypervisorOffline,
        Self::ResourceNotFound,
        Self::ResourceNotSupported,
        Self::TagCopyError,
        Self::TokenExpired,
        Self::UnsupportedOperation,
        Self::FatalError,
        Self::Miscellaneous,
    ];

    /// The name that AWS uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VssError => "VSS_ERROR",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::AccessDenied => "ACCESS_DENIED",
            Self::ConcurrentJob => "CONCURRENT_JOB",
            Self::FeatureNotEnabled => "FEATURE_NOT_ENABLED",
            Self::JobExpired => "JOB_EXPIRED",
            Self::InvalidLifecycle => "INVALID_LIFECYCLE",
            Self::InvalidState => "INVALID_STATE",
            Self::KmsKeyError => "KMS_KEY_ERROR",
            Self::AccessKeyError => "ACCESS_KEY_ERROR",
            Self::HypervisorOffline => "HYPERVISOR_OFFLINE",
            Self::ResourceNotFound => "RESOURCE_NOT_FOUND",
            Self::ResourceNotSupported => "RESOURCE_NOT_SUPPORTED",
            Self::TagCopyError => "TAG_COPY_ERROR",
            Self::TokenExpired => "TOKEN_EXPIRED",
            Self::UnsupportedOperation => "UNSUPPORTED_OPERATION",
            Self::FatalError => "FATAL_ERROR",
            Self::Miscellaneous => "MISCELLANEOUS",
        }
    }
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
#[serde(deny_unknown_fields, expecting = "a mapping with language:, text:, evidence: and source:")]
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

/// A root cause in the words of whoever wrote the entry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping with language: and text:")]
pub struct Paraphrase {
    /// The language that it is in.
    pub language: Language,
    /// A sentence without placeholders.
    pub text: String,
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
#[serde(deny_unknown_fields, expecting = "a mapping with account:, action:, why: and link:")]
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
    /// The same change in Terraform, where that is shorter.
    pub terraform: Option<TerraformTemplate>,
    /// Why the step helps.
    pub why: Localised<Template>,
    /// The page of AWS that says so; one of the `sources` of the root cause.
    pub link: String,
}

/// A page that facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping with title: and url:")]
pub struct Source {
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: String,
}

/// A real message of a root cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping with language: and message:")]
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
#[serde(deny_unknown_fields, expecting = "a mapping with message: and reason:")]
pub struct NearMiss {
    /// The message.
    pub message: String,
    /// What it is instead.
    pub reason: String,
}
