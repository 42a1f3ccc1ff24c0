//! Zstandard: the frames of a file one after another, each within bounds.

// The data says how large things are.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::io::{self, Cursor, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder, StreamingDecoder};

use crate::phrases::{Cause, DamagedZstandard};
use crate::read::MIB;

/// The largest window that the zstd tool itself unpacks without being told to.
pub(in crate::read) const LARGEST_WINDOW: u64 = 128 * MIB;

const MAGIC: u32 = 0xfd2f_b528;
const SKIPPABLE: std::ops::RangeInclusive<u32> = 0x184d_2a50..=0x184d_2a5f;

type Frame<R> = StreamingDecoder<io::Chain<Cursor<Vec<u8>>, R>, FrameDecoder>;

/// Unpacks frame after frame.
pub(super) struct Frames<R: Read> {
    frame: Option<Frame<R>>,
    /// What comes behind the frames that are over.
    rest: Option<R>,
    /// A frame that is damaged, and how: what was unpacked before is given first.
    damaged: Option<(FrameDecoder, io::Error)>,
}

impl<R: Read> Frames<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { frame: None, rest: Some(reader), damaged: None }
    }

    /// Reads on in the frame that has begun; 0 where it is over.
    fn read_frame(&mut self, out: &mut [u8]) -> io::Result<usize> {
        /// The last block of a frame, without content, and a checksum that nobody asks for.
        const END: &[u8] = b"\x01\0\0\0\0\0\0";
        let Some(mut frame) = self.frame.take() else { return Ok(0) };
        match frame.read(out) {
            Ok(0) if !out.is_empty() => self.rest = Some(frame.into_inner().into_inner().1),
            Ok(length) => {
                self.frame = Some(frame);
                return Ok(length);
            }
            Err(error) => {
                let (_, mut decoder) = frame.into_parts();
                // What later blocks may refer to is held back until the frame ends.
                let _ = decoder.decode_blocks(END, BlockDecodingStrategy::All);
                self.damaged = Some((decoder, error));
                return self.read_damaged(out);
            }
        }
        Ok(0)
    }

    /// Gives what was unpacked of a damaged frame, and then the damage.
    fn read_damaged(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some((mut decoder, error)) = self.damaged.take() else { return Ok(0) };
        match decoder.read(out) {
            Ok(length) if length > 0 || out.is_empty() => {
                self.damaged = Some((decoder, error));
                Ok(length)
            }
            _ => Err(error),
        }
    }

    /// Begins the next frame; `false` where there is none.
    fn next_frame(&mut self) -> io::Result<bool> {
        let Some(mut rest) = self.rest.take() else { return Ok(false) };
        loop {
            let mut begin = Vec::new();
            (&mut rest).take(4).read_to_end(&mut begin)?;
            let magic = match <[u8; 4]>::try_from(begin.as_slice()) {
                Ok(magic) => u32::from_le_bytes(magic),
                Err(_) if begin.is_empty() => return Ok(false),
                Err(_) => return Err(damaged(DamagedZstandard::EndsInTheMiddle)),
            };
            if SKIPPABLE.contains(&magic) {
                let mut length = [0; 4];
                rest.read_exact(&mut length)?;
                io::copy(&mut (&mut rest).take(u32::from_le_bytes(length).into()), &mut io::sink())?;
                continue;
            }
            if magic != MAGIC {
                return Err(damaged(DamagedZstandard::IsFollowed));
            }
            begin.extend(header(&mut rest)?);
            let frame = StreamingDecoder::new(Cursor::new(begin).chain(rest));
            self.frame = Some(
                frame.map_err(|error| damaged(DamagedZstandard::Undecodable { error: error.to_string() }))?,
            );
            return Ok(true);
        }
    }
}

fn damaged(damage: DamagedZstandard) -> io::Error {
    Cause::Zstandard { damage }.into()
}

