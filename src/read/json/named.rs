//! What a job's keys leave to those around it: objects whose keys are the ids or the states of the jobs below them, as
//! `jq` makes them by `from_entries` and of `group_by`.

use super::frame::Frame;
use crate::identifier::is_uuid;
use crate::read::draft::Draft;
use crate::read::field::Field;
use crate::record::State;

/// What a key says of the jobs that are its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Naming {
    Nothing,
    /// The id of the job that is the value.
    Id(Box<str>),
    /// The state of all jobs within.
    State(Box<str>),
}

impl Naming {
    pub(super) fn of(key: &[u8]) -> Self {
        // A state is written as AWS writes it: other services have lists of what `Failed` and of what is `completed`.
        let is_state = |key: &str| State::is_known_name(key) && key.bytes().all(|it| it.is_ascii_uppercase());
        match key {
            [_, second, ..] if (3..=10).contains(&key.len()) && second.is_ascii_uppercase() => {
                named(key).filter(|key| is_state(key)).map_or(Self::Nothing, |key| Self::State(key.into()))
            }
            _ if key.len() == 36 => {
                named(key).filter(|key| is_uuid(key)).map_or(Self::Nothing, |key| Self::Id(key.into()))
            }
            _ => Self::Nothing,
        }
    }
}

fn named(key: &[u8]) -> Option<&str> {
    std::str::from_utf8(key).ok()
}

/// What the keys around an object say of the job that it may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Around<'k> {
    pub(super) id: Option<&'k str>,
    pub(super) state: Option<&'k str>,
}

impl<'k> Around<'k> {
    /// What is said by the keys whose values are open, the outermost first.
    pub(super) fn of(frames: &'k [Frame]) -> Self {
        let id = frames.last().and_then(|outer| match &outer.naming {
            Naming::Id(id) => Some(&**id),
            _ => None,
        });
        let state = frames.iter().rev().find_map(|outer| match &outer.naming {
            Naming::State(state) => Some(&**state),
            _ => None,
        });
        Self { id, state }
    }

    /// Puts in what the job does not say itself.
    pub(super) fn fill_gaps(self, draft: &mut Draft) {
        if let Some(id) = self.id.filter(|_| !draft.has_id()) {
            draft.put(Field::MaybeId, id.to_owned());
        }
        if let Some(state) = self.state.filter(|_| !draft.has_state()) {
            draft.put(Field::State, state.to_owned());
        }
    }
}

/// Whether the jobs here lack a state that stands around them.
pub(super) fn is_under_state(frames: &[Frame]) -> bool {
    frames.iter().any(|outer| matches!(outer.naming, Naming::State(_)))
}

#[cfg(test)]
mod tests {
    use super::super::compare::{read_carefully, read_together};
    use super::super::scanner::LARGEST_RECORD;
    use crate::read::Item;
    use crate::read::tests::items_of;

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
    const OTHER: &str = "C83DD507-CB93-1085-5D6E-DFEF5A507A76";

    /// The ids and states of the jobs in a text, in which `@` is an id and `&` another.
    fn jobs(json: &str) -> Vec<(Option<String>, String)> {
        let told = |item| match item {
            Item::Record(job) => Some((job.copy_job_id, job.state.as_str().to_owned())),
            _ => None,
        };
        items_of(&json.replace('@', ID).replace('&', OTHER)).into_iter().filter_map(told).collect()
    }

    #[track_caller]
    fn is(json: &str, expected: &[(Option<&str>, &str)]) {
        let jobs = jobs(json);
        let jobs: Vec<_> = jobs.iter().map(|(id, state)| (id.as_deref(), state.as_str())).collect();
        assert_eq!(jobs, expected, "{json}");
    }

