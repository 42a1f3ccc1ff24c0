//! Exports as people have them: every fixture gives the records and states of the index.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{CLASSIFIER, fixture, run, run_with_input};
use copydoctor::batch::{Judge, Keep};
use copydoctor::read::{Item, Options, Severity, read_from};
use copydoctor::record::Position;
use copydoctor::{Batch, Record, Report};
use serde_json::{Value, json};

/// A line of an index: the file, and what has to be found in it.
#[derive(Debug, PartialEq)]
struct Contents {
    records: u64,
    states: BTreeMap<String, u64>,
    with_message: u64,
    causes: BTreeMap<String, u64>,
}

fn counts(text: &str) -> BTreeMap<String, u64> {
    let pairs = text.split_whitespace().map(|pair| pair.split_once('=').expect("a name and its count"));
    pairs.map(|(name, count)| (name.to_owned(), count.parse().expect("a number"))).collect()
}

/// The files of a folder of exports, and what is in each.
fn index(folder: &str) -> Vec<(String, Contents)> {
    index_with_provenance(folder).into_iter().map(|(file, contents, _)| (file, contents)).collect()
}

fn index_with_provenance(folder: &str) -> Vec<(String, Contents, String)> {
    let text = fs::read_to_string(fixture(folder).join("INDEX.tsv")).expect("the index is there");
    let number = |text: &str| text.parse().expect("a number");
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [file, records, states, with_message, causes, provenance] = cells.as_slice() else {
                panic!("{line} has not six cells");
            };
            let contents = Contents {
                records: number(records),
                states: counts(states),
                with_message: number(with_message),
                causes: counts(causes),
            };
            ((*file).to_owned(), contents, (*provenance).to_owned())
        })
        .collect()
}

/// The records and warnings of a file, summed up.
fn report(bytes: &[u8]) -> Report<'static> {
    let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::Problems));
    read_from("export", bytes, &Options::default(), &mut |item| batch.add(item));
    batch.finish()
}

fn report_of(folder: &str, file: &str) -> Report<'static> {
    report(&fs::read(fixture(folder).join(file)).expect("the fixture is there"))
}

fn contents(report: &Report<'_>) -> Contents {
    let records = &report.records;
    let mut causes: BTreeMap<String, u64> =
        report.causes.iter().map(|cause| (cause.root_cause.id.clone(), cause.count)).collect();
    if records.unknown > 0 {
        causes.insert("unknown".to_owned(), records.unknown);
    }
    // Records beyond one for each job were told apart by nothing else than their message.
    let with_message = records.diagnosed + records.unknown;
    Contents { records: records.total, states: records.by_state.clone(), with_message, causes }
}

#[track_caller]
fn adds_up(report: &Report<'_>, about: &str) {
    let records = &report.records;
    let parts = [
        records.diagnosed,
        records.unknown,
        records.without_message,
        records.duplicates,
        records.rejected,
        records.known,
        records.skipped,
    ];
    assert_eq!(records.total, parts.iter().sum::<u64>(), "{about}");
    assert_eq!(records.total, records.by_state.values().sum::<u64>(), "{about}");
}

#[test]
fn the_index_is_the_folder() {
    for folder in ["exports", "held-out-exports"] {
        let mut listed: Vec<String> = index(folder).into_iter().map(|(file, _)| file).collect();
        let root = fixture(folder);
        let mut files: Vec<String> = walkdir::WalkDir::new(&root)
            .min_depth(2)
            .into_iter()
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(&root)
                    .expect("below the folder")
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect();
        listed.sort();
        files.sort();
        assert_eq!(files, listed);
    }
}

/// What an export of the AWS CLI says of its jobs, but for where each stands.
fn jobs_of_the_cli(file: &str) -> Vec<Record> {
    let bytes = fs::read(fixture("exports/01-cli").join(file)).expect("the fixture is there");
    let mut jobs = Vec::new();
    read_from("", bytes.as_slice(), &Options::default(), &mut |item| match item {
        Item::Record(record) => jobs.push(Record { position: Position { line: 1, column: 1 }, ..*record }),
        other => panic!("{file}: {other:?}"),
    });
    jobs
}

#[test]
fn every_output_of_the_aws_cli_says_the_same_of_a_job() {
    let expected = jobs_of_the_cli("v2-list-copy-jobs.json");
    assert_eq!(expected.len(), 7);
    for other in [
        "v2-list-copy-jobs.yaml",
        "v2-list-copy-jobs.yaml-stream.yaml",
        "v2-list-copy-jobs.table.txt",
        "v2-query-bare-array.json",
    ] {
        assert_eq!(jobs_of_the_cli(other), expected, "{other}");
    }
    for [one, other] in [
        ["v2-describe-copy-job.table.txt", "v2-describe-copy-job.yaml"],
        ["v2-query-renamed-keys.table.txt", "v2-query-renamed-keys.json"],
    ] {
        assert_eq!(jobs_of_the_cli(one), jobs_of_the_cli(other), "{one}");
    }
}

