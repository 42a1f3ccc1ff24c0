//! What is AWS's own and stays: names that every account has, hosts, and the words of its messages.

use crate::catalogue::Catalogue;

/// Names that AWS gives in every account.
const NAMES: &[&str] =
    &["*", "aws", "aws-service-role", "AWSBackupDefaultServiceRole", "Default", "root", "service-role"];

/// How names begin that AWS gives: of automatic backup plans and vaults, of tags, of managed keys.
const BEGINNINGS: &[&str] = &["aws/", "aws:", "alias/aws/"];

/// How the names of roles begin that services make.
const SERVICE_LINKED: &str = "AWSServiceRoleFor";

/// Words that are AWS's wherever they stand, beside those of the catalogue: a vault may be called so, too.
const WORDS: &[&str] = &[
    "aurora",
    "aws",
    "cloudformation",
    "dsql",
    "documentdb",
    "dynamodb",
    "ebs",
    "ec2",
    "efs",
    "eks",
    "fsx",
    "iam",
    "kms",
    "neptune",
    "rds",
    "redshift",
    "s3",
    "sap hana on amazon ec2",
    "storage gateway",
    "sts",
    "timestream",
    "virtualmachine",
    "virtual machine",
    "vss",
    "backup",
    "backups",
    "restore",
    "copy",
    "job",
    "jobs",
    "vault",
    "snapshot",
    "volume",
    "error",
    "failed",
    "available",
    "none",
    "null",
    "true",
    "false",
    "unknown",
    "n/a",
];

/// The first words of Regions, those between, and the last before the number. A vault may be called `finance-prod-1`, which
/// has the shape of a Region and is none.
pub(super) const AREAS: &[&str] = &["af", "ap", "ca", "cn", "eu", "eusc", "il", "me", "mx", "sa", "us"];
pub(super) const PARTS_OF_AREAS: &[&str] = &["de", "gov", "iso", "isob", "isoe", "isof"];
pub(super) const DIRECTIONS: &[&str] =
    &["central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];

/// Whether the text is a Region without doubt.
pub(super) fn is_region(text: &str) -> bool {
    let words: Vec<&str> = text.split('-').collect();
    match words.as_slice() {
        [area, between @ .., direction, number] => {
            AREAS.contains(area)
                && between.len() <= 1
                && between.iter().all(|part| PARTS_OF_AREAS.contains(part))
                && DIRECTIONS.contains(direction)
                && (1..=2).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether AWS gave the name, and not its user.
pub(super) fn is_name(name: &str) -> bool {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_service = name.strip_suffix(".amazonaws.com").is_some_and(|service| service.bytes().all(is_small));
    // What stands behind an underscore is a suffix that a user chose.
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric();
    let is_of_service =
        name.strip_prefix(SERVICE_LINKED).is_some_and(|service| service.bytes().all(is_letter));
    NAMES.contains(&name)
        || beginning(name).is_some()
        || is_service
        || is_of_service
        || is_region(name)
        || !name.contains(char::is_alphanumeric)
}

/// How a name begins that AWS gives, and the rest, in which a user's may stand all the same.
pub(super) fn beginning(name: &str) -> Option<(&str, &str)> {
    BEGINNINGS.iter().find(|beginning| name.starts_with(**beginning)).map(|own| name.split_at(own.len()))
}

/// Whether a host is one of AWS's public pages or the domain of its services, of which nothing is private. The console's
/// pages are named after what they show.
pub(super) fn is_host(host: &str) -> bool {
    const HOSTS: &[&str] = &[
        "amazon.com",
        "amazonaws.com",
        "aws.amazon.com",
        "docs.amazonaws.cn",
        "docs.aws.amazon.com",
        "repost.aws",
        "www.repost.aws",
    ];
    HOSTS.contains(&host.to_ascii_lowercase().as_str())
}

/// The words that AWS's messages are made of, in lower case.
#[derive(Debug, Clone)]
pub(super) struct Words(String);

impl Words {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let wordings = catalogue.root_causes().iter().flat_map(|cause| &cause.patterns);
        let texts: Vec<String> = wordings.map(|wording| wording.pattern.text().to_lowercase()).collect();
        Self(texts.join("\n"))
    }

    /// Whether the name is a word, or are words, that AWS uses itself: in a message nobody could tell which is meant.
    pub(super) fn contains(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        if WORDS.contains(&name.as_str()) {
            return true;
        }
        // What is in braces is a placeholder's name.
        let ends = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '}'));
        self.0.match_indices(&name).any(|(at, found)| {
            let before = self.0.get(..at).unwrap_or_default();
            let behind = self.0.get(at + found.len()..).unwrap_or_default();
            ends(before.chars().next_back()) && ends(behind.chars().next())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_account_has_is_awss() {
        for name in ["Default", "AWSServiceRoleForBackup", "aws/efs/automatic-backup-vault", "eu-west-1", "*"]
        {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "finance-prod-1",
            "AWSServiceRoleForAutoScaling_payroll",
            "payroll.s3.amazonaws.com",
            "prod",
            "default-vault",
            "AWSBackup-prod",
            "AWSReservedSSO_Admin_0123456789abcdef",
            "AWSServiceRoleForBackup-payroll",
            "Payroll.amazonaws.com",
        ] {
            assert!(!is_name(name), "{name}");
        }
        assert!(is_host("docs.aws.amazon.com") && is_host("repost.aws"));
        assert!(is_name("us-gov-west-1") && is_name("eusc-de-east-1") && is_name("backup.amazonaws.com"));
        assert!(!is_host("acme.signin.aws.amazon.com"));
        assert!(!is_host("notamazon.com") && !is_host("bucket.s3.amazonaws.com"));
    }

    #[test]
    fn words_of_messages_are_awss_and_names_are_not() {
        let words = Words::of(&Catalogue::builtin());
        for word in ["Backup", "copy", "Access Denied", "Tresor", "EBS"] {
            assert!(words.contains(word), "{word}");
        }
        for name in ["prod", "finance", "source_account", "tag_key", "opy"] {
            assert!(!words.contains(name), "{name}");
        }
    }
}
