//! The progress of long work: seen on a terminal, gone before anything else is written, and nowhere else.
#![cfg(unix)]

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Longer than anybody waits for the bar, and longer than it waits to be shown.
const HANG: Duration = Duration::from_secs(60);
const LONG: Duration = Duration::from_millis(1500);

const JOB: &str =
    r#"{"CopyJobId": "AAAAAAAA", "State": "FAILED", "StatusMessage": "Token expired. Try again."}"#;
const NO_JOB: &str = r#"{"CopyJobId": "BBBBBBBB", "State": 7 "#;

/// A batch that reads what it is sent bit by bit.
struct Slow {
    tool: Child,
    stderr: Receiver<String>,
    seen: String,
}

impl Slow {
    fn batch(
        arguments: &[&str],
        environment: &[(&str, &str)],
        stderr: impl Into<Stdio>,
        terminal: Option<File>,
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydoctor"));
        command.arg("batch").args(arguments).env_clear().env("LC_ALL", "C").env("TERM", "xterm");
        // A coverage build has to be told where to leave its profile.
        command.envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)));
        command.envs(environment.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr);
        let mut tool = command.spawn().expect("the tool can be started");
        // It would keep the terminal open.
        drop(command);
        let pipe = || tool.stderr.take().map(|pipe| File::from(OwnedFd::from(pipe)));
        let stderr = terminal.or_else(pipe).expect("standard error is a terminal or a pipe");
        Self { tool, stderr: pieces(stderr), seen: String::new() }
    }

    /// With a terminal to write its complaints to.
    fn on_terminal(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there are pseudo-terminals");
        grantpt(&ours).expect("it can be used");
        unlockpt(&ours).expect("it can be opened");
        let name = ptsname(&ours, Vec::new()).expect("it has a name");
        let theirs = File::options().read(true).write(true).open(name.to_str().expect("a path is text"));
        let theirs = OwnedFd::from(theirs.expect("the terminal can be opened"));
        let size = Winsize { ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&theirs, size).expect("a terminal has a size");
        Self::batch(arguments, environment, theirs, Some(File::from(ours)))
    }

    fn in_pipe(arguments: &[&str]) -> Self {
        Self::batch(arguments, &[], Stdio::piped(), None)
    }

    fn send(&mut self, text: &str) {
        let stdin = self.tool.stdin.as_mut().expect("standard input is a pipe");
        stdin.write_all(text.as_bytes()).expect("the tool reads");
    }

    /// Waits until standard error has shown a text.
    #[track_caller]
    fn sees(&mut self, text: &str) {
        while !self.seen.contains(text) {
            match self.stderr.recv_timeout(HANG) {
                Ok(piece) => self.seen += &piece,
                Err(error) => panic!("{error}: {text:?} is not in {:?}", self.seen),
            }
        }
    }

    /// Ends the input. What standard error has shown in all, and the report.
    fn end(mut self) -> (String, String) {
        drop(self.tool.stdin.take());
        let output = self.tool.wait_with_output().expect("the tool ends");
        self.seen.extend(self.stderr.iter());
        (self.seen, String::from_utf8(output.stdout).expect("the report is text"))
    }
}

/// What can be read, as it comes.
fn pieces(mut file: File) -> Receiver<String> {
    let (send, pieces) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        // A terminal that nobody writes to any more ends with an error.
        while let Ok(length @ 1..) = file.read(&mut bytes) {
            if send.send(String::from_utf8_lossy(&bytes[..length]).into_owned()).is_err() {
                return;
            }
        }
    });
    pieces
}

/// What stands on the last line of a terminal at the end: nothing, where the line was cleared.
fn last_line(seen: &str) -> &str {
    seen.rsplit(['\r', '\n']).next().unwrap_or_default().trim_start_matches("\u{1b}[2K")
}

#[test]
fn long_work_shows_on_a_terminal_and_leaves_nothing() {
    let mut batch = Slow::on_terminal(&["--lang", "en"], &[]);
    batch.send(JOB);
    batch.sees(&format!("{} B  ", JOB.len()));
    batch.sees("B/s");
    let (seen, report) = batch.end();
    assert_eq!(last_line(&seen), "", "{seen:?}");
    assert!(report.contains("token-expired"), "{report}");
}

#[test]
fn numbers_are_written_as_in_the_language_of_the_report() {
    for (language, size) in [("en", "1.50 kB  "), ("de", "1,50 kB  ")] {
        let mut batch = Slow::on_terminal(&["--lang", language], &[]);
        batch.send(&format!("{JOB:<1500}"));
        batch.sees(size);
        batch.end();
    }
}

#[test]
fn what_is_complained_of_stands_on_lines_of_its_own() {
    let mut batch = Slow::on_terminal(&["--format", "ndjson", "-"], &[]);
    batch.sees("B/s");
    batch.send(NO_JOB);
    batch.send("\n");
    let (seen, _) = batch.end();
    let error = seen.lines().find(|line| line.contains("error:")).unwrap_or_else(|| panic!("{seen:?}"));
    assert!(!error.rsplit('\r').next().unwrap_or_default().contains("B/s"), "{seen:?}");
    assert_eq!(last_line(&seen), "", "{seen:?}");
}

/// Nobody knows before the end what is private in it.
#[test]
fn what_is_complained_of_without_anything_private_is_said_below_the_bar() {
    let mut batch = Slow::on_terminal(&["--redact", "--format", "ndjson", "-"], &[]);
    batch.send(NO_JOB);
    batch.send("\n");
    batch.sees("B/s");
    let (seen, _) = batch.end();
    let (shown, _) = seen.split_once("error:").unwrap_or_else(|| panic!("{seen:?}"));
    assert_eq!(shown.matches("B/s").count(), seen.matches("B/s").count(), "{seen:?}");
    assert_eq!(last_line(&seen), "", "{seen:?}");
}

#[test]
fn who_wants_no_escape_sequences_gets_none() {
    let without = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut batch = Slow::on_terminal(arguments, environment);
        batch.send(JOB);
        thread::sleep(LONG);
        assert_eq!(batch.end().0, "", "{arguments:?} {environment:?}");
    };
    without(&[], &[("NO_COLOR", "1")]);
    without(&[], &[("TERM", "dumb")]);
    without(&["--color", "never"], &[]);
}

#[test]
fn nothing_is_written_where_standard_error_is_no_terminal() {
    for arguments in [&[] as &[&str], &["--color", "always"]] {
        let mut batch = Slow::in_pipe(arguments);
        batch.send(JOB);
        thread::sleep(LONG);
        assert_eq!(batch.end().0, "", "{arguments:?}");
    }
}
