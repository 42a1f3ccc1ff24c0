//! Runs `copydoctor batch`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use copydoctor::batch::{Job, Judge, Keep};
use copydoctor::read::{Input, Options, read_on};
use copydoctor::render::{self, Layout};
use copydoctor::{Batch, Report};

use super::super::complaints::{Complaints, Losses};
use super::super::output::Output;
use super::super::terminal::layout_of_file;
use super::super::{ERROR, Progress, classifier, complain, layout};
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
    let classifier = classifier(&arguments.catalogue.overlays)?;
    let inputs = inputs(arguments);
    let output = arguments.output.as_deref().map_or(Ok(Output::Stdout), Output::of)?;
    output.must_not_be_read(&inputs)?;
    let baseline = arguments.baseline.as_deref().map(|name| known::read(name, &inputs)).transpose()?;
    let new_baseline = match &arguments.write_baseline {
        Some(name) => Some((name, known::output(name, &inputs, &output)?)),
        None => None,
    };
    let conditions = Condition::all_of(&arguments.fail_on, classifier.catalogue())?;
    let is_list = arguments.is_list();
    let keep = if arguments.all && is_list { Keep::All } else { Keep::Problems };
    let write_line = |line: &mut Vec<u8>, job: &Job<'_>| {
        // Memory is always written.
        let _ = match format {
            ReportFormat::Text => render::write_job_text(line, job, language),
            ReportFormat::Csv => render::write_job_csv(line, job, language),
            _ => render::write_job_ndjson(line, job, language),
        };
    };
    let mut judge = Judge::new(&classifier, keep).with_filter(arguments.filter.filter());
    if is_list {
        judge = judge.with_lines(&write_line);
    }
    if let Some(baseline) = &baseline {
        judge = judge.with_baseline(baseline);
    }
    if new_baseline.is_some() {
        judge = judge.with_failures();
    }
    let options = Options { only_problems: judge.wants_only_problems(), ..arguments.reading.options() };
    let mut batch = Batch::new(judge.clone());
    let progress = Progress::of(&inputs, &options.bytes_read, language);
    let mut complaints = Complaints::beside(progress);
    for input in &inputs {
        read_on(input, &options, arguments.threads(), &|item| judge.judge(item), &mut |judged| {
            complaints.about(&judged);
            batch.add_judged(judged);
        });
    }
    complaints.all_is_read();
    let warned_of = batch.warnings().len();
    let is_file = output.is_file();
    let (report, losses) = output.write(|out| {
        if format == ReportFormat::Csv {
            render::write_head_csv(out)?;
        }
        let mut report = if is_list { batch.finish_lines(out)? } else { batch.finish() };
        if let Some(by) = arguments.group_by {
            report.group_by(by);
        }
        if let Some(most) = arguments.top {
            report.keep_top(most);
        }
        report.warnings.iter().skip(warned_of).for_each(|warning| complaints.warn(warning));
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
        known::write(output, name, &report, losses)?;
    }
    Ok(exit_code(&conditions, &report, losses))
}

/// Says which conditions hold, and gives the exit code.
pub(super) fn exit_code(conditions: &[Condition<'_>], report: &Report<'_>, losses: Losses) -> ExitCode {
    // Said last, where a person looks first for why the run failed.
    let holds = any_holds(conditions, report);
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
        complain(format_args!("Reading an export from standard input. (Help: copydoctor batch --help)"));
    }
    vec![Input::Stdin]
}

/// Writes a report, if it has not been written line by line.
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
        ReportFormat::Text | ReportFormat::Ndjson | ReportFormat::Csv => Ok(()),
        ReportFormat::Html => render::write_report_html(out, report, language),
        ReportFormat::Markdown => render::write_report_markdown(out, report, language),
        ReportFormat::Junit => render::write_report_junit(out, report, language),
        ReportFormat::Sarif => render::write_report_sarif(out, report, language),
    }
}
