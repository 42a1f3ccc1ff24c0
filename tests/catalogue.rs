//! The catalogue as a list: what has to hold for every root cause, and for all of them together.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{CLASSIFIER, cause_of};
use copydoctor::catalogue::{Example, RootCause};
use copydoctor::{Catalogue, Language, Slot, SlotValues, remediation};

fn root_causes() -> &'static [RootCause] {
    CLASSIFIER.catalogue().root_causes()
}

fn examples() -> impl Iterator<Item = (&'static RootCause, &'static Example)> {
    root_causes().iter().flat_map(|cause| cause.examples.iter().map(move |example| (cause, example)))
}

/// The ids are a contract: scripts and tickets name them. Losing or renaming one has to be visible.
#[test]
fn the_ids_are_those_of_the_committed_list() {
    let committed: Vec<&str> = include_str!("root-cause-ids.txt").lines().collect();
    let ids: Vec<&str> = root_causes().iter().map(|cause| cause.id.as_str()).collect();
    assert_eq!(ids, committed);
}

#[test]
fn the_folder_is_the_embedded_set() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/patterns");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(entry.path()).expect("a pattern file is text"))
        })
        .collect();
    files.sort();
    let embedded: Vec<(String, String)> = Catalogue::builtin_files()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(files, embedded);
}

