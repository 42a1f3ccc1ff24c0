//! A report as Markdown, for tickets and chat: what failed and why, and the first step for each root cause.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::dates;
use super::groups;
use super::jobs;
use super::labels::{self, labels};
use super::markdown::{code_span, fenced, text};
use super::report_labels::{self, number, report_labels};
use crate::batch::{CauseCount, CauseSummary, Groups, Report, Rest, Route};
use crate::language::Language;
use crate::remediation::FilledStep;

/// More routes than this are counted instead of listed.
const LISTED_ROUTES: usize = 3;

/// More unknown messages, notes or rejected records than this are counted instead of listed.
const LISTED: usize = 20;

/// A message that is longer is cut: a ticket is read, not searched.
const LONGEST_MESSAGE: usize = 500;

/// Writes a report.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    summary(out, report, language)?;
    let left_out = report.left_out.unwrap_or_default();
    if let Some(groups) = groups::other_than_causes(report) {
        write_groups(out, groups, language)?;
        and_more(out, left_out.groups, language)?;
    } else if !report.causes.is_empty() {
        causes(out, report, language)?;
        and_more(out, left_out.causes, language)?;
    }
    if !report.causes.is_empty() {
        for cause in &report.causes {
            advice(out, report, cause, language)?;
        }
    }
    unknown(out, report, language)?;
    and_more(out, left_out.unknown, language)?;
    faults(out, report, language)
}

fn summary(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let (labels, words) = (labels(language), report_labels(language));
    let problems: usize = jobs::groups(report).iter().map(|group| group.jobs.len()).sum();
    writeln!(out, "# {}: {} {}\n", words.title, number(problems as u64, language), words.with_problem)?;
    let records = &report.records;
    let parts = jobs::account(records, labels).into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, what)| format!("{} {what}", number(count, language))).collect();
    let equals = if parts.is_empty() { "" } else { " = " };
    writeln!(out, "- {}: {}{equals}{}", labels.records, number(records.total, language), parts.join(" + "))?;
    let state =
        |(state, count): (&String, &u64)| format!("{} {}", code_span(state), number(*count, language));
    let states: Vec<String> = records.by_state.iter().map(state).collect();
    if !states.is_empty() {
        writeln!(out, "- {}: {}", labels.states, states.join(", "))?;
    }
    if report.causes.is_empty() {
        writeln!(out, "\n{}", jobs::none(records, labels, labels.no_failure))?;
    }
    Ok(())
}

fn causes(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let labels = labels(language);
    writeln!(out, "\n## {}\n", report_labels(language).by_cause)?;
    writeln!(
        out,
        "| {} | {} | {} | {} |",
        report_labels(language).jobs,
        labels.root_cause,
        labels.accounts,
        labels.regions
    )?;
    writeln!(out, "| ---: | --- | --- | --- |")?;
    for cause in &report.causes {
        let (count, id) = (number(cause.count, language), cell(&cause.root_cause.id));
        let title = text(cause.root_cause.title.get(language));
        let [accounts, regions] = [&cause.accounts, &cause.regions].map(|places| routes(places, language));
        writeln!(out, "| {count} | {title} ({id}) | {accounts} | {regions} |")?;
    }
    Ok(())
}

/// The groups of jobs in place of the root causes.
fn write_groups(out: &mut dyn Write, groups: &Groups<'_>, language: Language) -> io::Result<()> {
    if groups.list.is_empty() {
        return Ok(());
    }
    let words = report_labels(language);
    writeln!(out, "\n## {}\n", report_labels::jobs_by(groups.by, language))?;
    writeln!(out, "| {} | {} | {} |", words.jobs, groups::title(groups.by, language), words.causes)?;
    writeln!(out, "| ---: | --- | --- |")?;
    for group in &groups.list {
        let name = groups::name(groups, group, language);
        // Only what the exports say is code.
        let name = if group.key.is_some() { cell(&name) } else { text(&name) };
        let count = |cause: &CauseCount<'_>| {
            let name = groups::cause(cause, language);
            let name = if cause.root_cause.is_some() { cell(&name) } else { text(&name) };
            format!("{} × {name}", number(cause.count, language))
        };
        let causes: Vec<String> = group.causes.iter().map(count).collect();
        writeln!(out, "| {} | {name} | {} |", number(group.count, language), causes.join(", "))?;
    }
    Ok(())
}

