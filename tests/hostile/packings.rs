//! Packings that unpack to far more than they weigh: each is stopped, in bounded memory, and what came before the
//! stop is reported.

use std::io::{self, Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::common::Run;
use crate::limited::{GOOD, SMALL, file, folder, repeat, within};

const MIB: u64 = 1024 * 1024;

/// More than any file here may unpack to.
const TOO_MUCH: u64 = 66 * MIB;

const SAID: &str =
    "it unpacks to more than 300 times its size; if it is an export all the same, unpack it first";

/// A good record, and blanks.
fn export(out: &mut dyn Write, blanks: u64) -> io::Result<()> {
    out.write_all(GOOD.as_bytes())?;
    repeat(out, " ", blanks)
}

fn gzip(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    content(&mut encoder).expect("memory is written");
    encoder.finish().expect("memory is written")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    gzip(|out| out.write_all(bytes))
}

fn zip(files: u64, content: impl Fn(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..files {
        archive.start_file(format!("{number}.json"), SimpleFileOptions::default()).expect("a file begins");
        content(&mut archive).expect("memory is written");
    }
    archive.finish().expect("memory is written").into_inner()
}

/// A frame of Zstandard: a good record, and then nothing but blocks that say "this byte, so many times". Source: RFC
/// 8878, section 3.1.1.
fn zstd(megabytes: u64) -> Vec<u8> {
    const RAW: u32 = 0;
    const REPEATED: u32 = 1;
    const LARGEST: u32 = 128 * 1024;
    let header = |kind: u32, size: u32| [(kind << 1) | (size << 3), 0].map(u32::to_le_bytes)[0][..3].to_vec();
    let length = u32::try_from(GOOD.len()).expect("it is short");
    // No checksum, no size, no dictionary; a window of 128 KiB.
    let mut frame = b"\x28\xb5\x2f\xfd\x00\x38".to_vec();
    frame.extend(header(RAW, length));
    frame.extend(GOOD.as_bytes());
    for _ in 0..megabytes * 8 {
        frame.extend(header(REPEATED, LARGEST));
        frame.push(b' ');
    }
    frame.extend([1, 0, 0]);
    frame
}

/// The good record is reported, and this is said, from a file as from a pipe.
#[track_caller]
fn is_stopped(name: &str, bytes: &[u8], said: &str) {
    let folder = folder();
    let packed = bytes.to_vec();
    for (run, about) in [
        (within(SMALL).batch().on(&file(&folder, name, bytes)), "as a file"),
        (within(SMALL).batch().fed(move |out| out.write_all(&packed)), "from a pipe"),
    ] {
        says(&run, said, about);
    }
}

#[track_caller]
fn says(run: &Run, said: &str, about: &str) {
    assert_eq!(run.code, Some(2), "{about}: {}", run.stderr);
    assert!(
        run.stderr.lines().all(|line| line.starts_with("error: ") || line.starts_with("note: ")),
        "{run:?}"
    );
    assert!(run.stderr.contains(said), "{about}: {}", run.stderr);
    assert!(run.counts_of("diagnosed") >= 1, "{about}: {}", run.stderr);
}

#[test]
fn a_bomb_of_gzip() {
    is_stopped("bomb.json.gz", &gzip(|out| export(out, TOO_MUCH)), SAID);
}

/// The bound is that of the file, so packing a bomb once more gains nothing.
#[test]
fn a_bomb_in_a_packing() {
    let bomb = gzip(|out| export(out, TOO_MUCH));
    is_stopped("bomb.gz", &gzipped(&bomb), SAID);
    is_stopped("bomb.gz", &gzipped(&gzipped(&bomb)), SAID);
    is_stopped("bomb.zip", &zip(1, |out| out.write_all(&bomb)), SAID);
}

#[test]
fn a_bomb_of_zstandard() {
    is_stopped("bomb.json.zst", &zstd(TOO_MUCH / MIB), SAID);
    is_stopped("bomb.json.zst.gz", &gzipped(&zstd(TOO_MUCH / MIB)), SAID);
}

#[test]
fn a_bomb_of_zip() {
    is_stopped("bomb.zip", &zip(1, |out| export(out, TOO_MUCH)), SAID);
}

/// None of them is too large.
#[test]
fn a_bomb_of_many_small_files_in_an_archive() {
    is_stopped("bomb.zip", &zip(16, |out| export(out, 6 * MIB)), SAID);
}

/// Every entry of the directory points at the same file, so that the archive does not grow with what it unpacks to.
#[test]
fn a_bomb_whose_files_are_one_file() {
    const FILES: u16 = 2000;
    let one = zip(1, |out| export(out, 4 * MIB));
    let end = one.len() - 22;
    let number = |at: usize| u32::from_le_bytes(one[at..at + 4].try_into().expect("four bytes"));
    let directory = usize::try_from(number(end + 16)).expect("a small archive");
    let mut bomb = one[..directory].to_vec();
    for file in 0..FILES {
        let mut entry = one[directory..end].to_vec();
        let name = entry.len() - "0.json".len();
        entry.truncate(name);
        let digits = format!("{file:06}");
        entry.extend(digits.as_bytes());
        bomb.extend(entry);
    }
    let length = u32::try_from(bomb.len() - directory).expect("a small archive");
    let mut last = one[end..].to_vec();
    last[8..10].copy_from_slice(&FILES.to_le_bytes());
    last[10..12].copy_from_slice(&FILES.to_le_bytes());
    last[12..16].copy_from_slice(&length.to_le_bytes());
    bomb.extend(last);
    is_stopped("bomb.zip", &bomb, SAID);
}

#[test]
fn packings_in_packings_without_end() {
    let deep = (0..6).fold(GOOD.as_bytes().to_vec(), |inner, _| gzipped(&inner));
    let run = within(SMALL).batch().fed(move |out| out.write_all(&deep));
    assert_eq!(run.code, Some(2));
    assert_eq!(run.complaint(), "error: -: packed in more than 4 layers; unpack it first");
}

/// An archive that says it holds gigabytes, and a frame that asks for gigabytes, get nothing.
#[test]
fn what_asks_for_memory_gets_none() {
    let asks: &[&[u8]] = &[
        // A window of nearly 4 TiB; a window of 2 GiB; a single segment of 2^60 bytes.
        b"\x28\xb5\x2f\xfd\x00\xff",
        b"\x28\xb5\x2f\xfd\x00\xa8",
        b"\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x10",
    ];
    for bytes in asks {
        let run = within(SMALL).batch().fed(|out| out.write_all(bytes));
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.complaint().contains("it needs too much memory; unpack it first"), "{}", run.stderr);
    }
    // 65,535 entries in a directory of 4 GiB that is not there.
    let directory = b"PK\x03\x04PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0";
    let run = within(SMALL).batch().fed(|out| out.write_all(directory));
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

/// What comes before the damage is reported.
#[test]
fn packings_that_are_cut_off_or_damaged() {
    let lines = format!("{GOOD}\n").repeat(20_000);
    let whole = gzipped(lines.as_bytes());
    let run = within(SMALL).batch().fed({
        let cut = whole[..whole.len() / 2].to_vec();
        move |out| out.write_all(&cut)
    });
    says(&run, "error: -: cannot be read any further", "cut off");
    let mut damaged = zstd(1);
    damaged.truncate(6 + 3 + GOOD.len());
    damaged.extend(b"\xff\xff\xff\xff");
    let run = within(SMALL).batch().fed(move |out| out.write_all(&damaged));
    says(&run, "error: -: cannot be read any further", "damaged");
}
