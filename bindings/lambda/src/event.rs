//! What an event holds: copy jobs, or messages of a queue that each hold copy jobs.

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use copydoctor::Record;
use copydoctor::read::{Format, Item, Options, Severity, read_from};
use lambda_runtime::Error;
use serde::Deserialize;

/// The messages of a queue, if that is what the event is.
pub(crate) fn messages_of_queue(event: &str) -> Option<Vec<SqsMessage>> {
    #[derive(Deserialize)]
    struct Batch {
        #[serde(rename = "Records")]
        records: Vec<Source>,
    }
    #[derive(Deserialize)]
    struct Source {
        #[serde(rename = "eventSource")]
        event_source: Option<String>,
    }
    let batch: Batch = serde_json::from_str(event).ok()?;
    if batch.records.first()?.event_source.as_deref() != Some("aws:sqs") {
        return None;
    }
    Some(serde_json::from_str::<SqsEvent>(event).ok()?.records)
}

/// The copy jobs that a text tells of, in whatever envelopes it has them.
///
/// # Errors
/// Where it tells of none, or part of it cannot be read: that has to be sent again, or be looked at.
pub(crate) fn jobs(text: &str) -> Result<Vec<Record>, Error> {
    let mut jobs = Vec::new();
    let mut fault = None;
    // Text that is no JSON would be read as a message.
    let options = Options { format: Some(Format::Json), ..Options::default() };
    read_from("event", text.as_bytes(), &options, &mut |item| match item {
        Item::Record(job) => jobs.push(*job),
        Item::Rejected(rejected) => fault = Some(rejected.text(copydoctor::Language::En)),
        Item::Warning(warning) if warning.severity == Severity::Error => {
            fault = Some(warning.text(copydoctor::Language::En));
        }
        // Only told of where all but problems are left out, which nobody asked for here.
        Item::Warning(_) | Item::Uneventful(_) => {}
    });
    match fault {
        Some(fault) => Err(fault.into()),
        None if jobs.is_empty() => Err("event: no copy job is in it; the rule should pass on only \
            the detail type \"Copy Job State Change\" of aws.backup"
            .into()),
        None => Ok(jobs),
    }
}
