//! Bytes to records: opens files, directories and standard input and hands on every copy job in them.

mod field;
mod json_record;
mod json_scanner;

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::record::{Position, Record};
use json_scanner::{Fault, Found, Outline, Scanner};

/// How much is read at once: large enough that the operating system is not the limit.
const READ_SIZE: usize = 256 * 1024;

/// What a file turns out to hold, in the order of the file.
#[derive(Debug)]
pub enum Item {
    /// A copy job.
    Record(Box<Record>),
    /// Something that is a copy job but cannot be read.
    Rejected(Rejected),
    /// Something that the reader of the report should know.
    Warning(Warning),
}

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: Arc<str>,
    /// Where the record begins.
    pub position: Position,
    /// What is wrong and where.
    pub error: String,
}

/// A fact about a file that is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub file: Arc<str>,
    /// The place it is about, if it is about one.
    pub position: Option<Position>,
    /// The fact, and what to do.
    pub text: String,
    /// How much it matters.
    pub severity: Severity,
}

/// How much a fact about a file matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// All was read, but the file itself is not all there is.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// What stands before a line on standard error.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.position, self.error)
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(position) = self.position {
            write!(formatter, ":{position}")?;
        }
        write!(formatter, ": {}", self.text)
    }
}

/// Where records come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, named `-`.
    Stdin,
    /// A file, or a directory with all files below it.
    Path(PathBuf),
}

impl Input {
    /// The input that a command-line argument names.
    #[must_use]
    pub fn of_argument(argument: PathBuf) -> Self {
        if argument.as_os_str() == "-" { Self::Stdin } else { Self::Path(argument) }
    }
}

/// Reads an input to its end and hands on what it holds. Nothing stops it: what cannot be opened or read
/// becomes a warning, and the rest is read.
pub fn read(input: &Input, hand_on: &mut dyn FnMut(Item)) {
    match input {
        Input::Stdin => read_from("-", io::stdin().lock(), hand_on),
        Input::Path(path) if path.is_dir() => read_directory(path, hand_on),
        Input::Path(path) => read_path(path, Expected::Export, hand_on),
    }
}

/// Reads an export under the name that its records and warnings shall carry, as [`read`] does a file.
///
/// ```
/// use copydoctor::read::{Item, read_from};
/// let json = r#"{"CopyJobs": [{"CopyJobId": "A", "State": "FAILED"}]}"#;
/// let mut items = Vec::new();
/// read_from("jobs.json", json.as_bytes(), &mut |item| items.push(item));
/// assert!(matches!(items.as_slice(), [Item::Record(_)]));
/// ```
pub fn read_from(name: &str, reader: impl Read, hand_on: &mut dyn FnMut(Item)) {
    read_named(name.into(), reader, Expected::Export, hand_on);
}

/// Whether a file was named as an export or only lies in a directory of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Export,
    Anything,
}

/// Reads every file below a directory, by name; hidden files are left out.
fn read_directory(directory: &Path, hand_on: &mut dyn FnMut(Item)) {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(directory)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    let mut records = 0_u64;
    let mut files = 0_u64;
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                files += 1;
                read_path(entry.path(), Expected::Anything, &mut |item| {
                    records += u64::from(!matches!(item, Item::Warning(_)));
                    hand_on(item);
                });
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(directory);
                hand_on(loss(&name_of(path), None, format!("cannot be read: {error}")));
            }
        }
    }
    if records == 0 {
        let text = format!("a directory without exports: none of its {files} files holds a copy job");
        hand_on(loss(&name_of(directory), None, text));
    }
}

fn read_path(path: &Path, expected: Expected, hand_on: &mut dyn FnMut(Item)) {
    match File::open(path) {
        Ok(file) => read_named(name_of(path), file, expected, hand_on),
        Err(error) => hand_on(loss(&name_of(path), None, format!("cannot be opened: {error}"))),
    }
}

