//! With `--redact` nothing private of the input is left in any output, and the diagnosis stays the same.
//!
//! What is private is found here in a simpler way than the redactor has: whoever made both could not fool both.

mod common;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::LazyLock;

use common::{CLASSIFIER, Run, fixture, labelled, run, run_with_input};
use copydoctor::batch::{GroupBy, Job, Judge, Keep};
use copydoctor::read::{Options, read_from};
use copydoctor::redact::{Redactor, Table};
use copydoctor::render::{self, Diagnosed, Layout};
use copydoctor::{Batch, Language, Record, Report, SlotValues};
use serde_json::{Value, json};

/// Names that AWS gives, or that say nothing.
const OWN: &[&str] = &[
    "AWSBackupDefaultServiceRole",
    "AWSBackup-AWSBackupDefaultServiceRole",
    "Default",
    "root",
    "service-role",
];

/// All that the tool says on its own, and a Region: a name that is a word of it could be told by nobody.
static OWN_TEXT: LazyLock<Text> = LazyLock::new(|| {
    let mut text = b"eu-central-1 ".to_vec();
    render::write_list_json(&mut text, CLASSIFIER.catalogue()).expect("memory takes everything");
    for cause in CLASSIFIER.catalogue().root_causes() {
        render::write_root_cause_json(&mut text, cause).expect("memory takes everything");
    }
    Text::new(&String::from_utf8(text).expect("JSON is UTF-8"))
});

/// A text in which many names are looked for, in whatever case.
struct Text {
    text: String,
    words: HashSet<String>,
}

impl Text {
    fn new(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut all = HashSet::new();
        for word in words(&text) {
            if !all.contains(word) {
                all.insert(word.to_owned());
            }
        }
        Self { text, words: all }
    }

    /// Where the name stands as a word or as words.
    fn find(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        // To look for each name in the whole text takes long.
        if !words(&name).all(|word| self.words.contains(word)) {
            return None;
        }
        let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut places = self.text.match_indices(&name);
        let place = places.find(|(at, found)| {
            let (before, behind) = (&self.text[..*at], &self.text[at + found.len()..]);
            !is_inside(before.chars().next_back()) && !is_inside(behind.chars().next())
        });
        place.map(|(at, _)| at)
    }

    /// The line of this place.
    fn line(&self, at: usize) -> &str {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        self.text[start..].lines().next().unwrap_or_default()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What is private in a text, by its shape.
fn private_in_text(text: &str) -> BTreeSet<String> {
    let mut private = BTreeSet::new();
    for digits in text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 12) {
        private.insert(digits.to_owned());
    }
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        let parts: Vec<&str> = word.split('-').collect();
        let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
        let is_uuid =
            parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(|it| is_hex(it));
        let is_id = parts.len() == 2
            && ["snap", "ami", "vol", "i", "fs", "vpc", "sg", "mrk", "backup"].contains(&parts[0])
            && parts[1].len() >= 8
            && is_hex(parts[1])
            && has_digit(parts[1]);
        if is_uuid || is_id {
            private.insert(word.to_owned());
        }
    }
    for word in text.split(|c: char| c.is_whitespace() || "\"'<>(),;\\[]{}“”„".contains(c)) {
        let word = word.trim_end_matches(['.', ':']);
        if word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')) {
            private.insert(word.to_owned());
        }
        if word.parse::<IpAddr>().is_ok() {
            private.insert(word.to_owned());
        }
        private.extend(private_in_arn(word));
    }
    private
}

/// The account and the last name of an ARN.
fn private_in_arn(text: &str) -> Vec<String> {
    let Some(arn) = text.find("arn:aws").and_then(|at| text.get(at..)) else { return Vec::new() };
    let fields: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, _, _, account, resource] = fields.as_slice() else { return Vec::new() };
    if *account == "aws" || resource.starts_with("alias/aws/") {
        return Vec::new();
    }
    let last = resource.rsplit([':', '/']).next().unwrap_or_default();
    [*account, last].into_iter().filter(|part| part.len() > 1).map(str::to_owned).collect()
}

