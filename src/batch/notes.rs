//! What is noticed about the records as a whole, and said once at their end.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ids::Ids;
use super::jobs::{Jobs, Known};
use crate::identifier::{is_hyphenated, is_region};
use crate::phrases::{ChildJobs, ListedBy};
use crate::read::{Complaint, Severity, Warning};
use crate::record::{JobId, Position, Record, State};

/// Whether there is something to notice about a record.
pub(super) fn is_noticed(record: &Record) -> bool {
    let is_odd = matches!(&record.state, State::Other(name) if !State::is_known_name(name));
    is_odd || record.state == State::Partial || record.parent_job_id.is_some()
}

/// Collects what is to be said.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// States that AWS does not name: where the first stands, and how many there are.
    odd_states: BTreeMap<String, (Arc<str>, Position, u64)>,
}

impl Notes {
    pub(super) fn about(&mut self, record: &Record) {
        let State::Other(name) = &record.state else { return };
        if State::is_known_name(name) {
            return;
        }
        let first = (Arc::clone(&record.file), record.position, 0);
        self.odd_states.entry(name.clone()).or_insert(first).2 += 1;
    }

    pub(super) fn end(self, jobs: &Jobs<'_>, ids: &Ids) -> Vec<Warning> {
        let odd = self.odd_states.into_iter().map(|(name, (file, position, count))| {
            let complaint = Complaint::StrangeState { records: count, state: name };
            Warning { file, position: Some(position), complaint, severity: Severity::Warning }
        });
        odd.chain(parents(jobs, ids)).collect()
    }
}

/// A parent job that is PARTIAL has no reason: its child jobs have.
fn parents(jobs: &Jobs<'_>, ids: &Ids) -> Option<Warning> {
    let listed = || jobs.iter().filter_map(Known::record);
    let is_known = |known: &&Known<'_>| matches!(known, Known::Baseline(..));
    let news = jobs.iter().filter(|known| !is_known(known)).filter_map(Known::record);
    let parents: Vec<&Record> = news.filter(|record| record.state == State::Partial).collect();
    let first = parents.first()?;
    let is_child_of_one = |record: &&Record| {
        let id = record.parent_job_id.as_deref().map(JobId::of);
        let parent = ids.find(id.as_ref()).and_then(|place| jobs.get(place));
        parent.and_then(Known::record).is_some_and(|parent| parent.state == State::Partial)
    };
    let count = listed().filter(is_child_of_one).count() as u64;
    let command = first.copy_job_id.as_deref().filter(|id| is_hyphenated(id)).map(|id| {
        let region = first.source_region.as_deref().filter(|region| is_region(region));
        let region = region.map(|region| format!(" --region {region}"));
        Box::new(ListedBy::Command { id: id.to_owned(), region })
    });
    let (parents, children) = (parents.len() as u64, ChildJobs::WithProblem { count });
    let complaint = Complaint::PartialJobs { parents, children, command };
    let (file, position) = (Arc::clone(&first.file), Some(first.position));
    Some(Warning { file, position, complaint, severity: Severity::Note })
}
