//! Opens what exports are packed in, by content and never by name: gzip, zstd, zip, and any of them in another.

// The data says how large things are.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

pub(super) mod zstd;

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;

use super::MIB;
use super::item::Complaint;
use super::progress::{BytesRead, Counted};
use crate::phrases::Cause;

/// How much of a text is looked at to tell its format.
pub(super) const SAMPLE: usize = 64 * 1024;

/// More packings in one another than any tool makes.
pub(super) const DEEPEST: usize = 4;

/// An archive that comes from a pipe or out of another packing has to be kept in memory to be read.
pub(super) const LARGEST_PIPED_ARCHIVE: u64 = 32 * MIB;

/// What unpacks to more than this, and to more than [`LARGEST_RATIO`] times the size of the file, is no export.
pub(super) const HARMLESS: u64 = 64 * MIB;
pub(super) const LARGEST_RATIO: u64 = 300;

/// What was found in a packing.
pub(super) enum Unpacked<'r> {
    /// A text, or whatever it is, with its beginning, which the reader gives once more.
    Content { name: Arc<str>, sample: Vec<u8>, reader: Box<dyn Read + 'r>, is_in_archive: bool },
    /// Something that cannot be opened, and why.
    Unreadable { name: Arc<str>, complaint: Complaint },
}

/// Where to put what is found.
type HandOn<'h> = &'h mut dyn FnMut(Unpacked<'_>);

/// Opens a file.
pub(super) fn unpack_file(name: &Arc<str>, mut file: impl Read + Seek, hand_on: HandOn<'_>) {
    let mut begin = Vec::new();
    let read = (&mut file).take(4).read_to_end(&mut begin);
    if read.is_ok() && begin == ZIP {
        if let Ok(size) = size_of(&mut file) {
            let budget = Budget::default();
            budget.packed.add(size);
            return unpack_archive(name, file, 0, &budget, hand_on);
        }
    }
    unpack(name, Box::new(Cursor::new(begin).chain(file)), hand_on);
}

/// The size of a file, which is at its beginning afterwards.
fn size_of(file: &mut impl Seek) -> io::Result<u64> {
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    Ok(size)
}

/// Opens what comes from a reader.
pub(super) fn unpack(name: &Arc<str>, reader: Box<dyn Read + '_>, hand_on: HandOn<'_>) {
    let budget = Budget::default();
    let reader = Counted::new(reader, &budget.packed);
    unpack_at(name, Box::new(reader), 0, false, &budget, hand_on);
}

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
const ZIP: &[u8] = b"PK\x03\x04";

fn unpack_at<'r>(
    name: &Arc<str>,
    reader: Box<dyn Read + 'r>,
    depth: usize,
    is_in_archive: bool,
    budget: &Budget,
    hand_on: HandOn<'_>,
) {
    let (sample, whole) = looked_at(reader);
    let begins = |magic: &[u8]| sample.starts_with(magic);
    let is_packed = begins(GZIP) || begins(ZSTD) || begins(ZIP);
    if is_packed && depth == DEEPEST {
        let complaint = Complaint::TooDeeplyPacked { layers: DEEPEST as u64 };
        return hand_on(Unpacked::Unreadable { name: Arc::clone(name), complaint });
    }
    if begins(GZIP) || begins(ZSTD) {
        let is_gzip = begins(GZIP);
        let whole = BufReader::with_capacity(SAMPLE, whole);
        let unpacked: Box<dyn Read + '_> =
            if is_gzip { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(zstd::Frames::new(whole)) };
        let bounded = budget.bound(unpacked, depth);
        return unpack_at(name, bounded, depth.saturating_add(1), is_in_archive, budget, hand_on);
    }
    if begins(ZIP) {
        let mut archive = Vec::new();
        let read = whole.take(LARGEST_PIPED_ARCHIVE + 1).read_to_end(&mut archive);
        let complaint = match read {
            Ok(_) if archive.len() as u64 <= LARGEST_PIPED_ARCHIVE => {
                return unpack_archive(name, Cursor::new(archive), depth, budget, hand_on);
            }
            Ok(_) => Complaint::ArchiveFromPipe,
            Err(error) => Complaint::cannot_be_read_further(&error),
        };
        return hand_on(Unpacked::Unreadable { name: Arc::clone(name), complaint });
    }
    hand_on(Unpacked::Content { name: Arc::clone(name), sample, reader: whole, is_in_archive });
}

/// The beginning of what a reader gives, and the reader of all of it.
pub(super) fn looked_at<'r>(mut reader: Box<dyn Read + 'r>) -> (Vec<u8>, Box<dyn Read + 'r>) {
    let mut sample = Vec::new();
    let error = (&mut reader).take(SAMPLE as u64).read_to_end(&mut sample).err();
    let again = Box::new(Cursor::new(sample.clone()).chain(LookedAt { error, reader }));
    (sample, again)
}

