//! What is replaced by what, and what stays.

use std::sync::LazyLock;

use super::*;
use crate::baseline::{Baseline, Failure};
use crate::batch::{Batch, GroupBy, Judge, Keep, Report};
use crate::classify::Classifier;
use crate::read::{Complaint, Item, Severity, Warning};
use crate::record::Position;

fn redactor() -> Redactor {
    Redactor::new(&Catalogue::builtin(), Table::default())
}

/// The text as it is after everything in it was learned.
#[track_caller]
fn becomes(text: &str, expected: &str) {
    let mut redactor = redactor();
    redactor.learn_text(text);
    assert_eq!(redactor.text(text), expected);
}

/// The report on what a reader hands on.
fn report(
    items: impl IntoIterator<Item = Item>,
    with: impl FnOnce(Judge<'static>) -> Judge<'static>,
) -> Report<'static> {
    static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);
    let mut batch = Batch::new(with(Judge::new(&CLASSIFIER, Keep::Problems)));
    items.into_iter().for_each(|item| batch.add(item));
    batch.finish()
}

/// A job that failed for a reason that nobody knows.
fn job(id: &str, account: &str) -> Item {
    let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
    record.state = State::Failed;
    record.copy_job_id = Some(id.to_owned());
    record.account_id = Some(account.to_owned());
    record.status_message = Some("Odd".to_owned());
    Item::Record(Box::new(record))
}

#[test]
fn each_kind_keeps_its_form() {
    for (text, expected) in [
        (
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
            "arn:aws:kms:eu-west-1:000000000001:key/00000000-0000-4000-8000-000000000001.",
        ),
        (
            "arn:aws:sts::111122223333:assumed-role/Payroll/jane@acme.com",
            "arn:aws:sts::000000000001:assumed-role/role-1/user-1@example.com",
        ),
        (
            "arn:aws:rds:eu-west-1:111122223333:snapshot:awsbackup:job-47c8ef56-74d8-059d-1301-c5be1d5c926e",
            "arn:aws:rds:eu-west-1:000000000001:snapshot:awsbackup:job-00000000-0000-4000-8000-000000000001",
        ),
        (
            "arn:aws:organizations::777788889999:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd",
            "arn:aws:organizations::000000000001:policy/o-0000000001/service_control_policy/p-00000001",
        ),
        (
            "arn:aws:sts::111122223333:assumed-role/Copier/AWSBackup-Copier",
            "arn:aws:sts::000000000001:assumed-role/role-1/AWSBackup-role-1",
        ),
        ("https://payroll.s3.eu-west-1.amazonaws.com/x", "https://url-1.example.com/"),
        ("payroll.s3.eu-west-1.amazonaws.com", "host-1.s3.eu-west-1.amazonaws.com"),
        ("db.x1y2.eu-west-1.rds.amazonaws.com", "host-1.host-2.eu-west-1.rds.amazonaws.com"),
        (
            "arn:aws:backup:eu-west-1:111122223333:backup-vault:finance-prod-1",
            "arn:aws:backup:eu-west-1:000000000001:backup-vault:vault-1",
        ),
        (
            "https://eu-west-1.console.aws.amazon.com/backup/home#/backupvaults/details/payroll",
            "https://url-1.example.com/",
        ),
        ("1111-2222-3333 is 111122223333", "0000-0000-0001 is 000000000001"),
        ("ip-10-0-0-1 at 10.0.0.1", "ip-192-0-2-1 at 192.0.2.1"),
        ("/home/jane/111122223333/jobs.json", "/home/user-1/000000000001/jobs.json"),
    ] {
        becomes(text, expected);
    }
}

#[test]
fn what_is_awss_stays() {
    for text in [
        "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        "alias/aws/ebs and backup.amazonaws.com in eu-west-1 need kms:CreateGrant",
        "see https://docs.aws.amazon.com/aws-backup/latest/devguide/x.html",
        "the role AWSBackupDefaultServiceRole and the vault Default",
    ] {
        becomes(text, text);
    }
}

