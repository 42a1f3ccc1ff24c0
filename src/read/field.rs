//! The keys and column titles of a copy job, in every spelling that AWS's interfaces and people's tools give them.

/// What a key or a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    CopyJobId,
    State,
    StatusMessage,
    MessageCategory,
    AccountId,
    Region,
    SourceVaultArn,
    DestinationVaultArn,
    RecoveryPointArn,
    DestinationRecoveryPointArn,
    DestinationKeyArn,
    ResourceType,
    ResourceArn,
    ResourceName,
    RoleArn,
    CreatedAt,
    CompletedAt,
    BackupPlanId,
    BackupPlanName,
    BackupRuleId,
    BackupRuleName,
    BackupJobId,
    ParentJobId,
    IsParent,
    /// Names that people give: they count where no field of that meaning is named properly.
    MaybeId,
    MaybeState,
    MaybeMessage,
    MaybePlace,
    /// A place that is the source by its name.
    MaybeSource,
    /// What holds a job, with more about it beside: the `detail` of an event, the `_source` of a search hit.
    Inner,
    /// The plan that made the job.
    CreatedBy,
    /// A page of jobs.
    CopyJobs,
    /// That another page follows.
    NextToken,
    /// A page of the rows that answer a query of CloudTrail Lake.
    QueryRows,
    /// Counts of jobs.
    CopyJobSummaries,
    /// The id of a job of another kind.
    OtherBackupJob,
    OtherRestoreJob,
    OtherJob,
    /// What only a recovery point has.
    RecoveryPoint,
    /// What SNS and SQS say beside a message.
    MessageAttributes,
    /// A cell of a query's result: its column and its value.
    CellName,
    CellValue,
    /// A cell of Athena's.
    VarCharValue,
    /// A log line's time, which says nothing of the job.
    LogTime,
    Other,
}

/// Names are compared without what is neither letter nor digit; longer ones name nothing.
const LONGEST: usize = 48;

/// Where names stand in front of the field's own: `detail.copyJobId`.
const PREFIXES: &[&[u8]] = &[
    b"detail",
    b"serviceeventdetails",
    b"source",
    b"reported",
    b"createdby",
    b"copyjob",
    b"copyjobs",
    b"item",
    b"result",
    b"jsonmessage",
    b"message",
];

