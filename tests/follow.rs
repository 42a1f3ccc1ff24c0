//! `batch --follow`: what is appended to a file is told as it comes, each job once, and accounted for at the end.
//!
//! Nothing here measures time: a test waits for a line, and fails only if none comes for a minute.
#![cfg(unix)] // signals, and files that are replaced while they are read

mod common;

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use common::{copydoctor, run, run_with_input};
use tempfile::TempDir;

const UNSHARED: &str = "Access Denied trying to call AWS Backup service";
const UNSHARED_ID: &str = "vault-access-policy-denies-copy";
const DEADLINE: Duration = Duration::from_secs(60);

/// The tool at work on a file that grows.
struct Followed {
    folder: TempDir,
    child: Child,
    lines: Receiver<String>,
    stderr: ChildStderr,
}

/// What it left behind.
struct Ended {
    code: Option<i32>,
    /// The lines that nobody asked for.
    rest: Vec<String>,
    stderr: String,
}

impl Followed {
    fn new(content: &str, more: &[&str]) -> Self {
        let folder = TempDir::new().expect("a directory for the test");
        let path = folder.path().join("jobs.log");
        fs::write(&path, content).expect("the file can be written");
        let mut command = copydoctor();
        command.args(["batch", "--follow"]).args(more).arg(&path);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the tool starts");
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let stderr = child.stderr.take().expect("standard error is a pipe");
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let Ok(line) = line else { return };
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Self { folder, child, lines, stderr }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("jobs.log")
    }

    fn append(&self, text: &str) {
        let mut file = OpenOptions::new().append(true).open(self.path()).expect("the file is there");
        file.write_all(text.as_bytes()).expect("the file can be written");
    }

    /// The next line, which says this.
    #[track_caller]
    fn tells(&self, said: &str) {
        let line = self.lines.recv_timeout(DEADLINE).unwrap_or_else(|error| panic!("no {said}: {error}"));
        assert!(line.contains(said), "{line}\nshould say {said}");
    }

    fn end(mut self, signal: &str) -> Ended {
        let id = self.child.id().to_string();
        let kill = format!("kill {signal} {id}");
        let done = Command::new("sh").args(["-c", &kill]).status().expect("there is a shell");
        assert!(done.success());
        let code = self.child.wait().expect("it ends").code();
        let mut stderr = String::new();
        self.stderr.read_to_string(&mut stderr).expect("the complaints are UTF-8");
        Ended { code, rest: self.lines.iter().collect(), stderr }
    }
}

impl Ended {
    /// Nothing more was written, and this stands on standard error.
    #[track_caller]
    fn says(&self, expected: &[&str]) {
        assert_eq!(self.rest, Vec::<String>::new());
        assert_eq!(self.stderr.lines().collect::<Vec<_>>(), expected);
    }
}

fn job(id: &str, state: &str, message: &str) -> String {
    serde_json::json!({"CopyJobId": id, "State": state, "StatusMessage": message}).to_string() + "\n"
}

fn denied(id: &str) -> String {
    job(id, "FAILED", UNSHARED)
}

fn silent(id: &str, state: &str) -> String {
    format!("{{\"CopyJobId\": \"{id}\", \"State\": \"{state}\"}}\n")
}

#[test]
fn a_job_is_told_of_as_soon_as_it_fails_and_accounted_for_at_the_end() {
    let followed = Followed::new(&denied("first"), &[]);
    followed.tells(&format!("FAILED  first: {UNSHARED_ID}: The destination vault does not let"));
    followed.append(&silent("second", "RUNNING"));
    followed.append(&denied("third"));
    followed.tells("FAILED  third: ");
    let ended = followed.end("-INT");
    assert_eq!(ended.code, Some(0));
    ended.says(&[
        "Records: 3 = 2 diagnosed + 0 unknown + 1 without a message + 0 duplicates + 0 rejected",
        "States: FAILED 2, RUNNING 1",
    ]);
}

