//! Reports without anything private. What was counted, and for which root cause, stays as it was.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Redactor;
use crate::baseline::{Failure, What};
use crate::batch::{CauseSummary, GroupBy, Groups, Job, JobGroup, Report, Route, UnknownGroup};
use crate::phrases::Shown;
use crate::read::{Rejected, Warning};
use crate::record::State;

impl Redactor {
    /// The report without anything private. What stands in it is learned first. It has no
    /// [failures](Report::failures): a baseline has to hold the originals, or it knows no job.
    #[must_use]
    pub fn report<'c>(&mut self, report: Report<'c>) -> Report<'c> {
        self.learn_report(&report);
        let jobs = report.jobs.into_iter().map(|job| self.job(&job)).collect();
        let mut records = report.records;
        let mut by_state: BTreeMap<String, u64> = BTreeMap::new();
        for (state, count) in records.by_state {
            *by_state.entry(self.state(&state)).or_default() += count;
        }
        records.by_state = by_state;
        Report {
            records,
            // Root causes have names of their own.
            failed: report.failed,
            by_cause: report.by_cause,
            jobs,
            causes: report.causes.into_iter().map(|cause| self.cause(cause)).collect(),
            unknown: report.unknown.into_iter().map(|group| self.unknown(group)).collect(),
            groups: report.groups.map(|groups| self.groups(groups)),
            left_out: report.left_out,
            failures: Vec::new(),
            warnings: report.warnings.iter().map(|warning| self.warning(warning)).collect(),
            rejected: report.rejected.iter().map(|rejected| self.rejected(rejected)).collect(),
        }
    }

    /// Learns the names in a failure that somebody knows of.
    pub fn learn_failure(&mut self, failure: &Failure) {
        let Failure {
            what,
            account_id,
            source_region: _,
            resource_arn,
            source_vault_arn,
            destination_vault_arn,
        } = failure;
        account_id.iter().for_each(|account| self.learn_name("account", account));
        resource_arn.iter().for_each(|arn| self.learn_arn("resource", arn));
        for vault in [source_vault_arn, destination_vault_arn].into_iter().flatten() {
            self.learn_arn("vault", vault);
        }
        match what {
            What::Cause(_) => {}
            What::Message(message) => self.learn_text(message),
            What::State(state) => self.learn_state(&State::parse(state)),
        }
    }

    fn learn_report(&mut self, report: &Report<'_>) {
        for job in &report.jobs {
            self.learn(&job.record);
            self.learn_legible(&job.record.file);
            if let (Some(message), Some(answer)) = (&job.record.status_message, &job.answer) {
                self.learn_answer(message, answer);
            }
        }
        for state in report.records.by_state.keys() {
            self.learn_state(&State::parse(state));
        }
        for warning in &report.warnings {
            self.learn_legible(&warning.file);
            self.learn_text(&warning.complaint.to_string());
        }
        for rejected in &report.rejected {
            self.learn_legible(&rejected.file);
            self.learn_text(&rejected.complaint.to_string());
        }
    }

    /// What is said of a file, without anything private.
    #[must_use]
    pub fn warning(&mut self, warning: &Warning) -> Warning {
        let complaint = warning.complaint.with_texts(&mut |text| self.text(text));
        Warning { file: self.file(&warning.file), complaint, ..warning.clone() }
    }

    /// What is said of a record that cannot be read, without anything private.
    #[must_use]
    pub fn rejected(&mut self, rejected: &Rejected) -> Rejected {
        let complaint = rejected.complaint.with_texts(&mut |text| self.text(text));
        Rejected { file: self.file(&rejected.file), complaint, ..rejected.clone() }
    }

    fn job<'c>(&mut self, job: &Job<'c>) -> Job<'c> {
        let mut record = self.record(&job.record);
        let (message, answer) = match (&job.record.status_message, &job.answer) {
            (Some(message), Some(answer)) => {
                let (message, answer) = self.answer(message, answer);
                (Some(message), Some(answer))
            }
            (message, answer) => (message.as_ref().map(|message| self.text(message)), answer.clone()),
        };
        record.status_message = message;
        Job { record, answer }
    }

    fn cause<'c>(&mut self, cause: CauseSummary<'c>) -> CauseSummary<'c> {
        let accounts = cause.accounts.iter();
        let accounts: BTreeSet<Route> = accounts
            .map(|route| Route { from: self.account(&route.from), to: self.account(&route.to) })
            .collect();
        let regions = cause.regions.iter();
        let regions = regions
            .map(|route| Route { from: self.region(&route.from), to: self.region(&route.to) })
            .collect();
        let resource_types =
            cause.resource_types.iter().map(|resource_type| self.text(resource_type)).collect();
        CauseSummary { accounts, regions, resource_types, ..cause }
    }

    fn groups<'c>(&mut self, mut groups: Groups<'c>) -> Groups<'c> {
        for key in groups.list.iter_mut().filter_map(|group| group.key.as_mut()) {
            *key = match groups.by {
                GroupBy::Account => self.account(key),
                GroupBy::Region => self.region(key),
                GroupBy::ResourceType => self.text(key),
                GroupBy::Cause | GroupBy::Day => continue,
            };
        }
        // By name, where they are equally large: the order shall say nothing of the originals.
        groups.list.sort_by(|one, other| {
            let order = |it: &JobGroup<'_>| (Reverse(it.count), it.key.is_none());
            order(one).cmp(&order(other)).then_with(|| one.key.cmp(&other.key))
        });
        groups
    }

    fn unknown<'c>(&mut self, group: UnknownGroup<'c>) -> UnknownGroup<'c> {
        // The template is made of what is left of the example: in a masked text less could be recognised.
        let example = self.message(&group.example, None, &[]);
        UnknownGroup { template: example.masked, example: example.text, ..group }
    }
}
