//! What reaches a terminal: nothing of the input steers it, wherever the input is shown, and in German nothing of
//! the page is English.

mod common;

use std::fs;

use common::{CLASSIFIER, Run, run, run_with_input};
use copydoctor::render::{self, Diagnosed, Layout};
use copydoctor::{Language, SlotValues};
use tempfile::TempDir;

/// Colours, clears the screen, sets a title by two ways, rings, goes back, reorders, and breaks the line.
const HOSTILE: &str =
    "a\u{1b}[31mb\u{1b}[2Jc\u{1b}]0;title\u{7}d\u{9b}31me\u{8}f\rg\u{202e}h\u{2066}i\u{200f}j\u{61c}k";

/// Characters that steer. A line break alone is part of every page.
fn steers(character: char) -> bool {
    (character.is_control() && character != '\n')
        || "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}"
            .contains(character)
}

/// Nothing steers, and what was hostile can be read.
#[track_caller]
fn is_calm(answer: &Run) {
    for (stream, text) in [("standard output", &answer.stdout), ("standard error", &answer.stderr)] {
        let steering: Vec<_> = text.chars().filter(|c| steers(*c)).collect();
        assert!(steering.is_empty(), "{stream} has {steering:?}:\n{text}");
    }
    let is_visible = |text: &str| ["u{1b}", "u{202e}", "�", "␛"].iter().any(|shown| text.contains(shown));
    assert!(is_visible(&answer.stdout) || is_visible(&answer.stderr), "{answer:?}");
}

#[test]
fn a_message_does_not_steer() {
    let known = format!("{HOSTILE} Access Denied trying to call AWS Backup service");
    is_calm(&run(["--why", &known]));
    is_calm(&run([format!("The weather {HOSTILE}")]));
    is_calm(&run([known, format!("second {HOSTILE}")]));
}

#[test]
fn json_does_not_steer() {
    let message = format!("{HOSTILE} Access Denied trying to call AWS Backup service");
    let job = serde_json::json!({"CopyJobId": "A", "State": "FAILED", "StatusMessage": message}).to_string();
    for answer in [
        run(["--format", "json", "--why", &message]),
        run_with_input(["batch", "--format", "json"], &job),
        run_with_input(["batch", "--format", "ndjson"], &job),
    ] {
        assert!(!answer.stdout.chars().any(steers), "{}", answer.stdout);
        assert!(answer.stdout.contains("\\u202e"), "{}", answer.stdout);
    }
}

#[test]
fn what_a_message_names_does_not_steer() {
    let message = "The tag policy does not allow the specified value for the following tag key: 'x\u{202e}y'";
    let answer = run([message]);
    is_calm(&answer);
    assert!(answer.stdout.contains("tag_key = x\\u{202e}y"), "{}", answer.stdout);
    is_calm(&run([
        "--tag-key",
        "x\u{202e}y",
        "The tag policy does not allow the specified value for the following tag key",
    ]));
}

#[test]
fn wrong_arguments_do_not_steer() {
    for arguments in [
        vec!["--format", HOSTILE],
        vec!["--source-account", HOSTILE, "x"],
        vec!["explain", HOSTILE],
        vec!["explain", "--lang", HOSTILE],
        vec!["man", HOSTILE],
        vec!["completions", HOSTILE],
        vec!["help", HOSTILE],
        vec!["--catalogue", HOSTILE, "x"],
        vec!["batch", "--since", HOSTILE],
        vec!["batch", "--from", HOSTILE],
        vec!["check", HOSTILE],
    ] {
        let answer = run(&arguments);
        assert_eq!(answer.code, Some(2), "{answer:?}");
        is_calm(&answer);
    }
    is_calm(&run([format!("--{HOSTILE}")]));
}

/// A line break in an argument would let it write a line of its own: an error, a note, an all-clear.
#[test]
fn no_argument_writes_a_line_of_its_own() {
    for arguments in [["--format", "x\nerror: all is well"], ["explain", "x\nerror: all is well"]] {
        let answer = run(arguments);
        assert!(!answer.stderr.lines().any(|line| line.starts_with("error: all")), "{}", answer.stderr);
    }
}

/// A folder with a file of a hostile name, which Windows does not have.
#[cfg(unix)]
fn folder_with(name: &str, text: &str) -> TempDir {
    let folder = TempDir::new().expect("a directory for the test");
    fs::write(folder.path().join(name), text).expect("the file can be written");
    folder
}

#[cfg(unix)]
fn at(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("the path is UTF-8").to_owned()
}

#[cfg(unix)]
#[test]
fn names_of_files_do_not_steer() {
    let name = format!("{HOSTILE}.json");
    let folder = folder_with(&name, "{\"CopyJobs\": [ oops ] }");
    is_calm(&run(["batch", &at(&folder, &name)]));
    is_calm(&run(["batch", &at(&folder, "")]));
    is_calm(&run([at(&folder, &name)]));
    is_calm(&run(["batch", &format!("nowhere {HOSTILE}")]));
}

