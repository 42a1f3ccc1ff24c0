//! German throughout: with `--lang de` no command leaves a sentence in English, whatever it reads.

mod common;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Run, assert_german, fixture, run, run_with_input};
use copydoctor::Language;
use copydoctor::read::{Input, Item, Options, read, read_from};

/// Every file below a folder of fixtures.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(fixture(folder)).sort_by_file_name();
    let entries = entries.into_iter().map(|entry| entry.expect("the folder can be read"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn in_german<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Run {
    let flags = ["--lang", "de"].map(AsRef::<OsStr>::as_ref).map(OsStr::to_owned);
    let arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned());
    run(arguments.chain(flags))
}

/// A run whose output is German.
#[track_caller]
fn speaks_german<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Run {
    let answer = in_german(arguments);
    assert_german(&answer.stdout);
    assert_german(&answer.stderr);
    answer
}

/// Notes one thing that readers say: in German, and not as in English.
#[track_caller]
fn is_german(german: &str, english: &str) {
    assert_german(german);
    assert_ne!(german, english);
}

fn complaints(read: impl FnOnce(&mut dyn FnMut(Item))) -> usize {
    let mut count = 0;
    read(&mut |item| {
        let (german, english) = match &item {
            Item::Warning(warning) => (warning.text(Language::De), warning.to_string()),
            Item::Rejected(rejected) => (rejected.text(Language::De), rejected.to_string()),
            Item::Record(_) | Item::Uneventful(_) => return,
        };
        is_german(&german, &english);
        count += 1;
    });
    count
}

#[test]
fn whatever_is_said_of_an_export_is_said_in_german() {
    let mut count = 0;
    for path in files("exports").into_iter().chain(files("held-out-exports")) {
        count += complaints(|hand_on| read(&Input::Path(path), &Options::default(), hand_on));
    }
    assert!(count > 40, "{count}");
}

/// Exports cut in the middle, and with a brace too many, break in every way.
#[test]
fn whatever_is_said_of_a_broken_export_is_said_in_german() {
    let mut count = 0;
    for path in files("exports") {
        let bytes = fs::read(&path).expect("a fixture can be read");
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        for spoilt in [half.to_vec(), [half, b"\n}{\"\xff\n", &bytes].concat()] {
            count += complaints(|hand_on| {
                read_from("spoilt", spoilt.as_slice(), &Options::default(), hand_on);
            });
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn every_format_of_a_report_is_german() {
    for format in ["table", "json", "text", "ndjson", "csv", "html", "markdown", "junit", "sarif"] {
        for folder in ["exports", "held-out-exports"] {
            speaks_german([
                "batch".as_ref(),
                "--format".as_ref(),
                format.as_ref(),
                fixture(folder).as_os_str(),
            ]);
        }
    }
}

#[test]
fn every_format_of_a_proof_is_german() {
    let folder = fixture("catalogues/faulty");
    for format in ["text", "json", "sarif"] {
        let answer =
            speaks_german(["check".as_ref(), "--format".as_ref(), format.as_ref(), folder.as_os_str()]);
        assert!(answer.stdout.contains("meinten Sie"), "{}", answer.stdout);
    }
}

/// What cannot be done at all: a line each.
#[test]
fn what_keeps_a_command_from_its_work_is_said_in_german() {
    let faulty = fixture("catalogues/faulty");
    let faulty = faulty.to_str().expect("a path of text");
    let exports = fixture("exports");
    let exports = exports.to_str().expect("a path of text");
    let cases: &[(&[&str], &str)] = &[
        (&["batch", "nowhere"], "Fehler: nowhere: lässt sich nicht öffnen: No such file"),
        (&["batch", "--fail-on", "nothing", exports], "Fehler: --fail-on: Es gibt keine Ursache 'nothing'."),
        (
            &["batch", "--top", "3", "--format", "csv", exports],
            "Fehler: --top gilt für die Formate table, json",
        ),
        (&["batch", "--follow", exports], "/exports: --follow nimmt eine gewöhnliche Datei"),
        (&["batch", "--follow", "a", "b"], "Fehler: --follow nimmt eine einzige Datei; angegeben sind 2"),
        (&["batch", "--follow", "--format", "json", "a"], "Fehler: --follow schreibt eine Zeile"),
        (&["batch", "--follow", "a"], "Fehler: a: lässt sich nicht öffnen"),
        (&["batch", "--output", "src", exports], "Fehler: src: ein Verzeichnis; nennen Sie eine Datei darin"),
        (&["batch", "--output", "no/where", exports], "Fehler: no/where: der Ordner no: No such file"),
        (&["batch", "--baseline", "nowhere", exports], "Fehler: nowhere: lässt sich nicht öffnen"),
        (
            &["batch", "--baseline", "Cargo.toml", exports],
            "Fehler: Cargo.toml:1:1: keine Liste bekannter Fehler",
        ),
        (
            &["explain", "token-expird"],
            "Fehler: es gibt keine Ursache 'token-expird'. Meinten Sie token-expired?",
        ),
        (&["check", "nowhere"], "Fehler: nowhere: No such file"),
        (&["check", "src"], "Fehler: src: enthält keine .yaml-Datei"),
        (
            &["--catalogue", faulty, "Access Denied"],
            "Fehler: der Katalog wird wegen 2 Befunden nicht verwendet",
        ),
        (&["--copy-policy", "a b", "c d"], "Fehler: es sind 2 Meldungen; --copy-policy nimmt nur eine"),
        (&["--copy-policy", "Hello there"], "Fehler: die Meldung ist unbekannt"),
        (
            &["--copy-policy=9", "Access Denied trying to call AWS Backup service"],
            "Schritt 9 hat keine Richtlinie",
        ),
        (&["--copy-policy", "Access Denied trying to call AWS Backup service"], "hat offene Lücken"),
        (&["Cargo.toml"], "Hinweis: Cargo.toml ist eine Datei"),
        (&["--redact", "--redact-map", "Cargo.toml", "x y"], "Fehler: Cargo.toml:1: das ist keine Tabelle"),
        (&["batch", "--redact", "--follow", "a"], "Fehler: --follow verträgt sich nicht mit --redact"),
    ];
    for (arguments, said) in cases {
        let answer = speaks_german(*arguments);
        assert!(answer.stderr.contains(said), "{arguments:?}: {}\nshould say\n{said}", answer.stderr);
    }
    let answer = run_with_input(["--lang", "de"], b"no \xff text".as_slice());
    assert_eq!(
        answer.complaint(),
        "Fehler: -:1:4: kein UTF-8; wandeln Sie den Text um, und versuchen Sie es noch einmal"
    );
}

/// A warning in JSON has a name beside its text, which is the same in every language.
#[test]
fn a_warning_has_a_name_that_no_language_changes() {
    let arguments =
        ["batch".as_ref(), "--format".as_ref(), "json".as_ref(), Path::new("Cargo.lock").as_os_str()];
    let [english, german] = [run(arguments), in_german(arguments)].map(|answer| answer.json());
    let of = |json: &serde_json::Value, field: &str| json["warnings"][0][field].as_str().map(str::to_owned);
    assert_eq!(of(&english, "kind"), of(&german, "kind"));
    assert!(of(&english, "kind").is_some() && of(&english, "warning") != of(&german, "warning"));
}
