//! The catalogue of a run: that of this build, and what the reader lays over it.

use std::io;
use std::path::PathBuf;

use copydoctor::catalogue::{Change, ChangeKind, Finding};
use copydoctor::check::check;
use copydoctor::read::Severity;
use copydoctor::{Catalogue, Classifier, Language};

use super::command::argument;
use super::complaints::LISTED;
use super::{Said, say};

/// The catalogue of this build, with the reader's own root causes laid over it. The two are proven together
/// before they are used: one careless pattern could take the messages of every other root cause.
pub(crate) fn classifier(folders: &[PathBuf], language: Language) -> io::Result<Classifier> {
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
        notice(&overlay.changes, language);
        return Ok(classifier);
    }
    say_findings(&findings, language);
    let folders = folders.iter().map(|folder| format!(" {}", argument(folder))).collect();
    Err(Said::CatalogueNotUsed { findings: findings.len() as u64, folders }.into())
}

/// Says what is wrong with a catalogue, as far as it fits on a screen.
pub(super) fn say_findings(findings: &[Finding], language: Language) {
    for finding in findings.iter().take(LISTED) {
        say(Severity::Error, &finding.text(language), language);
    }
}

/// Says what is no longer as this build has it: the answers differ from those of other people.
pub(crate) fn notice(changes: &[Change], language: Language) {
    for Change { id, kind, file } in changes {
        let (file, id) = (file.clone(), id.clone());
        let said = match kind {
            ChangeKind::Added => continue,
            ChangeKind::Overridden => Said::Overrides { file, id },
            ChangeKind::Disabled => Said::Disables { file, id },
        };
        say(Severity::Note, &said.text(language), language);
    }
}
