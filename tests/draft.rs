//! Entries drafted for messages that nothing fits: laid over the catalogue they diagnose those, and change nothing else.

mod common;

use common::{CLASSIFIER, labelled, run, run_with_input};
use copydoctor::catalogue::PatternFile;
use copydoctor::diagnosis::Tier;
use copydoctor::draft::{Draft, TO_DO, Wishes, draft};
use copydoctor::{Catalogue, Classifier};

/// Entries that are proven, for real messages that are none of a copy job and for those that look like one.
fn drafts() -> Vec<(Vec<String>, Draft)> {
    let unrelated = labelled("unrelated-messages.jsonl").into_iter();
    let look_alikes =
        labelled("held-out/look-alikes.jsonl").into_iter().filter(|it| it.looked_at == Some(true));
    let messages = unrelated.chain(look_alikes).map(|it| vec![it.message]);
    let of_several = [
        [
            "Backup guard refused ticket OPS-4711 of user alice",
            "Backup guard refused ticket OPS-4712 of user bob",
        ],
        [
            "Guard wants no tag key 'Team' on EBS resources",
            "Guard wants no tag key 'Cost Center' on RDS resources",
        ],
        [
            "Der Wächter sperrt den Tresor „prod-a“ für 998877665544",
            "Der Wächter sperrt den Tresor „dr“ für 111122223333",
        ],
    ];
    let of_several = of_several.map(|messages| messages.map(str::to_owned).to_vec());
    messages
        .chain(of_several)
        .filter_map(|messages| {
            let texts: Vec<&str> = messages.iter().map(String::as_str).collect();
            let drafted = draft(&CLASSIFIER, &texts, &Wishes::default()).ok()?;
            drafted.is_proven().then_some((messages, drafted))
        })
        .collect()
}

/// The answers for all documented examples.
fn answers(classifier: &Classifier) -> Vec<(String, Option<String>)> {
    let catalogue = Catalogue::builtin();
    let examples = catalogue.root_causes().iter().flat_map(|cause| cause.examples.iter());
    let id = |message: &str| Some(classifier.classify(message).diagnosis()?.root_cause.id.clone());
    examples.map(|example| (example.message.clone(), id(&example.message))).collect()
}

/// The near misses of the catalogue that are none of these messages.
fn near_misses(messages: &[String]) -> Vec<String> {
    let catalogue = Catalogue::builtin();
    let all = catalogue
        .root_causes()
        .iter()
        .flat_map(|cause| cause.near_misses.iter().map(|it| it.message.clone()));
    all.filter(|near_miss| !messages.iter().any(|message| message.contains(near_miss.trim()))).collect()
}

#[test]
fn a_drafted_entry_diagnoses_its_messages_and_changes_no_other_answer() {
    let drafts = drafts();
    assert!(drafts.len() > 100, "{}", drafts.len());
    let before = answers(&CLASSIFIER);
    for (place, (messages, draft)) in drafts.iter().enumerate() {
        let mut catalogue = Catalogue::builtin();
        let overlay = catalogue.overlay([PatternFile::new(format!("{}.yaml", draft.id), draft.yaml.clone())]);
        assert!(overlay.findings.is_empty(), "{:?}", overlay.findings);
        let classifier = Classifier::new(catalogue);
        for message in messages {
            let answer = classifier.classify(message);
            let found = answer.diagnosis().map(|found| (found.root_cause.id.as_str(), found.tier));
            assert_eq!(found, Some((draft.id.as_str(), Tier::Exact)), "{message}");
        }
        // Each of them with every message would take minutes.
        if place % 7 == 0 {
            let after = answers(&classifier);
            let changed: Vec<_> =
                before.iter().zip(&after).filter(|(before, after)| before != after).collect();
            assert!(changed.is_empty(), "{changed:?}\n{}", draft.yaml);
            for near_miss in near_misses(messages) {
                let answer = classifier.classify(&near_miss);
                let id = answer.diagnosis().map(|found| &found.root_cause.id);
                assert_ne!(id, Some(&draft.id), "{near_miss}\n{}", draft.yaml);
            }
        }
    }
}

/// A draft that nobody completed is no root cause.
#[test]
fn nothing_in_the_catalogue_is_left_to_do() {
    for file in Catalogue::builtin_files() {
        assert!(!file.text.contains(TO_DO), "{}", file.path);
    }
}

/// What is somebody's own is in none of the file's lines, comments included.
#[test]
fn a_drafted_entry_gives_nobody_away() {
    let messages = [
        "Guard of role arn:aws:iam::998877665544:role/AcmeCopy stops the copy that alice@acme.test wants of db acme_db_7",
        "Guard of role arn:aws:iam::998877665544:role/AcmeCopy stops the copy that bob@acme.test wants of db acme_db_8",
    ];
    let draft = draft(&CLASSIFIER, &messages, &Wishes::default()).expect("a draft");
    assert!(draft.is_proven(), "{:?}", draft.findings);
    for own in ["9988", "cme", "alice", "bob", "db_"] {
        assert!(!draft.yaml.contains(own), "{own}: {}", draft.yaml);
    }
}

#[test]
fn nothing_in_a_message_breaks_the_file_or_steers_a_terminal() {
    for message in [
        "Guard says: \"no\" # to this: copy",
        "Guard says\u{1b}[31m no to\u{202e} this copy",
        "Guard says - no: [to, this] {copy} & *that | > % @ `it`",
        "Guard says no to this copy: |\n  - a: b\n# c\n",
        "Guard says no to this copy \u{85}\u{2028} of %s <value> {tag_key}",
    ] {
        let Ok(draft) = draft(&CLASSIFIER, &[message], &Wishes::default()) else { panic!("{message:?}") };
        assert!(draft.is_proven(), "{message:?}: {:?}\n{}", draft.findings, draft.yaml);
        assert!(draft.yaml.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", draft.yaml);
        assert!(!draft.yaml.contains('\u{202e}'));
    }
}

#[test]
fn a_draft_is_the_same_from_standard_input_from_a_file_and_from_arguments() {
    let message = "Backup guard refused ticket OPS-4711 in eu-south-1";
    let argument = run(["draft", message]);
    let words = run(["draft"].into_iter().chain(message.split(' ')));
    let input = run_with_input(["draft"], message);
    let json =
        run_with_input(["draft", "-"], format!(r#"{{"State": "FAILED", "StatusMessage": "{message}"}}"#));
    assert_eq!(argument.code, Some(0), "{argument:?}");
    for other in [words, input, json] {
        assert_eq!(argument.stdout, other.stdout, "{}", other.stderr);
    }
}
