//! Tests of reading as a whole: what is said of files without jobs, and what a fault costs.

use super::*;

/// The records' ids and, for everything else, what is said.
fn read_text(text: &[u8]) -> Vec<String> {
    let mut seen = Vec::new();
    read_from("jobs.json", text, &Options::default(), &mut |item| {
        seen.push(match item {
            Item::Record(record) => record.copy_job_id.unwrap_or_default(),
            Item::Uneventful(job) => format!("{job:?}"),
            Item::Rejected(rejected) => rejected.to_string(),
            Item::Warning(warning) => warning.to_string(),
        });
    });
    seen
}

#[test]
fn a_bad_byte_costs_one_record() {
    let text = b"{\"CopyJobId\":\"A\",\"State\":\"FAILED\"}\n\
                 {\"CopyJobId\":\"B\",\"State\":\"FA\xffLED\"}\n\
                 {\"CopyJobId\":\"C\",\"State\":\"FAILED\"}\n";
    let seen = read_text(text);
    assert_eq!((seen[0].as_str(), seen[2].as_str()), ("A", "C"));
    assert!(seen[1].starts_with("jobs.json:2:1: not UTF-8 (2:"), "{}", seen[1]);
}

/// The fields of `CopyJob` in the AWS Backup API reference that a record has, each with a value of its own.
#[test]
fn every_field_of_a_job_is_kept() {
    let job = r#"{
        "AccountId": "111122223333", "CopyJobId": "A", "State": "FAILED", "StatusMessage": "No",
        "MessageCategory": "KMS_KEY_ERROR", "ResourceType": "EBS", "ResourceArn": "arn:r", "ResourceName": "N",
        "SourceBackupVaultArn": "arn:s", "DestinationBackupVaultArn": "arn:d", "SourceRecoveryPointArn": "arn:p",
        "DestinationRecoveryPointArn": "arn:q", "DestinationEncryptionKeyArn": "arn:k", "IamRoleArn": "arn:i",
        "CreatedBy": {"BackupPlanId": "P", "BackupPlanName": "Q", "BackupRuleId": "R", "BackupRuleName": "S"},
        "CreatedByBackupJobId": "J", "ParentJobId": "O", "IsParent": true, "CreationDate": 1, "CompletionDate": 2
    }"#;
    let mut records = Vec::new();
    read_from("", job.as_bytes(), &Options::default(), &mut |item| match item {
        Item::Record(record) => records.push(record),
        other => panic!("{other:?}"),
    });
    let record = &records[0];
    let texts = [
        (&record.copy_job_id, "A"),
        (&record.status_message, "No"),
        (&record.message_category, "KMS_KEY_ERROR"),
        (&record.account_id, "111122223333"),
        (&record.source_vault_arn, "arn:s"),
        (&record.destination_vault_arn, "arn:d"),
        (&record.recovery_point_arn, "arn:p"),
        (&record.destination_recovery_point_arn, "arn:q"),
        (&record.destination_key_arn, "arn:k"),
        (&record.resource_type, "EBS"),
        (&record.resource_arn, "arn:r"),
        (&record.resource_name, "N"),
        (&record.role_arn, "arn:i"),
        (&record.backup_plan_id, "P"),
        (&record.backup_plan_name, "Q"),
        (&record.backup_rule_id, "R"),
        (&record.backup_rule_name, "S"),
        (&record.backup_job_id, "J"),
        (&record.parent_job_id, "O"),
    ];
    for (text, expected) in texts {
        assert_eq!(text.as_deref(), Some(expected));
    }
    let seconds = [record.created_at, record.completed_at].map(|time| time.map(jiff::Timestamp::as_second));
    assert_eq!((&record.state, record.is_parent, seconds), (&crate::State::Failed, true, [Some(1), Some(2)]));
}

#[test]
fn a_plan_that_is_no_object_says_nothing() {
    for plan in ["\"nightly\"", "[1, {\"a\": 2}]", "true", "-1", "1", "1.5", "null"] {
        for job in [
            "{\"CopyJobId\":\"A\",\"CreatedBy\":{},\"State\":\"FAILED\"}",
            "{\n \"State\": \"\\u0046AILED\",\n \"CreatedBy\": {},\n \"CopyJobId\": \"A\"\n}",
        ] {
            assert_eq!(read_text(job.replace("{}", plan).as_bytes()), ["A"], "{plan}");
        }
    }
}

/// A job of Microsoft Fabric has both.
#[test]
fn a_job_with_one_field_of_another_service_is_a_job() {
    for field in ["itemId", "jobType"] {
        let job = format!("{{\"{field}\": \"x\", \"CopyJobId\": \"A\", \"State\": \"FAILED\"}}");
        assert_eq!(read_text(job.as_bytes()), ["A"], "{field}");
    }
}