/// A tag may be called `aws:…`, but so may whatever stands behind a half of an ARN.
#[test]
fn a_name_behind_awss_prefix_is_a_name_all_the_same() {
    let mut redactor = redactor();
    redactor.learn_text("Vault 'payroll' of 111122223333");
    for (text, expected) in [
        ("xarn:aws:backup:eu-cent\u{fffd}payroll'", "xarn:aws:backup:eu-cent\u{fffd}vault-1'"),
        ("is not ec2:Payroll, ec2:CopyImage", "is not ec2:vault-1, ec2:CopyImage"),
        ("Identifier: aws:backup:111122223333", "Identifier: aws:backup:000000000001"),
        ("Tag 'aws:backup:source-resource'", "Tag 'aws:backup:source-resource'"),
        ("Vault 'aws/efs/automatic-backup-vault'", "Vault 'aws/efs/automatic-backup-vault'"),
    ] {
        assert_eq!(redactor.text(text), expected);
    }
}

#[test]
fn a_name_that_an_arn_gives_away_is_replaced_as_a_word_too() {
    becomes(
        "payroll: arn:aws:backup:eu-west-1:111122223333:backup-vault:payroll, PAYROLL and payroll-old",
        "vault-1: arn:aws:backup:eu-west-1:000000000001:backup-vault:vault-1, vault-1 and vault-1-old",
    );
}

/// The underscore behind it would leave it to be another host's beginning.
#[test]
fn a_name_that_looks_like_a_host_is_known_by_its_own_name() {
    becomes(
        "arn:aws:iam::111122223333:role/db.acme.com xdb.acme.comx db.acme.com_y db.acme.com-z",
        "arn:aws:iam::000000000001:role/host-1.example.com xdb.acme.comx host-1.example.com_y host-1.example.com-z",
    );
}

#[test]
fn what_was_hidden_from_the_eye_of_the_machine_is_found() {
    becomes("1111\u{200b}22223333", "000000000001");
    becomes("arn:aws:iam::111122223333:role\\/Payroll", "arn:aws:iam::000000000001:role/role-1");
    becomes("&quot;jane&#64;acme.com&quot;", "\"user-1@example.com\"");
}

/// In a message a backslash and an n are a line break that was escaped.
#[test]
fn a_backslash_in_the_name_of_a_file_escapes_nothing() {
    let file = "C:\\Users\\nora\\x.json".into();
    let warning = Warning {
        file,
        position: None,
        complaint: Complaint::Unused { failure: "of nora".to_owned() },
        severity: Severity::Note,
    };
    let warning = redactor().report(report([Item::Warning(warning)], |judge| judge)).warnings.remove(0);
    assert_eq!(
        (warning.file.as_ref(), &warning.complaint),
        ("C:\\Users\\user-1\\x.json", &Complaint::Unused { failure: "of user-1".to_owned() })
    );
}

#[test]
fn every_value_still_fits_its_slot() {
    let mut redactor = redactor();
    let samples = SlotValues::samples();
    redactor.learn_values(&samples);
    let redacted = redactor.values(&samples);
    let slots = |values: &SlotValues| values.iter().map(|(slot, _)| slot).collect::<Vec<_>>();
    assert_eq!(slots(&redacted), slots(&samples));
    assert_eq!(
        redacted.get(Slot::DestinationVaultArn),
        Some("arn:aws:backup:eu-central-1:000000000002:backup-vault:vault-2")
    );
    assert_eq!(redacted.get(Slot::DestinationVault), Some("vault-2"));
    assert_eq!(redacted.get(Slot::RoleName), Some("AWSBackupDefaultServiceRole"));
}

/// A message may have anything where AWS names an action.
#[test]
fn an_account_in_the_place_of_an_actions_service_is_replaced() {
    let mut redactor = redactor();
    let mut values = SlotValues::default();
    values.offer(Slot::DeniedAction, "111122223333:CopyImage");
    assert_eq!(redactor.values(&values).get(Slot::DeniedAction), Some("000000000001:CopyImage"));
}

