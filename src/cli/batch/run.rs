//! Runs `copydoctor batch`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use copydoctor::Batch;
use copydoctor::batch::{Job, Judge, Keep};
use copydoctor::read::{Input, Options, read_on};
use copydoctor::render;

use super::super::complaints::Complaints;
use super::super::{ERROR, classifier, complain, layout};
use super::{Arguments, ReportFormat};

/// Reads the exports, has their jobs diagnosed, and writes the report.
pub(crate) fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let classifier = classifier(&arguments.catalogue.overlays)?;
    let mut inputs: Vec<Input> = arguments.inputs.iter().cloned().map(Input::of_argument).collect();
    if inputs.is_empty() {
        if io::stdin().is_terminal() {
            complain(format_args!("Reading an export from standard input. (Help: copydoctor batch --help)"));
        }
        inputs.push(Input::Stdin);
    }
    // Only these formats can list jobs without a problem.
    let is_list = matches!(arguments.format, ReportFormat::Ndjson | ReportFormat::Csv);
    let keep = if arguments.all && is_list { Keep::All } else { Keep::Problems };
    let write_line = |line: &mut Vec<u8>, job: &Job<'_>| {
        // Memory is always written.
        let _ = if arguments.format == ReportFormat::Csv {
            render::write_job_csv(line, job, language)
        } else {
            render::write_job_ndjson(line, job, language)
        };
    };
    let mut judge = Judge::new(&classifier, keep).with_filter(arguments.filter.filter());
    if is_list {
        judge = judge.with_lines(&write_line);
    }
    let options = Options { only_problems: judge.wants_only_problems(), ..arguments.reading.options() };
    let mut batch = Batch::new(judge.clone());
    let mut complaints = Complaints::default();
    for input in &inputs {
        read_on(input, &options, arguments.threads(), &|item| judge.judge(item), &mut |judged| {
            complaints.about(&judged);
            batch.add_judged(judged);
        });
    }
    let warned_of = batch.warnings().len();
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.format == ReportFormat::Csv {
        render::write_head_csv(&mut out)?;
    }
    let report = if is_list { batch.finish_lines(&mut out)? } else { batch.finish() };
    report.warnings.iter().skip(warned_of).for_each(|warning| complaints.warn(warning));
    let is_loss = complaints.end();
    match arguments.format {
        // Where nothing could be read, the complaint is all there is to say to a person.
        ReportFormat::Table if report.records.total == 0 && is_loss => {}
        ReportFormat::Table => render::write_report_table(&mut out, &report, layout(language))?,
        ReportFormat::Json => render::write_report_json(&mut out, &report, language)?,
        ReportFormat::Ndjson | ReportFormat::Csv => {}
        ReportFormat::Html => render::write_report_html(&mut out, &report, language)?,
        ReportFormat::Markdown => render::write_report_markdown(&mut out, &report, language)?,
        ReportFormat::Junit => render::write_report_junit(&mut out, &report, language)?,
        ReportFormat::Sarif => render::write_report_sarif(&mut out, &report, language)?,
    }
    out.flush()?;
    Ok(if is_loss { ExitCode::from(ERROR) } else { ExitCode::SUCCESS })
}
