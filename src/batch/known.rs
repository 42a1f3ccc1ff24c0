//! The failures of a run against those that are known: which entries of the list were met, and what a new list holds.

use std::collections::{BTreeMap, HashSet};

use super::Judge;
use crate::baseline::{Baseline, Failure, KnownFailure};
use crate::read::Warning;

/// Collects the failures of the jobs that are left at the end.
pub(super) struct Failures<'c> {
    baseline: Option<&'c Baseline>,
    used: HashSet<usize>,
    /// All of them with the reasons that are known, where a list is asked for.
    list: Option<BTreeMap<Failure, Option<String>>>,
}

impl<'c> Failures<'c> {
    pub(super) fn of(judge: &Judge<'c>) -> Self {
        let list = judge.wants_failures().then(BTreeMap::new);
        Self { baseline: judge.baseline(), used: HashSet::new(), list }
    }

    /// Takes a job that is known, by its place in the baseline.
    pub(super) fn known(&mut self, place: usize) {
        let is_new = self.used.insert(place);
        let known = self.baseline.and_then(|baseline| baseline.get(place));
        if let (true, Some(list), Some(known)) = (is_new, &mut self.list, known) {
            list.insert(known.failure.clone(), known.reason.clone());
        }
    }

    /// Takes a job that is not known.
    pub(super) fn unknown(&mut self, failure: impl FnOnce() -> Option<Failure>) {
        if let (Some(list), Some(failure)) = (&mut self.list, failure()) {
            list.entry(failure).or_default();
        }
    }

    /// The failures in their order, and what to say of the entries that no job used. Where jobs are missing, one of them
    /// may be the one that uses an entry, so nothing is said of any, and all of them stay in the list.
    pub(super) fn end(mut self, has_all_jobs: bool) -> (Vec<KnownFailure>, Vec<Warning>) {
        if let (false, Some(list), Some(baseline)) = (has_all_jobs, &mut self.list, self.baseline) {
            for KnownFailure { failure, reason } in baseline.known() {
                list.entry(failure.clone()).or_insert_with(|| reason.clone());
            }
        }
        let used = &self.used;
        let baseline = self.baseline.filter(|_| has_all_jobs);
        let unused = baseline.into_iter().flat_map(|baseline| baseline.unused(|place| used.contains(&place)));
        let unused = unused.collect();
        let list = self.list.unwrap_or_default().into_iter();
        (list.map(|(failure, reason)| KnownFailure { failure, reason }).collect(), unused)
    }
}
