//! Injection: whatever a message, a job's field, a name of a file or an argument holds, it is text wherever it is shown,
//! one word of a command or nothing of it, and no part of what a policy grants but an identifier of the right kind.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{CLASSIFIER, Run, fixture, run, run_with_input};
use copydoctor::record::{Position, Record};
use copydoctor::remediation::{self, FilledStep};
use copydoctor::slot::Kind;
use copydoctor::template::Template;
use copydoctor::{Language, RootCause, Slot, SlotValues};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};
use serde_json::{Value, json};
use tempfile::TempDir;

const FORMATS: [&str; 9] = ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"];

/// What is tried, each with a number in it by which it is one of a kind.
const ATTACKS: &[&str] = &[
    // Terminals: colours, titles, links, the clipboard, the answerback, the line and the screen, in seven and eight bits.
    "\u{1b}[31m0",
    "\u{1b}]0;title\u{7}1",
    "\u{1b}]8;;http://evil.example\u{1b}\\2",
    "\u{1b}]52;c;cm0gLXJm\u{7}3",
    "\u{1b}[2J\u{1b}[H4",
    "\u{9b}31m\u{9d}0;t\u{9c}5",
    "\r\u{8}\u{8}error: all is well6",
    "\nerror: all is well7",
    // Text that runs the other way, is not seen, or ends lines where nobody sees it.
    "\u{202a}a\u{202b}b\u{202c}c\u{202d}d\u{202e}e8",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}d9",
    "\u{200e}\u{200f}\u{61c}\u{2028}\u{2029}10",
    // Spreadsheets.
    "=cmd|' /C calc'!A11",
    "+1+12",
    "-1+13",
    "@SUM(A14)",
    "\t=1+15",
    "\r=1+16",
    "=HYPERLINK(\"http://evil.example\",\"17\")",
    "\";=1+18",
    "x,\"y\n=1+19\"",
    // HTML, SVG, XML and scripts.
    "<script>alert(20)</script>",
    "\"><img src=x onerror=alert(21)>",
    "' onmouseover='alert(22)",
    "<svg/onload=alert(23)>",
    "</script><script>alert(24)</script><!--",
    "<!--<script>25",
    "]]><x>26</x>",
    "&lt;b&gt;27&#x3c;",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;28",
    "</testcase></testsuite>29",
    "<iframe srcdoc='30'>",
    // Markdown.
    "| a | b |31",
    "[a](javascript:alert(32))",
    "![a](http://evil.example/33.png)",
    "<http://evil.example/34>",
    "http://evil.example/35 www.evil.example user@evil.example",
    "```\n# heading 36\n```",
    "` `` ``` 37",
    "- [ ] item 38",
    "**bold** _it_ ~~no~~ 39 \\",
    "[^1]: note 40",
    "@org/team #41 $x$ :+1:",
    "<b onclick=x>42</b>",
    // Addresses.
    "javascript:alert(43)",
    "data:text/html,<script>44</script>",
    "file:///etc/passwd?45#x",
    "//evil.example/46",
    "../../../../etc/passwd47",
    "https://evil.example/%00%2e%2e/48",
    // Shells: every way to end a word, a string or a command.
    "; reboot49",
    "$(reboot)50",
    "`reboot`51",
    "'; reboot; '52",
    "\"; reboot; \"53",
    "|| reboot && reboot & 54",
    "> /etc/passwd < /dev/null 55",
    "\\\n reboot56",
    "${IFS}reboot57",
    "--profile58",
    "-x59",
    "!reboot60",
    "{a,b}{61..62}",
    "~root/*?[a]63",
    "it’s “64” ‚now‘",
    "# comment65",
    "%PATH% ^& reboot66",
    "\0reboot67",
    // Templates and policies.
    "{source_account} ${aws:PrincipalArn} {{7*7}} 68",
    "*",
    "arn:aws:iam::*:root",
    "arn:aws:kms:*:*:key/*",
    "\"},{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*69\"",
];

/// What steers a terminal or turns a text around.
fn steers(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn is_calm(text: &str, about: &str) {
    let steering: BTreeSet<char> = text.chars().filter(|c| steers(*c)).collect();
    assert!(steering.is_empty(), "{about} has {steering:?}:\n{text}");
}

/// No line of it is what the tool says by itself.
#[track_caller]
fn says_nothing_of_its_own(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        assert!(!text.lines().any(|line| line.trim().starts_with("error: all is well")), "{text}");
    }
}

