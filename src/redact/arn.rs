//! What in an ARN is private: the account and every name. Partition, service, Region and the types of resources stay.

use crate::identifier::{is_account_id, is_region};

/// A private part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Account(&'a str),
    /// A name, and the noun that it is known by.
    Name(&'static str, &'a str),
}

/// The types that stand in the resource part of an ARN, with the noun for a name behind each. What is no type is a
/// name: a type that is missing here hides more than it must.
///
/// Source: the resource types of the Service Authorization Reference, for the services that AWS Backup backs up or
/// acts with.
const TYPES: &[(&str, &str)] = &[
    ("access-point", "access-point"),
    ("accesspoint", "access-point"),
    ("account", "account"),
    ("alias", "alias"),
    ("assumed-role", "role"),
    ("backup", "backup"),
    ("backup-plan", "backup-plan"),
    ("backup-vault", "vault"),
    ("backup_policy", "policy"),
    ("cluster", "cluster"),
    ("cluster-snapshot", "snapshot"),
    ("database", "database"),
    ("db", "db"),
    ("export", "export"),
    ("federated-user", "user"),
    ("file-system", "file-system"),
    ("function", "function"),
    ("gateway", "gateway"),
    ("group", "group"),
    ("hypervisor", "hypervisor"),
    ("image", "image"),
    ("index", "index"),
    ("instance", "instance"),
    ("instance-profile", "instance-profile"),
    ("key", "key"),
    ("legal-hold", "legal-hold"),
    ("log-group", "log-group"),
    ("namespace", "namespace"),
    ("network-interface", "network-interface"),
    ("og", "option-group"),
    ("organization", "organization"),
    ("ou", "unit"),
    ("policy", "policy"),
    ("recovery-point", "recovery-point"),
    ("resource-share", "resource-share"),
    ("resource_control_policy", "policy"),
    ("role", "role"),
    ("root", "root"),
    ("rule", "rule"),
    ("secret", "secret"),
    ("security-group", "security-group"),
    ("server", "server"),
    ("service_control_policy", "policy"),
    ("share", "share"),
    ("snapshot", "snapshot"),
    ("stack", "stack"),
    ("storage-virtual-machine", "storage-virtual-machine"),
    ("subgrp", "subnet-group"),
    ("subnet", "subnet"),
    ("table", "table"),
    ("tag_policy", "policy"),
    ("user", "user"),
    ("vm", "vm"),
    ("volume", "volume"),
    ("vpc", "vpc"),
    ("workgroup", "workgroup"),
];

/// What AWS puts in front of the names that it makes.
const MARKS: &[&str] = &["automated", "awsbackup", "cloudformation", "composite", "continuous", "rds"];

/// The types that a resource part may begin with where it stands without its ARN, and be known by.
pub(super) const TELLING_TYPES: &[&str] = &[
    "assumed-role",
    "backup-plan",
    "backup-vault",
    "cluster-snapshot",
    "file-system",
    "instance-profile",
    "recovery-point",
    "service_control_policy",
    "table",
    "alias",
    "federated-user",
    "role",
    "user",
    "key",
];

