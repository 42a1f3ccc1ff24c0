//! The findings of a proof as SARIF.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{
    ArtifactLocation, Descriptor, Location, Message, PhysicalLocation, Region, ResultOfRule, Snippet,
    sentence, uri, write_log,
};
use crate::catalogue::{Finding, Rule};
use crate::check::Proof;
use crate::language::Language;

/// Writes the findings of a proof as one SARIF log.
///
/// # Errors
/// Those of the writer.
pub fn write_proof(out: &mut dyn Write, proof: &Proof, language: Language) -> io::Result<()> {
    let describe = |rule: &Rule| Descriptor {
        id: rule.id(),
        short_description: Message::plain(rule.demand(language).to_owned()),
        full_description: None,
        help: None,
        help_uri: None,
    };
    let rules = Rule::ALL.iter().map(describe).collect();
    write_log(out, None, rules, proof.findings.iter().map(|finding| result(finding, language)).collect())
}

fn result(finding: &Finding, language: Language) -> ResultOfRule<'_> {
    let [problem, help] = [finding.problem.text(language), finding.help.text(language)];
    ResultOfRule {
        rule_id: finding.rule.id(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: "error",
        message: Message::plain(sentence(&format!("{problem}; {help}"))),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&finding.file) },
                region: finding.place.as_ref().map(|place| Region {
                    start_line: place.line as u64,
                    start_column: place.column as u64,
                    end_column: Some((place.column + place.length) as u64),
                    snippet: Some(Snippet { text: &place.text }),
                }),
            },
        }],
        partial_fingerprints: BTreeMap::new(),
    }
}
