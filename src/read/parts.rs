//! Texts that people put together, as a ticket or a mail is: a table here, JSON there, an answer in quotes. Each part is
//! an export of its own.

use std::collections::BTreeSet;

use super::drawn;
use super::field::FieldNames;
use super::flush_right;
use super::format::{Detected, Format, detect};
use super::lines::Wanted;
use super::ruled;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    kind: Kind,
    /// How many lines stand before it.
    pub(super) lines_before: usize,
    pub(super) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A table that is drawn with lines.
    Table,
    /// A block of code, between lines that say so.
    Fenced,
    /// What somebody quotes.
    Quoted,
    /// What stands around all that.
    Around,
}

/// What holds jobs in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Drawn,
    Ruled,
    FlushRight,
    Json,
    Other(Format),
}

impl Part {
    /// What the part is by itself, if that may hold jobs. Prose has commas and colons, too, and tells of jobs that stand
    /// in the other parts.
    pub(super) fn detected(&self, names: &FieldNames) -> Option<Detected> {
        let detected = match self.kind {
            Kind::Table => Detected::Format(Format::Table),
            _ => detect(self.text.as_bytes(), names),
        };
        let is_export = match &detected {
            Detected::Printed | Detected::Format(Format::Json | Format::AwsText | Format::Table) => true,
            // In quotes a table may stand in a cell.
            Detected::Delimited(dialect) => {
                dialect.has_titles() && (self.kind == Kind::Fenced || self.text.matches('"').count() % 2 == 0)
            }
            Detected::Format(_) | Detected::Lines(Wanted::Jobs) => self.kind == Kind::Fenced,
            Detected::Lines(_) | Detected::Empty | Detected::Unreadable(_) => false,
        };
        is_export.then_some(detected)
    }

    fn holds(&self, names: &FieldNames) -> Option<Holds> {
        Some(match self.detected(names)? {
            Detected::Printed | Detected::Format(Format::Json) => Holds::Json,
            Detected::Format(Format::Table) if ruled::is_table(&self.text, names) => Holds::Ruled,
            Detected::Format(Format::Table) if flush_right::is_table(&self.text, names) => Holds::FlushRight,
            Detected::Format(Format::Table) => Holds::Drawn,
            Detected::Format(format) => Holds::Other(format),
            Detected::Delimited(_) => Holds::Other(Format::Csv),
            Detected::Lines(_) | Detected::Empty | Detected::Unreadable(_) => Holds::Other(Format::Lines),
        })
    }
}

/// Whether parts of a text are exports of several formats: what reads the one reads over the others.
pub(super) fn are_mixed(text: &str, names: &FieldNames) -> bool {
    let may_begin_another = |line: &str| {
        fence_of(line).is_some()
            || line.starts_with(['>', '|', '+'])
            || line.starts_with("--")
            || line.starts_with(|first| ('\u{2500}'..='\u{257f}').contains(&first))
    };
    // Most texts are of one piece, which is told without cutting them.
    if !text.lines().map(str::trim_start).any(may_begin_another) {
        return false;
    }
    let parts = parts(text, names);
    parts.len() > 1 && parts.iter().filter_map(|part| part.holds(names)).collect::<BTreeSet<_>>().len() > 1
}

/// The parts of a text, in order.
pub(super) fn parts(text: &str, names: &FieldNames) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut begun: Option<Part> = None;
    let mut fence: Option<&str> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let mark = fence_of(line).filter(|mark| fence.is_none_or(|fence| fence == *mark));
        if let Some(mark) = mark {
            fence = fence.is_none().then_some(mark);
            begun.take().into_iter().for_each(|part| with_tables(part, names, &mut parts));
            continue;
        }
        let kind = match fence {
            Some(_) => Kind::Fenced,
            None if line.starts_with('>') => Kind::Quoted,
            None => Kind::Around,
        };
        if begun.as_ref().is_some_and(|part| part.kind != kind) {
            begun.take().into_iter().for_each(|part| with_tables(part, names, &mut parts));
        }
        let part = begun.get_or_insert_with(|| Part { kind, lines_before: number, text: String::new() });
        let said = if kind == Kind::Quoted { line.trim_start_matches(['>', ' ']) } else { line };
        part.text.push_str(said);
    }
    begun.into_iter().for_each(|part| with_tables(part, names, &mut parts));
    parts
}

/// How a line begins that opens or closes a block of code, in Markdown and in Jira's markup.
fn fence_of(line: &str) -> Option<&'static str> {
    const MARKS: &[&str] = &["```", "~~~", "{code", "{noformat"];
    let line = line.trim_start();
    MARKS.iter().copied().find(|mark| line.starts_with(mark))
}

