//! YAML output of the AWS CLI, also edited by hand: cuts it into the items of its lists, and hands each on as JSON.
//!
//! An item is parsed by itself, so that a broken one costs nothing else, and a file of any size needs the memory of
//! one. All scalars are texts: an account that lost its quotes is no number.

use std::fmt::Write;
use std::io::{self, BufRead};

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::MIB;
use super::blocks::{self, has_blocks};
use super::item::{Complaint, Severity};
use super::json::read_embedded;
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use crate::phrases::YamlFault;
use crate::record::Position;

/// An item beyond this is no job.
pub(super) const LARGEST_ITEM: usize = MIB as usize;

/// Deeper nesting is no export.
pub(super) const DEEPEST_NESTING: usize = 64;

/// Whether a text is YAML with copy jobs, or with what people take for them.
pub(super) fn is_yaml(sample: &str) -> bool {
    let begins_list = |line: &str| {
        let key = line.trim_start_matches("- ").split(':').next().unwrap_or_default();
        let is_key_alone = line.trim_end().ends_with(':') || line.trim_end().ends_with(": []");
        is_key_alone
            && matches!(key, "CopyJobs" | "CopyJob" | "BackupJobs" | "RestoreJobs" | "CopyJobSummaries")
    };
    let has_item = |line: &str| {
        line.trim_start()
            .strip_prefix("- ")
            .is_some_and(|rest| rest.split_once(": ").is_some_and(|(key, _)| is_key(key)))
    };
    // A name alone on its line, or a dash before a field, makes YAML of what would be a list of fields.
    let opens = |line: &str| line.strip_suffix(':').is_some_and(|key| is_key(key.trim()));
    let mut lines = sample.lines();
    sample.lines().any(begins_list) || (lines.any(|line| has_item(line) || opens(line)) && has_blocks(sample))
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'"' | b'\''))
}

/// Reads the items.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut item = Item::new(Position { line: 1, column: 1 });
    let mut page_follows = None;
    while let Some(line) = lines.next()? {
        let position = line.position();
        let text = match reading.text(line.bytes, position) {
            Ok(text) => text.into_owned(),
            Err(_) => {
                item.fault = Some(YamlFault::NotUtf8);
                continue;
            }
        };
        let indent = text.len() - text.trim_start().len();
        let content = text.trim();
        if content.is_empty() || content.starts_with('#') {
            item.push(&text);
            continue;
        }
        if let Some(token) = content.strip_prefix("NextToken:") {
            page_follows = Some(position).filter(|_| !matches!(token.trim(), "" | "null" | "~"));
        }
        let begins = content.strip_prefix("- ").or((content == "-").then_some(""));
        // The name of a list or of a job stands above it.
        let is_name = content == "CopyJob:" || begins.is_some_and(|rest| rest.ends_with(':'));
        let is_document = matches!(content, "---" | "...");
        // An item ends where another begins beside or around it, or what it belongs to ends.
        let ends = item.indent.is_some_and(|own| indent <= own) || is_document;
        let is_first = begins.is_some_and(is_item) && (item.indent.is_none() || item.has_only_names);
        if ends || is_first || (is_name && item.has_only_names) {
            item.end(reading);
            item = Item::new(position);
            if is_document {
                continue;
            }
            if begins.is_some() || is_name {
                item.indent = Some(indent);
                page_follows = None;
            }
        }
        item.has_only_names &= is_name;
        item.push(&text);
    }
    item.end(reading);
    if let Some(position) = page_follows {
        reading.page_follows(position, "NextToken");
    }
    Ok(())
}

/// Whether what stands behind a dash is the first field of a job.
fn is_item(rest: &str) -> bool {
    rest.split_once(": ").is_some_and(|(key, value)| is_key(key.trim()) && !value.trim().is_empty())
}

/// An item of a list, a job under its name, or a document without either, line by line.
struct Item {
    position: Position,
    /// How far to the right its dash or its name stands; none for a document.
    indent: Option<usize>,
    /// Whether nothing was read of it but names, below which the items may begin.
    has_only_names: bool,
    text: String,
    fault: Option<YamlFault>,
}

impl Item {
    fn new(position: Position) -> Self {
        Self { position, indent: None, has_only_names: true, text: String::new(), fault: None }
    }

