//! Tables with columns of fixed width, whose titles are ruled off with dashes: PowerShell's `Format-Table`, SQL Server's
//! `sqlcmd`, Oracle's SQL*Plus, Python's tabulate.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::ops::Range;

use super::blocks::pair;
use super::field::{Field, FieldNames};
use super::item::{Complaint, Severity};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::{Columns, RowOf};
use super::told;
use super::wrapped::{Breaks, Cell};
use crate::record::Position;

/// The columns of a table, and where each begins.
struct Ruled {
    columns: Columns,
    /// Where the dashes stand, in characters. They may be as long as the title only.
    dashes: Vec<Range<usize>>,
    /// What all rows have in a last column of their own.
    common: Option<String>,
}

impl Ruled {
    /// The columns that the titles in these lines and the dashes below them make, and one more for what the rows have in
    /// common; `None` if they are none of copy jobs.
    fn of<'l>(
        above: impl DoubleEndedIterator<Item = &'l str> + Clone,
        rule: &str,
        group: Option<&Group>,
        names: &FieldNames,
    ) -> Option<Self> {
        let dashes = dashes(rule)?;
        let mut titles = vec![String::new(); dashes.len()];
        // In a narrow column a title has several lines.
        for line in above.rev() {
            for (title, begin) in titles.iter_mut().zip(cut(line, &dashes)) {
                title.insert_str(0, begin.trim());
            }
            // One that was too long for its column is cut, and names nothing.
            let titles = titles.iter().map(|title| title.trim_end_matches(['…', '.']));
            let field = |name: &str| names.field(name.as_bytes());
            let group = group.filter(|group| titles.clone().all(|title| field(title) != field(&group.name)));
            let titles = titles.chain(group.map(|group| group.name.as_str()));
            if let Some(columns) = Columns::of_titles(titles, names) {
                return Some(Self { columns, dashes, common: group.map(|group| group.value.clone()) });
            }
        }
        None
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

/// What the rows of a table have in common, in a line above it: `State: FAILED`.
struct Group {
    name: String,
    value: String,
}

impl Group {
    fn of(line: &str, names: &FieldNames) -> Option<Self> {
        let (name, value) = pair(line.trim()).filter(|_| line.starts_with(' '))?;
        let is_known = names.field(name.as_bytes()) != Field::Other;
        is_known.then(|| Self { name: name.to_owned(), value: value.to_owned() })
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
    let lines: Vec<&str> = sample.lines().collect();
    let mut group = None;
    lines.iter().enumerate().any(|(at, line)| {
        group = Group::of(line, names).or(group.take());
        let above = lines.get(at.saturating_sub(TITLES)..at).unwrap_or_default();
        Ruled::of(above.iter().copied(), line, group.as_ref(), names).is_some()
    })
}

/// How many lines titles may have.
const TITLES: usize = 2;

/// Reads the tables of a text, and lines around them that are jobs by themselves.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut rows = Rows { table: None, group: None, begun: None, breaks: Breaks::default(), left_out: 0 };
    // Only the line below tells titles from a row.
    let mut above: VecDeque<(String, Position)> = VecDeque::new();
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        let titles = above.iter().map(|(line, _)| line.as_str());
        if dashes(&line).is_some() {
            rows.group =
                titles.clone().find_map(|line| Group::of(line, reading.names())).or(rows.group.take());
        }
        if let Some(table) = Ruled::of(titles, &line, rows.group.as_ref(), reading.names()) {
            rows.end(reading);
            rows.table = Some(table);
            above.clear();
            continue;
        }
        above.push_back((line.into_owned(), position));
        if above.len() > TITLES {
            above.pop_front().into_iter().for_each(|(line, at)| rows.line(&line, at, reading));
        }
    }
    above.into_iter().for_each(|(line, at)| rows.line(&line, at, reading));
    rows.end(reading);
    if rows.left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::LinesLeftOut { lines: rows.left_out });
    }
    Ok(())
}

/// The rows of a table, while they come.
struct Rows {
    table: Option<Ruled>,
    /// What the rows of the next table have in common.
    group: Option<Group>,
    /// The last row, which may go on.
    begun: Option<Row>,
    breaks: Breaks,
    left_out: u64,
}

struct Row {
    cells: Vec<Cell>,
    position: Position,
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
        row.cells.iter_mut().zip(cells).for_each(|(cell, more)| cell.goes_on(more));
        true
    }

    /// A line that is no row of the table.
    fn other(&mut self, line: &str, position: Position, reading: &mut Reading<'_>) {
        self.end(reading);
        if let Some(told) = told::row(line, position, reading.name()) {
            reading.told(told);
        } else if let Some(group) = Group::of(line, reading.names()) {
            self.group = Some(group);
        } else {
            self.left_out += 1;
        }
    }

    fn end(&mut self, reading: &mut Reading<'_>) {
        if let (Some(table), Some(row)) = (&self.table, self.begun.take()) {
            let cells = row.cells.iter().zip(table.widths());
            let cells: Vec<String> = cells.map(|(cell, width)| cell.text(width, &mut self.breaks)).collect();
            let cells = cells.iter().map(String::as_str).chain(table.common.as_deref());
            reading.row(Some(&table.columns), cells, row.position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::items_of;
    use crate::read::{Item, Warning};

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
        has_cells("-----     -----", "EBS-1 1234567890", &["EBS-1", "1234567890"]);
        has_cells("-----     -----", "one-word-beyond-all", &["one-word-b", "eyond-all"]);
        // A word that begins below dashes belongs to their column.
        has_cells("-----     -----", "some words-beyond", &["some words", "-beyond"]);
    }

    #[test]
    fn a_column_may_be_wider_than_its_dashes() {
        has_cells("-----     -----", "FAILED at once", &["FAILED at", "once"]);
        has_cells("-----     -----", "FAILED now and then", &["FAILED now", "and then"]);
        has_cells("-----     -----", "FAILED at", &["FAILED at", ""]);
    }

    /// How many lines are said to be left out.
    fn left_out(rows: &str) -> Option<u64> {
        let text = format!(
            "CopyJobId                            State  StatusMessage\n\
             ---------                            -----  -------------\n{rows}"
        );
        items_of(&text).into_iter().find_map(|item| match item {
            Item::Warning(Warning { complaint: Complaint::LinesLeftOut { lines }, .. }) => Some(lines),
            _ => None,
        })
    }

    #[test]
    fn lines_that_are_no_rows_are_counted_among_jobs() {
        const ROW: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E FAILED No key\n";
        const PROMPT: &str = "PS C:\\Users\\ops> exit\n";
        assert_eq!(left_out(ROW), None);
        assert_eq!(left_out(&[ROW, PROMPT, PROMPT].concat()), Some(2));
        assert_eq!(left_out(PROMPT), None);
    }

    #[test]
    fn a_rule_has_columns_and_nothing_else() {
        assert_eq!(dashes(" --- -"), Some(vec![1..4, 5..6]));
        for line in ["", "---", "-- a", "--+--", "---\t---"] {
            assert_eq!(dashes(line), None, "{line:?}");
        }
    }
}
