//! The files of `--baseline` and `--write-baseline`.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use copydoctor::Report;
use copydoctor::baseline::Baseline;
use copydoctor::read::{Input, reads};
use copydoctor::render;

use crate::cli::complain;
use crate::cli::complaints::Losses;
use crate::cli::output::Output;

/// Reads the list of known failures.
pub(super) fn read(name: &Path, inputs: &[Input]) -> io::Result<Baseline> {
    let told = |problem: &str| io::Error::other(format!("{}: {problem}", name.display()));
    let file = File::open(name).map_err(|error| told(&format!("cannot be opened: {error}")))?;
    let is_export = fs::canonicalize(name).is_ok_and(|file| inputs.iter().any(|input| reads(input, &file)));
    if is_export {
        return Err(told(
            "the list of known failures is one of the exports that are read; keep it elsewhere",
        ));
    }
    Baseline::read(&name.to_string_lossy(), file).map_err(io::Error::other)
}

/// Where the list is to be written anew, which is not where the report goes.
pub(super) fn output(name: &Path, inputs: &[Input], report: &Output) -> io::Result<Output> {
    Output::beside(report, name, "the list of known failures", inputs)
}

/// Writes the list anew. A run that could not read everything would take failures out of it that are still there.
pub(super) fn write(output: Output, name: &Path, report: &Report<'_>, losses: Losses) -> io::Result<()> {
    let name = name.display();
    if losses.any() {
        complain(format_args!("error: {name}: not written, because not everything could be read"));
        return Ok(());
    }
    output.write(|out| render::write_baseline(out, &report.failures))?;
    let count = report.failures.len();
    let failures = if count == 1 { "failure" } else { "failures" };
    complain(format_args!("note: {name}: lists {count} known {failures}"));
    Ok(())
}
