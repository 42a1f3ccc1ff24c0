//! The lines of a report until all records were read: in memory as long as they are few, then in a temporary file.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::chunks::Chunks;

/// So many bytes of lines are kept in memory.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Lines in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Lines {
    memory: Vec<u8>,
    file: Option<BufWriter<File>>,
    /// How long each is.
    lengths: Chunks<u32>,
    /// What went wrong with the file, if something did.
    error: Option<io::Error>,
}

/// A line, by its number. More than four billion fit nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Lines {
    /// Takes a line. Where it cannot be kept, [`Lines::write`] says so.
    pub(super) fn push(&mut self, line: &[u8]) -> Place {
        let place = Place(u32::try_from(self.lengths.len()).unwrap_or(u32::MAX));
        // A line is about as long as a record, which is far shorter than this.
        self.lengths.push(u32::try_from(line.len()).unwrap_or(u32::MAX));
        if self.file.is_none() && self.memory.len() + line.len() <= IN_MEMORY {
            self.memory.extend_from_slice(line);
        } else if self.error.is_none() {
            self.error = self.spill(line).err();
        }
        place
    }

    fn spill(&mut self, line: &[u8]) -> io::Result<()> {
        if self.file.is_none() {
            let mut file = BufWriter::with_capacity(256 * 1024, tempfile::tempfile()?);
            file.write_all(&std::mem::take(&mut self.memory))?;
            self.file = Some(file);
        }
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(line))
    }

    /// Where the lines in these places stand. Lines that stand one behind another are one stretch: mostly that is all
    /// of them.
    pub(super) fn stretches(&self, places: impl Iterator<Item = Place>) -> Vec<Range<u64>> {
        let ends = self.lengths.iter().scan(0, |end, length| {
            *end += u64::from(*length);
            Some(*end)
        });
        let starts: Vec<u64> = std::iter::once(0).chain(ends).collect();
        let mut stretches: Vec<Range<u64>> = Vec::new();
        for Place(number) in places {
            let number = number as usize;
            let Some([start, end]) = starts.get(number..number + 2) else { continue };
            match stretches.last_mut() {
                Some(stretch) if stretch.end == *start => stretch.end = *end,
                _ => stretches.push(*start..*end),
            }
        }
        stretches
    }

    /// Writes the lines in these stretches, which stand in the order of the report.
    ///
    /// # Errors
    /// Those of the writer, and of the temporary file.
    pub(super) fn write(self, stretches: &[Range<u64>], out: &mut dyn Write) -> io::Result<()> {
        if let Some(error) = self.error {
            return Err(io::Error::other(format!("a temporary file cannot be written: {error}")));
        }
        let mut source: Box<dyn Source> = match self.file {
            Some(file) => Box::new(file.into_inner()?),
            None => Box::new(io::Cursor::new(self.memory)),
        };
        let mut buffer = Vec::new();
        for stretch in stretches {
            source.seek(SeekFrom::Start(stretch.start))?;
            let mut left = stretch.end - stretch.start;
            while left > 0 {
                buffer.resize(usize::try_from(left).unwrap_or(usize::MAX).min(256 * 1024), 0);
                source.read_exact(&mut buffer)?;
                out.write_all(&buffer)?;
                left -= buffer.len() as u64;
            }
        }
        Ok(())
    }
}

trait Source: Read + Seek {}
impl<S: Read + Seek> Source for S {}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(size: usize) {
        let line = |number: usize| format!("{number}{}\n", "x".repeat(size)).into_bytes();
        let mut lines = Lines::default();
        let mut places: Vec<Place> = (0..20).map(|number| lines.push(&line(number))).collect();
        // The third is told of better later, the fifth is left out.
        places[3] = lines.push(&line(99));
        places.remove(5);
        let mut out = Vec::new();
        let stretches = lines.stretches(places.into_iter());
        lines.write(&stretches, &mut out).expect("it can be written");
        let expected: Vec<u8> = (0..20)
            .filter(|number| *number != 5)
            .flat_map(|number| line(if number == 3 { 99 } else { number }))
            .collect();
        assert!(out == expected, "lines of {size} bytes");
    }

    #[test]
    fn lines_are_written_in_the_order_asked_for_from_memory_and_from_a_file() {
        written(10);
        written(1024 * 1024);
    }
}