fn read_named(name: Arc<str>, mut reader: impl Read, expected: Expected, hand_on: &mut dyn FnMut(Item)) {
    let mut reading = Reading {
        name,
        expected,
        hand_on,
        size: 0,
        first_bytes: Vec::new(),
        records: 0,
        first_fault: None,
        faults: 0,
    };
    let mut scanner = Scanner::new();
    let mut chunk = vec![0; READ_SIZE];
    let stopped_by = loop {
        match reader.read(&mut chunk) {
            Ok(0) => break None,
            Ok(length) => {
                let bytes = chunk.get(..length).unwrap_or_default();
                reading.begin(bytes);
                scanner.feed(bytes, &mut |found| reading.found(found));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Some(error),
        }
    };
    let outline = scanner.finish(&mut |found| reading.found(found));
    reading.end(outline, stopped_by);
}

/// A file while it is read: what was found so far, and who is told of it.
struct Reading<'h> {
    name: Arc<str>,
    expected: Expected,
    hand_on: &'h mut dyn FnMut(Item),
    size: u64,
    first_bytes: Vec<u8>,
    /// How many records were handed on, rejected ones included.
    records: u64,
    /// Where the file is broken first outside every record, and in how many places it is.
    first_fault: Option<Fault>,
    faults: u64,
}

impl Reading<'_> {
    fn begin(&mut self, bytes: &[u8]) {
        if self.size == 0 {
            self.first_bytes = bytes.iter().take(512).copied().collect();
        }
        self.size += bytes.len() as u64;
    }

    fn found(&mut self, found: Found<'_>) {
        let item = match found {
            Found::Record { bytes, position } => self.record(bytes, position),
            Found::BrokenRecord { position, fault } => {
                self.rejected(position, &format!("{} ({})", fault.problem, fault.position))
            }
            Found::BrokenDocument { fault } => {
                self.first_fault.get_or_insert(fault);
                self.faults += 1;
                return;
            }
        };
        self.records += 1;
        (self.hand_on)(item);
    }

    fn record(&self, bytes: &[u8], position: Position) -> Item {
        let error = match json_record::parse(bytes, Arc::clone(&self.name), position) {
            Ok(record) => return Item::Record(Box::new(record)),
            Err(error) => error,
        };
        match std::str::from_utf8(bytes) {
            Err(not_text) => {
                let before = bytes.get(..not_text.valid_up_to()).unwrap_or_default();
                self.rejected(position, &format!("not UTF-8 ({})", position.after(before)))
            }
            Ok(_) => {
                let place = position.moved(error.line() as u64, error.column() as u64);
                let problem = error.to_string();
                let problem = problem.split(" at line ").next().unwrap_or_default();
                self.rejected(position, &format!("{problem} ({place})"))
            }
        }
    }

    fn rejected(&self, position: Position, error: &str) -> Item {
        Item::Rejected(Rejected { file: Arc::clone(&self.name), position, error: error.to_owned() })
    }

    fn warn(&mut self, severity: Severity, position: Option<Position>, text: &str) {
        let file = Arc::clone(&self.name);
        (self.hand_on)(Item::Warning(Warning { file, position, text: text.to_owned(), severity }));
    }

    /// Says what there is to say about the file as a whole.
    fn end(mut self, outline: Outline, stopped_by: Option<io::Error>) {
        if let Some(error) = stopped_by {
            let text = format!("cannot be read any further: {error}");
            return self.warn(Severity::Error, outline.cut_off, &text);
        }
        let is_export = self.expected == Expected::Export;
        // Where nothing is JSON, that is said once; where it breaks off being JSON says more.
        let is_json = outline.has_json || begins_like_json(&self.first_bytes);
        if self.records > 0 || (is_export && is_json) {
            self.warn_of_faults();
        }
        // What only lies beside exports need not be one.
        let no_export = if is_export { Severity::Error } else { Severity::Note };
        if self.size == 0 {
            self.warn(no_export, None, "the file is empty");
        } else if let Some(position) = outline.cut_off.filter(|_| is_export || self.records > 0) {
            let text = "the file ends in the middle; what was whole before is reported. Export it again";
            self.warn(Severity::Error, Some(position), text);
        } else if self.records > 0 || outline.has_job_list || (is_export && is_json && self.faults > 0) {
            // There are jobs, or there could be and it has been said why there are none.
        } else if !outline.has_json {
            let start = outline.first_noise.unwrap_or(Position { line: 1, column: 1 });
            self.warn(no_export, Some(start), not_json(&self.first_bytes));
        } else {
            let text = "JSON without a copy job: no object has a CopyJobId and a State or StatusMessage";
            self.warn(no_export, None, text);
        }
        if let Some(position) = outline.page_follows {
            let text = "the export is not complete: NextToken says that more jobs follow. \
                        Export without --max-items and --no-paginate";
            self.warn(Severity::Warning, Some(position), text);
        }
    }

    /// One fault in a document often causes many, of which the first says most.
    fn warn_of_faults(&mut self) {
        let Some(first) = self.first_fault else { return };
        let more = match self.faults {
            0 | 1 => String::new(),
            faults => format!(", and {} more faults behind it", faults - 1),
        };
        let text = format!("not JSON: {}{more}; reading went on at the next object", first.problem);
        self.warn(Severity::Error, Some(first.position), &text);
    }
}

