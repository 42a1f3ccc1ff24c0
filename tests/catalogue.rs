//! The built-in catalogue as a list: what has to hold beyond what `copydoctor check` proves of every catalogue.
//! (`tests/check.rs` runs that proof on it.)

mod common;

use std::fs;
use std::path::Path;

use common::CLASSIFIER;
use copydoctor::catalogue::{PatternFile, RootCause};
use copydoctor::{Catalogue, Language, Slot, SlotValues, remediation};
use sha2::{Digest, Sha256};

fn root_causes() -> &'static [RootCause] {
    CLASSIFIER.catalogue().root_causes()
}

/// The ids are a contract: scripts and tickets name them. Losing or renaming one has to be visible.
#[test]
fn the_ids_are_those_of_the_committed_list() {
    let committed: Vec<&str> = include_str!("root-cause-ids.txt").lines().collect();
    let ids: Vec<&str> = root_causes().iter().map(|cause| cause.id.as_str()).collect();
    let changed: Vec<&&str> =
        ids.iter().chain(&committed).filter(|id| ids.contains(id) != committed.contains(id)).collect();
    assert!(ids == committed, "tests/root-cause-ids.txt is to list {changed:?}, or is not sorted");
}

#[test]
fn the_folder_is_the_embedded_set() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/patterns");
    let mut files: Vec<PatternFile> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "yaml"))
        .filter(|entry| entry.file_name() != "lexicon.yaml")
        .map(|entry| {
            let path = format!("patterns/{}", entry.file_name().to_string_lossy());
            PatternFile::new(path, fs::read_to_string(entry.path()).expect("a pattern file is text"))
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let embedded: Vec<PatternFile> = Catalogue::builtin_files().collect();
    assert!(files == embedded, "build.rs embeds other files than those in the folder");
}

/// `UPDATE=1 cargo test` writes the edition anew where a file has changed, with the day of that.
#[test]
fn the_edition_is_that_of_the_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("patterns");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        // As the repository has it, whatever the line ends of this checkout.
        let text = fs::read_to_string(file).expect("a pattern file is text").replace("\r\n", "\n");
        digest.update(text.as_bytes());
    }
    let sha256: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let path = folder.join("edition.txt");
    let committed = fs::read_to_string(&path).expect("the edition is there");
    if std::env::var_os("UPDATE").is_some() && !committed.trim_end().ends_with(&sha256) {
        let today = jiff::Timestamp::now().to_string();
        let (day, _) = today.split_once('T').expect("a timestamp has a day");
        fs::write(&path, format!("{day} {sha256}\n")).expect("the edition can be written");
        return;
    }
    let (day, of_files) = committed.trim_end().split_once(' ').expect("a day and a hash");
    assert_eq!(of_files, sha256, "patterns/edition.txt is out of date: UPDATE=1 cargo test");
    assert!(day.parse::<jiff::civil::Date>().is_ok(), "{day}");
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for file in Catalogue::builtin_files() {
        let first = file.text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# ") && first.ends_with('.'), "{}: {first}", file.path);
    }
}

/// So that an editor completes and checks the file while it is written.
#[test]
fn every_file_names_its_schema() {
    const SCHEMA: &str = "# yaml-language-server: $schema=../docs/schemas/root-cause.schema.json";
    for file in Catalogue::builtin_files() {
        assert_eq!(file.text.lines().nth(1), Some(SCHEMA), "{}", file.path);
    }
}

/// Each is answered with its own root cause, or with none that is sure.
#[test]
fn no_paraphrase_leads_elsewhere() {
    for cause in root_causes() {
        let titles = [&cause.title.en, &cause.title.de];
        for text in titles.into_iter().chain(cause.paraphrases.iter().map(|paraphrase| &paraphrase.text)) {
            let answer = CLASSIFIER.classify(text);
            let led =
                answer.diagnosis().map(|diagnosis| (diagnosis.root_cause.id.as_str(), diagnosis.confidence));
            assert!(led.is_none_or(|(id, _)| id == cause.id), "{text}: {led:?}, not {}", cause.id);
        }
    }
}

#[test]
fn every_blank_can_be_filled() {
    for cause in root_causes() {
        for language in Language::ALL {
            for step in remediation::fill(cause, &SlotValues::samples(), &SlotValues::default(), language) {
                assert!(step.open.is_empty(), "{}: {:?} in {}", cause.id, step.open, step.action);
                let all = format!("{step:?}");
                let blank = Slot::ALL.iter().find(|slot| all.contains(&format!("<{slot}>")));
                assert_eq!(blank, None, "{}: {all}", cause.id);
            }
        }
    }
}

#[test]
fn every_policy_is_of_the_right_side_and_grants_no_stranger() {
    for cause in root_causes() {
        for step in remediation::fill(cause, &SlotValues::samples(), &SlotValues::default(), Language::En) {
            let Some(policy) = step.policy else { continue };
            for statement in policy["Statement"].as_array().expect("a list of statements") {
                assert_eq!(statement["Effect"], "Allow", "{}: no step denies", cause.id);
            }
            let text = policy.to_string();
            let known =
                [Slot::SourceAccount, Slot::DestinationAccount, Slot::ManagementAccount].map(Slot::sample);
            let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 12);
            for account in digits.filter(|digits| !text.contains(&format!("-{digits}"))) {
                assert!(known.contains(&account), "{}: {account} in {text}", cause.id);
            }
        }
    }
}

/// An Allow beside an explicit Deny changes nothing: the Deny has to go, so these root causes grant nothing.
#[test]
fn no_step_answers_an_explicit_deny_with_an_allow() {
    for id in ["explicit-deny-in-policy", "denied-by-organization-policy"] {
        let cause = CLASSIFIER.catalogue().get(id).expect("it is in the catalogue");
        for step in &cause.remediation {
            assert!(step.policy.is_none() && step.terraform.is_none(), "{id}: {}", step.action.en.source());
            assert!(
                !step.command.as_ref().is_some_and(|command| command.source().contains("attach-role-policy"))
            );
        }
    }
}