/// A reader whose beginning has been read: an error that came up comes up again in its place.
struct LookedAt<'r> {
    error: Option<io::Error>,
    reader: Box<dyn Read + 'r>,
}

impl Read for LookedAt<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.error.take().map_or_else(|| self.reader.read(out), Err)
    }
}

fn unpack_archive(
    name: &Arc<str>,
    reader: impl Read + Seek,
    depth: usize,
    budget: &Budget,
    hand_on: HandOn<'_>,
) {
    let unreadable =
        |name: &Arc<str>, complaint: Complaint| Unpacked::Unreadable { name: Arc::clone(name), complaint };
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => {
            let cause = Cause::from(&io::Error::from(error));
            return hand_on(unreadable(name, Complaint::UnreadableArchive { cause }));
        }
    };
    if archive.file_names().any(|inner| inner.starts_with("xl/")) {
        return hand_on(unreadable(name, Complaint::ExcelWorkbook));
    }
    for index in 0..archive.len() {
        match archive.by_index(index) {
            Ok(entry) if entry.is_file() && !is_beside_the_matter(entry.name()) => {
                let inner: Arc<str> = format!("{name}/{}", entry.name()).into();
                let bounded = budget.bound(Box::new(entry), depth);
                unpack_at(&inner, bounded, depth.saturating_add(1), true, budget, hand_on);
            }
            Ok(_) => {}
            Err(error) => {
                let (number, cause) =
                    ((index as u64).saturating_add(1), Cause::from(&io::Error::from(error)));
                hand_on(unreadable(name, Complaint::UnreadableFileInArchive { number, cause }));
            }
        }
    }
}

/// What archives carry along for file managers.
fn is_beside_the_matter(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// How much a file may unpack to. It counts all of the file, so that neither packings in one another nor an archive
/// whose files share their content get any further.
#[derive(Default)]
struct Budget {
    /// The bytes of the file itself.
    packed: BytesRead,
    /// What was unpacked so far, by depth.
    unpacked: [BytesRead; DEEPEST],
}

impl Budget {
    /// What is unpacked at a depth, as far as there is a budget for it.
    fn bound<'r>(&self, reader: Box<dyn Read + 'r>, depth: usize) -> Box<dyn Read + 'r> {
        let unpacked = self.unpacked.get(depth).cloned().unwrap_or_default();
        Box::new(Bounded { reader: Counted::new(reader, &unpacked), packed: self.packed.clone(), unpacked })
    }
}

/// Stops what unpacks to far more than an export can.
struct Bounded<R> {
    reader: Counted<R>,
    packed: BytesRead,
    unpacked: BytesRead,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(out)?;
        let unpacked = self.unpacked.get();
        if length > 0 && unpacked > HARMLESS && unpacked / LARGEST_RATIO > self.packed.get() {
            return Err(Cause::UnpacksTooLarge { ratio: LARGEST_RATIO }.into());
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::{gzip, zip};

    /// Every content by name, or why there is none.
    fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
        unpacked_from(bytes)
    }

    fn unpacked_from(reader: impl Read) -> Vec<(String, String)> {
        let mut found = Vec::new();
        unpack(&"x".into(), Box::new(reader), &mut |unpacked| match unpacked {
            Unpacked::Content { name, mut reader, .. } => {
                let mut text = Vec::new();
                let text = match reader.read_to_end(&mut text) {
                    Ok(_) => String::from_utf8_lossy(&text).into_owned(),
                    Err(error) => error.to_string(),
                };
                found.push((name.to_string(), text));
            }
            Unpacked::Unreadable { name, complaint } => found.push((name.to_string(), complaint.to_string())),
        });
        found
    }

    #[track_caller]
    fn gives(bytes: &[u8], name: &str, text: &str) {
        assert_eq!(unpacked(bytes), [(name.to_owned(), text.to_owned())]);
    }

    #[test]
    fn packings_are_opened_by_content_one_in_another() {
        gives(b"jobs", "x", "jobs");
        gives(b"", "x", "");
        gives(&gzip(b"jobs"), "x", "jobs");
        gives(&gzip(&gzip(b"jobs")), "x", "jobs");
        gives(&[gzip(b"jobs"), gzip(b" and more")].concat(), "x", "jobs and more");
        gives(&gzip(&zip(&[("a.json", b"jobs")])), "x/a.json", "jobs");
        gives(&zip(&[("d/a.gz", &gzip(b"jobs"))]), "x/d/a.gz", "jobs");
    }

