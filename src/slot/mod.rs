//! Slots: the named, typed values that messages and records give and that templates take.
//!
//! One table holds them all. Patterns use them as placeholders, remediation uses them as blanks, and
//! those that a person may know are flags of the command line.

mod values;

use std::fmt;

use crate::identifier::{Arn, is_account_id, is_hyphenated, is_region, is_role_name, is_vault_name};
use crate::phrases::Suggestion;
use crate::suggestion::did_you_mean;

pub use values::SlotValues;

/// The type of a slot: what may be filled into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Twelve digits.
    AccountId,
    /// A Region code.
    Region,
    /// `aws`, `aws-cn` …
    Partition,
    /// The name of a backup vault.
    VaultName,
    /// The name of an IAM role.
    RoleName,
    /// An ARN of this service (empty: any) whose resource begins so.
    Arn {
        /// The service's prefix, or empty for any service.
        service: &'static str,
        /// How the ARN's resource part begins.
        resource: &'static str,
    },
    /// A job's id.
    JobId,
    /// An IAM action, such as `kms:CreateGrant`.
    Action,
    /// A whole number, perhaps with separators.
    Number,
    /// An encoded authorization failure message.
    Encoded,
    /// The name of a resource type, such as `SAP HANA on Amazon EC2`.
    ResourceType,
    /// The key of a tag: nearly any text.
    TagKey,
    /// A name out of an SDK's wrapper: a service, an error code, a request id.
    Word,
    /// Whatever it is, if it is short.
    Text,
}

impl Kind {
    /// Whether `value` is of this type.
    #[must_use]
    pub fn accepts(self, value: &str) -> bool {
        match self {
            Self::AccountId => is_account_id(value),
            Self::Region => is_region(value),
            Self::Partition => value == "aws" || Arn::parse(&format!("arn:{value}:iam:::x")).is_some(),
            Self::VaultName => is_vault_name(value),
            Self::RoleName => is_role_name(value),
            Self::Arn { service, resource } => Arn::parse(value).is_some_and(|arn| {
                (service.is_empty() || arn.service == service) && arn.resource.starts_with(resource)
            }),
            Self::JobId => (8..=64).contains(&value.len()) && is_hyphenated(value),
            Self::Action => value.split_once(':').is_some_and(|(service, action)| {
                is_hyphenated(service)
                    && action.starts_with(|c: char| c.is_ascii_uppercase())
                    && action.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }),
            Self::Number => {
                (1..=20).contains(&value.len())
                    && value.starts_with(|c: char| c.is_ascii_digit())
                    && value.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
            }
            Self::Encoded => {
                (16..=16_384).contains(&value.len())
                    && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            }
            Self::ResourceType => {
                (1..=50).contains(&value.len())
                    && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_.".contains(&byte))
            }
            // 128 characters is AWS's own limit for the key of a tag.
            Self::TagKey | Self::Text => {
                (1..=128).contains(&value.chars().count()) && !value.chars().any(char::is_control)
            }
            Self::Word => {
                (1..=128).contains(&value.len())
                    && value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
            }
        }
    }

    /// Whether a value of this type is safe to stand in a command or a policy as it is.
    #[must_use]
    pub fn is_identifier(self) -> bool {
        !matches!(self, Self::TagKey | Self::Word | Self::ResourceType | Self::Text)
    }

    /// What the type is called in messages to people.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::AccountId => "an account id of 12 digits",
            Self::Region => "a Region such as eu-central-1",
            Self::Partition => "a partition such as aws",
            Self::VaultName => "a vault's name of 2 to 50 letters, digits, '-' or '_'",
            Self::RoleName => "a role's name",
            Self::Arn { service: "kms", .. } => "the ARN of a KMS key, without wildcards",
            Self::Arn { service: "backup", .. } => "the ARN of a backup vault, without wildcards",
            Self::Arn { service: "iam", .. } => "the ARN of an IAM role, without wildcards",
            Self::Arn { .. } => "an ARN, without wildcards",
            Self::JobId => "a job's id",
            Self::Action => "an IAM action such as kms:CreateGrant",
            Self::Number => "a number",
            Self::Encoded => "an encoded authorization failure message",
            Self::ResourceType => "a resource type such as EBS",
            Self::TagKey => "the key of a tag, at most 128 characters",
            Self::Word => "a short name",
            Self::Text => "a text of at most 128 characters",
        }
    }
}

const VAULT: Kind = Kind::Arn { service: "backup", resource: "backup-vault:" };
const KEY: Kind = Kind::Arn { service: "kms", resource: "key/" };
const ROLE: Kind = Kind::Arn { service: "iam", resource: "role/" };
const ANY_ARN: Kind = Kind::Arn { service: "", resource: "" };

macro_rules! slots {
    ($( $variant:ident $name:literal $kind:expr, $flag:literal, $help:literal, $sample:literal; )*) => {
        /// A named, typed value.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Slot { $( #[doc = $help] $variant, )* }

        impl Slot {
            /// Every slot.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The name in patterns, templates and machine formats.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The type.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $( Self::$variant => $kind, )* }
            }

            /// What the slot holds, in one line.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $( Self::$variant => $help, )* }
            }

            /// Whether a person can give the value, as a flag of the command line.
            #[must_use]
            pub fn is_flag(self) -> bool {
                match self { $( Self::$variant => $flag, )* }
            }

            /// A value that fits, to show and to test with. Accounts, Regions and keys fit each other.
            #[must_use]
            pub fn sample(self) -> &'static str {
                match self { $( Self::$variant => $sample, )* }
            }
        }
    };
}

