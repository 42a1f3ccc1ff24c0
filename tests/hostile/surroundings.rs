//! Surroundings that lack what most have: no home, no locale or one that nobody knows, a working directory where
//! nothing can be written or that is gone, no place for temporary files.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Run, fixture};
use crate::limited::{ended, folder, shell};

const KNOWN: &str = "Access Denied trying to call AWS Backup service";

/// A run with nothing in its environment but this.
fn bare(environment: &[(&str, &str)], folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydoctor"));
    command.env_clear().envs(environment.iter().copied()).current_dir(folder).args(arguments);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    ended(child.expect("the tool starts"))
}

#[test]
fn no_home_no_path_and_no_locale() {
    let usual = bare(&[("LC_ALL", "C"), ("HOME", "/root"), ("PATH", "/bin")], Path::new("/"), &[KNOWN]);
    assert_eq!((usual.code, usual.stderr.as_str()), (Some(0), ""));
    for environment in [
        &[][..],
        &[("LANG", "xx_YY.nonsense")],
        &[("LANG", "")],
        &[("LC_ALL", "\u{1b}[2J")],
        &[("LC_ALL", "POSIX"), ("TERM", "")],
        &[("HOME", "/nowhere"), ("TMPDIR", "/nowhere"), ("XDG_CONFIG_HOME", "/nowhere")],
        &[("COLUMNS", "99999999999999999999"), ("LINES", "-1"), ("TERM", "\u{1b}[2J")],
        &[("COLUMNS", "0")],
        &[("COLUMNS", "1")],
    ] {
        let run = bare(environment, Path::new("/"), &[KNOWN]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{environment:?}");
        assert_eq!(run.stdout, usual.stdout, "{environment:?}");
    }
}

#[test]
fn a_german_locale_in_every_spelling() {
    for locale in ["de", "de_DE", "de_DE.UTF-8", "de_AT.ISO-8859-1", "de_CH@euro"] {
        let run = bare(&[("LC_ALL", locale)], Path::new("/"), &[KNOWN]);
        assert!(run.stdout.starts_with("Der Zieltresor lässt"), "{locale}: {}", run.stdout);
    }
}

/// Nobody, not even root, can make a file in /proc.
#[test]
fn a_working_directory_where_nothing_can_be_written() {
    let export = fixture("exports/01-cli/v2-list-copy-jobs.json");
    let export = export.to_str().expect("the path is UTF-8");
    let proc = Path::new("/proc");
    let usual = bare(&[], Path::new("/"), &["batch", export]);
    let run = bare(&[("TMPDIR", "/proc"), ("HOME", "/proc")], proc, &["batch", export]);
    assert_eq!((run.code, &run.stdout, &run.stderr), (usual.code, &usual.stdout, &usual.stderr));
    assert_eq!(bare(&[], proc, &[KNOWN]).code, Some(0));
    for flag in ["--output", "--write-baseline", "--redact-map"] {
        let mut arguments = vec!["batch", flag, "file", export];
        if flag == "--redact-map" {
            arguments.insert(1, "--redact");
        }
        let run = bare(&[], proc, &arguments);
        assert_eq!(run.code, Some(2), "{flag}: {run:?}");
        let last = run.stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with("error: file: "), "{flag}: {}", run.stderr);
        assert!(last.contains("No such file or directory (os error 2)"), "{flag}: {}", run.stderr);
    }
}

#[test]
fn a_working_directory_that_is_gone() {
    let folder = folder();
    let gone = folder.path().join("gone");
    fs::create_dir(&gone).expect("a folder can be made");
    let batch = "cd \"$1\" && rmdir \"$1\" && exec \"$0\" batch --output report.json jobs.json";
    let run = shell(batch, &gone);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.complaint().starts_with("error: "), "{run:?}");
    fs::create_dir(&gone).expect("a folder can be made");
    let run = shell("cd \"$1\" && rmdir \"$1\" && exec \"$0\" 'Token expired. Try again.'", &gone);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

/// The threads that a machine does not have.
#[test]
fn more_threads_than_there_is_work_for() {
    let export = fixture("exports/01-cli/v2-list-copy-jobs.json");
    let export = export.to_str().expect("the path is UTF-8");
    let one = bare(&[], Path::new("/"), &["batch", "--jobs", "1", export]);
    let many = bare(&[], Path::new("/"), &["batch", "--jobs", "200", export]);
    assert_eq!((one.code, &one.stdout), (many.code, &many.stdout));
    for jobs in ["0", "-1", "99999999999999999999", "x"] {
        let run = bare(&[], Path::new("/"), &["batch", &format!("--jobs={jobs}"), export]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{jobs}: {run:?}");
    }
    // So many as no system starts.
    let most = bare(&[], Path::new("/"), &["batch", "--jobs", "1000000000000", export]);
    assert_eq!((most.code, most.stdout), (many.code, many.stdout));
}
