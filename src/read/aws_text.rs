//! The text output of the AWS CLI: a line of cells for each job, begun by its list's name, without titles.

use std::io::{self, BufRead};

use super::draft::Draft;
use super::field::Field;
use super::item::Complaint;
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::{Order, draft_of_values};
use crate::record::{Position, State};

/// Whether a line is one of a job, be it of another kind.
pub(super) fn is_job_line(line: &str) -> bool {
    let name = line.split_once('\t').map(|(name, _)| name);
    matches!(name, Some("COPYJOBS" | "COPYJOB" | "BACKUPJOBS" | "RESTOREJOBS" | "COPYJOBSUMMARIES"))
}

/// Reads the output. Which columns there are changes from page to page, but they are sorted by name, so the state and
/// the message stand last.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut job: Option<Draft> = None;
    let mut page_follows = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(text) = line.text(reading) else { continue };
        let (name, cells) = text.split_once('\t').unwrap_or((&text, ""));
        match name {
            "COPYJOBS" | "COPYJOB" => {
                job.take().into_iter().for_each(|job| reading.job(job));
                page_follows = None;
                job = draft(cells, reading, position);
                if job.is_none() {
                    reading.rejected(position, Complaint::LineWithoutState);
                }
            }
            // What comes behind a job is part of it.
            "CREATEDBY" => {
                if let Some(job) = &mut job {
                    put_plan(job, cells);
                }
            }
            "NEXTTOKEN" => page_follows = Some(position),
            "BACKUPJOBS" => reading.other_job(Field::OtherBackupJob),
            "RESTOREJOBS" => reading.other_job(Field::OtherRestoreJob),
            "COPYJOBSUMMARIES" => reading.summaries(),
            _ => {}
        }
    }
    job.into_iter().for_each(|job| reading.job(job));
    if let Some(position) = page_follows {
        reading.page_follows(position, "NEXTTOKEN");
    }
    Ok(())
}

fn draft(cells: &str, reading: &Reading<'_>, position: Position) -> Option<Draft> {
    let cells: Vec<&str> = cells.split('\t').collect();
    let (last, rest) = cells.split_last()?;
    let (state, rest, message) = match rest.split_last() {
        Some((state, rest)) if State::is_known_name(state) => (*state, rest, Some(*last)),
        _ => (*last, rest, None),
    };
    if !State::is_known_name(state) {
        return None;
    }
    // A message that names another state, or is one word, would mislead: it is put in for what it is.
    let values = rest.iter().copied().chain([state]);
    let mut draft = draft_of_values(values, Order::ByName, reading.name(), position)?;
    draft.put(Field::StatusMessage, message.unwrap_or_default().to_owned());
    Some(draft)
}

/// The plan's line: ARN, id, name, version, schedule, the rule's id, name and time zone, as far as there are any.
fn put_plan(job: &mut Draft, cells: &str) {
    let cells: Vec<&str> = cells.split('\t').collect();
    let Some(arn) = cells.iter().position(|cell| cell.contains(":backup-plan:")) else { return };
    let mut put = |field, place: usize| {
        if let Some(cell) = cells.get(place) {
            job.put(field, (*cell).to_owned());
        }
    };
    put(Field::BackupPlanId, arn + 1);
    if cells.len() >= 8 {
        put(Field::BackupPlanName, arn + 2);
        put(Field::BackupRuleId, arn + 5);
        put(Field::BackupRuleName, arn + 6);
    }
}
