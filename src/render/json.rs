//! The JSON of one answer and of a report. The structs here are the format: they change only with
//! [`SCHEMA_VERSION`], whatever becomes of the types behind them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::groups_json::{JsonGroup, JsonLeftOut, json_groups, json_left_out};
use super::why::{self, JsonConsidered, JsonSpan};
use super::{Diagnosed, harmless_json};
use crate::batch::{CauseSummary, Job, Report, Route, UnknownGroup};
use crate::catalogue::{Account, AwsMessageCategory, Group, Source};
use crate::diagnosis::{Alternative, Diagnosis, Further, Unknown};
use crate::language::Language;
use crate::remediation::FilledStep;
use crate::slot::SlotValues;

/// The version of both formats. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// The answer of `copydoctor diagnose --format json` for one message: one line of JSON each.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonAnswer<'a> {
    /// The version of this format. It grows when a field changes its meaning or goes.
    schema_version: u32,
    /// The message as it was given.
    message: &'a str,
    /// What the message says, or null where it is unknown.
    diagnosis: Option<JsonDiagnosis<'a>>,
    /// The other messages that stand in the same text, word for word, in the order of the text; empty where it holds
    /// one, or none that is known.
    further: Vec<JsonFurther<'a>>,
    /// Other root causes that were considered, the likeliest first; for an unknown message the nearest.
    alternatives: Vec<JsonAlternative<'a>>,
    /// Why the message is unknown: `no-text`, `fragment`, `notice-without-reason`, `backup-job`, `restore-job`,
    /// `no-known-wording` or `mostly-unexplained`; null where it is not.
    reason: Option<&'static str>,
    /// The command that prints what the message leaves out, for `notice-without-reason`; null elsewhere.
    command: Option<String>,
    /// With `--why`, the root causes that were considered, the one of the answer first; left out without.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<JsonConsidered<'a>>>,
}

/// A root cause and what to do about it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonDiagnosis<'a> {
    /// The stable id of the root cause.
    id: &'a str,
    /// What is wrong, in one sentence.
    title: &'a str,
    /// The part of AWS that has to be looked at.
    group: Group,
    /// The coarse category that AWS itself gives such messages.
    aws_message_category: AwsMessageCategory,
    /// How likely the diagnosis is right, from 0 to 1.
    confidence: f64,
    /// How the wording was recognised: `exact` is word for word, `cut-off` too as far as the
    /// message goes, `similar` by the meanings of its words.
    r#match: &'static str,
    /// The language of the message.
    language: Language,
    /// The values that the message names, by slot, as they were written.
    captures: BTreeMap<&'static str, &'a str>,
    /// Why that makes a copy fail.
    cause: &'a str,
    /// The steps, the most likely first.
    remediation: Vec<JsonStep<'a>>,
    /// The pages that the facts come from.
    sources: &'a [Source],
}

/// Another message in a text of several. `copydoctor explain ID` tells what to do about it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonFurther<'a> {
    /// The stable id of the root cause.
    id: &'a str,
    /// What is wrong, in one sentence.
    title: &'a str,
    /// How likely that is right, from 0 to 1.
    confidence: f64,
    /// How the wording was recognised: `exact`, or `cut-off` where the text ends within it.
    r#match: &'static str,
    /// The language of the message.
    language: Language,
    /// Where the wording stands in the text, in bytes.
    span: JsonSpan<'a>,
    /// The values that the message names, by slot, as they were written.
    captures: BTreeMap<&'static str, &'a str>,
}

/// One step of the remediation.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonStep<'a> {
    /// Whose hands the step needs.
    account: Account,
    /// The id of that account, where it is known.
    account_id: Option<&'a str>,
    /// What to look for and what to change.
    action: &'a str,
    /// A command that confirms the cause.
    check: Option<&'a str>,
    /// A command that makes the change.
    command: Option<&'a str>,
    /// The policy document that the change puts in place.
    policy: Option<&'a Value>,
    /// The same change in Terraform, where that is shorter.
    terraform: Option<&'a str>,
    /// Why the step helps.
    why: &'a str,
    /// The page of AWS that says so.
    link: &'a str,
    /// The slots that nobody could fill. They stand in angle brackets in the texts of the step.
    open: Vec<&'static str>,
}

/// A root cause that was considered.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonAlternative<'a> {
    /// The id of the root cause.
    id: &'a str,
    /// How likely it is, from 0 to 1.
    confidence: f64,
}