/// What is private in the fields of a record.
fn private_in_record(record: &Record) -> BTreeSet<String> {
    let mut private = BTreeSet::new();
    for name in [
        &record.account_id,
        &record.destination_account,
        &record.copy_job_id,
        &record.parent_job_id,
        &record.backup_job_id,
        &record.resource_name,
        &record.backup_plan_name,
        &record.backup_plan_id,
        &record.backup_rule_name,
        &record.backup_rule_id,
    ] {
        private.extend(name.clone());
    }
    for arn in [
        &record.source_vault_arn,
        &record.destination_vault_arn,
        &record.recovery_point_arn,
        &record.destination_recovery_point_arn,
        &record.destination_key_arn,
        &record.resource_arn,
        &record.role_arn,
    ] {
        private.extend(private_in_arn(arn.as_deref().unwrap_or_default()));
    }
    private.extend(private_in_text(record.status_message.as_deref().unwrap_or_default()));
    private
}

/// Nothing of this may be left, in whatever case.
#[track_caller]
fn nothing_is_left(private: &BTreeSet<String>, outputs: &[(&str, String)], about: &str) {
    let is_told = |name: &&String| {
        !OWN.contains(&name.as_str()) && name.chars().count() > 1 && OWN_TEXT.find(name).is_none()
    };
    let names: Vec<&String> = private.iter().filter(is_told).collect();
    for (format, output) in outputs {
        let output = Text::new(output);
        for name in &names {
            let line = output.find(name).map(|at| output.line(at));
            assert_eq!(line, None, "{about}: {name:?} is left in {format}");
        }
    }
}

fn report(name: &str, bytes: &[u8], keep: Keep) -> Report<'static> {
    let mut batch = Batch::new(Judge::new(&CLASSIFIER, keep));
    read_from(name, bytes, &Options::default(), &mut |item| batch.add(item));
    batch.finish()
}

/// A redactor that knows nothing yet.
fn redactor() -> Redactor {
    static EMPTY: LazyLock<Redactor> =
        LazyLock::new(|| Redactor::new(CLASSIFIER.catalogue(), Table::default()));
    EMPTY.clone()
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("every format is UTF-8")
}

/// A report in every format, in the next of those that are a summary with its groups, and in another one cut down.
fn in_every_format(
    report: &Report<'_>,
    language: Language,
    summaries: &mut impl Iterator<Item = WriteSummary>,
) -> Vec<(&'static str, String)> {
    let mut cut_down = report.clone();
    cut_down.keep_top(NonZeroUsize::MIN);
    let by_cause = Report { groups: None, ..report.clone() };
    let mut outputs = in_each_format(&by_cause, language);
    for (name, report) in [("the groups", report), ("the report cut down", &cut_down)] {
        let write = summaries.next().expect("there is always another one");
        outputs.push((name, written(|out| write(out, report, language))));
    }
    outputs
}

