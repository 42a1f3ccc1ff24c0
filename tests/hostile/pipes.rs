//! Outputs that take nothing more: a full device, and pipes that are closed at every point.

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::limited::{ended, file, folder, tool};

const KNOWN: &str = "Token_expired.";

/// Every command, so that each has something to write, on an export at `EXPORT`.
const COMMANDS: &[&str] = &[
    "Token_expired.",
    "--format json Token_expired.",
    "--why --lang de Token_expired.",
    "batch EXPORT",
    "batch --format json EXPORT",
    "batch --format ndjson EXPORT",
    "batch --format csv EXPORT",
    "batch --format text EXPORT",
    "batch --format html EXPORT",
    "batch --format markdown EXPORT",
    "batch --format junit EXPORT",
    "batch --format sarif EXPORT",
    "batch --format markdown --redact EXPORT",
    "batch --group-by account EXPORT",
    "explain",
    "explain --format json",
    "explain --format markdown",
    "explain token-expired",
    "explain --format json token-expired",
    "explain --format markdown token-expired",
    "draft --list EXPORT",
    "draft --id my-cause EXPORT",
    "check --format json",
    "completions bash",
    "completions zsh",
    "man",
    "man batch",
    "help",
    "--help",
    "-h",
    "batch --help",
    "--version",
];

/// Jobs with known and unknown messages.
fn export() -> String {
    let job = |number: u32| {
        let message = if number % 2 == 0 {
            "Token expired. Try again."
        } else {
            "The backup guard refused ticket OPS-1"
        };
        format!(
            "{{\"CopyJobId\":\"job-{number:05}\",\"State\":\"FAILED\",\"StatusMessage\":\"{message}\"}}\n"
        )
    };
    (0..300).map(job).collect()
}

/// Runs each command, with an export for it.
fn each(mut run: impl FnMut(&str, Command)) {
    let folder = folder();
    let export = file(&folder, "jobs.jsonl", export());
    for command in COMMANDS {
        let arguments = command.replace("EXPORT", export.to_str().expect("the path is UTF-8"));
        let arguments = arguments.replace(KNOWN, "Token\u{a0}expired.\u{a0}Try\u{a0}again.");
        let mut tool = tool(&arguments);
        tool.stdout(Stdio::piped()).stderr(Stdio::piped());
        run(command, tool);
    }
}

#[test]
fn a_full_device_is_an_error_of_every_command() {
    each(|about, mut tool| {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let run = ended(tool.stdout(full).spawn().expect("the tool starts"));
        assert_eq!(run.code, Some(2), "{about}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap_or_default();
        assert!(
            last.starts_with("error: standard output: ") || last.starts_with("Fehler: "),
            "{about}: {run:?}"
        );
    });
}

/// The reader goes away before the first byte, or after so many: that is no error, and nothing is said of it.
#[test]
fn a_closed_pipe_is_a_success_of_every_command_wherever_it_is_closed() {
    for taken in [0, 300] {
        each(|about, mut tool| {
            let mut child = tool.spawn().expect("the tool starts");
            let mut stdout = child.stdout.take().expect("standard output is a pipe");
            let mut bytes = Vec::new();
            (&mut stdout).take(taken).read_to_end(&mut bytes).expect("a pipe can be read");
            drop(stdout);
            let run = ended(child);
            assert_eq!(run.code, Some(0), "{about} after {taken} bytes: {run:?}");
            assert!(!run.stderr.contains("error: ") && !run.stderr.contains("panic"), "{about}: {run:?}");
        });
    }
}

/// Nobody hears what is said on standard error, and everything else is as ever.
#[test]
fn a_full_standard_error_changes_nothing() {
    for arguments in
        ["batch -", "batch --format json -", "diagnose", "explain nonsense", "--nonsense", "batch nowhere"]
    {
        let whole = tool(arguments).output().expect("the tool runs");
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let run =
            ended(tool(arguments).stdout(Stdio::piped()).stderr(full).spawn().expect("the tool starts"));
        assert_eq!(
            (run.code, run.stdout.as_bytes()),
            (whole.status.code(), whole.stdout.as_slice()),
            "{arguments}"
        );
    }
}

/// A feeder that goes away in the middle, or never says anything.
#[test]
fn a_closed_standard_input_is_an_empty_one() {
    for arguments in ["batch", "batch --format json -", "diagnose", "draft"] {
        let closed = format!("exec \"$0\" {arguments} <&-");
        let run = crate::limited::shell(&closed, "unused".as_ref());
        assert!(matches!(run.code, Some(1 | 2)), "{arguments}: {run:?}");
        let all = format!("exec \"$0\" {arguments} <&- >&- 2>&-");
        assert!(matches!(crate::limited::shell(&all, "unused".as_ref()).code, Some(1 | 2)), "{arguments}");
    }
}
