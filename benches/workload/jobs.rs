//! Made-up copy jobs, and the exports that people have of them.

use std::fmt::Write;

use super::messages::Messages;
use super::random::Random;

/// Of a hundred jobs, so many have failed, and so many are still running.
const FAILED: usize = 30;
const RUNNING: usize = 5;

const REGIONS: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "eu-central-1",
    "eu-central-2",
    "eu-west-1",
    "eu-north-1",
    "eu-south-1",
    "ap-southeast-1",
    "ap-northeast-1",
    "sa-east-1",
    "ca-central-1",
];
const TYPES: [&str; 10] = [
    "EC2",
    "EBS",
    "RDS",
    "Aurora",
    "DynamoDB",
    "EFS",
    "S3",
    "FSx",
    "Storage Gateway",
    "SAP HANA on Amazon EC2",
];
const VAULTS: [&str; 6] = ["prod", "dev", "Default", "dr", "finance", "team-a"];

pub struct Job {
    id: String,
    event_id: String,
    account: String,
    source_region: &'static str,
    source_vault: String,
    source_recovery_point: String,
    destination_vault: String,
    destination_recovery_point: Option<String>,
    resource: String,
    resource_type: &'static str,
    role: String,
    plan: String,
    plan_version: String,
    rule: String,
    created: String,
    completed: String,
    size: u64,
    state: &'static str,
    pub message: Option<String>,
}

/// The first so many jobs of an organization of sixty accounts.
pub fn jobs(count: usize) -> Vec<Job> {
    let mut random = Random::new(1);
    let accounts: Vec<String> = (0..60).map(|_| random.account()).collect();
    let messages = Messages::new();
    (0..count).map(|_| job(&mut random, &accounts, &messages)).collect()
}

fn job(random: &mut Random, accounts: &[String], messages: &Messages) -> Job {
    let (account, other) = (random.pick(accounts).clone(), random.pick(accounts));
    let (from, to) = (*random.pick(&REGIONS), *random.pick(&REGIONS));
    let resource_type = *random.pick(&TYPES);
    let vault = |random: &mut Random| format!("{}-vault-{}", random.pick(&VAULTS), random.below(999));
    let state = match random.below(100) {
        share if share < FAILED => "FAILED",
        share if share < FAILED + RUNNING => "RUNNING",
        _ => "COMPLETED",
    };
    let is_snapshot = random.percent(50);
    let snapshot = format!("arn:aws:ec2:{from}::snapshot/snap-0{}", random.hex(16));
    let recovery_point = format!("arn:aws:backup:{from}:{account}:recovery-point:{}", random.uuid());
    let copy = format!("arn:aws:backup:{to}:{other}:recovery-point:{}", random.uuid());
    Job {
        id: random.uuid().to_uppercase(),
        event_id: random.uuid(),
        source_region: from,
        source_vault: format!("arn:aws:backup:{from}:{account}:backup-vault:{}", vault(random)),
        source_recovery_point: if is_snapshot { snapshot } else { recovery_point },
        destination_vault: format!("arn:aws:backup:{to}:{other}:backup-vault:{}", vault(random)),
        destination_recovery_point: (state == "COMPLETED").then_some(copy),
        resource: format!("arn:aws:ec2:{from}:{account}:volume/vol-0{}", random.hex(16)),
        resource_type,
        role: format!("arn:aws:iam::{account}:role/service-role/AWSBackupDefaultServiceRole"),
        plan: random.uuid(),
        plan_version: random.hex(16),
        rule: random.uuid(),
        created: random.time(),
        completed: random.time(),
        size: random.next() % 1_000_000_000_000,
        state,
        message: (state == "FAILED").then(|| messages.any(random)),
        account,
    }
}

