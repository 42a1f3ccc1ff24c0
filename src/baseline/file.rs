//! The file that lists known failures: a line of JSON for each, so that a difference of two versions shows what was
//! added and what went.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Baseline, Failure, KnownFailure, What};
use crate::language::Language;
use crate::normalise::mask;
use crate::phrases::{Complaint, Shown, Value};
use crate::record::Position;

/// More than any list that people review; beyond it, the file is another one.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The version of the format. It grows when a field changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

const KIND: &str = "copydoctor-baseline";

/// What is wrong with a list of known failures, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    file: Arc<str>,
    position: Option<Position>,
    complaint: Complaint,
}

impl BaselineError {
    /// `FILE:LINE:COLUMN: what is wrong`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let place = self.position.map(|position| format!(":{position}")).unwrap_or_default();
        format!("{}{place}: {}", self.file, self.complaint.text(language))
    }
}

impl Shown for BaselineError {
    fn shown(&self, language: Language) -> Value {
        Value::of_text(self.text(language))
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        let complaint = self.complaint.with_texts(change);
        Self { file: change(&self.file).into(), complaint, ..self.clone() }
    }
}

/// The text in English.
impl fmt::Display for BaselineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::En))
    }
}

impl std::error::Error for BaselineError {}

/// The first line: what the file is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    schema_version: u32,
    kind: String,
}

impl Head {
    pub(crate) fn new() -> Self {
        Self { schema_version: SCHEMA_VERSION, kind: KIND.to_owned() }
    }
}

/// A failure that is known, one line behind the first one, which is `{"schema_version":1,"kind":"copydoctor-baseline"}`.
/// It has one of `cause`, `message` and `state`. A field that is left out is known of jobs only that do not say it
/// either.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Entry {
    /// The id of the root cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    /// The message that nothing fits, with its variable parts masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The state of a job that has no message.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// The account that owns the job: the source account.
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    /// The Region of the source vault.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_region: Option<String>,
    /// The ARN of the resource that was backed up.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_arn: Option<String>,
    /// The ARN of the source vault, where the job names no resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_vault_arn: Option<String>,
    /// The ARN of the destination vault.
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_vault_arn: Option<String>,
    /// Why the failure stays, for the people who read the file. It is kept when the file is written anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<&KnownFailure> for Entry {
    fn from(KnownFailure { failure, reason }: &KnownFailure) -> Self {
        let entry = match &failure.what {
            What::Cause(id) => Self { cause: Some(id.clone()), ..Self::default() },
            What::Message(message) => Self { message: Some(message.clone()), ..Self::default() },
            What::State(state) => Self { state: Some(state.clone()), ..Self::default() },
        };
        Self {
            account_id: failure.account_id.clone(),
            source_region: failure.source_region.clone(),
            resource_arn: failure.resource_arn.clone(),
            source_vault_arn: failure.source_vault_arn.clone(),
            destination_vault_arn: failure.destination_vault_arn.clone(),
            reason: reason.clone(),
            ..entry
        }
    }
}

impl Entry {
    fn known(self) -> Option<KnownFailure> {
        let what = match (self.cause, self.message, self.state) {
            (Some(cause), None, None) => What::Cause(cause),
            // Whoever writes it by hand need not know what varies.
            (None, Some(message), None) => What::Message(mask(&message).into_owned()),
            (None, None, Some(state)) => What::State(state),
            _ => return None,
        };
        let failure = Failure {
            what,
            account_id: self.account_id,
            source_region: self.source_region,
            resource_arn: self.resource_arn,
            source_vault_arn: self.source_vault_arn,
            destination_vault_arn: self.destination_vault_arn,
        };
        Some(KnownFailure { failure, reason: self.reason })
    }
}

