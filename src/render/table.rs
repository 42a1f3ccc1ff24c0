//! A report for people: a table by root cause, then the unknown messages, then the account of all records.

use std::collections::BTreeSet;
use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, Width};

use super::groups;
use super::jobs;
use super::labels::{Labels, labels, number};
use super::layout::{Layout, Role};
use super::page::write_wrapped;
use super::printable;
use super::report_labels::{self, report_labels};
use crate::batch::{CauseCount, Groups, Report, Rest, Route, UnknownGroup};
use crate::language::Language;
use crate::slot::{Slot, SlotValues};

/// More routes than this are counted instead of listed.
const LISTED_ROUTES: usize = 3;

/// More unknown messages than this are counted instead of listed.
const LISTED_UNKNOWN: usize = 20;

/// What comfy-table adds to the width of a column's content.
const PADDING: u16 = 2;

/// What stands in the first column of counts, empty.
const BELOW_NAMES: &str = "       ";

/// Narrower than this, columns would break account ids and Regions in the middle, so there are none.
const LEAST_WIDTH: usize = 76;

/// Narrower than this, even two columns are no table.
const LEAST_TABLE: usize = 30;

/// Writes a report.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, layout: Layout) -> io::Result<()> {
    let labels = labels(layout.language);
    if let Some(groups) = groups::other_than_causes(report) {
        write_groups(out, report, groups, layout)?;
    } else if report.causes.is_empty() {
        write_wrapped(out, jobs::none(&report.records, labels, labels.no_failure), layout.width, "")?;
    } else if layout.width < LEAST_WIDTH {
        narrow_causes(out, report, layout, labels)?;
    } else {
        write_table(out, &causes(report, layout, labels), layout)?;
    }
    let left_out = report.left_out.unwrap_or_default();
    let has_groups = groups::other_than_causes(report).is_some();
    and_more(out, if has_groups { left_out.groups } else { left_out.causes }, layout)?;
    if !report.unknown.is_empty() {
        writeln!(out)?;
        layout.write(out, Role::Heading, labels.unknown_messages)?;
        writeln!(out)?;
        write_table(out, &unknown(report, layout, labels), layout)?;
        and_more(out, left_out.unknown, layout)?;
    }
    writeln!(out)?;
    write_account(out, report, layout)?;
    next_step(out, report, layout, labels)
}

/// What a list was cut by, below its names.
fn and_more(out: &mut dyn Write, rest: Rest, layout: Layout) -> io::Result<()> {
    if rest.count == 0 {
        return Ok(());
    }
    let indent = if layout.width < LEAST_WIDTH { "" } else { BELOW_NAMES };
    write_wrapped(out, &report_labels::and_more(rest, layout.language), layout.width, indent)
}

/// The groups of jobs in place of the root causes.
fn write_groups(
    out: &mut dyn Write,
    report: &Report<'_>,
    groups: &Groups<'_>,
    layout: Layout,
) -> io::Result<()> {
    let language = layout.language;
    let (labels, words) = (labels(language), report_labels(language));
    if groups.list.is_empty() {
        return write_wrapped(out, jobs::none(&report.records, labels, words.no_problem), layout.width, "");
    }
    let count = |cause: &CauseCount<'_>| {
        format!("{} × {}", number(cause.count, language), groups::cause(cause, language))
    };
    if layout.width < LEAST_WIDTH {
        for group in &groups.list {
            let name = groups::name(groups, group, language);
            write_wrapped(out, &format!("{} × {name}", number(group.count, language)), layout.width, "")?;
            for cause in &group.causes {
                writeln!(out, "  {}", count(cause))?;
            }
        }
        return Ok(());
    }
    let mut table = table(layout);
    table.set_header([labels.jobs, groups::title(groups.by, language), words.causes]);
    for group in &groups.list {
        let causes: Vec<String> = group.causes.iter().map(count).collect();
        table.add_row([
            number(group.count, language),
            groups::name(groups, group, language).into_owned(),
            causes.join("\n"),
        ]);
    }
    align_counts(&mut table);
    // An id that is broken in the middle cannot be copied.
    let ids = groups.list.iter().flat_map(|group| &group.causes).map(|cause| count(cause).chars().count());
    least_width(&mut table, 2, ids.max());
    write_table(out, &table, layout)
}

