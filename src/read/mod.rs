//! Bytes to records: opens files, directories and standard input and hands on every copy job in them.
//!
//! The way of a file: `unpack` opens what it is packed in, `encoding` makes UTF-8 of it, `format` tells what it is, and
//! the reader of that format finds the jobs. `reading` is what they all report to.

mod aws_text;
mod blocks;
mod cut;
mod delimited;
mod draft;
mod drawn;
mod dump;
mod encoding;
mod field;
mod flush_right;
mod follow;
mod format;
mod item;
mod json;
mod lines;
mod mail;
mod notice;
mod page;
mod parts;
mod prefix;
mod printed;
mod progress;
mod prose;
mod reading;
mod records;
mod rewritten;
mod ruled;
mod single_byte;
mod sink;
mod stacked;
mod stop;
mod table;
mod threads;
mod title;
mod told;
mod unpack;
mod value;
mod wrapped;
mod yaml;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

pub use field::FieldNames;
pub use follow::{PAUSE, follow};
pub use format::Format;
pub use item::{Complaint, Item, Rejected, Severity, Uneventful, Warning};
#[cfg(fuzzing)]
pub use json::{read_carefully, read_together};
pub use progress::BytesRead;
pub use stop::Stop;
pub use threads::read_on;

use format::{Detected, detect, hides_behind_prefixes};
use lines::LineEnd;
use progress::Counted;
use reading::{Expected, Reading};
use records::{Nothing, read_records};
use rewritten::Rewritten;
use sink::{Counting, OneByOne, Sink};
use stop::Stoppable;
use unpack::{SAMPLE, Unpacked, looked_at};

/// How much is read at once: large enough that the operating system is not the limit.
const READ_SIZE: usize = 64 * 1024;

/// In what bounds are measured.
const MIB: u64 = 1024 * 1024;

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

    /// How many bytes there are to read, packed as they are; `None` where nobody can tell before the end, as of standard
    /// input and other pipes.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let Self::Path(path) = self else { return None };
        if path.is_dir() {
            let files = entries_of(path).flatten().filter(|entry| entry.file_type().is_file());
            return Some(files.filter_map(|file| Some(file.metadata().ok()?.len())).sum());
        }
        let about = path.metadata().ok()?;
        about.is_file().then_some(about.len())
    }
}

/// What the user says about the exports, where they do not say it themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The format; by default it is told by the content of each file.
    pub format: Option<Format>,
    /// The names of fields that nobody could guess.
    pub names: FieldNames,
    /// Whether only jobs with a problem are of interest; of the others little is told then.
    pub only_problems: bool,
    /// Counts the bytes that are read, for whoever shows how far that is.
    pub bytes_read: BytesRead,
    /// Ends reading early.
    pub stop: Stop,
}

/// Reads an input to its end and hands on what it holds. Nothing stops it: what cannot be opened or read
/// becomes a warning, and the rest is read.
pub fn read(input: &Input, options: &Options, hand_on: &mut dyn FnMut(Item)) {
    read_into(input, options, &mut OneByOne(hand_on));
}

fn read_into(input: &Input, options: &Options, sink: &mut dyn Sink) {
    match input {
        Input::Stdin => read_stream("-", io::stdin().lock(), Expected::Export, options, sink),
        Input::Path(path) if path.is_dir() => read_directory(path, options, sink),
        Input::Path(path) => read_path(path, Expected::Export, options, sink),
    }
}

/// Reads an export under the name that its records and warnings shall carry, as [`read()`] does a file.
///
/// ```
/// use copydoctor::read::{Item, Options, read_from};
/// let csv = "Copy Job ID;Status\n47C8EF56-74D8-059D-1301-C5BE1D5C926E;FAILED\n";
/// let mut items = Vec::new();
/// read_from("jobs.csv", csv.as_bytes(), &Options::default(), &mut |item| items.push(item));
/// assert!(matches!(items.as_slice(), [Item::Record(_)]));
/// ```
pub fn read_from(name: &str, reader: impl Read, options: &Options, hand_on: &mut dyn FnMut(Item)) {
    read_stream(name, reader, Expected::Export, options, &mut OneByOne(hand_on));
}

/// The same for a file that stands among others in a folder, as [`read()`] does those: it may be anything, so
/// lines of text are no messages, and what is no export needs no excuse.
///
/// ```
/// use copydoctor::read::{Item, Options, read_from_folder};
/// let mut items = Vec::new();
/// read_from_folder("README", "Access denied\n".as_bytes(), &Options::default(), &mut |item| items.push(item));
/// assert!(matches!(items.as_slice(), [Item::Warning(_)]));
/// ```
pub fn read_from_folder(name: &str, reader: impl Read, options: &Options, hand_on: &mut dyn FnMut(Item)) {
    read_stream(name, reader, Expected::Anything, options, &mut OneByOne(hand_on));
}

fn read_stream(name: &str, reader: impl Read, expected: Expected, options: &Options, sink: &mut dyn Sink) {
    in_container(&name.into(), expected, sink, |name, contents| {
        let reader = Counted::new(Stoppable::new(reader, &options.stop), &options.bytes_read);
        unpack::unpack(name, Box::new(reader), &mut |unpacked| contents.unpacked(unpacked, options));
    });
}