// Variant, name, type, is a flag of the command line, help, a sample.
slots! {
    SourceAccount "source_account" Kind::AccountId, true, "Account that the copy is made from",
        "111122223333";
    DestinationAccount "destination_account" Kind::AccountId, true, "Account that the copy goes into",
        "444455556666";
    ManagementAccount "management_account" Kind::AccountId, true, "Management account of the organization",
        "777788889999";
    SourceRegion "source_region" Kind::Region, true, "Region that the copy is made from",
        "eu-west-1";
    DestinationRegion "destination_region" Kind::Region, true, "Region that the copy goes into",
        "eu-central-1";
    SourceVault "source_vault" Kind::VaultName, true, "Name of the vault that is copied from",
        "prod";
    DestinationVault "destination_vault" Kind::VaultName, true, "Name of the vault that is copied into",
        "dr";
    SourceVaultArn "source_vault_arn" VAULT, true, "ARN of the vault that is copied from",
        "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod";
    DestinationVaultArn "destination_vault_arn" VAULT, true, "ARN of the vault that is copied into",
        "arn:aws:backup:eu-central-1:444455556666:backup-vault:dr";
    SourceKeyArn "source_key_arn" KEY, true, "ARN of the KMS key of the source backup",
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    DestinationKeyArn "destination_key_arn" KEY, true, "ARN of the KMS key of the copy",
        "arn:aws:kms:eu-central-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321";
    RecoveryPointArn "recovery_point_arn" ANY_ARN, true, "ARN of the recovery point that is copied",
        "arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0";
    ResourceArn "resource_arn" ANY_ARN, true, "ARN of the resource that was backed up",
        "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0";
    ResourceType "resource_type" Kind::ResourceType, true, "Type of the resource that was backed up",
        "EBS";
    RoleArn "role_arn" ROLE, true, "ARN of the role that the copy job acts as",
        "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole";
    CopyJobId "copy_job_id" Kind::JobId, true, "Id of the copy job",
        "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
    TagKey "tag_key" Kind::TagKey, true, "Key of the tag that the message names",
        "CostCenter";
    PrincipalArn "principal_arn" ANY_ARN, false, "ARN of the principal that was denied",
        "arn:aws:sts::111122223333:assumed-role/AWSBackupDefaultServiceRole/AWSBackup-x";
    DeniedAction "denied_action" Kind::Action, true, "Action that was denied",
        "kms:CreateGrant";
    DeniedResourceArn "denied_resource_arn" ANY_ARN, true, "ARN of the resource that the action was denied on",
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    PolicyArn "policy_arn" ANY_ARN, false, "ARN of the policy that denies",
        "arn:aws:organizations::777788889999:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd";
    EncodedMessage "encoded_message" Kind::Encoded, false, "Encoded authorization failure message",
        "gwlR4XQBrSFQTp9R9k_Uqc0J4oBTiWhmpPYd";
    Limit "limit" Kind::Number, false, "Limit that the message names",
        "5";
    ImageId "image_id" Kind::JobId, false, "Id of the image that the message names",
        "ami-0123456789abcdef0";
    SnapshotId "snapshot_id" Kind::JobId, false, "Id of the snapshot that the message names",
        "snap-0123456789abcdef0";
    Value "value" Kind::Text, false, "What varies in the message and no other slot is for",
        "example";
    Partition "partition" Kind::Partition, false, "Partition, derived from Regions and ARNs",
        "aws";
    RoleName "role_name" Kind::RoleName, false, "Name of the copy job's role, derived from its ARN",
        "AWSBackupDefaultServiceRole";
    Service "service" Kind::Word, false, "Service that an SDK names around the message",
        "AmazonEC2";
    Operation "operation" Kind::Word, false, "API operation that an SDK names around the message",
        "CopySnapshot";
    StatusCode "status_code" Kind::Word, false, "HTTP status that an SDK names around the message",
        "400";
    ErrorCode "error_code" Kind::Word, false, "Error code that an SDK names around the message",
        "InvalidParameter";
    RequestId "request_id" Kind::Word, false, "Request id that an SDK names around the message",
        "0c8a1e5c-6a8f-4a55-9d0c-0c2f2a9a7f11";
}

impl Slot {
    /// The flag of the command line that gives the value, or the value that it is derived from.
    #[must_use]
    pub fn flag(self) -> Option<String> {
        let given = match self {
            Self::RoleName => Self::RoleArn,
            Self::Partition => Self::SourceRegion,
            other => other,
        };
        given.is_flag().then(|| format!("--{}", given.name().replace('_', "-")))
    }

    /// The names that a mistyped one may have been meant to be.
    pub(crate) fn did_you_mean(mistyped: &str) -> Suggestion {
        did_you_mean(mistyped, Self::ALL.iter().map(|slot| slot.name()))
    }

    /// The slot of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|slot| slot.name() == name)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A value that is not of its slot's type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{value}' is not {}", .slot.kind().description())]
pub struct UnfitValue {
    /// The slot that the value was meant for.
    pub slot: Slot,
    /// The value.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_find_their_slot() {
        for slot in Slot::ALL {
            assert_eq!(Slot::named(slot.name()), Some(*slot));
        }
    }

    #[test]
    fn every_sample_fits_its_slot() {
        for slot in Slot::ALL {
            assert!(slot.kind().accepts(slot.sample()), "{slot}");
        }
    }

    #[test]
    fn an_opaque_partition_is_refused() {
        assert!(Kind::Partition.accepts("aws-iso-b"));
        for text in ["", "aws*", "azure", "aws:iam"] {
            assert!(!Kind::Partition.accepts(text), "{text}");
        }
    }
}
