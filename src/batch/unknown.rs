//! The messages of a report that nothing fits, by kind.

use std::cmp::Reverse;

use super::Job;
use crate::classify::Classifier;
use crate::cluster::clusters;
use crate::diagnosis::Alternative;

/// Unknown messages of one kind: they differ in values and names only.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownGroup<'c> {
    /// What the messages have in common, with the kind in angle brackets of what they differ in.
    pub template: String,
    /// How many jobs.
    pub count: u64,
    /// The first of the messages.
    pub example: String,
    /// The root causes that come nearest to the example.
    pub nearest: Vec<Alternative<'c>>,
    /// The jobs, as places in [`Report::jobs`](super::Report::jobs).
    pub jobs: Vec<usize>,
}

/// The kinds of unknown messages among the jobs, the most frequent first.
pub(super) fn groups<'c>(jobs: &[Job<'c>], classifier: &Classifier) -> Vec<UnknownGroup<'c>> {
    let unknown = jobs.iter().enumerate().filter_map(|(place, job)| {
        let answer = job.answer.as_ref()?.unknown()?;
        Some((place, job.record.status_message.as_deref()?, answer))
    });
    let (places, messages): (Vec<_>, Vec<_>) =
        unknown.map(|(place, message, answer)| ((place, answer), message)).unzip();
    let mut groups: Vec<UnknownGroup<'c>> = clusters(&messages, || classifier.lexicon())
        .into_iter()
        .filter_map(|cluster| {
            let first = *cluster.members.first()?;
            let of_member = |member: &usize| places.get(*member).map(|(place, _)| *place);
            Some(UnknownGroup {
                template: cluster.template,
                count: cluster.members.len() as u64,
                example: (*messages.get(first)?).to_owned(),
                nearest: places.get(first)?.1.nearest.clone(),
                jobs: cluster.members.iter().filter_map(of_member).collect(),
            })
        })
        .collect();
    // The clusters come by template, so that of two that are as frequent the template decides.
    groups.sort_by_key(|group| Reverse(group.count));
    groups
}