/// Whether a text is the message itself, and no export of anything.
///
/// ```
/// use copydoctor::read::is_plain_text;
/// assert!(is_plain_text("Access Denied trying to call AWS Backup service"));
/// assert!(!is_plain_text("CopyJobs:\n- State: FAILED\n  StatusMessage: no\n"));
/// ```
#[must_use]
pub fn is_plain_text(text: &str) -> bool {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    let detected = detect(sample.as_bytes(), &FieldNames::default());
    match detected {
        Detected::Format(_) | Detected::Printed | Detected::Delimited(_) => false,
        Detected::Lines(_) | Detected::Empty | Detected::Unreadable(_) => true,
    }
}

/// Whether reading an input reads this file, or would if it were there. The file is named by its canonical path.
///
/// ```
/// use copydoctor::read::{Input, reads};
/// let folder = std::fs::canonicalize("examples")?;
/// let input = Input::Path("examples".into());
/// assert!(reads(&input, &folder.join("list-copy-jobs.json")) && reads(&input, &folder.join("new.html")));
/// assert!(!reads(&input, &folder.join(".hidden")));
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn reads(input: &Input, file: &Path) -> bool {
    let is_file = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == file);
    match input {
        // Where standard input is a file, the system shows it as a link to that.
        Input::Stdin => is_file(Path::new("/dev/stdin")),
        // What is read of a file is all that is below it: the file itself.
        Input::Path(path) => {
            let is_hidden = |part: &OsStr| part.to_string_lossy().starts_with('.');
            let folder = fs::canonicalize(path).ok();
            let below = folder.and_then(|folder| file.strip_prefix(folder).ok().map(Path::to_owned));
            // A link may lead out of the folder.
            below.is_some_and(|below| !below.iter().any(is_hidden))
                || entries_of(path).flatten().any(|entry| is_file(entry.path()))
        }
    }
}

/// What is below a directory, by name; hidden files are left out.
fn entries_of(directory: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
    WalkDir::new(directory)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
}

/// Reads every file below a directory.
fn read_directory(directory: &Path, options: &Options, sink: &mut dyn Sink) {
    let mut sink = Counting::new(sink);
    let mut files = 0_u64;
    for entry in entries_of(directory) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                files += 1;
                read_path(entry.path(), Expected::Anything, options, &mut sink);
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(directory);
                sink.item(loss(&name_of(path), Complaint::cannot_be_read(&error.into())));
            }
        }
    }
    if sink.records == 0 {
        sink.item(loss(&name_of(directory), Complaint::DirectoryWithoutExports { files }));
    }
}

fn read_path(path: &Path, expected: Expected, options: &Options, sink: &mut dyn Sink) {
    match File::open(path) {
        Ok(file) => in_container(&name_of(path), expected, sink, |name, contents| {
            let file = Counted::new(Stoppable::new(file, &options.stop), &options.bytes_read);
            unpack::unpack_file(name, file, &mut |unpacked| contents.unpacked(unpacked, options));
        }),
        Err(error) => sink.item(loss(&name_of(path), Complaint::cannot_be_opened(&error))),
    }
}

/// What is in a file: one text, or the files of an archive.
struct Contents<'h> {
    expected: Expected,
    sink: Counting<'h>,
    files: u64,
    is_archive: bool,
}

/// Opens a file by `open`, and says so if it turns out to be an archive with nothing in it.
fn in_container(
    name: &Arc<str>,
    expected: Expected,
    sink: &mut dyn Sink,
    open: impl FnOnce(&Arc<str>, &mut Contents<'_>),
) {
    let mut contents = Contents { expected, sink: Counting::new(sink), files: 0, is_archive: false };
    open(name, &mut contents);
    let Contents { mut sink, files, is_archive, .. } = contents;
    if is_archive && sink.records == 0 && expected == Expected::Export {
        sink.item(loss(name, Complaint::ArchiveWithoutExports { files }));
    }
}

impl Contents<'_> {
    fn unpacked(&mut self, unpacked: Unpacked<'_>, options: &Options) {
        self.files += 1;
        match unpacked {
            Unpacked::Unreadable { name, complaint } => self.sink.item(loss(&name, complaint)),
            Unpacked::Content { name, sample, reader, is_in_archive } => {
                self.is_archive |= is_in_archive;
                let expected = if is_in_archive { Expected::Anything } else { self.expected };
                let reading = Reading::new(name, expected, options, &mut self.sink);
                read_text(encoding::utf8(&sample, reader), options.format, reading);
            }
        }
    }
}

