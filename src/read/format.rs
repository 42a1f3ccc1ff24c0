//! Tells the format of a text by its beginning.

use std::fmt;

use super::aws_text;
use super::blocks;
use super::delimited::Dialect;
use super::drawn;
use super::dump;
use super::field::FieldNames;
use super::flush_right;
use super::item::Complaint;
use super::json;
use super::lines::{LineEnd, Wanted};
use super::page;
use super::prefix;
use super::printed;
use super::rewritten::Rewritten;
use super::ruled;
use super::single_byte::decode;
use super::stacked;
use super::yaml;

/// The formats of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// JSON of any shape, also with other text around it.
    Json,
    /// CSV and the like, with any delimiter.
    Csv,
    /// YAML, as `aws --output yaml` and `yaml-stream` write it.
    Yaml,
    /// What `aws --output text` writes.
    AwsText,
    /// A table that is drawn with lines, as `aws --output table` does.
    Table,
    /// Blocks of `name: value` lines.
    List,
    /// A status message on each line.
    Lines,
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: &[Self] =
        &[Self::Json, Self::Csv, Self::Yaml, Self::AwsText, Self::Table, Self::List, Self::Lines];

    /// The name in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Yaml => "yaml",
            Self::AwsText => "text",
            Self::Table => "table",
            Self::List => "list",
            Self::Lines => "lines",
        }
    }

    /// What is in it, in a few words.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Json => "JSON of any shape, also with text around it",
            Self::Csv => "CSV and the like, with any delimiter",
            Self::Yaml => "output of `aws --output yaml` or `yaml-stream`",
            Self::AwsText => "output of `aws --output text`",
            Self::Table => "output of `aws --output table`, or another drawn table",
            Self::List => "blocks of `name: value` lines",
            Self::Lines => "a status message on each line",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What a beginning turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Detected {
    Empty,
    Format(Format),
    /// Objects as programs print them, which become JSON.
    Printed,
    /// CSV, and how it is delimited.
    Delimited(Dialect),
    /// Lines of text, and what of them is to be read.
    Lines(Wanted),
    /// Something that holds no records that can be read here, and what to do.
    Unreadable(Complaint),
}

/// Tells what a text is by its first bytes, which may end in the middle of a character.
pub(super) fn detect(sample: &[u8], names: &FieldNames) -> Detected {
    if sample.iter().all(u8::is_ascii_whitespace) {
        return Detected::Empty;
    }
    if let Some(complaint) = unreadable(sample) {
        return Detected::Unreadable(complaint);
    }
    let end = LineEnd::of(sample);
    let text = decode(sample, end).text;
    // jq separates documents with a control character where it is asked to.
    let whole = text.trim_start_matches(['\u{feff}', '\u{1e}']);
    let text = whole.trim_start();
    let dialect = || Dialect::of(text, end, names);
    // In a cell Python's quotes are part of the text.
    if printed::is_printed(text, names) && !dialect().is_some_and(|dialect| dialect.has_titles()) {
        return Detected::Printed;
    }
    if begins_like_json(text) || has_lines_of_json(text) {
        return Detected::Format(Format::Json);
    }
    let dialect = dialect();
    if let Some(dialect) = dialect.filter(|dialect| dialect.has_events()) {
        return Detected::Delimited(dialect);
    }
    let format = if begins_like_flow(text) {
        Format::Yaml
    } else if text.lines().any(aws_text::is_job_line) {
        Format::AwsText
    } else if dump::is_dump(text, names)
        || ruled::is_table(text, names)
        || flush_right::is_table(whole, names)
        || drawn::is_table(text)
    {
        Format::Table
    } else if is_sql(text) && !json::stands_in(text) {
        return Detected::Unreadable(Complaint::SqlDump);
    } else if yaml::is_yaml(text) {
        Format::Yaml
    } else if stacked::is_table(text, names) || page::is_page(text, names) {
        Format::List
    } else if let Some(dialect) = dialect.filter(|dialect| dialect.has_titles() || !json::stands_in(text)) {
        return Detected::Delimited(dialect);
    } else if json::stands_in(text) {
        Format::Json
    } else if blocks::has_blocks(text) {
        Format::List
    } else {
        return Wanted::of(text, names).map_or_else(Detected::Unreadable, Detected::Lines);
    };
    Detected::Format(format)
}

