//! A report as CSV for spreadsheets (RFC 4180): a line per job, with the fields of the JSON Lines as columns.

use std::io::{self, Write};
use std::sync::LazyLock;

use csv_core::{Terminator, WriteResult, Writer, WriterBuilder};
use serde_json::{Map, Value};

use super::ndjson::{JsonJob, json_job};
use super::printable;
use crate::batch::Job;
use crate::language::Language;

/// Excel takes a file without it for the code page of the machine, and every umlaut for two other letters. Programs
/// that would stumble over it have the JSON Lines.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a spreadsheet takes for the beginning of a formula, in either width of a letter.
///
/// Source: <https://owasp.org/www-community/attacks/CSV_Injection>
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| columns(fields(&JsonJob::complete())));

/// Writes the line of titles.
///
/// # Errors
/// Those of the writer.
pub fn write_head(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK)?;
    Row::new(out).write(COLUMNS.iter().map(Column::title))
}

/// Writes the line of a job.
///
/// # Errors
/// Those of the writer.
pub fn write_job(out: &mut dyn Write, job: &Job<'_>, language: Language) -> io::Result<()> {
    let fields = fields(&json_job(job, language));
    Row::new(out).write(COLUMNS.iter().map(|column| cell(column.value(&fields))))
}

/// A field of the JSON Lines, or a field of an object in one.
struct Column {
    field: String,
    inner: Option<String>,
}

impl Column {
    fn title(&self) -> String {
        match &self.inner {
            Some(inner) => format!("{}_{inner}", self.field),
            None => self.field.clone(),
        }
    }

    fn value<'a>(&self, fields: &'a Map<String, Value>) -> Option<&'a Value> {
        let value = fields.get(&self.field)?;
        match &self.inner {
            Some(inner) => value.get(inner),
            None => Some(value),
        }
    }
}

fn columns(fields: Map<String, Value>) -> Vec<Column> {
    let mut columns = Vec::new();
    for (field, value) in fields {
        match value {
            Value::Object(object) => columns.extend(
                object.into_iter().map(|(inner, _)| Column { field: field.clone(), inner: Some(inner) }),
            ),
            _ => columns.push(Column { field, inner: None }),
        }
    }
    columns
}

/// A job's fields by name. A job is an object of texts and numbers, which always is JSON.
fn fields(job: &JsonJob<'_>) -> Map<String, Value> {
    match serde_json::to_value(job) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A value on one line, in which a spreadsheet sees a text and no formula.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => {
            // White space in front would hide the sign from us, not from every spreadsheet. Standard input is `-`.
            let is_formula = text.trim_start().starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']);
            let is_formula = is_formula && text != "-";
            let text = printable(text);
            if is_formula { format!("'{text}") } else { text.into_owned() }
        }
        Some(other) => other.to_string(),
    }
}

/// A line of cells, quoted where they have to be.
struct Row<'w> {
    out: &'w mut dyn Write,
    writer: Writer,
    buffer: [u8; 1024],
}

impl<'w> Row<'w> {
    fn new(out: &'w mut dyn Write) -> Self {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).build();
        Self { out, writer, buffer: [0; 1024] }
    }

    fn write(mut self, cells: impl Iterator<Item = String>) -> io::Result<()> {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.until_done(|writer, buffer| writer.delimiter(buffer))?;
            }
            let mut rest = cell.as_bytes();
            self.until_done(|writer, buffer| {
                let (result, read, written) = writer.field(rest, buffer);
                rest = rest.get(read..).unwrap_or_default();
                (result, written)
            })?;
        }
        self.until_done(|writer, buffer| writer.terminator(buffer))
    }

    /// Repeats a step of the writer until the buffer was large enough for what was left of it.
    fn until_done(
        &mut self,
        mut step: impl FnMut(&mut Writer, &mut [u8]) -> (WriteResult, usize),
    ) -> io::Result<()> {
        loop {
            let (result, written) = step(&mut self.writer, &mut self.buffer);
            self.out.write_all(self.buffer.get(..written).unwrap_or_default())?;
            if matches!(result, WriteResult::InputEmpty) {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", " =1+1", "\t=1", "\r=1", "\n=1", "＝1"] {
            let cell = cell(Some(&text.into()));
            assert!(cell.starts_with('\''), "{text:?}: {cell:?}");
        }
        assert_eq!(cell(Some(&"Access Denied = x".into())), "Access Denied = x");
        assert_eq!(cell(Some(&"-".into())), "-");
        assert_eq!(cell(Some(&0.99.into())), "0.99");
    }

    #[test]
    fn a_long_cell_with_quotes_is_whole() {
        let long = "\"a\",".repeat(2000);
        let mut bytes = Vec::new();
        Row::new(&mut bytes)
            .write([long.clone(), "b".to_owned()].into_iter())
            .expect("memory takes everything");
        let expected = format!("\"{}\",b\r\n", long.replace('"', "\"\""));
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected);
    }

    #[test]
    fn the_columns_are_the_fields_of_the_json_lines() {
        let titles: Vec<String> = COLUMNS.iter().map(Column::title).collect();
        assert!(titles.starts_with(&["copy_job_id".to_owned(), "state".to_owned()]), "{titles:?}");
        assert!(titles.contains(&"diagnosis_id".to_owned()) && !titles.contains(&"diagnosis".to_owned()));
    }
}