type WriteSummary = fn(&mut Vec<u8>, &Report<'_>, Language) -> io::Result<()>;

/// The formats that show groups and can be cut down.
const SUMMARIES: [WriteSummary; 3] = [
    |out, report, language| render::write_report_table(out, report, Layout::plain(language, 400)),
    |out, report, language| render::write_report_json(out, report, language),
    |out, report, language| render::write_report_markdown(out, report, language),
];

/// A report without groups in each format.
fn in_each_format(report: &Report<'_>, language: Language) -> Vec<(&'static str, String)> {
    let jobs = |write: fn(&mut Vec<u8>, &Job<'_>, Language) -> io::Result<()>| {
        written(|out| report.jobs.iter().try_for_each(|job| write(out, job, language)))
    };
    let lines = jobs(|out, job, language| render::write_job_ndjson(out, job, language));
    let short_lines = jobs(|out, job, language| render::write_job_text(out, job, language));
    let cells = written(|out| {
        render::write_head_csv(out)?;
        report.jobs.iter().try_for_each(|job| render::write_job_csv(out, job, language))
    });
    let layout = Layout::plain(language, 400);
    vec![
        ("table", written(|out| render::write_report_table(out, report, layout))),
        ("json", written(|out| render::write_report_json(out, report, language))),
        ("ndjson", lines),
        ("text", short_lines),
        ("csv", cells),
        ("html", written(|out| render::write_report_html(out, report, language))),
        ("markdown", written(|out| render::write_report_markdown(out, report, language))),
        ("junit", written(|out| render::write_report_junit(out, report, language))),
        ("sarif", written(|out| render::write_report_sarif(out, report, language))),
    ]
}

/// What is diagnosed and counted, which redacting must not change.
fn findings(report: &Report<'_>) -> Value {
    let causes: Vec<Value> = report
        .causes
        .iter()
        .map(|cause| json!([cause.root_cause.id, cause.count, cause.accounts.len(), cause.examples]))
        .collect();
    let unknown: Vec<Value> = report
        .unknown
        .iter()
        .map(|group| {
            json!([group.count, group.nearest.iter().map(|it| &it.root_cause.id).collect::<Vec<_>>()])
        })
        .collect();
    let jobs: Vec<Value> = report
        .jobs
        .iter()
        .map(|job| {
            let answer = job.answer.as_ref();
            let diagnosis = answer.and_then(|answer| answer.diagnosis());
            json!([
                diagnosis.map(|it| (&it.root_cause.id, it.confidence, it.tier.name())),
                diagnosis.map(|it| it.captures.iter().map(|(slot, _)| slot.name()).collect::<Vec<_>>()),
                answer.and_then(|answer| answer.reason()).map(|reason| reason.name()),
                job.record.created_at.map(|time| time.to_string()),
                job.record.position.to_string(),
            ])
        })
        .collect();
    let groups = report.groups.iter().flat_map(|groups| &groups.list);
    let mut groups: Vec<Value> = groups
        .map(|group| {
            let causes = group.causes.iter();
            let causes: Vec<Value> =
                causes.map(|cause| json!([cause.root_cause.map(|cause| &cause.id), cause.count])).collect();
            json!([group.key.is_some(), group.count, causes])
        })
        .collect();
    // What is equally large is in the order of the names.
    groups.sort_by_key(Value::to_string);
    let records = &report.records;
    json!([
        [records.total, records.diagnosed, records.unknown, records.without_message, records.duplicates],
        [records.rejected, records.skipped, records.by_state.values().sum::<u64>()],
        causes,
        unknown,
        groups,
        jobs,
        report.failed,
        report.by_cause,
        report.warnings.len(),
        report.rejected.len(),
    ])
}

fn exports() -> Vec<(String, Vec<u8>)> {
    let folders = ["exports", "held-out-exports"].map(fixture).into_iter();
    let folders = folders.chain([fixture("hostile-jobs.json"), fixture("../../examples")]);
    let files = folders.flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name());
    files
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "INDEX.tsv")
        .map(|entry| {
            let name = entry.path().to_string_lossy().into_owned();
            let bytes = fs::read(entry.path()).expect("the fixture can be read");
            (name, bytes)
        })
        .collect()
}

#[test]
fn nothing_of_any_export_is_left_in_any_format_and_the_findings_are_the_same() {
    let mut looked_for = 0;
    // Every other one in German: the language says nothing of the job.
    let languages = Language::ALL.into_iter().cycle();
    let groups = GroupBy::ALL.into_iter().cycle();
    let mut summaries = SUMMARIES.into_iter().cycle();
    for (((name, bytes), language), group_by) in exports().into_iter().zip(languages).zip(groups) {
        let named = "/home/jane/999988887777/jane@acme.example.json";
        let mut original = report(named, &bytes, Keep::All);
        original.group_by(group_by);
        let mut private = private_in_text(&String::from_utf8_lossy(&bytes).replace("\\/", "/"));
        private.extend(["jane", "999988887777"].map(str::to_owned));
        for job in &original.jobs {
            private.extend(private_in_record(&job.record));
        }
        looked_for += private.len();
        let expected = findings(&original);
        let redacted = redactor().report(original);
        assert_eq!(findings(&redacted), expected, "{name}");
        nothing_is_left(&private, &in_every_format(&redacted, language, &mut summaries), &name);
    }
    assert!(looked_for > 3000, "{looked_for}");
}

