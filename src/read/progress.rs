//! How far reading has come: counts the bytes as they are read.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes have been read so far. Its clones count together, so another thread can look on.
#[derive(Debug, Clone, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// The bytes that have been read, packed as they were.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, length: u64) {
        self.0.fetch_add(length, Ordering::Relaxed);
    }
}

/// Counters are equal where they are the same.
impl PartialEq for BytesRead {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for BytesRead {}

/// Counts what is read, a block at a time.
pub(super) struct Counted<R> {
    reader: R,
    bytes_read: BytesRead,
}

impl<R> Counted<R> {
    pub(super) fn new(reader: R, bytes_read: &BytesRead) -> Self {
        Self { reader, bytes_read: bytes_read.clone() }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(out)?;
        self.bytes_read.add(length as u64);
        Ok(length)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.reader.seek(position)
    }
}
