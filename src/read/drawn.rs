//! Tables that are drawn with lines: the AWS CLI's, those of databases and shells, those of tickets in Markdown and Jira's
//! markup. They are a grid with titles, or have a row for each field of a job.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::blocks::Block;
use super::field::{Field, FieldNames};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::{Columns, Order, draft_of_values};
use super::wrapped::{Breaks, Cell};
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// What a line of a table is.
enum Row<'l> {
    Border,
    /// With the blanks around them and their markup.
    Cells(Vec<&'l str>),
    Other,
}

/// Cuts a line, in a table that has lines around it or none.
fn row(line: &str, is_framed: bool) -> Row<'_> {
    let is_drawn = |c: char| "-+|=: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c);
    let text = line.trim();
    // Without a frame the first cell may be empty.
    let has_gap = !is_framed && line.starts_with(' ') && text.starts_with(LINES);
    let is_between =
        |border: &char| line.contains(&format!(" {border} ")) || text.ends_with(&format!(" {border}"));
    if text.is_empty() {
        Row::Other
    } else if text.starts_with("-[ RECORD ") || (text.chars().all(is_drawn) && !has_gap) {
        Row::Border
    } else if let Some(titles) = titles_of_jira(text) {
        Row::Cells(titles.split("||").collect())
    } else if text.starts_with(LINES) && !has_gap {
        // The AWS CLI draws a line more around what lies deeper.
        let mut inner = text;
        while let Some(deeper) = inner.strip_prefix(LINES) {
            inner = deeper.strip_suffix(LINES).unwrap_or(deeper);
        }
        Row::Cells(cells(inner))
    } else if has_gap || LINES.iter().any(is_between) {
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
const LINES: [char; 4] = ['|', '│', '┃', '║'];

/// What a line begins with that belongs to a frame.
const CORNERS: [char; 12] = ['|', '+', '┌', '├', '└', '╔', '╠', '╚', '╭', '╰', '┏', '┡'];

/// The cells of a row. In Markdown a line in a cell has a backslash before it; in Jira's markup it is a part of links and
/// macros.
fn cells(row: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, line) in row.match_indices(LINES) {
        let (before, behind) = (row.get(start..at).unwrap_or_default(), row.get(at + line.len()..));
        let is_text = before.ends_with('\\') || is_in_markup(before, behind.unwrap_or_default());
        if !is_text {
            cells.push(row.get(start..at).unwrap_or_default());
            start = at + line.len();
        }
    }
    cells.push(row.get(start..).unwrap_or_default());
    cells
}

/// Whether what stands around a line is a link, `[OPS-7|https://…]`, or a macro, `{status:colour=Red|title=FAILED}`.
fn is_in_markup(before: &str, behind: &str) -> bool {
    /// Longer ones are none, so that a long row is not looked through again and again.
    const LONGEST: usize = 1024;
    let near = (0..4).find_map(|more| before.get(before.len().saturating_sub(LONGEST + more)..));
    let near = near.unwrap_or_default();
    let inside =
        |begin: char, end: char| near.rsplit_once(begin).map(|(_, it)| it).filter(|it| !it.contains(end));
    let next = || behind.split(|c: char| "|]}".contains(c)).next().unwrap_or_default();
    let is_macro = |inside: &str| {
        inside.split_once(':').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase()))
    };
    inside('[', ']').is_some() && is_target(next())
        || inside('{', '}').is_some_and(is_macro) && next().contains('=')
}

/// Whether a text is what a link of Jira's leads to.
fn is_target(text: &str) -> bool {
    text.contains("://") || text.starts_with("mailto:")
}

/// What a cell says, without the markup of tickets: code, bold, colour, breaks, names of links.
fn plain(cell: &str) -> Cow<'_, str> {
    const AROUND: &[(&str, &str)] = &[("`", "`"), ("**", "**"), ("__", "__"), ("{{", "}}"), ("*", "*")];
    let mut text = cell.trim();
    while let Some(inside) = without_colour(text)
        .or_else(|| title_of_status(text))
        .or_else(|| name_of_link(text))
        .or_else(|| AROUND.iter().find_map(|(begin, end)| text.strip_prefix(begin)?.strip_suffix(end)))
    {
        text = inside.trim();
    }
    if matches!(text, "–" | "—") {
        return Cow::Borrowed("");
    }
    let mut text = Cow::Borrowed(undecorated(text).unwrap_or(text));
    for (markup, said) in [("<br>", " "), ("<br/>", " "), ("<br />", " "), ("\\|", "|")] {
        if text.contains(markup) {
            text = Cow::Owned(text.replace(markup, said));
        }
    }
    text
}