    fn push(&mut self, line: &str) {
        if self.text.len() + line.len() > LARGEST_ITEM {
            self.fault = Some(YamlFault::TooLarge { mib: LARGEST_ITEM as u64 / MIB });
            return;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn end(&mut self, reading: &mut Reading<'_>) {
        let item = std::mem::replace(self, Self::new(self.position));
        let fault = match (item.fault, json(&item.text)) {
            (None, Ok(json)) => return read_embedded(&json, item.position, reading),
            (Some(fault), _) => fault,
            // A message without its quotes may be no YAML; a line for each field it is all the same.
            (None, Err(fault)) => {
                if blocks::read_item(&item.text, item.position, reading) {
                    let complaint = Complaint::ReadLineByLine { fault };
                    return reading.warn(Severity::Warning, Some(item.position), complaint);
                }
                fault
            }
        };
        if item.text.contains("opyJobId") || item.text.contains("copy_job_id") {
            reading.rejected(item.position, Complaint::BrokenItem { fault });
        }
    }
}

/// A YAML document as JSON, with every scalar as text.
fn json(yaml: &str) -> Result<String, YamlFault> {
    /// Whether a key, a value or an element comes next.
    enum Place {
        Key,
        Value,
        Element,
    }
    let mut json = String::with_capacity(yaml.len() + yaml.len() / 4);
    let mut open: Vec<Place> = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.map_err(|error| YamlFault::NotYaml { error: error.to_string() })?;
        let is_end = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        if is_end {
            open.pop();
            json.push(if matches!(event, Event::MappingEnd) { '}' } else { ']' });
        }
        let is_node = matches!(
            event,
            Event::MappingStart(..) | Event::SequenceStart(..) | Event::Scalar(..) | Event::Alias(_)
        );
        if !is_node {
            continue;
        }
        let is_key = match open.last_mut() {
            Some(place @ Place::Key) => {
                if !json.ends_with('{') {
                    json.push(',');
                }
                *place = Place::Value;
                true
            }
            Some(place @ Place::Value) => {
                *place = Place::Key;
                false
            }
            Some(Place::Element) => {
                if !json.ends_with('[') {
                    json.push(',');
                }
                false
            }
            None => false,
        };
        match event {
            Event::Scalar(text, style, ..) => {
                let is_null =
                    !is_key && style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null");
                if is_null { json.push_str("null") } else { push_string(&mut json, &text) }
            }
            _ if is_key => return Err(YamlFault::KeyIsNoText),
            Event::MappingStart(..) | Event::SequenceStart(..) if open.len() == DEEPEST_NESTING => {
                return Err(YamlFault::TooDeep);
            }
            Event::MappingStart(..) => {
                open.push(Place::Key);
                json.push('{');
            }
            Event::SequenceStart(..) => {
                open.push(Place::Element);
                json.push('[');
            }
            _ => json.push_str("null"),
        }
        if is_key {
            json.push(':');
        }
    }
    Ok(json)
}

fn push_string(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            control if control.is_control() => {
                let mut units = [0; 2];
                for unit in control.encode_utf16(&mut units) {
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
            character => json.push(character),
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::item::Item as Found;
    use crate::read::tests::{items_of, messages_of};

    #[test]
    fn every_scalar_is_text_but_no_value() {
        let yaml =
            "- a: 012345678901\n  b: ~\n  c: [x, \"y\\\"z\"]\n  d: {e: null}\n  f: >-\n    two\n    lines\n";
        let expected = r#"[{"a":"012345678901","b":null,"c":["x","y\"z"],"d":{"e":null},"f":"two lines"}]"#;
        assert_eq!(json(yaml), Ok(expected.to_owned()));
        for (yaml, expected) in [
            ("a: 'null'\nb: \"~\"\n", r#"{"a":"null","b":"~"}"#),
            ("null: a\n~: b\n", r#"{"null":"a","~":"b"}"#),
            ("a: \"one\\ttwo\\e\"\n", r#"{"a":"one\u0009two\u001b"}"#),
        ] {
            assert_eq!(json(yaml), Ok(expected.to_owned()), "{yaml}");
        }
    }

    #[test]
    fn a_key_is_a_text() {
        for yaml in ["[a, b]: c\n", "{a: b}: c\n", "? - a\n: b\n", "a: &a b\n*a : c\n"] {
            assert_eq!(json(yaml), Err(YamlFault::KeyIsNoText), "{yaml}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| json(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert!(nested(DEEPEST_NESTING).is_ok());
        assert_eq!(nested(DEEPEST_NESTING + 1), Err(YamlFault::TooDeep));
    }

    #[test]
    fn what_stands_within_an_item_does_not_end_it() {
        for (before, within) in [
            ("CopyJobs:\n- CopyJobId: A\n", "\n# seen by Ops\n"),
            ("CopyJobs:\n- CopyJobId: A\n", "  Tags:\n  - Team:\n      Ops\n"),
            ("CopyJob:\n  CopyJobId: A\n", "  Tags:\n  - Key: Team\n    Value: Ops\n"),
            ("- CreatedBy:\n    BackupPlanId: P\n", "  CopyJobId: A\n"),
        ] {
            let text = format!("{before}{within}  State: FAILED\n  StatusMessage: It was locked\n");
            let items = items_of(&text);
            let [Found::Record(record)] = items.as_slice() else { panic!("{text}{items:?}") };
            let told = (record.copy_job_id.as_deref(), record.status_message.as_deref());
            assert_eq!(told, (Some("A"), Some("It was locked")), "{text}");
            assert_eq!(record.backup_plan_id.is_some(), before.contains("Plan"), "{text}");
        }
    }

    /// Outputs one after another. Those of `describe-copy-job` were one item, which was too large in the end, and in which
    /// one message without its quotes made all of them one job.
    #[test]
    fn jobs_under_a_name_are_items_of_their_own() {
        for one in [
            "- CopyJob:\n    CopyJobId: A\n    State: FAILED\n    StatusMessage: ",
            "CopyJob:\n  CopyJobId: A\n  State: FAILED\n  StatusMessage: ",
            "---\n- CopyJob:\n    CopyJobId: A\n    State: FAILED\n    StatusMessage: ",
            "- CreatedBy:\n    BackupPlanId: P\n  CopyJobId: A\n  State: FAILED\n  StatusMessage: ",
            "CopyJobs:\n- CopyJobId: A\n  State: FAILED\n  StatusMessage: ",
            "- CopyJobs:\n  - CopyJobId: A\n    State: FAILED\n    StatusMessage: ",
        ] {
            let good = format!("{one}It was locked\n");
            let text = [&good, one, "Denied: not allowed\n", &good].concat();
            assert_eq!(
                messages_of(&items_of(&text)),
                ["It was locked", "Denied: not allowed", "It was locked"],
                "{text}"
            );
        }
    }

    #[test]
    fn a_token_behind_the_items_says_that_a_page_follows() {
        let job = "CopyJobs:\n- CopyJobId: A\n  State: FAILED\n";
        let follows = |end: &str| {
            let incomplete = Complaint::Incomplete { token: "NextToken" };
            let items = items_of(&format!("{job}{end}\n"));
            items.iter().any(|it| matches!(it, Found::Warning(warning) if warning.complaint == incomplete))
        };
        assert!(follows("NextToken: eyJOZXh0"));
        for end in ["", "NextToken: null", "NextToken: ~", "NextToken:"] {
            assert!(!follows(end), "{end}");
        }
    }

    #[test]
    fn bombs_do_not_grow() {
        let aliases = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n";
        assert_eq!(json(aliases), Ok(r#"{"a":["x","x"],"b":[null,null],"c":[null,null]}"#.to_owned()));
        assert!(json(&"[".repeat(10_000)).is_err());
    }

    #[test]
    fn an_item_begins_with_a_key_and_its_value() {
        assert!(is_item("State: FAILED"));
        assert!(!is_item("State: ") && !is_item("Access Denied: no"));
    }

    #[test]
    fn yaml_is_told_from_messages() {
        assert!(is_yaml("CopyJobs:\n- AccountId: '1'\n"));
        assert!(is_yaml("---\n- CopyJobs:\n  - State: FAILED\n"));
        assert!(is_yaml("- State: FAILED\n  CopyJobId: A\n"));
        assert!(is_yaml("jobs:\n  '1':\n  - id: A\n    state: FAILED\n    status_message: no\n"));
        assert!(!is_yaml("- Access Denied: no\n- Copy job failed.\n"));
    }
}
