//! Runs `copydoctor batch`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use copydoctor::batch::{Job, Judge, Keep};
use copydoctor::read::{Input, Item, Options, read_on};
use copydoctor::render::{self, Layout};
use copydoctor::{Batch, Language, Report};

use super::super::complaints::{Complaints, Losses};
use super::super::output::Output;
use super::super::terminal::layout_of_file;
use super::super::{ERROR, Progress, Said, classifier, complain, layout};
use super::fail_on::{Condition, any_holds};
use super::{Arguments, ReportFormat};
use super::{follow, known};

/// The exit code where a condition of `--fail-on` holds.
const CONDITION_HOLDS: u8 = 1;

/// Reads the exports, has their jobs diagnosed, and writes the report.
pub(crate) fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    if arguments.follow {
        return follow::run(arguments);
    }
    arguments.must_fit()?;
    let format = arguments.format();
    let language = arguments.language.language();
    let classifier = classifier(&arguments.catalogue.overlays, language)?;
    let inputs = inputs(arguments);
    let output = arguments.output.as_deref().map_or(Ok(Output::Stdout), Output::of)?;
    output.must_not_be_read(&inputs)?;
    let baseline = arguments.baseline.as_deref().map(|name| known::read(name, &inputs)).transpose()?;
    let new_baseline = match &arguments.write_baseline {
        Some(name) => Some((name, known::output(name, &inputs, &output)?)),
        None => None,
    };
    let conditions = Condition::all_of(&arguments.fail_on, classifier.catalogue())?;
    arguments.redaction.must_be_apart(&inputs, &output)?;
    let mut redactor = arguments.redaction.redactor(classifier.catalogue())?;
    if let (Some(redactor), Some(baseline)) = (&mut redactor, &baseline) {
        baseline.known().for_each(|known| redactor.learn_failure(&known.failure));
    }
    let redactor = redactor.map(Mutex::new);
    let is_list = arguments.is_list();
    let keep = if arguments.all && is_list { Keep::All } else { Keep::Problems };
    let write_line = |line: &mut Vec<u8>, job: &Job<'_>| {
        // Memory is always written.
        let _ = write_job(line, job, format, language);
    };
    let mut judge = Judge::new(&classifier, keep).with_filter(arguments.filter.filter());
    // A name that stands in a later record may be a word of this one, so lines that are redacted wait for the last.
    let has_early_lines = is_list && redactor.is_none();
    if has_early_lines {
        judge = judge.with_lines(&write_line);
    }
    if let Some(baseline) = &baseline {
        judge = judge.with_baseline(baseline);
    }
    if new_baseline.is_some() {
        judge = judge.with_failures();
    }
    let only_problems = judge.wants_only_problems() && redactor.is_none();
    let options = Options { only_problems, ..arguments.reading.options() };
    let work = |item: Item| {
        if let (Some(redactor), Item::Record(record)) = (&redactor, &item) {
            redactor.lock().unwrap_or_else(PoisonError::into_inner).learn(record);
        }
        judge.judge(item)
    };
    let mut batch = Batch::new(judge.clone());
    let progress = Progress::of(&inputs, &options.bytes_read, language);
    let mut complaints = Complaints::beside(progress, language);
    if redactor.is_some() {
        complaints = complaints.that_wait();
    }
    for input in &inputs {
        read_on(input, &options, arguments.threads(), &work, &mut |judged| {
            complaints.about(&judged);
            batch.add_judged(judged);
        });
    }
    complaints.all_is_read();
    let warned_of = batch.warnings().len();
    let is_file = output.is_file();
    let (report, losses) = output.write(|out| {
        let mut report = if has_early_lines {
            write_head(out, format)?;
            batch.finish_lines(out)?
        } else {
            batch.finish()
        };
        if let Some(by) = arguments.group_by {
            report.group_by(by);
        }
        if let Some(most) = arguments.top {
            report.keep_top(most);
        }
        report.warnings.iter().skip(warned_of).for_each(|warning| complaints.warn(warning));
        if let Some(redactor) = redactor {
            let mut redactor = redactor.into_inner().unwrap_or_else(PoisonError::into_inner);
            report = redactor.report(report);
            arguments.redaction.keep(&redactor)?;
            complaints.release(&mut redactor);
            write_head(out, format)?;
        }
        let losses = complaints.end();
        // Where nothing could be read, the complaint is all there is to say to a person.
        let is_said = report.records.total == 0 && losses.any() && !is_file;
        if !(is_said && format == ReportFormat::Table) {
            let layout = if is_file { layout_of_file(language) } else { layout(language) };
            write_report(out, &report, format, layout)?;
        }
        Ok((report, losses))
    })?;
    if let Some((name, output)) = new_baseline {
        known::write(output, name, &report, losses, language)?;
    }
    Ok(exit_code(&conditions, &report, losses, language))
}

/// Says which conditions hold, and gives the exit code.
pub(super) fn exit_code(
    conditions: &[Condition<'_>],
    report: &Report<'_>,
    losses: Losses,
    language: Language,
) -> ExitCode {
    // Said last, where a person looks first for why the run failed.
    let holds = any_holds(conditions, report, language);
    // Who asks about rejected records takes them for a finding, not for a fault of the run.
    let is_fault = losses.has_others || (losses.has_rejected && !conditions.contains(&Condition::Rejected));
    match (is_fault, holds) {
        (true, _) => ExitCode::from(ERROR),
        (false, true) => ExitCode::from(CONDITION_HOLDS),
        (false, false) => ExitCode::SUCCESS,
    }
}

/// What is to be read.
fn inputs(arguments: &Arguments) -> Vec<Input> {
    if !arguments.inputs.is_empty() {
        return arguments.inputs.iter().cloned().map(Input::of_argument).collect();
    }
    if io::stdin().is_terminal() {
        complain(format_args!("{}", Said::ExportHere.text(arguments.language.language())));
    }
    vec![Input::Stdin]
}

/// Writes what stands above the lines of the jobs.
fn write_head(out: &mut dyn Write, format: ReportFormat) -> io::Result<()> {
    if format == ReportFormat::Csv { render::write_head_csv(out) } else { Ok(()) }
}

/// Writes a job as a line of a format that has one for each.
pub(super) fn write_job(
    mut out: impl Write,
    job: &Job<'_>,
    format: ReportFormat,
    language: Language,
) -> io::Result<()> {
    match format {
        ReportFormat::Text => render::write_job_text(&mut out, job, language),
        ReportFormat::Csv => render::write_job_csv(&mut out, job, language),
        _ => render::write_job_ndjson(out, job, language),
    }
}

/// Writes a report.
fn write_report(
    out: &mut dyn Write,
    report: &Report<'_>,
    format: ReportFormat,
    layout: Layout,
) -> io::Result<()> {
    let language = layout.language;
    match format {
        ReportFormat::Table => render::write_report_table(out, report, layout),
        ReportFormat::Json => render::write_report_json(out, report, language),
        // Lines that were written early are no jobs of the report.
        ReportFormat::Text | ReportFormat::Ndjson | ReportFormat::Csv => {
            report.jobs.iter().try_for_each(|job| write_job(&mut *out, job, format, language))
        }
        ReportFormat::Html => render::write_report_html(out, report, language),
        ReportFormat::Markdown => render::write_report_markdown(out, report, language),
        ReportFormat::Junit => render::write_report_junit(out, report, language),
        ReportFormat::Sarif => render::write_report_sarif(out, report, language),
    }
}