fn begins_like_json(first_bytes: &[u8]) -> bool {
    let text = first_bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first_bytes);
    text.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'{' | b'['))
}

/// What a file without any JSON is instead, as far as its first bytes tell, and what to do.
fn not_json(first_bytes: &[u8]) -> &'static str {
    match first_bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "not UTF-8 but UTF-16; convert it to UTF-8",
        [0x1f, 0x8b, ..] => "compressed with gzip; unpack it first",
        bytes if bytes.contains(&0) => "not JSON but binary",
        _ => "not JSON; export with `aws backup list-copy-jobs --output json`",
    }
}

fn loss(file: &Arc<str>, position: Option<Position>, text: String) -> Item {
    Item::Warning(Warning { file: Arc::clone(file), position, text, severity: Severity::Error })
}

fn name_of(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records' ids and, for everything else, what is said.
    fn read_text(text: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        read_named("jobs.json".into(), text, Expected::Export, &mut |item| {
            seen.push(match item {
                Item::Record(record) => record.copy_job_id.unwrap_or_default(),
                Item::Rejected(rejected) => rejected.to_string(),
                Item::Warning(warning) => warning.to_string(),
            });
        });
        seen
    }

    #[test]
    fn a_bad_byte_costs_one_record() {
        let text = b"{\"CopyJobId\":\"A\",\"State\":\"FAILED\"}\n\
                     {\"CopyJobId\":\"B\",\"State\":\"FA\xffLED\"}\n\
                     {\"CopyJobId\":\"C\",\"State\":\"FAILED\"}\n";
        let seen = read_text(text);
        assert_eq!((seen[0].as_str(), seen[2].as_str()), ("A", "C"));
        assert!(seen[1].starts_with("jobs.json:2:1: not UTF-8 (2:"), "{}", seen[1]);
    }

    #[test]
    fn files_without_jobs_say_what_they_are() {
        for (text, said) in [
            (b"".as_slice(), "jobs.json: the file is empty"),
            (b"Access Denied", "jobs.json:1:1: not JSON"),
            (b"\n\n  who {", "jobs.json:3:8: the file ends in the middle"),
            (b"\xff\xfe{\0", "jobs.json:1:1: not UTF-8 but UTF-16"),
            (b"{\"BackupJobs\": [{\"BackupJobId\": \"A\"}]}", "jobs.json: JSON without a copy job"),
        ] {
            let seen = read_text(text);
            assert!(seen.last().is_some_and(|last| last.starts_with(said)), "{seen:?} should say {said}");
        }
    }

    #[test]
    fn an_empty_list_of_jobs_is_an_export() {
        assert_eq!(read_text(b"{\"CopyJobs\": []}"), [""; 0]);
    }
}
