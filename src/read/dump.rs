//! What `pg_dump` writes of a table: `COPY table (columns) FROM stdin;`, and the rows below it, with tabs between cells.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::field::FieldNames;
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::Columns;

/// The table that a statement fills and its columns; `None` if it is none that rows follow.
fn table(line: &str) -> Option<(&str, Vec<&str>)> {
    let (begin, rest) = line.trim_end().split_once('(')?;
    let (names, end) = rest.rsplit_once(')')?;
    let (word, table) = begin.split_once(' ')?;
    let is_from_here = end.trim().to_ascii_lowercase().starts_with("from stdin") && end.ends_with(';');
    let names = names.split(',').map(|name| name.trim().trim_matches('"')).collect();
    (word.eq_ignore_ascii_case("copy") && is_from_here).then_some((table, names))
}

/// The columns of a table of copy jobs. Many tables of a database have an id and a state: then the name tells.
fn columns(table: &str, titles: Vec<&str>, names: &FieldNames) -> Option<Columns> {
    let is_of_copies = table.to_ascii_lowercase().contains("cop");
    Columns::of_titles(titles, names).filter(|columns| is_of_copies || columns.is_telling())
}

/// Whether a text holds a table of copy jobs.
pub(super) fn is_dump(sample: &str, names: &FieldNames) -> bool {
    sample.lines().filter_map(table).any(|(table, titles)| columns(table, titles, names).is_some())
}

/// Reads the rows of the tables of copy jobs.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut found: Option<Columns> = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        if let Some((table, titles)) = table(&line) {
            found = columns(table, titles, reading.names());
        } else if line == "\\." {
            found = None;
        } else if let Some(columns) = &found {
            let cells: Vec<Cow<'_, str>> = line.split('\t').map(unescaped).collect();
            reading.row(Some(columns), cells.iter().map(AsRef::as_ref), position);
        }
    }
    Ok(())
}

/// A cell as it was in the database. `\N`, which stands for no value, stays.
fn unescaped(cell: &str) -> Cow<'_, str> {
    if cell == "\\N" || !cell.contains('\\') {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        let escaped = if character == '\\' { characters.next() } else { None };
        text.push(match escaped {
            None => character,
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(other) => other,
        });
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_the_columns() {
        let statement = "COPY public.jobs (id, \"State\") FROM stdin;";
        assert_eq!(table(statement), Some(("public.jobs ", vec!["id", "State"])));
        for line in
            ["COPY jobs FROM stdin;", "Copy job failed (internal error) from stdin", "INSERT INTO a (b);"]
        {
            assert_eq!(table(line), None, "{line}");
        }
    }

    #[test]
    fn escapes_are_what_they_stand_for() {
        for (cell, expected) in [("a\\nb", "a\nb"), ("\\N", "\\N"), ("a\\\\b\\t", "a\\b\t"), ("a\\", "a\\")] {
            assert_eq!(unescaped(cell), expected);
        }
    }
}
