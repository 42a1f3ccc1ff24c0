//! Too much of something: lines, rows, items and values of gigabytes, brackets, digits and messages by the million. Good
//! records before and behind are reported all the same.

use std::io::{self, Write};

use crate::common::Run;
use crate::limited::{GOOD, GOOD_TOO, SMALL, assert_counts, assert_says, repeat, within};

const GIB: u64 = 1024 * 1024 * 1024;
const MILLION: u64 = 1_000_000;

/// A good record, something of so many bytes, and another good record.
fn around(
    before: String,
    text: &'static str,
    bytes: u64,
    behind: String,
) -> impl FnOnce(&mut dyn Write) -> io::Result<()> {
    move |out| {
        out.write_all(before.as_bytes())?;
        repeat(out, text, bytes)?;
        out.write_all(behind.as_bytes())
    }
}

/// Of three records the middle one is rejected, and this is said of it.
#[track_caller]
fn costs_itself_only(run: &Run, said: &str) {
    assert_says(run, 2, said);
    assert_counts(run, &[("total", 3), ("diagnosed", 2), ("rejected", 1)]);
}

const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
const ID_TOO: &str = "57C8EF56-74D8-059D-1301-C5BE1D5C926E";
const KNOWN: &str = "Access Denied trying to call AWS Backup service";

#[test]
fn a_line_of_two_gigabytes_between_messages() {
    let (before, behind) = (format!("{KNOWN}\n"), format!("\n{KNOWN}\n"));
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, behind));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.starts_with("error: -:2:1: longer than 8 MiB, which no line of a job is\n"),
        "{run:?}"
    );
    assert_counts(&run, &[("total", 3), ("diagnosed", 2), ("rejected", 1)]);
}

#[test]
fn a_string_of_two_gigabytes_in_json() {
    let before = format!("{{\"CopyJobs\":[{GOOD},\n{{\"CopyJobId\":\"B\",\"StatusMessage\":\"");
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, format!("\"}},\n{GOOD_TOO}]}}")));
    costs_itself_only(&run, "-:2:1: the object is larger than 8 MiB, which no copy job is");
}

/// Without a line break anywhere, the whole file is one line of two gigabytes.
#[test]
fn two_gigabytes_of_one_line_that_never_ends() {
    let run = within(SMALL).batch().fed(|out| repeat(out, "x", 2 * GIB));
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("error: -:1:1: longer than 8 MiB"), "{run:?}");
}

#[test]
fn a_cell_of_two_gigabytes_in_a_table() {
    let row = |id: &str| format!("{id},FAILED,{KNOWN}\n");
    let before = format!("CopyJobId,State,StatusMessage\n{}{ID},FAILED,", row(ID));
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, format!("\n{}", row(ID_TOO))));
    costs_itself_only(&run, "-:3:1: longer than 8 MiB, which no line of a job is");
}

/// A quoted cell may have lines, but not so many: the quote was never meant.
#[test]
fn a_cell_of_many_lines_whose_quote_is_never_closed() {
    let row = |id: &str| format!("{id},FAILED,{KNOWN}\n");
    let before = format!("CopyJobId,State,StatusMessage\n{}{ID},FAILED,\"", row(ID));
    let line = "a line that is longer than most, so that there are fewer of them to go through in a test \n";
    let run = within(SMALL).batch().fed(around(before, line, 4 * 1024 * 1024, row(ID_TOO)));
    costs_itself_only(&run, "-:3:1: a quote is not closed");
}

#[test]
fn a_value_of_two_gigabytes_in_yaml() {
    let item = |id: &str| format!("- CopyJobId: {id}\n  State: FAILED\n  StatusMessage: ");
    let before = format!("CopyJobs:\n{}{KNOWN}\n{}", item(ID), item("B"));
    let behind = format!("\n{}{KNOWN}\n", item(ID_TOO));
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, behind));
    costs_itself_only(&run, "-:5:1: larger than 1 MiB, which no copy job is");
}

