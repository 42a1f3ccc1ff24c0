//! A proof for people: each finding with the line that it is about, then what was proven.

use std::collections::BTreeSet;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::page::Layout;
use super::printable;
use crate::catalogue::{Change, ChangeKind, Finding};
use crate::check::Proof;

/// Writes a proof.
///
/// # Errors
/// Those of the writer.
pub fn write_proof(out: &mut dyn Write, proof: &Proof, changes: &[Change], layout: Layout) -> io::Result<()> {
    for finding in &proof.findings {
        write_finding(out, finding, layout)?;
    }
    let counts = [
        count(proof.root_causes, "root cause"),
        count(proof.patterns, "pattern"),
        count(proof.examples, "example"),
        if proof.near_misses == 1 {
            "1 near miss".to_owned()
        } else {
            format!("{} near misses", proof.near_misses)
        },
    ];
    let mut counts = counts.join(", ");
    if proof.own_words > 0 {
        counts = format!("{counts}, {} added to the lexicon", count(proof.own_words, "word"));
    }
    let of_kind = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let changed = [ChangeKind::Added, ChangeKind::Overridden, ChangeKind::Disabled]
        .into_iter()
        .filter(|kind| of_kind(*kind) > 0)
        .map(|kind| format!("{} {}", of_kind(kind), kind.name()));
    let changed: Vec<String> = changed.collect();
    if !changed.is_empty() {
        counts = format!("{counts} ({})", changed.join(", "));
    }
    if proof.findings.is_empty() {
        return writeln!(out, "{counts}: proven");
    }
    let files: BTreeSet<&str> = proof.findings.iter().map(|finding| finding.file.as_str()).collect();
    let findings = count(proof.findings.len(), "finding");
    writeln!(out, "{counts}: {findings} in {}", count(files.len(), "file"))
}

/// Writes one finding as compilers do.
///
/// # Errors
/// Those of the writer.
pub fn write_finding(out: &mut dyn Write, finding: &Finding, layout: Layout) -> io::Result<()> {
    let file = printable(&finding.file);
    let problem = printable(&finding.problem);
    let help = printable(&finding.help);
    let title = Level::ERROR.primary_title(&*problem).id(finding.rule.id());
    let help = Level::HELP.message(&*help);
    let report = match &finding.place {
        Some(place) if !place.text.is_empty() => {
            let byte =
                |characters| place.text.char_indices().nth(characters).map_or(place.text.len(), |(at, _)| at);
            let span = byte(place.column - 1)..byte(place.column - 1 + place.length);
            let snippet = Snippet::source(&place.text)
                .path(&*file)
                .line_start(place.line)
                .annotation(AnnotationKind::Primary.span(span));
            title.element(snippet).element(help)
        }
        Some(place) => {
            title.element(Origin::path(&*file).line(place.line).char_column(place.column)).element(help)
        }
        None => title.element(Origin::path(&*file)).element(help),
    };
    let renderer = Renderer::plain().term_width(layout.width);
    writeln!(out, "{}\n", renderer.render(&[report]))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
