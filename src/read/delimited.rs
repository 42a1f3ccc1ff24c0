//! Delimited text: CSV and what spreadsheets, databases and shells write in its place, with any delimiter, with titles
//! or without.

use std::borrow::Cow;
use std::io::{self, BufRead};

use memchr::memchr;

use super::MIB;
use super::cut::{Cells, Row, any_row};
use super::field::FieldNames;
use super::item::{Complaint, Severity};
use super::json::{self, read_embedded};
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

/// The delimiters that most texts have.
const USUAL: &[u8] = b",;\t|";

/// What an event of a copy job has in every spelling that JSON of AWS has.
const ID_IN_JSON: &str = "opyJobId";

/// The dialect of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    delimiter: u8,
    has_titles: bool,
    /// Whether a cell holds an event of a copy job, with its quotes doubled.
    has_events: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', has_titles: false, has_events: false }
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
            Some((Self { delimiter, ..Self::default() }.rating(&lines, names)?, delimiter))
        });
        // Of equals the first wins: a comma separates more often than what stands in the cells.
        let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let best = best.map(|((titles, _), delimiter)| Self {
            delimiter,
            has_titles: titles > 0,
            has_events: false,
        });
        // Between other columns an event says what the rows are, as in a list of incidents.
        let may_have_events =
            sample.contains(ID_IN_JSON) && sample.contains("\"\"") && !json::stands_in(sample);
        if !may_have_events {
            return best;
        }
        let unnamed = USUAL.iter().map(|delimiter| Self { delimiter: *delimiter, ..Self::default() });
        let dialects: Vec<Self> = best.map_or_else(|| unnamed.collect(), |best| vec![best]);
        // One column may be all there is.
        let with_events = [2, 1].into_iter().find_map(|fewest| {
            dialects.iter().find(|dialect| dialect.has_events_in(sample, end, names, fewest))
        });
        with_events.map(|dialect| Self { has_events: true, ..*dialect }).or(best)
    }

    /// Whether there is a cell with an event of a copy job, in a row of so many cells at least.
    fn has_events_in(self, sample: &str, end: LineEnd, names: &FieldNames, fewest: usize) -> bool {
        any_row(sample, end, self.delimiter, |cells| {
            cells.len() >= fewest && cells.iter().any(|cell| json::stands_in(cell) && is_event(cell, names))
        })
    }

    pub(super) fn delimiter(self) -> u8 {
        self.delimiter
    }

    /// Whether the titles of the columns are known.
    pub(super) fn has_titles(self) -> bool {
        self.has_titles
    }

    /// Whether a cell holds an event of a copy job, which may have lines that look like another format's.
    pub(super) fn has_events(self) -> bool {
        self.has_events
    }

    /// How well the rows are cut: how many titles are known, then how many rows speak for themselves.
    fn rating(self, lines: &[&str], names: &FieldNames) -> Option<(usize, usize)> {
        let mut cells = Cells::new(self.delimiter);
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

/// Reads the rows.
pub(super) fn read(
    text: &mut dyn BufRead,
    end: LineEnd,
    dialect: Dialect,
    wanted: Wanted,
    reading: &mut Reading<'_>,
) -> io::Result<()> {
    let mut rows = Rows {
        cells: Cells::new(dialect.delimiter),
        columns: None,
        delimiter: dialect.delimiter,
        log: JobsOfLines::new(wanted),
        wanted,
        rows: 0,
        left_out: 0,
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
    let left_out = rows.log.end(reading).left_out + rows.left_out;
    if left_out > 0 && reading.has_records() {
        reading.warn(Severity::Note, None, Complaint::RowsLeftOut { rows: left_out });
    }
    Ok(())
}

/// Tells by the beginning of a log in rows what is to be read of its lines: as in a text, events say that what stands
/// around them is none.
pub(super) fn wanted(sample: &str, end: LineEnd, dialect: Dialect, names: &FieldNames) -> Wanted {
    let mut columns: Option<Columns> = None;
    let mut lines = String::new();
    let is_of_events = any_row(sample, end, dialect.delimiter, |cells| {
        let cells = || cells.iter().map(AsRef::as_ref);
        if let Some(titles) = Columns::of_titles(cells(), names) {
            columns = Some(titles);
            return false;
        }
        if let Some(line) = columns.as_ref().and_then(|columns| columns.log_line(cells())) {
            lines.push_str(line);
            lines.push('\n');
            return any_event_in(line, names).is_some();
        }
        !columns.as_ref().is_some_and(Columns::has_id) && cells().any(|cell| is_event(cell, names))
    });
    if is_of_events {
        return Wanted::Jobs;
    }
    // Somebody named the column that has the messages, or there are some among other lines.
    Wanted::of(&lines, names).unwrap_or(Wanted::Sentences)
}

struct Rows {
    cells: Cells,
    columns: Option<Columns>,
    delimiter: u8,
    /// What the lines of a log are, if the rows are that.
    log: JobsOfLines,
    wanted: Wanted,
    rows: u64,
    left_out: u64,
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
        self.rows += 1;
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
            let before = reading.findings();
            let mut is_json = false;
            for json in cells().filter_map(|cell| json_in(cell, names)) {
                self.log.settle(reading);
                read_embedded(&json, position, reading);
                is_json = true;
            }
            if is_json {
                let is_left_out = self.wanted == Wanted::Jobs && reading.findings() == before;
                self.left_out += u64::from(is_left_out);
                return;
            }
        }
        // An event says more than the columns that somebody made of it: in place of the message, or in any cell where no
        // column says which job it is.
        let has_id = self.columns.as_ref().is_some_and(Columns::has_id);
        if has_id {
            let events = self.columns.iter().flat_map(|columns| columns.messages(cells()));
            for event in events.filter(|cell| cell.starts_with('{') && cell.contains(ID_IN_JSON)) {
                let before = reading.records();
                read_embedded(event, position, reading);
                if reading.records() > before {
                    return;
                }
            }
        } else if memchr(b'{', row.as_bytes()).is_some() {
            let (before, names) = (reading.findings(), reading.names());
            for json in cells().filter_map(|cell| any_event_in(cell, names)) {
                read_embedded(&json, position, reading);
            }
            if reading.findings() > before {
                return;
            }
        }
        match self.columns.as_ref().and_then(|columns| columns.log_line(cells())) {
            Some(line) => self.log.line(line, position, reading),
            // Among events a row without one is about something else, if it does not say which job it is.
            None if self.wanted == Wanted::Jobs && !self.is_of_a_job(cells()) => {
                // Titles stand first; a line with nothing in it is no row.
                self.left_out += u64::from(self.rows > 1 && !row.trim().is_empty());
            }
            None => reading.row(self.columns.as_ref(), cells(), position),
        }
    }

    /// Whether a row has an id, or says below titles of its own how a job stands and why.
    fn is_of_a_job<'c>(&self, mut cells: impl Iterator<Item = &'c str> + Clone) -> bool {
        let columns = self.columns.as_ref().filter(|columns| columns.has_message());
        columns.is_some_and(|columns| columns.has_state_in(cells.clone()))
            || cells.any(|cell| is_uuid(cell.trim()))
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

/// The event that a cell is, be it one of a job of another kind.
fn any_event_in<'c>(cell: &'c str, names: &FieldNames) -> Option<Cow<'c, str>> {
    if cell.contains("JobId") { json_in(cell, names) } else { None }
}