/// An export in which every field of a job is an attack, and every attack stands in every field, in a message alone and
/// in a known one. With `harmless` it is the same export with words in their place. Unknown messages are of more or fewer
/// kinds, as their words are.
fn export(harmless: bool, unknown: bool) -> String {
    let jobs: Vec<Value> = ATTACKS
        .iter()
        .enumerate()
        .flat_map(|(number, attack)| {
            let word = format!("word{number}x");
            let text = match harmless {
                false => (*attack).to_owned(),
                // What has the parts of an ARN is taken apart.
                true if attack.starts_with("arn:") => attack.replace('*', &word),
                true => word,
            };
            let known = format!(
                "The tag policy does not allow the specified value for the following tag key: '{text}'"
            );
            let job = |kind: &str, message: &str| {
                json!({
                    "CopyJobId": format!("{text}{kind}{number}"), "State": "FAILED", "StatusMessage": message,
                    "AccountId": text, "ResourceName": text, "ResourceType": text, "ResourceArn": text,
                    "SourceBackupVaultArn": text, "DestinationBackupVaultArn": text, "IamRoleArn": text,
                    "DestinationRecoveryPointArn": text, "ParentJobId": text, "MessageCategory": text,
                    "CreatedBy": {"BackupPlanId": text, "BackupPlanName": text, "BackupRuleName": text},
                })
            };
            let message = format!("Nobody knows {text} here");
            [job("a", &known), job("b", if unknown { &message } else { &known })]
        })
        .collect();
    json!({"CopyJobs": jobs}).to_string()
}

/// The reports on both exports, in every format, from a file whose name is an attack too.
static REPORTS: LazyLock<Vec<(&str, String, String)>> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a directory for the test");
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("the file can be written");
        path
    };
    let report = |format: &str, path: &Path| {
        let run = run([
            &["batch", "--format", format, "--lang", "en"].map(std::ffi::OsStr::new)[..],
            &[path.as_os_str()],
        ]
        .concat());
        assert_eq!(run.code, Some(0), "{format}: {}", run.stderr);
        is_calm(&run.stderr, format);
        run.stdout
    };
    let hostile = write("javascript:%2e\u{1b}[31m \u{202e}<x>'\"=`|#?.json", export(false, true));
    let harmless = write("jobs.json", export(true, true));
    let all = FORMATS.map(|format| (format, report(format, &hostile), report(format, &harmless)));
    fs::write(&hostile, export(false, false)).expect("the file can be written");
    fs::write(&harmless, export(true, false)).expect("the file can be written");
    let known = [("known html", "html"), ("known junit", "junit"), ("known markdown", "markdown")];
    let known = known.map(|(name, format)| (name, report(format, &hostile), report(format, &harmless)));
    all.into_iter().chain(known).collect()
});

fn report(wanted: &str) -> (&'static str, &'static str) {
    let (_, hostile, harmless) = REPORTS.iter().find(|(format, ..)| *format == wanted).expect("a format");
    (hostile, harmless)
}

#[test]
fn no_report_steers_what_shows_it() {
    for (format, hostile, _) in REPORTS.iter() {
        // Rows of CSV end as RFC 4180 says.
        is_calm(&hostile.replace("\r\n", "\n"), format);
    }
}

#[test]
fn a_line_for_each_job_is_one_line() {
    let jobs = 2 * ATTACKS.len();
    assert_eq!(report("text").0.lines().count(), jobs);
    assert_eq!(report("ndjson").0.lines().count(), jobs);
    assert_eq!(
        report("csv").0.replace("\r\n", "\u{0}").lines().count(),
        1,
        "no cell has a line break of its own"
    );
}

