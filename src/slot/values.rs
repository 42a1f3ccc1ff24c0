//! What is known of a job, by slot: given, read from its record or its message, or derived.

use std::collections::BTreeMap;

use super::{Kind, Slot, UnfitValue};
use crate::identifier::{Arn, partition_of_region};
use crate::record::Record;

/// The slots that tell of one vault.
struct Vault {
    arn: Slot,
    name: Slot,
    region: Slot,
    account: Slot,
}

const VAULTS: [Vault; 2] = [
    Vault {
        arn: Slot::SourceVaultArn,
        name: Slot::SourceVault,
        region: Slot::SourceRegion,
        account: Slot::SourceAccount,
    },
    Vault {
        arn: Slot::DestinationVaultArn,
        name: Slot::DestinationVault,
        region: Slot::DestinationRegion,
        account: Slot::DestinationAccount,
    },
];

/// Values for slots. Every value is of its slot's type.
///
/// ```
/// use copydoctor::{Slot, SlotValues};
/// let mut values = SlotValues::default();
/// values.set(Slot::SourceAccount, "111122223333").unwrap();
/// assert!(values.set(Slot::DestinationAccount, "*").is_err());
/// assert_eq!(values.get(Slot::SourceAccount), Some("111122223333"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotValues {
    values: BTreeMap<Slot, String>,
}

impl SlotValues {
    /// What a record knows. Values that are not of their slot's type are left out.
    #[must_use]
    pub fn of_record(record: &Record) -> Self {
        let mut values = Self::default();
        for (slot, value) in [
            (Slot::SourceVaultArn, &record.source_vault_arn),
            (Slot::DestinationVaultArn, &record.destination_vault_arn),
            (Slot::SourceAccount, &record.account_id),
            (Slot::SourceRegion, &record.source_region),
            (Slot::DestinationAccount, &record.destination_account),
            (Slot::DestinationRegion, &record.destination_region),
            (Slot::DestinationKeyArn, &record.destination_key_arn),
            (Slot::RecoveryPointArn, &record.recovery_point_arn),
            (Slot::ResourceArn, &record.resource_arn),
            (Slot::ResourceType, &record.resource_type),
            (Slot::RoleArn, &record.role_arn),
            (Slot::CopyJobId, &record.copy_job_id),
        ] {
            if let Some(value) = value {
                values.offer(slot, value);
            }
        }
        values
    }

    /// A sample for every slot.
    #[must_use]
    pub fn samples() -> Self {
        Self { values: Slot::ALL.iter().map(|slot| (*slot, slot.sample().to_owned())).collect() }
    }

    /// Sets a value, replacing an earlier one.
    ///
    /// # Errors
    /// [`UnfitValue`] where the value is not of the slot's type; then nothing changes.
    pub fn set(&mut self, slot: Slot, value: impl Into<String>) -> Result<(), UnfitValue> {
        let value = value.into();
        if !slot.kind().accepts(&value) {
            return Err(UnfitValue { slot, value });
        }
        self.values.insert(slot, value);
        Ok(())
    }

    /// Sets a value where none is yet and the value fits; otherwise leaves things as they are.
    pub fn offer(&mut self, slot: Slot, value: &str) {
        if !self.values.contains_key(&slot) && slot.kind().accepts(value) {
            self.values.insert(slot, value.to_owned());
        }
    }

    /// Takes over what is missing here from `other`.
    pub fn fill_gaps(&mut self, other: &Self) {
        for (slot, value) in &other.values {
            self.offer(*slot, value);
        }
    }

    /// Takes over what is missing here from what a message says, and derives what follows.
    ///
    /// A message is anybody's text, and whom a policy admits must never be its to say: account ids are
    /// neither taken from it nor derived from an ARN in it.
    pub fn fill_gaps_from_message(&mut self, captures: &Self) {
        for (slot, value) in captures.values.iter().filter(|(slot, _)| slot.kind() != Kind::AccountId) {
            self.offer(*slot, value);
        }
        self.derive_all_but_accounts();
    }

    /// Derives what follows from the values that are there: the partition, accounts, Regions and names
    /// from ARNs, and vault ARNs from their parts.
    pub fn derive(&mut self) {
        for Vault { arn, account, .. } in VAULTS {
            if let Some(owner) = self.arn(arn).map(|arn| arn.account.to_owned()) {
                self.offer(account, &owner);
            }
        }
        self.derive_all_but_accounts();
    }