    #[test]
    fn every_file_of_an_archive_is_opened_but_those_for_file_managers() {
        let archive = zip(&[("a", b"1"), ("__MACOSX/a", b"x"), (".DS_Store", b"x"), ("b/c", b"2")]);
        assert_eq!(unpacked(&archive), [("x/a".into(), "1".into()), ("x/b/c".into(), "2".into())]);
    }

    #[test]
    fn a_workbook_is_told_from_an_archive() {
        let seen = unpacked(&zip(&[("xl/workbook.xml", b"<x/>")]));
        assert_eq!(seen, [("x".into(), "an Excel workbook; save the sheet as CSV".into())]);
    }

    /// The archive with the method of its first file, in both of its headers, as one that nobody knows.
    fn packed_strangely(mut archive: Vec<u8>) -> Vec<u8> {
        for (header, method) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
            let at = archive.windows(4).position(|four| four == header).expect("a header");
            archive[at + method..][..2].copy_from_slice(&98_u16.to_le_bytes());
        }
        archive
    }

    #[test]
    fn a_file_that_cannot_be_unpacked_costs_no_other_one() {
        let seen = unpacked(&packed_strangely(zip(&[("a", b"1"), ("b", b"2")])));
        let [(archive, complaint), other] = seen.as_slice() else { panic!("{seen:?}") };
        assert!(archive == "x" && complaint.contains("file 1"), "{seen:?}");
        assert_eq!(other, &("x/b".to_owned(), "2".to_owned()));
    }

    #[test]
    fn an_archive_without_its_end_is_named() {
        let whole = zip(&[("a", b"1")]);
        let seen = unpacked(&whole[..whole.len() - 30]);
        assert!(seen.len() == 1 && seen[0].1.starts_with("a zip archive that cannot be read: "), "{seen:?}");
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = gzip(&vec![b' '; 80 * 1024 * 1024]);
        assert!(unpacked(&bomb)[0].1.contains("unpacks to more than 300 times its size"));
        for pack in [gzip, zstd::tests::packed, |inner: &[u8]| zip(&[("a", inner)])] {
            let deep = (0..DEEPEST + 1).fold(b"jobs".to_vec(), |inner, _| pack(&inner));
            assert!(unpacked(&deep)[0].1.contains("packed in more than 4 layers"));
        }
    }

    /// Whether a file of this size, of which so much was unpacked, may unpack to this as well.
    fn may_unpack(packed: u64, unpacked: u64, more: &[u8]) -> bool {
        let budget = Budget::default();
        budget.packed.add(packed);
        budget.unpacked[0].add(unpacked);
        budget.bound(Box::new(more), 0).read_to_end(&mut Vec::new()).is_ok()
    }

    #[test]
    fn what_is_stopped_is_large_and_many_times_the_size_of_the_file() {
        for (packed, unpacked, more, expected) in [
            // Little may be any multiple.
            (1, 0, b"x".as_slice(), true),
            (1, 1_000_000, b"x", true),
            (1, HARMLESS - 1, b"x", true),
            (1, HARMLESS, b"x", false),
            // Much may be what a text packs to.
            (HARMLESS, HARMLESS, b"x", true),
            (HARMLESS, LARGEST_RATIO * HARMLESS, b"x", true),
            (HARMLESS, LARGEST_RATIO * (HARMLESS + 1), b"x", false),
            // A file behind a bomb in an archive is no bomb if it is empty.
            (1, 2 * HARMLESS, b"", true),
        ] {
            assert_eq!(may_unpack(packed, unpacked, more), expected, "{packed} {unpacked} {more:?}");
        }
    }

    /// What it may unpack to goes by its size.
    #[test]
    fn the_size_of_a_file_is_that_of_all_of_it_which_is_read_afterwards() {
        let mut file = Cursor::new(zip(&[("a", b"jobs")]));
        let size = size_of(&mut file).expect("memory is read");
        let mut all = Vec::new();
        file.read_to_end(&mut all).expect("memory is read");
        assert_eq!(size, all.len() as u64);
    }

    #[test]
    fn an_archive_without_end_from_a_pipe_is_not_kept() {
        let seen = unpacked_from(ZIP.chain(io::repeat(0)));
        assert_eq!(seen, [("x".into(), Complaint::ArchiveFromPipe.to_string())]);
    }

    #[test]
    fn a_packing_that_is_cut_off_gives_what_was_whole() {
        let text = (0..50_000).map(|n| format!("{n} ")).collect::<String>();
        let whole = gzip(text.as_bytes());
        let mut before = Vec::new();
        unpack(&"x".into(), Box::new(&whole[..whole.len() / 2]), &mut |unpacked| {
            if let Unpacked::Content { mut reader, .. } = unpacked {
                assert!(reader.read_to_end(&mut before).is_err());
            }
        });
        assert!(!before.is_empty() && text.as_bytes().starts_with(&before));
    }
}