/// A message with names of an organization wherever it has room for them.
fn filled(message: &str) -> String {
    const TAIL: &str = "User: arn:aws:sts::123412341234:assumed-role/Payroll-Copier/jane.roe@acme.example may not. \
        (Service: AmazonRDS; Status Code: 400; Error Code: X; Request ID: 5c8a1e5c-6a8f-4a55-9d0c-0c2f2a9a7f11; \
        Proxy: null) at 10.20.30.40, vault 'payroll-dr', key \
        arn:aws:kms:eu-west-1:432143214321:key/77aabbcc-12ab-34cd-56ef-1234567890ab, snap-0a1b2c3d4e5f60718";
    format!("Payroll-Copier in 123412341234: {message} {TAIL}")
}

#[test]
fn nothing_of_any_documented_message_is_left_in_an_answer() {
    for message in labelled("documented-messages.jsonl").into_iter().chain(labelled("article-messages.jsonl"))
    {
        for message in [message.message.clone(), filled(&message.message)] {
            let mut private = private_in_text(&message);
            if message.contains("Payroll") {
                private.extend(["Payroll-Copier", "payroll-dr", "acme.example"].map(str::to_owned));
            }
            let why = CLASSIFIER.explain(&message);
            let mut redactor = redactor();
            let known = SlotValues::samples();
            redactor.learn_values(&known);
            redactor.learn_answer(&message, &why.answer);
            let (text, redacted) = redactor.explanation(&message, &why);
            let known = redactor.values(&known);
            private.extend(SlotValues::samples().iter().flat_map(|(_, value)| private_in_text(value)));
            let id = |answer: &copydoctor::Answer<'_>| {
                answer.diagnosis().map(|it| (it.root_cause.id.clone(), it.captures.iter().count()))
            };
            assert_eq!(id(&redacted.answer), id(&why.answer), "{message}");
            let outputs: Vec<(&str, String)> = Language::ALL
                .into_iter()
                .flat_map(|language| {
                    let answer = redacted.answer.clone();
                    let why = Some(redacted.clone());
                    let diagnosed = Diagnosed { why, ..Diagnosed::of(&text, answer, &known, language) };
                    let layout = Layout::plain(language, 400);
                    let terraform = Layout { has_terraform: true, ..layout };
                    [
                        ("text", written(|out| render::write_answer_text(out, &diagnosed, layout))),
                        ("terraform", written(|out| render::write_answer_text(out, &diagnosed, terraform))),
                        ("json", written(|out| render::write_answer_json(out, &diagnosed, language))),
                    ]
                })
                .collect();
            nothing_is_left(&private, &outputs, &message);
        }
    }
}

fn job(message: &str) -> Value {
    json!({
        "CopyJobId": "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
        "State": "FAILED",
        "AccountId": "123412341234",
        "SourceBackupVaultArn": "arn:aws:backup:eu-west-1:123412341234:backup-vault:payroll",
        "DestinationBackupVaultArn": "arn:aws:backup:eu-central-1:432143214321:backup-vault:archive-dr",
        "ResourceArn": "arn:aws:rds:eu-west-1:123412341234:db:salaries",
        "ResourceName": "Salaries of Acme",
        "ResourceType": "RDS",
        "IamRoleArn": "arn:aws:iam::123412341234:role/teams/hr/Copier",
        "StatusMessage": message,
    })
}

const FORMATS: [&str; 9] = ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"];

const JOB: [&str; 9] = [
    "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
    "123412341234",
    "432143214321",
    "payroll",
    "archive-dr",
    "salaries",
    "Salaries of Acme",
    "Copier",
    "hr",
];

#[track_caller]
fn says_nothing_of_the_job(output: &str) {
    let output = Text::new(output);
    for private in JOB {
        let line = output.find(private).map(|at| output.line(at));
        assert_eq!(line, None, "{private} is left");
    }
}

#[test]
fn names_of_a_job_are_replaced_as_words_of_its_message() {
    let message = "Access Denied trying to call AWS Backup service for payroll by Copier (Salaries of Acme)";
    let answer = run_with_input(["--redact", "--format", "json", "--why"], job(message).to_string());
    says_nothing_of_the_job(&answer.stdout);
    let json = answer.json();
    assert_eq!(json["diagnosis"]["id"], "vault-access-policy-denies-copy");
    let policy = &json["diagnosis"]["remediation"][0]["policy"]["Statement"][0];
    assert_eq!(policy["Principal"]["AWS"], "arn:aws:iam::000000000001:root");
    assert_eq!(policy["Resource"], "arn:aws:backup:eu-central-1:000000000002:backup-vault:vault-2");
    let message = json["message"].as_str().expect("a message");
    assert_eq!(message, "Access Denied trying to call AWS Backup service for vault-1 by role-1 (resource-1)");
}

