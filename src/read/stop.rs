//! Ends reading early, for whoever has seen enough.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a reader to end. Its clones tell the same reader, also from another thread.
///
/// ```
/// use copydoctor::read::{Item, Options, read_from};
/// let options = Options::default();
/// let message = "Access Denied trying to call AWS Backup service";
/// let event = format!(r#"{{"CopyJobId": "A", "State": "FAILED", "StatusMessage": "{message}"}}"#) + "\n";
/// let mut records = 0;
/// read_from("jobs.json", event.repeat(100_000).as_bytes(), &options, &mut |item| {
///     records += usize::from(matches!(item, Item::Record(_)));
///     options.stop.now();
/// });
/// assert!(records < 100_000);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// What has been read is handed on, and from there on every file is at its end.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_now(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Equal are those that tell the same reader.
impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Stop {}

/// A reader that is at its end when it is told so.
pub(super) struct Stoppable<R> {
    reader: R,
    stop: Stop,
}

impl<R> Stoppable<R> {
    pub(super) fn new(reader: R, stop: &Stop) -> Self {
        Self { reader, stop: stop.clone() }
    }
}

impl<R: Read> Read for Stoppable<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_now() { Ok(0) } else { self.reader.read(out) }
    }
}

impl<R: Seek> Seek for Stoppable<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.reader.seek(position)
    }
}
