//! What to do about each root cause, with the values of one of its jobs filled in.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::Page;
use crate::batch::CauseSummary;
use crate::remediation::FilledStep;
use crate::render::{jobs, labels, printable, report_labels};
use crate::slot::Slot;

impl Page<'_> {
    /// A part for each root cause, closed until somebody asks for it.
    pub(super) fn advice(&self) -> Option<Markup> {
        let causes = &self.report.causes;
        (!causes.is_empty()).then(|| html! { @for cause in causes { (self.advice_on(cause)) } })
    }

    fn advice_on(&self, summary: &CauseSummary<'_>) -> Markup {
        let cause = summary.root_cause;
        let example = jobs::example(self.report, summary, self.language);
        html! {
            details.cause id={ "cause-" (cause.id) } {
                summary {
                    h3 { (cause.title.get(self.language)) }
                    span.count { (self.number(summary.count)) }
                    span.id { (cause.id) }
                }
                p { (cause.cause.get(self.language)) }
                p.note {
                    (labels::group(cause.group, self.language)) " · AWS: " (cause.aws_message_category.name())
                    span.find { " · " a href="#jobs" data-find=(cause.id) { (self.words.show_jobs) } }
                }
                @if let Some((record, steps)) = &example {
                    p.note { (report_labels::filled_for(&jobs::name(record), self.language)) }
                    ol.steps { @for step in steps { (self.step(step)) } }
                    (self.open_slots(steps))
                }
                h4 { (self.labels.sources) }
                ul.sources { @for source in &cause.sources { li { (link(&source.url, &source.title)) } } }
            }
        }
    }

    fn step(&self, step: &FilledStep) -> Markup {
        let account = report_labels::capitalised(labels::account(step.account, self.language));
        html! {
            li {
                h4 { (account) @if let Some(id) = &step.account_id { " " (id) } }
                p { (printable(&step.action)) }
                @if let Some(check) = &step.check { (code(self.labels.check, check)) }
                @if let Some(command) = &step.command { (code(self.labels.change, command)) }
                @if let Some(policy) = &step.policy { (code(self.labels.policy, &format!("{policy:#}"))) }
                @if let Some(terraform) = &step.terraform { (code(self.labels.terraform, terraform.trim_end())) }
                p { (self.labels.why) " " (printable(&step.why)) }
                p { (self.labels.link) " " (link(&step.link, &step.link)) }
            }
        }
    }

    /// The blanks that the job does not fill.
    fn open_slots(&self, steps: &[FilledStep]) -> Markup {
        let open: BTreeSet<Slot> = steps.iter().flat_map(|step| &step.open).copied().collect();
        html! {
            @if !open.is_empty() {
                h4 { (self.labels.still_open) }
                ul.open { @for slot in open { li { code { "<" (slot) ">" } " " (labels::slot(slot, self.language)) } } }
            }
        }
    }
}

/// Lines to copy, under a label.
fn code(label: &str, code: &str) -> Markup {
    html! {
        p.label { (label) }
        pre { code { @for line in code.lines() { (printable(line)) "\n" } } }
    }
}

/// A link that tells its target nothing. A catalogue of one's own can name any address, so only the web is linked.
fn link(url: &str, title: &str) -> Markup {
    html! {
        @if url.starts_with("https://") || url.starts_with("http://") {
            a href=(url) rel="noopener noreferrer" { (printable(title)) }
        } @else {
            (printable(title))
        }
    }
}
