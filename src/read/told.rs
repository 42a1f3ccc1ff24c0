//! A line that tells of a job all by itself, as people, their scripts and rules of EventBridge write it.

use std::sync::Arc;

use super::draft::{Draft, is_missing};
use super::field::Field;
use super::prose::{self, Kind};
use super::value::{RESOURCE_TYPES, is_message, looks_like_time};
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// What a line tells of.
#[derive(Debug)]
pub(super) enum Told {
    CopyJob(Box<Draft>),
    /// A job of another kind, by the field that its id would have.
    OtherJob(Field),
}

impl Told {
    /// Whether it is said how the job went.
    pub(super) fn has_state(&self) -> bool {
        match self {
            Self::CopyJob(job) => job.has_state(),
            Self::OtherJob(_) => true,
        }
    }

    /// The copy job, if it is one.
    #[cfg(test)]
    pub(super) fn copy_job(self) -> Option<Draft> {
        match self {
            Self::CopyJob(job) => Some(*job),
            Self::OtherJob(_) => None,
        }
    }
}

/// A line that is a job all by itself: its id, its state, and behind them the message, however they are separated; or,
/// without a state, a message with its job's id in front. What the line calls its id tells a job of another kind.
pub(super) fn row(line: &str, position: Position, file: &Arc<str>) -> Option<Told> {
    let mut draft = Draft::new(Arc::clone(file), position);
    // A line may be a string of JSON.
    let quoted = line.trim().trim_end_matches(',').strip_prefix('"');
    let line = quoted.and_then(|rest| rest.strip_suffix('"')).unwrap_or(line);
    let (mut has_id, mut has_state, mut behind) = (false, false, 0);
    let mut between = "";
    let mut other = None;
    // Right behind its time a line of a log has the id of a request: the job's follows, if there is one.
    let (mut is_of_request, mut before) = (false, "");
    for word in line.split_whitespace() {
        let value = bare(word);
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let is_id = (!has_id || (is_of_request && !has_state)) && is_uuid(value);
        let kind = if is_id { kind_in_front(line.get(..start).unwrap_or_default()) } else { None };
        let is_id = is_id && kind.is_none();
        other = other.or(kind);
        if is_id {
            is_of_request = !has_id && looks_like_time(before);
        }
        before = word;
        // In a sentence a job has failed; where it is a state, it is written as AWS writes it.
        let is_state = !has_state && State::is_known_name(value) && !value.contains(char::is_lowercase);
        if is_id || is_state {
            draft.put(if is_id { Field::CopyJobId } else { Field::State }, value.to_owned());
            has_id |= is_id;
            has_state |= is_state;
            between = line.get(behind..start).unwrap_or_default();
            behind = start + word.len();
        }
    }
    if let Some(kind) = other.filter(|_| !has_id || is_of_request) {
        return has_state.then_some(Told::OtherJob(kind));
    }
    let message =
        line.get(behind..).unwrap_or_default().trim_start_matches([' ', '\t', ':', '-', '|', ',']).trim();
    let message = if message.is_empty() { cell_between(between, &mut draft) } else { message };
    let message = without_cells(message, &mut draft);
    let message = without_values(message, &mut draft);
    let message = without_fields(message, &mut draft);
    let is_headed = || {
        let first = prose::said(line).split_whitespace().next();
        first.is_some_and(|first| is_uuid(bare(first))) && prose::kind(message) == Kind::Sentence
    };
    draft.put(Field::StatusMessage, message.to_owned());
    (has_id && (has_state || is_headed())).then(|| Told::CopyJob(Box::new(draft)))
}

