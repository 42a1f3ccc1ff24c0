//! The groups of a report, and what was left out of its lists, as a part of its JSON.

use serde::Serialize;

use crate::batch::{CauseCount, Groups, JobGroup, LeftOut, Rest};
use crate::language::Language;

/// Jobs with a problem that have something in common.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonGroup<'a> {
    /// What they have in common: the id of a root cause or an account, a Region, a type of resource, a day as
    /// `2026-11-22` in UTC. Null where the jobs do not say, or nobody knows their root cause.
    key: Option<&'a str>,
    /// How many jobs.
    count: u64,
    /// The root causes of these jobs, the most frequent first.
    causes: Vec<JsonCauseCount<'a>>,
}

/// How many jobs of a group have one root cause.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonCauseCount<'a> {
    /// The stable id of the root cause, or null where nobody knows it.
    id: Option<&'a str>,
    /// What is wrong, in one sentence; null where nobody knows.
    title: Option<&'a str>,
    /// How many jobs.
    count: u64,
}

pub(super) fn json_groups<'a>(groups: &'a Groups<'a>, language: Language) -> Vec<JsonGroup<'a>> {
    groups.list.iter().map(|group| json_group(group, language)).collect()
}

fn json_group<'a>(group: &'a JobGroup<'a>, language: Language) -> JsonGroup<'a> {
    let cause = |cause: &CauseCount<'a>| JsonCauseCount {
        id: cause.root_cause.map(|cause| cause.id.as_str()),
        title: cause.root_cause.map(|cause| cause.title.get(language).as_str()),
        count: cause.count,
    };
    JsonGroup {
        key: group.key.as_deref(),
        count: group.count,
        causes: group.causes.iter().map(cause).collect(),
    }
}

/// What was left out of the lists of a report.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonLeftOut {
    /// Of `causes`.
    causes: JsonRest,
    /// Of `groups`.
    groups: JsonRest,
    /// Of `unknown`.
    unknown: JsonRest,
}

/// The rest of a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonRest {
    /// How many entries.
    count: u64,
    /// How many jobs are in them.
    jobs: u64,
}

pub(super) fn json_left_out(left_out: &LeftOut) -> JsonLeftOut {
    let rest = |rest: Rest| JsonRest { count: rest.count, jobs: rest.jobs };
    JsonLeftOut {
        causes: rest(left_out.causes),
        groups: rest(left_out.groups),
        unknown: rest(left_out.unknown),
    }
}
