//! The table of jobs: its first rows as they are, and all rows as data from which the script makes further pages,
//! searches and sorts.

use std::collections::HashMap;
use std::io::{self, Write};

use maud::{Markup, html};
use serde::Serialize;

use super::{Page, shown};
use crate::batch::Job;
use crate::render::{dates, jobs, report_labels};

/// How many rows a page of the table has; without the script these are all.
const PAGE: usize = 100;

/// More jobs than this would make a page that opens slowly.
const MOST_ROWS: usize = 50_000;

/// What a row shows, in the order of [`Row`].
const FIELDS: [&str; 11] = [
    "created",
    "state",
    "job",
    "resource",
    "from-account",
    "from-region",
    "to-account",
    "to-region",
    "type",
    "cause",
    "message",
];

/// The texts of a row, one for each field.
type Row = [String; FIELDS.len()];

/// What the script makes the table from. Most texts stand in many rows, so each stands once.
#[derive(Serialize)]
struct TableData<'a> {
    fields: [&'static str; FIELDS.len()],
    page: usize,
    texts: &'a [String],
    rows: &'a [[usize; FIELDS.len()]],
    of: &'static str,
}

impl Page<'_> {
    pub(super) fn jobs_table(&self) -> Option<Markup> {
        let all = usize::try_from(self.figures.problems).unwrap_or(usize::MAX);
        let column = |field: &str, label: &str| {
            html! { th scope="col" data-sort=(field) { (label) } }
        };
        let body = html! {
            div.tools hidden {
                label for="search" { (self.words.search) }
                input #search type="search" autocomplete="off" spellcheck="false" aria-describedby="search-hint";
                p.note #search-hint { (self.words.search_hint) }
            }
            div.scroll role="region" tabindex="0" aria-labelledby="jobs-title" {
                table #job-table {
                    thead { tr {
                        (column("created", self.words.created))
                        (column("state", self.words.state))
                        (column("job", self.words.job))
                        (column("from-account", self.words.from))
                        (column("to-account", self.words.to))
                        (column("type", self.words.resource_type))
                        (column("cause", self.labels.root_cause))
                        (column("message", self.labels.message))
                    } }
                    tbody { @for job in self.listed().take(PAGE) { (row(&self.texts(job), jobs::cause_id(job))) } }
                }
            }
            p #nothing-found hidden { (self.words.nothing_found) }
            div.pager {
                button #previous type="button" hidden { (self.words.previous) }
                span #range role="status" { (self.range(all)) }
                button #next type="button" hidden { (self.words.next) }
            }
            @if all > MOST_ROWS { p.note { (report_labels::more(MOST_ROWS, all, "csv", self.language)) } }
        };
        (all > 0).then_some(body)
    }

    fn range(&self, all: usize) -> String {
        let [last, all] = [all.min(PAGE), all].map(|count| self.number(count as u64));
        format!("1–{last} {} {all}", self.words.of)
    }

    fn listed(&self) -> impl Iterator<Item = &Job<'_>> {
        self.report.jobs.iter().filter(|job| job.record.is_problem())
    }

    fn texts(&self, job: &Job<'_>) -> Row {
        let record = &job.record;
        let text = |text: &Option<String>| text.as_deref().map(shown).unwrap_or_default();
        let resource =
            if record.resource_name.is_some() { &record.resource_name } else { &record.resource_arn };
        [
            record.created_at.map(|time| dates::minute(time, self.language)).unwrap_or_default(),
            shown(record.state.as_str()),
            shown(&jobs::name(record)),
            text(resource),
            text(&record.account_id),
            text(&record.source_region),
            text(&record.destination_account),
            text(&record.destination_region),
            text(&record.resource_type),
            jobs::cause_id(job).map_or_else(|| report_labels::capitalised(self.labels.unknown), shown),
            text(&record.status_message),
        ]
    }
}

/// A row, in the cells of which the script finds its fields again.
fn row(texts: &Row, id: Option<&str>) -> Markup {
    let [created, state, job, resource, from, from_region, to, to_region, kind, cause, message] = texts;
    html! {
        tr {
            td.date data-field="created" { (created) }
            td data-field="state" { (state) }
            td { div.id data-field="job" { (job) } div.id.faint data-field="resource" { (resource) } }
            td { div.digits data-field="from-account" { (from) } div.faint data-field="from-region" { (from_region) } }
            td { div.digits data-field="to-account" { (to) } div.faint data-field="to-region" { (to_region) } }
            td data-field="type" { (kind) }
            td.id data-field="cause" {
                @if let Some(id) = id { a href={ "#cause-" (id) } { (cause) } } @else { (cause) }
            }
            td.message data-field="message" { (message) }
        }
    }
}

/// Writes the rows of the table for the script.
pub(super) fn write_data(out: &mut dyn Write, page: &Page<'_>) -> io::Result<()> {
    let mut texts = Texts::default();
    let listed = page.listed().take(MOST_ROWS);
    let rows: Vec<[usize; FIELDS.len()]> =
        listed.map(|job| page.texts(job).map(|text| texts.place(text))).collect();
    let data = TableData { fields: FIELDS, page: PAGE, texts: &texts.all, rows: &rows, of: page.words.of };
    write!(out, r#"<script type="application/json" id="job-data">"#)?;
    serde_json::to_writer(ScriptData(out), &data)?;
    writeln!(out, "</script>")
}

/// Each text once.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    places: HashMap<String, usize>,
}

impl Texts {
    fn place(&mut self, text: String) -> usize {
        if let Some(place) = self.places.get(&text) {
            return *place;
        }
        let place = self.all.len();
        self.places.insert(text.clone(), place);
        self.all.push(text);
        place
    }
}

/// A writer of JSON that may stand in a `script` element: nothing in it can end the element or begin a comment. These
/// signs stand in JSON only inside of strings, where an escape means the same.
struct ScriptData<'w>(&'w mut dyn Write);

impl Write for ScriptData<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| matches!(byte, b'<' | b'>' | b'&')) {
            let (before, behind) = rest.split_at(at);
            self.0.write_all(before)?;
            if let Some((sign, others)) = behind.split_first() {
                write!(self.0, "\\u{sign:04x}")?;
                rest = others;
            }
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_in_a_script_cannot_leave_it() {
        let mut bytes = Vec::new();
        let text = "</script><!--&amp;";
        serde_json::to_writer(ScriptData(&mut bytes), text).expect("memory takes everything");
        let json = String::from_utf8(bytes).expect("UTF-8");
        assert!(!json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