/// Programs get every text as it was.
#[test]
fn json_hands_on_what_was_read() {
    let messages: BTreeSet<String> = report("ndjson")
        .0
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .map(|job| job["message"].as_str().expect("a message").to_owned())
        .collect();
    for attack in ATTACKS {
        let message = format!("Nobody knows {attack} here");
        assert!(messages.contains(message.trim()), "{attack:?}");
    }
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv_core::Reader::new();
    let (mut input, mut rows) = (csv.trim_start_matches('\u{feff}').as_bytes(), Vec::new());
    loop {
        let (mut bytes, mut ends) = (vec![0; 1 << 16], vec![0; 256]);
        let (result, read, _, cells) = reader.read_record(input, &mut bytes, &mut ends);
        input = &input[read..];
        match result {
            // The end of the line behind the last row.
            csv_core::ReadRecordResult::InputEmpty if cells == 0 => {}
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends.iter().copied());
                let cells = starts
                    .zip(&ends[..cells])
                    .map(|(start, end)| String::from_utf8_lossy(&bytes[start..*end]));
                rows.push(cells.map(std::borrow::Cow::into_owned).collect());
            }
            csv_core::ReadRecordResult::End => return rows,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    let rows = rows(report("csv").0);
    assert_eq!(rows.len(), 1 + 2 * ATTACKS.len());
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }
}

/// The names of elements and attributes, in their order, without what is in them. Scripts hold no elements.
fn markup(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        let (mut tag, mut quote, mut end) = (String::new(), None, behind.len());
        for (at, character) in behind.char_indices() {
            match (quote, character) {
                (None, '>') => {
                    end = at + 1;
                    break;
                }
                (None, '"' | '\'') => quote = Some(character),
                (Some(open), close) if open == close => quote = None,
                (None, _) => tag.push(character),
                _ => {}
            }
        }
        rest = &behind[end..];
        if tag.starts_with("script") || tag.starts_with("style") {
            let name = if tag.starts_with("script") { "</script" } else { "</style" };
            rest = rest.split_once(name).map_or("", |(_, behind)| behind);
        }
        found.push(tag.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    found
}

/// A page, and a document of XML, have the elements and attributes that they have with harmless words.
#[test]
fn nothing_is_an_element_or_an_attribute() {
    for format in ["html", "junit"] {
        let all = report(format);
        let names = |text: &str| markup(text).into_iter().collect::<BTreeSet<String>>();
        let (hostile, harmless) = (names(all.0), names(all.1));
        // More kinds of messages than fit are folded up.
        let more = hostile.difference(&harmless).filter(|name| *name != "details");
        assert_eq!(more.collect::<Vec<_>>(), [""; 0], "{format}");
    }
    for format in ["known html", "known junit"] {
        let (hostile, harmless) = report(format);
        // How many blanks of the steps stay open is another question.
        let of = |text: &str| -> Vec<String> {
            let is_item = |name: &String| matches!(name.trim_start_matches('/'), "li" | "code");
            markup(text).into_iter().filter(|name| !is_item(name)).collect()
        };
        let (hostile, harmless) = (of(hostile), of(harmless));
        assert!(hostile.len() > 100, "{format}");
        let differs = hostile.iter().zip(&harmless).position(|(one, other)| one != other);
        let around =
            |tags: &[String]| differs.map(|at| tags[at.saturating_sub(3)..(at + 3).min(tags.len())].to_vec());
        assert_eq!(around(&hostile), around(&harmless), "{format}");
        assert_eq!(hostile.len(), harmless.len(), "{format}");
    }
}

/// What a reader of Markdown makes of it, without the texts themselves.
fn structure(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, pulldown_cmark::Options::all());
    let of = |event: Event<'_>| match event {
        Event::Start(tag) => Some(format!("{tag:?}")),
        Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) | Event::FootnoteReference(_) => {
            Some("markup".to_owned())
        }
        Event::InlineMath(_) | Event::DisplayMath(_) | Event::Rule => Some("other".to_owned()),
        _ => None,
    };
    events.filter_map(of).collect()
}

#[test]
fn nothing_is_markdown() {
    let all = report("markdown");
    let kinds = |text: &str| structure(text).into_iter().collect::<BTreeSet<String>>();
    let (hostile, harmless) = (kinds(all.0), kinds(all.1));
    assert_eq!(hostile.difference(&harmless).collect::<Vec<_>>(), [""; 0]);
    let (hostile, harmless) = report("known markdown");
    let (hostile, harmless) = (structure(hostile), structure(harmless));
    assert!(hostile.len() > 20);
    let differs = hostile.iter().zip(&harmless).find(|(one, other)| one != other);
    assert_eq!(differs, None);
    assert_eq!(hostile.len(), harmless.len());
}