/// Of text output only the order tells, and which columns there are changes from job to job.
#[test]
fn text_output_says_the_same_but_for_what_only_a_name_would_tell() {
    for (json, text) in [
        ("v1-list-copy-jobs.json", "v1-list-copy-jobs.text.txt"),
        ("v2-list-copy-jobs.json", "v2-list-copy-jobs.text.txt"),
    ] {
        let [named, ordered] = [json, text].map(|file| {
            let mut jobs = jobs_of_the_cli(file);
            for job in &mut jobs {
                job.recovery_point_arn = None;
                job.destination_recovery_point_arn = None;
                job.backup_job_id = None;
                job.resource_arn = None;
                job.resource_name = None;
                job.message_category = None;
                job.parent_job_id = None;
                job.is_parent = false;
            }
            jobs
        });
        assert_eq!(ordered, named);
    }
}

#[test]
fn every_export_gives_the_records_states_and_causes_of_the_index() {
    for (file, expected) in index("exports") {
        let report = report_of("exports", &file);
        adds_up(&report, &file);
        assert_eq!(contents(&report), expected, "{file}: {:?}", report.warnings);
    }
}

/// Whoever says that each line is a message means each that has words.
#[test]
fn lines_that_are_no_sentences_are_messages_where_somebody_says_so() {
    let path = fixture("exports/10-negative/gron.txt");
    let records = |extra: &[&str]| {
        let arguments = ["batch", "--format", "json"].iter().chain(extra).map(std::ffi::OsStr::new);
        run(arguments.chain([path.as_os_str()])).json()["records"]["total"].clone()
    };
    assert_eq!((records(&[]), records(&["--from", "lines"])), (json!(0), json!(3)));
}

/// A word in front of each message makes no list of fields of it.
#[test]
fn messages_that_begin_with_the_same_word_are_read() {
    let list = "Error: Access Denied trying to call AWS Backup service\nError: Given key ID does not exist\n";
    assert_eq!(report(list.as_bytes()).records.diagnosed, 2);
}

/// Files in which something else is found than whoever made them meant, each with the reason. They are no secret: a
/// list that could hide a fault would hide it from its reader too.
const READ_OTHERWISE: &[(&str, &str)] = &[
    ("broken/corrupted-record.missing-quote.json", "the broken record is counted as rejected"),
    ("cli-query/jq-group-by-message.jobs-list.json", "a message with a list of ids is no job"),
    ("cli-query/jq-nested-object.job-id-state-error.json", "the message stands outside of the job's object"),
    ("cli-yaml/yaml-corrupted-record.yaml", "the broken record is read without its id, with a warning"),
    ("negative/neg-cli-error-only.txt", "a sentence is taken as a message, which is unknown"),
    (
        "paste/slack-copy.with-names.txt",
        "a line with a name and a time is taken as a message, which is unknown",
    ),
];

#[test]
fn exports_that_nobody_showed_the_readers_give_what_was_put_in() {
    let mut otherwise = Vec::new();
    for (file, expected, provenance) in index_with_provenance("held-out-exports") {
        let report = report_of("held-out-exports", &file);
        adds_up(&report, &file);
        // What takes a library of its own to read may also be refused, if it is said what it is.
        let is_explained = report.warnings.iter().any(|warning| warning.severity == Severity::Error);
        let is_refused = provenance.starts_with("explain") && report.records.total == 0 && is_explained;
        let found = contents(&report);
        let is_right = (found.records, &found.states, &found.causes)
            == (expected.records, &expected.states, &expected.causes);
        if !is_right && !is_refused {
            otherwise.push(file);
        }
    }
    otherwise.sort();
    let listed: Vec<&str> = READ_OTHERWISE.iter().map(|(file, _)| *file).collect();
    assert_eq!(otherwise, listed);
}

/// The same seven jobs stand in most fixtures, so all of them together are mostly duplicates.
#[test]
fn a_directory_is_read_whole_and_each_job_once() {
    let path = fixture("exports").join("03-eventbridge");
    let answer = run(["batch".as_ref(), "--format".as_ref(), "json".as_ref(), path.as_os_str()]);
    let records = answer.json()["records"].clone();
    let files = index("exports").into_iter().filter(|(file, _)| file.starts_with("03-eventbridge"));
    assert_eq!(records["total"], files.map(|(_, contents)| contents.records).sum::<u64>());
    assert_eq!(
        records["diagnosed"], 4,
        "the job in AWS's documentation has the id of one of the fictional ones"
    );
}

/// A change to bytes of a file, by its number.
fn mutations(bytes: &[u8]) -> Vec<Vec<u8>> {
    let step = (bytes.len() / 40).max(97);
    let places = (0..bytes.len()).step_by(step);
    let cut = places.clone().map(|at| bytes[..at].to_vec());
    let flipped = places.clone().map(|at| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1 << (at % 8);
        bytes
    });
    let without_quotes = places.filter_map(|at| {
        let quote = at + bytes[at..].iter().position(|byte| *byte == b'"')?;
        Some([&bytes[..quote], &bytes[quote + 1..]].concat())
    });
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let swapped = (lines.len() > 3).then(|| {
        let middle = lines.len() / 2;
        lines.swap(middle, 1);
        lines.concat()
    });
    cut.chain(flipped).chain(without_quotes).chain(swapped).collect()
}

