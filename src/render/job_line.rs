//! A job as a short line for people, to watch jobs as they fail.

use std::borrow::Cow;
use std::io::{self, Write};

use super::labels::{self, labels};
use super::{dates, jobs, printable};
use crate::batch::Job;
use crate::language::Language;

/// Writes the line of a job: when, which, from where to where, and why.
///
/// # Errors
/// Those of the writer.
pub fn write_job(out: &mut dyn Write, job: &Job<'_>, language: Language) -> io::Result<()> {
    let record = &job.record;
    let time = record.completed_at.or(record.created_at);
    let parts = [
        time.map(|time| dates::minute(time, language).into()),
        Some(printable(record.state.as_str())),
        Some(jobs::name(record).into()),
        Some(jobs::route(record).into()),
        record.resource_type.as_deref().map(printable),
    ];
    let parts: Vec<Cow<'_, str>> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let why = why(job, language);
    let colon = if why.is_empty() { "" } else { ": " };
    writeln!(out, "{}{colon}{why}", parts.join("  "))
}

/// The root cause, or what there is instead.
fn why(job: &Job<'_>, language: Language) -> String {
    let message = job.record.status_message.as_deref().map(printable);
    match (job.answer.as_ref().and_then(|answer| answer.diagnosis()), jobs::reason(job)) {
        (Some(diagnosis), _) => {
            let cause = diagnosis.root_cause;
            format!("{}: {}", printable(&cause.id), printable(cause.title.get(language)))
        }
        (None, Some(reason)) => {
            let why = message.unwrap_or(Cow::Borrowed(labels::reason(reason, language)));
            format!("{}: {why}", labels(language).unknown)
        }
        // It has neither a problem nor a message.
        (None, None) => message.unwrap_or_default().into_owned(),
    }
}