/// Every value of a key, however deep.
fn values_of<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| values_of(item, key, found)),
        Value::Object(entries) => {
            for (name, value) in entries {
                found.extend(value.as_str().filter(|_| name == key));
                values_of(value, key, found);
            }
        }
        _ => {}
    }
}

#[test]
fn addresses_in_sarif_are_encoded_and_of_no_other_scheme() {
    let log: Value = serde_json::from_str(report("sarif").0).expect("JSON");
    let mut addresses = Vec::new();
    values_of(&log, "uri", &mut addresses);
    assert_eq!(addresses.len(), 2 * ATTACKS.len());
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/%-._~!$&'()*+,;=:@".contains(&byte);
    for uri in &addresses {
        assert!(uri.bytes().all(allowed), "{uri}");
        assert!(uri.contains("javascript%3A%252e%1B%5B31m%20%E2%80%AE%3Cx%3E"), "{uri}");
        assert!(uri.starts_with('/') || uri.starts_with("file:///"), "{uri}");
    }
    let mut links = Vec::new();
    values_of(&log, "helpUri", &mut links);
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("https://")), "{links:?}");
}

/// A file that is named like an address stands in the working directory and not on the network.
#[test]
fn a_relative_name_is_no_scheme() {
    let folder = TempDir::new().expect("a directory for the test");
    let job = r#"{"CopyJobId":"A","State":"FAILED","StatusMessage":"Token expired. Try again."}"#;
    for name in ["javascript:alert(1)", "https:evil.example", "C:x", "a b", "%41", "x?y#z"] {
        fs::write(folder.path().join(name), job).expect("the file can be written");
        let answer = common::finish(
            common::copydoctor().current_dir(folder.path()).args(["batch", "--format", "sarif", name]),
        );
        let uri = answer.json()["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .expect("an address")
            .to_owned();
        assert!(!uri.split('/').next().is_some_and(|first| first.contains(':')), "{uri}");
        assert!(!uri.contains([' ', '?', '#']), "{uri}");
        let decoded = percent_encoding::percent_decode_str(&uri).decode_utf8().expect("UTF-8");
        assert_eq!(decoded.trim_start_matches("./"), name);
    }
}

/// A NUL and a message without words cannot be given as an argument.
fn as_argument(text: &str) -> Option<String> {
    (!text.contains('\0')).then(|| text.to_owned())
}

#[test]
fn an_answer_steers_nothing() {
    for attack in ATTACKS {
        let known = format!(
            "The tag policy does not allow the specified value for the following tag key: '{attack}'"
        );
        for language in [Language::En, Language::De] {
            for message in [*attack, &known] {
                let page = page_of(message, language);
                is_calm(&page, message);
                assert!(!page.lines().any(|line| line.starts_with("error: all is well")), "{page}");
            }
        }
    }
}

fn page_of(message: &str, language: Language) -> String {
    use copydoctor::render::{Diagnosed, Layout, write_answer_text};
    let why = CLASSIFIER.explain(message);
    let answer = why.answer.clone();
    let mut page = Vec::new();
    let diagnosed =
        Diagnosed { why: Some(why), ..Diagnosed::of(message, answer, &SlotValues::default(), language) };
    write_answer_text(&mut page, &diagnosed, Layout::plain(language, 100)).expect("memory takes everything");
    String::from_utf8(page).expect("a page is UTF-8")
}

#[test]
fn no_command_is_steered() {
    // One process for several attacks, since each costs a moment.
    for attacks in ATTACKS.chunks(12) {
        let messages: Vec<String> =
            attacks.iter().filter_map(|attack| as_argument(&format!("a {attack}"))).collect();
        let mut arguments = vec!["diagnose".to_owned(), "--".to_owned()];
        arguments.extend(messages.iter().cloned());
        for arguments in [
            arguments,
            vec!["explain".to_owned(), "--".to_owned(), attacks.join(" ").replace('\0', "")],
            vec!["draft".to_owned(), "--".to_owned(), format!("a {}", attacks.join(" ").replace('\0', ""))],
            vec![
                "--copy-policy".to_owned(),
                "--".to_owned(),
                format!("a {}", attacks.join(" ").replace('\0', "")),
            ],
        ] {
            let run = run(&arguments);
            is_calm(&run.stdout, &arguments[0]);
            is_calm(&run.stderr, &arguments[0]);
            says_nothing_of_its_own(&run);
        }
    }
}

/// A draft is a file that is read again: what a message holds stays a text in it.
#[test]
fn a_draft_is_yaml_with_nothing_of_its_messages_own() {
    for attack in ATTACKS {
        let message =
            format!("The backup guard refused {attack} because it was told to by the operations team");
        let run = run_with_input(["draft", "--unproven", "--id", "my-cause"], &message);
        is_calm(&run.stdout, attack);
        if run.stdout.is_empty() {
            assert!(!run.stderr.is_empty(), "{attack:?}");
            continue;
        }
        let entry: Value =
            serde_yaml::from_str(&run.stdout).unwrap_or_else(|error| panic!("{attack:?}: {error}"));
        let keys: BTreeSet<&str> = entry.as_object().expect("an entry").keys().map(String::as_str).collect();
        let known = [
            "aws_message_category",
            "cause",
            "examples",
            "group",
            "id",
            "near_misses",
            "patterns",
            "remediation",
            "sources",
            "title",
        ];
        assert!(keys.iter().all(|key| known.contains(key)), "{keys:?}");
        assert_eq!(entry["id"], "my-cause");
    }
}

/// A command as its words, with the blanks that stayed open.
#[track_caller]
fn shell_words(command: &str) -> Vec<String> {
    shlex::split(command).unwrap_or_else(|| panic!("no shell can take it apart: {command}"))
}

/// The words of every command of the catalogue with all blanks open: of each root cause and step, those that check and
/// those that change.
static OPEN: LazyLock<BTreeMap<&str, Vec<[Vec<String>; 2]>>> = LazyLock::new(|| {
    let words = |template: &Option<Template>| {
        let open = template.as_ref().map(|it| it.fill_command(&SlotValues::default(), &mut BTreeSet::new()));
        open.map(|command| shell_words(&command)).unwrap_or_default()
    };
    let of = |cause: &'static RootCause| {
        cause.remediation.iter().map(|step| [words(&step.check), words(&step.command)]).collect()
    };
    CLASSIFIER.catalogue().root_causes().iter().map(|cause| (cause.id.as_str(), of(cause))).collect()
});