/// The kind of job that an id behind this text is of, if that says that it is no copy: `backup job`, `RestoreJobId:`,
/// `Sicherungsauftrag`.
fn kind_in_front(text: &str) -> Option<Field> {
    let words = text.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = words.map(str::to_lowercase).skip_while(|word| word == "id").peekable();
    let word = words.next()?;
    let word = word.strip_suffix("id").unwrap_or(&word);
    let kind = word.strip_suffix("job").or_else(|| word.strip_suffix("auftrag"))?;
    let is_one_word = !kind.is_empty();
    let kind = if is_one_word { kind.to_owned() } else { words.next()? };
    let field = match kind.trim_end_matches('s') {
        // What AWS Backup calls a job may be one of any kind.
        "backup" if !is_one_word && words.peek().is_some_and(|word| word == "aws") => return None,
        "backup" | "sicherung" => Field::OtherBackupJob,
        "restore" | "wiederherstellung" => Field::OtherRestoreJob,
        "report" | "scan" | "index" | "bericht" => Field::OtherJob,
        _ => return None,
    };
    // The copy of what a backup job made is a copy.
    let of_what = words.find(|word| !OF.contains(&word.as_str()));
    let is_of_copy = of_what.is_some_and(|word| word.starts_with("cop") || word.starts_with("kopi"));
    (!is_of_copy).then_some(field)
}

/// What may stand between a copy and what it is one of.
const OF: &[&str] =
    &["of", "for", "from", "the", "a", "von", "für", "aus", "der", "des", "dem", "den", "eines"];

/// The message that stands in a cell between the id and the state of a job.
fn cell_between<'m>(text: &'m str, draft: &mut Draft) -> &'m str {
    if !text.contains('\t') {
        return "";
    }
    let cell = without_cells(text.trim(), draft);
    if is_message(cell) && !cell.contains('\t') { cell } else { "" }
}

/// A message without the cells on both sides of it, as `aws --output text` writes the fields of a job between tabs.
fn without_cells<'m>(text: &'m str, draft: &mut Draft) -> &'m str {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('\t').filter(|(cell, _)| put_value(cell, draft)) {
        rest = behind.trim_start_matches(' ');
    }
    while let Some((before, _)) = rest.rsplit_once('\t').filter(|(_, cell)| put_value(cell, draft)) {
        rest = before;
    }
    if text.contains('\t') && put_value(rest, draft) { "" } else { rest }
}

/// Puts in what a cell says that is no message; whether it is one.
fn put_value(cell: &str, draft: &mut Draft) -> bool {
    let cell = cell.trim();
    let field = if RESOURCE_TYPES.contains(&cell) {
        Field::ResourceType
    } else if cell.starts_with("arn:") && !cell.contains(' ') {
        Field::MaybePlace
    } else if is_account(cell) {
        Field::AccountId
    } else {
        return is_missing(cell);
    };
    draft.put(field, cell.to_owned());
    true
}

/// A message without what stands between it and the state: the type of the resource, in a column of its own, and times.
fn without_values<'m>(text: &'m str, draft: &mut Draft) -> &'m str {
    let resource_type = type_in_front(text);
    let behind = text.get(resource_type.map_or(0, str::len)..).unwrap_or_default();
    let mut rest = behind.trim_start();
    // A sentence may begin with the name of a service; a tab, a gap or a time behind it makes it a cell.
    let gap = behind.get(..behind.len() - rest.len()).unwrap_or_default();
    let mut is_cell = rest.is_empty() || gap.contains('\t') || gap.len() > 1;
    for field in [Field::CreatedAt, Field::CompletedAt] {
        let Some((time, behind)) = time_in_front(rest) else { break };
        draft.put(field, time.to_owned());
        rest = behind.trim_start();
        is_cell = true;
    }
    match resource_type {
        Some(name) if is_cell => draft.put(Field::ResourceType, name.to_owned()),
        Some(_) => return text,
        None => {}
    }
    rest
}

/// The type of a resource that a text begins with.
fn type_in_front(text: &str) -> Option<&str> {
    let begins = |name: &&&str| {
        text.strip_prefix(**name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    RESOURCE_TYPES.iter().filter(begins).max_by_key(|name| name.len()).copied()
}

/// A message without the fields in front of it, and without its own name behind these, as a rule of EventBridge may say
/// them in a row: `Resource type: EC2, source vault: arn:…. Reason: …`
fn without_fields<'m>(text: &'m str, draft: &mut Draft) -> &'m str {
    let mut rest = text;
    // An error may begin with its own name.
    let is_label = |name: &str| {
        name.eq_ignore_ascii_case("reason") || Field::of(name.as_bytes()) == Field::StatusMessage
    };
    while let Some((name, behind)) = rest.split_once(':') {
        let field = Field::of(name.trim().as_bytes());
        let behind = behind.trim_start();
        let is_message = matches!(field, Field::StatusMessage | Field::MaybeMessage);
        if is_message && (rest.len() < text.len() || is_label(name)) {
            return behind;
        }
        let Some(value) = value_in_front(field, behind) else { break };
        draft.put(field, value.to_owned());
        rest = behind.get(value.len()..).unwrap_or_default().trim_start_matches(BETWEEN_FIELDS);
    }
    named_message(rest).unwrap_or(rest)
}