/// The state or the id that a cell shows with an icon or as a link.
fn undecorated(text: &str) -> Option<&str> {
    let text = text.strip_prefix('[').and_then(|link| link.split_once("](")).map_or(text, |(name, _)| name);
    // Chat programs write icons as `:x:`.
    let text = text.strip_prefix(':').and_then(|icon| icon.split_once(": ")).map_or(text, |(_, rest)| rest);
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    (is_uuid(bare) || State::is_known_name(bare)).then_some(bare)
}

/// What stands between `{color:red}` and `{color}`.
fn without_colour(text: &str) -> Option<&str> {
    let (_, coloured) = text.strip_prefix("{color:")?.split_once('}')?;
    coloured.strip_suffix("{color}")
}

/// What a macro shows: `{status:colour=Red|title=FAILED}`
fn title_of_status(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("{status:")?.strip_suffix('}')?;
    parameters.split('|').find_map(|parameter| parameter.strip_prefix("title="))
}

/// The name of a link of Jira's: `[OPS-7|https://…]`
fn name_of_link(text: &str) -> Option<&str> {
    let (name, target) = text.strip_prefix('[')?.strip_suffix(']')?.split_once('|')?;
    is_target(target).then_some(name)
}

/// Whether a text is a table that is drawn with lines.
pub(super) fn is_table(sample: &str) -> bool {
    let mut has_border = false;
    for line in sample.lines().take(40) {
        has_border |= titles_of_jira(line.trim()).is_some();
        match row(line, true) {
            Row::Border if line.trim().len() > 4 => has_border = true,
            Row::Cells(_) if has_border => return true,
            _ => {}
        }
    }
    false
}

/// Whether a line may be one of a drawn table.
pub(super) fn is_drawn(line: &str) -> bool {
    matches!(row(line, true), Row::Border | Row::Cells(_))
}

/// Whether lines that stand together are a table that tells of jobs.
pub(super) fn is_table_of_jobs(lines: &[&str], names: &FieldNames) -> bool {
    let is_of_jobs = |line: &&str| {
        let Row::Cells(cells) = row(line, true) else { return false };
        let cells: Vec<Cow<'_, str>> = cells.into_iter().map(plain).collect();
        let texts = || cells.iter().map(AsRef::as_ref);
        let (file, at) = ("".into(), Position { line: 1, column: 1 });
        let is_field = |name: &Cow<'_, str>| cells.len() == 2 && Field::of(name.as_bytes()).is_telling();
        cells.first().is_some_and(is_field)
            || Columns::of_titles(texts(), names).is_some()
            || draft_of_values(texts(), Order::SourceFirst, &file, at).is_some()
    };
    is_table(&lines.concat()) && lines.iter().any(is_of_jobs)
}

/// Reads a drawn table.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut columns: Option<Columns> = None;
    let mut block = Block::default();
    let mut rows = Rows::default();
    let mut is_framed = true;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(text) = line.text(reading) else { continue };
        // Where cells go on, no line between them may have a blank on both sides.
        let is_wide = |row: &Vec<&str>| {
            let goes_on = rows.are_marked() || row.iter().any(|cell| Mark::of(cell.trim()).is_some());
            !is_framed && goes_on && columns.as_ref().is_some_and(|columns| columns.len() == row.len())
        };
        let raw = match row(&text, is_framed) {
            Row::Cells(row) => {
                is_framed &= text.trim_start().starts_with(LINES);
                row
            }
            Row::Other => match Some(cells(&text)).filter(is_wide) {
                Some(row) => row,
                None => continue,
            },
            Row::Border => {
                is_framed |= text.trim_start().starts_with(CORNERS);
                rows.border();
                continue;
            }
        };
        let row: Vec<Cow<'_, str>> = raw.iter().map(|cell| plain(cell)).collect();
        let cells = || row.iter().map(AsRef::as_ref);
        if columns.as_ref().is_some_and(|columns| rows.take(columns, &raw, &row)) {
            continue;
        }
        rows.end(columns.as_ref(), reading);
        if let Some(titles) = Columns::of_titles(cells(), reading.names())
            .filter(|titles| titles.len() != 2 || titles.is_grid())
        {
            block.end(reading);
            columns = Some(titles);
            continue;
        }
        match (&columns, row.as_slice()) {
            (Some(titles), row) if row.len() == titles.len() => rows.begin(&raw, row, position),
            (_, [title]) => {
                columns = None;
                block.section(title);
            }
            (_, [name, value]) if name.is_empty() => block.goes_on(|before| joined(before, value)),
            (_, [name, value]) => block.put(name, value, position, reading),
            _ => reading.row(None, cells(), position),
        }
    }
    rows.end(columns.as_ref(), reading);
    block.end(reading);
    Ok(())
}

