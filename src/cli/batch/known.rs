//! The files of `--baseline` and `--write-baseline`.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use copydoctor::baseline::Baseline;
use copydoctor::read::{Input, Severity, reads};
use copydoctor::render;
use copydoctor::{Language, Report};

use crate::cli::complaints::Losses;
use crate::cli::output::Output;
use crate::cli::{Said, say};

/// Reads the list of known failures.
pub(super) fn read(name: &Path, inputs: &[Input]) -> io::Result<Baseline> {
    let told = |said: Said| io::Error::from(said.of(name));
    let file = File::open(name).map_err(|error| told(Said::cannot_be_opened(&error)))?;
    let is_export = fs::canonicalize(name).is_ok_and(|file| inputs.iter().any(|input| reads(input, &file)));
    if is_export {
        return Err(told(Said::BaselineIsExport));
    }
    Baseline::read(&name.to_string_lossy(), file).map_err(|error| Said::BadBaseline { error }.into())
}

/// Where the list is to be written anew, which is not where the report goes.
pub(super) fn output(name: &Path, inputs: &[Input], report: &Output) -> io::Result<Output> {
    Output::beside(report, name, Said::BaselineIsReport, inputs)
}

/// Writes the list anew. A run that could not read everything would take failures out of it that are still there.
pub(super) fn write(
    output: Output,
    name: &Path,
    report: &Report<'_>,
    losses: Losses,
    language: Language,
) -> io::Result<()> {
    if losses.any() {
        say(Severity::Error, &Said::BaselineNotWritten.of(name).text(language), language);
        return Ok(());
    }
    output.write(|out| render::write_baseline(out, &report.failures))?;
    let written = Said::BaselineWritten { failures: report.failures.len() as u64 };
    say(Severity::Note, &written.of(name).text(language), language);
    Ok(())
}
