//! Delimited text: CSV and what spreadsheets, databases and shells write in its place, with any delimiter, with titles
//! or without.

use std::borrow::Cow;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr3};

use super::MIB;
use super::field::FieldNames;
use super::item::{Complaint, Severity};
use super::json::read_embedded;
use super::lines::{JobsOfLines, LineEnd, Lines, Wanted};
use super::printed;
use super::reading::Reading;
use super::rewritten::Rewritten;
use super::table::{Columns, Order, draft_of_values};
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// A row with more lines than this has a quote that was never closed.
pub(super) const LONGEST_ROW: usize = MIB as usize;

/// How many rows are looked at to tell the delimiter, and may stand above the titles.
const LOOKED_AT: usize = 20;

/// The dialect of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    delimiter: u8,
    has_titles: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', has_titles: false }
    }
}

impl Dialect {
    /// Finds out how a text is delimited; `None` if its rows are no copy jobs however they are cut.
    pub(super) fn of(sample: &str, end: LineEnd, names: &FieldNames) -> Option<Self> {
        let lines: Vec<&str> = sample
            .split(char::from(end.byte()))
            .map(|line| line.trim_end_matches(['\r', '\n']))
            .filter(|line| !line.trim().is_empty() && !is_about_the_file(line))
            .take(LOOKED_AT)
            .collect();
        let declared = sample
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("sep="))
            .and_then(|rest| rest.bytes().next());
        // One column may be all there is: then no delimiter stands anywhere, and one is as good as another.
        let stands = |delimiter: &u8| lines.iter().any(|line| line.as_bytes().contains(delimiter));
        let candidates = declared.into_iter().chain(candidates(&lines)).enumerate();
        let candidates =
            candidates.filter(|(index, delimiter)| *index == 0 || stands(delimiter)).map(|(_, it)| it);
        let rated = candidates.filter_map(|delimiter| {
            Some((Self { delimiter, has_titles: false }.rating(&lines, names)?, delimiter))
        });
        // Of equals the first wins: a comma separates more often than what stands in the cells.
        let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|((titles, _), delimiter)| Self { delimiter, has_titles: titles > 0 })
    }

    pub(super) fn delimiter(self) -> u8 {
        self.delimiter
    }

    /// Whether the titles of the columns are known.
    pub(super) fn has_titles(self) -> bool {
        self.has_titles
    }

    /// How well the rows are cut: how many titles are known, then how many rows speak for themselves.
    fn rating(self, lines: &[&str], names: &FieldNames) -> Option<(usize, usize)> {
        let mut cells = Cells::new(self);
        let mut titles = 0;
        let mut speaking = 0;
        let (file, at) = (std::sync::Arc::from(""), Position { line: 1, column: 1 });
        for (number, line) in lines.iter().enumerate() {
            let row = cells.split(line);
            // A single word may stand anywhere; above all rows it is a title.
            if titles == 0 && (number == 0 || row.len() > 1) {
                if let Some(columns) = Columns::of_titles(row.iter().map(AsRef::as_ref), names) {
                    titles = columns.len();
                    continue;
                }
            }
            let cells = || row.iter().map(AsRef::as_ref);
            let is_speaking = draft_of_values(cells(), Order::SourceFirst, &file, at).is_some()
                || cells().any(|cell: &str| cell.starts_with("{\""));
            speaking += usize::from(is_speaking);
        }
        (titles > 0 || speaking > 0).then_some((titles, speaking))
    }
}

/// What a first line says of the file and not of a job.
fn is_about_the_file(line: &str) -> bool {
    line.starts_with("#TYPE") || line.starts_with("sep=")
}

/// The bytes that may separate cells: what stands in the first lines and is no part of words, numbers and ARNs.
fn candidates(lines: &[&str]) -> impl Iterator<Item = u8> {
    const USUAL: &[u8] = b",;\t|";
    let others: std::collections::BTreeSet<u8> = lines
        .iter()
        .take(2)
        .flat_map(|line| line.bytes())
        .filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
        .filter(|byte| !USUAL.contains(byte) && !b" \"'_-.:/()[]{}@#$%&*+=<>?!\\`\r\n".contains(byte))
        .collect();
    // R separates by blanks, and has quotes around every title.
    let first = lines.first().copied().unwrap_or_default();
    let is_quoted = first.starts_with('"') && first.ends_with('"') && first.contains("\" \"");
    USUAL.iter().copied().chain(others).chain(is_quoted.then_some(b' '))
}

