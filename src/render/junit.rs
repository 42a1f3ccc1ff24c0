//! A report as JUnit XML, for servers that show the results of tests: a suite for each root cause, and in it a failed
//! case for each job.
//!
//! Source: the schema of Jenkins, `tests/fixtures/schemas/junit-10.xsd`.

use std::borrow::Cow;
use std::io::{self, Write};

use maud::html;

use super::jobs::{self, Group};
use super::labels::{self, labels};
use super::printable;
use crate::batch::{Job, Report};
use crate::language::Language;
use crate::record::Record;

/// Writes the jobs of a report that have a problem.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let groups = jobs::groups(report);
    let all: usize = groups.iter().map(|group| group.jobs.len()).sum();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="copydoctor" tests="{all}" failures="{all}" errors="0">"#)?;
    for group in &groups {
        write_suite(out, group, report, language)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(
    out: &mut dyn Write,
    group: &Group<'_>,
    report: &Report<'_>,
    language: Language,
) -> io::Result<()> {
    // Whole elements are templates, which escape. What opens and closes a suite is made of an id, kept to plain letters
    // by the rule for ids, and of numbers; a catalogue of one's own may break the rule, so the id is escaped too.
    let (id, count) = (xml(group.id()), group.jobs.len());
    let id = html! { (id) }.into_string();
    writeln!(out, r#"  <testsuite name="{id}" tests="{count}" failures="{count}" errors="0" skipped="0">"#)?;
    for job in &group.jobs {
        let case = html! {
            testcase classname=(xml(group.id())) name=(case_name(&job.record)) time=[duration(&job.record)] {
                failure type=(xml(group.id())) message=(title(job, group, language)) { (details(job, language)) }
            }
        };
        writeln!(out, "    {}", case.into_string())?;
    }
    if let Some(steps) = steps(group, report, language) {
        let steps = html! { system-out { (steps) } };
        writeln!(out, "    {}", steps.into_string())?;
    }
    writeln!(out, "  </testsuite>")
}

/// A server tells cases apart by their names.
fn case_name(record: &Record) -> String {
    let resource = record.resource_name.as_ref().or(record.resource_arn.as_ref());
    let resource = resource.map(|resource| format!(" ({})", xml(resource))).unwrap_or_default();
    format!("{}{resource}", xml(&jobs::name(record)))
}

/// How long the job took, in seconds.
fn duration(record: &Record) -> Option<String> {
    let (start, end) = record.created_at.zip(record.completed_at)?;
    Some((end.as_second() - start.as_second()).max(0).to_string())
}

fn title(job: &Job<'_>, group: &Group<'_>, language: Language) -> String {
    let title = match group.cause {
        Some(cause) => cause.root_cause.title.get(language),
        None => jobs::reason(job).map(|reason| labels::reason(reason, language)).unwrap_or_default(),
    };
    xml(title).into_owned()
}

fn details(job: &Job<'_>, language: Language) -> String {
    let record = &job.record;
    let message = record.status_message.as_deref().unwrap_or_default();
    let lines = [
        format!("{}: {}", labels(language).message, xml(message)),
        xml(&jobs::route(record)).into_owned(),
        xml(record.resource_arn.as_deref().unwrap_or_default()).into_owned(),
        xml(&jobs::place(record)).into_owned(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What to do about the first of the jobs, once for all.
fn steps(group: &Group<'_>, report: &Report<'_>, language: Language) -> Option<String> {
    let cause = group.cause?;
    let (record, steps) = jobs::example(report, cause, language)?;
    let job = xml(&jobs::name(record)).into_owned();
    let mut lines = vec![super::report_labels::filled_for(&job, language)];
    for (index, step) in steps.iter().enumerate() {
        let account = labels::account(step.account, language);
        lines.push(format!("{}. {account}: {}", index + 1, xml(&step.action)));
        for command in [&step.check, &step.command].into_iter().flatten() {
            lines.push(format!("   {}", xml(command)));
        }
    }
    lines.push(format!("copydoctor explain {}", xml(&cause.root_cause.id)));
    Some(lines.join("\n"))
}

/// A text of which every character may stand in XML 1.0.
fn xml(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    // The other characters that XML has no place for are control characters, and those are visible by now.
    if text.contains(['\u{fffe}', '\u{ffff}']) {
        return Cow::Owned(text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}"));
    }
    text
}