/// Whether what stands behind the prefixes of a text is what there is to read: nearly all lines have one, and without
/// them the lines are an export that they are not with them.
pub(super) fn hides_behind_prefixes(sample: &[u8], names: &FieldNames) -> bool {
    let lines = || sample.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let with_prefix = lines().filter(|line| prefix::length(line).is_some()).count();
    if with_prefix < 3 || with_prefix * 10 < lines().count() * 9 {
        return false;
    }
    let bare = Rewritten::of(sample, prefix::Without);
    match (detect(&bare, names), detect(sample, names)) {
        (Detected::Empty | Detected::Unreadable(_) | Detected::Lines(_), _) => false,
        // JSON that is whole on each line is found where it stands.
        (Detected::Format(Format::Json), Detected::Format(Format::Json)) => {
            bare.split(|byte| *byte == b'\n').any(|line| matches!(line.trim_ascii_end(), [.., b'{' | b'[']))
        }
        // Most of it is printed on more lines than one.
        (Detected::Printed, _) => true,
        (Detected::Delimited(bare), Detected::Delimited(whole)) => {
            // A time that the delimiter ends is a cell; with a blank behind it, it is a part of one.
            let is_cell = |line: &[u8]| {
                prefix::length(line).is_some_and(|length| {
                    line.get(..length).is_some_and(|prefix| prefix.ends_with(&[whole.delimiter()]))
                })
            };
            !whole.has_titles() && (bare.has_titles() || !lines().any(is_cell))
        }
        (bare, whole) => bare != whole,
    }
}

/// A bracket alone begins prose too: `[ERROR] Access Denied`.
fn begins_like_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix(['{', '[']) else { return false };
    let inside = inside.trim_start_matches([' ', '\n', '\r', '\t', '{', '[']);
    inside.is_empty() || inside.starts_with(['"', ']', '}']) || inside.starts_with("null")
}

/// Whether JSON begins on a line of its own, behind a prompt or a heading. In a cell that has several lines its quotes are
/// doubled.
fn has_lines_of_json(text: &str) -> bool {
    let is_key_in_cell = |inside: &str| {
        let key = inside.strip_prefix("\"\"");
        key.is_some_and(|key| key.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    // All brackets in front of a key lead to it, so that one of them is enough.
    let mut looked_at = 0;
    for start in std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)) {
        let rest = text.get(start..).unwrap_or_default();
        let begins = || begins_like_json(rest.lines().next().unwrap_or_default());
        if start >= looked_at && rest.starts_with(['{', '[']) && begins() {
            let inside = rest.trim_start_matches(['{', '[', ' ', '\n', '\r', '\t']);
            if !is_key_in_cell(inside) {
                return true;
            }
            looked_at = text.len() - inside.len();
        }
    }
    false
}

/// JSON with keys that have no quotes is YAML: `[{State: FAILED}]`.
fn begins_like_flow(text: &str) -> bool {
    let inside = text.trim_start_matches(['{', '[', ' ', '\n', '\r', '\t']);
    let key = inside.split([':', ',', ' ', '}']).next().unwrap_or_default();
    text.starts_with(['{', '['])
        && text.contains('{')
        && inside.get(key.len()..).is_some_and(|rest| rest.starts_with(": "))
        && !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What a file is that no reader here can read.
fn unreadable(sample: &[u8]) -> Option<Complaint> {
    const MAGIC: &[(&[u8], Complaint)] = &[
        (b"PAR1", Complaint::Parquet),
        (b"Obj\x01", Complaint::Avro),
        (b"ORC", Complaint::Orc),
        (b"\xd0\xcf\x11\xe0", Complaint::OldOfficeFile),
        (b"%PDF", Complaint::Pdf),
        (b"SQLite format 3", Complaint::Sqlite),
        (b"BZh", Complaint::Bzip2),
        (b"\xfd7zXZ", Complaint::Xz),
        (b"7z\xbc\xaf", Complaint::SevenZip),
        (b"Rar!", Complaint::Rar),
    ];
    if let Some((_, complaint)) = MAGIC.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return Some(complaint.clone());
    }
    if sample.get(257..262) == Some(b"ustar") {
        return Some(Complaint::Tar);
    }
    if is_binary(sample) {
        return Some(Complaint::Binary);
    }
    let text = String::from_utf8_lossy(sample.get(..2048.min(sample.len())).unwrap_or_default());
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let begins =
        |prefix: &str| text.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
    if begins("<!doctype html") || begins("<html") || begins("<table") || begins("<div") {
        Some(Complaint::WebPage)
    } else if begins("<?xml") {
        Some(Complaint::Xml)
    } else {
        None
    }
}