/// Writes a table with its head set off.
fn write_table(out: &mut dyn Write, table: &Table, layout: Layout) -> io::Result<()> {
    let text = table.trim_fmt();
    let (head, rows) = text.split_once('\n').unwrap_or((&text, ""));
    layout.write(out, Role::Heading, head)?;
    writeln!(out, "\n{rows}")
}

/// The command that gives the steps for one of the jobs. Which job matters is the reader's to say, so it is
/// one of the most frequent root cause.
fn next_step(out: &mut dyn Write, report: &Report<'_>, layout: Layout, labels: &Labels) -> io::Result<()> {
    let examples = report.causes.iter().flat_map(|cause| &cause.examples);
    let mut records = examples.filter_map(|place| report.jobs.get(*place)).map(|job| &job.record);
    let Some(values) = records.find_map(|record| {
        let values = SlotValues::of_record(record);
        values.get(Slot::CopyJobId).is_some().then_some(values)
    }) else {
        return Ok(());
    };
    writeln!(out)?;
    write_wrapped(out, labels.details, layout.width, "")?;
    let job = values.get(Slot::CopyJobId).unwrap_or_default();
    let region =
        values.get(Slot::SourceRegion).map(|region| format!(" --region {region}")).unwrap_or_default();
    writeln!(out, "  aws backup describe-copy-job --copy-job-id {job}{region} | copydoctor")
}

/// The root causes without columns.
fn narrow_causes(
    out: &mut dyn Write,
    report: &Report<'_>,
    layout: Layout,
    labels: &Labels,
) -> io::Result<()> {
    for (index, cause) in report.causes.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} × {}", number(cause.count, layout.language), printable(&cause.root_cause.id))?;
        write_wrapped(out, cause.root_cause.title.get(layout.language), layout.width, "  ")?;
        for places in [&cause.accounts, &cause.regions] {
            for line in routes(places, layout, labels).lines() {
                write_wrapped(out, line, layout.width, "  ")?;
            }
        }
    }
    Ok(())
}

fn causes(report: &Report<'_>, layout: Layout, labels: &Labels) -> Table {
    let mut table = table(layout);
    table.set_header([labels.jobs, labels.root_cause, labels.accounts, labels.regions]);
    for cause in &report.causes {
        let title = cause.root_cause.title.get(layout.language);
        let row = Row::from(vec![
            Cell::new(number(cause.count, layout.language)),
            Cell::new(format!("{}\n{}", printable(&cause.root_cause.id), printable(title))),
            Cell::new(routes(&cause.accounts, layout, labels)),
            Cell::new(routes(&cause.regions, layout, labels)),
        ]);
        table.add_row(row);
    }
    align_counts(&mut table);
    // An id that is broken in the middle cannot be copied.
    let ids = report.causes.iter().map(|cause| cause.root_cause.id.len());
    least_width(&mut table, 1, ids.max());
    table
}

/// Keeps a column so wide that its longest text is whole.
fn least_width(table: &mut Table, column: usize, longest: Option<usize>) {
    let longest = u16::try_from(longest.unwrap_or_default()).unwrap_or(u16::MAX);
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(longest.saturating_add(PADDING))));
    }
}

fn unknown(report: &Report<'_>, layout: Layout, labels: &Labels) -> Table {
    let mut table = table(layout);
    table.set_header([labels.jobs, labels.message]);
    for group in report.unknown.iter().take(LISTED_UNKNOWN) {
        table.add_row([number(group.count, layout.language), unknown_kind(group, layout.language)]);
    }
    let others = report.unknown.iter().skip(LISTED_UNKNOWN);
    let (messages, jobs) =
        others.fold((0_u64, 0), |(messages, jobs), group| (messages + 1, jobs + group.count));
    if messages > 0 {
        table.add_row([number(jobs, layout.language), format!("… (+{})", number(messages, layout.language))]);
    }
    align_counts(&mut table);
    table
}

/// A kind of unknown messages, with one of them where it says more, and what comes near it.
fn unknown_kind(group: &UnknownGroup<'_>, language: Language) -> String {
    let words = report_labels(language);
    let mut lines = vec![printable(&group.template).into_owned()];
    if group.example != group.template {
        lines.push(format!("{}: {}", words.example, printable(&group.example)));
    }
    let nearest: Vec<_> = group.nearest.iter().map(|near| printable(&near.root_cause.id)).collect();
    if !nearest.is_empty() {
        lines.push(format!("{}: {}", words.nearest, nearest.join(", ")));
    }
    lines.join("\n")
}

