//! The slot for a part of a message that varies, by its type and the words before it.

use std::collections::BTreeSet;

use crate::classify::captures::{Class, Side, class, class_of_name, side};
use crate::classify::tokens::{Token, before};
use crate::cluster::{Kind, Part};
use crate::identifier::Arn;
use crate::slot::Slot;

/// A slot for a part, and whether the message says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) slot: Slot,
    /// Nothing says on which side of the copy the value is.
    pub(super) is_guess: bool,
}

impl Choice {
    pub(super) fn sure(slot: Slot) -> Self {
        Self { slot, is_guess: false }
    }

    /// The slot of the side that the words before the value name, or else that of the source.
    fn sided(before: &[String], source: Slot, destination: Slot) -> Self {
        match side(before) {
            Some(Side::Source) => Self::sure(source),
            Some(Side::Destination) => Self::sure(destination),
            None => Self { slot: source, is_guess: true },
        }
    }

    /// The slot for the other side, where the side was a guess.
    pub(super) fn other_side(self) -> Option<Self> {
        let other = match self.slot {
            Slot::SourceAccount => Slot::DestinationAccount,
            Slot::SourceRegion => Slot::DestinationRegion,
            Slot::SourceVault => Slot::DestinationVault,
            Slot::SourceVaultArn => Slot::DestinationVaultArn,
            Slot::SourceKeyArn => Slot::DestinationKeyArn,
            _ => return None,
        };
        self.is_guess.then_some(Self { slot: other, is_guess: true })
    }
}

/// The slot for a part that varies; none where no slot is for such a value.
pub(super) fn slot_of(text: &str, tokens: &[Token<'_>], part: &Part) -> Option<Choice> {
    let index = tokens.partition_point(|token| token.range.end <= part.range.start);
    let before = before(tokens, index);
    let value = part.of(text);
    let name = class_of_name(value, &before).filter(|class| {
        // What stands behind `key` may also be the alias of a KMS key.
        let is_of_tag = before.iter().take(2).any(|word| word.contains("tag"));
        part.kind != Kind::Value && (*class != Class::TagKey || is_of_tag)
    });
    let name = name.and_then(|class| slot_of_class(class, value, &before));
    if name.is_some() || part.kind == Kind::Quoted {
        return name;
    }
    if part.kind == Kind::ResourceType {
        return Some(Choice::sure(Slot::ResourceType));
    }
    let token = tokens.get(index).filter(|token| token.range == part.range)?;
    // All kinds of ARNs are told apart.
    let wanted = BTreeSet::from([Class::KeyArn, Class::VaultArn, Class::RoleArn, Class::OtherArn]);
    let class = class(token, &before, &wanted)?;
    // The prefix of a service is in lower case; `S3ServiceException:Access` is something else.
    let is_other = class == Class::Action && !value.starts_with(|c: char| c.is_ascii_lowercase());
    if is_other { None } else { slot_of_class(class, value, &before) }
}

fn slot_of_class(class: Class, value: &str, before: &[String]) -> Option<Choice> {
    let follows = |words: &[&str]| before.iter().take(2).any(|word| words.contains(&word.as_str()));
    let choice = match class {
        Class::Account if follows(&["management", "verwaltungskonto"]) => {
            Choice::sure(Slot::ManagementAccount)
        }
        Class::Account => Choice::sided(before, Slot::SourceAccount, Slot::DestinationAccount),
        Class::Region => Choice::sided(before, Slot::SourceRegion, Slot::DestinationRegion),
        Class::VaultName => Choice::sided(before, Slot::SourceVault, Slot::DestinationVault),
        Class::VaultArn => Choice::sided(before, Slot::SourceVaultArn, Slot::DestinationVaultArn),
        Class::KeyArn => Choice::sided(before, Slot::SourceKeyArn, Slot::DestinationKeyArn),
        Class::RoleArn => Choice::sure(Slot::RoleArn),
        Class::PrincipalArn => Choice::sure(Slot::PrincipalArn),
        Class::PolicyArn => Choice::sure(Slot::PolicyArn),
        Class::OtherArn => Choice::sure(slot_of_arn(value, before)),
        Class::Action => Choice::sure(Slot::DeniedAction),
        Class::Limit => Choice::sure(Slot::Limit),
        Class::Image => Choice::sure(Slot::ImageId),
        Class::Snapshot => Choice::sure(Slot::SnapshotId),
        Class::Encoded => Choice::sure(Slot::EncodedMessage),
        Class::TagKey => Choice::sure(Slot::TagKey),
        Class::ResourceType => Choice::sure(Slot::ResourceType),
        // A UUID may be the id of anything.
        Class::Job if follows(&["job", "auftrag", "kopierauftrag", "kopierauftrags"]) => {
            Choice::sure(Slot::CopyJobId)
        }
        Class::Job => return None,
    };
    Some(choice)
}

/// The slot for the ARN of what a message is about.
fn slot_of_arn(value: &str, before: &[String]) -> Slot {
    /// How the resources of recovery points begin.
    const RECOVERY_POINTS: &[&str] =
        &["recovery-point:", "snapshot/", "snapshot:", "image/", "cluster-snapshot:", "awsbackup/"];
    let resource = Arn::split(value).map_or("", |arn| arn.resource);
    if before.first().is_some_and(|word| word == "on" || word == "auf") {
        Slot::DeniedResourceArn
    } else if RECOVERY_POINTS.iter().any(|beginning| resource.starts_with(beginning)) {
        Slot::RecoveryPointArn
    } else {
        Slot::ResourceArn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::tokens::tokens;
    use crate::cluster::parts;

    /// The slots of the parts that are no words.
    #[track_caller]
    fn has(text: &str, expected: &[Option<(&str, bool)>]) {
        let tokens = tokens(text);
        let found: Vec<_> = parts(text)
            .iter()
            .filter(|part| part.is_free())
            .map(|part| slot_of(text, &tokens, part).map(|choice| (choice.slot.name(), choice.is_guess)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn type_and_the_words_before_choose_the_slot() {
        has(
            "from eu-west-1 to eu-west-2",
            &[Some(("source_region", false)), Some(("destination_region", false))],
        );
        has("account 111122223333 is odd", &[Some(("source_account", true))]);
        has("management account 111122223333", &[Some(("management_account", false))]);
        has(
            "tag key 'Cost Center' in target vault \"dr\"",
            &[Some(("tag_key", false)), Some(("destination_vault", false))],
        );
        has("quota of 50,000 is reached after 3 days", &[Some(("limit", false)), None]);
        has("copy job 1234abcd-12ab-34cd-56ef-1234567890ab", &[Some(("copy_job_id", false))]);
        has("request 1234abcd-12ab-34cd-56ef-1234567890ab by 'alice'", &[None, None]);
        has(
            "role arn:aws:iam::111122223333:role/x on arn:aws:s3:::x",
            &[Some(("role_arn", false)), Some(("denied_resource_arn", false))],
        );
        has("KMS key 'alias/x' and Tag-Schlüssel 'x'", &[None, Some(("tag_key", false))]);
        has("key arn:aws:kms:eu-west-1:111122223333:key/1234abcd", &[Some(("source_key_arn", true))]);
    }
}
