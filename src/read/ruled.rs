//! Tables with columns of fixed width, whose titles are ruled off with dashes: PowerShell's `Format-Table`, SQL Server's
//! `sqlcmd`, Oracle's SQL*Plus, Python's tabulate.

use std::io::{self, BufRead};
use std::ops::Range;

use super::field::FieldNames;
use super::item::{Complaint, Severity};
use super::lines::{self, LineEnd, Lines};
use super::reading::Reading;
use super::table::{Columns, RowOf};
use crate::record::Position;

/// The columns of a table, and where each begins.
struct Ruled {
    columns: Columns,
    /// Where the dashes stand, in characters. They may be as long as the title only.
    dashes: Vec<Range<usize>>,
}

impl Ruled {
    /// The columns that a line of titles and the dashes below it make; `None` if they are none of copy jobs.
    fn of(titles: &str, rule: &str, names: &FieldNames) -> Option<Self> {
        let dashes = dashes(rule)?;
        // A title that was too long for its column is cut, and names nothing.
        let titles = cut(titles, &dashes).into_iter().map(|title| title.trim().trim_end_matches(['…', '.']));
        let columns = Columns::of_titles(titles, names)?;
        Some(Self { columns, dashes })
    }

    fn cells<'l>(&self, line: &'l str) -> Vec<&'l str> {
        cut(line, &self.dashes)
    }

    /// How many characters fit into the columns but the last, which ends nowhere.
    fn widths(&self) -> impl Iterator<Item = Option<usize>> {
        let next = self.dashes.iter().skip(1).map(|next| Some(next.start)).chain([None]);
        self.dashes.iter().zip(next).map(|(own, next)| Some(next?.saturating_sub(own.start + 1)))
    }
}

/// Where the dashes of a line stand, if it has nothing else and there are several columns.
fn dashes(line: &str) -> Option<Vec<Range<usize>>> {
    let line = line.trim_end();
    if !line.bytes().all(|byte| matches!(byte, b'-' | b' ')) {
        return None;
    }
    let start = |run: &str| run.as_ptr() as usize - line.as_ptr() as usize;
    let runs: Vec<_> = line.split_whitespace().map(|run| start(run)..start(run) + run.len()).collect();
    (runs.len() > 1).then_some(runs)
}

/// The cells of a line. A column ends where the next one begins; numbers end where their column does, and may begin
/// before it.
fn cut<'l>(line: &'l str, dashes: &[Range<usize>]) -> Vec<&'l str> {
    let ends = dashes.iter().map(|run| run.end);
    let next = dashes.iter().skip(1).map(|run| Some(run.start)).chain([None]);
    let mut rest = line;
    let mut place = 0;
    ends.zip(next)
        .map(|(end, next)| {
            let length =
                next.map_or(rest.len(), |next| border(rest, end.saturating_sub(place), next - place));
            let (cell, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            place += cell.chars().count();
            rest = behind;
            cell
        })
        .collect()
}

/// Where in a text the column ends whose dashes end at `end`, and behind which the next one begins at `next`.
fn border(text: &str, end: usize, next: usize) -> usize {
    let byte_of = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(at, _)| at);
    let at = byte_of(next);
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let is_cut = !before.ends_with(' ') && !behind.is_empty() && !behind.starts_with(' ');
    if !is_cut {
        return at;
    }
    before.rfind(' ').map(|blank| blank + 1).filter(|begin| *begin > byte_of(end)).unwrap_or(at)
}

/// Whether there is such a table in a text.
pub(super) fn is_table(sample: &str, names: &FieldNames) -> bool {
    let below = sample.lines().skip(1);
    sample.lines().zip(below).any(|(titles, rule)| Ruled::of(titles, rule, names).is_some())
}

/// Reads the tables of a text, and lines around them that are jobs by themselves.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut rows = Rows { table: None, begun: None, left_out: 0 };
    // Only the line below tells titles from a row.
    let mut above: Option<(String, Position)> = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        let titles = above.as_ref().and_then(|(above, _)| Ruled::of(above, &line, reading.names()));
        if let Some(table) = titles {
            rows.end(reading);
            rows.table = Some(table);
            above = None;
        } else if let Some((above, at)) = above.replace((line.into_owned(), position)) {
            rows.line(&above, at, reading);
        }
    }
    above.into_iter().for_each(|(above, at)| rows.line(&above, at, reading));
    rows.end(reading);
    if rows.left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::LinesLeftOut { lines: rows.left_out });
    }
    Ok(())
}