/// Puts a part among the others, with its tables as parts of their own.
fn with_tables(part: Part, names: &FieldNames, parts: &mut Vec<Part>) {
    let lines: Vec<&str> = part.text.split_inclusive('\n').collect();
    let runs = lines.chunk_by(|one, other| drawn::is_drawn(one) == drawn::is_drawn(other));
    let mut number = part.lines_before;
    let mut begun: Option<Part> = None;
    for run in runs {
        let kind = if drawn::is_table_of_jobs(run, names) { Kind::Table } else { part.kind };
        if kind == Kind::Table || begun.is_none() {
            parts.extend(begun.take());
            begun = Some(Part { kind, lines_before: number, text: String::new() });
        }
        begun.iter_mut().for_each(|part| part.text.push_str(&run.concat()));
        if kind == Kind::Table {
            parts.extend(begun.take());
        }
        number += run.len();
    }
    parts.extend(begun);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines at which the parts of a text begin, and what each is.
    fn parts_of(text: &str) -> Vec<(usize, Kind)> {
        parts(text, &FieldNames::default()).iter().map(|part| (part.lines_before + 1, part.kind)).collect()
    }

    const TABLE: &str = "| Copy job | State |\n|----------|-------|\n| A | FAILED |\n";
    const JSON: &str = "{\"CopyJobId\": \"A\", \"State\": \"FAILED\"}\n";

    #[test]
    fn tables_blocks_and_quotes_are_parts() {
        let text = format!("Hello\n{TABLE}\n```json\n{JSON}```\n> yes\n> no\nBye\n");
        assert_eq!(
            parts_of(&text),
            [
                (1, Kind::Around),
                (2, Kind::Table),
                (5, Kind::Around),
                (7, Kind::Fenced),
                (9, Kind::Quoted),
                (11, Kind::Around)
            ]
        );
        let quoted = format!("> {}> {JSON}", TABLE.replace("\n|", "\n> |"));
        assert_eq!(parts_of(&quoted), [(1, Kind::Table), (4, Kind::Quoted)]);
        assert_eq!(parts_of("{code:json}\n{}\n{code}\n"), [(2, Kind::Fenced)]);
        // Of a table with a row for each field none needs to be one of titles.
        let fields = "+-----------+--------+\n| State     | FAILED |\n| CreatedBy | daily  |\n+-----------+--------+\n";
        assert_eq!(parts_of(&format!("Hello\n{fields}")), [(1, Kind::Around), (2, Kind::Table)]);
        // A block goes on to a mark of its own kind.
        assert_eq!(parts_of("~~~\na\n```\nb\n~~~\nc\n"), [(2, Kind::Fenced), (6, Kind::Around)]);
    }

    #[test]
    fn a_table_is_one_whatever_its_cells_look_like() {
        let names = FieldNames::default();
        let table = "Tags | CopyJobId | State\n--- | --- | ---\n{\"team\": \"ops\"} | A | FAILED\n";
        let parts = parts(table, &names);
        assert_eq!(parts[0].detected(&names), Some(Detected::Format(Format::Table)), "{parts:?}");
    }

    #[test]
    fn only_parts_of_several_formats_are_mixed() {
        let mixed = |text: &str| are_mixed(text, &FieldNames::default());
        let fenced = |text: &str| format!("```\n{text}```\n");
        let csv = "CopyJobId,State\nA,FAILED\n";
        let ruled = "CopyJobId State\n--------- ------\nA         FAILED\n";
        let flush_right = "  State StatusMessage\n FAILED No key at all\n";
        let drawn = "│ Copy job │ State │\n───────────\n│ A │ FAILED │\n";
        for text in [
            format!("{TABLE}\n{ruled}"),
            format!("{TABLE}\n{flush_right}"),
            [fenced(ruled), fenced(flush_right)].concat(),
            format!("{drawn}\n{JSON}"),
            format!("{TABLE}\n{JSON}"),
            format!("{JSON}{TABLE}"),
            [fenced(JSON), fenced(csv)].concat(),
            format!("> {JSON}\n{csv}"),
        ] {
            assert!(mixed(&text), "{text}");
        }
        for text in [
            JSON.to_owned(),
            format!("{TABLE}\n{TABLE}"),
            [ruled.to_owned(), fenced(ruled)].concat(),
            [flush_right.to_owned(), fenced(flush_right)].concat(),
            format!("{JSON}> {JSON}{}", fenced(JSON)),
            // What a table holds beside, and what a cell does.
            format!("| a | b |\n|---|---|\n| c | d |\n\n{JSON}"),
            format!("CopyJobId,State,Note\nA,FAILED,\"see\n{TABLE}\""),
            format!("{TABLE}\nWe see this every day, and it fails: why?\nState: unclear\n"),
        ] {
            assert!(!mixed(&text), "{text}");
        }
    }
}
