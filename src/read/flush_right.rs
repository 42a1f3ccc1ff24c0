//! Tables without lines whose columns end where their titles do, as pandas and R print them.

use std::io::{self, BufRead};

use super::field::FieldNames;
use super::item::{Complaint, Severity};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::{Columns, RowOf};
use super::told;
use crate::record::Position;

/// The columns of a table, and behind which character each ends.
struct Table {
    columns: Columns,
    ends: Vec<usize>,
    /// Whether the name of each row stands in front, which has no title.
    has_row_names: bool,
}

impl Table {
    /// The table that a line of titles begins, if the line below is a row of it; a title of two words is none, and moves
    /// every end.
    fn of(titles: &str, first: &str, names: &FieldNames) -> Option<Self> {
        let words: Vec<&str> = titles.split_whitespace().collect();
        let columns = Columns::of_titles(words.iter().copied(), names).filter(|_| words.len() > 1)?;
        let place = |word: &str| (word.as_ptr() as usize - titles.as_ptr() as usize) + word.len();
        let end = |word: &&str| titles.get(..place(word)).map(|before| before.chars().count());
        let ends = words.iter().map(end).collect::<Option<Vec<_>>>()?;
        let mut table = Self { columns, ends, has_row_names: false };
        table.has_row_names = table.cut(first)?.first().is_some_and(|cell| {
            let (name, rest) = cell.split_once(' ').unwrap_or_default();
            // pandas counts from 0 and R from 1; a name of another kind stands apart.
            matches!(name, "0" | "1") || rest.starts_with(' ')
        });
        table.row(first).map(|_| table)
    }

    /// The cells of a row of this table that is about a job.
    fn row<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let mut cells = self.cut(line)?;
        if let Some(first) = cells.first_mut().filter(|_| self.has_row_names) {
            *first = first.split_once(' ')?.1.trim();
        }
        let is_row = match self.columns.row(cells.iter().copied()) {
            RowOf::CopyJob => self.columns.is_job_of_its_own(cells.iter().copied()),
            RowOf::OtherJob(_) => true,
            RowOf::Nothing => false,
        };
        is_row.then_some(cells)
    }

    /// Cuts a line behind the ends of the columns; `None` if a word goes over one.
    fn cut<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let mut rest = line.trim_end();
        let mut place = 0;
        let mut cells = Vec::new();
        for end in &self.ends {
            let at = rest.char_indices().nth(end - place).map_or(rest.len(), |(at, _)| at);
            let (cell, behind) = rest.split_at_checked(at)?;
            if !behind.is_empty() && !behind.starts_with(' ') {
                return None;
            }
            cells.push(cell.trim());
            rest = behind;
            place = *end;
        }
        rest.is_empty().then_some(cells)
    }
}

/// Whether there is such a table in a text.
pub(super) fn is_table(sample: &str, names: &FieldNames) -> bool {
    let lines = || sample.lines().map(str::trim_end);
    lines().zip(lines().skip(1)).any(|(titles, first)| Table::of(titles, first, names).is_some())
}

/// Reads the tables of a text, and lines around them that are jobs by themselves.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut table: Option<Table> = None;
    // Only the line below tells titles from anything else.
    let mut above: Option<(String, Position)> = None;
    let mut left_out = 0;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        let titles = above.as_ref().map(|(titles, _)| titles.as_str());
        if let Some(begun) = titles.and_then(|titles| Table::of(titles, &line, reading.names())) {
            table = Some(begun);
            above = None;
        }
        other(above.take(), reading, &mut left_out);
        match table.as_ref().and_then(|table| Some((&table.columns, table.row(&line)?))) {
            Some((columns, cells)) => reading.row(Some(columns), cells.into_iter(), position),
            None => above = Some((line.into_owned(), position)),
        }
    }
    other(above, reading, &mut left_out);
    if left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::LinesLeftOut { lines: left_out });
    }
    Ok(())
}

/// A line that is no row of a table.
fn other(line: Option<(String, Position)>, reading: &mut Reading<'_>, left_out: &mut u64) {
    let Some((line, position)) = line.filter(|(line, _)| !line.trim().is_empty()) else { return };
    match told::row(&line, position, reading.name()) {
        Some(told) => reading.told(told),
        None => *left_out += 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Item;
    use crate::read::tests::{items_of, messages_of};

    #[test]
    fn lines_around_a_table_are_jobs_by_themselves_or_are_counted() {
        let table =
            "      State     StatusMessage\n0    FAILED  No key was given\n1    FAILED  It was not there\n\n";
        let job = "47C8EF56-74D8-059D-1301-C5BE1D5C926E FAILED It was not allowed\n";
        let messages = ["No key was given", "It was not there", "It was not allowed"];
        for (text, messages, left_out) in [
            (table.to_owned(), &messages[..2], None),
            (format!("Jobs of the night\n{table}[2 rows x 2 columns]\n"), &messages[..2], Some(2)),
            (format!("{table}{job}"), &messages, None),
        ] {
            let items = items_of(&text);
            assert_eq!(messages_of(&items), messages, "{text}");
            let lines = items.iter().find_map(|item| match item {
                Item::Warning(warning) => Some(warning.complaint.clone()),
                _ => None,
            });
            assert_eq!(lines, left_out.map(|lines| Complaint::LinesLeftOut { lines }), "{text}");
        }
    }

    #[test]
    fn a_table_has_several_columns() {
        let is = |text: &str| is_table(text, &FieldNames::default());
        assert!(is(" State StatusMessage\nFAILED No key at all\n"));
        assert!(!is("StatusMessage\nNo key at all\n"));
    }

    /// The cells of the first row of a table.
    fn cells(titles: &str, row: &str) -> Option<Vec<String>> {
        let table = Table::of(titles, row, &FieldNames::default())?;
        Some(table.row(row)?.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn cells_end_where_their_titles_do() {
        let titles = "    State Size    StatusMessage";
        for (row, expected) in [
            ("   FAILED    7 It is a  message", ["FAILED", "7", "It is a  message"]),
            ("COMPLETED                   NaN", ["COMPLETED", "", "NaN"]),
            ("   FAILED  NaN Schlüssel fehlt ", ["FAILED", "NaN", "Schlüssel fehlt"]),
        ] {
            assert_eq!(cells(titles, row).as_deref(), Some(expected.map(str::to_owned).as_slice()), "{row}");
        }
        for row in [
            "",
            "FAILED 7 It is a message",
            "   FAILED    7 It is a message that is longer",
            "   FAILED 12345 It is a message",
            "     LOST    7            gone",
        ] {
            assert_eq!(cells(titles, row), None, "{row}");
        }
    }

    #[test]
    fn the_name_of_a_row_is_no_part_of_its_first_cell() {
        let titles = "        State StatusMessage";
        for (row, state) in [
            ("0      FAILED Not there yet", "FAILED"),
            ("1   COMPLETED          None", "COMPLETED"),
            ("db1    FAILED Not there yet", "FAILED"),
            ("       FAILED Not there yet", "FAILED"),
        ] {
            assert_eq!(
                cells(titles, row).and_then(|cells| cells.first().cloned()).as_deref(),
                Some(state),
                "{row}"
            );
        }
        let first = "  StatusMessage     State";
        assert_eq!(
            cells(first, "It is not there    FAILED").map(|cells| cells.join("|")).as_deref(),
            Some("It is not there|FAILED")
        );
    }
}
