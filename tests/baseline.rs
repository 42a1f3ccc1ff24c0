//! `batch --baseline` and `--write-baseline`: what is known is counted and not reported, whatever the job is called today.

mod common;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use common::{Run, fixture, run};
use serde_json::{Value, json};
use tempfile::TempDir;

const UNSHARED: &str = "Access Denied trying to call AWS Backup service";
const HEAD: &str = r#"{"schema_version":1,"kind":"copydoctor-baseline"}"#;
const FORMATS: [&str; 9] = ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"];

/// A folder with an export and a list of known failures.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new(jobs: &[Value]) -> Self {
        let case = Self { folder: TempDir::new().expect("a directory for the test") };
        case.export(jobs);
        case
    }

    /// A case in which the failures of these jobs are known.
    fn known(jobs: &[Value]) -> Self {
        let case = Self::new(jobs);
        let answer = case.batch(&["--write-baseline", "known.jsonl"]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn export(&self, jobs: &[Value]) {
        self.write("jobs.json", json!({ "CopyJobs": jobs }).to_string());
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("the file can be written");
    }

    fn list(&self) -> String {
        fs::read_to_string(self.path("known.jsonl")).expect("the list is there")
    }

    /// Runs the tool on the export; names of the folder's files become paths.
    fn batch(&self, more: &[&str]) -> Run {
        let path = |text: &&str| -> OsString {
            if text.contains(".json") { self.path(text).into() } else { OsStr::new(text).to_owned() }
        };
        let arguments = std::iter::once("batch".into()).chain(more.iter().map(path));
        run(arguments.chain([self.path("jobs.json").into()]))
    }

    fn checked(&self, more: &[&str]) -> Run {
        self.batch(&[&["--baseline", "known.jsonl"], more].concat())
    }

    /// How many jobs are known, and the reported ones: those with a root cause, those with an unknown message.
    fn counts(&self) -> (u64, u64, u64) {
        let records = &self.checked(&["--format", "json"]).json()["records"];
        let count = |name: &str| records[name].as_u64().expect("a count");
        let parts = ["diagnosed", "unknown", "without_message", "known", "skipped", "duplicates", "rejected"];
        assert_eq!(parts.iter().map(|name| count(name)).sum::<u64>(), count("total"), "{records}");
        (count("known"), count("diagnosed"), count("unknown"))
    }
}

fn job(id: &str) -> Value {
    json!({
        "CopyJobId": id, "State": "FAILED", "StatusMessage": UNSHARED,
        "AccountId": "111122223333",
        "ResourceArn": "arn:aws:rds:eu-west-1:111122223333:db:orders",
        "SourceBackupVaultArn": "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod",
        "DestinationBackupVaultArn": "arn:aws:backup:eu-central-1:444455556666:backup-vault:central",
        "CreationDate": "2026-11-22T02:07:00Z",
    })
}

fn with(mut job: Value, field: &str, value: &str) -> Value {
    job[field] = value.into();
    job
}

fn without(mut job: Value, field: &str) -> Value {
    job.as_object_mut().expect("an object").remove(field);
    job
}

#[track_caller]
fn is_known(today: Value, tomorrow: Value) {
    let case = Case::known(&[today]);
    case.export(&[tomorrow]);
    assert_eq!(case.counts(), (1, 0, 0), "{}", case.list());
}

#[track_caller]
fn is_new(today: Value, tomorrow: Value) {
    let case = Case::known(&[today]);
    case.export(&[tomorrow]);
    let answer = case.checked(&["--fail-on", "failed"]);
    assert_eq!(answer.code, Some(1), "{answer:?}\n{}", case.list());
    assert_eq!(case.counts().0, 0);
}

#[test]
fn what_was_written_down_is_reported_no_more() {
    let folder = TempDir::new().expect("a directory for the test");
    let list = folder.path().join("known.jsonl");
    let export = fixture("exports/01-cli/v2-list-copy-jobs.json");
    let written = run(["batch".as_ref(), "--write-baseline".as_ref(), list.as_os_str(), export.as_os_str()]);
    assert!(written.stderr.ends_with("known.jsonl: lists 5 known failures\n"), "{written:?}");
    for format in FORMATS {
        let arguments = ["batch", "--format", format, "--fail-on", "failed,unknown", "--baseline"];
        let arguments = arguments.map(OsStr::new).into_iter().chain([list.as_os_str(), export.as_os_str()]);
        let answer = run(arguments);
        assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""), "{format}: {answer:?}");
        assert!(!answer.stdout.contains(UNSHARED), "{format}: {answer:?}");
    }
}