/// Whether a cell holds an event of a copy job.
fn is_event(cell: &str, names: &FieldNames) -> bool {
    cell.contains(ID_IN_JSON) && json_in(cell, names).is_some()
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
        // A job that has only started is told of as well.
        let (started, job) = (
            event("{\"detail\": {\"copyJobId\": \"ID\"}}"),
            event(
                "{\"detail\": {\"copyJobId\": \"ID\", \"state\": \"FAILED\", \"statusMessage\": \"No key\"}}",
            ),
        );
        assert_eq!(log(&[started, job].concat()), (vec!["No key".to_owned()], 0));
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

    /// Events of three jobs and one of a backup job in a column of incidents, with a row about something else: the
    /// messages, and how many rows are left out.
    fn incidents(titles: &str, delimiter: &str, event: impl Fn(&str, &str) -> String) -> (Vec<String>, u64) {
        let events = [
            event("copyJobId", "No key"),
            event("copyJobId", "No vault"),
            event("backupJobId", "No snapshot"),
            "Somebody said: {\"why\": \"not\"} and went away".to_owned(),
        ];
        let rows = events.map(|event| {
            let event = format!("\"{}\"", event.replace('"', "\"\""));
            ["INC1", "2025-10-07 02:56:36", "A copy job has failed", "New", &event].join(delimiter) + "\n"
        });
        let text = titles.replace(',', delimiter) + "\n" + &rows.concat();
        let items = items_of(&text);
        let left_out = items.iter().find_map(|item| match item {
            Item::Warning(Warning { complaint: Complaint::RowsLeftOut { rows }, .. }) => Some(*rows),
            _ => None,
        });
        let others = items.iter().filter(|item| {
            matches!(item, Item::Warning(Warning { complaint: Complaint::BackupJobs { count: 1 }, .. }))
        });
        assert_eq!(others.count(), 1, "{text}: {items:?}");
        (messages_of(&items), left_out.unwrap_or_default())
    }

    /// JSON that begins a line of its own made the text JSON, with quotes in it that are none.
    #[test]
    fn events_in_a_cell_are_read_whatever_the_other_columns_are() {
        let event = |key: &str, message: &str| {
            format!(r#"{{"detail": {{"{key}": "{ID}", "state": "FAILED", "statusMessage": "{message}"}}}}"#)
        };
        let lines = |key: &str, message: &str| {
            let json: serde_json::Value = serde_json::from_str(&event(key, message)).expect("it is JSON");
            serde_json::to_string_pretty(&json).expect("it can be written")
        };
        let behind = |key: &str, message: &str| format!("Event received\nInfo:\n{}", lines(key, message));
        let found = |left_out| (vec!["No key".to_owned(), "No vault".to_owned()], left_out);
        for titles in [
            "number,opened_at,title,state,description",
            "Number,Created,Title,State,Description",
            "Id,Opened,Subject,Status,Text",
        ] {
            for delimiter in [",", ";", "\t"] {
                assert_eq!(incidents(titles, delimiter, event), found(1), "{titles}");
                assert_eq!(incidents(titles, delimiter, lines), found(1), "{titles}");
                assert_eq!(incidents(titles, delimiter, behind), found(1), "{titles}");
            }
        }
        let one_column =
            ["No key", "No vault"].map(|message| lines("copyJobId", message).replace('"', "\"\""));
        let items = items_of(&format!("description\n\"{}\"\n\n\"{}\"\n", one_column[0], one_column[1]));
        assert_eq!((messages_of(&items), items.len()), (found(0).0, 2));
        let crlf = |key: &str, message: &str| behind(key, message).replace('\n', "\r\n");
        assert_eq!(incidents("\u{feff}number,opened_at,title,state,text", ",", crlf), found(1));
    }

    /// The messages of rows below titles, `@` being an event and `ID` an id, and how many rows are left out.
    #[track_caller]
    fn reads(titles: &str, rows: &[&str], expected: &[&str], left_out: u64) {
        let event = format!(r#"{{"copyJobId": "{ID}", "state": "FAILED", "statusMessage": "No key"}}"#);
        let event = format!("\"{}\"", event.replace('"', "\"\""));
        let other = ID.replace("47C8", "47C9");
        let items =
            items_of(&format!("{titles}\n{}\n", rows.join("\n").replace('@', &event).replace("ID", &other)));
        let of_item = |item: &Item| match item {
            Item::Warning(Warning { complaint: Complaint::RowsLeftOut { rows }, .. }) => *rows,
            _ => 0,
        };
        assert_eq!(
            (messages_of(&items), items.iter().map(of_item).sum::<u64>()),
            (expected.iter().map(ToString::to_string).collect(), left_out),
            "{rows:?}"
        );
    }

    #[test]
    fn among_events_a_row_without_one_is_read_where_it_is_of_a_job() {
        let titles = "number,ref,State,StatusMessage,payload";
        let all = ["1,,New,,@", "2,,FAILED,No vault,", "3,ID,ABORTED,No tag,", "4,,New,Not yet,", "5,,,,"];
        reads(titles, &all, &["No key", "No vault", "No tag"], 2);
        reads(
            "State,ResourceArn,Region,blob",
            &["New,,,@", "FAILED,arn:aws:s3:::a,eu-west-1,"],
            &["No key"],
            1,
        );
    }

    #[test]
    fn json_and_a_name_of_an_id_in_several_rows_make_no_events() {
        let rows = [
            r#"111122223333,"{""level"": ""none at all""}""#,
            r#"111122223333,"They asked for a ""copyJobId"" in vain!""#,
        ];
        let messages = [r#"{"level": "none at all"}"#, r#"They asked for a "copyJobId" in vain!"#];
        reads("AccountId,StatusMessage", &rows, &messages, 0);
    }

    #[test]
    fn an_event_in_a_cell_that_ends_too_early_is_counted() {
        let text = format!(
            "number,state,text\n1,New,\"Info:\n{{\n  \"\"copyJobId\"\": \"\"{ID}\"\",\n  \"\"state\"\": \"\"FAILED\"\"\n}}\"\n2,New,\"{{\n  \"\"copyJobId\"\": \"\"{ID}\"\",\n"
        );
        let items = items_of(&text);
        assert!(matches!(items.first(), Some(Item::Record(_))), "{items:?}");
        let is_counted = |item: &Item| {
            matches!(item, Item::Warning(Warning { complaint: Complaint::RowsLeftOut { rows: 1 }, .. }))
        };
        assert!(items.iter().any(is_counted), "{items:?}");
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
}
