//! A report as one HTML page that needs nothing else: no network, no other file, and to be read no script.
//!
//! Every text goes through a template that escapes it, the rows of the table of jobs through [`ScriptData`]. The
//! policy of the page allows only the script and the style that stand here, so that even a text that slipped through
//! would stay a text.

mod advice;
mod charts;
mod figures;
mod heat;
mod jobs_table;
mod overview;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::labels::{Labels, labels};
use super::printable;
use super::report_labels::{self, ReportLabels, number, report_labels};
use crate::batch::{Report, UnknownGroup};
use crate::language::Language;
use figures::Figures;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of either in Base64, as the policy of the page names them. `UPDATE=1 cargo test` writes them anew.
const STYLE_HASH: &str = include_str!("page.css.sha256");
const SCRIPT_HASH: &str = include_str!("page.js.sha256");

/// More notes or rejected records than this are counted instead of listed.
const LISTED_FAULTS: usize = 200;

/// More unknown messages than these are listed on demand, or only counted.
const SHOWN_UNKNOWN: usize = 15;
const LISTED_UNKNOWN: usize = 200;

/// A text that is longer is cut.
const LONGEST_TEXT: usize = 600;

/// What every part of the page is made from.
struct Page<'r> {
    report: &'r Report<'r>,
    figures: Figures<'r>,
    language: Language,
    labels: &'static Labels,
    words: &'static ReportLabels,
}

/// Writes a report.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let figures = Figures::new(report);
    let page = Page { report, figures, language, labels: labels(language), words: report_labels(language) };
    let (before, after) = page.frame();
    writeln!(out, "{}", before.into_string())?;
    jobs_table::write_data(out, &page)?;
    writeln!(out, "{}", after.into_string())
}

