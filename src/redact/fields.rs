//! What each field of a record holds, so that none is forgotten: a new field does not compile until it is said here.

use crate::record::Record;

/// What is in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Account,
    /// An ARN, or where a file shortens it a name with this noun.
    Arn(&'static str),
    /// An id or a name, with this noun.
    Name(&'static str),
    Region,
    Text,
    /// The message, which is redacted with its answer.
    Message,
}

macro_rules! fields {
    ($name:ident $($reference:tt)+) => {
        /// Every field with a text in it, and what it holds.
        pub(super) fn $name(record: $($reference)+ Record) -> [($($reference)+ Option<String>, Field); 22] {
            let Record {
                copy_job_id,
                status_message,
                message_category,
                account_id,
                source_region,
                destination_account,
                destination_region,
                source_vault_arn,
                destination_vault_arn,
                recovery_point_arn,
                destination_recovery_point_arn,
                destination_key_arn,
                resource_type,
                resource_arn,
                resource_name,
                role_arn,
                backup_plan_id,
                backup_plan_name,
                backup_rule_id,
                backup_rule_name,
                backup_job_id,
                parent_job_id,
                // These are no options, or no texts.
                file: _,
                position: _,
                state: _,
                is_parent: _,
                created_at: _,
                completed_at: _,
            } = record;
            [
                (copy_job_id, Field::Name("copy-job")),
                (status_message, Field::Message),
                (message_category, Field::Text),
                (account_id, Field::Account),
                (source_region, Field::Region),
                (destination_account, Field::Account),
                (destination_region, Field::Region),
                (source_vault_arn, Field::Arn("vault")),
                (destination_vault_arn, Field::Arn("vault")),
                (recovery_point_arn, Field::Arn("recovery-point")),
                (destination_recovery_point_arn, Field::Arn("recovery-point")),
                (destination_key_arn, Field::Arn("key")),
                (resource_type, Field::Text),
                (resource_arn, Field::Arn("resource")),
                (resource_name, Field::Name("resource")),
                (role_arn, Field::Arn("role")),
                (backup_plan_id, Field::Name("backup-plan")),
                (backup_plan_name, Field::Name("backup-plan")),
                (backup_rule_id, Field::Name("rule")),
                (backup_rule_name, Field::Name("rule")),
                (backup_job_id, Field::Name("backup-job")),
                (parent_job_id, Field::Name("copy-job")),
            ]
        }
    };
}

fields!(fields &);
fields!(fields_mut &mut);
