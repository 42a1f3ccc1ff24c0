//! A file that grows: what is appended is read as it comes, also when another file takes its place.
//!
//! Nothing but the standard library tells that a file has grown: it is asked every [`PAUSE`].

use std::fs::{self, File, Metadata};
use std::io::{self, Cursor, ErrorKind, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::format::{Detected, Format};
use super::item::{Complaint, Item, Severity, Warning};
use super::reading::{Expected, Reading};
use super::sink::OneByOne;
use super::unpack::{SAMPLE, looked_at};
use super::{Options, detect_as, encoding, loss, name_of, read_detected};

/// How long the file is left alone before it is looked at again.
pub const PAUSE: Duration = Duration::from_millis(250);

/// A line that is longer is handed on in pieces.
const LONGEST_LINE: usize = 8 * 1024 * 1024;

/// Reads a file from its beginning, and what is appended to it, until `is_over` says so. Only whole lines are handed on
/// before that, then also the beginning of one that was read. Where the file is emptied or replaced by another one of its name, that one is read
/// from its beginning.
///
/// JSON, delimited text and lines of messages can be followed; anything else is an error that is handed on.
pub fn follow(path: &Path, options: &Options, is_over: &dyn Fn() -> bool, hand_on: &mut dyn FnMut(Item)) {
    let name = name_of(path);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return hand_on(loss(&name, Complaint::cannot_be_opened(&error))),
    };
    loop {
        let mut tail = Tail::new(path, file, is_over);
        if let Err(complaint) = read_growing(&name, &mut tail, options, hand_on) {
            return hand_on(loss(&name, complaint));
        }
        file = match tail.end {
            Some(End::Truncated) if tail.file.rewind().is_ok() => tail.file,
            Some(End::Replaced(file)) => file,
            _ => return,
        };
        let (file, complaint) = (Arc::clone(&name), Complaint::Restarted);
        hand_on(Item::Warning(Warning { file, position: None, complaint, severity: Severity::Note }));
    }
}

/// Reads one file until its end.
fn read_growing(
    name: &Arc<str>,
    tail: &mut Tail<'_>,
    options: &Options,
    hand_on: &mut dyn FnMut(Item),
) -> Result<(), Complaint> {
    let begin = tail.begin().map_err(|error| Complaint::cannot_be_read(&error))?;
    if begin.trim_ascii().is_empty() {
        return Ok(());
    }
    let (sample, _) = looked_at(encoding::utf8(&begin, Box::new(Cursor::new(&begin))));
    let detected = detect_as(options.format, &sample, &options.names);
    match detected {
        Detected::Delimited(_)
        | Detected::Lines(_)
        | Detected::Printed
        | Detected::Format(Format::Csv | Format::Json | Format::Lines) => {}
        Detected::Unreadable(complaint) => return Err(complaint),
        Detected::Empty | Detected::Format(_) => return Err(Complaint::CannotBeFollowed),
    }
    let whole = Cursor::new(begin.clone()).chain(tail);
    let text = encoding::utf8(&begin, Box::new(whole));
    let mut sink = OneByOne(hand_on);
    let reading = Reading::new(Arc::clone(name), Expected::Growing, options, &mut sink);
    read_detected(detected, &sample, text, reading);
    Ok(())
}

/// Why a file has no more to give.
enum End {
    /// Nobody wants more.
    Over,
    /// It has become shorter than what was read of it.
    Truncated,
    /// Another file has its name.
    Replaced(File),
}

/// The whole lines of a file that grows.
struct Tail<'f> {
    path: &'f Path,
    file: File,
    is_over: &'f dyn Fn() -> bool,
    /// How much of the file was read.
    length: u64,
    buffer: Vec<u8>,
    /// How much of the buffer was given, and how much may be.
    given: usize,
    whole: usize,
    /// Whether another file was seen under the name, before the last of this one was read.
    is_replaced: bool,
    end: Option<End>,
}

impl<'f> Tail<'f> {
    fn new(path: &'f Path, file: File, is_over: &'f dyn Fn() -> bool) -> Self {
        Self {
            path,
            file,
            is_over,
            length: 0,
            buffer: Vec::new(),
            given: 0,
            whole: 0,
            is_replaced: false,
            end: None,
        }
    }

    /// The first lines, of which one is not blank, so that the format can be told by them.
    fn begin(&mut self) -> io::Result<Vec<u8>> {
        let mut begin = Vec::new();
        let mut piece = vec![0; SAMPLE];
        while begin.trim_ascii().is_empty() {
            match self.read(&mut piece)? {
                0 => break,
                length => begin.extend_from_slice(piece.get(..length).unwrap_or_default()),
            }
        }
        Ok(begin)
    }

