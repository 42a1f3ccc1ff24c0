//! The advice: filled with what the job and the message say, and with nothing else.

mod common;

use common::{run, run_with_input};
use serde_json::{Value, json};

const SOURCE_VAULT: &str = "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod";
const DESTINATION_VAULT: &str = "arn:aws:backup:eu-central-1:444455556666:backup-vault:dr";

/// A job from account 111122223333 in eu-west-1 to 444455556666 in eu-central-1.
fn job(message: &str) -> Value {
    json!({
        "AccountId": "111122223333",
        "CopyJobId": "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
        "SourceBackupVaultArn": SOURCE_VAULT,
        "SourceRecoveryPointArn": "arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0",
        "DestinationBackupVaultArn": DESTINATION_VAULT,
        "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0",
        "ResourceType": "EBS",
        "IamRoleArn": "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole",
        "State": "FAILED",
        "StatusMessage": message,
    })
}

/// The steps for a job that is piped in as `describe-copy-job` prints it.
fn steps_for(job: &Value, flags: &[&str]) -> Vec<Value> {
    let arguments = ["diagnose", "--format", "json"].iter().chain(flags);
    let answer = run_with_input(arguments, json!({ "CopyJob": job }).to_string());
    answer.json()["diagnosis"]["remediation"].as_array().expect("a list of steps").clone()
}

/// The first step that puts a policy in place.
#[track_caller]
fn granting(steps: &[Value]) -> &Value {
    steps.iter().find(|step| !step["policy"].is_null()).expect("a step with a policy")
}

const UNSHARED_VAULT: &str = "Access Denied trying to call AWS Backup service";
const UNSHARED_KEY: &str =
    "The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[test]
fn the_vaults_policy_admits_exactly_the_source_account_to_exactly_the_destination_vault() {
    let steps = steps_for(&job(UNSHARED_VAULT), &[]);
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "AllowCopyFromSourceAccount",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": "backup:CopyIntoBackupVault",
            "Resource": DESTINATION_VAULT
        }]
    });
    assert_eq!(
        (&steps[0]["account"], &steps[0]["account_id"]),
        (&json!("destination"), &json!("444455556666"))
    );
    assert_eq!(steps[0]["policy"], policy);
    assert_eq!(
        steps[0]["command"],
        "aws backup put-backup-vault-access-policy --backup-vault-name dr --region eu-central-1 \
         --policy file://vault-access-policy.json"
    );
}

#[test]
fn the_keys_policy_admits_exactly_the_two_accounts() {
    let steps = steps_for(&job(UNSHARED_KEY), &["--source-key-arn", KEY]);
    let step = granting(&steps);
    assert_eq!((&step["account"], &step["account_id"]), (&json!("source"), &json!("111122223333")));
    let both = json!(["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root"]);
    let principals: Vec<&Value> = step["policy"]["Statement"]
        .as_array()
        .expect("a list of statements")
        .iter()
        .map(|statement| &statement["Principal"]["AWS"])
        .collect();
    assert_eq!(principals, [&json!("arn:aws:iam::111122223333:root"), &both, &both]);
    assert!(step["command"].as_str().is_some_and(|command| command.contains(KEY)));
    assert!(steps.iter().all(|step| step["open"] == json!([])), "{steps:?}");
}

/// What a record knows is never asked for again; what else stays open, a person or the message has to say.
#[test]
fn nothing_stays_open_that_the_record_knows() {
    let of_the_record = [
        "source_account",
        "destination_account",
        "source_region",
        "destination_region",
        "source_vault",
        "destination_vault",
        "source_vault_arn",
        "destination_vault_arn",
        "recovery_point_arn",
        "resource_arn",
        "resource_type",
        "role_arn",
        "role_name",
        "copy_job_id",
        "partition",
    ];
    for case in common::labelled("documented-messages.jsonl") {
        for step in steps_for(&job(&case.message), &["--lang", &case.language]) {
            for slot in step["open"].as_array().expect("a list of slots") {
                let slot = slot.as_str().expect("a name");
                assert!(!of_the_record.contains(&slot), "{:?}: {slot} is open in {step}", case.cause);
            }
        }
    }
}

/// Whatever the message, a policy of a filled step names only the accounts of the job.
#[test]
fn no_policy_names_another_account_than_those_of_the_job() {
    for case in common::labelled("documented-messages.jsonl") {
        for step in steps_for(&job(&case.message), &[]) {
            let policy = step["policy"].to_string();
            let accounts = policy.split("arn:aws:iam::").skip(1).filter_map(|rest| rest.get(..12));
            for account in accounts {
                assert!(["111122223333", "444455556666"].contains(&account), "{:?}: {policy}", case.cause);
            }
        }
    }
}

