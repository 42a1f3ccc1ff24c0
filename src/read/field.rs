//! The keys of a copy job, in every spelling that AWS's interfaces and people's tools give them.

/// What a key of an object means.
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
    DestinationKeyArn,
    ResourceType,
    ResourceArn,
    RoleArn,
    CreatedAt,
    CompletedAt,
    /// The job inside an event.
    Detail,
    /// A page of jobs.
    CopyJobs,
    /// That another page follows.
    NextToken,
    Other,
}

impl Field {
    /// Keys are compared in lower case without separators, so that `StatusMessage`, `statusMessage` and
    /// `status_message` are one field. Nothing is allocated: this is asked for every key of every record.
    pub(super) fn of(key: &[u8]) -> Self {
        const LONGEST: usize = 32;
        let mut letters = [0_u8; LONGEST];
        let mut length = 0;
        for byte in key.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            let Some(place) = letters.get_mut(length) else {
                return Self::Other;
            };
            *place = byte.to_ascii_lowercase();
            length += 1;
        }
        match letters.get(..length).unwrap_or_default() {
            b"copyjobid" => Self::CopyJobId,
            b"state" | b"jobstatus" => Self::State,
            b"statusmessage" => Self::StatusMessage,
            b"messagecategory" => Self::MessageCategory,
            b"accountid" | b"account" => Self::AccountId,
            b"region" => Self::Region,
            b"sourcebackupvaultarn" => Self::SourceVaultArn,
            b"destinationbackupvaultarn" => Self::DestinationVaultArn,
            // An event names the source recovery point as its only resource.
            b"sourcerecoverypointarn" | b"resources" => Self::RecoveryPointArn,
            b"destinationencryptionkeyarn" => Self::DestinationKeyArn,
            b"resourcetype" => Self::ResourceType,
            b"resourcearn" => Self::ResourceArn,
            b"iamrolearn" => Self::RoleArn,
            b"creationdate" => Self::CreatedAt,
            b"completiondate" => Self::CompletedAt,
            b"detail" => Self::Detail,
            b"copyjobs" => Self::CopyJobs,
            b"nexttoken" => Self::NextToken,
            _ => Self::Other,
        }
    }
}
