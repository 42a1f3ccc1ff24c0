//! The formats of a report: whatever an export holds, nothing of it is active in any of them, every format tells of the
//! same jobs, and the same export gives the same bytes.

mod common;

use std::fs;
use std::path::Path;

use common::{fixture, run};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use tempfile::TempDir;

const FORMATS: [&str; 9] = ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"];

/// Formats for people or for their programs, in which a text of the input has to be harmless to look at. JSON and JSON
/// Lines hand it on as it was.
const SHOWN: [&str; 7] = ["table", "text", "csv", "html", "markdown", "junit", "sarif"];

fn report(format: &str, path: &Path, more: &[&str]) -> String {
    let arguments =
        ["batch", "--format", format].into_iter().chain(more.iter().copied()).map(std::ffi::OsStr::new);
    run(arguments.chain([path.as_os_str()])).stdout
}

/// The report on an export full of attacks, in a file whose name is one.
fn hostile(format: &str) -> String {
    let folder = TempDir::new().expect("a directory for the test");
    let path = folder.path().join("=1 \"><img src=x onerror=alert(9)> ]]> | ` \u{1b}[31m \u{202e}gpj.json");
    fs::copy(fixture("hostile-jobs.json"), &path).expect("the file can be written");
    report(format, &path, &["--lang", "en"])
}

fn small(format: &str) -> String {
    report(format, &fixture("exports/01-cli/v2-list-copy-jobs.json"), &[])
}

#[track_caller]
fn lacks(text: &str, attacks: &[&str]) {
    for attack in attacks {
        let at = text.find(attack).map(|at| text[at..].chars().take(120).collect::<String>());
        assert_eq!(at, None, "{attack}");
    }
}

#[test]
fn nothing_steers_what_shows_a_report() {
    for format in SHOWN {
        let text = hostile(format);
        assert!(text.contains("vault-access-policy-denies-copy"), "{format}: {text}");
        is_calm(format, &text);
    }
}

/// What jobs have in common is said by the export.
#[test]
fn nothing_in_the_name_of_a_group_steers_what_shows_it() {
    for by in ["account", "region", "resource-type", "day"] {
        for format in ["table", "markdown"] {
            let text = report(format, &fixture("hostile-jobs.json"), &["--group-by", by]);
            assert!(text.contains(" × "), "{format}: {text}");
            is_calm(format, &text);
        }
    }
}

#[track_caller]
fn is_calm(format: &str, text: &str) {
    let text = if format == "csv" { text.replace("\r\n", "\n") } else { text.to_owned() };
    let steers = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{61c}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.chars().find(steers), None, "{format}");
}

#[test]
fn nothing_in_a_page_is_an_element_or_an_attribute() {
    let page = hostile("html");
    lacks(&page, &["<img", "<svg/", "<b ", "<x>", "<!--", "<script>alert", "href=\"javascript"]);
    let scripts: Vec<&str> =
        page.split("<script").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(scripts, [" type=\"application/json\" id=\"job-data\"", ""]);
    assert_eq!(page.matches("</script").count(), 2);
    let data = page.split("id=\"job-data\">").nth(1).and_then(|rest| rest.split("</script").next());
    let data: Value = serde_json::from_str(data.expect("the data of the table")).expect("JSON");
    let texts = data["texts"].as_array().expect("texts");
    assert!(
        texts.iter().any(|text| text == "<script>alert('id')</script>"),
        "the text itself is whole: {texts:?}"
    );
}

#[test]
fn a_page_asks_the_network_for_nothing() {
    // The texts of the hostile export hold such words; that they are texts, .ci/browser proves.
    let page = small("html");
    lacks(&page, &[" src=", "url(", "@import", "<iframe", "<object", "<base", "<form", " style=", "onclick"]);
    assert!(page.contains("default-src 'none'"));
    let links = page.split("<link ").skip(1).filter_map(|rest| rest.split('>').next());
    assert_eq!(links.collect::<Vec<_>>(), ["rel=\"icon\" href=\"data:,\""]);
}

#[test]
fn a_page_speaks_the_language_of_the_reader() {
    let page = report("html", &fixture("exports/01-cli/v2-list-copy-jobs.json"), &["--lang", "de"]);
    for german in
        ["<html lang=\"de\">", "02.07.2025", "Was zu tun ist", "Der Zieltresor lässt das Quellkonto"]
    {
        assert!(page.contains(german), "{german}");
    }
}

