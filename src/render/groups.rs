//! What the groups of jobs are called, for people.

use std::borrow::Cow;

use super::dates;
use super::labels::labels;
use super::printable;
use super::report_labels::report_labels;
use crate::batch::{CauseCount, GroupBy, Groups, JobGroup, Report};
use crate::language::Language;
use crate::record::parse_time;

/// What the jobs are grouped by, as the title of a column.
pub(super) fn title(by: GroupBy, language: Language) -> &'static str {
    let words = report_labels(language);
    match by {
        GroupBy::Cause => labels(language).root_cause,
        GroupBy::Account => words.source_account,
        GroupBy::Region => words.source_region,
        GroupBy::ResourceType => words.type_of_resource,
        GroupBy::Day => words.day,
    }
}

/// The groups of a report, where they are not the root causes that people are shown with more about them.
pub(super) fn other_than_causes<'r>(report: &'r Report<'_>) -> Option<&'r Groups<'r>> {
    report.groups.as_ref().filter(|groups| groups.by != GroupBy::Cause)
}

/// The name of a group.
pub(super) fn name<'g>(groups: &Groups<'_>, group: &'g JobGroup<'_>, language: Language) -> Cow<'g, str> {
    match (&group.key, groups.by) {
        (None, GroupBy::Cause) => Cow::Borrowed(labels(language).unknown),
        (None, _) => Cow::Borrowed(report_labels(language).not_said),
        (Some(day), GroupBy::Day) => {
            parse_time(day).map_or(Cow::Borrowed(day), |time| dates::day(time, language).into())
        }
        (Some(key), _) => printable(key),
    }
}

/// The id of a root cause, or that it is unknown.
pub(super) fn cause<'c>(cause: &CauseCount<'c>, language: Language) -> Cow<'c, str> {
    cause.root_cause.map_or(Cow::Borrowed(labels(language).unknown), |cause| printable(&cause.id))
}