#[test]
fn a_state_that_aws_does_not_name_may_be_the_value_of_another_column() {
    let mut job = job("Odd thing of PAYROLL");
    job["State"] = json!("salaries-eu");
    for format in FORMATS {
        let answer = run_with_input(["batch", "--redact", "--format", format], job.to_string());
        says_nothing_of_the_job(&answer.stdout);
        says_nothing_of_the_job(&answer.stderr);
        assert!(answer.stderr.contains("STATE-1"), "{answer:?}");
        // Those for servers show no states.
        let shows_states = !matches!(format, "junit" | "sarif");
        assert_eq!(answer.stdout.contains("STATE-1"), shows_states, "{answer:?}");
    }
}

#[test]
fn encoded_messages_and_hashes_have_pseudonyms_of_their_own() {
    for (message, redacted) in [
        (
            "No. Encoded authorization failure message: AbCd_efGh-123=",
            "No. Encoded authorization failure message: ENCODED-MESSAGE-00000001",
        ),
        ("hash deadbeefdeadbeef01 is bad", "hash 000000000000000001 is bad"),
    ] {
        assert_eq!(run(["--redact", "--format", "json", message]).json()["message"], redacted);
    }
}

#[test]
fn values_of_flags_are_private_too() {
    let flags = ["--redact", "--source-account", "123412341234", "--destination-vault", "payroll"];
    let answer = run(flags.into_iter().chain(["Access Denied trying to call AWS Backup service"]));
    says_nothing_of_the_job(&answer.stdout);
    assert!(answer.stdout.contains("arn:aws:iam::000000000001:root"), "{}", answer.stdout);
}

/// The name stands in the fields of the last record, or of one that needs nobody's attention, and in the message of the
/// first.
#[test]
fn a_name_is_known_from_any_record_in_any_order_and_on_any_number_of_threads() {
    let mut jobs = vec![json!({
        "CopyJobId": "57C8EF56-74D8-059D-1301-C5BE1D5C926E",
        "State": "FAILED",
        "StatusMessage": "The weather in payroll is bad for Copier and ARCHIVE-DR",
    })];
    for number in 0..600 {
        let mut job = job(&format!("Access Denied trying to call AWS Backup service {number} of salaries"));
        job["CopyJobId"] = json!(format!("47C8EF56-74D8-059D-1301-{number:012}"));
        job["AccountId"] = json!(format!("{:012}", 123_400_000_000_u64 + number % 7));
        job["DestinationBackupVaultArn"] =
            json!(format!("arn:aws:backup:eu-west-1:1:backup-vault:v{}x", number % 11));
        // To diagnose takes long without optimisation, and is no matter here.
        if number % 20 > 0 {
            job.as_object_mut().expect("an object").remove("StatusMessage");
        }
        jobs.push(job);
    }
    let mut last = job("x");
    last["State"] = json!("COMPLETED");
    last.as_object_mut().expect("an object").remove("StatusMessage");
    jobs.push(last);
    let export = json!({ "CopyJobs": jobs }).to_string();
    // What is learned and numbered is the same for the other formats.
    for arguments in
        [&["--format", "ndjson"][..], &["--format", "json", "--group-by", "account", "--top", "3"]]
    {
        let [one, four] = ["1", "4"].map(|threads| {
            let arguments = [&["batch", "--redact", "--jobs", threads], arguments].concat();
            run_with_input(arguments, &export)
        });
        assert!(one.stdout == four.stdout, "{arguments:?} depends on the number of threads");
        says_nothing_of_the_job(&one.stdout);
        assert!(!one.stdout.to_lowercase().contains("archive-dr"), "{arguments:?}");
    }
}

/// A folder with an export of two jobs, of which the first is that of [`job`], and with files for the rest.
struct Case(tempfile::TempDir);

