//! Any texts in any fields of jobs: every format of a report can be read back, tells of the same jobs, and holds nothing
//! of the texts that is active where it is shown.
#![no_main]

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use copydoctor::batch::GroupBy;
use copydoctor::render::{self, Layout, printable};
use copydoctor::{Language, Report};
use copydoctor_fuzz::jobs::{records, report};
use copydoctor_fuzz::{CLASSIFIER, csv, is_calm, markup, text, without_style};
use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::Value;

/// All that the catalogue says, its links among it.
static CATALOGUE: LazyLock<String> = LazyLock::new(|| {
    let causes = CLASSIFIER.catalogue().root_causes();
    text(|out| causes.iter().try_for_each(|cause| render::write_root_cause_json(out, cause)))
});

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, jobs)) = bytes.split_first() else { return };
    let language = if choice & 1 == 0 { Language::En } else { Language::De };
    let mut report = report(&records(jobs));
    if let Some(by) = GroupBy::ALL.get(usize::from(choice >> 1 & 7)) {
        report.group_by(*by);
    }
    if choice & 16 != 0 {
        report.keep_top(NonZeroUsize::MIN);
    }
    tables(&report, language);
    json(&report, language);
    let lines = ndjson(&report, language);
    spreadsheet(&report, &lines, language);
    page(&report, language);
    junit(&report, language);
    sarif(&report, language);
    markdown(&report, language);
});

fn tables(report: &Report<'_>, language: Language) {
    for width in [20, 80] {
        let plain = Layout::plain(language, width);
        let table = text(|out| render::write_report_table(out, report, plain));
        is_calm("table", &table);
        let styled = Layout { has_colour: true, has_links: true, ..plain };
        let styled = text(|out| render::write_report_table(out, report, styled));
        assert_eq!(without_style(&styled), table, "colours change nothing else");
    }
    let mut lines = report.jobs.iter().map(|job| text(|out| render::write_job_text(out, job, language)));
    lines.by_ref().for_each(|line| {
        is_calm("text", &line);
        assert_eq!(line.matches('\n').count(), 1, "a line for each job: {line}");
    });
}

#[track_caller]
fn parsed(json: &str) -> Value {
    is_calm("JSON", json);
    serde_json::from_str(json).expect("it is JSON")
}

fn json(report: &Report<'_>, language: Language) {
    let json = parsed(&text(|out| render::write_report_json(out, report, language)));
    assert_eq!(json["records"]["total"], report.records.total);
    let unknown = json["unknown"].as_array().expect("a list");
    assert_eq!(unknown.len(), report.unknown.len());
    for (value, group) in unknown.iter().zip(&report.unknown) {
        assert_eq!(
            (&value["template"], &value["example"]),
            (&group.template.as_str().into(), &group.example.as_str().into())
        );
    }
    for (value, warning) in json["warnings"].as_array().expect("a list").iter().zip(&report.warnings) {
        assert_eq!(value["file"], *warning.file);
        assert_eq!(value["warning"], warning.complaint.text(language));
    }
}

/// Every field of a line is what it is in the record.
fn ndjson(report: &Report<'_>, language: Language) -> Vec<Value> {
    let lines = report.jobs.iter().map(|job| {
        let line = text(|out| render::write_job_ndjson(out, job, language));
        let json = parsed(line.strip_suffix('\n').expect("a line"));
        let record = &job.record;
        for (field, text) in [
            ("copy_job_id", &record.copy_job_id),
            ("message", &record.status_message),
            ("resource_name", &record.resource_name),
            ("account_id", &record.account_id),
            ("destination_vault_arn", &record.destination_vault_arn),
            ("parent_job_id", &record.parent_job_id),
        ] {
            assert_eq!(json[field], text.as_deref().map_or(Value::Null, Value::from), "{field}");
        }
        assert_eq!(json["file"], *record.file);
        assert_eq!(json["state"], record.state.as_str());
        json
    });
    lines.collect()
}

