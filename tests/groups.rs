//! `batch --group-by` and `--top`: the jobs by what they have in common, and nothing left out without a word.

mod common;

use common::{Run, run_with_input};
use serde_json::{Value, json};

const UNSHARED: &str = "Access Denied trying to call AWS Backup service";
const UNSHARED_ID: &str = "vault-access-policy-denies-copy";
const TAG_POLICY: &str = "The tag policy does not allow the specified value for the following tag key: 'xyz'";
const TAG_POLICY_ID: &str = "tag-policy-violation";
const ODD: &str = "something that nobody has ever seen";

/// Five jobs with a problem and one without.
fn export() -> String {
    let vault = |region: &str, account: &str| format!("arn:aws:backup:{region}:{account}:backup-vault:prod");
    let west = vault("eu-west-1", "111122223333");
    let north = vault("eu-north-1", "777788889999");
    let jobs = json!([
        {"CopyJobId": "1", "State": "FAILED", "StatusMessage": UNSHARED, "SourceBackupVaultArn": west,
         "ResourceType": "EBS", "CreationDate": "2026-11-22T23:59:59Z"},
        {"CopyJobId": "2", "State": "FAILED", "StatusMessage": TAG_POLICY, "SourceBackupVaultArn": west,
         "ResourceType": "EBS", "CreationDate": "2026-11-23T00:00:00Z"},
        {"CopyJobId": "3", "State": "FAILED", "StatusMessage": UNSHARED, "SourceBackupVaultArn": north,
         "ResourceType": "RDS", "CompletionDate": "2026-11-23T01:00:00+02:00"},
        {"CopyJobId": "4", "State": "FAILED", "StatusMessage": ODD, "SourceBackupVaultArn": north,
         "ResourceType": "RDS", "CreationDate": "2026-11-23T02:00:00Z"},
        {"CopyJobId": "5", "State": "FAILED"},
        {"CopyJobId": "6", "State": "COMPLETED", "SourceBackupVaultArn": west, "ResourceType": "EBS"},
    ]);
    json!({ "CopyJobs": jobs }).to_string()
}

fn batch(more: &[&str]) -> Run {
    run_with_input(["batch"].iter().chain(more), export())
}

/// The groups as `key count: cause count, …`.
fn groups(by: &str) -> Vec<String> {
    let report = batch(&["--format", "json", "--group-by", by]).json();
    assert_eq!(report["group_by"], by);
    let name = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |group: &Value| {
        let causes = group["causes"].as_array().expect("causes").iter();
        let causes: Vec<String> =
            causes.map(|cause| format!("{} {}", name(&cause["id"]), cause["count"])).collect();
        format!("{} {}: {}", name(&group["key"]), group["count"], causes.join(", "))
    };
    report["groups"].as_array().expect("groups").iter().map(line).collect()
}

#[track_caller]
fn are_grouped(by: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|line| line.replace("unshared", UNSHARED_ID).replace("tag-policy", TAG_POLICY_ID))
        .collect();
    assert_eq!(groups(by), expected);
}

#[test]
fn jobs_are_grouped_by_what_they_have_in_common() {
    are_grouped("cause", &["unshared 2: unshared 2", "- 2: - 2", "tag-policy 1: tag-policy 1"]);
    are_grouped(
        "account",
        &["111122223333 2: tag-policy 1, unshared 1", "777788889999 2: unshared 1, - 1", "- 1: - 1"],
    );
    are_grouped(
        "region",
        &["eu-north-1 2: unshared 1, - 1", "eu-west-1 2: tag-policy 1, unshared 1", "- 1: - 1"],
    );
    are_grouped("resource-type", &["EBS 2: tag-policy 1, unshared 1", "RDS 2: unshared 1, - 1", "- 1: - 1"]);
    are_grouped("day", &["2026-11-22 2: unshared 2", "2026-11-23 2: tag-policy 1, - 1", "- 1: - 1"]);
}

#[test]
fn every_job_with_a_problem_is_in_one_group() {
    let jobs = batch(&["--format", "ndjson"]).stdout.lines().count() as u64;
    for by in ["cause", "account", "region", "resource-type", "day"] {
        let report = batch(&["--format", "json", "--group-by", by]).json();
        let groups = report["groups"].as_array().expect("groups");
        assert_eq!(groups.iter().filter_map(|group| group["count"].as_u64()).sum::<u64>(), jobs, "{by}");
    }
}

