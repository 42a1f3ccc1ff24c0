//! The vocabulary of the tests: diagnose a message, run the command line tool, find a fixture.
#![allow(dead_code, unreachable_pub, reason = "every test file uses its part of the vocabulary")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use copydoctor::Classifier;
use copydoctor::phrases::{self, Wording, wordings};
use serde_json::Value;

pub static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

/// The id of the root cause of a message, or `unknown`.
pub fn cause_of(message: &str) -> &'static str {
    CLASSIFIER.classify(message).diagnosis().map_or("unknown", |diagnosis| diagnosis.root_cause.id.as_str())
}

#[track_caller]
pub fn assert_cause(message: &str, id: &str) {
    assert_eq!(cause_of(message), id, "{message:?}");
}

#[track_caller]
pub fn assert_unknown(message: &str) {
    assert_cause(message, "unknown");
}

/// A message of a fixture and its root cause.
pub struct Labelled {
    pub language: String,
    pub cause: Option<String>,
    pub message: String,
    /// Of a held-out message: whether anybody looked at it while the matcher was written.
    pub looked_at: Option<bool>,
}

/// The lines of a fixture of messages.
pub fn labelled(name: &str) -> Vec<Labelled> {
    let text = std::fs::read_to_string(fixture(name)).expect("the fixture is there");
    let text_of = |line: &Value, key: &str| line[key].as_str().map(str::to_owned);
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line of a fixture is JSON"))
        .map(|line| Labelled {
            language: text_of(&line, "lang").or(text_of(&line, "language")).expect("a language"),
            cause: text_of(&line, "cause"),
            message: text_of(&line, "message").expect("a message"),
            looked_at: line["looked_at"].as_bool(),
        })
        .collect()
}

/// The nine messages of the article, in English and German.
pub fn article_messages() -> Vec<Labelled> {
    let messages = labelled("article-messages.jsonl");
    assert_eq!(messages.len(), 18, "nine messages in two languages");
    messages
}

/// What the library says in English and nothing says in German, piece by piece between the values.
static ENGLISH: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pieces = |texts: fn(&'static Wording) -> &'static [&'static str]| -> Vec<String> {
        wordings().flat_map(texts).flat_map(|text| phrases::pieces_of(text)).collect()
    };
    let german = pieces(|wording| wording.german);
    let is_telling = |piece: &&String| {
        let words = piece.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        words.count() > 1 && !german.iter().any(|other| other.contains(piece.trim()))
    };
    pieces(|wording| wording.english).iter().filter(is_telling).map(|piece| piece.trim().to_owned()).collect()
});

/// That no sentence of the library was left in English, nor what stands in front of it.
#[track_caller]
pub fn assert_german(text: &str) {
    assert!(ENGLISH.len() > 150);
    let found = ENGLISH.iter().find(|piece| text.contains(piece.as_str()));
    let lines = || text.lines().filter(|line| found.is_some_and(|piece| line.contains(piece.as_str())));
    assert_eq!(found, None, "in {:#?}", lines().collect::<Vec<_>>());
    let labelled =
        text.lines().find(|line| ["error:", "warning:", "note:"].iter().any(|it| line.starts_with(it)));
    assert_eq!(labelled, None);
}

/// The path of a file below `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name].iter().collect()
}

/// What a run of the command line tool left behind.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The one line on standard error.
    #[track_caller]
    pub fn complaint(&self) -> &str {
        let mut lines = self.stderr.lines();
        let line = lines.next().unwrap_or_else(|| panic!("nothing on standard error: {self:?}"));
        assert_eq!(lines.next(), None, "more than one line: {self:?}");
        line
    }
}

/// The command line tool in an environment without anything of this machine.
pub fn copydoctor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydoctor"));
    command.env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    // A coverage build has to be told where to leave its profile.
    if let Some(profile) = std::env::var_os("LLVM_PROFILE_FILE") {
        command.env("LLVM_PROFILE_FILE", profile);
    }
    command
}

/// Runs the tool.
pub fn run<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Run {
    finish(copydoctor().args(arguments))
}

/// Runs the tool with `input` on standard input.
pub fn run_with_input<I: AsRef<std::ffi::OsStr>>(
    arguments: impl IntoIterator<Item = I>,
    input: impl AsRef<[u8]>,
) -> Run {
    let mut command = copydoctor();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the tool starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.as_ref().to_owned();
    // The tool may write before it has read everything, so writing must not wait for reading.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the tool ends");
    let _ = writer.join().expect("the writer ends");
    Run::from(output)
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Run {
    Run::from(command.output().expect("the tool runs"))
}

impl From<std::process::Output> for Run {
    fn from(output: std::process::Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the complaints are UTF-8"),
        }
    }
}
