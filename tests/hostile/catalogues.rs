//! Catalogues of somebody's own that keep the tool busy: bombs of aliases, nesting, files without end.

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::common::Run;
use crate::limited::{SMALL, file, folder, within};

const MESSAGE: &str = "Token expired. Try again.";

fn diagnose(catalogue: &Path) -> Run {
    let arguments = ["--catalogue".as_ref(), catalogue.as_os_str(), MESSAGE.as_ref()];
    within(SMALL).asked(arguments).run()
}

/// No answer by a catalogue that is not sound, in bounded memory, with the file and the fault.
#[track_caller]
fn is_refused(name: &str, text: impl AsRef<[u8]>, said: &str) {
    let folder = folder();
    file(&folder, name, text);
    let run = diagnose(folder.path());
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{name}: {run:?}");
    assert!(run.stderr.contains(name) && run.stderr.contains(said), "{name}: {}", run.stderr);
    let run = within(SMALL).asked(["check".as_ref(), folder.path().as_os_str()]).run();
    assert_eq!(run.code, Some(1), "{name}: {run:?}");
    assert!(run.stdout.contains(said), "{name}: {}", run.stdout);
}

/// A billion laughs: each line holds the one before nine times.
fn laughs(kind: impl Fn(u32) -> String) -> String {
    (1..30).map(kind).collect::<Vec<_>>().join("\n")
}

#[test]
fn bombs_of_aliases() {
    let list = |n: u32| format!("a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(","));
    let map = |n: u32| {
        format!(
            "a{n}: &a{n} {{{}}}",
            (0..9).map(|k| format!("k{k}: *a{}", n - 1)).collect::<Vec<_>>().join(",")
        )
    };
    let merge = |n: u32| format!("a{n}: &a{n}\n  <<: *a{}\n  k{n}: x", n - 1);
    for name in ["bomb.yaml", "lexicon.yaml"] {
        is_refused(name, format!("a0: &a0 [lol]\n{}\n", laughs(list)), "alias");
        is_refused(name, format!("a0: &a0 {{k: lol}}\n{}\n", laughs(map)), "alias");
        is_refused(name, format!("a0: &a0 {{k: lol}}\n{}\n", laughs(merge)), "alias");
    }
}

#[test]
fn nesting_and_sizes() {
    for name in ["bomb.yaml", "lexicon.yaml"] {
        is_refused(name, "[".repeat(250_000), "error");
        is_refused(name, "{a: ".repeat(60_000), "error");
        is_refused(name, "- ".repeat(120_000), "error");
        is_refused(name, "? ".repeat(120_000), "error");
        is_refused(name, format!("a: \"{}", "\\x".repeat(100_000)), "error");
        is_refused(name, "x".repeat(300 * 1024), "256 KiB");
    }
    is_refused("bomb.yaml", b"id: \xc0\x80\n", "not UTF-8");
    is_refused("bomb.yaml", "id: a\nid: b\n", "a second time");
    is_refused("bomb.yaml", "\0", "error");
}

#[test]
fn files_without_end_and_without_rights() {
    let folder = folder();
    symlink("/dev/zero", folder.path().join("zero.yaml")).expect("a link can be made");
    let run = diagnose(folder.path());
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("zero.yaml"), "{run:?}");
    for path in ["/dev/zero", "/dev/null", "/nowhere", "/proc/self/mem"] {
        let run = diagnose(Path::new(path));
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{path}: {run:?}");
        assert!(run.stderr.contains(path), "{path}: {run:?}");
    }
}

#[test]
fn a_folder_that_holds_itself() {
    let folder = folder();
    symlink(".", folder.path().join("again")).expect("a link can be made");
    symlink("a.yaml", folder.path().join("a.yaml")).expect("a link can be made");
    let run = diagnose(folder.path());
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("a.yaml"), "{run:?}");
}
