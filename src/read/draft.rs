//! A record while it is put together: what a file says of one copy job, field by field.

use std::sync::Arc;

use super::field::Field;
use crate::identifier::is_uuid;
use crate::record::{Position, Record, State, parse_time};

/// Collects the fields of a job. What the file says last of a field holds.
#[derive(Debug)]
pub(super) struct Draft {
    record: Record,
    /// The id, state and message under names that people gave them.
    maybe_id: Option<String>,
    maybe_state: Option<State>,
    maybe_message: Option<String>,
}

impl Draft {
    pub(super) fn new(file: Arc<str>, position: Position) -> Self {
        Self { record: Record::new(file, position), maybe_id: None, maybe_state: None, maybe_message: None }
    }

    pub(super) fn file(&self) -> Arc<str> {
        Arc::clone(&self.record.file)
    }

    pub(super) fn position(&self) -> Position {
        self.record.position
    }

    /// Puts in what a field says; the ways in which tools write that there is no value say nothing.
    pub(super) fn put(&mut self, field: Field, text: String) {
        if is_missing(&text) {
            return;
        }
        let record = &mut self.record;
        let place = match field {
            Field::State => return record.state = State::parse(&text),
            Field::MaybeState => return self.maybe_state = Some(State::parse(&text)),
            Field::CreatedAt => return record.created_at = parse_time(&text),
            Field::CompletedAt => return record.completed_at = parse_time(&text),
            Field::IsParent => return record.is_parent = text.eq_ignore_ascii_case("true"),
            Field::AccountId => return record.account_id = account(text),
            Field::MaybeId => &mut self.maybe_id,
            Field::MaybeMessage => &mut self.maybe_message,
            Field::MaybePlace | Field::MaybeSource => return self.place(field, text),
            Field::CopyJobId => &mut record.copy_job_id,
            Field::StatusMessage => &mut record.status_message,
            Field::MessageCategory => &mut record.message_category,
            Field::Region => &mut record.source_region,
            Field::SourceVaultArn => &mut record.source_vault_arn,
            Field::DestinationVaultArn => &mut record.destination_vault_arn,
            Field::RecoveryPointArn => &mut record.recovery_point_arn,
            Field::DestinationRecoveryPointArn => &mut record.destination_recovery_point_arn,
            Field::DestinationKeyArn => &mut record.destination_key_arn,
            Field::ResourceType => &mut record.resource_type,
            Field::ResourceArn => &mut record.resource_arn,
            Field::ResourceName => &mut record.resource_name,
            Field::RoleArn => &mut record.role_arn,
            Field::BackupPlanId => &mut record.backup_plan_id,
            Field::BackupPlanName => &mut record.backup_plan_name,
            Field::BackupRuleId => &mut record.backup_rule_id,
            Field::BackupRuleName => &mut record.backup_rule_name,
            Field::BackupJobId => &mut record.backup_job_id,
            Field::ParentJobId => &mut record.parent_job_id,
            _ => return,
        };
        *place = Some(text);
    }

    /// A place under a name that people gave it, such as `Destination`, is known by its ARN.
    fn place(&mut self, field: Field, text: String) {
        if text.contains(":backup-vault:") {
            let is_source = field == Field::MaybeSource;
            let record = &mut self.record;
            let vault =
                if is_source { &mut record.source_vault_arn } else { &mut record.destination_vault_arn };
            vault.get_or_insert(text);
        } else if text.starts_with("arn:") {
            self.record.resource_arn.get_or_insert(text);
        }
    }

    /// Takes over what another draft says and this one does not: what stands around a job, such as an event's
    /// account.
    pub(super) fn fill_gaps(&mut self, around: Self) {
        let (record, other) = (&mut self.record, around.record);
        if record.state == State::Unknown {
            record.state = other.state;
        }
        record.is_parent |= other.is_parent;
        record.created_at = record.created_at.or(other.created_at);
        record.completed_at = record.completed_at.or(other.completed_at);
        macro_rules! fill {
            ($($field:ident),*) => { $(record.$field = record.$field.take().or(other.$field);)* };
        }
        fill!(
            copy_job_id,
            status_message,
            message_category,
            account_id,
            source_region,
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
            parent_job_id
        );
    }

    /// Whether what was put in tells of a copy job: how it stands, and which job it is or why it failed.
    pub(super) fn tells_of_a_job(&self) -> bool {
        let record = &self.record;
        let has_id = self.has_id();
        let has_message = record.status_message.is_some() || self.maybe_message.is_some();
        let has_state = self.has_state();
        (has_id && (has_state || has_message)) || (has_state && (has_message || self.has_vault()))
    }

