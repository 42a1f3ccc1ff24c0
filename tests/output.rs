//! `batch --output`: the report is in the file as a whole, or the file is as it was.
#![cfg(unix)] // pipes, devices, links and permissions

mod common;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Run, copydoctor, finish, fixture, run, run_with_input};
use tempfile::TempDir;

const OLD: &str = "the report of yesterday";

fn export() -> PathBuf {
    fixture("exports/01-cli/v2-list-copy-jobs.json")
}

fn folder() -> TempDir {
    TempDir::new().expect("a directory for the test")
}

/// A folder with an old report in it.
fn with_old_report() -> (TempDir, PathBuf) {
    let folder = folder();
    let report = folder.path().join("report");
    fs::write(&report, OLD).expect("the file can be written");
    (folder, report)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is there")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("the file is there").permissions().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn batch_into(output: &Path, more: &[&str]) -> Run {
    let arguments = [OsStr::new("batch"), OsStr::new("--output"), output.as_os_str()];
    let more = more.iter().map(OsStr::new);
    run(arguments.into_iter().chain(more).chain([export().as_os_str()]))
}

/// What a shell makes of a command, in which `$0` is the tool and `$1` to `$3` are an export, a file and a folder.
fn shell(command: &str, output: &Path) -> Run {
    let folder = output.parent().expect("a folder");
    let mut shell = Command::new("sh");
    shell.args(["-c", command, env!("CARGO_BIN_EXE_copydoctor")]).arg(export()).arg(output).arg(folder);
    finish(shell.env("LC_ALL", "C").stdin(Stdio::null()))
}

/// An error that says this, without a report, and with the old one as it was.
#[track_caller]
fn leaves_the_old_report(answer: &Run, report: &Path, said: &str) {
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
    assert!(answer.stderr.contains(said), "{answer:?}");
    assert_eq!(text(report), OLD);
}

#[test]
fn a_file_holds_what_standard_output_would() {
    for format in ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"] {
        let (folder, report) = with_old_report();
        let answer = batch_into(&report, &["--format", format]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(0), ""), "{format}: {answer:?}");
        let printed = run(["batch".as_ref(), "--format".as_ref(), format.as_ref(), export().as_os_str()]);
        assert!(text(&report) == printed.stdout, "{format}");
        assert_eq!(names(folder.path()), ["report"], "{format}");
    }
}

#[test]
fn a_new_file_has_the_permissions_of_every_new_file() {
    for (mask, expected) in [("022", 0o644), ("027", 0o640), ("077", 0o600)] {
        let folder = folder();
        let report = folder.path().join("report");
        let answer = shell(&format!("umask {mask}; exec \"$0\" batch -o \"$2\" \"$1\""), &report);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        assert_eq!(mode(&report), expected, "{mask}");
    }
}

#[test]
fn a_file_that_was_there_keeps_its_permissions() {
    let (_folder, report) = with_old_report();
    fs::set_permissions(&report, fs::Permissions::from_mode(0o604)).expect("they can be set");
    assert_eq!(batch_into(&report, &[]).code, Some(0));
    assert_eq!(mode(&report), 0o604);
}

/// A limit on the size of files stands for a full disk: both end a write in the middle.
#[test]
fn a_full_disk_leaves_the_old_report() {
    let (folder, report) = with_old_report();
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" batch --format html -o \"$2\" \"$1\"";
    leaves_the_old_report(&shell(limited, &report), &report, "report: File too large");
    assert_eq!(names(folder.path()), ["report"], "nothing else is left behind");
}

#[test]
fn a_killed_run_leaves_the_old_report() {
    let (folder, report) = with_old_report();
    let mut command = copydoctor();
    command.args(["batch", "--format", "ndjson", "--output"]).arg(&report);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the tool starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    stdin.write_all(&fs::read(export()).expect("an export")).expect("the tool reads");
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    assert_eq!(text(&report), OLD);
    assert_eq!(names(folder.path()), ["report"]);
}

/// Whenever it is killed: while it reads, while it writes, or when all is done.
#[test]
fn a_run_that_is_killed_at_any_time_leaves_one_of_two_whole_reports() {
    let new = {
        let (_folder, report) = with_old_report();
        assert_eq!(batch_into(&report, &["--format", "html"]).code, Some(0));
        text(&report)
    };
    let mut ends = [0, 0];
    for wait in 0..30_u64 {
        let (folder, report) = with_old_report();
        let mut command = copydoctor();
        command.args(["batch", "--format", "html", "--output"]).arg(&report).arg(export());
        let mut child = command.stderr(Stdio::null()).spawn().expect("the tool starts");
        std::thread::sleep(std::time::Duration::from_millis(wait * wait * 2));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let left = text(&report);
        assert!(left == OLD || left == new, "neither the old report nor the new one: {left:.200}");
        ends[usize::from(left == new)] += 1;
        // What was begun has a name that no run reads.
        assert!(names(folder.path()).iter().all(|name| name == "report" || name.starts_with('.')));
    }
    assert!(ends[0] > 0, "it was never killed early");
}