#[test]
fn the_job_of_tomorrow_is_known() {
    let tomorrow = with(with(job("B"), "CreationDate", "2026-11-23T02:07:00Z"), "ResourceName", "orders");
    is_known(job("A"), tomorrow);
    is_known(job("A"), with(job("B"), "StatusMessage", &format!("{UNSHARED}.")));
    is_known(job("A"), with(job("B"), "State", "COMPLETED"));
}

#[test]
fn another_failure_is_new() {
    for (field, value) in [
        ("AccountId", "777788889999"),
        ("ResourceArn", "arn:aws:rds:eu-west-1:111122223333:db:invoices"),
        ("DestinationBackupVaultArn", "arn:aws:backup:eu-central-1:444455556666:backup-vault:other"),
        ("StatusMessage", "Given key ID is not accessible"),
        ("StatusMessage", "something that nobody has ever seen"),
    ] {
        is_new(job("A"), with(job("B"), field, value));
    }
}

#[test]
fn an_unknown_message_is_known_by_what_does_not_vary() {
    let odd = |id: &str, volume: &str| with(job(id), "StatusMessage", &format!("odd volume {volume}"));
    is_known(odd("A", "vol-0123456789abcdef0"), odd("B", "vol-0fedcba9876543210"));
    is_new(odd("A", "vol-0123456789abcdef0"), odd("B", "of another kind"));
}

#[test]
fn a_job_without_a_message_is_known_by_its_state() {
    let silent = |id: &str| without(job(id), "StatusMessage");
    is_known(silent("A"), silent("B"));
    is_new(silent("A"), with(silent("B"), "State", "EXPIRED"));
}

/// An entry never covers more than what somebody has seen.
#[test]
fn what_an_entry_does_not_say_is_no_wildcard() {
    is_known(without(job("A"), "ResourceArn"), without(job("B"), "ResourceArn"));
    is_new(without(job("A"), "ResourceArn"), job("B"));
    is_new(job("A"), without(job("B"), "ResourceArn"));
    let vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:other";
    is_new(
        without(job("A"), "ResourceArn"),
        with(without(job("B"), "ResourceArn"), "SourceBackupVaultArn", vault),
    );
}

#[test]
fn the_report_is_about_the_others() {
    let case = Case::known(&[job("A")]);
    let new = with(job("C"), "ResourceArn", "arn:aws:rds:eu-west-1:111122223333:db:invoices");
    case.export(&[job("A"), job("B"), new]);
    assert_eq!(case.counts(), (2, 1, 0));
    for format in ["ndjson", "csv"] {
        let all = case.checked(&["--format", format, "--all"]).stdout;
        assert_eq!(all.matches(UNSHARED).count(), 1, "{all}");
    }
    let table = case.checked(&[]).stdout.replace('\n', " ");
    assert!(table.contains(" + 2 known from the baseline "), "{table}");
    let german = case.checked(&["--lang", "de"]).stdout.replace('\n', " ");
    assert!(german.contains(" + 2 aus der Baseline bekannt "), "{german}");
    let page = case.checked(&["--format", "html"]).stdout;
    assert!(page.contains("<dt>Known from the baseline</dt><dd class=\"\">2</dd>"));
    let failed = case.checked(&["--fail-on", "failed"]);
    assert_eq!(failed.complaint(), "note: --fail-on failed holds for 1 job");
}

