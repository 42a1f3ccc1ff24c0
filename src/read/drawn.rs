//! Tables that are drawn with lines: the AWS CLI's, those of databases and shells, those of tickets in Markdown and Jira's
//! markup. They are a grid with titles, or have a row for each field of a job.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::blocks::Block;
use super::field::Field;
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::Columns;
use crate::record::Position;

/// What a line of a table is.
enum Row<'l> {
    Border,
    Cells(Vec<Cow<'l, str>>),
    Other,
}

fn row(line: &str) -> Row<'_> {
    const DRAWN: &str = "-+|=: ─┼├┤┌┐└┘┬┴│";
    let line = line.trim();
    if line.is_empty() {
        Row::Other
    } else if line.chars().all(|c| DRAWN.contains(c)) || line.starts_with("-[ RECORD ") {
        Row::Border
    } else if let Some(titles) = titles_of_jira(line) {
        Row::Cells(titles.split("||").map(plain).collect())
    } else if line.starts_with(LINES) {
        // The AWS CLI draws a line more around what lies deeper.
        let mut inner = line;
        while let Some(deeper) = inner.strip_prefix(LINES) {
            inner = deeper.strip_suffix(LINES).unwrap_or(deeper);
        }
        Row::Cells(cells(inner))
    } else if line.contains(" | ") || line.ends_with(" |") {
        // PostgreSQL draws no line around the table.
        Row::Cells(cells(line))
    } else {
        Row::Other
    }
}

/// Jira's titles, which stand between two lines each.
fn titles_of_jira(line: &str) -> Option<&str> {
    line.strip_prefix("||")?.strip_suffix("||").filter(|titles| titles.contains("||"))
}

/// The lines between cells.
const LINES: [char; 2] = ['|', '│'];

/// The cells of a row. In Markdown a line in a cell has a backslash before it.
fn cells(row: &str) -> Vec<Cow<'_, str>> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, line) in row.match_indices(LINES) {
        let is_text = row.get(..at).is_some_and(|before| before.ends_with('\\'));
        if !is_text {
            cells.push(plain(row.get(start..at).unwrap_or_default()));
            start = at + line.len();
        }
    }
    cells.push(plain(row.get(start..).unwrap_or_default()));
    cells
}

/// What a cell says, without the markup of tickets: code, bold, colour, breaks.
fn plain(cell: &str) -> Cow<'_, str> {
    const AROUND: &[(&str, &str)] = &[("`", "`"), ("**", "**"), ("__", "__"), ("{{", "}}"), ("*", "*")];
    let mut text = cell.trim();
    while let Some(inside) = without_colour(text)
        .or_else(|| AROUND.iter().find_map(|(begin, end)| text.strip_prefix(begin)?.strip_suffix(end)))
    {
        text = inside.trim();
    }
    if matches!(text, "–" | "—") {
        return Cow::Borrowed("");
    }
    let mut text = Cow::Borrowed(text);
    for (markup, said) in [("<br>", " "), ("<br/>", " "), ("<br />", " "), ("\\|", "|")] {
        if text.contains(markup) {
            text = Cow::Owned(text.replace(markup, said));
        }
    }
    text
}

/// What stands between `{color:red}` and `{color}`.
fn without_colour(text: &str) -> Option<&str> {
    let (_, coloured) = text.strip_prefix("{color:")?.split_once('}')?;
    coloured.strip_suffix("{color}")
}

/// Whether a text is a table that is drawn with lines.
pub(super) fn is_table(sample: &str) -> bool {
    let mut has_border = false;
    for line in sample.lines().take(40) {
        has_border |= titles_of_jira(line.trim()).is_some();
        match row(line) {
            Row::Border if line.trim().len() > 4 => has_border = true,
            Row::Cells(_) if has_border => return true,
            _ => {}
        }
    }
    false
}