/// Every command of a step has exactly the words of the command in the catalogue. A blank in one is a value of its
/// kind and no option, or stays open.
#[track_caller]
fn commands_are_whole(cause: &RootCause, steps: &[FilledStep], values: &SlotValues) {
    for (step, open) in steps.iter().zip(&OPEN[cause.id.as_str()]) {
        for (filled, open) in [&step.check, &step.command].into_iter().zip(open) {
            let filled = filled.as_deref().map(shell_words).unwrap_or_default();
            assert_eq!(filled.len(), open.len(), "{filled:?}");
            for (word, blank) in filled.iter().zip(open).filter(|(word, blank)| word != blank) {
                let blanks = Slot::ALL.iter().filter(|slot| blank.contains(&format!("<{slot}>")));
                let expected = blanks.fold(blank.clone(), |text, slot| match values.get(*slot) {
                    Some(value) if !word.contains(&format!("<{slot}>")) => {
                        assert!(slot.kind().accepts(value) && !value.starts_with('-'), "{slot}: {value}");
                        text.replace(&format!("<{slot}>"), value)
                    }
                    _ => text,
                });
                assert_eq!(*word, expected, "{filled:?}");
            }
        }
    }
}

/// All that is known, as it gets into the steps.
fn derived(known: &SlotValues, says: &SlotValues) -> SlotValues {
    let mut values = known.clone();
    values.derive();
    values.fill_gaps_from_message(says);
    values
}

/// That a policy is that of the catalogue, with values of the right kind in its blanks: the same statements with the same
/// effects, and nothing in them that stands for more than one thing.
#[track_caller]
fn policies_are_whole(cause: &RootCause, steps: &[FilledStep]) {
    for (step, source) in steps.iter().zip(&cause.remediation) {
        assert_eq!(step.policy.is_some(), source.policy.is_some());
        if let (Some(policy), Some(source)) = (&step.policy, &source.policy) {
            is_filled(policy, &source.source(), &cause.id);
        }
    }
}

