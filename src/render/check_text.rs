//! A proof for people: each finding with the line that it is about, then what was proven.

use std::collections::BTreeSet;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::labels::{self, Counted, count, labels};
use super::layout::Layout;
use super::{printable, steers};
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
    let language = layout.language;
    let counted = [
        (proof.root_causes, Counted::RootCauses),
        (proof.patterns, Counted::Patterns),
        (proof.examples, Counted::Examples),
        (proof.near_misses, Counted::NearMisses),
    ];
    // Without a lexicon of one's own nobody asks what it adds.
    let own_words = Some((proof.own_words, Counted::OwnWords)).filter(|(words, _)| *words > 0);
    let counts: Vec<String> =
        counted.into_iter().chain(own_words).map(|(number, what)| count(number, what, language)).collect();
    let mut counts = counts.join(", ");
    let of_kind = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let changed = [ChangeKind::Added, ChangeKind::Overridden, ChangeKind::Disabled]
        .into_iter()
        .filter(|kind| of_kind(*kind) > 0)
        .map(|kind| {
            format!("{} {}", labels::number(of_kind(kind) as u64, language), labels::change(kind, language))
        });
    let changed: Vec<String> = changed.collect();
    if !changed.is_empty() {
        counts = format!("{counts} ({})", changed.join(", "));
    }
    if proof.findings.is_empty() {
        return writeln!(out, "{counts}: {}", labels(language).proven);
    }
    let files: BTreeSet<&str> = proof.findings.iter().map(|finding| finding.file.as_str()).collect();
    let findings = count(proof.findings.len(), Counted::Findings, language);
    let files = count(files.len(), Counted::Files, language);
    writeln!(out, "{counts}: {findings} in {files}")
}

/// Writes one finding as compilers do.
///
/// # Errors
/// Those of the writer.
pub fn write_finding(out: &mut dyn Write, finding: &Finding, layout: Layout) -> io::Result<()> {
    let labels = labels(layout.language);
    let file = printable(&finding.file);
    let [problem, help] = [finding.problem.text(layout.language), finding.help.text(layout.language)];
    let [problem, help] = [&problem, &help].map(|text| printable(text));
    let title = Level::ERROR.with_name(labels.error).primary_title(&*problem).id(finding.rule.id());
    let help = Level::HELP.with_name(labels.help).message(&*help);
    let line = finding.place.as_ref().map(|place| shown_line(&place.text)).unwrap_or_default();
    let report = match &finding.place {
        Some(place) if !line.is_empty() => {
            let byte = |characters| line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
            let span = byte(place.column - 1)..byte(place.column - 1 + place.length);
            let snippet = Snippet::source(&line)
                .path(&*file)
                .line_start(place.line)
                .annotation(AnnotationKind::Primary.span(span));
            title.element(snippet)
        }
        Some(place) => title.element(Origin::path(&*file).line(place.line).char_column(place.column)),
        None => title.element(Origin::path(&*file)),
    };
    let report = report.element(help);
    let renderer = if layout.has_colour { Renderer::styled() } else { Renderer::plain() };
    writeln!(out, "{}\n", renderer.term_width(layout.width).render(&[report]))
}

/// A line of a file, character for character, in which nothing steers a terminal.
fn shown_line(line: &str) -> String {
    line.chars().map(|c| if steers(c) && c != '\t' { '\u{fffd}' } else { c }).collect()
}