impl Job {
    fn plan_arn(&self) -> String {
        format!("arn:aws:backup:{}:{}:backup-plan:{}", self.source_region, self.account, self.plan)
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// EventBridge's events, one on each line.
pub fn events(jobs: &[Job]) -> Vec<u8> {
    let mut out = String::new();
    for job in jobs {
        let message = job.message.as_ref().map(|text| format!(r#""statusMessage":{},"#, json(text)));
        let copy = job.destination_recovery_point.as_ref();
        let copy = copy.map(|arn| format!(r#""destinationRecoveryPointArn":"{arn}","#));
        writeln!(
            out,
            concat!(
                r#"{{"version":"0","id":"{}","detail-type":"Copy Job State Change","source":"aws.backup","#,
                r#""account":"{}","time":"{}","region":"{}","resources":["{}"],"detail":{{"copyJobId":"{}","#,
                r#""backupSizeInBytes":{},"creationDate":"{}","completionDate":"{}","iamRoleArn":"{}","#,
                r#""resourceArn":"{}","resourceType":"{}","sourceBackupVaultArn":"{}","#,
                r#""sourceRecoveryPointArn":"{}","state":"{}",{}"destinationBackupVaultArn":"{}",{}"#,
                r#""createdBy":{{"backupPlanId":"{}","backupPlanArn":"{}","backupPlanVersion":"{}","#,
                r#""backupPlanRuleId":"{}"}}}}}}"#
            ),
            job.event_id,
            job.account,
            job.completed,
            job.source_region,
            job.source_recovery_point,
            job.id,
            job.size,
            job.created,
            job.completed,
            job.role,
            job.resource,
            job.resource_type,
            job.source_vault,
            job.source_recovery_point,
            job.state,
            message.unwrap_or_default(),
            job.destination_vault,
            copy.unwrap_or_default(),
            job.plan,
            job.plan_arn(),
            job.plan_version,
            job.rule,
        )
        .expect("a string takes everything");
    }
    out.into_bytes()
}

/// What `aws backup list-copy-jobs` prints.
pub fn list(jobs: &[Job]) -> Vec<u8> {
    let mut out = String::from("{\n    \"CopyJobs\": [");
    for (index, job) in jobs.iter().enumerate() {
        out += if index > 0 { ",\n        {\n" } else { "\n        {\n" };
        let mut field = |name: &str, value: &str| {
            writeln!(out, "            \"{name}\": {value},").expect("a string takes everything");
        };
        field("AccountId", &json(&job.account));
        field("CopyJobId", &json(&job.id));
        field("SourceBackupVaultArn", &json(&job.source_vault));
        field("SourceRecoveryPointArn", &json(&job.source_recovery_point));
        field("DestinationBackupVaultArn", &json(&job.destination_vault));
        if let Some(copy) = &job.destination_recovery_point {
            field("DestinationRecoveryPointArn", &json(copy));
        }
        field("ResourceArn", &json(&job.resource));
        field("CreationDate", &json(&job.created));
        field("CompletionDate", &json(&job.completed));
        field("State", &json(job.state));
        if let Some(message) = &job.message {
            field("StatusMessage", &json(message));
        }
        field("BackupSizeInBytes", &job.size.to_string());
        field("IamRoleArn", &json(&job.role));
        field(
            "CreatedBy",
            &format!(
                "{{\n{indent}\"BackupPlanArn\": \"{}\",\n{indent}\"BackupPlanId\": \"{}\",\n{indent}\"BackupPlanVersion\": \
                 \"{}\",\n{indent}\"BackupRuleId\": \"{}\"\n            }}",
                job.plan_arn(),
                job.plan,
                job.plan_version,
                job.rule,
                indent = " ".repeat(16),
            ),
        );
        field("ResourceType", &json(job.resource_type));
        field("IsParent", "false");
        let category = if job.message.is_some() { "AccessDenied" } else { "SUCCESS" };
        write!(out, "            \"MessageCategory\": \"{category}\"\n        }}")
            .expect("a string takes everything");
    }
    out += "\n    ]\n}\n";
    out.into_bytes()
}

/// A report of Backup Audit Manager.
pub fn report(jobs: &[Job]) -> Vec<u8> {
    let mut out = String::from(concat!(
        "Report Time Period Start,Report Time Period End,Account ID,Region,Copy Job ID,Job Status,Status Message,",
        "Resource Type,Resource ARN,Backup Plan ARN,Backup Rule ID,Creation Date,Completion Date,",
        "Backup Size in Bytes,IAM Role ARN,Source Backup Vault ARN,Source Recovery Point ARN,",
        "Destination Backup Vault ARN,Destination Recovery Point ARN\n"
    ));
    for job in jobs {
        let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
        let cells = [
            "2026-11-22T00:00:00Z",
            "2026-11-23T00:00:00Z",
            &job.account,
            job.source_region,
            &job.id,
            job.state,
            &job.message.as_ref().map(quoted).unwrap_or_default(),
            job.resource_type,
            &job.resource,
            &job.plan_arn(),
            &job.rule,
            &job.created,
            &job.completed,
            &job.size.to_string(),
            &job.role,
            &job.source_vault,
            &job.source_recovery_point,
            &job.destination_vault,
            job.destination_recovery_point.as_deref().unwrap_or_default(),
        ];
        writeln!(out, "{}", cells.join(",")).expect("a string takes everything");
    }
    out.into_bytes()
}