/// Cuts rows into cells.
struct Cells {
    delimiter: u8,
    /// Made for the first row with a quote: most files have none.
    reader: Option<Reader>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn new(dialect: Dialect) -> Self {
        Self { delimiter: dialect.delimiter, reader: None, bytes: vec![0; 4096], ends: vec![0; 64] }
    }

    fn split<'r>(&mut self, row: &'r str) -> Vec<Cow<'r, str>> {
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

/// Reads the rows.
pub(super) fn read(
    text: &mut dyn BufRead,
    end: LineEnd,
    dialect: Dialect,
    wanted: Wanted,
    reading: &mut Reading<'_>,
) -> io::Result<()> {
    let mut rows = Rows {
        cells: Cells::new(dialect),
        columns: None,
        delimiter: dialect.delimiter,
        log: JobsOfLines::new(wanted),
    };
    let mut lines = Lines::new(text, end);
    // The row so far, whose last cell is in quotes and goes on.
    let mut begun: Option<Row> = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else {
            begun = None;
            continue;
        };
        if let Some(mut row) = begun.take() {
            if row.text.len() > LONGEST_ROW || rows.begins_anew(&line) {
                reading.rejected(row.position, Complaint::OpenQuote);
            } else {
                row.push("\n", dialect.delimiter);
                row.push(&line, dialect.delimiter);
                begun = rows.whole(row, reading);
                continue;
            }
        }
        if memchr(b'"', line.as_bytes()).is_none() {
            rows.row(&line, position, reading);
        } else {
            let mut row = Row::new(position);
            row.push(&line, dialect.delimiter);
            begun = rows.whole(row, reading);
        }
    }
    // The end closes what is open: a file that was cut off ends in the middle of a row.
    if let Some(row) = begun {
        rows.row(&row.text, row.position, reading);
    }
    let left_out = rows.log.end(reading).left_out;
    if left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::RowsLeftOut { rows: left_out });
    }
    Ok(())
}

/// Tells by the beginning of a log in rows what is to be read of its lines: as in a text, events say that what stands
/// around them is none.
pub(super) fn wanted(sample: &str, end: LineEnd, dialect: Dialect, names: &FieldNames) -> Wanted {
    let mut cells = Cells::new(dialect);
    let mut columns: Option<Columns> = None;
    let mut lines = String::new();
    let mut row = Row::new(Position { line: 1, column: 1 });
    for line in sample.split(char::from(end.byte())) {
        row.push(line, dialect.delimiter);
        if row.is_open {
            row.push("\n", dialect.delimiter);
            continue;
        }
        let cells = cells.split(&row.text);
        let cells = || cells.iter().map(AsRef::as_ref);
        if let Some(titles) = Columns::of_titles(cells(), names) {
            columns = Some(titles);
        } else if let Some(line) = columns.as_ref().and_then(|columns| columns.log_line(cells())) {
            if line.contains("JobId") && json_in(line, names).is_some() {
                return Wanted::Jobs;
            }
            lines.push_str(line);
            lines.push('\n');
        }
        row = Row::new(row.position);
    }
    // Somebody named the column that has the messages, or there are some among other lines.
    Wanted::of(&lines, names).unwrap_or(Wanted::Sentences)
}

/// A row, line by line.
struct Row {
    position: Position,
    text: String,
    /// Whether a quote is open at its end. Quotes count where a cell begins, and in a cell that began with one.
    is_open: bool,
    begins_cell: bool,
}

impl Row {
    fn new(position: Position) -> Self {
        Self { position, text: String::new(), is_open: false, begins_cell: true }
    }

