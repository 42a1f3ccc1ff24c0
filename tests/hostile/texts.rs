//! Texts that are none: bytes that are no UTF-8 or a longer way to write it, NUL, halves of characters, the same key
//! twice, lines that end in every way, and bytes by chance.

use crate::common::{Run, run, run_with_input};
use crate::limited::{GOOD, SMALL, assert_counts, within};

const KNOWN: &str = "Access Denied trying to call AWS Backup service";

fn batch(bytes: impl AsRef<[u8]>) -> Run {
    let bytes = bytes.as_ref().to_vec();
    within(SMALL).batch().fed(move |out| out.write_all(&bytes))
}

/// A good record, one with these bytes in its message, and what becomes of the two.
#[track_caller]
fn beside(bytes: &[u8], code: i32, counts: &[(&str, u64)]) -> Run {
    let odd = [br#"{"CopyJobId":"B","State":"FAILED","StatusMessage":"Access "#, bytes, b"\"}\n"].concat();
    let run = batch([GOOD.as_bytes(), b"\n", &odd].concat());
    assert_eq!(run.code, Some(code), "{bytes:?}: {}", run.stderr);
    assert_counts(&run, counts);
    run
}

/// Overlong forms, halves of a pair, beyond Unicode, a character that stops in the middle, bytes of no character.
const BROKEN: &[&[u8]] = &[
    b"\xc0\x80",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xf0\x80\x80\xaf",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xfe",
    b"\xff",
];

#[test]
fn a_record_that_is_no_utf_8_is_rejected_with_its_place() {
    for bytes in BROKEN {
        let run = beside(bytes, 2, &[("total", 2), ("diagnosed", 1), ("rejected", 1)]);
        assert!(run.stderr.starts_with("error: -:2:1: not UTF-8 (2:"), "{bytes:?}: {}", run.stderr);
    }
}

#[test]
fn lines_that_are_no_utf_8_are_rejected_with_their_place() {
    for bytes in BROKEN {
        let again = format!("\n{KNOWN}").repeat(20);
        let run = batch([KNOWN.as_bytes(), b"\nAccess Denied ", bytes, again.as_bytes()].concat());
        assert_eq!(run.code, Some(2), "{bytes:?}: {}", run.stderr);
        assert!(run.stderr.starts_with("error: -:2:1: not UTF-8 (2:"), "{bytes:?}: {}", run.stderr);
        assert_counts(&run, &[("total", 22), ("diagnosed", 21), ("rejected", 1)]);
    }
}

#[test]
fn a_paste_that_is_no_utf_8_is_refused_with_its_place() {
    for bytes in BROKEN {
        let run = run_with_input(["diagnose"], [b"Access Denied ", *bytes].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{bytes:?}");
        assert_eq!(run.complaint(), "error: -:1:15: not UTF-8; convert the text and try again");
    }
}

/// Escaped halves of a pair are no character. Alone they cost the record; a pair is one character.
#[test]
fn unpaired_surrogates() {
    for half in [r"\ud800", r"\udfff", r"\ud800x", r"\ud800\ud800", r"\udc00\ud800"] {
        let run = beside(half.as_bytes(), 2, &[("total", 2), ("diagnosed", 1), ("rejected", 1)]);
        assert!(run.stderr.starts_with("error: -:2:1: "), "{half}: {}", run.stderr);
        assert!(
            run.complaint().contains("surrogate") || run.complaint().contains("escape"),
            "{}",
            run.stderr
        );
    }
    beside(br"\ud83d\ude00", 0, &[("total", 2), ("diagnosed", 1), ("unknown", 1)]);
}

/// In a message they are characters like others, and visible where they are shown.
#[test]
fn nul_bytes_and_other_control_characters() {
    let run = beside(br"\u0000 \u0007 \u001b[2J", 0, &[("total", 2), ("diagnosed", 1), ("unknown", 1)]);
    assert!(!run.stdout.contains(|c: char| c.is_control() && c != '\n'), "{run:?}");
    let run = beside(b"\0", 2, &[("total", 2), ("diagnosed", 1), ("rejected", 1)]);
    assert!(run.stderr.starts_with("error: -:2:1: control character"), "{}", run.stderr);
    let run = batch(format!("{KNOWN}\nA copy job\0 of mine failed\n"));
    assert_counts(&run, &[("total", 2), ("diagnosed", 1), ("unknown", 1)]);
    let run = batch("\0".repeat(100_000));
    assert_eq!(run.code, Some(2));
    assert!(run.complaint().starts_with("error: -: not text but binary"), "{}", run.stderr);
}

/// Endless zeros are no text, and nobody waits for their end.
#[test]
fn a_device_without_end() {
    for device in ["/dev/zero", "/dev/urandom"] {
        let run = within(SMALL).batch().asked([device]).run();
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.complaint().starts_with(&format!("error: {device}: not text but binary")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn the_same_key_twice() {
    let twice = format!(
        r#"{{"CopyJobId":"A","CopyJobId":"B","State":"COMPLETED","State":"FAILED","StatusMessage":"x","StatusMessage":"{KNOWN}"}}"#
    );
    let run = batch(&twice);
    assert!(matches!(run.code, Some(0 | 2)), "{run:?}");
    assert_counts(
        &run,
        &[("total", 1), if run.code == Some(0) { ("diagnosed", 1) } else { ("rejected", 1) }],
    );
    // The same whichever way the object is read: behind one that is read with care, too.
    let behind = batch(format!("{{\"CopyJobId\":\"C\",\"State\":{{\"S\":\"RUNNING\"}}}}\n{twice}"));
    assert_eq!(behind.code, run.code);
    assert_eq!(behind.counts_of("diagnosed"), run.counts_of("diagnosed"), "{}", behind.stderr);
}

#[test]
fn the_encodings_of_unicode_with_and_without_what_they_need() {
    let text = format!("\u{feff}{GOOD}");
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [&little[..], &little[2..], &big[..], &big[2..]] {
        let run = batch(bytes);
        assert_counts(&run, &[("total", 1), ("diagnosed", 1)]);
        // Half a character at its end costs nothing that was whole.
        let cut = batch(&bytes[..bytes.len() - 1]);
        assert!(matches!(cut.code, Some(0 | 2)), "{cut:?}");
    }
}

#[test]
fn lines_that_end_in_every_way() {
    for end in ["\n", "\r\n", "\r", "\n\r"] {
        let run = batch([KNOWN, "Token expired. Try again."].join(end));
        assert_counts(&run, &[("total", 2), ("diagnosed", 2)]);
    }
}

/// Whatever comes, there is an answer, and every record is accounted for.
#[test]
fn bytes_by_chance() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\n",
        "\r",
        "\t",
        "|",
        "- ",
        "---",
        "\0",
        "\u{1b}[2J",
        "\u{202e}",
        "CopyJobId",
        "State",
        "FAILED",
        "StatusMessage",
        "CopyJobs:",
        "COPYJOBS\t",
        "Copy Job Id",
        "sep=;",
        "{\"a\":",
        "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
        KNOWN,
        "arn:aws:backup:eu-west-1:111122223333:backup-vault:x",
        "\"{\\\"",
        "\\ud800",
        "é",
        "\u{feff}",
        "999999999999999999999",
        "null",
        "eyJ",
        "H4sI",
        "&a [*a]",
        "!!x",
    ];
    for _ in 0..40 {
        let length = next() % 60;
        let text: String = (0..length)
            .map(|_| PIECES[usize::try_from(next() % PIECES.len() as u64).expect("a small number")])
            .collect();
        let run = batch(&text);
        assert!(matches!(run.code, Some(0 | 2)), "{text:?}: {run:?}");
        let counts = crate::limited::counts(&run);
        let total = counts.iter().find(|(name, _)| name == "total").map_or(0, |(_, total)| *total);
        let sum: u64 = counts.iter().filter(|(name, _)| name != "total").map(|(_, count)| count).sum();
        assert_eq!(total, sum, "{text:?}: {counts:?}");
        let paste = run_with_input(["diagnose", "--format", "json"], &text);
        assert!(matches!(paste.code, Some(0 | 1)), "{text:?}: {paste:?}");
    }
}

/// What the system may hand over as an argument need not be text.
#[test]
fn arguments_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"Access \xff Denied");
    for before in [&["diagnose"][..], &["batch"], &["explain"], &["check"], &["draft"]] {
        let mut arguments: Vec<&std::ffi::OsStr> = before.iter().map(std::ffi::OsStr::new).collect();
        arguments.push(odd);
        let answer = run(arguments);
        assert!(matches!(answer.code, Some(1 | 2)), "{before:?}: {answer:?}");
        assert!(!answer.stderr.is_empty(), "{before:?}");
    }
}
