//! What values look like, whatever title they have.

use crate::identifier::is_uuid;
use crate::record::{State, parse_time};

/// Whether a text is a UUID or the beginning of one, with its first group at least.
pub(super) fn begins_uuid(text: &str) -> bool {
    const ANY: &str = "00000000-0000-0000-0000-000000000000";
    text.len() > 8 && ANY.get(text.len()..).is_some_and(|rest| is_uuid(&[text, rest].concat()))
}

/// Whether a text is a state or the beginning of one.
pub(super) fn begins_state(text: &str) -> bool {
    let begins = |name: &str| name.get(..text.len()).is_some_and(|it| it.eq_ignore_ascii_case(text));
    State::known_names().any(begins)
}

/// A message is a sentence: some words, not a number or a name.
pub(super) fn is_message(cell: &str) -> bool {
    cell.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() >= 3
}

/// Whether a text is a time, as anything writes one.
pub(super) fn looks_like_time(cell: &str) -> bool {
    cell.len() >= 8
        && cell.contains(['-', ':', '.', '/'])
        && cell.starts_with(|c: char| c.is_ascii_digit())
        && cell.chars().filter(char::is_ascii_digit).count() >= 6
        && parse_time(cell).is_some()
}

/// What AWS Backup calls the resources that it copies. Source: `GetSupportedResourceTypes` and the list of
/// supported resources in the developer guide.
pub(super) const RESOURCE_TYPES: &[&str] = &[
    "Aurora",
    "CloudFormation",
    "DocumentDB",
    "DynamoDB",
    "EBS",
    "EC2",
    "EFS",
    "EKS",
    "FSx",
    "Neptune",
    "RDS",
    "Redshift",
    "Redshift Serverless",
    "S3",
    "SAP HANA on Amazon EC2",
    "Storage Gateway",
    "Timestream",
    "VirtualMachine",
];