#[test]
fn a_value_of_two_gigabytes_in_the_output_of_the_aws_cli() {
    let text = |id: &str| format!("COPYJOBS\t111122223333\t{id}\tFAILED\t{KNOWN}\n");
    let before = format!("{}COPYJOBS\t", text(ID));
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, format!("\n{}", text(ID_TOO))));
    costs_itself_only(&run, "-:2:1: longer than 8 MiB, which no line of a job is");

    let row = |id: &str| format!("| {id} | FAILED | {KNOWN} |\n");
    let before = format!("+---+---+---+\n| CopyJobId | State | StatusMessage |\n+---+\n{}| B | ", row(ID));
    let run = within(SMALL).batch().fed(around(before, "x", 2 * GIB, format!("|\n{}", row(ID_TOO))));
    costs_itself_only(&run, "-:5:1: longer than 8 MiB, which no line of a job is");
}

/// A list of fields cuts what goes on for too long: the beginning of a message says what it is.
#[test]
fn a_value_of_many_lines_in_a_list_of_fields() {
    let before = format!("CopyJobId : {ID}\nState : FAILED\nStatusMessage : {KNOWN} ");
    let behind = format!("\n\nCopyJobId : {ID_TOO}\nState : FAILED\nStatusMessage : {KNOWN}\n");
    let run = within(SMALL).batch().fed(around(before, "x\n                  ", 2 * MILLION, behind));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_counts(&run, &[("total", 2), ("diagnosed", 2)]);
}

#[test]
fn a_million_brackets() {
    let found = [("total", 2), ("diagnosed", 2)];
    for (brackets, said) in [
        ("[", "the file ends in the middle"),
        ("{\"a\":", "nested deeper than any export is"),
        ("[{\"a\":[", "nested deeper than any export is"),
    ] {
        let (before, behind) = (format!("{GOOD}\n"), format!("\n{GOOD_TOO}\n"));
        let bytes = MILLION * brackets.len() as u64;
        let run = within(SMALL).batch().fed(around(before, brackets, bytes, behind));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(said), "{brackets}: {}", run.stderr);
        assert_counts(&run, &found);
    }
}

/// They cost the job that they stand in.
#[test]
fn a_million_brackets_in_a_job() {
    for brackets in ["[", "{\"a\":", "[{\"State\":"] {
        let before = format!("{{\"CopyJobs\":[{GOOD},\n{{\"CopyJobId\":\"B\",\"State\":\"FAILED\",\"x\":");
        let behind = format!("}},\n{GOOD_TOO}]}}");
        let bytes = MILLION * brackets.len() as u64;
        let run = within(SMALL).batch().fed(around(before, brackets, bytes, behind));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.starts_with("error: -:2:1: nested deeper than any export is (2:"), "{run:?}");
        assert_counts(&run, &[("total", 3), ("diagnosed", 2), ("rejected", 1)]);
    }
}

/// A string that holds JSON is opened: what nests in it is bounded as well, and so are strings in strings.
#[test]
fn a_million_brackets_in_a_string_of_json() {
    for bracket in ["[", "{\\\"a\\\":"] {
        let before = r#"{"Message":"{\"CopyJobId\":\"B\",\"State\":\"FAILED\",\"x\":"#.to_owned();
        let bytes = MILLION * bracket.len() as u64;
        let run = within(SMALL).batch().fed(around(before, bracket, bytes, format!("\"}}\n{GOOD}")));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert_counts(&run, &[("total", 2), ("diagnosed", 1), ("rejected", 1)]);
    }
}

#[test]
fn a_million_brackets_in_a_yaml_item() {
    for brackets in ["[", "{a: ", "- "] {
        let item = |id: &str| format!("- CopyJobId: {id}\n  State: FAILED\n  x: ");
        let message = format!("y\n  StatusMessage: {KNOWN}\n");
        let before = format!("CopyJobs:\n{}{message}{}", item(ID), item("B"));
        let behind = format!("\n{}{message}", item(ID_TOO));
        // Less than what an item may have, so that it is parsed.
        let run = within(SMALL).batch().fed(around(before, brackets, MILLION, behind));
        assert_eq!(run.counts_of("diagnosed"), 2, "{brackets}: {}", run.stderr);
    }
}