#[cfg(unix)]
#[test]
fn pattern_files_do_not_steer() {
    let name = format!("{HOSTILE}.yaml");
    let folder = folder_with(&name, &format!("id: {HOSTILE}\nx: \"\u{9b}31m\u{202e}{HOSTILE}\"\n"));
    for language in ["en", "de"] {
        is_calm(&run(["check", "--lang", language, &at(&folder, "")]));
    }
    is_calm(&run(["--catalogue", &at(&folder, ""), "x"]));
}

/// YAML can name any character, so a title of one's own can be hostile too.
#[test]
fn a_root_cause_of_ones_own_does_not_steer() {
    let own = fs::read_to_string("patterns/token-expired.yaml").expect("the file is there");
    let hostile = own.replace(
        "  en: A token of the copy job expired",
        "  en: \"A token \\e[31m \\x9b2J of the \\u202e copy job expired\"",
    );
    assert_ne!(own, hostile);
    let folder = TempDir::new().expect("a directory for the test");
    fs::write(folder.path().join("token-expired.yaml"), hostile).expect("the file can be written");
    let folder = folder.path().to_str().expect("the path is UTF-8");
    is_calm(&run(["--catalogue", folder, "Token expired. Try again."]));
    is_calm(&run(["explain", "--catalogue", folder, "token-expired"]));
    is_calm(&run(["explain", "--catalogue", folder]));
    let job = r#"{"CopyJobId": "AAAAAAAA", "State": "FAILED", "StatusMessage": "Token expired. Try again."}"#;
    is_calm(&run_with_input(["batch", "--catalogue", folder], job));
}

#[test]
fn what_an_export_holds_does_not_steer() {
    let job = serde_json::json!({
        "CopyJobId": HOSTILE, "State": HOSTILE, "StatusMessage": HOSTILE, "AccountId": HOSTILE,
        "SourceBackupVaultArn": format!("arn:aws:backup:{HOSTILE}:111122223333:backup-vault:x"),
        "ResourceType": HOSTILE,
    });
    let failed = serde_json::json!({
        "CopyJobId": HOSTILE, "State": "FAILED", "AccountId": HOSTILE,
        "StatusMessage": format!("Access Denied trying to call AWS Backup service {HOSTILE}"),
    });
    is_calm(&run_with_input(["batch"], job.to_string()));
    is_calm(&run_with_input(["batch"], failed.to_string()));
    is_calm(&run_with_input([] as [&str; 0], failed.to_string()));
}

/// Words that no German sentence has.
const ENGLISH: &[&str] = &[" the ", " of ", " and ", " is ", " with ", " not ", " more "];

/// Nothing is English but what is copied: commands, policies, and what AWS says.
#[track_caller]
fn is_german(page: &[u8]) {
    let page = std::str::from_utf8(page).expect("the page is UTF-8");
    let is_copied = |line: &&str| line.starts_with("       ") || line.contains("http");
    for line in page.lines().filter(|line| !is_copied(line)) {
        let english = ENGLISH.iter().find(|word| format!(" {line} ").contains(**word));
        assert_eq!(english, None, "{line}\n\n{page}");
    }
}

fn german() -> Layout {
    Layout::plain(Language::De, 100)
}

fn page_of(message: &str) -> Vec<u8> {
    let answer = CLASSIFIER.classify(message);
    let diagnosed = Diagnosed::of(message, answer, &SlotValues::default(), Language::De);
    let mut page = Vec::new();
    render::write_answer_text(&mut page, &diagnosed, german()).expect("memory takes everything");
    page
}

#[test]
fn the_page_of_a_german_message_is_german() {
    let mut pages = 0;
    for cause in CLASSIFIER.catalogue().root_causes() {
        for example in cause.examples.iter().filter(|example| example.language == Language::De) {
            is_german(&page_of(&example.message));
            pages += 1;
        }
    }
    assert!(pages >= 10, "{pages}");
}

/// But for the messages, which are quoted as AWS writes them.
#[test]
fn the_page_of_a_root_cause_is_german() {
    for cause in CLASSIFIER.catalogue().root_causes() {
        let mut page = Vec::new();
        render::write_root_cause_text(&mut page, cause, german()).expect("memory takes everything");
        let page = String::from_utf8(page).expect("the page is UTF-8");
        let quotes =
            |section: &&str| ["Wie AWS", "Was so aussieht"].iter().any(|head| section.starts_with(head));
        let sections: Vec<&str> = page.split("\n\n").filter(|section| !quotes(section)).collect();
        is_german(sections.join("\n\n").as_bytes());
    }
}

#[test]
fn the_page_of_an_unknown_message_is_german() {
    for message in [
        "",
        "Zugriff verweigert",
        "Das Wetter ist schön",
        "Ihr Sicherungsauftrag ist fehlgeschlagen, weil der Tresor voll war",
        "Der Wiederherstellungsauftrag ist fehlgeschlagen",
    ] {
        is_german(&page_of(message));
    }
}

#[test]
fn the_list_and_the_table_are_german() {
    let mut list = Vec::new();
    render::write_list_text(&mut list, CLASSIFIER.catalogue(), german()).expect("memory takes everything");
    is_german(&list);

    is_german(run(["batch", "--lang", "de", "examples/list-copy-jobs.json"]).stdout.as_bytes());
}
