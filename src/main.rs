//! The command line tool: reads messages or exports, has them diagnosed, writes the answers.

// Nothing that is read may end in a panic: each place that could says why it cannot. (Tests may.)
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod cli;

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;

use copydoctor::check::check;
use copydoctor::read::{Item, Options, Severity, is_plain_text, read_from};
use copydoctor::record::{Position, Record};
use copydoctor::redact::Redactor;
use copydoctor::render::{self, Diagnosed, Layout};
use copydoctor::{Catalogue, Classifier, Language, SlotValues, remediation};

use cli::{
    AnswerFormat, Cli, ERROR, FindingsFormat, Near, PageFormat, Said, Task, classifier, complain, layout,
    notice, run_batch, run_draft, say,
};

/// More than this on standard input is no pasted message.
const LARGEST_PASTE: u64 = 16 * 1024 * 1024;

/// The exit codes beside success.
const UNKNOWN: u8 = 1;
const FINDINGS: u8 = 1;

fn main() -> ExitCode {
    let cli = Cli::of_arguments();
    let language = cli.language();
    let done = match cli.command {
        Some(Task::Batch(batch)) => run_batch(&batch),
        Some(Task::Explain(explain)) => run_explain(&explain),
        Some(Task::Check(arguments)) => run_check(&arguments),
        Some(Task::Draft(arguments)) => run_draft(&arguments),
        Some(Task::Completions(arguments)) => write_whole(|out| cli::write_completions(out, arguments.shell)),
        Some(Task::Man(arguments)) => write_whole(|out| cli::write_manual(out, arguments.command.as_deref())),
        Some(Task::Diagnose(diagnose)) => run_diagnose(diagnose),
        None => run_diagnose(cli.diagnose),
    };
    match done {
        Ok(code) => code,
        // The reader has seen enough, as in `copydoctor … | head -1`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // What the system says is about the output; the input's faults have been put into words.
            let said = if error.raw_os_error().is_some() {
                Said::StandardOutput { cause: (&error).into() }
            } else {
                Said::from(&error)
            };
            say(Severity::Error, &said.text(language), language);
            ExitCode::from(ERROR)
        }
    }
}

/// A message, and what is known of its job.
struct Question {
    message: String,
    known: SlotValues,
    job: Option<Record>,
}

fn run_diagnose(arguments: cli::Diagnose) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let texts =
        if arguments.message.is_empty() { vec![paste(language)?] } else { messages(&arguments.message) };
    let classifier = classifier(&arguments.catalogue.overlays, language)?;
    let mut redactor = arguments.redaction.redactor(classifier.catalogue())?;
    for text in &texts {
        let path = Path::new(text);
        let (is_file, is_folder) = (path.is_file(), path.is_dir());
        if !is_file && !is_folder {
            continue;
        }
        let name = match &mut redactor {
            Some(redactor) => redactor.text(text),
            None => text.clone(),
        };
        let argument = cli::argument(Path::new(&name));
        let said = if is_file {
            Said::IsFile { file: name, argument }
        } else {
            Said::IsFolder { folder: name, argument }
        };
        say(Severity::Note, &said.text(language), language);
    }
    let questions: Vec<Question> = texts.into_iter().flat_map(questions).collect();
    if arguments.copy_policy.is_some() && questions.len() > 1 {
        return Err(Said::SeveralMessages { count: questions.len() as u64 }.into());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match &mut redactor {
        None => write_answers(&mut out, &arguments, &classifier, &questions, None)?,
        Some(redactor) => {
            learn(redactor, &arguments, &classifier, &questions);
            let mut page = Vec::new();
            let code = write_answers(&mut page, &arguments, &classifier, &questions, Some(redactor))?;
            arguments.redaction.keep(redactor)?;
            out.write_all(&page)?;
            code
        }
    };
    out.flush()?;
    // The process ends: whatever frees its memory is quicker than a thousand strings one by one.
    std::mem::forget(classifier);
    Ok(code)
}

/// Learns what is private in all of the questions, before the first is answered.
fn learn(
    redactor: &mut Redactor,
    arguments: &cli::Diagnose,
    classifier: &Classifier,
    questions: &[Question],
) {
    redactor.learn_values(&arguments.slots.values);
    for Question { message, known, job } in questions {
        job.iter().for_each(|job| redactor.learn(job));
        redactor.learn_values(known);
        redactor.learn_answer(message, &classifier.classify(message));
    }
}

fn write_answers(
    out: &mut dyn Write,
    arguments: &cli::Diagnose,
    classifier: &Classifier,
    questions: &[Question],
    mut redactor: Option<&mut Redactor>,
) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let layout = Layout { has_terraform: arguments.change.terraform, ..layout(language) };
    let mut code = ExitCode::SUCCESS;
    for (index, question) in questions.iter().enumerate() {
        let mut message = Cow::Borrowed(question.message.as_str());
        let mut why = arguments.why.then(|| classifier.explain(&message));
        let mut answer = why
            .as_ref()
            .map_or_else(|| classifier.classify(&message), |explanation| explanation.answer.clone());
        let mut known = arguments.slots.values.clone();
        known.fill_gaps(&question.known);
        if let Some(redactor) = &mut redactor {
            (message, answer, why) = match &why {
                None => {
                    let (message, answer) = redactor.answer(&message, &answer);
                    (Cow::Owned(message), answer, None)
                }
                Some(why) => {
                    let (message, why) = redactor.explanation(&message, why);
                    (Cow::Owned(message), why.answer.clone(), Some(why))
                }
            };
            known = redactor.values(&known);
        }
        if answer.diagnosis().is_none() {
            code = ExitCode::from(UNKNOWN);
        }
        let diagnosed = Diagnosed { why, ..Diagnosed::of(&message, answer, &known, language) };
        if let Some(step) = arguments.copy_policy {
            copy_policy(out, &diagnosed, step.map(NonZeroUsize::get), language)?;
            continue;
        }
        match arguments.format {
            AnswerFormat::Json => render::write_answer_json(out, &diagnosed, language)?,
            AnswerFormat::Text => {
                if index > 0 {
                    render::write_separator_text(out, layout)?;
                }
                render::write_answer_text(out, &diagnosed, layout)?;
            }
        }
    }
    Ok(code)
}