/// Every cell is the field of the line of JSON, on one line and no formula.
fn spreadsheet(report: &Report<'_>, lines: &[Value], language: Language) {
    let table = text(|out| {
        render::write_head_csv(out)?;
        report.jobs.iter().try_for_each(|job| render::write_job_csv(out, job, language))
    });
    is_calm("CSV", &table.replace("\r\n", "\n"));
    let table = csv::lines(table.strip_prefix('\u{feff}').expect("a byte order mark"));
    let (head, rows) = table.split_first().expect("a line of titles");
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(lines) {
        assert_eq!(row.len(), head.len());
        for (title, cell) in head.iter().zip(row) {
            let inner = title.strip_prefix("diagnosis_").map(|inner| &line["diagnosis"][inner]);
            let shown = match inner.unwrap_or(&line[title.as_str()]) {
                Value::Null => String::new(),
                Value::String(text) => printable(text).into_owned(),
                other => other.to_string(),
            };
            assert!(*cell == shown || *cell == format!("'{shown}"), "{title}: {cell:?} of {shown:?}");
            let is_number = cell.parse::<f64>().is_ok() && shown == *cell && !cell.starts_with(['+', '-']);
            let begins = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            assert!(is_number || !begins || cell == "-", "a formula: {cell:?}");
        }
    }
}

fn page(report: &Report<'_>, language: Language) {
    let page = text(|out| render::write_report_html(out, report, language));
    is_calm("HTML", &page);
    let elements = markup::elements(&page, true);
    let scripts: Vec<_> = elements.iter().filter(|element| element.name == "script").collect();
    assert_eq!(scripts.len(), 2, "the data and the script");
    parsed(scripts[0].raw);
    for element in &elements {
        assert!(
            !matches!(element.name, "iframe" | "object" | "embed" | "form" | "base" | "img"),
            "{element:?}"
        );
        for (key, value) in &element.attributes {
            assert!(
                !key.starts_with("on") && !matches!(*key, "src" | "style" | "srcdoc" | "action"),
                "{element:?}"
            );
            let is_harmless = value.starts_with('#') || is_of_catalogue(value) || *value == "data:,";
            assert!(!key.ends_with("href") || is_harmless, "{element:?}");
        }
    }
}

/// Whether a link is one of the catalogue.
fn is_of_catalogue(link: &str) -> bool {
    link.starts_with("https://") && CATALOGUE.contains(&format!("\"{link}\""))
}

fn junit(report: &Report<'_>, language: Language) {
    let xml = text(|out| render::write_report_junit(out, report, language));
    is_calm("JUnit", &xml);
    assert!(!xml.contains(['\u{fffe}', '\u{ffff}']), "XML has no place for these");
    let elements = markup::elements(&xml, false);
    for element in &elements {
        assert!(
            ["testsuites", "testsuite", "testcase", "failure", "system-out"].contains(&element.name),
            "{element:?}"
        );
    }
    let cases = elements.iter().filter(|element| element.name == "testcase").count();
    assert_eq!(cases, problems(report));
}

fn sarif(report: &Report<'_>, language: Language) {
    let log = parsed(&text(|out| render::write_report_sarif(out, report, language)));
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), problems(report));
    for result in results {
        let rule = result["ruleIndex"].as_u64().expect("a rule") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
        let uri = uri.expect("an address");
        let is_of_uri = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
        assert!(uri.bytes().all(is_of_uri), "{uri}");
    }
}

fn problems(report: &Report<'_>) -> usize {
    report.jobs.iter().filter(|job| job.record.is_problem()).count()
}

fn markdown(report: &Report<'_>, language: Language) {
    let page = text(|out| render::write_report_markdown(out, report, language));
    is_calm("Markdown", &page);
    for event in Parser::new_ext(&page, pulldown_cmark::Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::InlineMath(math) | Event::DisplayMath(math) => panic!("mathematics: {math}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture: {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(is_of_catalogue(&dest_url), "a link: {dest_url}");
            }
            Event::TaskListMarker(_) | Event::FootnoteReference(_) => panic!("{event:?}"),
            _ => {}
        }
    }
}
