//! Exports as people have them: every fixture gives the records and states of the index.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{fixture, run, run_with_input};
use serde_json::{Value, json};

/// A line of the index: the file, and what has to be found in it.
struct Expected {
    file: String,
    records: u64,
    states: BTreeMap<String, u64>,
    with_message: u64,
}

fn index() -> Vec<Expected> {
    let text = fs::read_to_string(fixture("exports/INDEX.tsv")).expect("the index is there");
    let number = |text: &str| text.parse().expect("a number");
    text.lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().expect("a cell").to_owned();
            let (file, records, states, with_message) = (cell(), cell(), cell(), cell());
            let states = states.split_whitespace().map(|pair| {
                let (state, count) = pair.split_once('=').expect("a state and its count");
                (state.to_owned(), number(count))
            });
            Expected {
                file,
                records: number(&records),
                states: states.collect(),
                with_message: number(&with_message),
            }
        })
        .collect()
}

fn report(file: &str) -> Value {
    let path = fixture("exports").join(file);
    run(["batch".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()]).json()
}

#[test]
fn the_index_is_the_folder() {
    let mut listed: Vec<String> = index().into_iter().map(|expected| expected.file).collect();
    let root = fixture("exports");
    let mut files: Vec<String> = walkdir::WalkDir::new(&root)
        .min_depth(2)
        .into_iter()
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry.path().strip_prefix(&root).expect("below the folder").to_string_lossy().replace('\\', "/")
        })
        .collect();
    listed.sort();
    files.sort();
    assert_eq!(files, listed);
}

#[test]
fn every_export_gives_the_records_and_states_of_the_index() {
    for expected in index() {
        let records = &report(&expected.file)["records"];
        assert_eq!(records["total"], expected.records, "{}", expected.file);
        assert_eq!(records["by_state"], json!(expected.states), "{}", expected.file);
        let with_message = ["diagnosed", "unknown"].map(|key| records[key].as_u64().expect("a count"));
        assert_eq!(with_message.iter().sum::<u64>(), expected.with_message, "{}", expected.file);
    }
}

#[test]
fn every_record_of_every_export_is_accounted_for() {
    for expected in index() {
        let records = &report(&expected.file)["records"];
        let parts = ["diagnosed", "unknown", "without_message", "duplicates", "rejected"];
        let sum: u64 = parts.iter().map(|part| records[part].as_u64().expect("a count")).sum();
        assert_eq!(records["total"], sum, "{}", expected.file);
    }
}

/// The same seven jobs stand in most fixtures, so all of them together are mostly duplicates.
#[test]
fn a_directory_is_read_whole_and_each_job_once() {
    let records = report("")["records"].clone();
    let total: u64 = index().iter().map(|expected| expected.records).sum();
    assert_eq!(records["total"], total);
    assert_eq!(
        records["diagnosed"], 4,
        "the job in AWS's documentation has the id of one of the fictional ones"
    );
}

#[test]
fn the_known_jobs_of_an_export_get_their_diagnoses() {
    let path = fixture("exports/01-cli/v2-list-copy-jobs.json");
    let answer = run(["batch".as_ref(), "--format".as_ref(), "ndjson".as_ref(), path.as_os_str()]);
    let jobs: Vec<Value> =
        answer.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let text =
        |job: &Value, pointer: &str| job.pointer(pointer).and_then(Value::as_str).unwrap_or("-").to_owned();
    let summary: Vec<String> = jobs
        .iter()
        .map(|job| ["/copy_job_id", "/state", "/diagnosis/id"].map(|pointer| text(job, pointer)).join(" "))
        .collect();
    assert_eq!(
        summary,
        [
            "47C8EF56-74D8-059D-1301-C5BE1D5C926E FAILED vault-access-policy-denies-copy",
            "B6EC38D2-CB3C-EF0A-F5A4-3CF324EF4945 FAILED source-key-not-accessible",
            "D41E5F0A-2B7C-4C1D-9E66-0A1B2C3D4E5F PARTIAL -",
            "E52F6A1B-3C8D-4D2E-8F77-1B2C3D4E5F60 FAILED operation-not-authorized",
            "F6306B2C-4D9E-4E3F-8A88-2C3D4E5F6071 FAILED retention-outside-vault-limits",
        ]
    );
}

#[test]
fn a_line_of_ndjson_has_every_field_of_the_format() {
    let export = fs::read(fixture("exports/01-cli/v2-describe-copy-job.json")).expect("the fixture is there");
    let answer = run_with_input(["batch", "--format", "ndjson", "-"], export);
    assert_eq!(
        answer.json(),
        json!({
            "copy_job_id": "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
            "state": "FAILED",
            "account_id": "111122223333",
            "source_region": "us-east-1",
            "destination_account": "444455556666",
            "destination_region": "us-east-1",
            "resource_type": "EC2",
            "resource_arn": "arn:aws:ec2:us-east-1:111122223333:instance/i-0515aee7de03f58e1",
            "created_at": "2025-07-02T05:06:53.239Z",
            "completed_at": "2025-07-02T05:08:08.704Z",
            "message": "Access Denied trying to call AWS Backup service",
            "diagnosis": {
                "id": "vault-access-policy-denies-copy",
                "title": "The destination vault does not let the source account copy into it",
                "confidence": 0.99,
                "match": "exact",
                "language": "en"
            },
            "reason": null,
            "file": "-"
        })
    );
}

#[test]
fn ndjson_lists_problems_and_with_all_every_job() {
    let path = fixture("exports/01-cli/v2-list-copy-jobs.json");
    let lines = |extra: &[&str]| {
        let arguments = ["batch", "--format", "ndjson"].iter().chain(extra).map(std::ffi::OsStr::new);
        run(arguments.chain([path.as_os_str()])).stdout.lines().count()
    };
    assert_eq!((lines(&[]), lines(&["--all"])), (5, 7));
}

#[test]
fn the_three_ways_to_name_an_export_give_the_same_report() {
    let path = fixture("exports/03-eventbridge/events.jsonl");
    let export = fs::read(&path).expect("the fixture is there");
    let by_name = run(["batch".as_ref(), path.as_os_str()]).stdout;
    assert_eq!(run_with_input(["batch"], &export).stdout, by_name);
    assert_eq!(run_with_input(["batch", "-"], &export).stdout, by_name);
}

/// A minified document, JSON Lines and a pretty-printed document differ in bytes only.
#[test]
fn the_shape_of_the_json_changes_nothing() {
    let text =
        fs::read_to_string(fixture("exports/01-cli/v2-list-copy-jobs.json")).expect("the fixture is there");
    let document: Value = serde_json::from_str(&text).expect("the fixture is JSON");
    let jobs = document["CopyJobs"].as_array().expect("a list of jobs");
    let lines: String = jobs.iter().map(|job| format!("{job}\n")).collect();
    let joined: String = jobs.iter().map(Value::to_string).collect();
    let pages: String = jobs.iter().map(|job| format!("{:#}\n", json!({ "CopyJobs": [job] }))).collect();
    let expected = run_with_input(["batch", "--format", "json"], &text).json();
    for shape in
        [document.to_string(), lines, joined, pages, json!(jobs).to_string(), text.replace('\n', "\r\n")]
    {
        assert_eq!(run_with_input(["batch", "--format", "json"], &shape).json(), expected, "{shape}");
    }
}