/// The rows of a table, while they come.
struct Rows {
    table: Option<Ruled>,
    /// The last row, which may go on.
    begun: Option<Row>,
    left_out: u64,
}

struct Row {
    cells: Vec<Cell>,
    position: Position,
}

struct Cell {
    text: String,
    /// How many characters its last line has, and its longest.
    last: usize,
    longest: usize,
}

impl Cell {
    fn new(text: &str) -> Self {
        let text = text.trim();
        let length = text.chars().count();
        Self { text: text.to_owned(), last: length, longest: length }
    }

    /// Puts another line behind the text. A word that is longer than a line is cut where the line ends.
    fn goes_on(&mut self, more: &str, width: Option<usize>) {
        let width = width.unwrap_or(self.longest);
        let word = self.text.rsplit(' ').next().unwrap_or_default().chars().count();
        let rest = more.split(' ').next().unwrap_or_default().chars().count();
        let is_word_cut = self.last == width && rest <= width && word + rest > width;
        if !is_word_cut && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(more);
        self.last = more.chars().count();
        self.longest = self.longest.max(self.last);
    }
}

impl Rows {
    fn line(&mut self, line: &str, position: Position, reading: &mut Reading<'_>) {
        if line.trim().is_empty() {
            return self.end(reading);
        }
        let Some(table) = &self.table else { return self.other(line, position, reading) };
        let cells = table.cells(line);
        let is_row = match table.columns.row(cells.iter().copied()) {
            RowOf::CopyJob => table.columns.is_job_of_its_own(cells.iter().copied()),
            RowOf::OtherJob(_) => true,
            RowOf::Nothing => false,
        };
        if is_row {
            self.end(reading);
            self.begun = Some(Row { cells: cells.into_iter().map(Cell::new).collect(), position });
        } else if !self.goes_on(line) {
            self.other(line, position, reading);
        }
    }

    /// Takes a line that goes on with the row before it, as `-Wrap` has it: what names the job has a gap there.
    fn goes_on(&mut self, line: &str) -> bool {
        let (Some(table), Some(row)) = (&self.table, &mut self.begun) else { return false };
        let cells = table.cells(line);
        if !table.columns.is_nameless(cells.iter().copied()) {
            return false;
        }
        for ((cell, more), width) in row.cells.iter_mut().zip(cells).zip(table.widths()) {
            if !more.trim().is_empty() {
                cell.goes_on(more.trim(), width);
            }
        }
        true
    }

    /// A line that is no row of the table.
    fn other(&mut self, line: &str, position: Position, reading: &mut Reading<'_>) {
        self.end(reading);
        match lines::row(line, position, reading.name()) {
            Some(job) => reading.job(job),
            None => self.left_out += 1,
        }
    }

    fn end(&mut self, reading: &mut Reading<'_>) {
        if let (Some(table), Some(row)) = (&self.table, self.begun.take()) {
            reading.row(Some(&table.columns), row.cells.iter().map(|cell| cell.text.as_str()), row.position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn has_cells(rule: &str, line: &str, expected: &[&str]) {
        let dashes = dashes(rule).expect("dashes");
        let cells: Vec<&str> = cut(line, &dashes).into_iter().map(str::trim).collect();
        assert_eq!(cells, expected, "{line}");
    }

    #[test]
    fn cells_are_cut_where_the_dashes_begin() {
        let rule = "--   -----    ----";
        has_cells(rule, "Id   State    Why", &["Id", "State", "Why"]);
        has_cells(rule, "a1b2 FAILED   It was denied by it", &["a1b2", "FAILED", "It was denied by it"]);
        has_cells(rule, "ä…   FAILED", &["ä…", "FAILED", ""]);
        has_cells(rule, "", &["", "", ""]);
        has_cells(rule, "     x", &["", "x", ""]);
    }

    #[test]
    fn numbers_may_begin_before_their_dashes() {
        has_cells("-----     -----", "FAILED 1234567", &["FAILED", "1234567"]);
        has_cells("-----     -----", "FAILED        7", &["FAILED", "7"]);
        has_cells("-----     -----", "one-word-beyond-all", &["one-word-b", "eyond-all"]);
    }

    #[test]
    fn a_rule_has_columns_and_nothing_else() {
        assert_eq!(dashes(" --- -"), Some(vec![1..4, 5..6]));
        for line in ["", "---", "-- a", "--+--", "---\t---"] {
            assert_eq!(dashes(line), None, "{line:?}");
        }
    }
}