#[test]
fn whatever_happens_to_a_file_every_record_is_accounted_for() {
    for (file, _) in index("exports") {
        let bytes = fs::read(fixture("exports").join(&file)).expect("the fixture is there");
        for (number, mutated) in mutations(&bytes).iter().enumerate() {
            let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::Problems));
            read_from("export", mutated.as_slice(), &Options::default(), &mut |mut item| {
                // What the messages say is another matter.
                if let Item::Record(record) = &mut item {
                    record.status_message = None;
                }
                batch.add(item);
            });
            adds_up(&batch.finish(), &format!("{file}, mutation {number}"));
        }
    }
}

/// What a job is told apart by: its id, state and message.
type Told = (Option<String>, String, Option<String>);

fn told(bytes: &[u8]) -> Vec<Told> {
    let mut told = Vec::new();
    read_from("export", bytes, &Options::default(), &mut |item| {
        if let Item::Record(record) = item {
            told.push((record.copy_job_id, record.state.to_string(), record.status_message));
        }
    });
    told
}

/// A file that is cut gives what was whole before the cut, and at most one job that was not.
#[test]
fn a_file_cut_at_every_97th_byte_never_loses_a_whole_record() {
    for (file, _) in index("exports") {
        let bytes = fs::read(fixture("exports").join(&file)).expect("the fixture is there");
        let whole = told(&bytes);
        let mut before = 0;
        for end in (0..bytes.len()).step_by(97) {
            let found = told(&bytes[..end]);
            let same = found.iter().zip(&whole).take_while(|(found, whole)| found == whole).count();
            assert!(same + 1 >= found.len(), "{file} cut at {end}: {:?}", found.get(same));
            assert!(same >= before, "{file} cut at {end} has {same} jobs, and had {before} before");
            before = same;
        }
    }
}

/// A record that is damaged costs itself, be it in the middle of its file.
#[test]
fn a_damaged_record_costs_no_other() {
    for file in [
        "03-eventbridge/events.jsonl",
        "01-cli/v2-list-copy-jobs.json",
        "05-audit-manager/copy_job_report.single-account.csv",
        "01-cli/v2-list-copy-jobs.yaml",
    ] {
        let bytes = fs::read(fixture("exports").join(file)).expect("the fixture is there");
        let whole = told(&bytes);
        let text = String::from_utf8(bytes).expect("the fixture is text");
        let state = text.match_indices("FAILED").nth(1).expect("there are some").0;
        for damage in ["\"", "}", "]", ",", "\u{1}", "{", "\n"] {
            let damaged = format!("{}{damage}{}", &text[..state], &text[state..]);
            let found = told(damaged.as_bytes());
            let lost = whole.iter().filter(|job| !found.contains(job)).count();
            assert!(lost <= 1, "{file}: {damage:?} costs {lost} jobs");
        }
    }
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
            "resource_name": "web-01",
            "message_category": "ACCESS_DENIED",
            "source_vault_arn": "arn:aws:backup:us-east-1:111122223333:backup-vault:prod-vault",
            "destination_vault_arn": "arn:aws:backup:us-east-1:444455556666:backup-vault:central-vault",
            "role_arn": "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole",
            "backup_plan_id": "bde0f455-4e24-4668-aeaa-4932a97f5cc5",
            "backup_plan_name": "prod-daily",
            "backup_rule_name": "daily-35d-dr-copy",
            "parent_job_id": null,
            "is_parent": false,
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
            "file": "-",
            "position": "2:16"
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
    let counted = |export: &str| {
        let report = run_with_input(["batch", "--format", "json"], export).json();
        ["records", "causes", "unknown"].map(|part| report[part].clone())
    };
    let expected = counted(&text);
    for shape in
        [document.to_string(), lines, joined, pages, json!(jobs).to_string(), text.replace('\n', "\r\n")]
    {
        assert_eq!(counted(&shape), expected, "{shape}");
    }
}

/// Threads change the time that a report takes, and nothing else.
#[test]
fn the_report_is_the_same_on_any_number_of_threads() {
    for format in ["ndjson", "json"] {
        let report = |jobs: &str| {
            let folder = fixture("exports");
            let arguments = ["batch", "--format", format, "--all", "--jobs", jobs].map(std::ffi::OsStr::new);
            let run = run(arguments.into_iter().chain([folder.as_os_str()]));
            (run.stdout, run.stderr)
        };
        let expected = report("1");
        for jobs in ["2", "3", "16"] {
            assert!(report(jobs) == expected, "{format} on {jobs} threads");
        }
    }
}