/// Writes one answer as one line of JSON.
///
/// # Errors
/// Those of the writer.
pub fn write_answer(out: &mut dyn Write, diagnosed: &Diagnosed<'_>, language: Language) -> io::Result<()> {
    let diagnosis = diagnosed.answer.diagnosis();
    let answer = JsonAnswer {
        schema_version: SCHEMA_VERSION,
        message: diagnosed.message,
        diagnosis: diagnosis.map(|diagnosis| json_diagnosis(diagnosis, &diagnosed.steps, language)),
        further: diagnosis.map_or_else(Vec::new, |diagnosis| {
            diagnosis.further.iter().map(|other| json_further(diagnosed.message, other, language)).collect()
        }),
        alternatives: alternatives(diagnosed.answer.alternatives()),
        reason: diagnosed.answer.reason().map(|reason| reason.name()),
        command: diagnosed.answer.unknown().and_then(Unknown::command),
        why: diagnosed.why.as_ref().map(|explanation| why::json(diagnosed.message, explanation)),
    };
    harmless_json::write(&mut *out, &answer)?;
    writeln!(out)
}

fn json_diagnosis<'a>(
    diagnosis: &'a Diagnosis<'a>,
    steps: &'a [FilledStep],
    language: Language,
) -> JsonDiagnosis<'a> {
    let cause = diagnosis.root_cause;
    JsonDiagnosis {
        id: &cause.id,
        title: cause.title.get(language),
        group: cause.group,
        aws_message_category: cause.aws_message_category,
        confidence: diagnosis.confidence,
        r#match: diagnosis.tier.name(),
        language: diagnosis.wording.language,
        captures: captures(&diagnosis.captures),
        cause: cause.cause.get(language),
        remediation: steps.iter().map(json_step).collect(),
        sources: &cause.sources,
    }
}

fn json_further<'a>(text: &'a str, other: &'a Further<'a>, language: Language) -> JsonFurther<'a> {
    JsonFurther {
        id: &other.root_cause.id,
        title: other.root_cause.title.get(language),
        confidence: other.confidence,
        r#match: other.tier.name(),
        language: other.wording.language,
        span: JsonSpan::of(text, other.span.clone()),
        captures: captures(&other.captures),
    }
}

fn captures(values: &SlotValues) -> BTreeMap<&'static str, &str> {
    values.iter().map(|(slot, value)| (slot.name(), value)).collect()
}

fn json_step(step: &FilledStep) -> JsonStep<'_> {
    JsonStep {
        account: step.account,
        account_id: step.account_id.as_deref(),
        action: &step.action,
        check: step.check.as_deref(),
        command: step.command.as_deref(),
        policy: step.policy.as_ref(),
        terraform: step.terraform.as_deref(),
        why: &step.why,
        link: &step.link,
        open: step.open.iter().map(|slot| slot.name()).collect(),
    }
}

fn alternatives<'a>(alternatives: &[Alternative<'a>]) -> Vec<JsonAlternative<'a>> {
    alternatives
        .iter()
        .map(|other| JsonAlternative { id: &other.root_cause.id, confidence: other.confidence })
        .collect()
}

/// The report of `copydoctor batch --format json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonReport<'a> {
    /// The version of this format. It grows when a field changes its meaning or goes.
    schema_version: u32,
    /// What became of the records.
    records: JsonRecords<'a>,
    /// The root causes, the most frequent first.
    causes: Vec<JsonCause<'a>>,
    /// The messages that nothing fits, the most frequent first.
    unknown: Vec<JsonUnknown<'a>>,
    /// With `--group-by`, what the jobs are grouped by: `cause`, `account`, `region`, `resource-type` or `day`; left out
    /// without.
    #[serde(skip_serializing_if = "Option::is_none")]
    group_by: Option<&'static str>,
    /// With `--group-by`, the jobs with a problem by what they have in common, the largest group first; left out without.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<JsonGroup<'a>>>,
    /// With `--top`, what the lists have no more; left out without.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<JsonLeftOut>,
    /// What the reader of the report should know.
    warnings: Vec<JsonWarning<'a>>,
    /// The records that cannot be read.
    rejected: Vec<JsonRejected<'a>>,
}

/// What became of the records: `total` is the sum of all other counts, and of `by_state`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonRecords<'a> {
    /// Every record that was read.
    total: u64,
    /// The records by AWS's own upper-case state; `UNKNOWN` where the file names none.
    by_state: &'a BTreeMap<String, u64>,
    /// Records that tell of a job that another record tells of better.
    duplicates: u64,
    /// Jobs whose root cause is known.
    diagnosed: u64,
    /// Jobs with a status message that nothing fits.
    unknown: u64,
    /// Jobs without a status message.
    without_message: u64,
    /// Jobs with a problem that the baseline knows.
    known: u64,
    /// Jobs that the filter leaves out.
    skipped: u64,
    /// Records that cannot be read.
    rejected: u64,
}

