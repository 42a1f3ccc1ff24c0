//! Zstandard: the frames of a file one after another, each within bounds.

use std::io::{self, Cursor, Read};

use ruzstd::decoding::StreamingDecoder;

use crate::phrases::{Cause, DamagedZstandard};

/// The largest window that the zstd tool itself unpacks without being told to.
const LARGEST_WINDOW: u64 = 128 * 1024 * 1024;

const MAGIC: u32 = 0xfd2f_b528;
const SKIPPABLE: std::ops::RangeInclusive<u32> = 0x184d_2a50..=0x184d_2a5f;

type Frame<R> = StreamingDecoder<io::Chain<Cursor<Vec<u8>>, R>, ruzstd::decoding::FrameDecoder>;

/// Unpacks frame after frame.
pub(super) struct Frames<R: Read> {
    frame: Option<Frame<R>>,
    /// What comes behind the frames that are over.
    rest: Option<R>,
}

impl<R: Read> Frames<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { frame: None, rest: Some(reader) }
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
        loop {
            if let Some(frame) = &mut self.frame {
                let step = out.len().min(STEP);
                let length = frame.read(out.get_mut(..step).unwrap_or_default())?;
                if length > 0 || out.is_empty() {
                    return Ok(length);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.rest = Some(frame.into_inner().into_inner().1);
            }
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `jobs` as the zstd tool packs it: one frame.
    fn packed(text: &[u8]) -> Vec<u8> {
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
    fn damage_is_an_error() {
        let whole = packed(b"jobs");
        assert!(unpacked(&whole[..whole.len() - 2]).is_err());
        assert!(unpacked(&[whole, b"more".to_vec()].concat()).is_err());
    }

    #[test]
    fn a_window_beyond_all_measure_is_refused_before_it_is_reserved() {
        let error = unpacked(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0xf8, 0, 0, 0]).expect_err("too large");
        assert!(error.to_string().contains("too much memory"), "{error}");
    }
}