/// Reads a text, in the format that it has or is said to have.
fn read_text(text: Box<dyn Read + '_>, format: Option<Format>, reading: Reading<'_>) {
    let (mut sample, mut text) = looked_at(text);
    if mail::is_encoded(&sample) {
        let decoded = mail::Decoded::new(&sample);
        (sample, text) = looked_at(Box::new(Rewritten::new(text, decoded)));
    }
    if format != Some(Format::Lines) && hides_behind_prefixes(&sample, reading.names()) {
        (sample, text) = looked_at(Box::new(Rewritten::new(text, prefix::Without)));
    }
    if encoding::is_quoted(&sample) {
        (sample, text) = looked_at(encoding::unquoted(text));
    }
    if format.is_none_or(|format| format == Format::Json) && has_printed_bytes(&sample, reading.names()) {
        (sample, text) = looked_at(Box::new(Rewritten::new(text, printed::OfBytes::default())));
    }
    if format.is_none() && parts::are_mixed(&String::from_utf8_lossy(&sample), reading.names()) {
        return read_mixed(&sample, text, reading);
    }
    let detected = detect_as(format, &sample, reading.names());
    read_detected(detected, &sample, text, reading);
}

/// Whether JSON may stand in a text as the bytes that a program prints, and beside what it prints otherwise.
fn has_printed_bytes(sample: &[u8], names: &FieldNames) -> bool {
    printed::has_bytes(sample) && detect(sample, names) != Detected::Printed
}

/// What is read part by part is kept in memory.
const LONGEST_MIXED: u64 = 8 * MIB;

/// Reads a text whose parts are exports of several formats.
fn read_mixed(sample: &[u8], mut text: Box<dyn Read + '_>, mut reading: Reading<'_>) {
    let mut bytes = Vec::new();
    let read = (&mut text).take(LONGEST_MIXED + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > LONGEST_MIXED {
        reading.warn(Severity::Error, None, Complaint::MixedTooLong { mib: LONGEST_MIXED / MIB });
        let detected = detect(sample, reading.names());
        return read_detected(detected, sample, Box::new(Cursor::new(bytes).chain(text)), reading);
    }
    let end = LineEnd::of(&bytes);
    reading.lines_end_with(end);
    for part in parts::parts(&single_byte::decode(&bytes, end).text, reading.names()) {
        let Some(detected) = part.detected(reading.names()) else { continue };
        // Places are those of the whole text.
        let before = io::repeat(b'\n').take(part.lines_before as u64);
        let whole = Box::new(before.chain(part.text.as_bytes()));
        if let Err(error) = read_records(detected, part.text.as_bytes(), whole, &mut reading) {
            reading.warn(Severity::Error, None, Complaint::cannot_be_read_further(&error));
        }
    }
    match read {
        Ok(_) => reading.end(Some((None, Complaint::WithoutJobs))),
        Err(error) => stop(reading, &error, None),
    }
}

/// Tells what a text is by its beginning, where the user has not told; what is JSON may not be JSON yet.
fn detect_as(format: Option<Format>, sample: &[u8], names: &FieldNames) -> Detected {
    match format {
        None => detect(sample, names),
        Some(Format::Json) if detect(sample, names) == Detected::Printed => Detected::Printed,
        Some(format) => Detected::Format(format),
    }
}

/// Reads a text that begins like this sample.
fn read_detected(detected: Detected, sample: &[u8], text: Box<dyn Read + '_>, mut reading: Reading<'_>) {
    match detected {
        Detected::Empty => {
            let mut text = BufReader::with_capacity(READ_SIZE, text);
            match text.fill_buf() {
                Ok([]) => reading.end(Some((None, Complaint::EmptyFile))),
                Ok(_) => reading.end(Some((None, Complaint::BlankFile))),
                Err(error) => stop(reading, &error, None),
            }
        }
        Detected::Unreadable(complaint) => reading.end(Some((None, complaint))),
        Detected::Lines(_) | Detected::Format(Format::Lines) if !reading.is_export() => {
            reading.lines_end_with(LineEnd::of(sample));
            lines::note(&mut reading);
            reading.end(None);
        }
        detected => {
            reading.lines_end_with(LineEnd::of(sample));
            match read_records(detected, sample, text, &mut reading) {
                Ok(nothing) => reading.end(Some(nothing)),
                Err(error) => stop(reading, &error, Some((None, Complaint::WithoutJobs))),
            }
        }
    }
}

fn stop(mut reading: Reading<'_>, error: &io::Error, nothing: Option<Nothing>) {
    reading.warn(Severity::Error, None, Complaint::cannot_be_read_further(error));
    reading.end(nothing);
}

/// Whether a text is read as it is, so that each position is a place of it: nothing is decoded, rewritten or taken out.
#[cfg(fuzzing)]
#[must_use]
pub fn is_read_as_it_is(text: &[u8], names: &FieldNames) -> bool {
    let decoded = String::from_utf8_lossy(text);
    let is_printed = printed::is_printed(&decoded, names) || printed::has_bytes(text);
    !mail::is_encoded(text) && !encoding::is_quoted(text) && !is_printed && !parts::are_mixed(&decoded, names)
}

fn loss(file: &Arc<str>, complaint: Complaint) -> Item {
    Item::Warning(Warning { file: Arc::clone(file), position: None, complaint, severity: Severity::Error })
}

fn name_of(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

#[cfg(test)]
mod tests;