    fn push(&mut self, text: &str, delimiter: u8) {
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

struct Rows {
    cells: Cells,
    columns: Option<Columns>,
    delimiter: u8,
    /// What the lines of a log are, if the rows are that.
    log: JobsOfLines,
}

impl Rows {
    /// Reads a row if it is whole, and gives it back if it goes on.
    fn whole(&mut self, row: Row, reading: &mut Reading<'_>) -> Option<Row> {
        if row.is_open {
            return Some(row);
        }
        self.row(&row.text, row.position, reading);
        None
    }

    /// Whether a line is a whole row with an id and a state, so that the one before it lacks a quote.
    fn begins_anew(&mut self, line: &str) -> bool {
        let mut row = Row::new(Position { line: 1, column: 1 });
        row.push(line, self.delimiter);
        if row.is_open {
            return false;
        }
        let cells = self.aligned(line);
        let has_width = self.columns.as_ref().is_none_or(|columns| columns.len() == cells.len());
        has_width
            && cells.iter().any(|cell| is_uuid(cell.trim()))
            && cells.iter().any(|cell| State::is_known_name(cell))
    }

    fn row(&mut self, row: &str, position: Position, reading: &mut Reading<'_>) {
        let cells = self.aligned(row);
        let cells = || cells.iter().map(AsRef::as_ref);
        // Titles may come again, where files were put one behind another.
        if let Some(columns) = Columns::of_titles(cells(), reading.names()) {
            self.columns = Some(columns);
            return;
        }
        let is_named = self.columns.as_ref().is_some_and(Columns::is_telling);
        if !is_named {
            let names = reading.names();
            let mut is_json = false;
            for json in cells().filter_map(|cell| json_in(cell, names)) {
                self.log.settle(reading);
                read_embedded(&json, position, reading);
                is_json = true;
            }
            if is_json {
                return;
            }
        }
        // An event in place of the message says more than the columns that somebody made of it.
        let events = self.columns.iter().flat_map(|columns| columns.messages(cells()));
        for event in events.filter(|cell| cell.starts_with('{') && cell.contains("opyJobId")) {
            let before = reading.records();
            read_embedded(event, position, reading);
            if reading.records() > before {
                return;
            }
        }
        match self.columns.as_ref().and_then(|columns| columns.log_line(cells())) {
            Some(line) => self.log.line(line, position, reading),
            None => reading.row(self.columns.as_ref(), cells(), position),
        }
    }

    /// The cells of a row, each below its title.
    fn aligned<'r>(&mut self, row: &'r str) -> Vec<Cow<'r, str>> {
        let cells = self.cells.split(row);
        let Some(columns) = &self.columns else { return cells };
        // What stands in quotes is whole.
        let is_whole = |cell: &str| row.contains(&format!("\"{}\"", cell.replace('"', "\"\"")));
        columns.aligned(cells, char::from(self.delimiter), is_whole)
    }
}