#[test]
fn an_answer_stands_where_it_stood_and_names_what_it_named() {
    let classifier = Classifier::builtin();
    let message =
        "By payroll: The tag policy does not allow the specified value for the following tag key: 'payroll'";
    let answer = classifier.classify(message);
    let mut redactor = redactor();
    redactor.learn_answer(message, &answer);
    let (text, redacted) = redactor.answer(message, &answer);
    let (before, after) = (answer.diagnosis().expect("known"), redacted.diagnosis().expect("known"));
    assert_eq!(before.root_cause.id, after.root_cause.id);
    assert!(text[after.span.clone()].starts_with("The tag policy"), "{text}");
    assert!(!text.contains("payroll"), "{text}");
    assert_eq!(after.captures.get(Slot::TagKey), Some("tag-key-1"));
}

#[test]
fn the_words_of_an_explanation_are_those_that_are_left() {
    let classifier = Classifier::builtin();
    let message = "Access Denied trying to call AWS Backup service for vault 'payroll'";
    let explanation = classifier.explain(message);
    let mut redactor = redactor();
    redactor.learn_answer(message, &explanation.answer);
    let (_, redacted) = redactor.explanation(message, &explanation);
    let words: Vec<&str> =
        redacted.considered.iter().flat_map(|one| &one.words).map(|score| score.word.as_str()).collect();
    assert!(words.contains(&"denied") && !words.contains(&"payroll"), "{words:?}");
}

#[test]
fn a_table_by_hand_says_what_no_shape_tells() {
    let mut table = Table::default();
    table.insert(table::Pair {
        kind: "name".into(),
        pseudonym: "customer-1".into(),
        original: "Acme Widgets".into(),
    });
    let mut redactor = Redactor::new(&Catalogue::builtin(), table);
    assert_eq!(redactor.text("Copy for Acme Widgets failed"), "Copy for customer-1 failed");
}

#[test]
fn groups_have_pseudonyms_and_are_in_the_order_of_these() {
    let accounts = ["333322221111", "222233331111", "111122223333", "111122223333"];
    let items = accounts.into_iter().enumerate().map(|(index, account)| job(&index.to_string(), account));
    let mut report = report(items, |judge| judge);
    report.group_by(GroupBy::Account);
    let groups = redactor().report(report).groups.expect("they were asked for");
    let groups: Vec<_> = groups.list.iter().map(|group| (group.key.as_deref(), group.count)).collect();
    assert_eq!(groups, [(Some("000000000003"), 2), (Some("000000000001"), 1), (Some("000000000002"), 1)]);
}

/// With pseudonyms in it, a baseline would know no job.
#[test]
fn a_redacted_report_has_no_failures_to_make_a_baseline_of() {
    let report = report([job("1", "111122223333")], Judge::with_failures);
    assert_eq!(report.failures.len(), 1);
    assert_eq!(redactor().report(report).failures, []);
}

#[test]
fn the_names_of_a_known_failure_are_learned() {
    let file = r#"{"schema_version":1,"kind":"copydoctor-baseline"}
        {"message":"Odd vault 'payroll'","account_id":"hr-account","resource_arn":"salaries","destination_vault_arn":"arn:aws:backup:eu-west-1:111122223333:backup-vault:archive"}
        {"state":"peculiar"}"#;
    let baseline = Baseline::read("known.jsonl", file.as_bytes()).expect("a list of known failures");
    let mut redactor = redactor();
    let failures: Vec<&Failure> = baseline.known().map(|known| &known.failure).collect();
    failures.iter().for_each(|failure| redactor.learn_failure(failure));
    assert_eq!(
        redactor.text(&failures[0].to_string()),
        "Odd vault 'vault-1', account-1, resource-1 → arn:aws:backup:eu-west-1:000000000001:backup-vault:vault-2"
    );
    assert_eq!(redactor.text(&failures[1].to_string()), "STATE-1");
}
