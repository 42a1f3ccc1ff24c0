//! What one copy job is, whatever file it was read from.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::identifier::Arn;

/// The state of a copy job, as AWS names it.
///
/// Source: `CopyJobState` and `CopyJobStatus` in the AWS Backup API reference. A state that this list
/// does not know is kept as it was written, in upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The job exists and has not begun.
    Created,
    /// The job copies.
    Running,
    /// The copy is there (possibly with issues: then there is a status message).
    Completed,
    /// The job failed.
    Failed,
    /// A parent job of which some child jobs failed.
    Partial,
    /// Another state's name, in upper case.
    Other(String),
    /// The file names no state.
    Unknown,
}

/// The states of copy jobs by name; then those that only summaries and reports name, and the words of the German
/// console, each with what it means.
const KNOWN_STATES: &[(&str, &str)] = &[
    ("CREATED", "CREATED"),
    ("RUNNING", "RUNNING"),
    ("COMPLETED", "COMPLETED"),
    ("FAILED", "FAILED"),
    ("PARTIAL", "PARTIAL"),
    ("ABORTED", "ABORTED"),
    ("ABORTING", "ABORTING"),
    ("COMPLETING", "COMPLETING"),
    ("EXPIRED", "EXPIRED"),
    ("FAILING", "FAILING"),
    ("PENDING", "PENDING"),
    ("Erstellt", "CREATED"),
    ("Wird ausgeführt", "RUNNING"),
    ("Läuft", "RUNNING"),
    ("Abgeschlossen", "COMPLETED"),
    ("Fehlgeschlagen", "FAILED"),
    ("Teilweise", "PARTIAL"),
    ("Teilweise abgeschlossen", "PARTIAL"),
    ("Abgebrochen", "ABORTED"),
    ("Abgelaufen", "EXPIRED"),
];

impl State {
    /// Reads a state in any spelling of case, also as the German console names it.
    ///
    /// ```
    /// use copydoctor::State;
    /// assert_eq!(State::parse("Failed"), State::Failed);
    /// assert_eq!(State::parse("Fehlgeschlagen"), State::Failed);
    /// assert_eq!(State::parse("aborted").as_str(), "ABORTED");
    /// assert_eq!(State::parse("").as_str(), "UNKNOWN");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let known = KNOWN_STATES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        match known.map(|(_, state)| *state) {
            Some("CREATED") => Self::Created,
            Some("RUNNING") => Self::Running,
            Some("COMPLETED") => Self::Completed,
            Some("FAILED") => Self::Failed,
            Some("PARTIAL") => Self::Partial,
            Some(other) => Self::Other(other.to_owned()),
            None if text.is_empty() || text.eq_ignore_ascii_case("UNKNOWN") => Self::Unknown,
            None => Self::Other(text.to_ascii_uppercase()),
        }
    }

    /// Whether AWS has a state of this name, in any spelling of case.
    ///
    /// ```
    /// use copydoctor::State;
    /// assert!(State::is_known_name("Aborted") && !State::is_known_name("gone"));
    /// ```
    #[must_use]
    pub fn is_known_name(text: &str) -> bool {
        let text = text.trim();
        KNOWN_STATES.iter().any(|(name, _)| name.eq_ignore_ascii_case(text))
    }

    /// The names of the states that AWS has.
    pub(crate) fn known_names() -> impl Iterator<Item = &'static str> {
        KNOWN_STATES.iter().map(|(name, _)| *name)
    }

    /// AWS's upper-case name, or `UNKNOWN`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Created => "CREATED",
            Self::Running => "RUNNING",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Partial => "PARTIAL",
            Self::Other(name) => name,
            Self::Unknown => "UNKNOWN",
        }
    }

    /// Whether the job is over: no later state follows.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        match self {
            Self::Completed | Self::Failed | Self::Partial => true,
            Self::Other(name) => matches!(name.as_str(), "ABORTED" | "EXPIRED"),
            Self::Created | Self::Running | Self::Unknown => false,
        }
    }

    /// Whether the state itself says that something went wrong, message or not.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Failed | Self::Partial => true,
            Self::Other(name) => {
                matches!(name.as_str(), "ABORTED" | "ABORTING" | "EXPIRED" | "FAILING")
            }
            Self::Completed | Self::Created | Self::Running | Self::Unknown => false,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The id of a copy job, for comparing: tools disagree about the case of ids.
