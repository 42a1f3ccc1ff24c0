//! An export from bytes: the first byte says what the rest is wrapped in, the second which format is said to be in it.

use std::io::{Cursor, Read, Write};

use copydoctor::read::{Format, Item, Options, read_from};
use copydoctor::record::Position;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The name that the export is read under.
pub const NAME: &str = "export";

/// What a text is wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    Nothing,
    ByteOrderMark,
    Utf16Le,
    Utf16Be,
    Gzip,
    Zstd,
    Zip,
    Mail,
}

/// An export, and what is said about it.
pub struct Export<'b> {
    pub wrapping: Wrapping,
    pub options: Options,
    pub content: &'b [u8],
}

impl<'b> Export<'b> {
    /// The export that bytes stand for; seeds choose by the digits `0` to `7`.
    pub fn of(bytes: &'b [u8]) -> Option<Self> {
        let [wrapping, format, content @ ..] = bytes else { return None };
        let wrapping = match wrapping % 8 {
            0 => Wrapping::Nothing,
            1 => Wrapping::ByteOrderMark,
            2 => Wrapping::Utf16Le,
            3 => Wrapping::Utf16Be,
            4 => Wrapping::Gzip,
            5 => Wrapping::Zstd,
            6 => Wrapping::Zip,
            _ => Wrapping::Mail,
        };
        let format = usize::from(format % 8).checked_sub(1).and_then(|place| Format::ALL.get(place).copied());
        Some(Self { wrapping, options: Options { format, ..Options::default() }, content })
    }

    /// The bytes of the file.
    pub fn file(&self) -> Vec<u8> {
        let content = self.content;
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            let text = format!("\u{feff}{}", String::from_utf8_lossy(content));
            text.encode_utf16().flat_map(order).collect()
        };
        match self.wrapping {
            Wrapping::Nothing => content.to_vec(),
            Wrapping::ByteOrderMark => ["\u{feff}".as_bytes(), content].concat(),
            Wrapping::Utf16Le => utf16(u16::to_le_bytes),
            Wrapping::Utf16Be => utf16(u16::to_be_bytes),
            Wrapping::Gzip => gzip(content),
            Wrapping::Zstd => {
                ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
            }
            Wrapping::Zip => zip(content),
            Wrapping::Mail => content
                .split_inclusive(|byte| *byte == b'\n')
                .fold(Vec::new(), |mail, line| [mail.as_slice(), b"> ", line].concat()),
        }
    }

    /// Whether what the content is wrapped in makes no difference to what is read: it is plain UTF-8, not packed or
    /// marked itself.
    pub fn is_plain(&self) -> bool {
        let is_special = |byte: &u8| matches!(byte, 0 | 0x1b);
        let is_packed = [b"\x1f\x8b".as_slice(), b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"\xef\xbb\xbf"]
            .iter()
            .any(|magic| self.content.starts_with(magic));
        !is_packed && !self.content.iter().any(is_special) && str::from_utf8(self.content).is_ok()
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("memory is written");
    encoder.finish().expect("memory is written")
}

fn zip(content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("inner", zip::write::SimpleFileOptions::default()).expect("a file begins");
    archive.write_all(content).expect("memory is written");
    archive.finish().expect("memory is written").into_inner()
}

/// Everything that a file turns out to hold.
pub fn items(file: impl Read, options: &Options) -> Vec<Item> {
    let mut items = Vec::new();
    read_from(NAME, file, options, &mut |item| items.push(item));
    items
}

/// Where an item stands, if it stands anywhere.
pub fn position(item: &Item) -> Option<Position> {
    match item {
        Item::Record(record) => Some(record.position),
        Item::Uneventful(_) => None,
        Item::Rejected(rejected) => Some(rejected.position),
        Item::Warning(warning) => warning.position,
    }
}

/// A file of which there is never more than a byte to be had.
pub struct Trickle<'b>(pub &'b [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = out.len().min(1);
        self.0.read(&mut out[..length])
    }
}