#[test]
fn nothing_new_is_not_nothing() {
    let case = Case::known(&[job("A")]);
    for (format, said) in [
        ("table", "No job with a new failure."),
        ("markdown", "No job with a new failure."),
        ("html", "No job with a new"),
    ] {
        let text = case.checked(&["--format", format]).stdout;
        assert!(text.contains(said), "{text}");
    }
    let text = case.checked(&["--lang", "de", "--group-by", "account"]).stdout;
    assert!(text.starts_with("Kein Auftrag mit einem neuen Fehler."), "{text}");
}

#[test]
fn a_job_that_ended_well_is_no_known_failure() {
    let case = Case::known(&[job("A")]);
    let done = json!({"CopyJobId": "A", "State": "COMPLETED", "CompletionDate": "2026-11-23T02:00:00Z"});
    case.export(&[job("A"), done]);
    assert_eq!(case.counts(), (0, 0, 0));
}

#[test]
fn an_entry_that_no_job_uses_is_a_warning_with_its_place() {
    let case =
        Case::known(&[job("A"), with(job("B"), "ResourceArn", "arn:aws:rds:eu-west-1:111122223333:db:a")]);
    case.export(&[job("A")]);
    let answer = case.checked(&["--format", "json"]);
    assert_eq!(answer.code, Some(0));
    let said = "known.jsonl:2:1: unused: no job fails like this any more: vault-access-policy-denies-copy, \
                111122223333, eu-west-1, arn:aws:rds:eu-west-1:111122223333:db:a → arn:aws:backup:";
    assert!(answer.complaint().starts_with("warning: ") && answer.complaint().contains(said), "{answer:?}");
    let report = answer.json();
    assert_eq!(report["warnings"][0]["position"], "2:1");
    let twice = case.list() + case.list().lines().last().expect("an entry") + "\n";
    case.write("known.jsonl", twice);
    let answer = case.checked(&[]);
    assert!(
        answer.stderr.contains("known.jsonl:4:1: unused: the same stands in line 3 already"),
        "{answer:?}"
    );
}

/// One of the jobs that are not there may use it.
#[test]
fn of_a_part_of_the_jobs_nobody_can_tell_what_is_unused() {
    let case = Case::known(&[job("A")]);
    let filtered = case.checked(&["--since", "2026-11-23"]);
    assert_eq!((filtered.code, filtered.stderr.as_str()), (Some(0), ""), "{filtered:?}");
    case.write("jobs.json", "{\"CopyJobId\": \"cut\", \"Sta");
    let answer = case.checked(&[]);
    assert!(answer.complaint().contains("the file ends in the middle"), "{answer:?}");
}

#[test]
fn a_new_list_keeps_reasons_and_drops_what_is_unused() {
    let [gone, stays, new] = ["gone", "stays", "new"]
        .map(|name| with(job(name), "ResourceArn", &format!("arn:aws:rds:eu-west-1:111122223333:db:{name}")));
    let case = Case::known(&[gone, stays.clone()]);
    let reason = |line: &str| line.replace('}', ",\"reason\":\"ticket OPS-4711\"}");
    let lines: Vec<String> = case.list().lines().map(str::to_owned).collect();
    case.write(
        "known.jsonl",
        [&lines[0], &reason(&lines[1]), &reason(&lines[2])].map(|line| format!("{line}\n")).concat(),
    );
    case.export(&[new, stays]);
    let answer = case.checked(&["--write-baseline", "known.jsonl"]);
    assert!(
        answer.stderr.contains("unused") && answer.stderr.contains("lists 2 known failures"),
        "{answer:?}"
    );
    let list = case.list();
    assert!(list.contains("db:stays") && list.contains("db:new") && !list.contains("db:gone"), "{list}");
    assert_eq!(list.matches("ticket OPS-4711").count(), 1);
    assert_eq!(case.counts(), (2, 0, 0));
}