/// What stands between the fields of a sentence.
const BETWEEN_FIELDS: &[char] = &[' ', '\t', ',', ';', '|', '.'];

/// The value of a field that a text begins with, if it is one that the field has: a sentence may begin with a name, too.
fn value_in_front(field: Field, text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?.trim_end_matches(BETWEEN_FIELDS);
    let is_one = match field {
        Field::MaybePlace
        | Field::MaybeSource
        | Field::ResourceArn
        | Field::RoleArn
        | Field::SourceVaultArn
        | Field::DestinationVaultArn => word.starts_with("arn:"),
        Field::ResourceType => return type_in_front(text),
        Field::AccountId => is_account(word),
        Field::Region => word.contains('-') && word.ends_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    is_one.then_some(word)
}

fn is_account(word: &str) -> bool {
    word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands behind the name of the status message, be other things said before it.
fn named_message(text: &str) -> Option<&str> {
    let is_name = |before: &str| {
        let name = before.rsplit(BETWEEN_FIELDS.get(2..).unwrap_or_default()).next().unwrap_or_default();
        Field::of(name.trim().as_bytes()) == Field::StatusMessage
    };
    let mut names = text.match_indices(':').filter_map(|(at, _)| text.split_at_checked(at));
    names.find(|(before, _)| is_name(before)).map(|(_, behind)| behind.trim_start_matches(':').trim_start())
}

/// The time that a text begins with, of up to three words, and what stands behind it.
fn time_in_front(text: &str) -> Option<(&str, &str)> {
    let ends = text.match_indices([' ', '\t']).map(|(at, _)| at).chain([text.len()]).take(3);
    let cuts: Vec<(&str, &str)> = ends.filter_map(|end| text.split_at_checked(end)).collect();
    cuts.into_iter().rev().find(|(time, _)| looks_like_time(time))
}

/// A word without what separates it from the next.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_request_is_not_that_of_the_job_behind_it() {
        let (request, id) = ("7c6ba3ea-7450-d833-c98a-14c803461732", "47C8EF56-74D8-059D-1301-C5BE1D5C926E");
        for (line, expected) in [
            (format!("[INFO]\t2025-07-02T05:05:03.140Z\t{request}\tcopy job {id} FAILED: No key"), id),
            (format!("2025-07-02T05:05:03.140Z\t{request}\tINFO\t{id} FAILED: No key"), id),
            (format!("2025-07-02T05:05:03.140Z {id} FAILED: No key, see {request}"), id),
            (format!("{id} {request} FAILED: No key"), id),
        ] {
            let job = row(&line, Position { line: 1, column: 1 }, &"-".into())
                .and_then(Told::copy_job)
                .expect("a job")
                .finish();
            assert_eq!(job.copy_job_id.as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn places_in_front_of_a_message_are_none_of_it() {
        let vault = |name: &str| format!("arn:aws:backup:eu-west-1:111122223333:backup-vault:{name}");
        let (source, destination) = (vault("prod"), vault("dr"));
        let id = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
        let at = Position { line: 1, column: 1 };
        for (behind, message) in [
            ("Reason: No key: none at all", Some("No key: none at all")),
            ("Reason: ", None),
            ("Error: No key", Some("No key")),
            ("", None),
            ("It was not allowed.", Some("It was not allowed.")),
        ] {
            let line = format!(
                "Job {id} is FAILED. Source vault: {source}. Destination vault: {destination}. {behind}"
            );
            let job = row(&line, at, &"-".into()).and_then(Told::copy_job).expect("a job").finish();
            assert_eq!(job.status_message.as_deref(), message, "{line}");
            assert_eq!(
                (job.source_vault_arn.as_ref(), job.destination_vault_arn.as_ref()),
                (Some(&source), Some(&destination))
            );
        }
        let job = row(&format!("{id} FAILED. Reason: No key"), at, &"-".into())
            .and_then(Told::copy_job)
            .expect("a job")
            .finish();
        assert_eq!(job.status_message.as_deref(), Some("No key"));
        for message in ["Error: No key", "Resource: db1 is gone", "Source vault: none"] {
            let job = row(&format!("{id} FAILED {message}"), at, &"-".into())
                .and_then(Told::copy_job)
                .expect("a job")
                .finish();
            assert_eq!(job.status_message.as_deref(), Some(message));
        }
    }

    /// A line of a job, as people align them: behind the state a column of types, whose name may begin a sentence as well.
    #[test]
    fn a_type_of_its_own_is_no_part_of_the_message() {
        for (rest, resource_type, message) in [
            ("EBS", Some("EBS"), ""),
            ("EBS   It was not allowed", Some("EBS"), "It was not allowed"),
            ("EBS 2025-07-02 05:06 It was not allowed", Some("EBS"), "It was not allowed"),
            ("EBS snapshots are locked", None, "EBS snapshots are locked"),
        ] {
            let line = format!("47c8ef56-74d8-059d-1301-c5be1d5c926e FAILED {rest}");
            let record = row(&line, Position { line: 1, column: 1 }, &"-".into())
                .and_then(Told::copy_job)
                .expect("a job")
                .finish();
            assert_eq!(record.resource_type.as_deref(), resource_type, "{rest}");
            assert_eq!(record.status_message.unwrap_or_default(), message, "{rest}");
        }
    }

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    /// What a line in which `@` is an id tells: the state and message of a copy job, or the kind of another.
    fn told(line: &str) -> Option<String> {
        let line = line.replace('@', ID);
        Some(match row(&line, Position { line: 1, column: 1 }, &"-".into())? {
            Told::CopyJob(job) => {
                let job = job.finish();
                assert_eq!(job.copy_job_id.as_deref(), Some(ID), "{line}");
                let resource_type = job.resource_type.map(|it| format!(" {it}")).unwrap_or_default();
                let message = job.status_message.unwrap_or_else(|| "-".to_owned());
                format!("{}{resource_type}: {message}", job.state.as_str())
            }
            Told::OtherJob(kind) => format!("{kind:?}"),
        })
    }

    #[track_caller]
    fn tells(line: &str, expected: &str) {
        assert_eq!(told(line).as_deref(), Some(expected), "{line}");
    }

    /// The message began with all that a rule of EventBridge puts in front of it.
    #[test]
    fn what_a_rule_says_before_the_message_is_none_of_it() {
        let vault = "arn:aws:backup:eu-west-1:735091482266:backup-vault:dr";
        let said = "AWS Backup copy job @ in account 111122223333 (eu-central-1) changed to state FAILED.";
        for (behind, expected) in [
            (
                format!(
                    "Resource type: EC2, resource: arn:aws:ec2:eu-central-1:1:instance/i-1, destination vault: {vault}. Status message: No key: none."
                ),
                "FAILED EC2: No key: none.",
            ),
            (
                format!("Resource type: Storage Gateway. Destination vault: {vault}. Status message: "),
                "FAILED Storage Gateway: -",
            ),
            ("Status message: No key".to_owned(), "FAILED: No key"),
            ("Account: 111122223333, region: eu-west-1; reason: No key".to_owned(), "FAILED: No key"),
            // Something that is no field is in front, too.
            ("Backup size: 12 GB. Status message: No key".to_owned(), "FAILED: No key"),
            ("Resource: web-04. Statusmeldung: No key".to_owned(), "FAILED: No key"),
            // A sentence with a colon.
            (
                "Resource type: none of these, and a reason: No key".to_owned(),
                "FAILED: Resource type: none of these, and a reason: No key",
            ),
            ("Region: cross-region copies are off".to_owned(), "FAILED: Region: cross-region copies are off"),
            ("It failed. Reason: No key".to_owned(), "FAILED: It failed. Reason: No key"),
            // A word that only begins with the name of a type.
            ("Resource type: EBS-backed. Status message: No key".to_owned(), "FAILED: No key"),
        ] {
            tells(&format!("\"{said} {behind}\""), expected);
            tells(&format!("{said} {behind}"), expected);
        }
    }

    #[test]
    fn what_a_line_calls_its_id_tells_a_job_of_another_kind() {
        for (line, expected) in [
            ("WARNING - backup job @ (EBS): FAILED: There was a running one", "OtherBackupJob"),
            ("\"AWS Backup backup job @ changed to state FAILED. Status message: No\"", "OtherBackupJob"),
            ("Backup Job ID: @ FAILED It was denied", "OtherBackupJob"),
            ("backupJobId @ FAILED", "OtherBackupJob"),
            ("Sicherungsauftrag @: FAILED", "OtherBackupJob"),
            ("Backup-Auftrag @ FAILED", "OtherBackupJob"),
            ("restore job '@' -> FAILED", "OtherRestoreJob"),
            ("Wiederherstellungsauftrag @ FAILED", "OtherRestoreJob"),
            ("scan_job_id @ FAILED", "OtherJob"),
            ("copy job @ FAILED: No key", "FAILED: No key"),
            ("AWS Backup job @ FAILED: No key", "FAILED: No key"),
            ("backup copy job @ FAILED: No key", "FAILED: No key"),
            ("Copy of the backup job @ FAILED: No key", "FAILED: No key"),
            ("Kopierauftrag @: FAILED: No key", "FAILED: No key"),
            (
                "job @ FAILED: see backup job C83DD507-CB93-1085-5D6E-DFEF5A507A76",
                "FAILED: see backup job C83DD507-CB93-1085-5D6E-DFEF5A507A76",
            ),
            ("backup job C83DD507-CB93-1085-5D6E-DFEF5A507A76, copy job @ FAILED: No key", "FAILED: No key"),
        ] {
            tells(line, expected);
        }
        assert_eq!(told("starting backup job @ for db1"), None);
    }

    #[test]
    fn a_message_with_an_id_in_front_does_not_say_how_the_job_went() {
        for (line, expected) in [
            (format!("{ID}: The key was not found"), false),
            (format!("{ID} FAILED: The key was not found"), true),
            (format!("backup job {ID} FAILED"), true),
        ] {
            let told = row(&line, Position { line: 1, column: 1 }, &"-".into()).expect("a job");
            assert_eq!(told.has_state(), expected, "{line}");
        }
    }

    /// `echo -n "$id "` in front of what `describe-copy-job --output text` says.
    #[test]
    fn the_cells_around_a_message_are_none_of_it() {
        for (line, expected) in [
            ("@ FAILED\tEC2\tImages cannot be copied", "FAILED EC2: Images cannot be copied"),
            ("@ FAILED\tEC2\tDenied", "FAILED EC2: Denied"),
            // As long as the number of an account.
            ("@ FAILED\tEC2\tUnauthorized", "FAILED EC2: Unauthorized"),
            ("@ FAILED\tImages cannot be copied\tEC2", "FAILED EC2: Images cannot be copied"),
            ("@ EC2\tImages cannot be copied\tFAILED", "FAILED EC2: Images cannot be copied"),
            ("@ FAILED\tStorage Gateway\tNone", "FAILED Storage Gateway: -"),
            ("@ FAILED\tNone\tEBS", "FAILED EBS: -"),
            ("@ FAILED\tNone", "FAILED: -"),
            ("@ FAILED\tEBS", "FAILED EBS: -"),
            (
                "@ FAILED\tEBS\t111122223333\tarn:aws:rds:eu-west-1:111122223333:db:a\tIt was denied",
                "FAILED EBS: It was denied",
            ),
            ("@ FAILED\tEBS\t2025-07-02T05:06:27.234000+00:00\tIt was denied", "FAILED EBS: It was denied"),
            ("FAILED\tEBS\t@", "FAILED: -"),
            ("@ FAILED It was\tdenied", "FAILED: It was\tdenied"),
        ] {
            tells(line, expected);
        }
    }
}