#[test]
fn people_see_the_groups_in_place_of_the_root_causes() {
    let table = batch(&["--group-by", "region"]).stdout;
    assert!(
        table.starts_with(" Jobs  Source Region  Root causes\n    2  eu-north-1     1 × vault"),
        "{table}"
    );
    assert!(table.contains("\n    1  not said       1 × unknown\n"), "{table}");
    assert!(!table.contains("Accounts"), "{table}");
    let german = batch(&["--group-by", "day", "--lang", "de"]).stdout;
    assert!(german.contains("Tag (UTC)") && german.contains("22.11.2026"), "{german}");
    assert!(german.contains("nicht genannt  1 × unbekannt"), "{german}");
    let markdown = batch(&["--group-by", "account", "--format", "markdown"]).stdout;
    assert!(markdown.contains("\n## Jobs by source account\n"), "{markdown}");
    assert!(markdown.contains("| 1 | not said | 1 × unknown |"), "{markdown}");
    assert!(markdown.contains("What to do."), "the steps are still there: {markdown}");
}

/// They are what people see anyway.
#[test]
fn by_root_cause_is_the_report_that_people_know() {
    for format in ["table", "markdown"] {
        let grouped = batch(&["--format", format, "--group-by", "cause"]).stdout;
        assert_eq!(grouped, batch(&["--format", format]).stdout);
    }
}

#[test]
fn without_the_flag_the_report_has_no_groups() {
    let report = batch(&["--format", "json"]).json();
    assert_eq!((report.get("groups"), report.get("group_by")), (None, None));
}

#[test]
fn a_report_without_a_problem_has_empty_groups() {
    let nothing = r#"{"CopyJobs": [{"CopyJobId": "A", "State": "COMPLETED"}]}"#;
    let answer = run_with_input(["batch", "--group-by", "day", "--format", "json"], nothing).json();
    assert_eq!(answer["groups"], json!([]));
    let table = run_with_input(["batch", "--group-by", "day"], nothing).stdout;
    assert!(table.starts_with("No job has a problem.\n"), "{table}");
}

#[track_caller]
fn is_refused(flag: &[&str]) {
    for format in ["text", "ndjson", "csv", "html", "junit", "sarif"] {
        let answer = batch(&[flag, &["--format", format]].concat());
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
        let expected =
            format!("error: {} is for the formats table, json and markdown, and {format} ", flag[0]);
        assert!(answer.complaint().starts_with(&expected), "{answer:?}");
    }
}

#[test]
fn formats_that_list_every_job_have_no_groups() {
    is_refused(&["--group-by", "account"]);
}

#[test]
fn what_is_left_out_is_counted() {
    let report = batch(&["--format", "json", "--top", "1"]).json();
    assert_eq!(report["causes"][0]["id"], UNSHARED_ID);
    assert_eq!(report["causes"].as_array().map(Vec::len), Some(1));
    let none = json!({"count": 0, "jobs": 0});
    let expected = json!({"causes": {"count": 1, "jobs": 1}, "groups": none, "unknown": none});
    assert_eq!(report["left_out"], expected);
    assert_eq!(report["records"], batch(&["--format", "json"]).json()["records"]);
    let report = batch(&["--format", "json", "--group-by", "account", "--top", "1"]).json();
    assert_eq!(report["left_out"]["groups"], json!({"count": 2, "jobs": 3}));
}

#[test]
fn people_are_told_of_what_is_left_out() {
    for format in ["table", "markdown"] {
        for (more, said) in [
            (["--lang", "en"].as_slice(), "and 1 more with 1 job\n"),
            (&["--lang", "de"], "und 1 weitere mit 1 Auftrag\n"),
            (&["--group-by", "region"], "and 2 more with 3 jobs\n"),
            (&["--group-by", "region", "--lang", "de"], "und 2 weitere mit 3 Aufträgen\n"),
        ] {
            let text = batch(&[&["--format", format, "--top", "1"], more].concat()).stdout;
            assert!(text.contains(said), "{said}\n{text}");
        }
    }
}

#[test]
fn unknown_messages_are_cut_too() {
    // Messages that differ in one word would be of one kind.
    let odd = |word: &str| format!("{{\"State\": \"FAILED\", \"StatusMessage\": \"{word} {word} {ODD}\"}}\n");
    let export = odd("red") + &odd("red") + &odd("green") + &odd("blue");
    for format in ["table", "markdown"] {
        let text = run_with_input(["batch", "--top", "1", "--format", format], &export).stdout;
        assert!(text.contains("red") && !text.contains("blue"), "{text}");
        assert!(text.contains("and 2 more with 2 jobs\n"), "{text}");
    }
}

#[test]
fn a_list_that_is_not_longer_is_whole() {
    for format in ["table", "markdown"] {
        assert_eq!(batch(&["--format", format, "--top", "2"]).stdout, batch(&["--format", format]).stdout);
    }
}

#[test]
fn formats_that_list_every_job_have_no_top() {
    is_refused(&["--top", "3"]);
    assert_eq!(batch(&["--top", "0"]).code, Some(2));
}
