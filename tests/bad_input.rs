//! Bad input: one clear line that names the file and the place, the documented exit code, no panic, and the
//! good records reported all the same.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{Run, copydoctor, run, run_with_input};
use tempfile::TempDir;

const JOB: &str = r#"{"CopyJobId": "good", "State": "FAILED", "StatusMessage": "Access Denied trying to call AWS Backup service"}"#;

/// A directory with one file in it.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let directory = TempDir::new().expect("a directory for the test");
    let path = directory.path().join(name);
    fs::write(&path, bytes).expect("the file can be written");
    (directory, path)
}

fn batch(path: &Path) -> Run {
    run(["batch".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()])
}

/// Error, one line of complaint that names the file and says this, and so many good records.
#[track_caller]
fn complains(name: &str, bytes: impl AsRef<[u8]>, said: &str, diagnosed: u64) {
    let (_directory, path) = file(name, bytes);
    let answer = batch(&path);
    assert_eq!(answer.code, Some(2), "{answer:?}");
    let expected = format!("error: {}{said}", path.display());
    assert!(answer.complaint().starts_with(&expected), "{}\nshould begin\n{expected}", answer.stderr);
    assert_eq!(answer.json()["records"]["diagnosed"], diagnosed, "{answer:?}");
}

#[test]
fn text_without_a_message() {
    complains("notes.txt", "1\n2\n", ": no copy job is in it", 0);
    complains("page.html", "<!doctype html><p>{{ x }}</p>", ": a web page; ", 0);
}

#[test]
fn json_that_is_broken_from_the_start() {
    complains("jobs.json", "{\"CopyJobs\": [ oops ] }", ":1:16: not JSON: expected a value", 0);
}

#[test]
fn a_record_that_is_not_utf_8() {
    let bad = b"{\"CopyJobId\": \"bad\", \"State\": \"FA\xff\"}".as_slice();
    complains("jobs.json", [JOB.as_bytes(), b"\n", bad, b"\n"].concat(), ":2:1: not UTF-8 (2:", 1);
    complains("jobs.json", [bad, b"\n", JOB.as_bytes(), b"\n"].concat(), ":1:1: not UTF-8 (1:", 1);
}

#[test]
fn a_file_that_nothing_here_can_read() {
    complains("jobs.json.gz", b"\x1f\x8b\x08\0\0\0\0\0", ": cannot be read any further: ", 0);
    complains("random.bin", b"k\x01[1,2;{\"a\":\x02}[[1 2]", ": not text but binary", 0);
    complains("image.png", b"\x89PNG\r\n\x1a\n\0\0\0", ": not text but binary", 0);
    complains("jobs.parquet", b"PAR1\x15\x04", ": a Parquet file; ", 0);
}

/// A whole export in another encoding or packing is an export.
#[test]
fn an_export_in_utf_16_is_read() {
    let bytes: Vec<u8> = format!("\u{feff}{JOB}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_directory, path) = file("utf16.json", bytes);
    assert_eq!(batch(&path).json()["records"]["diagnosed"], 1);
}

#[test]
fn an_empty_file() {
    complains("empty.json", "", ": the file is empty", 0);
}

#[test]
fn a_missing_file() {
    let directory = TempDir::new().expect("a directory for the test");
    let path = directory.path().join("nowhere.json");
    let answer = batch(&path);
    assert_eq!(answer.code, Some(2));
    assert!(answer.complaint().starts_with(&format!("error: {}: cannot be opened", path.display())));
}

#[test]
fn json_without_a_copy_job() {
    complains(
        "backup.json",
        r#"{"BackupJobs": [{"BackupJobId": "A", "State": "FAILED"}]}"#,
        ": holds 1 backup job, which is left out",
        0,
    );
}

#[test]
fn a_directory_without_exports() {
    let (directory, _) = file("notes.txt", "nothing here");
    let answer = batch(directory.path());
    assert_eq!(answer.code, Some(2));
    let last = answer.stderr.lines().last().unwrap_or_default();
    let expected = format!("error: {}: a directory without exports", directory.path().display());
    assert!(last.starts_with(&expected), "{answer:?}");
}

#[test]
fn an_empty_directory() {
    let directory = TempDir::new().expect("a directory for the test");
    let answer = batch(directory.path());
    assert_eq!(answer.code, Some(2));
    assert!(answer.complaint().contains("a directory without exports"), "{answer:?}");
}

/// Other files may lie beside exports: they are noted, and the run is a success.
#[test]
fn a_directory_with_an_export_and_something_else() {
    let (directory, _) = file("jobs.json", JOB);
    fs::write(directory.path().join("notes.txt"), "nothing here").expect("the file can be written");
    fs::write(directory.path().join(".hidden"), "nothing here").expect("the file can be written");
    let answer = batch(directory.path());
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.complaint().starts_with("note: "), "{answer:?}");
    assert_eq!(answer.json()["records"]["diagnosed"], 1);
}

#[test]
fn a_document_that_ends_in_the_middle() {
    let text = format!("{{\"CopyJobs\": [\n{JOB},\n{{\"CopyJobId\": \"cut\", \"Sta");
    complains("jobs.json", text, ":3:26: the file ends in the middle", 1);
}