/// What programs print becomes JSON on its way: what they never print costs what it costs there.
#[test]
fn a_million_of_what_no_program_prints() {
    let job = |id: &str| format!("{{'CopyJobId': '{id}', 'State': 'FAILED', 'StatusMessage': '{KNOWN}'}}\n");
    for text in [
        "[", "{'a':", "(", "f(", "f(g,", "date(", "'", "'a' ", "\\", ", ", "{a=(", "]", "/*", "a", "{a: a ((",
    ] {
        let bytes = MILLION * text.len() as u64;
        let run = within(SMALL).batch().fed(around(job(ID), text, bytes, format!("*/\n{}", job(ID_TOO))));
        assert_eq!(run.counts_of("diagnosed"), 2, "{text}: {}", run.stderr);
    }
}

#[test]
fn numbers_of_a_million_digits() {
    let before =
        format!("{{\"CopyJobs\":[{GOOD},\n{{\"CopyJobId\":\"B\",\"State\":\"FAILED\",\"CreationDate\":");
    let run = within(SMALL).batch().fed(around(before, "9", MILLION, format!("}},\n{GOOD_TOO}]}}")));
    assert_eq!(run.counts_of("diagnosed"), 2, "{}", run.stderr);
    assert_eq!(run.counts_of("total"), 3, "{}", run.stderr);

    for field in ["AccountId", "BackupSizeInBytes", "x"] {
        let before =
            format!("{{\"CopyJobs\":[{GOOD},\n{{\"CopyJobId\":\"B\",\"State\":\"FAILED\",\"{field}\":");
        let run = within(SMALL).batch().fed(around(before, "9", MILLION, format!("}},\n{GOOD_TOO}]}}")));
        assert_eq!(run.counts_of("total"), 3, "{field}: {}", run.stderr);
        assert_eq!(run.counts_of("diagnosed"), 2, "{field}: {}", run.stderr);
    }
}

/// Each layer would take a piece of the stack.
#[test]
fn a_time_that_is_wrapped_a_hundred_thousand_times() {
    let times = format!("{}1{}", "/Date(".repeat(100_000), ")/".repeat(100_000));
    for format in ["json", "csv", "yaml"] {
        let text = match format {
            "json" => format!("{{\"CopyJobId\":\"B\",\"State\":\"FAILED\",\"CreationDate\":\"{times}\"}}\n"),
            "csv" => format!("CopyJobId,State,CreationDate\n{ID},FAILED,{times}\n"),
            _ => format!("CopyJobs:\n- CopyJobId: {ID}\n  State: FAILED\n  CreationDate: \"{times}\"\n"),
        };
        let run = within(SMALL).batch().fed(move |out| out.write_all(text.as_bytes()));
        assert_eq!((run.code, run.counts_of("total")), (Some(0), 1), "{format}: {}", run.stderr);
    }
}

/// What comes last holds, as in most parsers, and a job with a key a hundred thousand times is one job.
#[test]
fn a_hundred_thousand_duplicate_keys() {
    let before = format!("{GOOD}\n{{\"CopyJobId\":\"B\"");
    let behind = format!(",\"StatusMessage\":\"{KNOWN}\"}}\n");
    let run = within(SMALL).batch().fed(around(before, ",\"State\":\"FAILED\"", 1_700_000, behind));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_counts(&run, &[("total", 2), ("diagnosed", 2)]);
}

