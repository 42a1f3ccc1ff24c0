//! A proof as JSON. The structs here are the format.

use std::io::{self, Write};

use serde::Serialize;

use super::{SCHEMA_VERSION, harmless_json};
use crate::catalogue::{Change, Edition, Finding};
use crate::check::Proof;
use crate::language::Language;

/// The proof of a catalogue, of `copydoctor check --format json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonProof<'a> {
    /// The version of this format. It grows when a field changes its meaning or goes.
    schema_version: u32,
    /// The edition of the catalogue in this build, before anything is laid over it.
    edition: JsonEdition,
    /// How many root causes were looked at.
    root_causes: usize,
    /// How many patterns they have.
    patterns: usize,
    /// How many examples.
    examples: usize,
    /// How many near misses.
    near_misses: usize,
    /// How many words are laid over the lexicon of this build.
    own_words: usize,
    /// What the reader's own files change of the catalogue of this build.
    changes: Vec<JsonChange<'a>>,
    /// The rules that are broken; empty where the catalogue is proven.
    findings: Vec<JsonFinding<'a>>,
}

/// The edition of a catalogue.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonEdition {
    /// The day on which a file of it last changed.
    date: &'static str,
    /// How the SHA-256 of its files begins.
    sha256: &'static str,
}

/// A root cause that is not that of this build.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonChange<'a> {
    /// The id of the root cause.
    id: &'a str,
    /// `added`, `overridden` or `disabled`.
    kind: &'static str,
    /// The file that did it.
    file: &'a str,
}

/// A rule that is broken.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonFinding<'a> {
    /// The id of the rule.
    rule: &'static str,
    /// The file.
    file: &'a str,
    /// The line, counted from 1, where it can be said.
    line: Option<usize>,
    /// The column, counted from 1 in characters.
    column: Option<usize>,
    /// What is wrong, in the language asked for.
    problem: String,
    /// What would be right, in the language asked for.
    help: String,
}

/// Writes a proof.
///
/// # Errors
/// Those of the writer.
pub fn write_proof(
    out: &mut dyn Write,
    proof: &Proof,
    changes: &[Change],
    language: Language,
) -> io::Result<()> {
    let edition = Edition::builtin();
    let proof = JsonProof {
        schema_version: SCHEMA_VERSION,
        edition: JsonEdition { date: edition.date, sha256: edition.sha256 },
        root_causes: proof.root_causes,
        patterns: proof.patterns,
        examples: proof.examples,
        near_misses: proof.near_misses,
        own_words: proof.own_words,
        changes: changes.iter().map(change).collect(),
        findings: proof.findings.iter().map(|one| finding(one, language)).collect(),
    };
    harmless_json::write_pretty(out, &proof)?;
    writeln!(out)
}

fn change(change: &Change) -> JsonChange<'_> {
    JsonChange { id: &change.id, kind: change.kind.name(), file: &change.file }
}

fn finding(finding: &Finding, language: Language) -> JsonFinding<'_> {
    JsonFinding {
        rule: finding.rule.id(),
        file: &finding.file,
        line: finding.place.as_ref().map(|place| place.line),
        column: finding.place.as_ref().map(|place| place.column),
        problem: finding.problem.text(language),
        help: finding.help.text(language),
    }
}
