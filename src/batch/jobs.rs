//! What is kept of each job until the end: little of most, so that millions fit into memory.

use crate::catalogue::RootCause;
use crate::record::{Rank, Record};

use super::Job;
use super::chunks::Chunks;
use super::judge::{Kept, Outcome};
use super::lines::Place;

/// What is kept of a job: that of the record which tells of it best.
#[derive(Debug)]
pub(super) enum Known<'c> {
    Listed(Box<Job<'c>>),
    /// A line, with what [`Outcome`] has of its job: millions of them are small this way.
    Line {
        place: Place,
        cause: Option<&'c RootCause>,
        has_message: bool,
        is_failure: bool,
        kept: Option<Box<Kept>>,
    },
    Counted,
    /// Left out by the filter.
    Skipped,
    /// Its failure is known, by this place in the baseline.
    Baseline(usize, Option<Box<Record>>),
}

impl<'c> Known<'c> {
    pub(super) fn line(place: Place, outcome: Outcome<'c>, kept: Option<Box<Kept>>) -> Self {
        let Outcome { cause, has_message, is_failure } = outcome;
        Self::Line { place, cause, has_message, is_failure, kept }
    }

    /// What is counted of the job, if it is counted by its root cause.
    pub(super) fn outcome(&self) -> Option<Outcome<'c>> {
        match self {
            Self::Listed(job) => Some(Outcome::of(job)),
            Self::Line { cause, has_message, is_failure, .. } => {
                Some(Outcome { cause: *cause, has_message: *has_message, is_failure: *is_failure })
            }
            Self::Counted => Some(Outcome::default()),
            Self::Skipped | Self::Baseline(..) => None,
        }
    }

    /// The record, as far as it is kept.
    pub(super) fn record(&self) -> Option<&Record> {
        match self {
            Self::Listed(job) => Some(&job.record),
            Self::Line { kept, .. } => kept.as_ref()?.record.as_deref(),
            Self::Baseline(_, record) => record.as_deref(),
            Self::Counted | Self::Skipped => None,
        }
    }
}

/// The jobs in the order in which they were first read. One that is only counted takes twelve bytes.
#[derive(Debug, Default)]
pub(super) struct Jobs<'c> {
    ranks: Chunks<Rank>,
    /// Where each is in `listed`, or one of the two numbers below.
    places: Chunks<u32>,
    listed: Chunks<Known<'c>>,
}

/// Stand for jobs of which nothing is kept.
const COUNTED: u32 = u32::MAX;
const SKIPPED: u32 = u32::MAX - 1;

impl<'c> Jobs<'c> {
    pub(super) fn push(&mut self, rank: Rank, known: Known<'c>) {
        let place = self.place_of(known);
        self.ranks.push(rank);
        self.places.push(place);
    }

    /// Puts something else in the place of a job.
    pub(super) fn replace(&mut self, job: usize, rank: Rank, known: Known<'c>) {
        let before = self.places.get(job).map(|place| *place as usize);
        let place = match before.and_then(|place| self.listed.get_mut(place)) {
            Some(listed) if !matches!(known, Known::Counted | Known::Skipped) => {
                *listed = known;
                return self.ranks.get_mut(job).into_iter().for_each(|before| *before = rank);
            }
            _ => self.place_of(known),
        };
        if let (Some(before), Some(known)) = (self.ranks.get_mut(job), self.places.get_mut(job)) {
            (*before, *known) = (rank, place);
        }
    }

    fn place_of(&mut self, known: Known<'c>) -> u32 {
        match known {
            Known::Counted => COUNTED,
            Known::Skipped => SKIPPED,
            known => {
                self.listed.push(known);
                // Four billion lines of a report fit into no memory.
                u32::try_from(self.listed.len() - 1).unwrap_or(SKIPPED)
            }
        }
    }

    pub(super) fn rank(&self, job: usize) -> Option<Rank> {
        self.ranks.get(job).copied()
    }

    pub(super) fn get(&self, job: usize) -> Option<&Known<'c>> {
        self.places.get(job).map(|place| self.at(*place))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Known<'c>> {
        self.places.iter().map(|place| self.at(*place))
    }

    fn at(&self, place: u32) -> &Known<'c> {
        match place {
            SKIPPED => &Known::Skipped,
            place => self.listed.get(place as usize).unwrap_or(&Known::Counted),
        }
    }

    /// The jobs that are listed, in order.
    pub(super) fn into_listed(self) -> impl Iterator<Item = Known<'c>> {
        let mut listed: Vec<Option<Known<'c>>> = self.listed.into_iter().map(Some).collect();
        self.places.into_iter().filter_map(move |place| listed.get_mut(place as usize)?.take())
    }
}