#[test]
fn a_hundred_thousand_columns() {
    let head = "CopyJobId,State,StatusMessage".to_owned();
    let row = format!("\n{ID},FAILED,{KNOWN}\n");
    let run = within(SMALL).batch().fed(around(head, ",State", 600_000, row));
    assert!(matches!(run.code, Some(0 | 2)), "{}", run.stderr);
    assert_eq!(run.counts_of("total"), 1, "{}", run.stderr);
}

/// How many unknown messages are written: a debug build takes minutes for a million.
const MESSAGES: u64 = if cfg!(debug_assertions) { 10_000 } else { MILLION };

/// Messages that have no word in common but those of a sentence.
fn unknown_messages(out: &mut dyn Write) -> io::Result<()> {
    let word = |number: u64| -> String {
        let letters =
            (0..8).map(|place| b'a' + u8::try_from(number >> (place * 4) & 15).expect("few letters"));
        letters.map(char::from).collect()
    };
    for number in 0..MESSAGES {
        let scattered = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (thing, verb) = (word(scattered), word(scattered >> 32));
        writeln!(
            out,
            "{{\"CopyJobId\":\"{number}\",\"State\":\"FAILED\",\"StatusMessage\":\"The {thing} {verb} badly\"}}"
        )?;
    }
    Ok(())
}

/// A list of jobs streams: its memory is bounded but for what tells jobs apart.
#[test]
fn a_million_unknown_messages_as_a_list() {
    let per_message = u32::try_from(MESSAGES * 300 / 1024 / 1024).expect("megabytes");
    for format in ["ndjson", "csv", "text"] {
        let arguments = ["batch", "--jobs", "2", "--format", format];
        let run = within(SMALL + per_message).asked(arguments).fed(unknown_messages);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        let lines = MESSAGES + u64::from(format == "csv");
        assert_eq!(run.stdout.lines().count() as u64, lines, "{format}");
    }
}

/// A summary keeps what it may have to show of each job: 4 KiB at most.
#[test]
fn a_million_unknown_messages_as_a_summary() {
    let per_message = u32::try_from(MESSAGES * 4 / 1024).expect("megabytes");
    let run = within(SMALL + per_message).batch().asked(["--top", "3"]).fed(unknown_messages);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_counts(&run, &[("total", MESSAGES), ("unknown", MESSAGES)]);
}

/// A word of a hundred thousand letters is none of any language, and must not be looked at as one from every side.
#[test]
fn a_message_of_one_long_word_and_others_that_take_work() {
    for part in [
        "x",
        "kopier",
        "a ",
        "&amp;",
        "\u{c3}\u{a4}",
        "\u{c3}\u{192}\u{c2}\u{a4} ",
        "> x\n",
        "ab-\ncd",
        "a\u{301}",
        "(Service: X; ",
        "User: arn:aws:iam::111122223333:user/x is not authorized to perform: ",
        "Access Denied trying to call AWS Backup ",
        "\\u0041",
        "1,2.",
        "\u{200b}",
        "Zugriff verweigert ",
        "Encoded authorization failure message: ",
        "(",
        "'a' ",
    ] {
        let run = within(SMALL).asked(["--format", "json"]).fed(move |out| repeat(out, part, 100_000));
        assert!(matches!(run.code, Some(0 | 1)), "{part:?}: {}", run.stderr);
    }
}

#[test]
fn a_paste_of_gigabytes() {
    let run = within(SMALL).asked(["diagnose"]).fed(|out| repeat(out, "Access Denied ", 2 * GIB));
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert_eq!(run.complaint(), "error: -: too large for a message; for exports there is `copydoctor batch`");
    let run = within(SMALL).asked(["draft"]).fed(|out| repeat(out, "Access Denied ", 2 * GIB));
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(
        run.stderr.starts_with("error: -:1:1: longer than 8 MiB, which no line of a job is\n"),
        "{run:?}"
    );
}

#[test]
fn a_baseline_of_one_endless_line() {
    let run = within(SMALL).asked(["batch", "--baseline", "/dev/zero"]).run();
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.complaint().starts_with("error: /dev/zero:"), "{}", run.stderr);
}