/// The jobs that the filter leaves out may still fail.
#[test]
fn a_new_list_of_some_of_the_jobs_drops_nothing() {
    let case = Case::known(&[job("A")]);
    let before = case.list();
    let invoices = with(job("B"), "ResourceArn", "arn:aws:rds:eu-west-1:111122223333:db:invoices");
    case.export(&[job("A"), with(invoices, "CreationDate", "2026-11-23T02:07:00Z")]);
    let answer = case.checked(&["--since", "2026-11-23", "--write-baseline", "known.jsonl"]);
    assert!(answer.complaint().ends_with("lists 2 known failures"), "{answer:?}");
    assert!(before.lines().all(|line| case.list().contains(line)), "{}", case.list());
    assert_eq!(case.counts(), (2, 0, 0));
}

#[test]
fn a_list_is_in_order_whatever_made_it() {
    let jobs: Vec<Value> = (0..40)
        .map(|number| {
            with(
                job(&number.to_string()),
                "ResourceArn",
                &format!("arn:aws:rds:eu-west-1:1:db:{}", number * 7 % 20),
            )
        })
        .collect();
    let lists: Vec<String> = [
        vec!["--jobs", "1"],
        vec!["--jobs", "4"],
        vec!["--format", "ndjson"],
        vec!["--format", "csv", "--all"],
    ]
    .into_iter()
    .enumerate()
    .map(|(turn, more)| {
        let case = Case::new(&jobs);
        if turn % 2 == 1 {
            case.export(&jobs.iter().rev().cloned().collect::<Vec<_>>());
        }
        case.batch(&[&["--write-baseline", "known.jsonl"], more.as_slice()].concat());
        case.list()
    })
    .collect();
    assert_eq!(lists[0].lines().count(), 1 + 20);
    assert!(lists[0].starts_with(&format!("{HEAD}\n")) && lists[0].lines().skip(1).is_sorted());
    for list in &lists {
        assert_eq!(list, &lists[0]);
    }
}

#[test]
fn a_list_of_half_of_the_jobs_is_not_written() {
    let case = Case::known(&[job("A")]);
    let before = case.list();
    case.write("jobs.json", "{\"CopyJobId\": \"cut\", \"Sta");
    let answer = case.batch(&["--write-baseline", "known.jsonl"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.stderr.contains("known.jsonl: not written, because"), "{answer:?}");
    assert_eq!(case.list(), before);
}

#[track_caller]
fn is_refused(case: &Case, arguments: &[&str], said: &str) {
    let answer = case.batch(arguments);
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
    assert!(answer.complaint().contains(said), "{answer:?}");
}

#[test]
fn a_list_that_is_none_is_refused() {
    let case = Case::new(&[job("A")]);
    is_refused(&case, &["--baseline", "nowhere.jsonl"], "nowhere.jsonl: cannot be opened");
    case.write("other.json", "{}");
    is_refused(&case, &["--baseline", "other.json"], "other.json:1:1: no list of known failures");
    case.write("known.jsonl", format!("{HEAD}\n{{\"cause\":\"a\",\"acount\":\"1\"}}\n"));
    is_refused(
        &case,
        &["--baseline", "known.jsonl"],
        "known.jsonl:2:21: not a known failure: unknown field `acount`",
    );
    is_refused(&case, &["--baseline", "jobs.json"], "one of the exports that are read");
    is_refused(&case, &["--write-baseline", "jobs.json"], "one of the exports that are read");
    is_refused(&case, &["-o", "same.json", "--write-baseline", "same.json"], "cannot be the same file");
    is_refused(&case, &["--write-baseline", "-"], "cannot be the same file");
    assert!(!Path::new(&case.path("same.json")).exists());
}

/// The other half of what a report says is of no use to a terminal that it steers.
#[test]
fn a_hostile_list_steers_nothing() {
    let case = Case::new(&[with(job("A"), "StatusMessage", "odd \u{1b}[31m \u{202e} \u{9b}message")]);
    case.batch(&["--write-baseline", "known.jsonl"]);
    let list = case.list();
    assert!(!list.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{list}");
    case.export(&[]);
    let unused = case.checked(&[]).stderr;
    assert!(unused.contains("unused") && !unused.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{unused}");
}
