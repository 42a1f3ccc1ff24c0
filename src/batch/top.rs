//! A report cut down to the beginning of its lists, with what that leaves out.

use std::num::NonZeroUsize;

use super::Report;

/// What was left out of the lists of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Of the root causes.
    pub causes: Rest,
    /// Of the groups of jobs.
    pub groups: Rest,
    /// Of the messages that nothing fits.
    pub unknown: Rest,
}

/// The rest of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rest {
    /// How many entries.
    pub count: u64,
    /// How many jobs are in them.
    pub jobs: u64,
}

impl Report<'_> {
    /// Keeps so many root causes, groups and unknown messages at most, each the most frequent, and counts the others.
    /// The account of the records and the jobs stay whole.
    pub fn keep_top(&mut self, most: NonZeroUsize) {
        self.left_out = Some(LeftOut {
            causes: cut(&mut self.causes, most, |cause| cause.count),
            groups: self
                .groups
                .as_mut()
                .map_or(Rest::default(), |groups| cut(&mut groups.list, most, |group| group.count)),
            unknown: cut(&mut self.unknown, most, |group| group.count),
        });
    }
}

fn cut<T>(list: &mut Vec<T>, most: NonZeroUsize, count: impl Fn(&T) -> u64) -> Rest {
    let rest = list.get(most.get()..).unwrap_or_default();
    let rest = Rest { count: rest.len() as u64, jobs: rest.iter().map(count).sum() };
    list.truncate(most.get());
    rest
}
