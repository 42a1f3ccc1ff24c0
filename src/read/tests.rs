//! Tests of reading as a whole: what is said of files without jobs, and what a fault costs. With the words in which the
//! tests of the readers speak of what was read.

use super::*;

const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

/// A record's id and, for everything else, what is said.
fn said(item: Item) -> String {
    match item {
        Item::Record(record) => record.copy_job_id.unwrap_or_default(),
        Item::Uneventful(job) => format!("{job:?}"),
        Item::Rejected(rejected) => rejected.to_string(),
        Item::Warning(warning) => warning.to_string(),
    }
}

/// All that a text is read as, in its order.
pub(super) fn items_of(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    read_from("jobs.txt", text.as_bytes(), &Options::default(), &mut |item| items.push(item));
    items
}

/// The messages of the jobs.
pub(super) fn messages_of(items: &[Item]) -> Vec<String> {
    let message = |item: &Item| match item {
        Item::Record(record) => Some(record.status_message.clone().unwrap_or_default()),
        _ => None,
    };
    items.iter().filter_map(message).collect()
}

fn read_text(text: &[u8]) -> Vec<String> {
    read_by(text, &Options::default())
}

fn read_by(text: impl Read, options: &Options) -> Vec<String> {
    let mut seen = Vec::new();
    read_from("jobs.json", text, options, &mut |item| seen.push(said(item)));
    seen
}