/// Reads a drawn table.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut columns: Option<Columns> = None;
    let mut block = Block::default();
    let mut wrapped: Option<Wrapped> = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(text) = line.text(reading) else { continue };
        let Row::Cells(row) = row(&text) else { continue };
        if wrapped.as_mut().is_some_and(|before| before.takes(&row)) {
            continue;
        }
        wrapped.take().into_iter().for_each(|row| row.end(columns.as_ref(), reading));
        let cells = || row.iter().map(AsRef::as_ref);
        if row.len() > 1 {
            if let Some(titles) =
                Columns::of_titles(cells(), reading.names()).filter(|_| row.len() != 2 || is_grid(&row))
            {
                block.end(reading);
                columns = Some(titles);
                continue;
            }
        }
        match (&columns, row.as_slice()) {
            (Some(titles), row) if row.len() == titles.len() => {
                if cells().any(goes_on) {
                    wrapped = Some(Wrapped { cells: cells().map(str::to_owned).collect(), position });
                } else {
                    reading.row(Some(titles), cells(), position);
                }
            }
            (_, [title]) => {
                columns = None;
                block.section(title);
            }
            (_, [name, value]) => block.put(name, value, position, reading),
            _ => reading.row(None, cells(), position),
        }
    }
    wrapped.into_iter().for_each(|row| row.end(columns.as_ref(), reading));
    block.end(reading);
    Ok(())
}

/// Whether a cell has more lines, each in a row of its own: PostgreSQL marks that with a `+`.
fn goes_on(cell: &str) -> bool {
    cell.ends_with('+')
}

/// A row under titles that goes on, until the last of its rows is there.
struct Wrapped {
    cells: Vec<String>,
    position: Position,
}

impl Wrapped {
    /// Takes a row that goes on with this one.
    fn takes(&mut self, row: &[Cow<'_, str>]) -> bool {
        let is_more = row.len() == self.cells.len()
            && self.cells.iter().any(|cell| goes_on(cell))
            && self.cells.iter().zip(row).all(|(cell, more)| more.is_empty() || goes_on(cell));
        if is_more {
            for (cell, more) in self.cells.iter_mut().zip(row).filter(|(cell, _)| goes_on(cell)) {
                cell.pop();
                cell.push(' ');
                cell.push_str(more);
            }
        }
        is_more
    }

    fn end(self, columns: Option<&Columns>, reading: &mut Reading<'_>) {
        reading.row(columns, self.cells.iter().map(String::as_str), self.position);
    }
}

/// Both cells of a row of titles are names; in a row of a field's the second is its value.
fn is_grid(row: &[Cow<'_, str>]) -> bool {
    row.iter().all(|cell| {
        let field = Field::of(cell.as_bytes());
        field.is_telling() || matches!(field, Field::MaybeId | Field::MaybeState | Field::MaybeMessage)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn has_cells(line: &str, expected: &[&str]) {
        match row(line) {
            Row::Cells(cells) => assert_eq!(cells, expected, "{line}"),
            _ => panic!("no row: {line}"),
        }
    }

    #[test]
    fn rows_are_cut_and_freed_of_markup() {
        has_cells("|  a |  b c  |", &["a", "b c"]);
        has_cells("||  a |  b c  ||", &["a", "b c"]);
        has_cells("│ a │ b │", &["a", "b"]);
        has_cells(
            "| `a` | **FAILED** | one<br>two | x \\| y | – |",
            &["a", "FAILED", "one two", "x | y", ""],
        );
        has_cells("||Job ID||State||", &["Job ID", "State"]);
        has_cells("|{{a}}|{color:red}*FAILED*{color}| |", &["a", "FAILED", ""]);
        has_cells(" a | b | ", &["a", "b", ""]);
        assert!(matches!(row("|--:|:--|:-:|"), Row::Border));
        assert!(matches!(row("-[ RECORD 1 ]--+-----"), Row::Border));
        assert!(matches!(row("a sentence"), Row::Other));
    }
}