/// The bytes of a frame's header behind its magic number. The window that it asks for is checked before anything is
/// reserved for it. Source: RFC 8878, section 3.1.1.1.
#[expect(clippy::arithmetic_side_effects, reason = "a byte says at most 2^41 and seven eighths of that")]
fn header(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut header = vec![0; 1];
    reader.read_exact(&mut header)?;
    let descriptor = header.first().copied().unwrap_or_default();
    let is_single_segment = descriptor & 0b10_0000 != 0;
    let dictionary_id = match descriptor & 0b11 {
        0 => 0,
        1 => 1,
        2 => 2,
        _ => 4,
    };
    let content_size = match descriptor >> 6 {
        0 => usize::from(is_single_segment),
        1 => 2,
        2 => 4,
        _ => 8,
    };
    let window_byte = usize::from(!is_single_segment);
    let mut more = vec![0; window_byte + dictionary_id + content_size];
    reader.read_exact(&mut more)?;
    let window = if is_single_segment {
        let size = more.get(dictionary_id..).unwrap_or_default();
        size.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
    } else {
        let byte = more.first().copied().unwrap_or_default();
        let base = 1_u64 << (10 + (byte >> 3));
        base + base / 8 * u64::from(byte & 0b111)
    };
    if window > LARGEST_WINDOW {
        return Err(damaged(DamagedZstandard::NeedsTooMuchMemory));
    }
    header.extend(more);
    Ok(header)
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        /// The decoder unpacks as much as it is asked for before it gives any of it.
        const STEP: usize = 64 * 1024;
        let step = out.len().min(STEP);
        let out = out.get_mut(..step).unwrap_or_default();
        if self.damaged.is_some() {
            return self.read_damaged(out);
        }
        while self.frame.is_some() || self.next_frame()? {
            let length = self.read_frame(out)?;
            if length > 0 || out.is_empty() {
                return Ok(length);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// `jobs` as the zstd tool packs it: one frame.
    pub(in crate::read::unpack) fn packed(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpacked(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Frames::new(bytes).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_are_unpacked_one_after_another_and_others_are_skipped() {
        let skippable = [0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7];
        let bytes = [packed(b"jobs"), skippable.to_vec(), packed(b" and more")].concat();
        assert_eq!(unpacked(&bytes).expect("it is whole"), "jobs and more");
        assert_eq!(unpacked(b"").expect("there is nothing"), "");
    }

    #[test]
    fn a_reader_that_asks_for_nothing_loses_nothing() {
        let bytes = packed(b"jobs");
        let (mut frames, mut text) = (Frames::new(bytes.as_slice()), String::new());
        assert_eq!(frames.read(&mut []).expect("it is whole"), 0);
        frames.read_to_string(&mut text).expect("it is whole");
        assert_eq!(text, "jobs");
    }

    /// A frame of one block that is not compressed, with this header behind its magic number.
    fn frame(header: &[u8], text: &[u8]) -> Vec<u8> {
        let block = u32::try_from(text.len() << 3 | 1).expect("a short text").to_le_bytes();
        [&MAGIC.to_le_bytes(), header, &block[..3], text].concat()
    }

    /// What other tools write: with and without a window, the size in one, two, four or eight bytes.
    #[test]
    fn headers_of_every_form_are_read() {
        let text = [b'x'; 300];
        for (header, length) in [
            (&[0x20, 200][..], 200),
            (&[0x60, 44, 0], 300),
            (&[0xa0, 44, 1, 0, 0], 300),
            (&[0xe0, 44, 1, 0, 0, 0, 0, 0, 0], 300),
            (&[0, 0], 300),
            (&[0x40, 0, 44, 0], 300),
            (&[0x80, 0, 44, 1, 0, 0], 300),
        ] {
            let bytes = [frame(header, &text[..length]), packed(b" and more")].concat();
            let unpacked = unpacked(&bytes).unwrap_or_else(|error| panic!("{header:?}: {error}"));
            assert_eq!(unpacked, "x".repeat(length) + " and more", "{header:?}");
        }
    }

    #[test]
    fn the_size_of_a_frame_counts_as_its_window_where_it_has_none() {
        let header = [0xe0, 1, 0, 0, 8, 0, 0, 0, 0];
        let error = unpacked(&frame(&header, b"jobs")).expect_err("128 MiB and a byte");
        assert!(error.to_string().contains("too much memory"), "{error}");
        let just = unpacked(&frame(&[0xe0, 0, 0, 0, 8, 0, 0, 0, 0], b"jobs"));
        assert!(just.is_ok() || just.is_err_and(|error| !error.to_string().contains("too much memory")));
    }

    #[test]
    fn a_dictionary_that_nobody_has_is_an_error() {
        // With a window, and with the size in its place, which stands behind the id.
        for header in [
            &[1, 0, 7][..],
            &[2, 0, 7, 0],
            &[3, 0, 7, 0, 0, 0],
            &[0xe1, 7, 4, 0, 0, 0, 0, 0, 0, 0],
            &[0xe2, 7, 0, 4, 0, 0, 0, 0, 0, 0, 0],
            &[0xe3, 7, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0],
        ] {
            let error = unpacked(&frame(header, b"jobs")).expect_err("nobody has it").to_string();
            assert!(!error.contains("too much memory"), "{header:?}: {error}");
        }
    }

    #[test]
    fn damage_is_an_error() {
        let whole = packed(b"jobs");
        assert!(unpacked(&whole[..whole.len() - 2]).is_err());
        for behind in ["more", "mor", "m"] {
            assert!(unpacked(&[&whole, behind.as_bytes()].concat()).is_err(), "{behind}");
        }
    }

    /// However it was packed: a decoder holds back what later blocks might refer to.
    #[test]
    fn what_stands_before_the_damage_is_given() {
        let text = "jobs ".repeat(200_000);
        let whole = packed(text.as_bytes());
        for bytes in
            [whole[..whole.len() - 2].to_vec(), [&whole[..whole.len() - 3], b"\xff\xff\xff"].concat()]
        {
            let mut before = Vec::new();
            assert!(Frames::new(bytes.as_slice()).read_to_end(&mut before).is_err());
            assert!(before.len() > 800_000 && text.as_bytes().starts_with(&before), "{}", before.len());
        }
    }

    /// By powers of two, and eighths of them.
    #[test]
    fn a_window_is_as_large_as_its_byte_says() {
        // 1 KiB, 120 MiB and 128 MiB.
        for byte in [0, 0x87, 0x88] {
            assert_eq!(header(&mut [0, byte].as_slice()).expect("it is small enough"), [0, byte]);
        }
        // 144 MiB and 240 MiB.
        for byte in [0x89, 0x8f] {
            assert!(header(&mut [0, byte].as_slice()).is_err(), "{byte}");
        }
    }

    #[test]
    fn a_window_beyond_all_measure_is_refused_before_it_is_reserved() {
        let error = unpacked(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0xf8, 0, 0, 0]).expect_err("too large");
        assert!(error.to_string().contains("too much memory"), "{error}");
    }
}