    /// Waits for more to give; whether there is.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.given);
        (self.given, self.whole) = (0, 0);
        while self.end.is_none() {
            if (self.is_over)() {
                self.end = Some(End::Over);
                break;
            }
            let before = self.buffer.len();
            self.buffer.resize(before + SAMPLE, 0);
            let read = self.file.read(self.buffer.get_mut(before..).unwrap_or_default());
            let length = read.as_ref().map_or(0, |length| *length);
            self.buffer.truncate(before + length);
            match read {
                Ok(0) => self.wait(),
                Ok(_) => {
                    self.length += length as u64;
                    let last = self.buffer.iter().rposition(|byte| *byte == b'\n');
                    let is_too_long = self.buffer.len() > LONGEST_LINE;
                    self.whole = last.map_or(if is_too_long { self.buffer.len() } else { 0 }, |at| at + 1);
                    if self.whole > 0 {
                        return Ok(true);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        // There will be no more, so that what is there is whole.
        self.whole = self.buffer.len();
        Ok(self.whole > 0)
    }

    /// At the end of what is there: sees whether that is the end, and otherwise waits.
    fn wait(&mut self) {
        let (Ok(there), Ok(here)) = (fs::metadata(self.path), self.file.metadata()) else {
            // Between two files there may be none of the name.
            return thread::sleep(PAUSE);
        };
        if is_same(&there, &here) {
            if here.len() < self.length {
                self.end = Some(End::Truncated);
            } else {
                thread::sleep(PAUSE);
            }
        } else if !self.is_replaced {
            // Something may have been written to this one since its end was read.
            self.is_replaced = true;
        } else if let Ok(next) = File::open(self.path) {
            self.end = Some(End::Replaced(next));
        } else {
            thread::sleep(PAUSE);
        }
    }
}

impl Read for Tail<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.whole && !self.fill()? {
            return Ok(0);
        }
        let mut bytes = self.buffer.get(self.given..self.whole).unwrap_or_default();
        let length = bytes.read(out)?;
        self.given += length;
        Ok(length)
    }
}

/// Whether both are one file. Where the system has no number for it, a file that was replaced is one that was emptied.
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs::OpenOptions;
    use std::io::Write;

    use super::*;

    /// What somebody does to the file before it is read on.
    type Step<'s> = &'s dyn Fn(&Path);

    /// What is given of a file at a time, until all steps are done.
    fn given(content: &[u8], steps: &[Step<'_>]) -> Vec<Vec<u8>> {
        let folder = tempfile::TempDir::new().expect("a directory for the test");
        let path = folder.path().join("jobs.log");
        fs::write(&path, content).expect("the file can be written");
        let done = Cell::new(0);
        let is_over = || {
            let step = steps.get(done.get());
            step.iter().for_each(|step| step(&path));
            done.set(done.get() + 1);
            step.is_none()
        };
        let file = File::open(&path).expect("the file is there");
        let mut tail = Tail::new(&path, file, &is_over);
        let mut given = Vec::new();
        let mut piece = vec![0; 2 * LONGEST_LINE];
        loop {
            match tail.read(&mut piece).expect("the file can be read") {
                0 => return given,
                length => given.push(piece[..length].to_vec()),
            }
        }
    }

    fn nothing(_: &Path) {}

    fn append(path: &Path, text: &[u8]) {
        let mut file = OpenOptions::new().append(true).open(path).expect("the file is there");
        file.write_all(text).expect("the file can be written");
    }

    #[test]
    fn half_a_line_waits_for_its_other_half() {
        let given = given(b"ha", &[&nothing, &|path| append(path, b"lf\nan"), &|path| append(path, b"d")]);
        assert_eq!(given, [b"half\n".to_vec(), b"and".to_vec()]);
    }

    #[test]
    fn a_line_beyond_all_measure_does_not_wait_for_its_end() {
        let rest = |path: &Path| append(path, &vec![b'x'; LONGEST_LINE + 4 * SAMPLE]);
        let mut steps: Vec<Step<'_>> = vec![&nothing; LONGEST_LINE / SAMPLE + 2];
        steps[1] = &rest;
        let lengths: Vec<usize> = given(b"x", &steps).iter().map(Vec::len).collect();
        assert!(lengths.len() == 2 && lengths[0] > LONGEST_LINE, "{lengths:?}");
    }

    /// Between the last look at a file and the first at the one that has its name, more may have been written to it.
    #[test]
    #[cfg(unix)]
    fn what_is_appended_to_a_file_that_was_replaced_is_given() {
        let old = |path: &Path| path.with_extension("old");
        let replace = |path: &Path| {
            fs::rename(path, old(path))
                .and_then(|()| fs::write(path, b"next\n"))
                .expect("it can be replaced");
        };
        let given = given(b"first\n", &[&nothing, &replace, &|path| append(&old(path), b"last\n"), &nothing]);
        assert_eq!(given, [b"first\n", b"last\n".as_slice()]);
    }
}