impl Field {
    /// Keys are compared in lower case without separators, so that `StatusMessage`, `statusMessage`,
    /// `status_message` and `Status Message [text]` are one field. Nothing is allocated: this is asked for every
    /// key of every record.
    pub(super) fn of(key: &[u8]) -> Self {
        let key = without_suffix(key);
        let mut letters = [0; LONGEST];
        let field = squeezed(key, &mut letters).map_or(Self::Other, Self::of_letters);
        if field != Self::Other || !key.contains(&b'.') {
            return field;
        }
        let mut parts = key.splitn(2, |byte| *byte == b'.');
        let (first, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is_prefix = squeezed(first, &mut letters).is_some_and(|first| PREFIXES.contains(&first));
        if is_prefix { Self::of(rest) } else { Self::Other }
    }

    fn of_letters(letters: &[u8]) -> Self {
        match letters {
            b"copyjobid" | b"kopierauftragsid" | b"kopierauftragid" | b"kopierjobid" => Self::CopyJobId,
            b"state" | b"jobstatus" | b"jobstate" | b"copyjobstate" | b"copyjobstatus" => Self::State,
            b"statusmessage"
            | b"copyjobstatusmessage"
            | b"jobstatusmessage"
            | b"statusmeldung"
            | b"statusnachricht" => Self::StatusMessage,
            b"messagecategory" => Self::MessageCategory,
            b"accountid"
            | b"account"
            | b"recipientaccountid"
            | b"sourceaccount"
            | b"sourceaccountid"
            | b"awsaccountid"
            | b"konto"
            | b"kontoid"
            | b"kontonummer" => Self::AccountId,
            b"region" | b"awsregion" | b"sourceregion" => Self::Region,
            b"sourcebackupvaultarn" | b"sourcevaultarn" | b"quelltresorarn" => Self::SourceVaultArn,
            b"destinationbackupvaultarn"
            | b"destinationvaultarn"
            | b"destbackupvaultarn"
            | b"zieltresorarn" => Self::DestinationVaultArn,
            // An event names the source recovery point as its only resource.
            b"sourcerecoverypointarn" | b"resources" => Self::RecoveryPointArn,
            b"destinationrecoverypointarn" => Self::DestinationRecoveryPointArn,
            b"destinationencryptionkeyarn" => Self::DestinationKeyArn,
            b"resourcetype" | b"ressourcentyp" => Self::ResourceType,
            b"resourcearn" | b"ressourcenarn" => Self::ResourceArn,
            b"resourcename" | b"ressourcenname" => Self::ResourceName,
            b"iamrolearn" | b"rolearn" => Self::RoleArn,
            b"creationdate" | b"createdat" | b"created" | b"creationtime" | b"startdate" | b"erstellt"
            | b"erstelltam" | b"erstellungsdatum" | b"erstellungszeit" => Self::CreatedAt,
            b"completiondate" | b"completedat" | b"completed" | b"completiontime" | b"abgeschlossen"
            | b"abgeschlossenam" | b"abschlussdatum" | b"abschlusszeit" => Self::CompletedAt,
            b"backupplanid" | b"createdbybackupplanid" => Self::BackupPlanId,
            b"backupplanname" | b"createdbybackupplanname" => Self::BackupPlanName,
            b"backupruleid" | b"backupplanruleid" | b"createdbybackupruleid" => Self::BackupRuleId,
            b"backuprulename" | b"createdbybackuprulename" => Self::BackupRuleName,
            b"createdbybackupjobid" => Self::BackupJobId,
            b"parentjobid" => Self::ParentJobId,
            b"isparent" | b"isparentjob" => Self::IsParent,
            b"id" | b"jobid" | b"job" | b"copyjobarn" | b"auftragsid" => Self::MaybeId,
            b"status" | b"zustand" | b"st" | b"result" => Self::MaybeState,
            b"message" | b"msg" | b"error" | b"errormessage" | b"reason" | b"failurereason"
            | b"statusreason" | b"cause" | b"meldung" | b"nachricht" | b"fehler" | b"fehlermeldung"
            | b"grund" | b"text" => Self::MaybeMessage,
            b"destination"
            | b"dest"
            | b"target"
            | b"destinationvault"
            | b"destinationbackupvault"
            | b"vault"
            | b"resource"
            | b"resourceid"
            | b"ziel"
            | b"zieltresor"
            | b"zielbackuptresor"
            | b"ressourcenid"
            | b"ressource" => Self::MaybePlace,
            b"source" | b"sourcevault" | b"quelle" | b"quelltresor" | b"quellbackuptresor" => {
                Self::MaybeSource
            }
            b"detail"
            | b"serviceeventdetails"
            | b"reported"
            | b"item"
            | b"newimage"
            | b"m"
            | b"dynamodb"
            | b"event" => Self::Inner,
            b"createdby" | b"copyjobcreatedby" => Self::CreatedBy,
            b"copyjobs" => Self::CopyJobs,
            b"nexttoken" => Self::NextToken,
            b"queryresultrows" => Self::QueryRows,
            b"copyjobsummaries" => Self::CopyJobSummaries,
            b"backupjobid" => Self::OtherBackupJob,
            b"restorejobid" => Self::OtherRestoreJob,
            b"reportjobid" | b"scanjobid" | b"indexjobid" => Self::OtherJob,
            b"recoverypointarn" => Self::RecoveryPoint,
            b"messageattributes" => Self::MessageAttributes,
            b"field" => Self::CellName,
            b"value" => Self::CellValue,
            b"varcharvalue" => Self::VarCharValue,
            b"timestamp" | b"time" | b"ingestiontime" | b"logstream" | b"log" | b"ptr" => Self::LogTime,
            _ => Self::Other,
        }
    }

    /// Whether only a copy job has it: one of these among the titles of a table makes it one of copy jobs.
    pub(super) fn is_telling(self) -> bool {
        matches!(
            self,
            Self::CopyJobId
                | Self::State
                | Self::StatusMessage
                | Self::SourceVaultArn
                | Self::DestinationVaultArn
        )
    }

    /// Whether it says which job it is, or how that stands.
    pub(super) fn names_a_job(self) -> bool {
        matches!(self, Self::CopyJobId | Self::State | Self::MaybeId | Self::MaybeState)
    }

    /// Whether the name says that the job is of another kind.
    pub(super) fn is_of_other_job(self) -> bool {
        matches!(self, Self::OtherBackupJob | Self::OtherRestoreJob | Self::OtherJob)
    }

    /// Whether its name alone says that it is about jobs, be they of another kind.
    pub(super) fn is_telling_of_jobs(self) -> bool {
        self.is_telling() || self.is_of_other_job()
    }

    /// The place of the field among the bits of a set.
    pub(super) fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// The fields that the user named, in front of those that everybody's exports have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// The name of the field that holds the status message.
    pub message: Option<String>,
    /// The name of the field that holds the state.
    pub state: Option<String>,
}

impl FieldNames {
    pub(super) fn field(&self, key: &[u8]) -> Field {
        if self.message.is_none() && self.state.is_none() {
            return Field::of(key);
        }
        let is_named = |name: &Option<String>| name.as_deref().is_some_and(|name| name.as_bytes() == key);
        if is_named(&self.message) {
            Field::StatusMessage
        } else if is_named(&self.state) {
            Field::State
        } else {
            match Field::of(key) {
                Field::StatusMessage if self.message.is_some() => Field::Other,
                Field::State if self.state.is_some() => Field::Other,
                field => field,
            }
        }
    }
}

/// A title without what explains it: `Creation Date [UTC]`, `Account (source)`.
fn without_suffix(key: &[u8]) -> &[u8] {
    match key.iter().position(|byte| matches!(byte, b'[' | b'(')) {
        Some(suffix) if suffix > 0 => key.get(..suffix).unwrap_or(key),
        _ => key,
    }
}

/// The letters and digits of a name in lower case; `None` if there are too many.
fn squeezed<'l>(key: &[u8], letters: &'l mut [u8; LONGEST]) -> Option<&'l [u8]> {
    let mut length = 0;
    for byte in key.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
        *letters.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    letters.get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_known_in_every_spelling() {
        for (name, field) in [
            ("StatusMessage", Field::StatusMessage),
            ("status_message", Field::StatusMessage),
            ("Status Message", Field::StatusMessage),
            ("detail.statusMessage", Field::StatusMessage),
            ("_source.detail.state", Field::State),
            ("CreatedBy.BackupPlanId", Field::BackupPlanId),
            ("CreatedBy_BackupPlanId", Field::BackupPlanId),
            ("Creation Date [UTC]", Field::CreatedAt),
            ("[State]", Field::State),
            ("Copy Job ID", Field::CopyJobId),
            ("ReportJobId", Field::OtherJob),
            ("value", Field::CellValue),
            ("ingestionTime", Field::LogTime),
            ("ChildJobsInState.FAILED", Field::Other),
            ("[]", Field::Other),
            ("", Field::Other),
        ] {
            assert_eq!(Field::of(name.as_bytes()), field, "{name}");
        }
    }

    #[test]
    fn a_field_that_the_user_did_not_name_is_the_usual_one() {
        let names = FieldNames { message: None, state: Some("outcome".to_owned()) };
        let fields = ["outcome", "State", "StatusMessage"].map(|name| names.field(name.as_bytes()));
        assert_eq!(fields, [Field::State, Field::Other, Field::StatusMessage]);
    }

    #[test]
    fn a_field_that_the_user_named_takes_the_place_of_the_usual_one() {
        let names = FieldNames { message: Some("why".into()), state: None };
        assert_eq!(names.field(b"why"), Field::StatusMessage);
        assert_eq!(names.field(b"StatusMessage"), Field::Other);
        assert_eq!(names.field(b"State"), Field::State);
    }
}
