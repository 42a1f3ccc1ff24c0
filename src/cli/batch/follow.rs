//! Runs `copydoctor batch --follow`: a line for each job as soon as it fails, until somebody ends it.

use std::cell::Cell;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use copydoctor::Batch;
use copydoctor::batch::{Job, Judge, Keep};
use copydoctor::read::{Options, follow};
use copydoctor::render::{self, Layout};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::fail_on::Condition;
use super::run::{exit_code, write_job};
use super::{Arguments, ReportFormat, known};
use crate::cli::complaints::Complaints;
use crate::cli::{Said, classifier, complain};

/// What a shell takes for the end of a program by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Reads the file as it grows, and ends with the account of its records.
pub(super) fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let format = match arguments.format {
        None => ReportFormat::Text,
        Some(format @ (ReportFormat::Text | ReportFormat::Ndjson)) => format,
        Some(_) => return Err(Said::FollowFormats.into()),
    };
    if arguments.redaction.are_set() {
        return Err(Said::FollowWithPseudonyms.into());
    }
    let file = plain_file(arguments)?;
    let classifier = classifier(&arguments.catalogue.overlays, language)?;
    let conditions = Condition::all_of(&arguments.fail_on, classifier.catalogue())?;
    let baseline = arguments.baseline.as_deref().map(|name| known::read(name, &[])).transpose()?;
    let write_line = |line: &mut Vec<u8>, job: &Job<'_>| {
        // Memory is always written.
        let _ = write_job(line, job, format, language);
    };
    let mut judge = Judge::new(&classifier, Keep::Problems).with_filter(arguments.filter.filter());
    judge = judge.with_lines(&write_line);
    if let Some(baseline) = &baseline {
        judge = judge.with_baseline(baseline);
    }
    let options = Options { only_problems: judge.wants_only_problems(), ..arguments.reading.options() };
    let mut batch = Batch::new(judge.clone());
    let mut complaints = Complaints::new(language);
    let is_ended = ended_by_signal()?;
    let stopped_by: Cell<Option<io::Error>> = Cell::new(None);
    let is_stopped = Cell::new(false);
    let mut out = io::stdout().lock();
    follow(file, &options, &|| is_stopped.get() || is_ended.load(Ordering::Relaxed), &mut |item| {
        let judged = judge.judge(item);
        complaints.about(&judged);
        let Some(line) = batch.follow(judged).filter(|_| !is_stopped.get()) else { return };
        if let Err(error) = out.write_all(&line).and_then(|()| out.flush()) {
            stopped_by.set(Some(error));
            is_stopped.set(true);
        }
    });
    let warned_of = batch.warnings().len();
    let report = batch.finish_lines(&mut io::sink())?;
    report.warnings.iter().skip(warned_of).for_each(|warning| complaints.warn(warning));
    let losses = complaints.end();
    let mut account = Vec::new();
    render::write_account_text(&mut account, &report, Layout::plain(language, usize::MAX))?;
    String::from_utf8_lossy(&account).lines().for_each(|line| complain(format_args!("{line}")));
    match stopped_by.take() {
        // Who closes the pipe has seen enough, and asks for no condition.
        Some(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Some(error) => Err(error),
        None => Ok(exit_code(&conditions, &report, losses, language)),
    }
}

/// The one file that is followed.
fn plain_file(arguments: &Arguments) -> io::Result<&Path> {
    let [file] = arguments.inputs.as_slice() else {
        return Err(Said::FollowTakesOne { count: arguments.inputs.len() as u64 }.into());
    };
    let there = fs::metadata(file).map_err(|error| Said::cannot_be_opened(&error).of(file))?;
    if there.is_file() {
        return Ok(file);
    }
    Err(Said::FollowTakesFile.of(file).into())
}

/// Becomes true when somebody ends the program. Whoever does not want to wait for the account does it twice.
fn ended_by_signal() -> io::Result<Arc<AtomicBool>> {
    let is_ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&is_ended))?;
        flag::register(signal, Arc::clone(&is_ended))?;
    }
    Ok(is_ended)
}