/// Text has no control characters but those that end lines, separate cells and colour.
fn is_binary(sample: &[u8]) -> bool {
    let is_odd = |byte: &&u8| matches!(byte, 0..=8 | 11 | 12 | 14..=26 | 28 | 29 | 31 | 127);
    let odd = sample.iter().filter(is_odd).count();
    let broken = || decode(sample, LineEnd::of(sample)).text.matches('\u{fffd}').count();
    odd * 20 > sample.len() || broken() * 20 > sample.len()
}

/// Whether there are statements that fill a table, as databases dump it.
fn is_sql(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        let begins = |word: &str| line.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
        begins("insert into ") && (line.to_ascii_lowercase().contains("values") || line.ends_with(')'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, format: Format) {
        let format_of = |detected| match detected {
            Detected::Format(format) => Some(format),
            Detected::Delimited(_) => Some(Format::Csv),
            Detected::Lines(_) => Some(Format::Lines),
            Detected::Printed => Some(Format::Json),
            Detected::Empty | Detected::Unreadable(_) => None,
        };
        assert_eq!(format_of(detect(text.as_bytes(), &FieldNames::default())), Some(format), "{text}");
    }

    #[test]
    fn a_format_is_told_by_content() {
        is("{\"CopyJobs\": []}", Format::Json);
        is("$ aws backup list-copy-jobs\n{\n  \"CopyJobs\": []}", Format::Json);
        is("2025-07-02T05:06:27Z {\"version\":\"0\"}", Format::Json);
        is("COPYJOBS\t111122223333\tFAILED", Format::AwsText);
        is("CopyJobId,State\nA,FAILED", Format::Csv);
        is("CopyJobs:\n- AccountId: '1'", Format::Yaml);
        is("----------\n|  ListCopyJobs  |\n+------+", Format::Table);
        is("CopyJobId : A\nState : FAILED", Format::List);
        is("[{State: FAILED, CopyJobId: A}]", Format::Yaml);
        is("{'CopyJobs': [{'AccountId': '1'}]}", Format::Json);
        is("[INFO] event: {'detail': {'copyJobId': '1'}}", Format::Json);
        is("CopyJobId,State,Plan\nA,FAILED,\"{'State': 'FAILED'}\"", Format::Csv);
        is("INSERT INTO events VALUES('{\"CopyJobId\": \"A\"}');", Format::Json);
        is("COPY public.jobs (copy_job_id, state) FROM stdin;\na\tFAILED\n\\.\n", Format::Table);
        is("[ERROR] Access Denied trying to call AWS Backup service", Format::Lines);
        is("Access Denied trying to call AWS Backup service\nCopy job failed.", Format::Lines);
        // JSON of something else makes no rows with events.
        is("COPYJOBS\t111122223333\tFAILED\n\"{\"\"level\"\": 1}\"\nno copyJobId", Format::AwsText);
    }

    #[test]
    fn doubled_quotes_behind_a_bracket_are_a_key_in_a_cell() {
        for (text, expected) in [
            ("1,\"\n{\n\"\"state\"\": 1}\"", false),
            ("1,\"\n{\"\"_id\"\": 1}\"", false),
            ("1,\"\n[\n{\n\"\"state\"\": 1}]\"\n{\"state\": 1}", true),
            ("$ jq\n{\"state\": 1}", true),
            ("$ jq\n{\"\": 1}", true),
        ] {
            assert_eq!(has_lines_of_json(text), expected, "{text}");
        }
    }

    #[test]
    fn flow_begins_with_a_bare_key() {
        assert!(begins_like_flow("[{State: FAILED}]") && begins_like_flow("[{job_state: FAILED}]"));
        for text in ["{job-state: FAILED}", "{: FAILED}", "{a b: c}", "{State:FAILED}", "[State: FAILED]"] {
            assert!(!begins_like_flow(text), "{text}");
        }
    }

    /// One byte in twenty that is in no text may be damage; more is something else.
    #[test]
    fn a_text_with_little_damage_is_a_text() {
        let with = |odd: usize, all: usize| [vec![1; odd], vec![b'a'; all - odd]].concat();
        assert!(!is_binary(&with(1, 20)));
        assert!(is_binary(&with(1, 19)));
        assert!(!is_binary("ein Schlüssel, der verschlüsselt".as_bytes()));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (bytes, said) in [
            (b"PAR1\0\0".as_slice(), "a Parquet file"),
            (b"%PDF-1.7", "a PDF"),
            (b"a\0b\0\x01", "not text but binary"),
            (b"<!DOCTYPE html><p>", "a web page"),
            (b"INSERT INTO jobs(state, why) VALUES('FAILED','It is not allowed');", "a dump of SQL"),
            (b"insert into `jobs` (`copy_job_id`, `state`)\nVALUES ('a', 'FAILED');", "a dump of SQL"),
            (b"<Objs><Obj>\n<S N=\"State\">FAILED</S>\n</Obj></Objs>", "markup"),
            (b"json = {};\njson.State = \"FAILED\";\n", "statements of SQL or of a program"),
            (b"a=1 b=2\nstate=FAILED why=\"It was denied\"\n", "a log of name=value pairs"),
            (b"It was denied\nname,time,user\nCopyJob,1,anna\n", "lines of text"),
            (b"It was denied\n<p>It is not allowed</p>\n", "markup"),
            (b"It was denied\nstate = \"FAILED\";\n", "statements of SQL or of a program"),
            (b"It was denied\na=1 b=2\n", "a log of name=value pairs"),
        ] {
            match detect(bytes, &FieldNames::default()) {
                Detected::Unreadable(complaint) => {
                    assert!(complaint.to_string().starts_with(said), "{complaint}");
                }
                other => panic!("{other:?} should be {said}"),
            }
        }
    }

    #[test]
    fn an_export_hides_behind_prefixes_where_they_cut_it() {
        const AT: &str = "2026-11-22T03:10:11.1234567Z ";
        let hides = |lines: &[&str]| {
            let text: String = lines.iter().map(|line| format!("{AT}{line}\n")).collect();
            hides_behind_prefixes(text.as_bytes(), &FieldNames::default())
        };
        assert!(hides(&[
            "Run aws",
            "{",
            "  \"CopyJobs\": [",
            "    {\"CopyJobId\": \"A\", \"State\": \"FAILED\"}",
            "]}"
        ]));
        assert!(hides(&["CopyJobId,State", "A,FAILED", "B,FAILED"]));
        assert!(hides(&["CopyJobId : A", "State : FAILED", ""]));
        assert!(!hides(&["{\"CopyJobId\": \"A\"}", "{\"CopyJobId\": \"B\"}", "{\"CopyJobId\": \"C\"}"]));
        let row = "47C8EF56-74D8-059D-1301-C5BE1D5C926E,FAILED,It was not allowed";
        assert!(hides(&["CopyJobId,State,StatusMessage", row, row]));
        assert!(hides(&[row, row, row]));
        assert!(!hides(&["Access denied", "Given key ID does not exist", "Copy job failed"]));
        // A column of times is none of a log's.
        let columns = format!("2026-11-22T03:10:11Z\t{}\n", row.replace(',', "\t")).repeat(3);
        assert!(!hides_behind_prefixes(columns.as_bytes(), &FieldNames::default()));
        // A step of a build in front of an export.
        let (lines, at) = (["CopyJobId,State", "A,FAILED", "B,FAILED"], "2026-11-22T03:10:11Z");
        let text = |step: &str| format!("{step}{}", lines.map(|line| format!("{at} {line}\n")).concat());
        assert!(hides_behind_prefixes(text("").as_bytes(), &FieldNames::default()));
        assert!(!hides_behind_prefixes(text("Run aws\nwith it\n").as_bytes(), &FieldNames::default()));
    }
}
