//! A table that was copied cell by cell: its titles on a line each, and below them, on a line each, the values of one job
//! after another.

use std::io::{self, BufRead};

use super::field::{Field, FieldNames};
use super::item::{Complaint, Severity};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::Columns;
use crate::identifier::is_uuid;
use crate::record::Position;

/// How many bytes of a row are kept.
const LONGEST_ROW: usize = 1024 * 1024;

/// The titles of such a table.
struct Titles {
    columns: Columns,
    /// The place of the id in a row.
    id: usize,
}

impl Titles {
    /// The titles that end where lines do, the last of which is the first value; `None` if there are none.
    ///
    /// From the title of the ids to the first id there are as many lines as columns. What stands in front of it is a title
    /// where it names a field.
    fn of(lines: &[String], names: &FieldNames) -> Option<Self> {
        let (_, before) = lines.split_last().filter(|(first, _)| is_uuid(first))?;
        let field = |line: &String| names.field(line.as_bytes());
        let title =
            before.iter().rposition(|line| matches!(field(line), Field::CopyJobId | Field::MaybeId))?;
        let width = before.len() - title;
        let known = before
            .get(..title)?
            .iter()
            .rev()
            .take_while(|line| !matches!(field(line), Field::Other | Field::CopyJobs))
            .count();
        // The cells in front of the first id stand behind the last title.
        let id = known.min(width - 1);
        let titles = before.get(title - id..title - id + width)?;
        let columns = Columns::of_titles(titles.iter().map(String::as_str), names)?;
        Some(Self { columns, id })
    }

    /// The cells of a row, be it the last one with text below; blank lines are cells where they fill it.
    fn cells<'l>(&self, lines: &'l [String], is_last: bool) -> Option<Vec<&'l str>> {
        let width = self.columns.len();
        let filled: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        let is_row = if is_last { filled.len() >= width } else { filled.len() == width };
        if is_row {
            return filled.get(..width).map(<[_]>::to_vec);
        }
        let end = lines.len().min(width);
        let is_blank_behind = lines.get(end..)?.iter().all(String::is_empty);
        (end == width && is_blank_behind).then(|| lines.iter().take(width).map(String::as_str).collect())
    }
}

/// Whether a text is such a table: the first row has a state below the title of it.
pub(super) fn is_table(sample: &str, names: &FieldNames) -> bool {
    let lines = || sample.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
    let Some(first) = lines().position(|line| is_uuid(&line)) else { return false };
    let before: Vec<String> = lines().take(first + 1).collect();
    Titles::of(&before, names).is_some_and(|titles| {
        let row: Vec<String> = lines().skip(first - titles.id).take(titles.columns.len()).collect();
        titles.columns.has_state_in(row.iter().map(String::as_str))
    })
}

/// Reads such a table.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut titles: Option<Titles> = None;
    let mut row: Vec<String> = Vec::new();
    let mut position = Position { line: 1, column: 1 };
    // How many bytes the row has, and how many lines of it are not kept.
    let (mut size, mut beyond) = (0, 0);
    while let Some(line) = lines.next()? {
        let at = line.position();
        let Some(line) = line.text(reading) else { continue };
        let line = line.trim().to_owned();
        let is_id = is_uuid(&line);
        size += line.len();
        // What is longer than any row is the rest of some other text.
        if size > LONGEST_ROW && !is_id {
            beyond += usize::from(!line.is_empty());
            continue;
        }
        row.push(line);
        match &titles {
            // Blank lines count only where cells may be blank.
            None if !is_id => row.retain(|line| !line.is_empty()),
            None => {
                titles = Titles::of(&row, reading.names());
                (position, size) = (at, 0);
                let id = titles.as_ref().map_or(0, |titles| titles.id);
                row.drain(..row.len() - id - 1);
            }
            Some(titles) if is_id => {
                let next = row.split_off(row.len() - titles.id - 1);
                hand_on(titles, &row, false, position, reading);
                (row, position, size, beyond) = (next, at, 0, 0);
            }
            Some(_) => {}
        }
    }
    if let Some(titles) = titles {
        hand_on(&titles, &row, true, position, reading);
        let filled = row.iter().filter(|line| !line.is_empty()).count() + beyond;
        if let Some(lines) = filled.checked_sub(titles.columns.len()).filter(|lines| *lines > 0) {
            let complaint = Complaint::LinesLeftOut { lines: lines as u64 };
            reading.warn(Severity::Note, None, complaint);
        }
    }
    Ok(())
}