/// The same of a file in a folder.
fn read_beside(text: &[u8]) -> Vec<String> {
    let mut seen = Vec::new();
    read_from_folder("jobs.json", text, &Options::default(), &mut |item| seen.push(said(item)));
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

/// Terraform writes the types of an output beside its value, and AWS's documentation has jobs with values of this name.
#[test]
fn a_job_of_names_of_types_is_none() {
    let types = "{\"copy_job_id\": \"string\", \"state\": \"string\", \"status_message\": \"string\"}";
    let job = types.replacen("\"string\"", &format!("\"{ID}\""), 1).replace("string", "FAILED");
    let output = format!("{{\"type\": [\"list\", [\"object\", {types}]], \"value\": [{job}]}}");
    assert_eq!(read_text(output.as_bytes()), [ID]);
    let lines = [&job, types, &job].map(|line| format!("{line}\n")).concat();
    assert_eq!(read_text(lines.as_bytes()), [ID, ID]);
    let csv = format!("CopyJobId,State,StatusMessage\nstring,string,string\n{ID},FAILED,\n");
    assert_eq!(read_text(csv.as_bytes()), [ID]);
}

/// A column in which a state stands beside a gap was a job as well, as a row of these would be.
#[test]
fn a_column_of_a_table_on_its_side_is_no_row() {
    let other = ID.replace('4', "5");
    let json = format!("{{\"CopyJobId\": [\"{ID}\", \"{other}\"], \"State\": [\"FAILED\", null]}}");
    assert_eq!(read_text(json.as_bytes()), [ID, &other]);
}

/// One of a job that is no object with a job's keys was lost without a word.
#[test]
fn a_bad_byte_is_told_of_whatever_a_job_looks_like() {
    for text in [
        "{\"CopyJobId\": [\"@\", \"B\"], \"State\": [\"FA~LED\", \"COMPLETED\"]}",
        "[[\"@\", \"FA~LED\", \"It was not allowed\"]]",
        "[[{\"field\": \"copyJobId\", \"value\": \"@\"}, {\"field\": \"state\", \"value\": \"FA~LED\"}]]",
        "{\"id\": \"@\", \"status\": \"FAILED\", \"took\": \"1~2\"}",
        "{\"text\": \"An AWS Copy job failed. Copy Job Id : @\", \"took\": \"1~2\"}",
        "[\"It was not allowed in 1~2\", \"It was not found there\"]",
        "{\"Message\": \"{\\\"copyJobId\\\": \\\"@\\\", \\\"state\\\": \\\"FA~LED\\\"}\"}",
    ] {
        let seen = read_text(&damaged(text));
        assert!(matches!(seen.as_slice(), [only] if only.contains("not UTF-8")), "{text}: {seen:?}");
    }
    // These say of no copy job how it went, whatever the byte was.
    for (text, said) in [
        ("{\"BackupJobId\": \"1~2\", \"State\": \"FAILED\"}", "holds 1 backup job"),
        ("{\"CopyJobId\": \"@\", \"CreationDate\": \"1~2\"}", "JSON without a copy job"),
        ("[[{\"field\": \"user\", \"value\": \"1~2\"}]]", "JSON without a copy job"),
        ("{\"log\": \"{\\\"user\\\": \\\"1~2\\\", \\\"agent\\\": \\\"x\\\"}\"}", "JSON without a copy job"),
    ] {
        let seen = read_text(&damaged(text));
        assert!(matches!(seen.as_slice(), [only] if only.contains(said)), "{text}: {seen:?}");
    }
}

/// A text in which `~` is a byte that nothing makes sense of, and `@` an id.
fn damaged(text: &str) -> Vec<u8> {
    text.replace('@', ID).bytes().map(|byte| if byte == b'~' { 0xff } else { byte }).collect()
}

#[test]
fn what_is_said_to_be_json_may_be_printed() {
    let read = |text: &str, format| {
        read_by(text.as_bytes(), &Options { format: Some(format), ..Options::default() })
    };
    assert_eq!(read("{'CopyJobId': 'A', 'State': 'FAILED'}", Format::Json), ["A"]);
    assert_eq!(read("{\"CopyJobId\": \"A\", \"State\": \"FAILED\"}", Format::Json), ["A"]);
    assert_ne!(read("{'CopyJobId': 'A', 'State': 'FAILED'}", Format::Csv), ["A"]);
    let body = r#"body: b'{"CopyJobId": "A", "State": "FAILED", "StatusMessage": "It can\'t"}'"#;
    assert_eq!(read(body, Format::Json), ["A"]);
}

/// A rule of EventBridge may make a sentence of an event, which is a string of JSON in what carries it.
#[test]
fn a_sentence_about_a_job_that_is_a_string_in_a_string_is_read() {
    let carried = |text: &str| {
        let text = serde_json::to_string(text).expect("JSON can be written");
        let body = serde_json::json!({ "Messages": [{ "MessageId": ID.replace('4', "5"), "Body": text }] });
        items_of(&body.to_string())
    };
    let said = format!("AWS Backup copy job {ID} (EBS) is now FAILED. Reason: No \"key\"");
    assert_eq!(messages_of(&carried(&said)), ["No \"key\""]);
    let event = format!("{{\"CopyJobId\": \"{ID}\", \"State\": \"FAILED\", \"StatusMessage\": \"No key\"}}");
    assert_eq!(messages_of(&carried(&event)), ["No key"]);
    for other in [said.replace("copy", "backup"), "It is a copy job that FAILED at once".to_owned()] {
        assert_eq!(messages_of(&carried(&other)), Vec::<String>::new(), "{other}");
    }
}

/// As Ansible shows the `stdout_lines` of a command, often beside its `stdout`.
#[test]
fn json_in_an_array_of_its_lines_is_read() {
    let answer = serde_json::json!({"CopyJobs": [
        {"CopyJobId": ID, "State": "FAILED", "StatusMessage": "No {\"key\"}", "Tags": [], "CreatedBy": {"Plan": "daily"}},
        {"CopyJobId": "B", "State": "COMPLETED"},
    ]});
    for json in [&answer, &answer["CopyJobs"]] {
        let stdout = serde_json::to_string_pretty(json).expect("JSON can be written");
        let lines: Vec<&str> = stdout.lines().collect();
        let shown = |value| format!("ok: [localhost] => {{\n    \"jobs\": {value:#}\n}}\n");
        assert_eq!(read_text(shown(serde_json::json!({ "stdout_lines": lines })).as_bytes()), [ID, "B"]);
        let both = shown(serde_json::json!({ "stdout": stdout, "stdout_lines": lines }));
        assert_eq!(read_text(both.as_bytes()), [ID, "B", ID, "B"]);
    }
    // The end is missing, or there is something else among the lines.
    for lines in [
        serde_json::json!(["{", "\"CopyJobId\": \"B\", \"State\": \"FAILED\""]),
        serde_json::json!(["{", 1, "}"]),
    ] {
        let seen = read_text(serde_json::json!({ "stdout_lines": lines }).to_string().as_bytes());
        assert!(matches!(seen.as_slice(), [only] if only.contains("JSON without a copy job")), "{seen:?}");
    }
}

/// As `aws --debug` does, page by page: jobs with an escape were rejected.
#[test]
fn json_that_python_prints_as_bytes_is_read() {
    let answer = r#"b'{"CopyJobs": [{"CopyJobId": "@", "State": "FAILED", "StatusMessage": "F\xc3\xbcr it can\'t be \\"shared\\""}]}'"#;
    let line = "2025-07-02 13:54:07,840 - MainThread - botocore.parsers - DEBUG - Response body:\n";
    let page = format!("{line}{}\n", answer.replace('@', ID));
    let between = SAMPLE / line.len();
    let items = items_of(&format!("{page}{}{page}", line.repeat(between)));
    assert_eq!(messages_of(&items), ["Für it can't be \"shared\""; 2]);
    assert!(matches!(items.last(), Some(Item::Record(job)) if job.position.line == between as u64 + 4));
}

#[test]
fn an_object_is_a_job_by_its_id_and_state_or_by_what_it_tells() {
    let is_job = |json: &str| items_of(&json.replace('@', ID)).iter().any(|it| matches!(it, Item::Record(_)));
    for json in [
        r#"{"CopyJobId": "@", "Status": "FAILED"}"#,
        r#"{"State": "FAILED", "StatusMessage": "No key"}"#,
        r#"{"id": "@", "reason": "The key was not there", "destination": "arn:aws:backup:eu-west-1::backup-vault:dr"}"#,
    ] {
        assert!(is_job(json), "{json}");
    }
    for json in [
        r#"{"CopyJobId": "@", "Status": "soon"}"#,
        r#"{"State": "Hessen", "StatusMessage": "No key"}"#,
        r#"{"id": "@", "reason": "The key was not there"}"#,
        r#"{"status": "FAILED", "reason": "The key was not there"}"#,
        r#"{"status": "FAILED", "destination": "arn:aws:backup:eu-west-1::backup-vault:dr"}"#,
    ] {
        assert!(!is_job(json), "{json}");
    }
}

/// Athena gives the titles as the first row, and each value in an object. Values without them would be taken for the
/// other vault's.
#[test]
fn a_row_of_athena_is_a_job_without_an_id_too_and_stands_under_its_titles() {
    let row = |values: &[&str]| serde_json::json!({ "Data": values.iter().map(|it| serde_json::json!({ "VarCharValue": it })).collect::<Vec<_>>() });
    let (source, destination) = (
        "arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
        "arn:aws:backup:eu-central-1:111122223333:backup-vault:dr",
    );
    let rows = [
        row(&["state", "destinationbackupvaultarn", "sourcebackupvaultarn"]),
        row(&["FAILED", destination, source]),
    ];
    let items = items_of(&serde_json::json!({ "ResultSet": { "Rows": rows } }).to_string());
    let [Item::Record(record)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(record.destination_vault_arn.as_deref(), Some(destination));
    assert_eq!(record.source_vault_arn.as_deref(), Some(source));
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

/// A run of one, as Fabric's API gives it, and one with the outcome of its last run beside.
#[test]
fn a_copy_job_of_microsoft_fabric_is_none() {
    let run = format!(
        r#"{{"id": "{ID}", "itemId": "{ID}", "jobType": "DefaultJob", "invokeType": "Manual", "status": "Failed"}}"#
    );
    let item =
        format!(r#"{{"id": "{ID}", "type": "CopyJob", "displayName": "Nightly", "lastRun": "Failed"}}"#);
    for json in [&run, &item] {
        assert!(read_text(json.as_bytes())[0].contains("JSON without a copy job"), "{json}");
    }
    assert_eq!(read_text(item.replace("CopyJob", "EBS").as_bytes()), [ID]);
}

/// A job of Microsoft Fabric has both.
#[test]
fn a_job_with_one_field_of_another_service_is_a_job() {
    for field in ["itemId", "jobType"] {
        let job = format!("{{\"{field}\": \"x\", \"Copied by\": \"{ID}\", \"Outcome\": \"FAILED\"}}");
        assert_eq!(read_text(job.as_bytes()), [ID], "{field}");
    }
}

/// The keys are anybody's, and a line of a log has a message about something, too.
#[test]
fn without_a_state_it_takes_a_vault_to_tell_a_job_from_a_line_of_a_log() {
    let line = |place: &str| {
        format!("{{\"id\": \"{ID}\", \"message\": \"Not found there\", \"source\": \"{place}\"}}")
    };
    assert_eq!(read_text(line("arn:aws:backup:eu-west-1:111122223333:backup-vault:dr").as_bytes()), [ID]);
    assert!(read_text(line("web-01").as_bytes())[0].contains("JSON without a copy job"));
}

#[test]
fn an_event_in_more_strings_than_any_envelope_has_is_not_lost_without_a_word() {
    let within = |depth: usize, is_twice: bool| {
        let event = "{\"copyJobId\": \"A\", \"state\": \"FAILED\"}".to_owned();
        (0..depth).fold(event, |text, level| {
            let text = if is_twice && level == 2 { serde_json::json!(text).to_string() } else { text };
            serde_json::json!({ "Message": text }).to_string()
        })
    };
    // What was made a string twice is in one string all the same.
    for is_twice in [false, true] {
        assert_eq!(read_text(within(json::DEEPEST_ENVELOPE, is_twice).as_bytes()), ["A"]);
        let said = read_text(within(json::DEEPEST_ENVELOPE + 1, is_twice).as_bytes());
        assert!(
            matches!(said.as_slice(), [said] if said.contains("JSON in strings, more than 8 deep")),
            "{said:?}"
        );
    }
}

#[test]
fn files_without_jobs_say_what_they_are() {
    for (text, said) in [
        (b"".as_slice(), "jobs.json: the file is empty"),
        (b" \n\n", "jobs.json: the file is blank"),
        (b"{\"a\": 1", "jobs.json:1:8: the file ends in the middle"),
        (b"{\"a\": 1}", "jobs.json: JSON without a copy job"),
        (b"Response:\n{\"a\": 1}", "jobs.json: JSON without a copy job"),
        (
            b"{\"a\": 1, 2}",
            "jobs.json:1:10: not JSON: expected a key in quotes or '}'; reading went on at the next object",
        ),
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

/// What only lies beside exports may be anything, and needs no more than one line.
#[test]
fn files_without_jobs_in_a_folder_say_one_thing() {
    for (text, said) in [
        (b"{\"a\": 1".as_slice(), "jobs.json: not JSON"),
        (b"{\"a\": 1, 2}", "jobs.json:1:10: not JSON;"),
        (b"{\"BackupJobs\": [{\"BackupJobId\": \"A\"}]}", "jobs.json: holds 1 backup job,"),
        (
            b"{\"CopyJobId\": \"47C8EF56-74D8-059D-1301-C5BE1D5C926E\", \"CreationDate\": 1}",
            "jobs.json: names 1 started copy job",
        ),
        (
            b"{\"CopyJobSummaries\": [{\"State\": \"FAILED\", \"Count\": 3}]}",
            "jobs.json: counts of copy jobs",
        ),
    ] {
        let seen = read_beside(text);
        assert!(matches!(seen.as_slice(), [only] if only.starts_with(said)), "{seen:?} should say {said}");
    }
}

/// A reader that fails, as that of a share that is gone.
struct Gone;

impl Read for Gone {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the share is gone"))
    }
}

/// Where reading failed, the file need not have an end.
#[test]
fn a_file_that_cannot_be_read_further_is_not_said_to_be_cut_off() {
    let begin = b"{\"CopyJobs\": [{\"CopyJobId\": \"A\", \"State\": \"FAILED\"},".as_slice();
    let seen = read_by(begin.chain(Gone), &Options::default());
    assert_eq!(seen[0], "A");
    assert!(seen.len() == 2 && seen[1].contains("the share is gone"), "{seen:?}");
}

#[test]
fn letters_that_are_lost_are_counted() {
    let row = b"47C8EF56-74D8-059D-1301-C5BE1D5C926E,FAILED,Der Schl\x81ssel ist gesperrt\n".as_slice();
    let seen = read_text(&[b"CopyJobId,State,StatusMessage\n".as_slice(), row, row].concat());
    assert_eq!(seen.len(), 3);
    assert!(seen[2].starts_with("jobs.json:2:53: 2 texts have bytes that are no letters"), "{seen:?}");
}

/// Old Macs ended lines with carriage returns alone, and wrote `Ä` as Windows writes `€`.
#[test]
fn what_ends_the_lines_tells_how_letters_are_encoded() {
    for (end, said) in [("\r", "Änderung ist nicht erlaubt"), ("\n", "€nderung ist nicht erlaubt")] {
        let text = format!("CopyJobId,State,StatusMessage{end}{ID},FAILED,~nderung ist nicht erlaubt{end}");
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'~' { 0x80 } else { byte }).collect();
        let mut items = Vec::new();
        read_from("jobs.csv", bytes.as_slice(), &Options::default(), &mut |item| items.push(item));
        assert_eq!(messages_of(&items), [said], "{end:?}");
    }
}

/// How much that matters which is said of a text.
fn severities(text: &str, is_named: bool) -> Vec<Severity> {
    let (mut severities, options) = (Vec::new(), Options::default());
    let mut hand_on = |item| {
        if let Item::Warning(warning) = item {
            severities.push(warning.severity);
        }
    };
    let read = if is_named { read_from } else { read_from_folder };
    read("jobs.json", text.as_bytes(), &options, &mut hand_on);
    severities
}

#[test]
fn jobs_of_another_kind_are_an_error_only_where_a_file_that_was_named_has_nothing_else() {
    let other = "{\"BackupJobId\": \"A\", \"State\": \"FAILED\"}\n";
    let both = format!("{other}{{\"CopyJobId\": \"B\", \"State\": \"FAILED\"}}\n");
    for (text, is_named, severity) in [
        (other, true, Severity::Error),
        (&both, true, Severity::Note),
        (other, false, Severity::Note),
        (&both, false, Severity::Note),
    ] {
        assert_eq!(severities(text, is_named), [severity], "{text} {is_named}");
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

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    io::Write::write_all(&mut encoder, bytes).expect("memory is written");
    encoder.finish().expect("memory is written")
}

/// An archive of these files.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        io::Write::write_all(&mut archive, bytes).expect("memory is written");
    }
    archive.finish().expect("memory is written").into_inner()
}

fn read_path_to(path: &Path) -> Vec<String> {
    let mut seen = Vec::new();
    read(&Input::Path(path.to_owned()), &Options::default(), &mut |item| seen.push(said(item)));
    seen
}

#[test]
fn an_archive_or_a_folder_without_exports_says_how_many_files_it_has() {
    let folder = tempfile::TempDir::new().expect("a directory for the test");
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("the file can be written");
        path
    };
    let archive = write("other.zip", &zip(&[("a.json", b"{\"a\": 1}"), ("b.json", b"{\"b\": 1}")]));
    let seen = read_path_to(&archive).join("\n");
    assert!(seen.ends_with("an archive without exports: none of its 2 files holds a copy job"), "{seen}");
    // The folder says it for all that is in it.
    write("c.json", b"{\"c\": 1}");
    let seen = read_path_to(folder.path()).join("\n");
    assert!(seen.ends_with("a directory without exports: none of its 2 files holds a copy job"), "{seen}");
    assert!(!seen.contains("an archive without exports"), "{seen}");
    let archive = write("jobs.zip", &zip(&[("c.json", b"{\"CopyJobId\": \"A\", \"State\": \"FAILED\"}")]));
    assert_eq!(read_path_to(&archive), ["A"]);
}

#[test]
fn a_csv_that_is_said_to_be_one_has_the_delimiter_that_it_has() {
    let options = Options { format: Some(Format::Csv), ..Options::default() };
    let csv = format!("CopyJobId;State;StatusMessage\n{ID};FAILED;Access denied, said the vault\n");
    assert_eq!(read_by(csv.as_bytes(), &options), [ID]);
}

#[test]
fn progress_is_of_the_bytes_as_they_are_packed() {
    let folder = tempfile::TempDir::new().expect("a directory for the test");
    let (plain, packed) = (folder.path().join("a.json"), folder.path().join("b.json.gz"));
    let text = [b"{\"CopyJobs\": []}".as_slice(), &[b' '; 300_000]].concat();
    std::fs::write(&plain, &text).expect("the file can be written");
    let gzip = gzip(&text);
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
