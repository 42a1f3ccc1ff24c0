//! `batch --fail-on`: the exit code tells whether a condition holds, in every format, after the report.

mod common;

use common::{Run, run_with_input};

const UNSHARED: &str = "Access Denied trying to call AWS Backup service";
const UNSHARED_ID: &str = "vault-access-policy-denies-copy";
const FORMATS: [&str; 9] = ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"];

fn job(id: &str, state: &str, message: &str) -> String {
    serde_json::json!({"CopyJobId": id, "State": state, "StatusMessage": message}).to_string() + "\n"
}

fn denied(id: &str) -> String {
    job(id, "FAILED", UNSHARED)
}

/// A job that failed and does not say why.
fn silent() -> String {
    "{\"CopyJobId\": \"silent\", \"State\": \"FAILED\"}\n".to_owned()
}

fn completed() -> String {
    "{\"CopyJobId\": \"done\", \"State\": \"COMPLETED\"}\n".to_owned()
}

fn odd() -> String {
    job("odd", "FAILED", "something that nobody has ever seen")
}

/// A record that can be told to be one, and not be read.
const BROKEN: &[u8] = b"{\"CopyJobId\": \"bad\", \"State\": \"\xff\"}\n";

fn batch(fail_on: &str, format: &str, input: impl AsRef<[u8]>) -> Run {
    run_with_input(["batch", "--format", format, "--fail-on", fail_on], input)
}

#[track_caller]
fn holds(fail_on: &str, input: &str, said: &str) {
    for format in FORMATS {
        let answer = batch(fail_on, format, input);
        assert_eq!(answer.code, Some(1), "{format}: {answer:?}");
        assert_eq!(answer.complaint(), format!("note: --fail-on {said}"), "{format}");
        assert!(!answer.stdout.is_empty(), "{format}: the report is written all the same");
    }
}

#[track_caller]
fn does_not_hold(fail_on: &str, input: &str) {
    for format in FORMATS {
        let answer = batch(fail_on, format, input);
        assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""), "{format}: {answer:?}");
    }
}

#[test]
fn failed_is_a_state_with_or_without_a_message() {
    holds("failed", &(silent() + &denied("a") + &completed()), "failed holds for 2 jobs");
    does_not_hold("failed", &completed());
    // It completed, with an issue.
    does_not_hold("failed", &job("a", "COMPLETED", UNSHARED));
}

#[test]
fn unknown_is_a_message_that_nothing_fits() {
    holds("unknown", &(odd() + &denied("a")), "unknown holds for 1 job");
    does_not_hold("unknown", &(silent() + &denied("a")));
}

#[test]
fn a_root_cause_is_one_of_the_catalogue() {
    let said = format!("{UNSHARED_ID} holds for 2 jobs");
    holds(UNSHARED_ID, &(denied("a") + &odd() + &denied("b")), &said);
    does_not_hold("tag-policy-violation", &denied("a"));
}

#[test]
fn a_job_counts_once_and_as_it_ended() {
    let ended = r#"{"CopyJobId": "A", "State": "COMPLETED", "CompletionDate": "2026-11-22T02:10:00Z"}"#;
    let failed = denied("a") + &denied("A");
    holds("failed", &failed, "failed holds for 1 job");
    does_not_hold(&format!("failed,{UNSHARED_ID}"), &(failed + ended));
}

#[test]
fn all_that_hold_are_said_in_their_order_and_once() {
    let fail_on = format!("unknown,{UNSHARED_ID},failed,unknown,tag-policy-violation");
    let answer = batch(&fail_on, "table", odd() + &denied("a"));
    assert_eq!(answer.code, Some(1));
    let expected = format!(
        "note: --fail-on unknown holds for 1 job\nnote: --fail-on {UNSHARED_ID} holds for 1 job\n\
         note: --fail-on failed holds for 2 jobs\n"
    );
    assert_eq!(answer.stderr, expected);
}

#[test]
fn it_may_be_repeated() {
    let answer = run_with_input(["batch", "--fail-on", "unknown", "--fail-on", "failed"], denied("a"));
    assert_eq!(answer.code, Some(1));
}

#[test]
fn a_filter_leaves_nothing_to_fail_on() {
    let job = r#"{"CopyJobId": "a", "State": "FAILED", "ResourceType": "RDS"}"#;
    let answer = run_with_input(["batch", "--fail-on", "failed", "--resource-type", "EBS"], job);
    assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""), "{answer:?}");
}

#[test]
fn what_could_not_be_read_goes_before_what_holds() {
    let broken = [denied("a").as_bytes(), BROKEN].concat();
    assert_eq!(batch("failed", "json", &broken).code, Some(2));
    assert_eq!(batch("failed", "json", denied("a") + "{\"CopyJobId\": \"cut\", \"Sta").code, Some(2));
}

/// Who asks about them takes them for a finding. What else could not be read stays a fault.
#[test]
fn rejected_records_are_a_finding_where_they_are_asked_for() {
    let broken = [denied("a").as_bytes(), BROKEN].concat();
    let answer = batch("rejected", "json", &broken);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.stderr.ends_with("note: --fail-on rejected holds for 1 record\n"), "{answer:?}");
    let cut = [&broken, b"{\"CopyJobId\": \"cut\", \"Sta".as_slice()].concat();
    assert_eq!(batch("rejected", "json", cut).code, Some(2));
    does_not_hold("rejected", &denied("a"));
}

#[test]
fn a_name_that_nobody_knows_is_an_error_that_suggests_one() {
    for (name, said) in [
        ("tag-policy-violaton", "'tag-policy-violaton'. Did you mean tag-policy-violation?"),
        ("faild", "Did you mean failed?"),
        ("weather", "'weather'. Beside failed, unknown and rejected it takes the ids"),
        ("", "there is no root cause ''."),
    ] {
        let answer = batch(name, "table", denied("a"));
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
        assert!(answer.complaint().contains(said), "{answer:?}");
    }
}

#[test]
fn a_root_cause_of_ones_own_is_a_condition() {
    let own = common::fixture("catalogues/own");
    let own = own.to_string_lossy();
    let arguments = ["batch", "--catalogue", &own, "--fail-on", "guard-refuses-copy"];
    let job = job("a", "FAILED", "Backup guard refused a copy into eu-south-1 for ticket OPS-4711");
    let answer = run_with_input(arguments, job);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert_eq!(answer.complaint(), "note: --fail-on guard-refuses-copy holds for 1 job");
}