    fn derive_all_but_accounts(&mut self) {
        for (arn, region) in [
            (Slot::SourceVaultArn, Slot::SourceRegion),
            (Slot::RecoveryPointArn, Slot::SourceRegion),
            (Slot::SourceKeyArn, Slot::SourceRegion),
            (Slot::DestinationVaultArn, Slot::DestinationRegion),
            (Slot::DestinationKeyArn, Slot::DestinationRegion),
        ] {
            if let Some(place) = self.arn(arn).map(|arn| arn.region.to_owned()) {
                self.offer(region, &place);
            }
        }
        for (arn, separator, name) in [
            (Slot::SourceVaultArn, ':', Slot::SourceVault),
            (Slot::DestinationVaultArn, ':', Slot::DestinationVault),
            (Slot::RoleArn, '/', Slot::RoleName),
        ] {
            let last = self.arn(arn).and_then(|arn| arn.resource.rsplit(separator).next().map(str::to_owned));
            if let Some(last) = last {
                self.offer(name, &last);
            }
        }
        let partition = self.partition().to_owned();
        self.offer(Slot::Partition, &partition);
        for Vault { arn, name, region, account } in VAULTS {
            let parts = (self.get(name), self.get(region), self.get(account));
            if let (Some(name), Some(region), Some(account)) = parts {
                let partition = partition_of_region(region);
                let vault = format!("arn:{partition}:backup:{region}:{account}:backup-vault:{name}");
                self.offer(arn, &vault);
            }
        }
    }

    /// The same without the value of a slot.
    #[must_use]
    pub(crate) fn without(&self, slot: Slot) -> Self {
        let mut values = self.clone();
        values.values.remove(&slot);
        values
    }

    /// The value of a slot.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<&str> {
        self.values.get(&slot).map(String::as_str)
    }

    /// All values, in the order of the slots.
    pub fn iter(&self) -> impl Iterator<Item = (Slot, &str)> {
        self.values.iter().map(|(slot, value)| (*slot, value.as_str()))
    }

    fn arn(&self, slot: Slot) -> Option<Arn<'_>> {
        Arn::parse(self.get(slot)?)
    }

    fn partition(&self) -> &str {
        let of_region = [Slot::SourceRegion, Slot::DestinationRegion]
            .into_iter()
            .find_map(|slot| self.get(slot))
            .map(partition_of_region);
        let of_arn = || self.values.values().find_map(|value| Arn::parse(value)).map(|arn| arn.partition);
        of_region.or_else(of_arn).unwrap_or("aws")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Position;

    fn derived(values: &[(Slot, &str)]) -> SlotValues {
        let mut all = SlotValues::default();
        for (slot, value) in values {
            all.set(*slot, *value).expect("the value fits");
        }
        all.derive();
        all
    }

    #[test]
    fn a_vault_arn_tells_name_region_account_and_partition() {
        let values = derived(&[(
            Slot::DestinationVaultArn,
            "arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:dr",
        )]);
        assert_eq!(values.get(Slot::DestinationVault), Some("dr"));
        assert_eq!(values.get(Slot::DestinationRegion), Some("cn-north-1"));
        assert_eq!(values.get(Slot::DestinationAccount), Some("444455556666"));
        assert_eq!(values.get(Slot::Partition), Some("aws-cn"));
    }

    #[test]
    fn name_region_and_account_make_a_vault_arn() {
        let values = derived(&[
            (Slot::DestinationVault, "dr"),
            (Slot::DestinationRegion, "us-gov-west-1"),
            (Slot::DestinationAccount, "444455556666"),
        ]);
        assert_eq!(
            values.get(Slot::DestinationVaultArn),
            Some("arn:aws-us-gov:backup:us-gov-west-1:444455556666:backup-vault:dr")
        );
    }

    #[test]
    fn a_roles_name_is_the_last_part_of_its_path() {
        let values = derived(&[(
            Slot::RoleArn,
            "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole",
        )]);
        assert_eq!(values.get(Slot::RoleName), Some("AWSBackupDefaultServiceRole"));
    }

    #[test]
    fn what_is_given_wins_over_what_is_derived() {
        let values = derived(&[
            (Slot::DestinationAccount, "999988887777"),
            (Slot::DestinationVaultArn, "arn:aws:backup:eu-west-1:444455556666:backup-vault:dr"),
        ]);
        assert_eq!(values.get(Slot::DestinationAccount), Some("999988887777"));
    }

    #[test]
    fn a_record_with_a_damaged_account_id_leaves_the_slot_to_the_arn() {
        let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
        record.account_id = Some("1112233445566".into());
        record.source_vault_arn = Some("arn:aws:backup:eu-west-1:111122223333:backup-vault:prod".into());
        let mut values = SlotValues::of_record(&record);
        values.derive();
        assert_eq!(values.get(Slot::SourceAccount), Some("111122223333"));
    }

    /// Otherwise a made-up message could put its author's account into a key policy.
    #[test]
    fn an_account_never_comes_from_a_message() {
        let mut captures = SlotValues::default();
        for (slot, value) in [
            (Slot::SourceKeyArn, "arn:aws:kms:eu-west-1:666666666666:key/1234abcd"),
            (Slot::DestinationVaultArn, "arn:aws:backup:eu-west-1:666666666666:backup-vault:dr"),
            (Slot::SourceAccount, "666666666666"),
        ] {
            captures.set(slot, value).expect("the value fits");
        }
        let mut values = SlotValues::default();
        values.fill_gaps_from_message(&captures);
        assert_eq!((values.get(Slot::SourceAccount), values.get(Slot::DestinationAccount)), (None, None));
        assert_eq!(values.get(Slot::SourceRegion), Some("eu-west-1"));
    }
}
