//! What the pictures of the page show, counted from the jobs of a report.

use std::collections::{BTreeMap, HashMap};

use crate::batch::{Job, Report};
use crate::render::dates::Timeline;
use crate::render::jobs::{self, Group};

/// Counts of two things that occur together, with the most frequent of either first.
pub(super) struct Grid<'r> {
    pub(super) rows: Vec<Line<'r>>,
    pub(super) columns: Vec<Line<'r>>,
    cells: HashMap<(&'r str, &'r str), u64>,
}

/// One of the two things, and how often it occurs. An empty name is what the file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'r> {
    pub(super) name: &'r str,
    pub(super) count: u64,
}

impl<'r> Grid<'r> {
    fn new(pairs: impl Iterator<Item = (&'r str, &'r str)>) -> Self {
        let mut cells: HashMap<(&str, &str), u64> = HashMap::new();
        let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
        for (row, column) in pairs {
            *cells.entry((row, column)).or_default() += 1;
            *rows.entry(row).or_default() += 1;
            *columns.entry(column).or_default() += 1;
        }
        Self { rows: by_count(rows), columns: by_count(columns), cells }
    }

    /// How often a row and a column occur together.
    pub(super) fn cell(&self, row: &str, column: &str) -> u64 {
        self.cells.get(&(row, column)).copied().unwrap_or_default()
    }

    /// The highest count of all.
    pub(super) fn most(&self) -> u64 {
        self.cells.values().copied().max().unwrap_or_default()
    }
}

fn by_count(counts: BTreeMap<&str, u64>) -> Vec<Line<'_>> {
    let mut lines: Vec<_> = counts.into_iter().map(|(name, count)| Line { name, count }).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.count));
    lines
}

/// Counts by period; periods without a job are left out.
pub(super) type Course = BTreeMap<i64, u64>;

/// All that is counted.
pub(super) struct Figures<'r> {
    /// The jobs with a problem by root cause.
    pub(super) groups: Vec<Group<'r>>,
    /// How many jobs have a problem.
    pub(super) problems: u64,
    /// The periods that the jobs fall on; `None` where no job says when it was created.
    pub(super) timeline: Option<Timeline>,
    /// The jobs by source account and root cause.
    pub(super) accounts: Grid<'r>,
    /// The jobs by source and destination Region.
    pub(super) regions: Grid<'r>,
}

impl<'r> Figures<'r> {
    pub(super) fn new(report: &'r Report<'r>) -> Self {
        let groups = jobs::groups(report);
        let listed = || groups.iter().flat_map(|group| group.jobs.iter().copied());
        let times = || listed().filter_map(|job| job.record.created_at);
        let timeline = times().min().zip(times().max()).map(|(first, last)| Timeline::new(first, last));
        let account = |job: &'r Job<'r>| job.record.account_id.as_deref().unwrap_or_default();
        let accounts = listed().map(|job| (account(job), jobs::cause_id(job).unwrap_or(jobs::UNKNOWN)));
        let accounts = Grid::new(accounts);
        let region = |region: &'r Option<String>| region.as_deref().unwrap_or_default();
        let regions = listed()
            .map(|job| (region(&job.record.source_region), region(&job.record.destination_region)))
            .filter(|(from, to)| !from.is_empty() || !to.is_empty());
        let regions = Grid::new(regions);
        let problems = listed().count() as u64;
        Self { groups, problems, timeline, accounts, regions }
    }

    /// How many of these jobs fall on each period.
    pub(super) fn course<'j>(&self, jobs: impl Iterator<Item = &'j Job<'j>>) -> Course {
        let mut course = Course::new();
        let Some(timeline) = self.timeline else { return course };
        for time in jobs.filter_map(|job| job.record.created_at) {
            *course.entry(timeline.place(time)).or_default() += 1;
        }
        course
    }
}
