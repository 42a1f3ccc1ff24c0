//! The list of known failures as a file, which `Baseline::read` reads again.

use std::io::{self, Write};

use super::harmless_json;
use crate::baseline::{Entry, Head, KnownFailure};

/// Writes a list of known failures, a line each, in the order given.
///
/// # Errors
/// Those of the writer.
pub fn write<'k>(out: &mut dyn Write, known: impl IntoIterator<Item = &'k KnownFailure>) -> io::Result<()> {
    harmless_json::write(&mut *out, &Head::new())?;
    writeln!(out)?;
    for known in known {
        harmless_json::write(&mut *out, &Entry::from(known))?;
        writeln!(out)?;
    }
    Ok(())
}