    #[test]
    fn the_key_of_a_job_is_its_id_where_it_has_none() {
        let both = [(Some(ID), "FAILED"), (Some(OTHER), "COMPLETED")];
        for json in [
            r#"{"@": {"status": "FAILED", "message": "No key"}, "&": {"status": "COMPLETED", "message": ""}}"#,
            r#"{"@": {"State": "FAILED", "StatusMessage": "No key"}, "&": {"State": "COMPLETED", "ResourceType": "EBS"}}"#,
            r#"{"jobs": {"@": {"state": "FAILED", "reason": ""}, "&": {"state": "COMPLETED", "vault": "dr"}}}"#,
        ] {
            is(json, &both);
        }
        let of_letters = "ABCDEFAB-CB93-1085-5D6E-DFEF5A507A76";
        is(
            &r#"{"@": {"state": "FAILED", "message": "No key"}}"#.replace('@', of_letters),
            &[(Some(of_letters), "FAILED")],
        );
        is(r#"{"&": {"CopyJobId": "@", "State": "FAILED"}}"#, &[(Some(ID), "FAILED")]);
        is(r#"{"&": {"id": "@", "status": "FAILED", "message": "No key"}}"#, &[(Some(ID), "FAILED")]);
    }

    #[test]
    fn a_key_is_the_id_of_no_other_job_than_its_value() {
        // Of a list, of what a job stands in, and of an event.
        let no_id = [(None, "FAILED")];
        is(r#"{"@": [{"State": "FAILED", "StatusMessage": "No key"}]}"#, &no_id);
        is(r#"{"@": {"last": {"State": "FAILED", "StatusMessage": "No key"}}}"#, &no_id);
        let vaults = r#""sourceBackupVaultArn": "a", "destinationBackupVaultArn": "b""#;
        is(&format!(r#"{{"@": {{"detail": {{"state": "CREATED", {vaults}}}}}}}"#), &[(None, "CREATED")]);
        // What says nothing of a copy may be anything.
        is(r#"{"@": {"status": "FAILED"}, "&": {"status": "COMPLETED", "owner": "anna"}}"#, &[]);
        is(r#"{"@": {"BackupJobId": "B", "State": "FAILED", "ResourceType": "EBS"}}"#, &[]);
    }

    #[test]
    fn the_key_of_jobs_is_their_state_where_they_have_none() {
        let both = [(Some(ID), "FAILED"), (Some(OTHER), "COMPLETED")];
        for json in [
            r#"{"FAILED": [{"CopyJobId": "@", "StatusMessage": "No key"}], "COMPLETED": [{"CopyJobId": "&", "ResourceType": "EBS"}]}"#,
            r#"{"FAILED": {"@": {"message": "No key"}}, "COMPLETED": {"&": {"message": ""}}}"#,
            r#"{"FAILED": {"count": 1, "jobs": [{"id": "@", "why": 1, "reason": "No key"}]}, "COMPLETED": {"EBS": [{"CopyJobId": "&"}]}}"#,
            r#"{"RUNNING": [{"CopyJobId": "@", "State": "FAILED"}, {"id": "&", "status": "COMPLETED"}]}"#,
        ] {
            is(json, &both);
        }
    }

    /// Answers of other services have lists of what failed.
    #[test]
    fn a_key_is_a_state_only_as_aws_writes_it() {
        is(
            r#"{"Failed": [{"Id": "@", "Message": "No key"}], "failed": [{"id": "@", "message": "No key"}]}"#,
            &[],
        );
        is(
            r#"{"FAILED": [{"id": "@"}, {"BackupJobId": "@", "StatusMessage": "No key"}], "COMPLETED": 5}"#,
            &[],
        );
    }

    #[test]
    fn what_is_read_in_a_hurry_has_the_state_around_it_too() {
        let job = |number: usize| {
            format!(
                "{{\"CopyJobId\":\"47C8EF56-74D8-059D-1301-{number:012X}\",\"StatusMessage\":\"No key\"}}"
            )
        };
        let listed =
            |state: &str| format!("\"{state}\":[{}]", (0..40).map(job).collect::<Vec<_>>().join(","));
        let grouped = format!("{},{},{}", listed("FAILED"), listed("others"), listed("COMPLETED"));
        // So long that the list itself is not kept.
        for note in ["", &"x".repeat(LARGEST_RECORD)] {
            let json = format!("{{\"note\":\"{note}\",{grouped}}}\n{}", job(1));
            let whole = read_carefully(json.as_bytes());
            assert_eq!(whole.len(), 121);
            let failed = whole.iter().filter(|job| job.contains("state: Failed")).count();
            assert_eq!(failed, 40);
            for size in [700, 3000] {
                assert!(read_together(json.as_bytes(), size) == whole, "{size} bytes together");
            }
        }
    }
}