#[test]
fn a_file_without_a_job_yet_is_waited_for() {
    let followed = Followed::new("", &["--lang", "de"]);
    followed.append("\n\n");
    followed.append(&denied("first"));
    followed.tells("first: vault-access-policy-denies-copy: Der Zieltresor");
    followed.end("-TERM").says(&[
        "Datensätze: 1 = 1 diagnostiziert + 0 unbekannt + 0 ohne Meldung + 0 doppelt + 0 abgewiesen",
        "Status: FAILED 1",
    ]);
}

/// Half a record would be rejected, and its other half too.
#[test]
fn a_line_is_read_once_it_is_whole() {
    let followed = Followed::new(&denied("first"), &["--format", "ndjson"]);
    followed.tells("\"copy_job_id\":\"first\"");
    let line = denied("second");
    let (begin, end) = line.split_at(30);
    followed.append(&(denied("between") + begin));
    followed.tells("\"copy_job_id\":\"between\"");
    followed.append(end);
    followed.tells("\"copy_job_id\":\"second\"");
    let ended = followed.end("-TERM");
    assert!(ended.stderr.starts_with("Records: 3 = 3 diagnosed "), "{}", ended.stderr);
}

/// Nothing follows at the end, so that what is left is whole.
#[test]
fn the_last_line_needs_no_end() {
    let second = denied("second");
    let followed = Followed::new(&(denied("first") + second.trim_end()), &[]);
    followed.tells("first");
    let ended = followed.end("-TERM");
    assert_eq!(ended.rest.len(), 1, "{:?}", ended.rest);
    assert!(ended.stderr.starts_with("Records: 2 = 2 diagnosed "), "{}", ended.stderr);
}

#[test]
fn rows_of_a_table_are_followed_under_their_titles() {
    let followed = Followed::new("Copy Job ID,State,Status Message\n", &["--format", "ndjson"]);
    followed.append(&format!("47C8EF56-74D8-059D-1301-C5BE1D5C926E,FAILED,{UNSHARED}\n"));
    followed.tells(UNSHARED_ID);
    followed.append("47C8EF56-74D8-059D-1301-C5BE1D5C926F,FAILED,\"Access Denied trying to call\n");
    followed.append("AWS Backup service\"\n");
    followed.tells(UNSHARED_ID);
    let ended = followed.end("-TERM");
    assert!(ended.stderr.starts_with("Records: 2 = 2 diagnosed "), "{}", ended.stderr);
}

#[test]
fn jobs_that_a_program_prints_are_followed() {
    let job = |id: &str| {
        format!("[INFO] event: {{'copyJobId': '{id}', 'state': 'FAILED', 'statusMessage': '{UNSHARED}'}}\n")
    };
    let followed = Followed::new(&job("first"), &[]);
    followed.tells(&format!("FAILED  first: {UNSHARED_ID}"));
    followed.append(&job("second"));
    followed.tells(&format!("FAILED  second: {UNSHARED_ID}"));
    followed.end("-TERM");
}

#[test]
fn lines_of_messages_and_of_a_log_are_followed() {
    let followed = Followed::new(&format!("{UNSHARED}\n"), &[]);
    followed.tells(UNSHARED_ID);
    followed.append(&format!("{UNSHARED}\n"));
    followed.tells(UNSHARED_ID);
    followed.end("-TERM");
    let log = |id: &str| format!("2026-11-22T02:07:00Z INFO event {}", denied(id));
    let followed = Followed::new(&log("first"), &[]);
    followed.tells("first");
    followed.append(&log("second"));
    followed.tells("second");
    followed.end("-TERM");
}

#[test]
fn a_file_that_is_replaced_or_emptied_is_read_from_its_beginning() {
    let followed = Followed::new(&denied("first"), &[]);
    followed.tells("first");
    let old = followed.folder.path().join("jobs.log.1");
    fs::rename(followed.path(), &old).expect("it can be moved");
    let mut file = OpenOptions::new().append(true).open(&old).expect("it is still there");
    file.write_all(denied("late").as_bytes()).expect("it can be written");
    followed.tells("late");
    fs::write(followed.path(), denied("second")).expect("a new file");
    followed.tells("second");
    File::create(followed.path()).expect("it can be emptied").sync_all().expect("it can");
    followed.append(&silent("third", "FAILED"));
    followed.tells("third");
    let ended = followed.end("-TERM");
    assert_eq!(ended.code, Some(0));
    let notes: Vec<&str> = ended.stderr.lines().filter(|line| line.starts_with("note: ")).collect();
    assert_eq!(notes.len(), 2, "{}", ended.stderr);
    assert!(notes.iter().all(|note| note.ends_with(": emptied or replaced; read from its beginning")));
    assert!(ended.stderr.contains("Records: 4 = 3 diagnosed "), "{}", ended.stderr);
}

