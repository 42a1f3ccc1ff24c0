//! AWS identifiers: which texts are account ids, Regions, vault names and ARNs, and what an ARN says.
//!
//! The checks are stricter than AWS where strictness is safety: a value that passes may stand in a
//! policy or a shell command as it is. Wildcards, quotes, spaces and `$` never pass.

/// Whether `text` is an AWS account id: twelve ASCII digits.
///
/// ```
/// assert!(copydoctor::identifier::is_account_id("111122223333"));
/// assert!(!copydoctor::identifier::is_account_id("1112233445566"));
/// ```
#[must_use]
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` is of letters, digits and hyphens. A hyphen in front would make an option of it in a command.
pub(crate) fn is_hyphenated(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether `text` is a UUID: 32 hexadecimal digits of either case with hyphens in their places.
///
/// ```
/// assert!(copydoctor::identifier::is_uuid("47C8EF56-74D8-059D-1301-C5BE1D5C926E"));
/// assert!(!copydoctor::identifier::is_uuid("47C8EF56-74D8-059D-1301C5BE1D5C926E"));
/// ```
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Whether `text` has the shape of a Region code, such as `eu-central-1` or `us-gov-west-1`.
///
/// The shape is checked, not a list: a new Region must not need a new release.
///
/// ```
/// assert!(copydoctor::identifier::is_region("ap-southeast-2"));
/// assert!(!copydoctor::identifier::is_region("EU (Frankfurt)"));
/// ```
#[must_use]
pub fn is_region(text: &str) -> bool {
    let Some((area, number)) = text.rsplit_once('-') else {
        return false;
    };
    let words: Vec<&str> = area.split('-').collect();
    (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| (2..=12).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The partition that a Region belongs to, which every ARN in it begins with.
///
/// Source: the partition definitions that AWS ships with its SDKs (`botocore/data/partitions.json`).
///
/// ```
/// assert_eq!(copydoctor::identifier::partition_of_region("cn-north-1"), "aws-cn");
/// assert_eq!(copydoctor::identifier::partition_of_region("eu-west-1"), "aws");
/// ```
#[must_use]
pub fn partition_of_region(region: &str) -> &'static str {
    const BY_PREFIX: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    BY_PREFIX.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, partition)| partition)
}

/// Whether `text` can be the name of a backup vault: 2 to 50 letters, digits, hyphens or underscores.
///
/// Source: `BackupVaultName` in the AWS Backup API reference.
#[must_use]
pub fn is_vault_name(text: &str) -> bool {
    (2..=50).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Whether `text` can be the name of an IAM role: 1 to 64 characters of `A-Z a-z 0-9 + = , . @ _ -`.
#[must_use]
pub fn is_role_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte))
}

/// An Amazon Resource Name, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub partition: &'a str,
    /// The service's prefix, such as `kms`.
    pub service: &'a str,
    /// The Region, empty for global services.
    pub region: &'a str,
    /// The owner's account id, empty where the service leaves it out (EC2 snapshots and images).
    pub account: &'a str,
    /// Everything after the account: `key/1234…`, `backup-vault:prod`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart, or gives `None` where `text` is none, or is one with characters that could
    /// mean something to a shell or a policy (`*`, `?`, `$`, quotes, spaces).
    ///
    /// ```
    /// use copydoctor::identifier::Arn;
    /// let arn = Arn::parse("arn:aws:backup:eu-west-1:111122223333:backup-vault:prod").unwrap();
    /// assert_eq!((arn.region, arn.account), ("eu-west-1", "111122223333"));
    /// assert!(Arn::parse("arn:aws:kms:eu-west-1:111122223333:key/*").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::split(text).filter(Self::is_safe)
    }

    /// Takes an ARN apart without checking its parts: to show what a file says, not to act on it. (AWS's own
    /// documentation has accounts of 13 digits.)
    #[must_use]
    pub fn split(text: &'a str) -> Option<Self> {
        let mut fields = text.splitn(6, ':');
        if fields.next() != Some("arn") {
            return None;
        }
        Some(Self {
            partition: fields.next()?,
            service: fields.next()?,
            region: fields.next()?,
            account: fields.next()?,
            resource: fields.next()?,
        })
    }

    fn is_safe(&self) -> bool {
        let safe = |field: &str, extra: &[u8]| {
            !field.is_empty()
                && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || extra.contains(&byte))
        };
        let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
        (self.partition == "aws" || self.partition.starts_with("aws-"))
            && self.partition.split('-').all(is_word)
            && safe(self.service, b"-")
            && (self.region.is_empty() || is_region(self.region))
            && (self.account.is_empty() || is_account_id(self.account))
            && safe(self.resource, b":/_.+=,@-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_every_partition_are_regions() {
        for (region, partition) in [
            ("eu-central-1", "aws"),
            ("mx-central-1", "aws"),
            ("cn-northwest-1", "aws-cn"),
            ("us-gov-east-1", "aws-us-gov"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            assert!(is_region(region), "{region}");
            assert_eq!(partition_of_region(region), partition, "{region}");
        }
    }

    #[test]
    fn what_is_not_a_region_is_none() {
        for text in ["", "eu", "eu-1", "EU-WEST-1", "eu-west-", "eu-west-123", "eu west 1", "x-xx-1"] {
            assert!(!is_region(text), "{text}");
        }
    }

    #[test]
    fn an_arn_that_could_widen_a_policy_or_break_out_of_a_command_is_none() {
        for text in [
            "arn:aws:kms:eu-west-1:111122223333:key/*",
            "arn:aws:kms:eu-west-1:111122223333:key/$(id)",
            "arn:aws:kms:eu-west-1:111122223333:key/a;b",
            "arn:aws:kms:eu-west-1:111122223333:key/a b",
            "arn:aws:kms:*:111122223333:key/a",
            "arn:aws:kms:eu-west-1:1:key/a",
            "arn:aws:kms:eu-west-1:111122223333:",
            "arn:gcp:kms:eu-west-1:111122223333:key/a",
            "arn:aws:kms",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_account_may_be_missing_as_in_snapshots() {
        let arn = Arn::parse("arn:aws:ec2:us-east-1::snapshot/snap-03886bc8d6ef3a1f9");
        assert_eq!(arn.map(|arn| (arn.account, arn.resource)), Some(("", "snapshot/snap-03886bc8d6ef3a1f9")));
    }
}