/// The jobs of one root cause.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonCause<'a> {
    /// The stable id of the root cause.
    id: &'a str,
    /// What is wrong, in one sentence.
    title: &'a str,
    /// How many jobs.
    count: u64,
    /// The source accounts.
    accounts: BTreeSet<&'a str>,
    /// The source Regions.
    regions: BTreeSet<&'a str>,
    /// The destination accounts.
    destination_accounts: BTreeSet<&'a str>,
    /// The destination Regions.
    destination_regions: BTreeSet<&'a str>,
    /// The types of the resources.
    resource_types: &'a BTreeSet<String>,
    /// When the first of the jobs was created, RFC 3339 in UTC.
    first: Option<String>,
    /// When the last of the jobs was created, RFC 3339 in UTC.
    last: Option<String>,
    /// A few of the jobs.
    examples: Vec<JsonExample<'a>>,
}

/// One job of a root cause.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonExample<'a> {
    /// The job's id.
    copy_job_id: Option<&'a str>,
    /// The job's status message.
    message: Option<&'a str>,
}

/// Unknown messages that differ in ids, numbers and the like only.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonUnknown<'a> {
    /// The message with its variable parts masked.
    template: &'a str,
    /// How many jobs.
    count: u64,
    /// One of the messages.
    example: &'a str,
    /// The root causes that come nearest.
    nearest: Vec<JsonAlternative<'a>>,
}

/// A fact about a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonWarning<'a> {
    /// The file's name as it was given; `-` is standard input.
    file: &'a str,
    /// The place as `line:column`, counted from 1 and in bytes.
    position: Option<String>,
    /// What kind of fact it is. The name stays as it is; there may be more kinds.
    #[cfg_attr(test, schemars(extend("examples" = crate::phrases::Complaint::kinds())))]
    kind: String,
    /// The fact, and what to do, in the language asked for.
    warning: String,
}

/// A record that cannot be read.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonRejected<'a> {
    /// The file's name as it was given; `-` is standard input.
    file: &'a str,
    /// Where the record begins, as `line:column`, counted from 1 and in bytes.
    position: String,
    /// What kind of fault it is. The name stays as it is; there may be more kinds.
    #[cfg_attr(test, schemars(extend("examples" = crate::phrases::Complaint::kinds())))]
    kind: String,
    /// What is wrong, and in brackets where, in the language asked for.
    error: String,
}

/// Writes a report as one JSON document.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let records = &report.records;
    let json = JsonReport {
        schema_version: SCHEMA_VERSION,
        records: JsonRecords {
            total: records.total,
            by_state: &records.by_state,
            duplicates: records.duplicates,
            diagnosed: records.diagnosed,
            unknown: records.unknown,
            without_message: records.without_message,
            known: records.known,
            skipped: records.skipped,
            rejected: records.rejected,
        },
        causes: report.causes.iter().map(|cause| json_cause(cause, &report.jobs, language)).collect(),
        unknown: report.unknown.iter().map(json_unknown).collect(),
        group_by: report.groups.as_ref().map(|groups| groups.by.name()),
        groups: report.groups.as_ref().map(|groups| json_groups(groups, language)),
        left_out: report.left_out.as_ref().map(json_left_out),
        warnings: report
            .warnings
            .iter()
            .map(|warning| JsonWarning {
                file: &warning.file,
                position: warning.position.map(|position| position.to_string()),
                kind: warning.complaint.kind(),
                warning: warning.complaint.text(language),
            })
            .collect(),
        rejected: report
            .rejected
            .iter()
            .map(|rejected| JsonRejected {
                file: &rejected.file,
                position: rejected.position.to_string(),
                kind: rejected.complaint.kind(),
                error: rejected.complaint.text(language),
            })
            .collect(),
    };
    harmless_json::write_pretty(out, &json)?;
    writeln!(out)
}

fn json_cause<'a>(cause: &'a CauseSummary<'a>, jobs: &'a [Job<'a>], language: Language) -> JsonCause<'a> {
    let ends = |routes: &'a BTreeSet<Route>, end: fn(&Route) -> &String| -> BTreeSet<&'a str> {
        routes.iter().map(|route| end(route).as_str()).filter(|text| !text.is_empty()).collect()
    };
    let example = |place: &usize| {
        let record = &jobs.get(*place)?.record;
        let (copy_job_id, message) = (record.copy_job_id.as_deref(), record.status_message.as_deref());
        Some(JsonExample { copy_job_id, message })
    };
    JsonCause {
        id: &cause.root_cause.id,
        title: cause.root_cause.title.get(language),
        count: cause.count,
        accounts: ends(&cause.accounts, |route| &route.from),
        regions: ends(&cause.regions, |route| &route.from),
        destination_accounts: ends(&cause.accounts, |route| &route.to),
        destination_regions: ends(&cause.regions, |route| &route.to),
        resource_types: &cause.resource_types,
        first: cause.first.map(|time| time.to_string()),
        last: cause.last.map(|time| time.to_string()),
        examples: cause.examples.iter().filter_map(example).collect(),
    }
}

fn json_unknown<'a>(group: &'a UnknownGroup<'a>) -> JsonUnknown<'a> {
    JsonUnknown {
        template: &group.template,
        count: group.count,
        example: &group.example,
        nearest: alternatives(&group.nearest),
    }
}