#[test]
fn files_without_jobs_say_what_they_are() {
    for (text, said) in [
        (b"".as_slice(), "jobs.json: the file is empty"),
        (b" \n\n", "jobs.json: the file is blank"),
        (b"{\"a\": 1", "jobs.json:1:8: the file ends in the middle"),
        (b"{\"a\": 1}", "jobs.json: JSON without a copy job"),
        (b"{\"BackupJobs\": [{\"BackupJobId\": \"A\"}]}", "jobs.json: holds 1 backup job,"),
        (b"{\"CopyJobId\": \"A\", \"CreationDate\": 1}", "jobs.json: JSON without a copy job"),
        (
            b"{\"CopyJobId\": \"47C8EF56-74D8-059D-1301-C5BE1D5C926E\", \"CreationDate\": 1}",
            "jobs.json: names 1 started copy job",
        ),
        (
            b"{\"CopyJobSummaries\": [{\"State\": \"FAILED\", \"Count\": 3}]}",
            "jobs.json: counts of copy jobs",
        ),
        (b"BACKUPJOBS\t111122223333\tA\tFAILED\n", "jobs.json: holds 1 backup job,"),
        (b"RESTOREJOBS\t111122223333\tA\tFAILED\n", "jobs.json: holds 1 restore job,"),
        (b"COPYJOBSUMMARIES\t111122223333\t3\tFAILED\n", "jobs.json: counts of copy jobs"),
    ] {
        let seen = read_text(text);
        assert!(seen.last().is_some_and(|last| last.starts_with(said)), "{seen:?} should say {said}");
    }
}

#[test]
fn a_token_in_text_output_says_that_jobs_are_missing() {
    let job = "COPYJOBS\t111122223333\t47C8EF56-74D8-059D-1301-C5BE1D5C926E\tFAILED\tNo";
    let seen = read_text(format!("{job}\nNEXTTOKEN\tNone\teyJ\n").as_bytes());
    assert!(seen[1].starts_with("jobs.json:2:1: the export is not complete: NEXTTOKEN"), "{seen:?}");
}

#[test]
fn an_empty_list_of_jobs_is_an_export() {
    assert_eq!(read_text(b"{\"CopyJobs\": []}"), [""; 0]);
    assert_eq!(read_text(b"CopyJobs: []\n"), [""; 0]);
}

/// How many bytes there are to read, and how many have been read when all is.
fn progress_of(path: &Path) -> (Option<u64>, u64) {
    let (input, options) = (Input::Path(path.to_owned()), Options::default());
    read(&input, &options, &mut |_| {});
    (input.size(), options.bytes_read.get())
}

#[test]
fn progress_is_of_the_bytes_as_they_are_packed() {
    let folder = tempfile::TempDir::new().expect("a directory for the test");
    let (plain, packed) = (folder.path().join("a.json"), folder.path().join("b.json.gz"));
    let text = [b"{\"CopyJobs\": []}".as_slice(), &[b' '; 300_000]].concat();
    std::fs::write(&plain, &text).expect("the file can be written");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    io::Write::write_all(&mut encoder, &text).expect("memory is written");
    let gzip = encoder.finish().expect("memory is written");
    std::fs::write(&packed, &gzip).expect("the file can be written");
    std::fs::write(folder.path().join(".hidden"), "left out").expect("the file can be written");

    let (long, short) = (text.len() as u64, gzip.len() as u64);
    assert_eq!(progress_of(&plain), (Some(long), long));
    assert_eq!(progress_of(&packed), (Some(short), short));
    assert_eq!(progress_of(folder.path()), (Some(long + short), long + short));
    assert_eq!(Input::Stdin.size(), None);
    assert_eq!(Input::Path(folder.path().join("missing")).size(), None);
}

/// The page for users names the bounds as they are.
#[test]
fn bounds_are_those_that_are_documented() {
    let page = include_str!("../../docs/exports.md").split("## Bounds").nth(1).expect("a section");
    let mib = |bytes: u64| format!("{} MiB", bytes / MIB);
    let usize_mib = |bytes: usize| mib(bytes as u64);
    assert_eq!(lines::LONGEST_LINE, json::scanner::LARGEST_RECORD as u64);
    assert_eq!(yaml::LARGEST_ITEM, delimited::LONGEST_ROW);
    for row in [
        format!("| an object of JSON, a line | {} |", mib(lines::LONGEST_LINE)),
        format!(
            "| an item of YAML, a row of CSV with line breaks in its quotes | {} |",
            usize_mib(yaml::LARGEST_ITEM)
        ),
        format!("| a value of several lines in a list of fields | {} KiB |", blocks::LONGEST_VALUE / 1024),
        format!("| nesting of JSON | {} |", json::scanner::DEEPEST_NESTING),
        format!("| nesting of YAML | {} |", yaml::DEEPEST_NESTING),
        format!("| strings in strings | {} |", json::DEEPEST_ENVELOPE),
        format!("| packings in one another | {} |", unpack::DEEPEST),
        format!("| {}, or {} times the size of the file", mib(unpack::HARMLESS), unpack::LARGEST_RATIO),
        format!("inside of another packing | {} |", mib(unpack::LARGEST_PIPED_ARCHIVE)),
        format!("| Zstandard's window | {} |", mib(unpack::zstd::LARGEST_WINDOW)),
    ] {
        assert!(page.contains(&row), "{row}");
    }
}
