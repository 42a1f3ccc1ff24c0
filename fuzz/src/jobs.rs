//! Jobs from bytes: bytes that UTF-8 has no use for stand between fields and between jobs, so that every text can stand
//! in every field.

use std::sync::Arc;

use copydoctor::batch::{Batch, Judge, Keep};
use copydoctor::read::{Item, Options, read_from};
use copydoctor::record::{Position, parse_time};
use copydoctor::{Record, Report, State};

use crate::CLASSIFIER;

/// Stands between two fields of a job.
pub const FIELD_END: u8 = 0xff;

/// Stands between two jobs.
pub const JOB_END: u8 = 0xfe;

/// The jobs that bytes stand for, in the order of the bytes.
pub fn records(bytes: &[u8]) -> Vec<Record> {
    let jobs = bytes.split(|byte| *byte == JOB_END).zip(1..);
    jobs.map(|(job, line)| record(job, Position { line, column: line * 3 })).collect()
}

fn record(job: &[u8], position: Position) -> Record {
    let mut texts =
        job.split(|byte| *byte == FIELD_END).map(|text| String::from_utf8_lossy(text).into_owned());
    let mut next = || texts.next().filter(|text| !text.is_empty());
    let status_message = next();
    let state = next().map_or(State::Failed, |state| State::parse(&state));
    let mut record = Record {
        copy_job_id: next(),
        resource_name: next(),
        resource_arn: next(),
        account_id: next(),
        created_at: next().as_deref().and_then(parse_time),
        source_vault_arn: next(),
        destination_vault_arn: next(),
        resource_type: next(),
        role_arn: next(),
        source_region: next(),
        destination_region: next(),
        completed_at: next().as_deref().and_then(parse_time),
        message_category: next(),
        backup_plan_id: next(),
        backup_plan_name: next(),
        backup_rule_name: next(),
        parent_job_id: next(),
        recovery_point_arn: next(),
        destination_key_arn: next(),
        status_message,
        state,
        ..Record::new(Arc::from(next().as_deref().unwrap_or("jobs.json")), position)
    };
    record.is_parent = record.parent_job_id.as_ref().is_some_and(|id| id.len() == 1);
    record.complete_from_arns();
    record
}

/// A report on jobs. What is read when their messages are taken for files is in it too: warnings and rejected records
/// have names and words of the input in them.
pub fn report(records: &[Record]) -> Report<'static> {
    let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::All).with_failures());
    records.iter().for_each(|record| batch.add(Item::Record(Box::new(record.clone()))));
    for record in records {
        let file = record.status_message.as_deref().unwrap_or_default();
        read_from(&record.file, file.as_bytes(), &Options::default(), &mut |item| batch.add(item));
    }
    batch.finish()
}