/// What is wrong, and the first step, filled in for one of the jobs.
fn advice(
    out: &mut dyn Write,
    report: &Report<'_>,
    cause: &CauseSummary<'_>,
    language: Language,
) -> io::Result<()> {
    let (labels, words) = (labels(language), report_labels(language));
    let title = text(cause.root_cause.title.get(language));
    writeln!(out, "\n## {} × {title}\n", number(cause.count, language))?;
    let times = cause.first.zip(cause.last).map(|(first, last)| {
        let [first, last] = [first, last].map(|time| dates::day(time, language));
        format!(", {}", report_labels::span(&first, &last, language))
    });
    writeln!(out, "{}{}\n", code_span(&cause.root_cause.id), times.unwrap_or_default())?;
    writeln!(out, "{}\n", text(cause.root_cause.cause.get(language)))?;
    let Some((record, steps)) = jobs::example(report, cause, language) else { return Ok(()) };
    let Some((first, others)) = steps.split_first() else { return Ok(()) };
    writeln!(
        out,
        "**{}.** {}\n",
        labels.steps,
        report_labels::filled_for(&code_span(&jobs::name(record)), language)
    )?;
    first_step(out, first, language)?;
    if !others.is_empty() {
        writeln!(out, "{}\n", words.further_steps)?;
        for (index, step) in others.iter().enumerate() {
            writeln!(out, "{}. **{}:** {}", index + 2, account(step, language), text(&step.action))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", code_span(&format!("copydoctor explain {}", cause.root_cause.id)))
}

fn first_step(out: &mut dyn Write, step: &FilledStep, language: Language) -> io::Result<()> {
    let labels = labels(language);
    writeln!(out, "1. **{}:** {}\n", account(step, language), text(&step.action))?;
    let mut block = |label: &str, kind: &str, code: &str| {
        writeln!(out, "   {label}\n")?;
        for line in fenced(kind, code).lines() {
            writeln!(out, "   {line}")?;
        }
        writeln!(out)
    };
    if let Some(check) = &step.check {
        block(labels.check, "sh", check)?;
    }
    if let Some(command) = &step.command {
        block(labels.change, "sh", command)?;
    }
    if let Some(policy) = &step.policy {
        block(labels.policy, "json", &format!("{policy:#}"))?;
    }
    writeln!(out, "   {} <{}>\n", labels.link, step.link)
}

fn account(step: &FilledStep, language: Language) -> String {
    let name = report_labels::capitalised(labels::account(step.account, language));
    step.account_id.as_ref().map_or_else(|| name.clone(), |id| format!("{name} {id}"))
}

fn unknown(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    if report.unknown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {}\n", labels(language).unknown_messages)?;
    for group in report.unknown.iter().take(LISTED) {
        writeln!(out, "- {} × {}", number(group.count, language), code_span(&shortened(&group.template)))?;
        if group.example != group.template {
            let example = code_span(&shortened(&group.example));
            writeln!(out, "  {}: {example}", report_labels(language).example)?;
        }
        let nearest: Vec<String> = group.nearest.iter().map(|near| code_span(&near.root_cause.id)).collect();
        if !nearest.is_empty() {
            writeln!(out, "  {}: {}", report_labels(language).nearest, nearest.join(", "))?;
        }
    }
    rest(out, report.unknown.len(), "json", language)
}

/// What the exports did not give.
fn faults(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let words = report_labels(language);
    if !report.warnings.is_empty() {
        writeln!(out, "\n## {}\n", words.notes)?;
        for warning in report.warnings.iter().take(LISTED) {
            let place = warning.position.map(|position| format!(":{position}")).unwrap_or_default();
            let file = code_span(&format!("{}{place}", warning.file));
            writeln!(out, "- {file}: {}", text(&shortened(&warning.complaint.text(language))))?;
        }
        rest(out, report.warnings.len(), "json", language)?;
    }
    if !report.rejected.is_empty() {
        writeln!(out, "\n## {}\n", words.rejected_records)?;
        for rejected in report.rejected.iter().take(LISTED) {
            let place = code_span(&format!("{}:{}", rejected.file, rejected.position));
            writeln!(out, "- {place}: {}", text(&shortened(&rejected.complaint.text(language))))?;
        }
        rest(out, report.rejected.len(), "json", language)?;
    }
    Ok(())
}

/// That a list goes on.
fn rest(out: &mut dyn Write, all: usize, format: &str, language: Language) -> io::Result<()> {
    if all <= LISTED {
        return Ok(());
    }
    writeln!(out, "\n{}", text(&report_labels::more(LISTED, all, format, language)))
}

/// What a list was cut by.
fn and_more(out: &mut dyn Write, rest: Rest, language: Language) -> io::Result<()> {
    if rest.count == 0 {
        return Ok(());
    }
    writeln!(out, "\n{}", text(&report_labels::and_more(rest, language)))
}

/// Routes in a cell; a place that is its own destination is named once.
fn routes(routes: &BTreeSet<Route>, language: Language) -> String {
    if routes.len() > LISTED_ROUTES {
        return format!("{} {}", number(routes.len() as u64, language), labels(language).pairs);
    }
    let line = |route: &Route| match (route.from.as_str(), route.to.as_str()) {
        (from, to) if from == to || to.is_empty() => cell(from),
        ("", to) => format!("→ {}", cell(to)),
        (from, to) => format!("{} → {}", cell(from), cell(to)),
    };
    routes.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// A text as code in a cell of a table: a bar ends the cell even inside of code.
fn cell(text: &str) -> String {
    code_span(&shortened(text)).replace('|', "\\|")
}

/// The beginning of a text that is too long to read.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
