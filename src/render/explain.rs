//! A root cause as a page, and the list of all of them.

use std::io::{self, Write};

use super::advice::capitalised;
use super::labels;
use super::layout::{Layout, Role};
use super::page::Page;
use crate::catalogue::{Catalogue, RootCause};
use crate::remediation;
use crate::slot::SlotValues;

/// Writes everything that the catalogue knows of a root cause. What a job would fill in stays open.
///
/// # Errors
/// Those of the writer.
pub fn write_root_cause(out: &mut dyn Write, cause: &RootCause, layout: Layout) -> io::Result<()> {
    let mut page = Page::new(out, layout);
    let nothing = SlotValues::default();
    let steps = remediation::fill(cause, &nothing, &nothing, layout.language);
    page.title(cause.title.get(layout.language))?;
    page.filing(cause)?;
    page.cause(cause)?;
    page.advice(cause, &steps)?;
    if steps.iter().any(|step| !step.open.is_empty()) {
        page.blank_line()?;
        page.paragraph(page.labels.blanks, "  ")?;
    }
    page.heading(page.labels.wordings)?;
    for wording in &cause.patterns {
        let evidence = labels::evidence(wording.evidence, layout.language);
        let language = wording.language.code();
        page.item(&format!("{} ({language}, {evidence})", wording.pattern.text()))?;
    }
    page.heading(page.labels.near_misses)?;
    for near_miss in &cause.near_misses {
        page.item(&near_miss.message)?;
    }
    page.sources(cause)
}

/// Writes the ids and titles of all root causes, by group.
///
/// # Errors
/// Those of the writer.
pub fn write_list(out: &mut dyn Write, catalogue: &Catalogue, layout: Layout) -> io::Result<()> {
    let mut page = Page::new(out, layout);
    page.title(page.labels.root_causes)?;
    for (group, causes) in catalogue.by_group() {
        page.heading(&capitalised(labels::group(group, layout.language)))?;
        for cause in causes {
            page.wrapped(Role::Heading, "  ", "  ", &cause.id)?;
            page.paragraph(cause.title.get(layout.language), "    ")?;
        }
    }
    page.blank_line()?;
    page.paragraph(page.labels.more_explain, "")
}
