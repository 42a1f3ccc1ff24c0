//! Cuts delimited text into rows and cells: a cell in quotes may have delimiters, quotes and lines in it.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr3;

use super::lines::LineEnd;
use crate::record::Position;

/// Cuts rows into cells.
pub(super) struct Cells {
    delimiter: u8,
    /// Made for the first row with a quote: most files have none.
    reader: Option<Reader>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, reader: None, bytes: vec![0; 4096], ends: vec![0; 64] }
    }

    pub(super) fn split<'r>(&mut self, row: &'r str) -> Vec<Cow<'r, str>> {
        // Without a quote a cell ends at the next delimiter.
        if self.delimiter.is_ascii() && memchr3(b'"', b'\r', b'\n', row.as_bytes()).is_none() {
            return row.split(char::from(self.delimiter)).map(Cow::Borrowed).collect();
        }
        let make = || ReaderBuilder::new().delimiter(self.delimiter).build();
        let reader = self.reader.get_or_insert_with(make);
        reader.reset();
        self.bytes.resize(self.bytes.len().max(row.len() + 1), 0);
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            let input = row.as_bytes().get(read..).unwrap_or_default();
            let (result, bytes_read, bytes_written, ends) = reader.read_record(
                input,
                self.bytes.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(ended..).unwrap_or_default(),
            );
            read += bytes_read;
            written += bytes_written;
            ended += ends;
            match result {
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                // No more input ends the row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let mut start = 0;
        let ends = self.ends.get(..ended).unwrap_or_default();
        ends.iter()
            .map(|end| {
                let cell = self.bytes.get(start..*end).unwrap_or_default();
                start = *end;
                Cow::Owned(String::from_utf8_lossy(cell).into_owned())
            })
            .collect()
    }
}

/// A row, line by line.
pub(super) struct Row {
    pub(super) position: Position,
    pub(super) text: String,
    /// Whether a quote is open at its end. Quotes count where a cell begins, and in a cell that began with one.
    pub(super) is_open: bool,
    begins_cell: bool,
}

impl Row {
    pub(super) fn new(position: Position) -> Self {
        Self { position, text: String::new(), is_open: false, begins_cell: true }
    }

    pub(super) fn push(&mut self, text: &str, delimiter: u8) {
        self.text.push_str(text);
        for byte in text.bytes() {
            if byte == b'"' && (self.begins_cell || self.is_open) {
                self.is_open = !self.is_open;
                // A doubled quote closes and opens again.
                self.begins_cell = !self.is_open;
            } else {
                self.begins_cell = !self.is_open && byte == delimiter;
            }
        }
    }
}

/// Whether the cells of any whole row of a text are such.
pub(super) fn any_row(
    sample: &str,
    end: LineEnd,
    delimiter: u8,
    mut is_such: impl FnMut(&[Cow<'_, str>]) -> bool,
) -> bool {
    let mut cells = Cells::new(delimiter);
    let mut row = Row::new(Position { line: 1, column: 1 });
    for line in sample.split(char::from(end.byte())) {
        row.push(line, delimiter);
        if row.is_open {
            row.push("\n", delimiter);
            continue;
        }
        if is_such(&cells.split(&row.text)) {
            return true;
        }
        row = Row::new(row.position);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_may_have_any_number_of_cells() {
        let row = format!("\"a\"{}", ",b".repeat(1000));
        let cells = [vec!["a"], vec!["b"; 1000]].concat();
        assert_eq!(Cells::new(b',').split(&row), cells);
    }

    #[test]
    fn a_quote_is_open_until_it_is_closed() {
        for (row, expected) in [
            (r#"a,"b"#, true),
            (r#"a,"b""#, false),
            (r#"a,"b "" c"#, true),
            (r#"a,b "c" d"#, false),
            (r#"a,b "c"#, false),
            (r#"""""#, true),
            (r#""""""#, false),
        ] {
            let mut begun = Row::new(Position { line: 1, column: 1 });
            begun.push(row, b',');
            assert_eq!(begun.is_open, expected, "{row}");
        }
    }
}
