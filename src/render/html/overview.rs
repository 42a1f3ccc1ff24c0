//! The head of the page: how many jobs have a problem, what became of the records, and the table of root causes.

use maud::{Markup, html};

use super::Page;
use super::charts;
use super::figures::Course;
use crate::render::dates::{self, Timeline};
use crate::render::jobs::{self, Group};
use crate::render::{labels, printable, report_labels};

impl Page<'_> {
    /// The one thing that everybody wants to know.
    pub(super) fn summary(&self) -> Markup {
        let listed = || self.figures.groups.iter().flat_map(|group| &group.jobs);
        let times = || listed().filter_map(|job| job.record.created_at);
        let span = times().min().zip(times().max()).map(|(first, last)| {
            let [first, last] = [first, last].map(|time| dates::day(time, self.language));
            report_labels::span(&first, &last, self.language)
        });
        html! {
            p.summary {
                strong { (self.number(self.figures.problems)) } " " (self.words.with_problem)
                @if let Some(span) = span { ", " (span) }
            }
        }
    }

    /// What became of the records, and their states.
    pub(super) fn account(&self) -> Markup {
        let records = &self.report.records;
        let parts = [
            (records.diagnosed, "diagnosed", self.labels.diagnosed),
            (records.unknown, "unknown", self.labels.unknown),
            (records.without_message, "silent", self.labels.without_message),
            (records.duplicates, "duplicates", self.labels.duplicates),
            (records.known, "baseline", self.labels.known),
            (records.skipped, "skipped", self.labels.skipped),
            (records.rejected, "rejected", self.labels.rejected),
        ];
        let label: Vec<String> =
            parts.iter().map(|(count, _, what)| format!("{} {what}", self.number(*count))).collect();
        let label = format!("{} {}: {}", self.number(records.total), self.labels.records, label.join(", "));
        html! {
            (charts::parts(&parts.map(|(count, class, _)| (count, class)), &label))
            dl.account {
                div.total { dt { (self.labels.records) } dd { (self.number(records.total)) } }
                // Without a filter or a baseline nobody asks what it left out.
                @for (count, class, what) in parts.iter().filter(|(count, class, _)| *count > 0 || !["skipped", "baseline"].contains(class)) {
                    div class=(class) {
                        dt { (report_labels::capitalised(what)) }
                        dd.none[*count == 0] { (self.number(*count)) }
                    }
                }
            }
            @if !records.by_state.is_empty() {
                p.note {
                    (self.labels.states) ": "
                    @for (index, (state, count)) in records.by_state.iter().enumerate() {
                        @if index > 0 { ", " }
                        (printable(state)) " " (self.number(*count))
                    }
                }
            }
        }
    }

    /// The root causes, the most frequent first.
    pub(super) fn causes(&self) -> Markup {
        let most = self.figures.groups.iter().map(|group| group.jobs.len()).max().unwrap_or_default() as u64;
        if self.figures.groups.is_empty() {
            return html! { p { (jobs::none(&self.report.records, self.labels, self.words.no_problem)) } };
        }
        html! {
            div.scroll role="region" tabindex="0" aria-labelledby="causes-title" {
                table.causes {
                    thead { tr {
                        th.number scope="col" { (self.words.jobs) }
                        th.share scope="col" { (self.words.share) }
                        th scope="col" { (self.labels.root_cause) }
                        @if self.courses().is_some() { th.course scope="col" { (self.words.over_time) } }
                        th.first scope="col" { (self.words.first) }
                        th scope="col" { (self.words.last) }
                    } }
                    tbody { @for group in &self.figures.groups { (self.row(group, most)) } }
                }
            }
        }
    }

    fn row(&self, group: &Group<'_>, most: u64) -> Markup {
        let count = group.jobs.len() as u64;
        let share = charts::share(count, self.figures.problems);
        let times = || group.jobs.iter().filter_map(|job| job.record.created_at);
        let time = |time| dates::day(time, self.language);
        let course = self.figures.course(group.jobs.iter().copied());
        html! {
            tr {
                td.number { (self.number(count)) }
                td.share { (charts::bar(count, most)) span { (labels::percent(share, self.language)) } }
                th scope="row" {
                    @match group.cause {
                        Some(cause) => {
                            a href={ "#cause-" (cause.root_cause.id) } {
                                (cause.root_cause.title.get(self.language))
                            }
                            div.id { (cause.root_cause.id) }
                        }
                        None => { (report_labels::capitalised(self.labels.unknown)) }
                    }
                }
                @if let Some(timeline) = self.courses() { td.course {
                    @if !course.is_empty() {
                        (charts::sparkline(&course, timeline, &self.peak(&course, timeline)))
                    }
                } }
                td.date.first { @if let Some(first) = times().min() { (time(first)) } }
                td.date { @if let Some(last) = times().max() { (time(last)) } }
            }
        }
    }

    /// Where there is only one period, a course says nothing.
    fn courses(&self) -> Option<&Timeline> {
        self.figures.timeline.as_ref().filter(|timeline| timeline.length > 1)
    }

    /// What a small picture shows, in words: the highest of its columns.
    fn peak(&self, course: &Course, timeline: &Timeline) -> String {
        // The first of the highest.
        let peak = course.iter().rev().max_by_key(|(_, count)| **count);
        let (place, count) = peak.map_or((0, 0), |(place, count)| (*place, *count));
        report_labels::peak(&timeline.name(place, self.language), &self.number(count), self.language)
    }
}
