//! The jobs of a report by what they have in common: account, Region, type of resource, day, root cause.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{Job, Report};
use crate::catalogue::RootCause;
use crate::diagnosis::Answer;
use crate::record::Record;

/// What jobs are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The root cause.
    Cause,
    /// The source account.
    Account,
    /// The source Region.
    Region,
    /// The type of the resource that was backed up.
    ResourceType,
    /// The day, in UTC, on which the job was created, or ended where nobody says when it was created.
    Day,
}

impl GroupBy {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Cause, Self::Account, Self::Region, Self::ResourceType, Self::Day];

    /// The name on the command line and in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Account => "account",
            Self::Region => "region",
            Self::ResourceType => "resource-type",
            Self::Day => "day",
        }
    }

    /// What a job belongs to, if it is known.
    fn key(self, record: &Record, cause: Option<&RootCause>) -> Option<String> {
        match self {
            Self::Cause => cause.map(|cause| cause.id.clone()),
            Self::Account => record.account_id.clone(),
            Self::Region => record.source_region.clone(),
            Self::ResourceType => record.resource_type.clone(),
            Self::Day => {
                let time = record.created_at.or(record.completed_at)?;
                Some(TimeZone::UTC.to_datetime(time).date().to_string())
            }
        }
    }
}

/// The jobs with a problem, by what they have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups<'c> {
    /// What that is.
    pub by: GroupBy,
    /// The groups, the largest first, and by name where they are equally large.
    pub list: Vec<JobGroup<'c>>,
}

/// Jobs that have something in common.
#[derive(Debug, Clone, PartialEq)]
pub struct JobGroup<'c> {
    /// What they have in common: an id, a name, a day as `2026-11-22`. `None` where the jobs do not say.
    pub key: Option<String>,
    /// How many jobs.
    pub count: u64,
    /// Their root causes, the most frequent first, and by id where they are equally frequent.
    pub causes: Vec<CauseCount<'c>>,
}

/// How many jobs of a group have one root cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CauseCount<'c> {
    /// The root cause; `None` where nobody knows.
    pub root_cause: Option<&'c RootCause>,
    /// How many jobs.
    pub count: u64,
}

impl<'c> Report<'c> {
    /// Groups the jobs with a problem. There are as many in all groups as there are in the report.
    pub fn group_by(&mut self, by: GroupBy) {
        let mut groups: BTreeMap<Option<String>, BTreeMap<Option<&str>, CauseCount<'c>>> = BTreeMap::new();
        for Job { record, answer } in self.jobs.iter().filter(|job| job.record.is_problem()) {
            let root_cause =
                answer.as_ref().and_then(Answer::diagnosis).map(|diagnosis| diagnosis.root_cause);
            let causes = groups.entry(by.key(record, root_cause)).or_default();
            let id = root_cause.map(|cause| cause.id.as_str());
            causes.entry(id).or_insert(CauseCount { root_cause, count: 0 }).count += 1;
        }
        let list = groups.into_iter().map(|(key, causes)| {
            let mut causes: Vec<_> = causes.into_values().collect();
            causes.sort_by_key(|cause| (Reverse(cause.count), cause.root_cause.is_none()));
            JobGroup { key, count: causes.iter().map(|cause| cause.count).sum(), causes }
        });
        let mut list: Vec<_> = list.collect();
        // They are by name already. What nobody says stands behind what is said as often.
        list.sort_by_key(|group| (Reverse(group.count), group.key.is_none()));
        self.groups = Some(Groups { by, list });
    }
}