/// The event that a cell is, as logs download them, in JSON or as a program printed it.
fn json_in<'c>(cell: &'c str, names: &FieldNames) -> Option<Cow<'c, str>> {
    if !cell.contains('{') {
        None
    } else if cell.contains('"') && cell.contains(':') {
        Some(Cow::Borrowed(cell))
    } else {
        printed::is_printed(cell, names).then(|| {
            let json = Rewritten::of(cell.as_bytes(), printed::AsJson::default());
            Cow::Owned(String::from_utf8_lossy(&json).into_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::{items_of, messages_of};
    use crate::read::{Item, Warning};

    fn dialect(sample: &str) -> Option<char> {
        let dialect = Dialect::of(sample, LineEnd::LineFeed, &FieldNames::default());
        dialect.map(|dialect| char::from(dialect.delimiter))
    }

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    /// The messages of the jobs, and how many rows cannot be read.
    fn messages(rows: &str) -> (Vec<String>, usize) {
        let items = items_of(&format!("CopyJobId,State,StatusMessage,AccountId\n{}", rows.replace("ID", ID)));
        let rejected = items.iter().filter(|item| matches!(item, Item::Rejected(_))).count();
        (messages_of(&items), rejected)
    }

    #[track_caller]
    fn says(rows: &str, message: &str) {
        assert_eq!(messages(rows), (vec![message.to_owned()], 0), "{rows}");
    }

    #[test]
    fn a_message_that_its_delimiters_cut_is_whole_again() {
        says("ID,FAILED,No key, no job,111122223333\n", "No key, no job");
        says("ID,FAILED,No key, no job, no copy,111122223333\n", "No key, no job, no copy");
        says("ID,FAILED,No key,111122223333,,\n", "No key");
    }

    #[test]
    fn a_message_in_quotes_may_have_lines_that_name_a_job_or_a_state() {
        for line in ["see,ID,of,job", "it,FAILED,at,once", "ID,FAILED"] {
            let message = format!("No key\n{line}\nat all");
            says(&format!("ID,FAILED,\"{message}\",111122223333\n"), &message.replace("ID", ID));
        }
        let lacks_a_quote = "ID,FAILED,\"No key,111122223333\nID,FAILED,No vault,111122223333\n";
        assert_eq!(messages(lacks_a_quote), (vec!["No vault".to_owned()], 1));
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_record_and_not_the_memory() {
        let lines = "said the vault and its key\n".repeat(LONGEST_ROW / 20);
        assert_eq!(messages(&format!("ID,FAILED,\"No key\n{lines}")), (vec![], 1));
    }

    #[test]
    fn an_event_in_place_of_the_message_is_read_where_it_is_one_of_a_copy_job() {
        let row = |message: &str| format!("ID,FAILED,\"{}\",111122223333\n", message.replace('"', "\"\""));
        let event =
            "{\"detail\": {\"copyJobId\": \"ID\", \"state\": \"FAILED\", \"statusMessage\": \"No key\"}}";
        says(&row(event), "No key");
        for message in [
            "{\"error\": \"no CopyJobId was given\"}",
            "{\"backupJobId\": \"B\", \"state\": \"FAILED\"}",
            "Not allowed: {\"copyJobId\": \"B\", \"state\": \"FAILED\"}",
        ] {
            says(&row(message), message);
        }
    }

    /// What is read of a log in rows: the messages, and how many rows are left out.
    fn log(rows: &str) -> (Vec<String>, u64) {
        let items = items_of(&format!("timestamp,message\n{}", rows.replace("ID", ID)));
        let left_out = items.iter().find_map(|item| match item {
            Item::Warning(Warning { complaint: Complaint::RowsLeftOut { rows }, .. }) => Some(*rows),
            _ => None,
        });
        (messages_of(&items), left_out.unwrap_or_default())
    }

    #[test]
    fn what_stands_around_events_in_a_log_is_no_message() {
        let start =
            "1751432703000,\"START RequestId: 7c6ba3ea-7450-d833-c98a-14c803461732 Version: $LATEST\n\"\n";
        let said = "1751432703140,[INFO] It was posted to the channel\n";
        let event =
            |event: &str| format!("1751432703001,\"[INFO] event: {}\n\"\n", event.replace('"', "\"\""));
        for job in [
            "{\"detail\": {\"copyJobId\": \"ID\", \"state\": \"FAILED\", \"statusMessage\": \"No key\"}}",
            "{'detail': {'copyJobId': 'ID', 'state': 'FAILED', 'statusMessage': 'No key'}}",
        ] {
            let rows = [start, &event(job), said, said].concat();
            assert_eq!(log(&rows), (vec!["No key".to_owned()], 3), "{job}");
        }
        // Of another job there is an event only.
        let other = event("{\"detail\": {\"backupJobId\": \"B\", \"state\": \"FAILED\"}}");
        assert_eq!(log(&[start, &other, said].concat()).0, Vec::<String>::new());
    }

    #[test]
    fn a_log_without_events_is_read_as_its_lines_are() {
        let said = ["Access denied to the key by its policy", "Copy job failed"];
        let rows = format!("1,{}\n2,{}\n3,{{}}\n", said[0], said[1]);
        assert_eq!(log(&rows), (said.map(str::to_owned).to_vec(), 0));
        // Neither JSON nor the name of an id is an event of a copy job.
        let others = "4,\"{\"\"level\"\": \"\"info\"\"}\"\n5,They asked for a CopyJobId in vain!\n";
        let messages = [said[0], said[1], "They asked for a CopyJobId in vain!"].map(str::to_owned).to_vec();
        assert_eq!(log(&[rows.as_str(), others].concat()), (messages, 0));
        let job = "1,It was asked for the jobs\n2,[WARN] ID FAILED: No key\n";
        assert_eq!(log(job), (vec!["No key".to_owned()], 1));
    }

    /// What is told of the job in another column is not lost.
    #[test]
    fn a_row_with_a_state_or_an_account_of_its_own_is_no_line_of_a_log() {
        for (title, value) in [("outcome", "FAILED"), ("account", "111122223333")] {
            let rows = format!("time,{title},message\n1,{value},Access denied to the key\n");
            match items_of(&rows).as_slice() {
                [Item::Record(job)] => {
                    assert!(
                        job.state == State::Failed || job.account_id.as_deref() == Some(value),
                        "{job:?}"
                    );
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_row_may_have_any_number_of_cells() {
        let row = format!("\"a\"{}", ",b".repeat(1000));
        let cells = [vec!["a"], vec!["b"; 1000]].concat();
        assert_eq!(Cells::new(Dialect::default()).split(&row), cells);
    }

    #[test]
    fn any_delimiter_is_found_by_titles_or_by_what_the_cells_say() {
        for delimiter in [',', ';', '\t', '|', '~', '^', '\u{1}'] {
            let titles = ["CopyJobId", "State", "Status Message"].join(&delimiter.to_string());
            assert_eq!(dialect(&titles), Some(delimiter), "{titles:?}");
            let values = [ID, "FAILED", "Access, denied; by it"].join(&delimiter.to_string());
            assert_eq!(dialect(&values), Some(delimiter), "{values:?}");
        }
        assert_eq!(dialect("Access Denied, said the vault; and so on\nCopy job failed"), None);
    }

    #[test]
    fn of_several_delimiters_the_one_that_tells_more_is_it_and_else_the_comma() {
        let listed =
            format!("Copy Job ID;State;Status Message\n{ID};FAILED;Not allowed, {ID}, FAILED, too\n");
        assert_eq!(dialect(&listed), Some(';'));
        assert_eq!(dialect("StatusMessage\nNo key; no job, no copy\n"), Some(','));
        assert_eq!(dialect("StatusMessage\nNo key\n"), Some(','));
    }

    /// As R writes them, and as lines of logs do not.
    #[test]
    fn blanks_separate_where_all_titles_are_in_quotes() {
        assert_eq!(dialect(&format!("\"copy_job_id\" \"state\"\n\"{ID}\" \"FAILED\"\n")), Some(' '));
        for line in [
            format!("\"worker 1\" {ID} FAILED"),
            format!("{ID} FAILED \"worker 1\" \"eu-west-1\""),
            format!("\"worker 1\" {ID} FAILED \"eu-west-1\""),
            format!("\"worker 1\" \"eu-west-1\" {ID} FAILED"),
        ] {
            assert_eq!(dialect(&line), None, "{line}");
        }
    }

    #[test]
    fn titles_may_stand_below_a_line_where_they_are_several() {
        let has_titles = |sample: &str| {
            Dialect::of(sample, LineEnd::LineFeed, &FieldNames::default()).map(Dialect::has_titles)
        };
        let values = format!("{ID};FAILED;Not allowed here");
        for (sample, expected) in [
            ("StatusMessage\nNo key", Some(true)),
            ("Copy jobs of today\nCopyJobId;State;StatusMessage", Some(true)),
            ("Copy jobs of today\nStatusMessage", None),
            // What PowerShell and Excel have above their titles.
            ("#TYPE Selected.Amazon.Backup.Model.CopyJob\n\"StatusMessage\"\n\"No key\"", Some(true)),
            ("sep=;\nStatusMessage\nNo key", Some(true)),
            (&values, Some(false)),
        ] {
            assert_eq!(has_titles(sample), expected, "{sample}");
        }
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