    /// Whether an id was put in, under a name of people's own only one that is of AWS's shape.
    pub(super) fn has_id(&self) -> bool {
        self.record.copy_job_id.is_some() || self.maybe_id.as_deref().is_some_and(is_uuid)
    }

    /// Whether a state was put in, under a name of people's own only one that AWS has.
    pub(super) fn has_state(&self) -> bool {
        let own = self.maybe_state.as_ref().is_some_and(|state| State::is_known_name(state.as_str()));
        own || self.record.state != State::Unknown
    }

    /// Whether all that was put in names types of values and no values: AWS's documentation shows a job so, and Terraform
    /// writes it beside the jobs themselves.
    pub(super) fn is_of_types(&self) -> bool {
        let is_type = |text: &str| text.eq_ignore_ascii_case("string");
        let is_none_or_type = |text: &Option<String>| text.as_deref().is_none_or(is_type);
        let record = &self.record;
        matches!(&record.state, State::Other(name) if is_type(name))
            && [&record.copy_job_id, &record.status_message, &self.maybe_id, &self.maybe_message]
                .into_iter()
                .all(is_none_or_type)
    }

    /// Whether the state says that something went wrong.
    pub(super) fn is_failure(&self) -> bool {
        self.record.state.is_failure() || self.maybe_state.as_ref().is_some_and(State::is_failure)
    }

    /// Whether a vault was put in.
    pub(super) fn has_vault(&self) -> bool {
        self.record.source_vault_arn.is_some() || self.record.destination_vault_arn.is_some()
    }

    /// The record, completed from what its ARNs and the fields with names of people's own say.
    pub(super) fn finish(mut self) -> Record {
        let record = &mut self.record;
        if record.copy_job_id.is_none() {
            record.copy_job_id = self.maybe_id.filter(|id| is_uuid(id));
        }
        if record.state == State::Unknown {
            record.state = self.maybe_state.unwrap_or(State::Unknown);
        }
        if record.status_message.is_none() {
            record.status_message = self.maybe_message;
        }
        record.complete_from_arns();
        self.record
    }
}

/// The ways in which tools write that there is no value.
pub(super) fn is_missing(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "None"
            | "null"
            | "NULL"
            | "NaN"
            | "nan"
            | "NaT"
            | "<NA>"
            | "-"
            | "--"
            | "–"
            | "—"
            | "NA"
            | "N/A"
            | "n/a"
            | "\\N"
            | "undefined"
            | "nil"
            | "<nil>"
            | "<none>"
            | "{}"
            | "[]"
    )
}