impl Page<'_> {
    /// What stands before and behind the data of the table of jobs, which is too large to build in memory.
    fn frame(&self) -> (Markup, Markup) {
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
             form-action 'none'",
            STYLE_HASH.trim_end(),
            SCRIPT_HASH.trim_end()
        );
        let sections = self.sections();
        let before = html! {
            (DOCTYPE)
            // Its end stands behind the data.
            (PreEscaped(format!("<html lang=\"{}\">", self.language.code())))
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (self.words.title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("<body>"))
            header {
                h1 { (self.words.title) }
                (self.summary())
                nav aria-label=(self.words.contents) {
                    ul { @for section in &sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                }
            }
            main {
                @for section in &sections {
                    section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                        h2 id={ (section.id) "-title" } { (section.title) }
                        (section.body)
                    }
                }
            }
            footer { p { (self.words.made_by) " " (env!("CARGO_PKG_VERSION")) "." } }
        };
        let after = html! {
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body></html>"))
        };
        (before, after)
    }

    fn sections(&self) -> Vec<Section> {
        let section = |id, title, body: Option<Markup>| body.map(|body| Section { id, title, body });
        let sections = [
            section("records", self.words.account, Some(self.account())),
            section("causes", self.words.by_cause, Some(self.causes())),
            section("time", self.words.over_time, self.over_time()),
            section("accounts", self.words.by_account, self.by_account()),
            section("regions", self.words.by_route, self.by_route()),
            section("advice", self.labels.steps, self.advice()),
            section("unknown", self.labels.unknown_messages, self.unknown()),
            section("jobs", self.words.jobs, self.jobs_table()),
            section("notes", self.words.notes, self.notes()),
            section("rejected", self.words.rejected_records, self.rejected()),
        ];
        sections.into_iter().flatten().collect()
    }

    fn number(&self, count: u64) -> String {
        number(count, self.language)
    }

    /// Messages that nothing fits, by what they have in common.
    fn unknown(&self) -> Option<Markup> {
        let groups = &self.report.unknown;
        let (first, others) = groups.split_at_checked(SHOWN_UNKNOWN).unwrap_or((groups, &[]));
        let others = others.get(..LISTED_UNKNOWN).unwrap_or(others);
        let body = html! {
            (self.unknown_table(first))
            @if !others.is_empty() {
                details {
                    summary { (report_labels::others(others.len(), self.language)) }
                    (self.unknown_table(others))
                }
            }
            (self.rest(groups.len(), SHOWN_UNKNOWN + LISTED_UNKNOWN))
        };
        (!groups.is_empty()).then_some(body)
    }

    fn unknown_table(&self, groups: &[UnknownGroup<'_>]) -> Markup {
        html! {
            div.scroll role="region" tabindex="0" aria-labelledby="unknown-title" {
                table.unknown {
                    thead { tr {
                        th.number scope="col" { (self.words.jobs) }
                        th scope="col" { (self.labels.message) }
                        th scope="col" { (self.words.nearest) }
                    } }
                    tbody { @for group in groups { tr {
                        td.number { (self.number(group.count)) }
                        td.message {
                            (shown(&group.template))
                            @if group.example != group.template {
                                div.note { (self.words.example) ": " (shown(&group.example)) }
                            }
                        }
                        td { @for near in &group.nearest { div.id { (printable(&near.root_cause.id)) } } }
                    } } }
                }
            }
        }
    }

    fn notes(&self) -> Option<Markup> {
        let place = |position: Option<_>| position.map(|position| format!(":{position}")).unwrap_or_default();
        let rows = self.report.warnings.iter().take(LISTED_FAULTS);
        let rows = rows.map(|note| {
            (format!("{}{}", note.file, place(note.position)), note.complaint.text(self.language))
        });
        self.faults("notes-title", self.words.note, rows.collect(), self.report.warnings.len())
    }

    fn rejected(&self) -> Option<Markup> {
        let rows = self.report.rejected.iter().take(LISTED_FAULTS);
        let rows = rows.map(|record| {
            (format!("{}:{}", record.file, record.position), record.complaint.text(self.language))
        });
        self.faults("rejected-title", self.words.fault, rows.collect(), self.report.rejected.len())
    }

    /// A table of places and what is to be said of each.
    fn faults(&self, title: &str, what: &str, rows: Vec<(String, String)>, all: usize) -> Option<Markup> {
        let body = html! {
            div.scroll role="region" tabindex="0" aria-labelledby=(title) {
                table {
                    thead { tr { th scope="col" { (self.words.place) } th scope="col" { (what) } } }
                    tbody { @for (place, text) in &rows { tr {
                        td.id { (shown(place)) }
                        td.message { (shown(text)) }
                    } } }
                }
            }
            (self.rest(all, LISTED_FAULTS))
        };
        (!rows.is_empty()).then_some(body)
    }

    /// That a list goes on.
    fn rest(&self, all: usize, shown: usize) -> Markup {
        html! { @if all > shown { p.note { (report_labels::more(shown, all, "json", self.language)) } } }
    }
}

/// A part of the page that the contents list.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Markup,
}

/// A text of the input on one line, cut where nobody would read on.
fn shown(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST_TEXT);
    match cut.and_then(|(end, _)| text.get(..end)) {
        Some(beginning) => format!("{}…", printable(beginning)),
        None => printable(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_script_and_the_style_that_stand_in_the_page() {
        for (name, text, hash) in [("page.css", STYLE, STYLE_HASH), ("page.js", SCRIPT, SCRIPT_HASH)] {
            let expected = format!("{}\n", BASE64_STANDARD.encode(Sha256::digest(text)));
            if std::env::var_os("UPDATE").is_some() {
                let path = format!("{}/src/render/html/{name}.sha256", env!("CARGO_MANIFEST_DIR"));
                std::fs::write(path, &expected).expect("the hash can be written");
            } else {
                assert_eq!(hash, expected, "{name} has changed: UPDATE=1 cargo test");
            }
        }
    }

    #[test]
    fn neither_script_nor_style_can_end_its_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !STYLE.contains("</"));
    }
}