/// What PostgreSQL writes at the end of a cell that has more lines, each in a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A line of the value ends.
    Line,
    /// The column is too narrow: the next line begins with the mark as well.
    Wrapped(char),
}

impl Mark {
    fn of(cell: &str) -> Option<Self> {
        match cell.chars().next_back()? {
            '+' | '↵' => Some(Self::Line),
            mark @ ('.' | '…') => Some(Self::Wrapped(mark)),
            _ => None,
        }
    }
}

/// A cell and the line of it below; `None` where that does not go on with it.
fn joined(cell: &str, more: &str) -> Option<String> {
    let mark = Mark::of(cell)?;
    let cell = cell.get(..cell.char_indices().next_back()?.0)?;
    Some(match mark {
        Mark::Line => [cell.trim_end(), more].join(" "),
        Mark::Wrapped(mark) => [cell, more.strip_prefix(mark)?].concat(),
    })
}

/// The rows below titles, of which the last may go on.
#[derive(Default)]
struct Rows {
    begun: Option<Begun>,
    breaks: Breaks,
}

/// A row until the last of its lines is there.
struct Begun {
    cells: Vec<Cell>,
    /// How many characters fit into each column.
    widths: Vec<usize>,
    position: Position,
    /// Whether a line was drawn below.
    is_ruled_off: bool,
}

impl Rows {
    /// Whether the last row says itself that it goes on.
    fn are_marked(&self) -> bool {
        self.begun.as_ref().is_some_and(|row| row.said().iter().any(|cell| Mark::of(cell).is_some()))
    }

    fn border(&mut self) {
        self.begun.iter_mut().for_each(|row| row.is_ruled_off = true);
    }