#[test]
fn an_event_fills_the_steps_as_a_job_does() {
    let event = json!({
        "detail-type": "Copy Job State Change", "source": "aws.backup",
        "account": "111122223333", "region": "eu-west-1",
        "detail": {
            "copyJobId": "A", "state": "FAILED", "statusMessage": UNSHARED_VAULT,
            "sourceBackupVaultArn": SOURCE_VAULT, "destinationBackupVaultArn": DESTINATION_VAULT,
            "destinationRecoveryPointArn": {}
        }
    });
    let answer = run_with_input(["--format", "json"], event.to_string()).json();
    let from_job = steps_for(&job(UNSHARED_VAULT), &[]);
    assert_eq!(answer["diagnosis"]["remediation"][0], from_job[0]);
}

#[test]
fn arns_follow_the_partition_of_the_job() {
    for (region, partition) in
        [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")]
    {
        let answer = run([
            "--format",
            "json",
            "--source-account",
            "111122223333",
            "--source-region",
            region,
            UNSHARED_VAULT,
        ]);
        let principal =
            &answer.json()["diagnosis"]["remediation"][0]["policy"]["Statement"][0]["Principal"]["AWS"];
        assert_eq!(principal, &json!(format!("arn:{partition}:iam::111122223333:root")));
    }
}

#[test]
fn what_nobody_knows_is_visibly_open_and_listed() {
    let step = &run(["--format", "json", UNSHARED_VAULT]).json()["diagnosis"]["remediation"][0];
    assert_eq!(
        step["open"],
        json!(["source_account", "destination_region", "destination_vault", "destination_vault_arn"])
    );
    assert_eq!(step["policy"]["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::<source_account>:root");
}

#[test]
fn a_flag_wins_over_the_record_and_the_record_over_the_message() {
    let message = "Copy job from us-west-2 to us-east-1 cannot be initiated for RDS resources. \
                   Feature is not supported for provided resource type.";
    let all = |steps: Vec<Value>| json!(steps).to_string();
    assert!(all(steps_for(&job(message), &[])).contains("eu-west-1"));
    assert!(!all(steps_for(&job(message), &[])).contains("us-west-2"));
    assert!(all(steps_for(&job(message), &["--source-region", "ap-south-1"])).contains("ap-south-1"));
}

/// A message must never widen what a policy grants or slip a command in.
#[test]
fn a_hostile_key_arn_in_a_message_stays_out_of_policies_and_commands() {
    for arn in [
        "arn:aws:kms:eu-west-1:111122223333:key/*",
        "arn:aws:kms:eu-west-1:111122223333:key/a;reboot",
        "arn:aws:kms:eu-west-1:111122223333:key/$(reboot)",
        "arn:aws:s3:::bucket",
    ] {
        let message = format!(
            "The source snapshot KMS key [{arn}] does not exist, is not enabled or you do not have permissions to access it"
        );
        let answer = run(["--format", "json", &message]).json();
        let steps = answer["diagnosis"]["remediation"].as_array().expect("a list of steps");
        assert_eq!(answer["diagnosis"]["id"], "source-key-not-accessible");
        assert!(!json!(steps).to_string().contains(arn), "{arn}");
        assert!(
            granting(steps)["command"].as_str().is_some_and(|command| command.contains("<source_key_arn>")),
            "{arn}"
        );
    }
}

/// A made-up message must not put its author's account into a policy.
#[test]
fn an_account_in_a_message_never_gets_into_a_policy() {
    let message =
        UNSHARED_KEY.replace("KMS key", "KMS key [arn:aws:kms:eu-west-1:666666666666:key/1234abcd]");
    let answer = run(["--format", "json", &message]).json();
    let step = granting(answer["diagnosis"]["remediation"].as_array().expect("a list of steps"));
    assert_eq!(step["policy"]["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::<source_account>:root");
    assert!(step["open"].as_array().is_some_and(|open| open.contains(&json!("source_account"))));
}

#[test]
fn a_value_that_is_not_of_its_slots_type_is_refused() {
    for (flag, value, expected) in [
        ("--source-account", "1234", "expected an account id of 12 digits"),
        ("--source-region", "Frankfurt", "expected a Region such as eu-central-1"),
        ("--destination-vault", "a;b", "expected a vault's name"),
        ("--source-key-arn", "arn:aws:kms:eu-west-1:111122223333:key/*", "expected the ARN of a KMS key"),
        ("--role-arn", "arn:aws:s3:::bucket", "expected the ARN of an IAM role"),
    ] {
        let answer = run([flag, value, UNSHARED_VAULT]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{flag}");
        assert!(answer.stderr.contains(expected), "{flag}: {}", answer.stderr);
    }
}
