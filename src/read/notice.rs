//! The notices that a vault sends when a copy job ends: one sentence with the job's id, and no reason.
//!
//! Source of the sentences: terraform-aws-modules/terraform-aws-notify-slack, functions/messages/backup.json.

use crate::identifier::is_uuid;

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notice<'t> {
    pub(super) copy_job_id: &'t str,
    /// Whether there is a reason to fetch: the job did not succeed, and is not at its beginning.
    pub(super) is_failure: bool,
}

impl<'t> Notice<'t> {
    /// The notice in a text, if there is one.
    pub(super) fn find(text: &'t str) -> Option<Self> {
        const MARK: &str = "Copy Job Id";
        let (sentence, behind) = text.split_once(MARK)?;
        let id = behind.trim_start_matches([' ', ':', '=']).get(..36).filter(|id| is_uuid(id))?;
        // "was completed but was failed or was aborted" leaves open which.
        let is_failure = sentence.contains("fail") || sentence.contains("abort");
        Some(Self { copy_job_id: id, is_failure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "47c8ef56-74d8-059d-1301-c5be1d5c926e";

    #[test]
    fn a_notice_names_its_job_and_what_it_says_of_it() {
        let failed =
            format!("An AWS Copy job was completed but was failed or was aborted. Copy Job Id : {ID}");
        assert_eq!(Notice::find(&failed), Some(Notice { copy_job_id: ID, is_failure: true }));
        for sentence in ["An AWS Copy job failed.", "An AWS Copy job was aborted."] {
            let failed = format!("{sentence} Copy Job Id : {ID}");
            assert_eq!(Notice::find(&failed).map(|notice| notice.is_failure), Some(true), "{sentence}");
        }
        let done = format!("An AWS Copy job was completed successfully. Copy Job Id : {ID}");
        assert_eq!(Notice::find(&done).map(|notice| notice.is_failure), Some(false));
        assert_eq!(Notice::find("Copy Job Id : none"), None);
    }
}