    /// Begins a row by its first line. `raw` are the cells as they are drawn.
    fn begin(&mut self, raw: &[&str], row: &[Cow<'_, str>], position: Position) {
        self.begun = Some(Begun {
            cells: row.iter().map(|cell| Cell::new(cell)).collect(),
            widths: raw.iter().map(|cell| inside(cell).chars().count()).collect(),
            position,
            is_ruled_off: false,
        });
    }

    /// Takes a line that goes on with the last row.
    fn take(&mut self, columns: &Columns, raw: &[&str], row: &[Cow<'_, str>]) -> bool {
        let Some(begun) = &mut self.begun else { return false };
        let said = begun.said();
        begun.takes_marked(&said, row) || begun.takes(&said, columns, raw, row)
    }

    /// Hands on the last row.
    fn end(&mut self, columns: Option<&Columns>, reading: &mut Reading<'_>) {
        let Some(row) = self.begun.take() else { return };
        let cells = row.cells.iter().zip(&row.widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| cell.text(Some(*width), &mut self.breaks))
            .map(|text| in_quotes(&text).unwrap_or(text))
            .collect();
        reading.row(columns, cells.iter().map(String::as_str), row.position);
    }
}

impl Begun {
    /// What the cells say so far.
    fn said(&self) -> Vec<String> {
        self.cells.iter().map(Cell::whole).collect()
    }

    /// Takes a line where PostgreSQL has marked that the row goes on.
    fn takes_marked(&mut self, said: &[String], row: &[Cow<'_, str>]) -> bool {
        let pairs = || said.iter().zip(row);
        let is_more = row.len() == said.len()
            && pairs().any(|(cell, more)| joined(cell, more).is_some())
            && pairs().all(|(cell, more)| more.is_empty() || joined(cell, more).is_some());
        if is_more {
            let cells =
                pairs().map(|(cell, more)| Cell::new(&joined(cell, more).unwrap_or_else(|| cell.clone())));
            self.cells = cells.collect();
        }
        is_more
    }

    /// Takes a line that has text below other text only, and does not name a job of its own.
    fn takes(&mut self, said: &[String], columns: &Columns, raw: &[&str], row: &[Cow<'_, str>]) -> bool {
        let is_more = !self.is_ruled_off
            && row.len() == said.len()
            && columns.goes_on(said.iter().map(String::as_str), row.iter().map(AsRef::as_ref));
        if is_more {
            for (cell, (raw, more)) in self.cells.iter_mut().zip(raw.iter().zip(row)) {
                let is_bare = raw.trim() == more;
                cell.goes_on(if is_bare { inside(raw) } else { more });
            }
        }
        is_more
    }
}

/// What stands in the quotes around a cell, as Node.js and SQLite draw texts; `None` where they do not enclose all of it.
fn in_quotes(cell: &str) -> Option<String> {
    let quote = cell.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let mut inside = cell.get(1..)?.strip_suffix(quote)?.chars().peekable();
    let mut text = String::new();
    while let Some(character) = inside.next() {
        let is_escape = matches!(character, '\\' | '\'' | '"') && inside.peek() == Some(&quote);
        match inside.next_if(|_| is_escape) {
            Some(quote) => text.push(quote),
            None if character == quote => return None,
            None => text.push(character),
        }
    }
    Some(text)
}

/// A cell without the blank on each side that the lines keep away from it.
fn inside(cell: &str) -> &str {
    let cell = cell.strip_prefix(' ').unwrap_or(cell);
    cell.strip_suffix(' ').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::{items_of, messages_of};

    /// The messages of the jobs.
    fn messages(text: &str) -> Vec<String> {
        messages_of(&items_of(text))
    }

    /// The rest of a message was lost: it stands behind empty cells, which look like a line around the table.
    #[test]
    fn a_row_that_goes_on_in_the_next_is_one() {
        let head = " id | state  | status_message\n----+--------+----------------\n";
        let wrapped =
            " A  | FAILED | No key        +\n    |        | was given     +\n    |        | at all\n";
        let whole = " B  | FAILED | No vault\n";
        for (rows, expected) in [
            ([wrapped, whole], ["No key was given at all", "No vault"]),
            ([whole, wrapped], ["No vault", "No key was given at all"]),
        ] {
            assert_eq!(messages(&[head, &rows.concat()].concat()), expected);
        }
    }

    /// Where every cell goes on, no line between them has a blank on both sides.
    #[test]
    fn the_last_line_of_a_row_belongs_to_it_though_it_has_no_mark_itself() {
        let head = " id    | state | status_message\n-------+-------+----------------\n";
        let row = " 47C8E.| FAIL. | No key w.\n.F     |.ED    |.as given\n";
        assert_eq!(messages(&[head, row, row].concat()), ["No key was given"; 2]);
    }

    #[test]
    fn a_line_between_rows_ends_the_one_above() {
        let border = "+----+--------+------------------+\n";
        let head = format!("{border}| id | state  | status_message   |\n{border}");
        let (one, more) = ("| A  | FAILED | No key was given |\n", "|    |        | to us by anybody |\n");
        assert_eq!(
            messages(&format!("{head}{one}{border}{more}{border}")),
            ["No key was given", "to us by anybody"]
        );
        assert_eq!(messages(&format!("{head}{one}{more}{border}")), ["No key was given to us by anybody"]);
        // A line of another table has cells of its own.
        let other = "|    |        | to us by anybody | 7 |\n";
        assert_eq!(messages(&format!("{head}{one}{other}{border}"))[0], "No key was given");
    }

    #[test]
    fn a_message_that_ends_as_a_row_does_that_goes_on_is_whole() {
        let head = " id | state  | status_message\n----+--------+----------------\n";
        for message in ["No key.", "No key in C++", "No key…"] {
            let rows = format!(" A  | FAILED | {message}\n B  | FAILED | No vault\n");
            assert_eq!(messages(&[head, &rows].concat()), [message, "No vault"]);
        }
    }

    #[test]
    fn a_line_of_the_pager_ends_no_table_and_no_row() {
        let head = " id | state  | status_message\n----+--------+----------------\n";
        let more = "--More--\n";
        let (one, two) = (" A  | FAILED | No key  +\n", "    |        | was given\n");
        let other = " B  | FAILED | No vault\n";
        for rows in [[one, more, two, other], [one, two, more, other], [one, two, other, more]] {
            assert_eq!(messages(&[head, &rows.concat()].concat()), ["No key was given", "No vault"]);
        }
    }

    #[test]
    fn only_a_row_of_the_same_columns_goes_on_with_one() {
        let cells = ["A", "FAILED", "No key  +"];
        let mut rows = Rows::default();
        rows.begin(&cells, &cells.map(Cow::Borrowed), Position { line: 1, column: 1 });
        let mut begun = rows.begun.expect("a row has begun");
        let said = begun.said();
        assert!(!begun.takes_marked(&said, &["", "", "was given", "7"].map(Cow::Borrowed)));
        assert!(begun.takes_marked(&said, &["", "", "was given"].map(Cow::Borrowed)));
        assert_eq!(begun.said(), ["A", "FAILED", "No key was given"]);
    }

    #[test]
    fn a_remark_among_rows_is_none_though_it_has_lines() {
        let rows = " id | state  | status_message\n----+--------+----------------\n A  | FAILED | No key\n";
        assert_eq!(messages(&[rows, "-- prod|test|all of the other accounts\n"].concat()), ["No key"]);
    }

    #[test]
    fn tables_of_another_form_may_follow_one_another() {
        let grid = " id | state  | status_message\n----+--------+----------------\n \
                    A  | FAILED | No key\n(1 row)\n\n";
        let records = "-[ RECORD 1 ]--+---------\nid             | B\nstate          | FAILED\n\
                       status_message | No vault\n\n";
        let framed = "  +---------------+----------+\n  | CopyJobId     | B        |\n  \
                      | State         | FAILED   |\n  | StatusMessage | No vault |\n  \
                      +---------------+----------+\n";
        for other in [records, framed] {
            assert_eq!(messages(&[grid, other].concat()), ["No key", "No vault"], "{other}");
        }
    }

    /// The title was taken for that of a part of a job, and the file for one without any.
    #[test]
    fn one_column_is_a_table_where_its_title_says_so() {
        let border = "+----------------------------+\n";
        let rows = ["| status_message             |\n", border, "| No key was given           |\n"].concat();
        let table = [border, &rows, "| The vault is not there.    |\n", border].concat();
        assert_eq!(messages(&table), ["No key was given", "The vault is not there."]);
    }

    #[test]
    fn two_columns_are_a_grid_where_both_have_titles() {
        let border = "+--------+---------------+\n";
        let row = |one: &str, other: &str| format!("| {one} | {other} |\n");
        let grid =
            [border, &row("State", "StatusMessage"), border, &row("FAILED", "No key"), border].concat();
        assert_eq!(messages(&grid), ["No key"]);
        let pairs = [border, &row("State", "FAILED"), &row("StatusMessage", "No key"), border].concat();
        assert_eq!(messages(&pairs), ["No key"]);
    }

    #[test]
    fn quotes_are_taken_off_where_they_enclose_the_whole_cell() {
        for (cell, text) in [
            ("'FAILED'", "FAILED"),
            ("\"It's the key\"", "It's the key"),
            ("'It''s the key'", "It's the key"),
            ("'It\\'s the \\n key'", "It's the \\n key"),
            ("''", ""),
        ] {
            assert_eq!(in_quotes(cell).as_deref(), Some(text), "{cell}");
        }
        for cell in ["FAILED", "'", "", "'db1' is not 'db2'", "'db1' is not there", "\"a'", "ä'"] {
            assert_eq!(in_quotes(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_table_has_a_long_line_above_its_cells() {
        assert!(is_table("+---+---+\n| a | b |\n"));
        for none in ["| a | b |\n", "----\n| a | b |\n", "| a | b |\n+---+---+\n"] {
            assert!(!is_table(none), "{none}");
        }
    }

    #[track_caller]
    fn has_cells(line: &str, expected: &[&str]) {
        match row(line, true) {
            Row::Cells(cells) => {
                let cells: Vec<_> = cells.into_iter().map(plain).collect();
                assert_eq!(cells, expected, "{line}");
            }
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
        has_cells("| ❌ FAILED | ✅ **COMPLETED** | :x: Failed |", &["FAILED", "COMPLETED", "Failed"]);
        let id = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
        has_cells(&format!("| [{id}](https://a.b) | [`{id}`](x) | #{id} |"), &[id; 3]);
        has_cells("| ❌ It FAILED | [note](x) | (none) |", &["❌ It FAILED", "[note](x)", "(none)"]);
        has_cells("|{{a}}|{color:red}*FAILED*{color}| |", &["a", "FAILED", ""]);
        has_cells(" a | b | ", &["a", "b", ""]);
        has_cells(" a │ b ", &["a", "b"]);
        has_cells("┃ a ┃ b ┃", &["a", "b"]);
        assert!(matches!(row("╞═════╪════╡", true), Row::Border));
        assert!(matches!(row("|--:|:--|:-:|", true), Row::Border));
        assert!(matches!(row("-[ RECORD 1 ]--+-----", true), Row::Border));
        assert!(matches!(row("a sentence", true), Row::Other));
    }
}