impl Case {
    fn new() -> Self {
        let mut other = job("Odd thing of payroll");
        other["CopyJobId"] = json!("57C8EF56-74D8-059D-1301-C5BE1D5C926E");
        other["ResourceArn"] = json!("arn:aws:rds:eu-west-1:123412341234:db:wages");
        let case = Self(tempfile::tempdir().expect("a folder"));
        let known = job("Access Denied trying to call AWS Backup service");
        case.write("jobs.json", &json!({ "CopyJobs": [known, other] }).to_string());
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a plain name").to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("it can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    /// Runs the tool on the export; names of the folder's files become paths.
    fn batch(&self, arguments: &[&str]) -> Run {
        let path = |text: &&str| if text.contains(".json") { self.path(text) } else { (*text).to_owned() };
        let arguments: Vec<String> = arguments.iter().map(path).collect();
        run(["batch".to_owned()].into_iter().chain(arguments).chain([self.path("jobs.json")]))
    }
}

#[test]
fn groups_have_pseudonyms() {
    let arguments = ["--redact", "--format", "json", "--group-by", "account", "--top", "1"];
    let json = Case::new().batch(&arguments).json();
    assert_eq!(json["groups"][0]["key"], "000000000001");
    assert_eq!(json["groups"][0]["count"], 2);
    says_nothing_of_the_job(&json.to_string());
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let case = Case::new();
    for format in ["csv", "text", "markdown"] {
        let arguments = ["--redact", "--format", format];
        let shown = case.batch(&arguments).stdout;
        let to_file = [&arguments[..], &["--output", "report.json"]].concat();
        assert_eq!(case.batch(&to_file).stdout, "");
        assert_eq!(case.read("report.json"), shown);
        says_nothing_of_the_job(&shown);
    }
}

#[test]
fn what_a_run_fails_on_is_the_same() {
    let conditions = "failed,unknown,vault-access-policy-denies-copy";
    for format in ["table", "ndjson"] {
        let arguments = ["--format", format, "--fail-on", conditions];
        let case = Case::new();
        let [plain, redacted] =
            [&arguments[..], &[&arguments[..], &["--redact"]].concat()].map(|them| case.batch(them));
        assert_eq!((redacted.code, redacted.stderr), (Some(1), plain.stderr));
    }
}

/// The list is of originals, and so is what it knows; what is said of it is not.
#[test]
fn what_is_known_stays_known_and_is_not_told() {
    let case = Case::new();
    assert_eq!(case.batch(&["--write-baseline", "known.jsonl"]).code, Some(0));
    let gone = json!({
        "message": "Odd thing of janitors",
        "account_id": "555566667777",
        "resource_arn": "janitors",
        "destination_vault_arn": "arn:aws:backup:eu-central-1:432143214321:backup-vault:archive-dr",
    });
    case.write("known.jsonl", &format!("{}{gone}\n", case.read("known.jsonl")));
    for format in ["json", "text"] {
        let answer = case.batch(&["--redact", "--baseline", "known.jsonl", "--format", format]);
        assert_eq!(answer.code, Some(0), "{answer:?}");
        let unused = "unused: no job fails like this any more: Odd thing of resource-1, 000000000001, resource-1 \
                      → arn:aws:backup:eu-central-1:000000000002:backup-vault:vault-1";
        assert!(answer.complaint().ends_with(unused), "{answer:?}");
        says_nothing_of_the_job(&answer.stdout);
        if format == "json" {
            assert_eq!(answer.json()["records"]["known"], 2);
            assert!(answer.stdout.contains(unused), "{answer:?}");
        } else {
            assert_eq!(answer.stdout, "");
        }
    }
}

#[test]
fn complaints_and_names_of_files_are_redacted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("payroll-123412341234.json");
    let broken = format!("{{\"CopyJobs\": [{}, {{\"CopyJobId\": \"x\", oops}}]}}", job("x payroll"));
    fs::write(&file, broken).expect("it can be written");
    let missing = folder.path().join("432143214321-salaries.json");
    let answer = run(["batch".as_ref(), "--redact".as_ref(), file.as_os_str(), missing.as_os_str()]);
    assert_eq!(answer.code, Some(2));
    says_nothing_of_the_job(&answer.stdout);
    says_nothing_of_the_job(&answer.stderr);
    assert!(answer.stderr.contains("vault-1-000000000001.json:1:"), "{}", answer.stderr);
    assert_eq!(answer.stderr.lines().count(), 2, "{}", answer.stderr);
    let answer = run(["--redact".as_ref(), file.as_os_str()]);
    assert!(!answer.stderr.contains("123412341234") && !answer.stdout.contains("123412341234"), "{answer:?}");
}