/// Writes kinds of unknown messages by their number, to choose one.
///
/// # Errors
/// Those of the writer.
pub fn write_unknown_kinds(
    out: &mut dyn Write,
    groups: &[UnknownGroup<'_>],
    layout: Layout,
) -> io::Result<()> {
    let labels = labels(layout.language);
    let mut table = table(layout);
    table.set_header([report_labels(layout.language).kind, labels.jobs, labels.message]);
    for (index, group) in groups.iter().enumerate() {
        table.add_row([
            number(index as u64 + 1, layout.language),
            number(group.count, layout.language),
            unknown_kind(group, layout.language),
        ]);
    }
    align_counts(&mut table);
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    write_table(out, &table, layout)
}

/// Writes what became of the records, and their states.
///
/// # Errors
/// Those of the writer.
pub fn write_account(out: &mut dyn Write, report: &Report<'_>, layout: Layout) -> io::Result<()> {
    let (labels, records) = (labels(layout.language), &report.records);
    // Without a filter or a baseline nobody asks what it left out.
    let parts: Vec<String> = jobs::account(records, labels)
        .into_iter()
        .filter(|(count, what)| *count > 0 || ![labels.skipped, labels.known].contains(what))
        .map(|(count, what)| format!("{} {what}", number(count, layout.language)))
        .collect();
    let account =
        format!("{}: {} = {}", labels.records, number(records.total, layout.language), parts.join(" + "));
    write_wrapped(out, &account, layout.width, "")?;
    let states: Vec<String> = records
        .by_state
        .iter()
        .map(|(state, count)| format!("{state} {}", number(*count, layout.language)))
        .collect();
    if states.is_empty() {
        return Ok(());
    }
    let states = format!("{}: {}", labels.states, states.join(", "));
    write_wrapped(out, &states, layout.width, "")
}

fn table(layout: Layout) -> Table {
    let mut table = Table::new();
    let width = u16::try_from(layout.width.max(LEAST_TABLE)).unwrap_or(u16::MAX);
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

fn align_counts(table: &mut Table) {
    if let Some(counts) = table.column_mut(0) {
        counts.set_cell_alignment(CellAlignment::Right);
    }
}

/// Routes one per line; a place that is its own destination is named once.
fn routes(routes: &BTreeSet<Route>, layout: Layout, labels: &Labels) -> String {
    if routes.len() > LISTED_ROUTES {
        return format!("{} {}", number(routes.len() as u64, layout.language), labels.pairs);
    }
    let line = |route: &Route| match (route.from.as_str(), route.to.as_str()) {
        (from, to) if from == to || to.is_empty() => from.to_owned(),
        ("", to) => format!("→ {to}"),
        (from, to) => format!("{from} → {to}"),
    };
    routes.iter().map(|route| printable(&line(route)).into_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::batch::{Batch, Judge, Keep};
    use crate::classify::Classifier;
    use crate::language::Language;
    use crate::read::{Options, read_from};

    static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);
    static REPORT: LazyLock<Report<'static>> = LazyLock::new(|| {
        let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::Problems));
        let export = include_bytes!("../../examples/list-copy-jobs.json");
        read_from("jobs.json", export.as_slice(), &Options::default(), &mut |item| batch.add(item));
        batch.finish()
    });

    fn page(width: usize, language: Language) -> String {
        let mut bytes = Vec::new();
        write_report(&mut bytes, &REPORT, Layout::plain(language, width)).expect("memory takes everything");
        String::from_utf8(bytes).expect("the page is UTF-8")
    }

    #[test]
    fn ids_and_accounts_are_whole_at_every_width() {
        for (width, language) in (1..200).flat_map(|width| Language::ALL.map(|language| (width, language))) {
            let page = page(width, language);
            for whole in
                ["snapshot-encrypted-with-aws-managed-key", "111122223333", "444455556666", "eu-central-1"]
            {
                assert!(page.contains(whole), "{whole} at {width}:\n{page}");
            }
        }
    }

    #[test]
    fn a_page_keeps_to_its_width_but_for_what_must_be_copied_whole() {
        for width in [40, 60, 76, 80, 120] {
            for line in page(width, Language::De).lines() {
                let is_copied = line.contains("copy-job-id") || line.contains(" × ");
                assert!(is_copied || line.chars().count() <= width, "{width}: {line}");
            }
        }
    }
}
