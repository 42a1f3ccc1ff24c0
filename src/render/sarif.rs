//! Findings as SARIF 2.1.0, the format in which code hosts show what a check found beside the line.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::harmless_json;
use crate::catalogue::{Finding, Rule};
use crate::check::Proof;

/// What may stand in the path of a URI as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<ResultOfRule<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOfRule<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_column: usize,
    snippet: Snippet<'a>,
}

#[derive(Serialize)]
struct Snippet<'a> {
    text: &'a str,
}

/// Writes the findings of a proof as one SARIF log.
///
/// # Errors
/// Those of the writer.
pub fn write_proof(out: &mut dyn Write, proof: &Proof) -> io::Result<()> {
    let describe = |rule: &Rule| Descriptor {
        id: rule.id(),
        short_description: Message { text: rule.demand().to_owned() },
    };
    let driver = Driver {
        name: "copydoctor",
        version: env!("CARGO_PKG_VERSION"),
        rules: Rule::ALL.iter().map(describe).collect(),
    };
    let results = proof.findings.iter().map(result).collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    };
    harmless_json::write_pretty(out, &log)?;
    writeln!(out)
}

fn result(finding: &Finding) -> ResultOfRule<'_> {
    ResultOfRule {
        rule_id: finding.rule.id(),
        rule_index: Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
        level: "error",
        message: Message { text: sentence(&format!("{}; {}", finding.problem, finding.help)) },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&finding.file) },
                region: finding.place.as_ref().map(|place| Region {
                    start_line: place.line,
                    start_column: place.column,
                    end_column: place.column + place.length,
                    snippet: Snippet { text: &place.text },
                }),
            },
        }],
    }
}

/// SARIF wants messages to be sentences.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// A file's path as a URI: relative where the path is.
fn uri(file: &str) -> String {
    let escaped = utf8_percent_encode(&file.replace('\\', "/"), ESCAPED).to_string();
    if !Path::new(file).is_absolute() {
        return escaped;
    }
    let root = if escaped.starts_with('/') { "" } else { "/" };
    format!("file://{root}{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(uri("own/my cause#1.yaml"), "own/my%20cause%231.yaml");
        #[cfg(unix)]
        assert_eq!(uri("/srv/ä.yaml"), "file:///srv/%C3%A4.yaml");
    }
}