///
/// ```
/// use copydoctor::record::JobId;
/// let id = |text| JobId::of(text);
/// assert_eq!(id("47C8EF56-74D8-059D-1301-C5BE1D5C926E"), id("47c8ef56-74d8-059d-1301-c5be1d5c926e"));
/// assert_ne!(id("a"), id("b"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JobId {
    /// A UUID, as AWS makes them.
    Uuid(u128),
    /// Another text, in lower case.
    Text(Box<str>),
}

impl JobId {
    /// The id that a text is.
    #[must_use]
    pub fn of(text: &str) -> Self {
        uuid(text).map_or_else(|| Self::Text(text.to_ascii_lowercase().into()), Self::Uuid)
    }
}

fn uuid(text: &str) -> Option<u128> {
    if text.len() != 36 {
        return None;
    }
    text.bytes().enumerate().try_fold(0_u128, |number, (at, byte)| {
        if matches!(at, 8 | 13 | 18 | 23) {
            return (byte == b'-').then_some(number);
        }
        let digit = char::from(byte).to_digit(16)?;
        Some(number << 4 | u128::from(digit))
    })
}

/// How well a record tells of its job, in this order: whether it says how the job ended, how late it is, whether it has
/// a message. It takes eight bytes, as one is kept for each of millions of jobs.
///
/// ```
/// use copydoctor::record::{Rank, State, parse_time};
/// let rank = |state, time, has_message| Rank::new(&state, parse_time(time), has_message);
/// assert!(rank(State::Failed, "2025-07-02", false) > rank(State::Running, "2025-07-03", true));
/// assert!(rank(State::Failed, "2025-07-02 00:00:00.000001", false) > rank(State::Failed, "2025-07-02", true));
/// assert!(rank(State::Failed, "", true) > rank(State::Failed, "", false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(u64);

impl Rank {
    /// The rank of a record of which this is known.
    #[must_use]
    pub fn new(state: &State, time: Option<Timestamp>, has_message: bool) -> Self {
        /// More microseconds than lie between 1970 and any year of four digits.
        const LONGEST: i64 = 1 << 60;
        let since =
            |time: Timestamp| (time.as_microsecond().clamp(-LONGEST + 1, LONGEST) + LONGEST).unsigned_abs();
        let time = time.map_or(0, since);
        Self(u64::from(state.is_terminal()) << 63 | time << 1 | u64::from(has_message))
    }

    /// The rank as a number, for those who compare ranks elsewhere: the higher tells better.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// The rank of a record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let time = record.completed_at.or(record.created_at);
        Self::new(&record.state, time, record.status_message.is_some())
    }
}

/// A place in a text file, counted from 1; the column counts bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u64,
    /// The byte within the line.
    pub column: u64,
}

impl Position {
    /// The place behind `bytes`, where they begin here.
    ///
    /// ```
    /// use copydoctor::record::Position;
    /// let start = Position { line: 3, column: 5 };
    /// assert_eq!(start.after(b"ab"), Position { line: 3, column: 7 });
    /// assert_eq!(start.after(b"a\nb"), Position { line: 4, column: 2 });
    /// ```
    #[must_use]
    pub fn after(self, bytes: &[u8]) -> Self {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        let last = bytes.iter().rev().take_while(|byte| **byte != b'\n').count() as u64;
        self.moved(lines.saturating_add(1), last.saturating_add(1))
    }

