//! The catalogue of a run: that of this build, and what the reader lays over it.

use std::io;
use std::path::PathBuf;

use copydoctor::catalogue::{Change, ChangeKind};
use copydoctor::check::check;
use copydoctor::{Catalogue, Classifier};

use super::complain;
use super::complaints::LISTED;

/// The catalogue of this build, with the reader's own root causes laid over it. The two are proven together
/// before they are used: one careless pattern could take the messages of every other root cause.
pub(crate) fn classifier(folders: &[PathBuf]) -> io::Result<Classifier> {
    if folders.is_empty() {
        return Ok(Classifier::builtin());
    }
    let mut catalogue = Catalogue::builtin();
    let overlay = catalogue.overlay_folders(folders)?;
    let classifier = Classifier::new(catalogue);
    let mut findings = overlay.findings;
    if findings.is_empty() {
        findings = check(&classifier).findings;
    }
    if findings.is_empty() {
        notice(&overlay.changes);
        return Ok(classifier);
    }
    for finding in findings.iter().take(LISTED) {
        complain(format_args!("error: {finding}"));
    }
    Err(io::Error::other(format!(
        "the catalogue is not used, because of {}; all are shown by: copydoctor check{}",
        if findings.len() == 1 { "this finding".to_owned() } else { format!("{} findings", findings.len()) },
        folders.iter().map(|folder| format!(" {}", folder.display())).collect::<String>()
    )))
}

/// Says what is no longer as this build has it: the answers differ from those of other people.
pub(crate) fn notice(changes: &[Change]) {
    for Change { id, kind, file } in changes {
        match kind {
            ChangeKind::Added => {}
            ChangeKind::Overridden => complain(format_args!("note: {file} overrides the root cause {id}")),
            ChangeKind::Disabled => complain(format_args!("note: {file} disables the root cause {id}")),
        }
    }
}