/// Writes the policy of a step and nothing else. Of which step it is, is said where no command reads it.
fn copy_policy(
    out: &mut dyn Write,
    diagnosed: &Diagnosed<'_>,
    step: Option<usize>,
    language: Language,
) -> io::Result<()> {
    let Some(diagnosis) = diagnosed.answer.diagnosis() else {
        say(Severity::Error, &Said::UnknownHasNoPolicy.text(language), language);
        return Ok(());
    };
    let id = &diagnosis.root_cause.id;
    let (number, policy) =
        remediation::policy(&diagnosed.steps, step).map_err(|why| Said::NoPolicy { id: id.clone(), why })?;
    let said = Said::PolicyOfStep { id: id.clone(), number: number as u64 };
    say(Severity::Note, &said.text(language), language);
    writeln!(out, "{policy:#}")
}

/// Arguments with spaces are messages of their own; words alone are one message that lacks its quotes.
fn messages(arguments: &[String]) -> Vec<String> {
    let is_a_word = |argument: &String| !argument.contains(char::is_whitespace);
    if arguments.iter().all(is_a_word) { vec![arguments.join(" ")] } else { arguments.to_vec() }
}

/// What stands on standard input.
fn paste(language: Language) -> io::Result<String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let end = match language {
            _ if !cfg!(windows) => "Ctrl-D",
            Language::En => "Ctrl-Z and Enter",
            Language::De => "Ctrl-Z und Enter",
        };
        complain(format_args!("{}", Said::PasteHere { end }.text(language)));
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(LARGEST_PASTE + 1).read_to_end(&mut bytes);
    read.map_err(|error| Said::cannot_be_read(&error).of(Path::new("-")))?;
    if bytes.len() as u64 > LARGEST_PASTE {
        return Err(Said::PasteTooLarge.of(Path::new("-")).into());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let place = Position { line: 1, column: 1 }.after(before);
        Said::PasteNotUtf8 { place }.into()
    })
}

/// The jobs in a text that is an export, or the text itself as a message.
fn questions(text: String) -> Vec<Question> {
    let mut jobs = Vec::new();
    if !is_plain_text(&text) {
        read_from("-", text.as_bytes(), &Options::default(), &mut |item| {
            if let Item::Record(record) = item {
                jobs.push(*record);
            }
        });
    }
    if jobs.is_empty() {
        return vec![Question { message: text, known: SlotValues::default(), job: None }];
    }
    if jobs.iter().any(copydoctor::Record::is_problem) {
        jobs.retain(copydoctor::Record::is_problem);
    }
    jobs.into_iter()
        .map(|job| Question {
            message: job.status_message.clone().unwrap_or_default(),
            known: SlotValues::of_record(&job),
            job: Some(job),
        })
        .collect()
}

fn run_explain(arguments: &cli::Explain) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let layout = Layout { has_terraform: arguments.change.terraform, ..layout(language) };
    let classifier = classifier(&arguments.catalogue.overlays, language)?;
    let catalogue = classifier.catalogue();
    let mut out = BufWriter::new(io::stdout().lock());
    let Some(id) = &arguments.id else {
        match arguments.format {
            PageFormat::Json => render::write_list_json(&mut out, catalogue)?,
            PageFormat::Text => render::write_list_text(&mut out, catalogue, layout)?,
            PageFormat::Markdown => render::write_list_markdown(&mut out, catalogue, layout.language)?,
        }
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(cause) = catalogue.get(id) else {
        let near = Near::of(catalogue.nearest_id(id));
        return Err(Said::NoRootCause { id: id.clone(), near }.into());
    };
    match arguments.format {
        PageFormat::Text => render::write_root_cause_text(&mut out, cause, layout)?,
        PageFormat::Json => render::write_root_cause_json(&mut out, cause)?,
        PageFormat::Markdown => render::write_root_cause_markdown(&mut out, cause, layout.language)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn run_check(arguments: &cli::Check) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    // What this build carries is read with the same care: somebody may be at work on it.
    let mut catalogue = Catalogue::default();
    let builtin = catalogue.overlay(Catalogue::builtin_files());
    let overlay = catalogue.overlay_folders(arguments.catalogue.overlays.iter().chain(&arguments.folders))?;
    notice(&overlay.changes, language);
    let mut proof = check(&Classifier::new(catalogue));
    proof.findings.splice(0..0, builtin.findings.into_iter().chain(overlay.findings));
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        FindingsFormat::Text => {
            render::write_proof_text(&mut out, &proof, &overlay.changes, layout(language))?;
        }
        FindingsFormat::Json => render::write_proof_json(&mut out, &proof, &overlay.changes, language)?,
        FindingsFormat::Sarif => render::write_proof_sarif(&mut out, &proof, language)?,
    }
    out.flush()?;
    Ok(if proof.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) })
}

/// Writes a text that needs nothing but the definition of the command line.
fn write_whole(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