    /// The place that is at `line` and `column`, both counted from 1, of a text that begins here.
    #[must_use]
    pub fn moved(self, line: u64, column: u64) -> Self {
        if line <= 1 {
            Self { line: self.line, column: self.column.saturating_add(column.saturating_sub(1)) }
        } else {
            Self { line: self.line.saturating_add(line - 1), column }
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// One copy job as one file tells of it. Several records can tell of the same job.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The file's name as the user gave it; `-` is standard input.
    pub file: Arc<str>,
    /// Where in the file the record begins.
    pub position: Position,
    /// The job's id. `CREATED` events have none.
    pub copy_job_id: Option<String>,
    /// The job's state.
    pub state: State,
    /// The text that AWS attached to the job.
    pub status_message: Option<String>,
    /// AWS's own coarse category of the message.
    pub message_category: Option<String>,
    /// The account that owns the job: the source account.
    pub account_id: Option<String>,
    /// The Region of the source vault, in which the job runs.
    pub source_region: Option<String>,
    /// The account of the destination vault.
    pub destination_account: Option<String>,
    /// The Region of the destination vault.
    pub destination_region: Option<String>,
    /// ARN of the vault that is copied from.
    pub source_vault_arn: Option<String>,
    /// ARN of the vault that is copied into.
    pub destination_vault_arn: Option<String>,
    /// ARN of the recovery point that is copied.
    pub recovery_point_arn: Option<String>,
    /// ARN of the copy, where there is one.
    pub destination_recovery_point_arn: Option<String>,
    /// ARN of the key of the copy, where the job names one.
    pub destination_key_arn: Option<String>,
    /// What was backed up: `EC2`, `RDS` …
    pub resource_type: Option<String>,
    /// ARN of what was backed up.
    pub resource_arn: Option<String>,
    /// Name of what was backed up.
    pub resource_name: Option<String>,
    /// ARN of the role that the job acts as.
    pub role_arn: Option<String>,
    /// Id of the backup plan that made the job; a job that somebody started by hand has none.
    pub backup_plan_id: Option<String>,
    /// Name of the plan.
    pub backup_plan_name: Option<String>,
    /// Id of the plan's rule.
    pub backup_rule_id: Option<String>,
    /// Name of the rule.
    pub backup_rule_name: Option<String>,
    /// Id of the backup job whose recovery point is copied, where the rule copies right after the backup.
    pub backup_job_id: Option<String>,
    /// Id of the parent job, if this is the copy of one part of a composite resource.
    pub parent_job_id: Option<String>,
    /// Whether the job copies a composite resource by child jobs, which have the reasons.
    pub is_parent: bool,
    /// When the job was created.
    pub created_at: Option<Timestamp>,
    /// When the job ended.
    pub completed_at: Option<Timestamp>,
}

impl Record {
    /// A record of which nothing is known but where it stands.
    #[must_use]
    pub fn new(file: Arc<str>, position: Position) -> Self {
        Self {
            file,
            position,
            copy_job_id: None,
            state: State::Unknown,
            status_message: None,
            message_category: None,
            account_id: None,
            source_region: None,
            destination_account: None,
            destination_region: None,
            source_vault_arn: None,
            destination_vault_arn: None,
            recovery_point_arn: None,
            destination_recovery_point_arn: None,
            destination_key_arn: None,
            resource_type: None,
            resource_arn: None,
            resource_name: None,
            role_arn: None,
            backup_plan_id: None,
            backup_plan_name: None,
            backup_rule_id: None,
            backup_rule_name: None,
            backup_job_id: None,
            parent_job_id: None,
            is_parent: false,
            created_at: None,
            completed_at: None,
        }
    }

    /// Completes accounts and Regions from the vaults' ARNs, which name them most reliably.
    ///
    /// The account is taken from the source vault only where the file names none: a report can name an
    /// account that is not the vault's, and then the file is right about whose job it is.
    pub fn complete_from_arns(&mut self) {
        if let Some(vault) = self.source_vault_arn.as_deref().and_then(Arn::split) {
            self.source_region = named(vault.region).or(self.source_region.take());
            self.account_id = self.account_id.take().or(named(vault.account));
        }
        if let Some(vault) = self.destination_vault_arn.as_deref().and_then(Arn::split) {
            self.destination_region = named(vault.region);
            self.destination_account = named(vault.account);
        }
    }

    /// Whether the job needs somebody's attention: it failed, or it carries a status message although
    /// it did not (a copy completed with issues).
    #[must_use]
    pub fn is_problem(&self) -> bool {
        self.state.is_failure() || self.status_message.is_some()
    }
}

fn named(field: &str) -> Option<String> {
    (!field.is_empty()).then(|| field.to_owned())
}

/// Reads a point in time as AWS's tools write it: RFC 3339 with `T` or a space, seconds or milliseconds since 1970
/// as a number, or the forms of PowerShell and of CloudTrail's answers. A time without an offset is taken as UTC.
///
/// ```
/// use copydoctor::record::parse_time;
/// let time = parse_time("2025-07-02 05:06:27.234000+00:00").unwrap();
/// assert_eq!(parse_time("1751432787.234"), Some(time));
/// assert_eq!(parse_time("1751432787234"), Some(time));
/// assert_eq!(parse_time("soon"), None);
/// ```
#[must_use]
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return time_of_number(number);
    }
    if let Some(ticks) = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
        // An offset behind the milliseconds says how the time was shown, not which it is.
        let offset = ticks.get(1..).and_then(|rest| rest.find(['+', '-'])).map_or(ticks.len(), |at| at + 1);
        return time_of_number(ticks.get(..offset)?.trim().parse().ok()?);
    }
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil: Option<jiff::civil::DateTime> = text.parse().ok();
        let spelled = || SPELLED.iter().find_map(|form| jiff::civil::DateTime::strptime(form, text).ok());
        jiff::tz::TimeZone::UTC.to_timestamp(civil.or_else(spelled)?).ok()
    })
}