/// The ARN with what `replace` gives for each of its private parts. AWS's own resources stay as they are.
pub(super) fn rewrite(arn: &str, replace: &mut dyn FnMut(Part<'_>) -> String) -> String {
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let is_of_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-*".contains(&byte);
    let has_account = |field: &str| field.split(|c: char| !c.is_ascii_digit()).any(is_account_id);
    let is_plain = |field: &str| field.bytes().all(is_of_plain) && !has_account(field);
    let is_place = |field: &str| field.is_empty() || field == "*" || is_region(field);
    if let [_, partition, service, region, "aws", resource] = *fields {
        // A text that only looks like an ARN may have anything in it.
        if is_plain(partition) && is_plain(service) && is_place(region) && is_awss_name(resource) {
            return arn.to_owned();
        }
    }
    let service = fields.get(2).copied().unwrap_or_default();
    let fields = fields.iter().enumerate().map(|(index, field)| match index {
        0 => (*field).to_owned(),
        1 | 2 if is_plain(field) => (*field).to_owned(),
        3 if is_place(field) => (*field).to_owned(),
        4 if field.is_empty() || *field == "*" => String::new() + field,
        4 if field.bytes().all(|byte| byte.is_ascii_digit()) => replace(Part::Account(field)),
        5 => resource(service, field, replace),
        _ => replace(Part::Name("name", field)),
    });
    fields.collect::<Vec<_>>().join(":")
}

/// The resource part of an ARN of this service.
pub(super) fn resource(service: &str, text: &str, replace: &mut dyn FnMut(Part<'_>) -> String) -> String {
    let is_awss = ["alias/aws/", "role/aws-service-role/", "aws-service-role/"];
    if is_awss.iter().any(|begin| text.starts_with(begin)) && is_awss_name(text) {
        return text.to_owned();
    }
    let tokens: Vec<&str> = text.split_inclusive([':', '/']).collect();
    let last = tokens.len().saturating_sub(1);
    let mut noun = if service == "s3" { "bucket" } else { "resource" };
    let mut rewritten = String::with_capacity(text.len());
    let mut first_type = "";
    for (index, token) in tokens.iter().enumerate() {
        let name = token.trim_end_matches([':', '/']);
        let separator = token.get(name.len()..).unwrap_or_default();
        let known = TYPES.iter().find(|(own, _)| *own == name).filter(|_| index < last && service != "s3");
        if let Some((own, next)) = known {
            first_type = if first_type.is_empty() { own } else { first_type };
            noun = next;
            rewritten.push_str(token);
            continue;
        }
        if name.is_empty() || (index < last && MARKS.contains(&name)) {
            rewritten.push_str(token);
            continue;
        }
        let is_path = index < last && matches!(first_type, "role" | "user" | "policy" | "instance-profile");
        rewritten.push_str(&replace(Part::Name(if is_path { "path" } else { noun }, name)));
        rewritten.push_str(separator);
        noun = match (service, first_type) {
            ("s3", _) => "object",
            (_, "assumed-role") => "session",
            _ => noun,
        };
    }
    rewritten
}

/// Whether a resource part has only what AWS puts into its own names.
fn is_awss_name(resource: &str) -> bool {
    resource.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/*+=,@".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ARN with its private parts in brackets.
    #[track_caller]
    fn is(arn: &str, expected: &str) {
        let rewritten = rewrite(arn, &mut |part| match part {
            Part::Account(id) => format!("[{id}]"),
            Part::Name(noun, name) => format!("[{noun} {name}]"),
        });
        assert_eq!(rewritten, expected);
    }

    #[test]
    fn names_and_accounts_are_private_and_types_are_not() {
        is(
            "arn:aws:backup:eu-west-1:1234:backup-vault:prod",
            "arn:aws:backup:eu-west-1:[1234]:backup-vault:[vault prod]",
        );
        is("arn:aws:iam::1234:role/service-role/X", "arn:aws:iam::[1234]:role/[path service-role]/[role X]");
        is(
            "arn:aws:sts::1234:assumed-role/Admin/bob",
            "arn:aws:sts::[1234]:assumed-role/[role Admin]/[session bob]",
        );
        is("arn:aws:ec2:eu-west-1::snapshot/snap-1", "arn:aws:ec2:eu-west-1::snapshot/[snapshot snap-1]");
        is("arn:aws:s3:::acme/a/b", "arn:aws:s3:::[bucket acme]/[object a]/[object b]");
        is(
            "arn:aws:rds:eu-west-1:1:snapshot:awsbackup:job-1",
            "arn:aws:rds:eu-west-1:[1]:snapshot:awsbackup:[snapshot job-1]",
        );
        is(
            "arn:aws:dynamodb:eu-west-1:1:table/Bills/backup/01",
            "arn:aws:dynamodb:eu-west-1:[1]:table/[table Bills]/backup/[backup 01]",
        );
        is("arn:aws:sns:eu-west-1:1:alarms", "arn:aws:sns:eu-west-1:[1]:[resource alarms]");
    }

    #[test]
    fn an_account_or_a_name_in_the_place_of_a_service_is_private() {
        is("arn:aws:111122223333:x", "arn:aws:[name 111122223333]:[name x]");
        is("arn:acct-111122223333:kms:", "arn:[name acct-111122223333]:kms:");
        is("arn:aws:Payroll:eu-west-1:1:x", "arn:aws:[name Payroll]:eu-west-1:[1]:[resource x]");
    }

    #[test]
    fn a_name_that_looks_like_a_type_is_a_name_where_a_name_stands() {
        is(
            "arn:aws:backup:eu-west-1:1:backup-vault:table",
            "arn:aws:backup:eu-west-1:[1]:backup-vault:[vault table]",
        );
    }

    #[test]
    fn the_marks_of_aws_backup_stay() {
        is(
            "arn:aws:backup:eu-west-1:1:recovery-point:composite:cloudformation/shop-1",
            "arn:aws:backup:eu-west-1:[1]:recovery-point:composite:cloudformation/[recovery-point shop-1]",
        );
    }

    #[test]
    fn what_is_awss_stays() {
        for arn in [
            "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
            "arn:aws:kms:eu-west-1::alias/aws/ebs",
            "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
        ] {
            is(arn, arn);
        }
    }

    /// What looked like an ARN of AWS's own was left as it is, whatever else was in it.
    #[test]
    fn a_text_that_only_looks_like_an_arn_of_awss_hides_what_it_has() {
        is("arn:aws:of 'acme': no:aws:x", "arn:aws:[name of 'acme']:[name  no]:[name aws]:[resource x]");
        is("arn:aws:iam::aws:role of acme", "arn:aws:iam::[name aws]:[resource role of acme]");
        is("arn:aws:kms:::alias/aws/ebs of acme", "arn:aws:kms:::alias/[alias aws]/[alias ebs of acme]");
        is(
            "arn:aws:iam::1:role/acme/aws-service-role/x",
            "arn:aws:iam::[1]:role/[path acme]/[path aws-service-role]/[role x]",
        );
    }

    #[test]
    fn what_is_cut_off_or_no_arn_hides_what_it_has() {
        is("arn:aws:iam::11112", "arn:aws:iam::[11112]");
        is("arn:aws:ac me", "arn:aws:[name ac me]");
        is("arn:aws:kms:acme:x1:key/y", "arn:aws:kms:[name acme]:[name x1]:key/[key y]");
    }
}