#[test]
fn a_job_is_told_of_again_only_where_that_is_news() {
    let followed = Followed::new(&silent("a", "RUNNING"), &["--format", "text"]);
    followed.append(&silent("a", "FAILED"));
    followed.tells("FAILED  a: unknown");
    // The same again, an older record, and why.
    followed.append(&silent("a", "FAILED"));
    followed.append(&silent("a", "RUNNING"));
    followed.append(&denied("a"));
    followed.tells(&format!("FAILED  a: {UNSHARED_ID}"));
    followed.append(&denied("a"));
    followed.append(&denied("b"));
    followed.tells("FAILED  b");
    followed.end("-TERM").says(&[
        "Records: 7 = 2 diagnosed + 0 unknown + 0 without a message + 5 duplicates + 0 rejected",
        "States: FAILED 5, RUNNING 2",
    ]);
}

#[test]
fn conditions_and_known_failures_count_as_ever() {
    let folder = TempDir::new().expect("a directory for the test");
    let list = folder.path().join("known.jsonl");
    let list = list.to_str().expect("a plain path");
    run_with_input(["batch", "--write-baseline", list], denied("old"));
    let followed = Followed::new(&denied("known"), &["--baseline", list, "--fail-on", "failed,unknown"]);
    followed.append(&job("new", "FAILED", "something that nobody has ever seen"));
    followed.tells("new: unknown: something that nobody");
    let ended = followed.end("-TERM");
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains(" + 1 known from the baseline\n"), "{}", ended.stderr);
    assert!(ended.stderr.ends_with("note: --fail-on unknown holds for 1 job\n"), "{}", ended.stderr);
}

#[test]
fn a_closed_pipe_ends_it_well() {
    let folder = TempDir::new().expect("a directory for the test");
    let path = folder.path().join("jobs.log");
    fs::write(&path, denied("first") + &denied("second")).expect("the file can be written");
    let mut command = copydoctor();
    command.args(["batch", "--follow"]).arg(&path).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the tool starts");
    drop(child.stdout.take());
    // It ends by itself, with the next line if it had written all of them before.
    for number in 0.. {
        if child.try_wait().expect("it can be asked").is_some() {
            break;
        }
        let mut file = OpenOptions::new().append(true).open(&path).expect("the file is there");
        file.write_all(denied(&format!("later-{number}")).as_bytes()).expect("the file can be written");
        thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("Records: "), "{output:?}");
}

#[track_caller]
fn is_refused(arguments: &[&str], said: &str) {
    let answer = run(["batch", "--follow"].iter().chain(arguments));
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
    assert!(answer.stderr.contains(said), "{answer:?}");
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let export = "examples/list-copy-jobs.json";
    is_refused(&[], "--follow takes one file, and 0 are given");
    is_refused(&[export, export], "--follow takes one file, and 2 are given");
    is_refused(&["-"], "-: cannot be opened");
    is_refused(&["examples"], "examples: --follow takes a plain file");
    is_refused(&["nowhere.json"], "nowhere.json: cannot be opened");
    for format in ["table", "json", "csv", "html", "markdown", "junit", "sarif"] {
        is_refused(&["--format", format, export], "its formats are text and ndjson");
    }
    for more in [["--output", "x"], ["--write-baseline", "x"], ["--group-by", "day"], ["--top", "3"]] {
        is_refused(&[more[0], more[1], export], "cannot be used with");
    }
    is_refused(&["--all", export], "cannot be used with");
    let yaml = "tests/fixtures/exports/01-cli";
    let yaml = fs::read_dir(yaml).expect("exports").flatten().map(|entry| entry.path());
    let yaml = yaml.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).min();
    let yaml = yaml.expect("an export in YAML");
    is_refused(&[yaml.to_str().expect("a plain path")], "this format cannot be followed");
}