/// Seconds or milliseconds since 1970.
fn time_of_number(number: f64) -> Option<Timestamp> {
    /// Seconds beyond this would lie in the year 5138, so the number must count milliseconds.
    const MILLISECONDS_FROM: f64 = 1e11;
    let milliseconds = if number.abs() > MILLISECONDS_FROM { number } else { number * 1000.0 };
    let in_range = milliseconds.is_finite() && milliseconds.abs() < 1e15;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above")]
    in_range.then(|| Timestamp::from_millisecond(milliseconds.round() as i64).ok()).flatten()
}

/// How people's tools spell a time beyond the standard, in the order in which they are tried.
const SPELLED: &[&str] = &[
    "%b %d, %Y, %I:%M:%S %p", // CloudTrail's copy of an API's answer
    "%m/%d/%Y %I:%M:%S %p",   // PowerShell in American English
    "%B %d, %Y, %H:%M:%S (UTC%:z)",
    "%d.%m.%Y %H:%M:%S", // PowerShell and Excel in German
    "%d.%m.%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S%.f +0000 UTC", // Go
];

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record::new("jobs.json".into(), Position { line: 1, column: 1 })
    }

    #[test]
    fn vaults_name_accounts_and_regions() {
        let mut record = Record {
            source_vault_arn: Some("arn:aws:backup:eu-west-1:111122223333:backup-vault:prod".into()),
            destination_vault_arn: Some("arn:aws:backup:eu-central-1:444455556666:backup-vault:dr".into()),
            ..record()
        };
        record.complete_from_arns();
        assert_eq!(record.account_id.as_deref(), Some("111122223333"));
        assert_eq!(record.source_region.as_deref(), Some("eu-west-1"));
        assert_eq!(record.destination_account.as_deref(), Some("444455556666"));
        assert_eq!(record.destination_region.as_deref(), Some("eu-central-1"));
    }

    /// AWS's documentation shows such an event. What a file says is shown; a policy gets none of it.
    #[test]
    fn an_account_of_13_digits_is_shown_as_it_is_written() {
        let vault = "arn:aws:backup:eu-central-1:4445556667777:backup-vault:dr";
        let mut record = Record { destination_vault_arn: Some(vault.into()), ..record() };
        record.complete_from_arns();
        assert_eq!(record.destination_account.as_deref(), Some("4445556667777"));
    }

    #[test]
    fn a_completed_job_with_a_message_is_a_problem_and_one_without_is_none() {
        let mut record = Record { state: State::Completed, ..record() };
        assert!(!record.is_problem());
        record.status_message = Some("We are unable to copy resource tags to your backup".into());
        assert!(record.is_problem());
    }

    #[test]
    fn times_in_every_spelling_of_awss_tools_are_the_same_moment() {
        let moment = parse_time("2025-07-02T05:06:27.234Z");
        assert!(moment.is_some());
        for text in [
            "2025-07-02T05:06:27.234000+00:00",
            "2025-07-01T22:06:27.234000-07:00",
            "2025-07-02 05:06:27.234000+00:00",
            "2025-07-02T05:06:27.234",
            "1751432787.234",
            "1.751432787234E9",
            "1751432787234",
            "/Date(1751432787234)/",
            "/Date(1751432787234+0200)/",
            "2025-07-02 05:06:27.234 +0000 UTC",
        ] {
            assert_eq!(parse_time(text), moment, "{text}");
        }
    }

    #[test]
    fn times_as_spreadsheets_and_shells_spell_them_are_read_as_utc() {
        let moment = parse_time("2025-07-02T05:06:27Z");
        for text in
            ["7/2/2025 5:06:27 AM", "Jul 2, 2025, 5:06:27 AM", "02.07.2025 05:06:27", "2025/07/02 05:06:27"]
        {
            assert_eq!(parse_time(text), moment, "{text}");
        }
    }

    #[test]
    fn a_number_beyond_every_calendar_is_no_time() {
        for text in ["1e300", "inf", "NaN", "-1e16", ""] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