/// Hands on a row. With a cell too few or too many nobody can tell which is which.
fn hand_on(titles: &Titles, row: &[String], is_last: bool, position: Position, reading: &mut Reading<'_>) {
    match titles.cells(row, is_last) {
        Some(cells) => reading.row(Some(&titles.columns), cells.into_iter(), position),
        None => {
            let (cells, titles) = (row.len() as u64, titles.columns.len() as u64);
            reading.rejected(position, Complaint::CellsUnlikeTitles { cells, titles });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::items_of;
    use crate::read::{Item, Rejected};

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    /// What is told of each item, with `@` for the id in the text.
    fn told(text: &str) -> Vec<String> {
        let told = |item: Item| match item {
            Item::Record(job) => {
                assert_eq!(job.copy_job_id.as_deref(), Some(ID));
                format!("{} {} {}", job.position, job.state, job.status_message.unwrap_or_default())
            }
            Item::Rejected(rejected) => format!("{} rejected", rejected.position),
            Item::Warning(warning) => warning.complaint.to_string(),
            Item::Uneventful(_) => "uneventful".to_owned(),
        };
        items_of(&text.replace('@', ID)).into_iter().map(told).collect()
    }

    #[test]
    fn values_stand_below_all_titles_in_their_order() {
        let jobs = ["6:1 FAILED It is not allowed", "9:1 COMPLETED "];
        assert_eq!(
            told(
                "Copy jobs (2)\n\nCopy job ID\nStatus\nReason\n@\nFailed\nIt is not allowed\n@\nCompleted\n-\n"
            ),
            jobs
        );
        let jobs = ["6:1 FAILED It is not allowed", "9:1 COMPLETED "];
        assert_eq!(
            told("Jobs\nStatus\nCopy job ID\nReason\nFailed\n@\nIt is not allowed\nCompleted\n@\n–\n"),
            jobs
        );
    }

    /// What the page names above, to look for jobs by it, is no title.
    #[test]
    fn there_are_as_many_titles_as_values_of_a_job() {
        assert_eq!(
            told("Resource type\nStatus\nCopy job ID\nFailed\n@\nCompleted\n@\n"),
            ["5:1 FAILED ", "7:1 COMPLETED "]
        );
    }

    #[test]
    fn of_a_row_without_end_only_as_much_is_kept_as_any_row_has() {
        let line = "said the vault and its key\n";
        let lines = LONGEST_ROW / (line.len() - 1);
        let text =
            format!("Copy job ID\nStatus\n@\nFailed\n@\nFailed\n{}@\nFailed\n", line.repeat(2 * lines));
        let kept = items_of(&text.replace('@', ID)).into_iter().find_map(|item| match item {
            Item::Rejected(Rejected { complaint: Complaint::CellsUnlikeTitles { cells, .. }, .. }) => {
                Some(cells)
            }
            _ => None,
        });
        assert_eq!(kept, Some(lines as u64 + 2), "with the id and the state");
        // Behind the last row each of its lines is counted.
        let text = format!("Copy job ID\nStatus\n@\nFailed\n{}", line.repeat(2 * lines));
        assert_eq!(
            told(&text),
            ["3:1 FAILED ".to_owned(), Complaint::LinesLeftOut { lines: 2 * lines as u64 }.to_string()]
        );
    }

    #[test]
    fn a_blank_line_is_a_cell_where_it_fills_a_row() {
        assert_eq!(
            told("Copy job ID\nStatus\nReason\nSize\n@\nCompleted\n\n7\n@\nFailed\nNot now\n8\n"),
            ["5:1 COMPLETED ", "9:1 FAILED Not now"]
        );
        assert_eq!(
            told("Copy job ID\n\nStatus\n\nReason\n\n@\n\nFailed\n\nNot now\n\n@\n\nCompleted\n\n-\n\n"),
            ["7:1 FAILED Not now", "13:1 COMPLETED "]
        );
    }

    #[test]
    fn a_row_with_a_line_too_many_or_too_few_is_rejected() {
        let titles = "Copy job ID\nStatus\nReason\n";
        assert_eq!(
            told(&format!("{titles}@\nFailed\n@\nFailed\nNot\nnow\n@\nFailed\nNot now\nFeedback\n")),
            [
                "4:1 rejected",
                "6:1 rejected",
                "10:1 FAILED Not now",
                "1 line that is no job and no message was left out; to have every line read as a message, say --from lines"
            ]
        );
    }

    #[test]
    fn a_table_has_a_state_below_its_title() {
        let is = |text: &str| is_table(&text.replace('@', ID), &FieldNames::default());
        assert!(is("Copy job ID\nStatus\n@\nFailed\n"));
        for text in [
            "Copy job ID\nStatus\n@\nEBS\n",
            "Copy job ID\n@\nStatus\nFailed\n",
            "Copy job ID\nStatus\n",
            "@\n",
        ] {
            assert!(!is(text), "{text}");
        }
    }
}