/// The policies are those of a real job, not blanks.
#[test]
fn documents_fill_the_steps_in() {
    for format in ["html", "markdown"] {
        let text = small(format);
        assert!(text.contains("arn:aws:iam::111122223333:root"), "{format}");
    }
}

/// What a reader of Markdown makes of a report: no HTML, no picture, no link but those of the catalogue, no heading and
/// no row or cell that is not ours.
#[test]
fn nothing_in_markdown_is_markup() {
    let text = hostile("markdown");
    let mut cells = 0;
    let mut headings = 0;
    for event in Parser::new_ext(&text, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::InlineMath(math) | Event::DisplayMath(math) => panic!("mathematics: {math}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture: {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://docs.aws.amazon.com/"), "a link: {dest_url}");
            }
            Event::TaskListMarker(_) | Event::FootnoteReference(_) => panic!("{event:?}"),
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Text(text) => lacks(&text, &["@org"]),
            _ => {}
        }
    }
    let causes = 2;
    assert_eq!(cells, 4 * (1 + causes), "{text}");
    assert_eq!(headings, 1 + 1 + causes + 2, "{text}");
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    let text = hostile("csv");
    for line in text.lines() {
        let mut is_quoted = false;
        let cells = line.split(|c| {
            is_quoted ^= c == '"';
            c == ',' && !is_quoted
        });
        for cell in cells {
            let shown = cell.trim_matches('"');
            assert!(!shown.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
        }
    }
    assert_eq!(text.lines().count(), 5, "one line for each job: {text}");
}

#[test]
fn every_format_tells_of_the_same_jobs() {
    let jobs = small("ndjson").lines().count();
    assert_eq!(jobs, 5);
    assert_eq!(small("text").lines().count(), jobs);
    assert_eq!(small("csv").lines().count(), jobs + 1);
    assert_eq!(small("junit").matches("<testcase ").count(), jobs);
    assert_eq!(small("junit").matches("<failure ").count(), jobs);
    let sarif: Value = serde_json::from_str(&small("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(jobs));
    assert!(small("html").contains("1–5 of 5"));
    assert!(small("markdown").starts_with("# Copy jobs of AWS Backup: 5 jobs with a problem\n"));
}

/// A rule's place in the list of rules is where its results say that it is.
#[test]
fn results_point_at_their_rules() {
    let sarif: Value = serde_json::from_str(&small("sarif")).expect("JSON");
    let run = &sarif["runs"][0];
    for result in run["results"].as_array().expect("results") {
        let place = usize::try_from(result["ruleIndex"].as_u64().expect("a place")).expect("a small one");
        assert_eq!(run["tool"]["driver"]["rules"][place]["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["copyJobId/v1"].is_string());
    }
}

/// What a spreadsheet was given can be read back.
#[test]
fn a_csv_is_an_export_too() {
    let folder = TempDir::new().expect("a directory for the test");
    let path = folder.path().join("jobs.csv");
    fs::write(&path, small("csv")).expect("the file can be written");
    let [again, first] =
        [path, fixture("exports/01-cli/v2-list-copy-jobs.json")].map(|path| report("json", &path, &[]));
    let causes = |text: &str| {
        let report: Value = serde_json::from_str(text).expect("JSON");
        let causes = report["causes"].as_array().expect("causes").clone();
        causes.iter().map(|cause| (cause["id"].clone(), cause["count"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(causes(&again), causes(&first));
}

#[test]
fn the_same_export_gives_the_same_bytes() {
    for format in FORMATS {
        assert_eq!(small(format), small(format), "{format}");
    }
}

#[test]
fn an_export_without_a_problem_is_a_report_too() {
    let folder = TempDir::new().expect("a directory for the test");
    let path = folder.path().join("jobs.json");
    let json = r#"{"CopyJobs": [{"CopyJobId": "A", "State": "COMPLETED"}]}"#;
    fs::write(&path, json).expect("the file can be written");
    for format in FORMATS {
        let answer = run(["batch".as_ref(), "--format".as_ref(), format.as_ref(), path.as_os_str()]);
        assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""), "{format}");
    }
    assert!(report("html", &path, &[]).contains("No job has a problem."));
    assert_eq!(report("csv", &path, &[]).lines().count(), 1);
}