#[test]
fn a_table_keeps_pseudonyms_from_run_to_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let map = folder.path().join("private.jsonl");
    let map = map.to_str().expect("a plain name");
    let arguments = ["batch", "--redact", "--redact-map", map, "--format", "ndjson"];
    let first = run_with_input(arguments, job("x").to_string());
    let kept = fs::read_to_string(map).expect("the table is there");
    for private in ["123412341234", "payroll", "Salaries of Acme"] {
        assert!(kept.contains(private), "{kept}");
    }
    let other = job("x").to_string().replace("123412341234", "555566667777").replace("payroll", "other");
    let other = other.replace("47C8", "57C8");
    let second = run_with_input(arguments, format!("{other}\n{}", job("x")));
    let vault = |output: &str| {
        let line: Value = serde_json::from_str(output.lines().last().expect("a line")).expect("JSON");
        line["source_vault_arn"].clone()
    };
    assert_eq!(vault(&second.stdout), vault(&first.stdout));
    assert!(second.stdout.contains("backup-vault:vault-3"), "{}", second.stdout);
    let grown = fs::read_to_string(map).expect("the table is there");
    assert!(grown.starts_with(&kept) && grown.len() > kept.len());
    let known = job("Access Denied trying to call AWS Backup service").to_string();
    let answer = run_with_input(["--redact", "--redact-map", map], known);
    assert!(answer.stdout.contains("000000000001"), "{}", answer.stdout);
}

/// Neither an input nor anything else that is no table is ever written over.
#[test]
fn what_is_no_table_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("jobs.json");
    fs::write(&input, job("x").to_string()).expect("it can be written");
    let path = input.to_str().expect("a plain name");
    let before = fs::read_to_string(&input).expect("it is there");
    let other = folder.path().join("other.json");
    fs::write(&other, &before).expect("it can be written");
    for (arguments, complaint) in [
        (["batch", "--redact", "--redact-map", path, path], "one of the exports that are read"),
        (["batch", "--redact", "--redact-map", path, other.to_str().expect("plain")], "is no table"),
    ] {
        let answer = run(arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(2), ""), "{answer:?}");
        assert!(answer.complaint().contains(complaint), "{answer:?}");
    }
    assert_eq!(fs::read_to_string(&input).expect("it is there"), before);
}

#[test]
fn flags_that_make_no_sense_together_are_refused() {
    for (arguments, complaint) in [
        (vec!["--redact", "--copy-policy", "x y"], "cannot be used with"),
        (vec!["--redact-map", "x.jsonl", "x y"], "--redact"),
        (vec!["batch", "--redact-map", "x.jsonl", "x"], "--redact"),
        (vec!["batch", "--redact", "--write-baseline", "x.jsonl", "x"], "the list would know no job"),
        (vec!["batch", "--redact", "--follow", "x"], "a name may be known only by a job that comes after"),
        (
            vec!["batch", "--redact", "--redact-map", "x.jsonl", "--output", "x.jsonl", "x"],
            "the report and the table of pseudonyms cannot be the same file",
        ),
        (
            vec!["batch", "--redact", "--redact-map", "-", "x"],
            "the report and the table of pseudonyms cannot be the same file",
        ),
        (vec!["--redact", "--redact-map", "-", "x y"], "is no file"),
        (vec!["--redact", "--redact-map", "/nowhere/at/all", "x y"], "cannot be read"),
    ] {
        let answer = run(&arguments);
        assert_eq!(answer.code, Some(2), "{arguments:?}");
        assert!(answer.stdout.is_empty() && answer.stderr.contains(complaint), "{answer:?}");
    }
}