#[track_caller]
fn is_filled(filled: &Value, source: &Value, about: &str) {
    match (filled, source) {
        (Value::Array(filled), Value::Array(source)) => {
            assert_eq!(filled.len(), source.len(), "{about}");
            filled.iter().zip(source).for_each(|(filled, source)| is_filled(filled, source, about));
        }
        (Value::Object(filled), Value::Object(source)) => {
            assert!(filled.keys().eq(source.keys()), "{about}: {filled:?}");
            filled
                .values()
                .zip(source.values())
                .for_each(|(filled, source)| is_filled(filled, source, about));
        }
        (Value::String(filled), Value::String(source)) => is_filled_text(filled, source, about),
        _ => assert_eq!(filled, source, "{about}"),
    }
}

#[track_caller]
fn is_filled_text(filled: &str, source: &str, about: &str) {
    let blank = |slot: &Slot| format!("{{{slot}}}");
    let first = Slot::ALL.iter().filter_map(|slot| Some((source.find(&blank(slot))?, *slot))).min();
    let Some((at, slot)) = first else { return assert_eq!(filled, source, "{about}") };
    let (before, behind) = (&source[..at], &source[at + blank(&slot).len()..]);
    let rest =
        filled.strip_prefix(before).unwrap_or_else(|| panic!("{about}: {filled} begins not with {before}"));
    // The value ends where what follows it in the source begins: no value holds a brace or what stands between blanks.
    let literal = behind.split('{').next().unwrap_or_default();
    let ends: Vec<usize> = if literal.is_empty() && !behind.is_empty() {
        (1..=rest.len()).filter(|end| rest.is_char_boundary(*end)).collect()
    } else if behind.is_empty() {
        vec![rest.len()]
    } else {
        rest.match_indices(literal).map(|(end, _)| end).collect()
    };
    let fits = ends.into_iter().find(|end| {
        let value = &rest[..*end];
        value == format!("<{slot}>") || (slot.kind().accepts(value) && slot.kind().is_identifier())
    });
    let end = fits.unwrap_or_else(|| panic!("{about}: {rest} begins with no {slot}"));
    assert!(!rest[..end].contains(['*', '?', '$', '"', ' ', '\n']), "{about}: {rest}");
    is_filled_text(&rest[end..], behind, about);
}

fn fill(cause: &RootCause, known: &SlotValues, says: &SlotValues) -> Vec<FilledStep> {
    let steps = remediation::fill(cause, known, says, Language::En);
    commands_are_whole(cause, &steps, &derived(known, says));
    policies_are_whole(cause, &steps);
    steps
}

/// Each attack alone, and behind, before and inside of a value that fits, in every slot of every root cause: as far as
/// the slot takes it, the commands keep their words and the policies their grants.
#[test]
fn no_value_breaks_out_of_a_command_or_widens_a_policy() {
    let mut taken = BTreeSet::new();
    for attack in ATTACKS {
        let forms: [fn(&str, &str) -> String; 4] = [
            |attack, _| attack.to_owned(),
            |attack, sample| format!("{sample}{attack}"),
            |attack, sample| format!("{attack}{sample}"),
            |attack, sample| sample.replacen(['-', '/', 'a'], attack, 1),
        ];
        for form in forms {
            let mut values = SlotValues::default();
            for slot in Slot::ALL {
                let value = form(attack, slot.sample());
                if value.contains(attack) && values.set(*slot, value).is_ok() {
                    taken.insert(*slot);
                }
            }
            if values.iter().next().is_none() {
                continue;
            }
            let mut full = SlotValues::samples();
            for (slot, value) in values.iter() {
                full.set(slot, value).expect("it was taken before");
            }
            for cause in CLASSIFIER.catalogue().root_causes() {
                fill(cause, &full, &SlotValues::default());
                fill(cause, &SlotValues::default(), &full);
            }
        }
    }
    // The test would prove nothing if nothing were ever taken, and identifiers must not take what shells read.
    assert!(taken.contains(&Slot::TagKey) && taken.contains(&Slot::Value), "{taken:?}");
    for slot in [Slot::SourceAccount, Slot::SourceRegion, Slot::Partition, Slot::DeniedAction] {
        assert!(!taken.contains(&slot), "{slot}");
    }
}