impl Baseline {
    /// Reads a list of known failures, as `copydoctor batch --write-baseline` writes it.
    ///
    /// ```
    /// use copydoctor::baseline::Baseline;
    /// let file = "{\"schema_version\":1,\"kind\":\"copydoctor-baseline\"}\n{\"cause\":\"tag-policy-violation\"}\n";
    /// let baseline = Baseline::read("known.jsonl", file.as_bytes())?;
    /// assert_eq!(baseline.known().len(), 1);
    /// # Ok::<(), copydoctor::baseline::BaselineError>(())
    /// ```
    ///
    /// # Errors
    /// Where the file cannot be read, or a line is no known failure.
    pub fn read(name: &str, reader: impl Read) -> Result<Self, BaselineError> {
        let file: Arc<str> = name.into();
        let fault = |position: Option<Position>, complaint: Complaint| BaselineError {
            file: Arc::clone(&file),
            position,
            complaint,
        };
        let mut text = String::new();
        let read = reader.take(LARGEST + 1).read_to_string(&mut text);
        read.map_err(|error| fault(None, Complaint::cannot_be_read(&error)))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        if text.len() as u64 > LARGEST || !lines.next().is_some_and(|(_, line)| is_head(line)) {
            let head = format!("{{\"schema_version\":{SCHEMA_VERSION},\"kind\":\"{KIND}\"}}");
            return Err(fault(Some(Position { line: 1, column: 1 }), Complaint::NoBaseline { head }));
        }
        let mut known = Vec::new();
        for (line, text) in lines {
            let entry: Entry = serde_json::from_str(text).map_err(|error| {
                let column = error.column() as u64;
                // The place stands in front, in the terms of the file.
                let problem = error.to_string();
                let problem = problem.split(" at line ").next().unwrap_or_default();
                fault(
                    Some(Position { line, column }),
                    Complaint::NoKnownFailure { error: problem.to_owned() },
                )
            })?;
            let position = Position { line, column: 1 };
            let entry = entry.known().ok_or_else(|| fault(Some(position), Complaint::FailureWithoutKind))?;
            known.push((entry, position));
        }
        Ok(Self::new(Arc::clone(&file), known))
    }
}

fn is_head(line: &str) -> bool {
    serde_json::from_str::<Head>(line)
        .is_ok_and(|head| head.schema_version == SCHEMA_VERSION && head.kind == KIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "{\"schema_version\":1,\"kind\":\"copydoctor-baseline\"}\n";

    #[track_caller]
    fn is_refused(text: &str, said: &str) {
        let error = Baseline::read("known.jsonl", text.as_bytes()).expect_err(text).to_string();
        assert!(error.starts_with(said), "{error}");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        is_refused("", "known.jsonl:1:1: no list of known failures");
        is_refused("{\"CopyJobs\": []}", "known.jsonl:1:1: no list of known failures");
        is_refused(
            &HEAD.replace('1', "2"),
            "known.jsonl:1:1: no list of known failures that this version reads",
        );
        let line = |text: &str| format!("{HEAD}\n{text}\n");
        is_refused(&line("<<<<<<< HEAD"), "known.jsonl:3:1: not a known failure: expected value");
        is_refused(
            &line("{\"cause\":\"a\",\"acount_id\":\"1\"}"),
            "known.jsonl:3:24: not a known failure: unknown field",
        );
        for text in ["{}", "{\"cause\":\"a\",\"message\":\"b\"}", "{\"account_id\":\"111122223333\"}"] {
            is_refused(&line(text), "known.jsonl:3:1: a known failure has one of cause, message and state");
        }
    }

    #[test]
    fn a_message_by_hand_is_masked_like_those_of_jobs() {
        let text = format!("\u{feff}{HEAD}{{\"message\":\"odd volume vol-0123456789abcdef0\"}}\r\n");
        let baseline = Baseline::read("known.jsonl", text.as_bytes()).expect("a list of known failures");
        let what: Vec<_> = baseline.known().map(|known| known.failure.what.clone()).collect();
        assert_eq!(what, [What::Message("odd volume <id>".into())]);
    }
}