/// An account's id as it was before a spreadsheet took it for a number: leading zeros are put back, and what was
/// rounded (`1.11E+11`) is dropped, so that it is taken from an ARN.
fn account(text: String) -> Option<String> {
    const DIGITS: usize = 12;
    let text = text.trim().trim_matches(['\'', '"', '=']);
    let whole = text.strip_suffix(".0").unwrap_or(text);
    match whole.len() {
        _ if !whole.bytes().all(|byte| byte.is_ascii_digit()) => {
            let is_rounded = whole.starts_with(|c: char| c.is_ascii_digit()) && whole.contains(['E', 'e']);
            (!is_rounded).then(|| text.to_owned())
        }
        9..DIGITS => Some(format!("{whole:0>DIGITS$}")),
        _ => Some(whole.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(fields: &[(Field, &str)]) -> Draft {
        let mut draft = Draft::new("-".into(), Position { line: 1, column: 1 });
        for (field, text) in fields {
            draft.put(*field, (*text).to_owned());
        }
        draft
    }

    #[test]
    fn an_account_that_a_spreadsheet_damaged_is_mended_or_taken_from_an_arn() {
        for (written, read) in [
            ("111122223333", Some("111122223333")),
            ("12345678901", Some("012345678901")),
            ("111122223333.0", Some("111122223333")),
            ("=\"012345678901\"", Some("012345678901")),
            ("1112233445566", Some("1112233445566")),
            ("1.11122E+11", None),
        ] {
            let record = draft(&[(Field::AccountId, written)]).finish();
            assert_eq!(record.account_id.as_deref(), read, "{written}");
        }
        let vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod";
        let record = draft(&[(Field::AccountId, "1.11122E+11"), (Field::SourceVaultArn, vault)]).finish();
        assert_eq!(record.account_id.as_deref(), Some("111122223333"));
    }

    #[test]
    fn a_job_is_known_by_its_id_or_its_state_and_by_something_else_that_tells() {
        let id = (Field::CopyJobId, "A");
        let (state, message) = ((Field::State, "COMPLETED"), (Field::StatusMessage, "no"));
        let vault = (Field::DestinationVaultArn, "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr");
        let other = (Field::ResourceType, "EBS");
        for fields in [[id, state], [id, message], [state, message], [state, vault]] {
            assert!(draft(&fields).tells_of_a_job(), "{fields:?}");
        }
        for fields in [[id, vault], [message, vault], [state, other], [id, other], [message, other]] {
            assert!(!draft(&fields).tells_of_a_job(), "{fields:?}");
        }
    }

    #[test]
    fn what_stands_around_a_job_fills_its_gaps() {
        let mut job = draft(&[(Field::CopyJobId, "A"), (Field::ResourceType, "EBS")]);
        job.fill_gaps(draft(&[
            (Field::IsParent, "true"),
            (Field::ResourceType, "EC2"),
            (Field::RoleArn, "R"),
        ]));
        let record = job.finish();
        assert!(record.is_parent);
        assert_eq!((record.resource_type.as_deref(), record.role_arn.as_deref()), (Some("EBS"), Some("R")));
    }

    #[test]
    fn a_job_whose_values_are_names_of_types_is_none() {
        let (id, state, message) =
            ((Field::CopyJobId, "string"), (Field::State, "string"), (Field::StatusMessage, "string"));
        for fields in [&[id, state, message] as &[_], &[state], &[state, (Field::AccountId, "string")]] {
            assert!(draft(fields).is_of_types(), "{fields:?}");
        }
        let value = [(Field::CopyJobId, "A"), (Field::State, "FAILED"), (Field::StatusMessage, "No key")];
        for fields in [[value[0], state, message], [id, value[1], message], [id, state, value[2]]] {
            assert!(!draft(&fields).is_of_types(), "{fields:?}");
        }
    }

    #[test]
    fn a_failure_is_one_under_any_name() {
        for (field, state, is_failure) in [
            (Field::State, "FAILED", true),
            (Field::MaybeState, "failed", true),
            (Field::State, "COMPLETED", false),
        ] {
            assert_eq!(draft(&[(field, state)]).is_failure(), is_failure, "{field:?} {state}");
        }
    }

    #[test]
    fn names_of_peoples_own_count_where_there_is_no_proper_one() {
        let id = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
        let own = draft(&[
            (Field::MaybeId, id),
            (Field::MaybeState, "failed"),
            (Field::MaybeMessage, "no"),
            (Field::MaybePlace, "arn:aws:backup:eu-west-1:111122223333:backup-vault:dr"),
        ]);
        assert!(own.tells_of_a_job());
        let record = own.finish();
        assert_eq!((record.copy_job_id.as_deref(), &record.state), (Some(id), &State::Failed));
        assert_eq!(record.destination_region.as_deref(), Some("eu-west-1"));
        let proper = draft(&[(Field::StatusMessage, "why"), (Field::MaybeMessage, "no")]).finish();
        assert_eq!(proper.status_message.as_deref(), Some("why"));
    }

    /// The first vault was the destination, whatever its name.
    #[test]
    fn a_place_that_is_the_source_by_its_name_is_no_destination() {
        let vault = |name: &str| format!("arn:aws:backup:eu-west-1:111122223333:backup-vault:{name}");
        for (source, destination) in [("Source vault", "Destination vault"), ("Quelle", "Ziel")] {
            let of = |name: &str| Field::of(name.as_bytes());
            let record = draft(&[(of(source), &vault("prod")), (of(destination), &vault("dr"))]).finish();
            assert_eq!(record.source_vault_arn, Some(vault("prod")));
            assert_eq!(record.destination_vault_arn, Some(vault("dr")));
        }
        let database = "arn:aws:rds:eu-west-1:111122223333:db:orders";
        assert_eq!(draft(&[(Field::MaybeSource, database)]).finish().resource_arn.as_deref(), Some(database));
    }

    #[test]
    fn what_a_tool_writes_for_no_value_is_none() {
        for text in ["", " ", "None", "NaN", "-", "NA", "N/A", "\\N", "nil", "<none>"] {
            assert_eq!(draft(&[(Field::StatusMessage, text)]).finish().status_message, None, "{text:?}");
        }
    }
}