/// The job itself may lie as well: a field is used where it is what it should be.
#[test]
fn no_field_of_a_job_breaks_out_of_a_command_or_widens_a_policy() {
    for attack in ATTACKS {
        let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
        let text = || Some((*attack).to_owned());
        (record.copy_job_id, record.account_id, record.role_arn) = (text(), text(), text());
        (record.source_vault_arn, record.destination_vault_arn) = (text(), text());
        (record.source_region, record.destination_region, record.destination_account) =
            (text(), text(), text());
        (record.resource_type, record.resource_arn, record.recovery_point_arn) = (text(), text(), text());
        let known = SlotValues::of_record(&record);
        for cause in CLASSIFIER.catalogue().root_causes() {
            fill(cause, &known, &SlotValues::default());
        }
    }
}

/// Whoever makes a message up must not get permissions that give more permissions. A person may still ask for them.
#[test]
fn no_message_makes_an_administrator() {
    for action in [
        "iam:CreateAccessKey",
        "IAM:PutRolePolicy",
        "iam:PassRole",
        "sts:AssumeRole",
        "organizations:AttachPolicy",
        "kms:PutKeyPolicy",
        "s3:PutBucketPolicy",
        "s3:PutBucketAcl",
        "lambda:AddPermission",
        "sso-admin:CreateAccountAssignment",
    ] {
        let message = format!(
            "User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: {action} on resource: \
             arn:aws:iam::111122223333:user/admin because no identity-based policy allows the {action} action"
        );
        let answer = run(["--format", "json", &message]).json();
        assert_eq!(answer["diagnosis"]["id"], "role-lacks-permission");
        let step = with_policy(&answer);
        assert_eq!(step["policy"]["Statement"][0]["Action"], "<denied_action>", "{action}");
        assert!(step["open"].as_array().is_some_and(|open| open.contains(&json!("denied_action"))));
        let refused = run(["--copy-policy", &message]);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{}", refused.stderr);
        let asked = run(["--format", "json", "--denied-action", action, &message]).json();
        assert_eq!(with_policy(&asked)["policy"]["Statement"][0]["Action"], action);
    }
}

fn with_policy(answer: &Value) -> Value {
    let steps = answer["diagnosis"]["remediation"].as_array().expect("a list of steps");
    steps.iter().find(|step| !step["policy"].is_null()).expect("a step with a policy").clone()
}

/// The commands that an export is answered with.
#[test]
fn suggested_commands_have_their_words() {
    for attack in ATTACKS {
        let job = |state: &str| {
            json!({
                "CopyJobId": attack, "State": state, "StatusMessage": "Token expired. Try again.",
                "SourceBackupVaultArn": format!("arn:aws:backup:{attack}:111122223333:backup-vault:x"),
            })
        };
        for (job, arguments) in [(job("FAILED"), vec!["batch"]), (job("PARTIAL"), vec!["batch"])] {
            let run = run_with_input(arguments, job.to_string());
            let said = format!("{}{}", run.stdout, run.stderr).replace('\n', " ");
            for command in said.split("aws backup ").skip(1) {
                let words = shlex::split(command.split(" | ").next().unwrap_or_default());
                let id = words.as_ref().and_then(|words| {
                    let at = words.iter().position(|word| word.ends_with("-job-id"))?;
                    words.get(at + 1).cloned()
                });
                let Some(id) = id else { continue };
                assert!(Kind::JobId.accepts(&id), "{command}");
            }
        }
    }
}

/// A folder or file whose name a shell reads is one word of the command that is suggested for it.
#[cfg(unix)]
#[test]
fn names_of_files_are_one_word_of_a_suggested_command() {
    let folder = TempDir::new().expect("a directory for the test");
    for name in ["a b", "$(reboot)", "; reboot", "it's", "`x`", "-rf", "--format"] {
        let path = folder.path().join(name);
        fs::create_dir(&path).expect("a folder can be made");
        fs::write(path.join("x.yaml"), "id: x\n").expect("the file can be written");
        let in_folder = |arguments: &[&str]| {
            common::finish(common::copydoctor().current_dir(folder.path()).args(arguments))
        };
        let named = format!("--catalogue={name}");
        for (arguments, command) in [
            (vec![named.as_str(), "x"], "copydoctor check "),
            (vec!["draft", "--", name], "copydoctor batch "),
        ] {
            let run = in_folder(&arguments);
            let (_, suggested) = run.stderr.split_once(command).unwrap_or_else(|| panic!("{run:?}"));
            let words = shell_words(suggested.lines().next().expect("a line"));
            assert_eq!(words.len(), 1, "{words:?}");
            assert!(!words[0].starts_with('-'), "{words:?}");
            assert_eq!(words[0].trim_start_matches("./"), name);
        }
    }
}