/// All that is in the file was read, so this is no error, but nobody should take it for everything.
#[test]
fn an_export_that_says_that_there_is_more() {
    let (_directory, path) = file("jobs.json", format!("{{\"CopyJobs\": [{JOB}], \"NextToken\": \"x\"}}"));
    let answer = batch(&path);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    assert!(answer.complaint().contains("NextToken says that more jobs follow"), "{answer:?}");
    assert!(answer.complaint().starts_with("warning: "), "{answer:?}");
}

#[test]
fn a_line_that_is_broken_off() {
    let text = format!("{JOB}\n{{\"CopyJobId\": \"cut\", \"State\": \"FAI\n");
    complains("jobs.jsonl", text, ":2:1: a string is not closed on its line (2:", 1);
}

#[test]
fn a_bad_file_does_not_cost_the_good_ones() {
    let (_first, good) = file("good.json", JOB);
    let (_second, bad) = file("bad.json", "");
    let answer =
        run(["batch".as_ref(), "--format".as_ref(), "json".as_ref(), bad.as_os_str(), good.as_os_str()]);
    assert_eq!(answer.code, Some(2));
    assert_eq!(answer.json()["records"]["diagnosed"], 1);
}

#[test]
fn rejected_records_and_warnings_stand_in_the_report_too() {
    let (_directory, path) =
        file("jobs.jsonl", b"{\"CopyJobId\": \"bad\", \"State\": \"\xff\"}\n{\"CopyJobId\": \"x\",\"Sta");
    let report = batch(&path).json();
    assert_eq!(report["rejected"][0]["file"], path.display().to_string());
    assert_eq!(report["rejected"][0]["position"], "1:1");
    assert_eq!(report["warnings"][0]["position"], "2:23");
}

#[test]
fn a_paste_that_is_not_utf_8() {
    let answer = run_with_input(["diagnose"], b"Access\nDenied \xff");
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""));
    assert_eq!(answer.complaint(), "error: -:2:8: not UTF-8; convert the text and try again");
}

#[test]
fn a_paste_that_is_empty() {
    let answer = run_with_input(["diagnose", "--format", "json"], "");
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.json()["reason"], "no-text");
}

#[test]
fn a_flag_that_does_not_exist() {
    let answer = run(["batch", "--formaat", "json"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.stderr.contains("--format"), "{answer:?}");
}

/// As in `copydoctor batch … | head -1`: the reader closes the pipe while there is much left to write.
#[test]
fn a_closed_pipe_is_success() {
    let jobs: String = (0..5000).map(|id| JOB.replace("good", &format!("job-{id}")) + "\n").collect();
    let (_directory, path) = file("jobs.jsonl", jobs);
    let mut command = copydoctor();
    command.args(["batch", "--format", "ndjson"]).arg(&path).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the tool starts");
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
    reader.read_line(&mut first).expect("a line can be read");
    drop(reader);
    let output = child.wait_with_output().expect("the tool ends");
    assert!(first.starts_with("{\"copy_job_id\":\"job-0\""), "{first}");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_that_is_said() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let answer = common::finish(copydoctor().args(["--format", "json", "x"]).stdout(full));
    assert_eq!(answer.code, Some(2));
    assert!(answer.complaint().starts_with("error: standard output: "), "{answer:?}");
}

/// Standard error may be closed too; the answer must not suffer.
#[test]
fn a_closed_standard_error_changes_nothing() {
    let (_directory, path) = file("jobs.json", "");
    let mut command = copydoctor();
    let mut child = command
        .args(["batch", "--format", "json", "-"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    drop(child.stderr.take());
    child.stdin.take().expect("standard input is a pipe").write_all(JOB.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("the tool ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"diagnosed\": 1"));
}

#[test]
fn a_file_full_of_faults_does_not_flood_the_screen() {
    let faults = "{\"a\": oops}\n".repeat(1000);
    let (_directory, path) = file("jobs.json", format!("{JOB}\n{faults}"));
    let answer = batch(&path);
    assert!(answer.complaint().contains("and 999 more faults behind it"), "{answer:?}");
    let rejected = "{\"CopyJobId\": oops}\n".repeat(1000);
    let (_directory, path) = file("jobs.json", format!("{JOB}\n{rejected}"));
    let answer = batch(&path);
    assert_eq!(answer.stderr.lines().count(), 21, "{answer:?}");
    assert_eq!(answer.json()["rejected"].as_array().map(Vec::len), Some(1000));
}

/// Every cut of an export is read without a panic, whole records survive, and the accounting adds up.
#[test]
fn an_export_cut_anywhere_keeps_its_whole_records() {
    let whole =
        fs::read(common::fixture("exports/03-eventbridge/events.jsonl")).expect("the fixture is there");
    for cut in (0..whole.len()).step_by(97) {
        let mut batch = copydoctor::Batch::new(copydoctor::batch::Judge::new(
            &common::CLASSIFIER,
            copydoctor::batch::Keep::Problems,
        ));
        copydoctor::read::read_from(
            "events.jsonl",
            &whole[..cut],
            &copydoctor::read::Options::default(),
            &mut |item| batch.add(item),
        );
        let records = batch.finish().records;
        let lines = whole[..cut].iter().filter(|byte| **byte == b'\n').count() as u64;
        assert!(records.total >= lines, "cut at {cut}: {records:?}");
        let sum = records.diagnosed
            + records.unknown
            + records.without_message
            + records.duplicates
            + records.rejected;
        assert_eq!((sum, records.by_state.values().sum()), (records.total, records.total), "cut at {cut}");
    }
}