#[test]
fn every_file_loads_alone() {
    for (name, text) in Catalogue::builtin_files() {
        if let Err(error) = Catalogue::parse([(*name, *text)]) {
            panic!("{error}");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for (name, text) in Catalogue::builtin_files() {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# ") && first.ends_with('.'), "{name}: {first}");
    }
}

/// So that an editor completes and checks the file while it is written.
#[test]
fn every_file_names_its_schema() {
    const SCHEMA: &str = "# yaml-language-server: $schema=../docs/schemas/root-cause.schema.json";
    for (name, text) in Catalogue::builtin_files() {
        assert_eq!(text.lines().nth(1), Some(SCHEMA), "{name}");
    }
}

#[test]
fn every_example_is_diagnosed_as_its_root_cause_with_its_captures() {
    for (cause, example) in examples() {
        let answer = CLASSIFIER.classify(&example.message);
        let diagnosis =
            answer.diagnosis().unwrap_or_else(|| panic!("{}: {} is unknown", cause.id, example.message));
        assert_eq!(diagnosis.root_cause.id, cause.id, "{}", example.message);
        assert!(diagnosis.confidence >= 0.95, "{}: {}", example.message, diagnosis.confidence);
        for (name, value) in &example.captures {
            let slot = Slot::named(name).unwrap_or_else(|| panic!("{}: no slot {name}", cause.id));
            assert_eq!(diagnosis.captures.get(slot), Some(value.as_str()), "{}: {name}", example.message);
        }
    }
}

/// Every example against every pattern of every root cause: nothing else may even come near.
#[test]
fn no_example_fits_another_root_cause() {
    for (cause, example) in examples() {
        let answer = CLASSIFIER.classify(&example.message);
        let others: Vec<&str> =
            answer.alternatives().iter().map(|other| other.root_cause.id.as_str()).collect();
        assert!(others.is_empty(), "{}: {} also fits {others:?}", cause.id, example.message);
    }
}

#[test]
fn every_near_miss_is_rejected() {
    for cause in root_causes() {
        for near_miss in &cause.near_misses {
            assert_ne!(cause_of(&near_miss.message), cause.id, "{}", near_miss.message);
        }
    }
}

/// A pattern that no example needs is dead, or its example is missing.
#[test]
fn every_pattern_is_the_one_that_recognises_some_example() {
    for cause in root_causes() {
        let used: BTreeSet<&str> = cause
            .examples
            .iter()
            .filter_map(|example| {
                Some(CLASSIFIER.classify(&example.message).diagnosis()?.wording.pattern.text())
            })
            .collect();
        for wording in &cause.patterns {
            assert!(used.contains(wording.pattern.text()), "{}: {}", cause.id, wording.pattern.text());
        }
    }
}

#[test]
fn no_wording_stands_twice() {
    let mut seen = BTreeSet::new();
    for wording in root_causes().iter().flat_map(|cause| &cause.patterns) {
        let words = copydoctor::normalise::Words::of(wording.pattern.text());
        assert!(seen.insert(words), "{}", wording.pattern.text());
    }
}

#[test]
fn every_text_is_there_in_both_languages_and_they_differ() {
    for cause in root_causes() {
        let texts = [&cause.title, &cause.cause].map(|text| (text.en.as_str(), text.de.as_str()));
        let steps = cause.remediation.iter().flat_map(|step| [&step.action, &step.why]);
        for (en, de) in texts.into_iter().chain(steps.map(|text| (text.en.source(), text.de.source()))) {
            assert!(!en.trim().is_empty() && !de.trim().is_empty(), "{}: {en:?} {de:?}", cause.id);
            assert_ne!(en, de, "{}", cause.id);
        }
    }
}

#[test]
fn every_title_is_one_line_without_a_full_stop() {
    for title in root_causes().iter().flat_map(|cause| [&cause.title.en, &cause.title.de]) {
        assert!(title.chars().count() <= 90 && !title.ends_with('.') && !title.contains('\n'), "{title}");
    }
}

/// All that a record and a person can know, so that nothing has to stay open.
fn everything() -> SlotValues {
    let mut values = SlotValues::default();
    for (slot, value) in [
        (Slot::SourceVaultArn, "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod"),
        (Slot::DestinationVaultArn, "arn:aws:backup:eu-central-1:444455556666:backup-vault:dr"),
        (Slot::ManagementAccount, "777788889999"),
        (Slot::SourceKeyArn, "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        (
            Slot::DestinationKeyArn,
            "arn:aws:kms:eu-central-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321",
        ),
        (Slot::RecoveryPointArn, "arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0"),
        (Slot::ResourceArn, "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0"),
        (Slot::ResourceType, "EBS"),
        (Slot::RoleArn, "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole"),
        (Slot::CopyJobId, "47C8EF56-74D8-059D-1301-C5BE1D5C926E"),
        (Slot::TagKey, "CostCenter"),
        (
            Slot::PrincipalArn,
            "arn:aws:sts::111122223333:assumed-role/AWSBackupDefaultServiceRole/AWSBackup-x",
        ),
        (Slot::DeniedAction, "kms:CreateGrant"),
        (
            Slot::DeniedResourceArn,
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
        (
            Slot::PolicyArn,
            "arn:aws:organizations::777788889999:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd",
        ),
        (Slot::EncodedMessage, "gwlR4XQBrSFQTp9R9k_Uqc0J4oBTiWhmpPYd"),
        (Slot::Limit, "5"),
        (Slot::ImageId, "ami-0123456789abcdef0"),
        (Slot::SnapshotId, "snap-0123456789abcdef0"),
    ] {
        values.set(slot, value).expect("the value fits its slot");
    }
    values
}

#[test]
fn every_blank_can_be_filled() {
    for cause in root_causes() {
        for language in Language::ALL {
            for step in remediation::fill(cause, &everything(), &SlotValues::default(), language) {
                assert!(step.open.is_empty(), "{}: {:?} in {}", cause.id, step.open, step.action);
                let all = format!("{step:?}");
                let blank = Slot::ALL.iter().find(|slot| all.contains(&format!("<{slot}>")));
                assert_eq!(blank, None, "{}: {all}", cause.id);
            }
        }
    }
}

#[test]
fn every_policy_is_a_policy_of_the_right_side_and_grants_no_stranger() {
    for cause in root_causes() {
        for step in remediation::fill(cause, &everything(), &SlotValues::default(), Language::En) {
            let Some(policy) = step.policy else { continue };
            assert_eq!(policy["Version"], "2012-10-17", "{}", cause.id);
            let statements = policy["Statement"].as_array().expect("a list of statements");
            assert!(!statements.is_empty(), "{}", cause.id);
            for statement in statements {
                assert_eq!(statement["Effect"], "Allow", "{}: no step denies", cause.id);
                assert_ne!(statement["Principal"], "*", "{}", cause.id);
                assert_ne!(statement["Principal"]["AWS"], "*", "{}", cause.id);
            }
            let text = policy.to_string();
            let known = ["111122223333", "444455556666", "777788889999"];
            let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 12);
            for account in digits.filter(|digits| !text.contains(&format!("-{digits}"))) {
                assert!(known.contains(&account), "{}: {account} in {text}", cause.id);
            }
        }
    }
}

#[test]
fn every_command_is_one_line_of_the_aws_cli() {
    for cause in root_causes() {
        for step in remediation::fill(cause, &everything(), &SlotValues::default(), Language::En) {
            for command in step.check.iter().chain(&step.command) {
                assert!(command.starts_with("aws ") && !command.contains('\n'), "{}: {command}", cause.id);
            }
        }
    }
}