/// Documented messages, taken apart where their values stand.
static MESSAGES: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(|| {
    let causes = CLASSIFIER.catalogue().root_causes().iter();
    let examples = causes.flat_map(|cause| &cause.examples);
    let with_values = examples.map(|example| {
        let values = CLASSIFIER.classify(&example.message);
        let captures = values.diagnosis().map(|diagnosis| diagnosis.captures.clone()).unwrap_or_default();
        let values = captures.iter().map(|(_, value)| value.to_owned());
        (example.message.clone(), values.collect())
    });
    with_values.collect()
});

/// A documented message with something else in place of its values.
fn made_up() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        3 => proptest::sample::select(ATTACKS).prop_map(str::to_owned),
        1 => proptest::sample::select(Slot::ALL).prop_map(|slot| slot.sample().to_owned()),
        1 => (proptest::sample::select(Slot::ALL), proptest::sample::select(ATTACKS))
            .prop_map(|(slot, attack)| format!("{}{attack}", slot.sample())),
        1 => "[a-z]{2,12}:[A-Z][A-Za-z]{2,20}",
        1 => "arn:aws[a-z-]{0,8}:[a-z0-9*]{0,9}:[a-z0-9*-]{0,14}:[0-9*]{0,13}:[!-~]{0,40}",
        1 => "[0-9]{11,13}",
        1 => any::<String>(),
    ];
    (0..MESSAGES.len(), proptest::collection::vec(value, 4)).prop_map(|(which, values)| {
        let (message, captures) = &MESSAGES[which];
        let replaced =
            captures.iter().zip(values).fold(message.clone(), |text, (old, new)| text.replace(old, &new));
        if captures.is_empty() { format!("{replaced} {}", ATTACKS[which % ATTACKS.len()]) } else { replaced }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a message says: policies are those of the catalogue with values of the right kind, its accounts are in
    /// none of them, and commands keep their words. With a job that is known, and without.
    #[test]
    fn no_message_changes_what_a_policy_grants(message in made_up()) {
        let answer = CLASSIFIER.classify(&message);
        if let Some(diagnosis) = answer.diagnosis() {
            let mut job = SlotValues::default();
            for (slot, value) in SlotValues::samples().iter() {
                if !matches!(slot, Slot::DeniedAction | Slot::DeniedResourceArn | Slot::TagKey) {
                    job.offer(slot, value);
                }
            }
            for known in [SlotValues::default(), job.clone()] {
                let steps = fill(diagnosis.root_cause, &known, &diagnosis.captures);
                for policy in steps.iter().filter_map(|step| step.policy.as_ref()) {
                    for statement in policy["Statement"].as_array().expect("statements") {
                        let principal = statement["Principal"].to_string();
                        let digits = principal.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 12);
                        let accounts = [Slot::SourceAccount, Slot::DestinationAccount, Slot::ManagementAccount];
                        for digits in digits {
                            prop_assert!(accounts.iter().any(|slot| known.get(*slot) == Some(digits)), "{}", principal);
                        }
                    }
                }
            }
        }
    }
}

/// The export of hostile values that other tests use is answered without a word that steers, with every option.
#[test]
fn an_export_of_attacks_steers_nothing_under_any_option() {
    let path = fixture("hostile-jobs.json");
    let path = path.to_str().expect("the path is UTF-8");
    for more in [
        &["--group-by", "account"][..],
        &["--top", "1"],
        &["--redact"],
        &["--lang", "de"],
        &["--fail-on", "failed"],
        &["--all", "--format", "text"],
    ] {
        let run = run([&["batch"][..], more, &[path]].concat());
        is_calm(&run.stdout, &more.join(" "));
        is_calm(&run.stderr, &more.join(" "));
    }
}
