//! A report as JSON Lines: a line per job, in the order of the input. The struct here is the format, and its fields
//! are the columns of the CSV.

use std::io::{self, Write};

use serde::Serialize;

use super::harmless_json;
use super::jobs;
use crate::batch::Job;
use crate::diagnosis::Reason;
use crate::language::Language;

/// A job, one line of `copydoctor batch --format ndjson`.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonJob<'a> {
    /// The job's id; `CREATED` events have none.
    copy_job_id: Option<&'a str>,
    /// AWS's own upper-case state, or `UNKNOWN` where the file names none.
    state: &'a str,
    /// The account that owns the job: the source account.
    account_id: Option<&'a str>,
    /// The Region of the source vault.
    source_region: Option<&'a str>,
    /// The account of the destination vault.
    destination_account: Option<&'a str>,
    /// The Region of the destination vault.
    destination_region: Option<&'a str>,
    /// The type of the resource that was backed up.
    resource_type: Option<&'a str>,
    /// The ARN of the resource that was backed up.
    resource_arn: Option<&'a str>,
    /// The name of the resource that was backed up.
    resource_name: Option<&'a str>,
    /// AWS's own coarse category of the message.
    message_category: Option<&'a str>,
    /// The ARN of the source vault.
    source_vault_arn: Option<&'a str>,
    /// The ARN of the destination vault.
    destination_vault_arn: Option<&'a str>,
    /// The ARN of the role that the job acts as.
    role_arn: Option<&'a str>,
    /// The id of the backup plan that made the job.
    backup_plan_id: Option<&'a str>,
    /// The name of that plan.
    backup_plan_name: Option<&'a str>,
    /// The name of the plan's rule.
    backup_rule_name: Option<&'a str>,
    /// The id of the parent job, if the job copies one part of a composite resource.
    parent_job_id: Option<&'a str>,
    /// Whether the job copies a composite resource by child jobs.
    is_parent: bool,
    /// When the job was created, RFC 3339 in UTC.
    created_at: Option<String>,
    /// When the job ended, RFC 3339 in UTC.
    completed_at: Option<String>,
    /// The job's status message.
    message: Option<&'a str>,
    /// What the message says, or null where it is unknown or there is none.
    diagnosis: Option<JsonDiagnosis<'a>>,
    /// Why a failed job has no diagnosis: `no-text`, `no-known-wording` or `mostly-unexplained`.
    reason: Option<&'static str>,
    /// The file's name as it was given; `-` is standard input.
    file: &'a str,
    /// Line and column at which the job stands in the file, counted from 1.
    position: String,
}

/// The root cause of a job.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonDiagnosis<'a> {
    /// The stable id of the root cause.
    id: &'a str,
    /// What is wrong, in one sentence.
    title: &'a str,
    /// How likely the diagnosis is right, from 0 to 1.
    confidence: f64,
    /// How the wording was recognised: `exact`, `cut-off` or `similar`.
    r#match: &'static str,
    /// The language of the message.
    language: Language,
}

impl JsonJob<'_> {
    /// A job with every part that a job can have, to tell the names of the fields by.
    pub(super) fn complete() -> Self {
        Self { diagnosis: Some(JsonDiagnosis::default()), ..Self::default() }
    }
}

/// Writes the line of a job.
///
/// # Errors
/// Those of the writer.
pub fn write_job<W: Write>(mut out: W, job: &Job<'_>, language: Language) -> io::Result<()> {
    harmless_json::write(&mut out, &json_job(job, language))?;
    out.write_all(b"\n")
}

pub(super) fn json_job<'a>(job: &'a Job<'a>, language: Language) -> JsonJob<'a> {
    let record = &job.record;
    let diagnosis = job.answer.as_ref().and_then(|answer| answer.diagnosis());
    JsonJob {
        copy_job_id: record.copy_job_id.as_deref(),
        state: record.state.as_str(),
        account_id: record.account_id.as_deref(),
        source_region: record.source_region.as_deref(),
        destination_account: record.destination_account.as_deref(),
        destination_region: record.destination_region.as_deref(),
        resource_type: record.resource_type.as_deref(),
        resource_arn: record.resource_arn.as_deref(),
        resource_name: record.resource_name.as_deref(),
        message_category: record.message_category.as_deref(),
        source_vault_arn: record.source_vault_arn.as_deref(),
        destination_vault_arn: record.destination_vault_arn.as_deref(),
        role_arn: record.role_arn.as_deref(),
        backup_plan_id: record.backup_plan_id.as_deref(),
        backup_plan_name: record.backup_plan_name.as_deref(),
        backup_rule_name: record.backup_rule_name.as_deref(),
        parent_job_id: record.parent_job_id.as_deref(),
        is_parent: record.is_parent,
        created_at: record.created_at.map(|time| time.to_string()),
        completed_at: record.completed_at.map(|time| time.to_string()),
        message: record.status_message.as_deref(),
        diagnosis: diagnosis.map(|diagnosis| JsonDiagnosis {
            id: &diagnosis.root_cause.id,
            title: diagnosis.root_cause.title.get(language),
            confidence: diagnosis.confidence,
            r#match: diagnosis.tier.name(),
            language: diagnosis.wording.language,
        }),
        reason: jobs::reason(job).map(Reason::name),
        file: &record.file,
        position: record.position.to_string(),
    }
}
