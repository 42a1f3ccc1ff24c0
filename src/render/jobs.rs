//! What several formats say of the jobs of a report: which belong together, where each copies from and to, and what to
//! do about one.

use std::collections::HashMap;

use super::labels::Labels;
use super::printable;
use crate::batch::{CauseSummary, Job, RecordCounts, Report};
use crate::diagnosis::Reason;
use crate::language::Language;
use crate::record::Record;
use crate::remediation::{self, FilledStep};
use crate::slot::SlotValues;

/// Stands where the id of a root cause would.
pub(super) const UNKNOWN: &str = "unknown";

/// Jobs with a problem of one root cause, or those of which nobody knows why they failed.
pub(super) struct Group<'r> {
    pub(super) cause: Option<&'r CauseSummary<'r>>,
    pub(super) jobs: Vec<&'r Job<'r>>,
}

impl Group<'_> {
    /// The id of the root cause, or [`UNKNOWN`].
    pub(super) fn id(&self) -> &str {
        self.cause.map_or(UNKNOWN, |cause| cause.root_cause.id.as_str())
    }
}

/// The jobs with a problem by root cause, in the order of the report, and last the unknown ones if there are any.
pub(super) fn groups<'r>(report: &'r Report<'r>) -> Vec<Group<'r>> {
    let mut groups: Vec<Group<'r>> =
        report.causes.iter().map(|cause| Group { cause: Some(cause), jobs: Vec::new() }).collect();
    let places: HashMap<&str, usize> = report
        .causes
        .iter()
        .enumerate()
        .map(|(place, cause)| (cause.root_cause.id.as_str(), place))
        .collect();
    groups.push(Group { cause: None, jobs: Vec::new() });
    let last = groups.len() - 1;
    for job in report.jobs.iter().filter(|job| job.record.is_problem()) {
        let place = cause_id(job).and_then(|id| places.get(id)).copied().unwrap_or(last);
        if let Some(group) = groups.get_mut(place) {
            group.jobs.push(job);
        }
    }
    groups.retain(|group| !group.jobs.is_empty());
    groups
}

/// What became of the records, part by part.
pub(super) fn account(records: &RecordCounts, labels: &Labels) -> [(u64, &'static str); 7] {
    [
        (records.diagnosed, labels.diagnosed),
        (records.unknown, labels.unknown),
        (records.without_message, labels.without_message),
        (records.duplicates, labels.duplicates),
        (records.rejected, labels.rejected),
        (records.known, labels.known),
        (records.skipped, labels.skipped),
    ]
}

/// What to say in place of a list without an entry: `nothing`, unless that is so only for what is known.
pub(super) fn none<'l>(records: &RecordCounts, labels: &'l Labels, nothing: &'l str) -> &'l str {
    if records.known > 0 && records.unknown == 0 { labels.no_new_failure } else { nothing }
}

/// The id of the root cause of a job.
pub(super) fn cause_id<'r>(job: &'r Job<'_>) -> Option<&'r str> {
    job.answer.as_ref()?.diagnosis().map(|diagnosis| diagnosis.root_cause.id.as_str())
}

/// Why a job with a problem has no diagnosis.
pub(super) fn reason(job: &Job<'_>) -> Option<Reason> {
    match &job.answer {
        Some(answer) => answer.reason(),
        // A job that failed and does not say why is unknown too.
        None => job.record.is_problem().then_some(Reason::NoText),
    }
}

/// The first job of a root cause, and the steps filled with what is known of it.
pub(super) fn example<'r>(
    report: &'r Report<'r>,
    cause: &'r CauseSummary<'r>,
    language: Language,
) -> Option<(&'r Record, Vec<FilledStep>)> {
    let job = cause.examples.first().and_then(|place| report.jobs.get(*place))?;
    let diagnosis = job.answer.as_ref()?.diagnosis()?;
    let known = SlotValues::of_record(&job.record);
    Some((&job.record, remediation::fill(cause.root_cause, &known, &diagnosis.captures, language)))
}

/// What a job is called: its id, or where it stands.
pub(super) fn name(record: &Record) -> String {
    match &record.copy_job_id {
        Some(id) => printable(id).into_owned(),
        None => place(record),
    }
}

/// Where the record of a job stands.
pub(super) fn place(record: &Record) -> String {
    format!("{}:{}", printable(&record.file), record.position)
}

/// From where to where a job copies; empty where the file does not say.
pub(super) fn route(record: &Record) -> String {
    let end = |account: &Option<String>, region: &Option<String>| {
        [account, region].into_iter().flatten().map(|text| printable(text)).collect::<Vec<_>>().join(" ")
    };
    let from = end(&record.account_id, &record.source_region);
    let to = end(&record.destination_account, &record.destination_region);
    if to.is_empty() { from } else { format!("{from} → {to}").trim_start().to_owned() }
}