#[test]
fn an_input_is_no_output() {
    let folder = folder();
    let jobs = folder.path().join("jobs.json");
    fs::copy(export(), &jobs).expect("the file can be written");
    let before = text(&jobs);
    let link = folder.path().join("link.json");
    symlink(&jobs, &link).expect("a link can be made");
    for (output, input) in [
        (&jobs, jobs.as_path()),
        (&link, &jobs),
        (&jobs, &link),
        (&jobs, folder.path()),
        (&link, folder.path()),
    ] {
        let answer = run([OsStr::new("batch"), OsStr::new("-o"), output.as_os_str(), input.as_os_str()]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
        assert!(answer.complaint().contains("one of the exports that are read"), "{answer:?}");
        assert_eq!(text(&jobs), before);
    }
    let command = "cd \"$3\" && exec \"$0\" batch -o jobs.json < jobs.json";
    let answer = shell(command, &jobs);
    assert!(answer.complaint().contains("one of the exports that are read"), "{answer:?}");
}

/// It would be read tomorrow.
#[test]
fn a_new_file_among_the_exports_is_no_output() {
    let folder = folder();
    let report = folder.path().join("report.json");
    let answer = run([OsStr::new("batch"), OsStr::new("-o"), report.as_os_str(), folder.path().as_os_str()]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.complaint().contains("one of the exports that are read"), "{answer:?}");
    assert!(!report.exists());
}

#[test]
fn an_export_that_a_linked_folder_holds_is_no_output() {
    let (exports, elsewhere) = (folder(), folder());
    let jobs = elsewhere.path().join("jobs.json");
    fs::copy(export(), &jobs).expect("the file can be written");
    symlink(elsewhere.path(), exports.path().join("more")).expect("a link can be made");
    let answer = run([OsStr::new("batch"), OsStr::new("-o"), jobs.as_os_str(), exports.path().as_os_str()]);
    assert!(answer.complaint().contains("one of the exports that are read"), "{answer:?}");
}

#[test]
fn a_link_stays_a_link() {
    let (folder, report) = with_old_report();
    let (link, new) = (folder.path().join("link"), folder.path().join("new"));
    for target in [&report, &new] {
        symlink(target.file_name().expect("a name"), &link).expect("a link can be made");
        assert_eq!(batch_into(&link, &[]).code, Some(0));
        assert!(link.is_symlink());
        assert!(text(target).contains("Records: "));
        fs::remove_file(&link).expect("it can be removed");
    }
}

#[test]
fn standard_output_by_its_names_is_standard_output() {
    let printed = run(["batch".as_ref(), export().as_os_str()]).stdout;
    for name in ["-", "/dev/stdout", "/dev/fd/1"] {
        assert_eq!(batch_into(Path::new(name), &[]).stdout, printed, "{name}");
    }
    let (_folder, report) = with_old_report();
    let command = "{ echo head; \"$0\" batch -o /dev/stdout \"$1\" 2>/dev/null; echo foot; } > \"$2\"";
    assert_eq!(shell(command, &report).code, Some(0));
    assert_eq!(text(&report), format!("head\n{printed}foot\n"));
}

#[test]
fn a_full_device_is_an_error_that_names_it() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for format in ["table", "ndjson", "html"] {
        let answer = batch_into(Path::new("/dev/full"), &["--format", format]);
        assert_eq!(answer.code, Some(2), "{answer:?}");
        assert!(answer.stderr.contains("error: /dev/full: No space left"), "{answer:?}");
    }
}

#[test]
fn a_pipe_by_name_is_written_to() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("there is mkfifo");
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || text(&pipe)
    });
    assert_eq!(batch_into(&pipe, &["--format", "ndjson"]).code, Some(0));
    assert_eq!(reader.join().expect("the reader ends").lines().count(), 5);
    assert_eq!(names(folder.path()), ["pipe"]);
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_anything_is_read() {
    let folder = folder();
    for (name, said) in [("nowhere/report", "the folder "), ("", "a directory; name a file in it")] {
        let output = folder.path().join(name);
        let answer = run_with_input([OsStr::new("batch"), OsStr::new("-o"), output.as_os_str()], "");
        assert_eq!(answer.code, Some(2), "{answer:?}");
        assert!(answer.complaint().contains(said), "{answer:?}");
    }
}

/// Where nothing can be read, the file says so as well: it is no longer the report of yesterday.
#[test]
fn a_report_on_nothing_is_a_report() {
    let (folder, report) = with_old_report();
    let empty = folder.path().join("empty.json");
    fs::write(&empty, "").expect("the file can be written");
    let answer = run([OsStr::new("batch"), OsStr::new("-o"), report.as_os_str(), empty.as_os_str()]);
    assert_eq!(answer.code, Some(2));
    assert!(text(&report).contains("Records: 0"), "{}", text(&report));
}
