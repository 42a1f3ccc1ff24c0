//! Tests of the ranking: what makes an answer surer, and which of several wordings wins.

use super::*;
use crate::catalogue::{PatternFile, RootCause};
use crate::diagnosis::Loss;

fn confidence(message: &str) -> f64 {
    static CLASSIFIER: std::sync::LazyLock<Classifier> = std::sync::LazyLock::new(Classifier::builtin);
    CLASSIFIER.classify(message).diagnosis().map_or(0.0, |diagnosis| diagnosis.confidence)
}

const MESSAGE: &str = "Given key ID is not accessible";

#[test]
fn every_unexplained_word_makes_an_answer_less_sure() {
    let mut message = MESSAGE.to_owned();
    let mut before = confidence(&message);
    for _ in 0..20 {
        message.push_str(" furthermore");
        let after = confidence(&message);
        assert!(after < before, "{message}: {after} after {before}");
        before = after;
    }
}

#[test]
fn ids_times_and_wrappers_take_nothing_away() {
    for message in [
        format!("2025-07-02T05:08:08.704Z 47C8EF56 {MESSAGE}"),
        format!(
            "{MESSAGE} (Service: AmazonEC2; Status Code: 400; Error Code: InvalidParameter; Request ID: x; Proxy: null)"
        ),
        format!("An error occurred (InvalidParameter) when calling the CopySnapshot operation: {MESSAGE}"),
    ] {
        assert_eq!(confidence(&message), confidence(MESSAGE), "{message}");
    }
}

#[test]
fn only_a_rival_above_the_line_makes_a_wording_less_sure() {
    assert_eq!(disputed(0.9, 0.49), 0.9);
    assert_eq!(disputed(0.8, 0.5), 0.6);
    assert_eq!(disputed(0.9, 0.8), 0.54);
}

fn file(id: &str, wording: &str) -> PatternFile {
    let text = format!(
        "id: {id}\ngroup: tags\naws_message_category: MISCELLANEOUS\ntitle: {{en: A, de: B}}\ncause: {{en: A, de: B}}\n\
         patterns: [{{language: en, text: '{wording}', evidence: documented, source: 'https://x.example'}}]\n\
         remediation: [{{account: source, action: {{en: A, de: B}}, why: {{en: A, de: B}}, link: 'https://x.example'}}]\n\
         sources: [{{title: A, url: 'https://x.example'}}]\nexamples: [{{language: en, message: A}}]\n\
         near_misses: [{{message: A, reason: A}}]\n"
    );
    PatternFile::new(format!("{id}.yaml"), text)
}

pub(super) fn catalogue(wordings: &[(&str, &str)]) -> Catalogue {
    Catalogue::parse(wordings.iter().map(|(id, wording)| file(id, wording))).expect("it is sound")
}

/// The winner, the further messages and the others, by id.
fn ranking(wordings: &[(&str, &str)], message: &str) -> [Vec<String>; 3] {
    let classifier = Classifier::new(catalogue(wordings));
    let answer = classifier.classify(message);
    let id = |cause: &RootCause| cause.id.clone();
    let diagnosis = answer.diagnosis();
    let winner = diagnosis.map(|diagnosis| id(diagnosis.root_cause));
    let further = diagnosis.map_or(&[][..], |diagnosis| &diagnosis.further);
    [
        winner.into_iter().collect(),
        further.iter().map(|it| id(it.root_cause)).collect(),
        answer.alternatives().iter().map(|other| id(other.root_cause)).collect(),
    ]
}

#[track_caller]
fn ranks(wordings: &[(&str, &str)], message: &str, winner: &str, further: &[&str], others: &[&str]) {
    assert_eq!(ranking(wordings, message), [vec![winner], further.to_vec(), others.to_vec()], "{message}");
}

#[test]
fn the_wording_that_explains_more_wins_and_its_parts_are_no_alternatives() {
    let wordings = [("a-short", "key is not accessible"), ("b-long", "the default key is not accessible")];
    ranks(&wordings, "The default key is not accessible.", "b-long", &[], &[]);
    ranks(&wordings, "key is not accessible", "a-short", &[], &[]);
}

#[test]
fn where_wordings_explain_the_same_the_place_decides_and_not_the_order_of_files() {
    let one = ("a-cause", "first trouble here");
    let other = ("b-cause", "second trouble there");
    for wordings in [[one, other], [other, one]] {
        ranks(&wordings, "first trouble here second trouble there", "a-cause", &["b-cause"], &[]);
        ranks(&wordings, "second trouble there first trouble here", "b-cause", &["a-cause"], &[]);
    }
}

#[test]
fn wordings_that_overlap_are_no_messages_beside_each_other() {
    let one = ("a-cause", "first trouble here and now");
    let other = ("b-cause", "now second trouble there");
    for wordings in [[one, other], [other, one]] {
        ranks(&wordings, "first trouble here and now second trouble there", "a-cause", &[], &["b-cause"]);
    }
}

const BEGIN_ALIKE: [(&str, &str); 3] = [
    ("a-gone", "The chosen key does not exist in the vault"),
    ("b-off", "The chosen key does not exist any longer"),
    ("c-short", "The chosen key does not fit"),
];

/// The answer, how it was found, and how sure that is.
fn answer(wordings: &[(&str, &str)], message: &str) -> Option<(String, Tier, f64)> {
    let classifier = Classifier::new(catalogue(wordings));
    let answer = classifier.classify(message);
    let diagnosis = answer.diagnosis()?;
    Some((diagnosis.root_cause.id.clone(), diagnosis.tier, diagnosis.confidence))
}

#[test]
fn a_message_that_ends_within_a_wording_is_that_of_its_root_cause() {
    for message in ["The chosen key does not exist in th", "ERROR: The chosen key does not exist in the…"] {
        let (id, tier, confidence) = answer(&BEGIN_ALIKE, message).expect("it is diagnosed");
        assert_eq!((&*id, tier), ("a-gone", Tier::CutOff), "{message}");
        assert!((0.8..0.97).contains(&confidence), "{message}: {confidence}");
    }
}

/// What a log puts in front is explained by that, and what a person adds is not.
#[test]
fn words_around_a_message_that_is_cut_off_count_as_they_do_around_a_whole_one() {
    let classifier = Classifier::new(catalogue(&BEGIN_ALIKE));
    let unexplained = |front: &str| {
        let answer = classifier.classify(&format!("{front}The chosen key does not exist in th"));
        answer.diagnosis().map(|diagnosis| (diagnosis.tier, diagnosis.unexplained_words))
    };
    assert_eq!(unexplained("ERROR: "), Some((Tier::CutOff, 0)));
    assert_eq!(unexplained("ERROR somewhere: "), Some((Tier::CutOff, 1)));
}

#[test]
fn where_two_wordings_of_a_root_cause_go_on_the_first_stands_for_both() {
    const BEGINNING: &str = "AMI snapshot copy failed with error: Given key ID is not accessible. You must have DescribeKey \
                             permissions on the default";
    let classifier = Classifier::builtin();
    let answer = classifier.classify(BEGINNING);
    let diagnosis = answer.diagnosis().expect("it is known");
    assert_eq!(diagnosis.tier, Tier::CutOff);
    let mut wordings = diagnosis.root_cause.patterns.iter().map(|wording| wording.pattern.text());
    let texts: Vec<&str> = wordings.by_ref().filter(|text| text.starts_with(BEGINNING)).collect();
    assert_eq!((texts.len(), diagnosis.wording.pattern.text()), (2, texts[0]));
}

#[test]
fn where_a_message_ends_before_wordings_differ_they_share_the_confidence() {
    assert_eq!(answer(&BEGIN_ALIKE[..2], "The chosen key does not exist"), None);
    let [winner, _, others] = ranking(&BEGIN_ALIKE[..2], "The chosen key does not exist");
    assert!(winner.is_empty());
    assert_eq!(others, ["b-off", "a-gone"], "the more of a wording is there, the likelier it is");
}

/// An explicit deny of a service control policy was taken for the shorter wording that stands in it.
#[test]
fn a_longer_wording_that_is_cut_off_goes_before_a_shorter_one_that_is_whole() {
    let wordings = [
        ("a-any", "denied with an explicit deny"),
        ("b-scp", "denied with an explicit deny in a service control policy"),
    ];
    let (id, tier, _) =
        answer(&wordings, "denied with an explicit deny in a service contr").expect("it is diagnosed");
    assert_eq!((&*id, tier), ("b-scp", Tier::CutOff));
    assert_eq!(answer(&wordings, "denied with an explicit deny").map(|it| it.1), Some(Tier::Exact));
}

const SEVERAL: [(&str, &str); 3] = [
    ("a-any", "denied with an explicit deny"),
    ("b-scp", "denied with an explicit deny in a service control policy"),
    ("c-vault", "the vault is locked against any change of its rules by anybody"),
];

#[test]
fn the_last_of_several_messages_may_be_cut_off() {
    let cut_off = "denied with an explicit deny in a service contr";
    let text = format!("the vault is locked against any change of its rules by anybody\n{cut_off}");
    ranks(&SEVERAL, &text, "c-vault", &["b-scp"], &[]);
    let classifier = Classifier::new(catalogue(&SEVERAL));
    let [both, alone] = [text.as_str(), cut_off].map(|message| classifier.classify(message));
    let (both, alone) = (both.diagnosis().expect("it is known"), alone.diagnosis().expect("it is known"));
    let further = &both.further[0];
    assert_eq!((both.tier, both.unexplained_words), (Tier::Exact, 0));
    assert_eq!((further.tier, &text[further.span.clone()]), (Tier::CutOff, cut_off));
    assert!((0.8..=alone.confidence).contains(&further.confidence), "{}", further.confidence);
    let explanation = classifier.explain(&text);
    let further =
        explanation.considered.iter().find(|one| one.root_cause.id == "b-scp").expect("it was seen");
    assert_eq!((further.tier, further.loss), (Tier::CutOff, Some(Loss::AnotherMessage)));
}

#[test]
fn what_is_cut_off_before_it_tells_takes_certainty_from_the_message_beside_it() {
    ranks(
        &SEVERAL,
        "denied with an explicit deny in a service control policy. The vault is",
        "b-scp",
        &[],
        &[],
    );
}

#[test]
fn a_message_that_is_cut_off_begins_behind_another_without_a_mark() {
    let whole = "the vault is locked against any change of its rules by anybody";
    let cut_off = "denied with an explicit deny in a service contr";
    ranks(&SEVERAL, &format!("{whole} {cut_off}"), "c-vault", &["b-scp"], &[]);
}

/// `The upload ended because of an internal error` is no message that was cut off before `occurred`.
#[test]
fn the_end_of_another_sentence_is_no_beginning() {
    let wordings = [
        ("a-gone", "The chosen key does not exist in the vault"),
        ("b-internal", "An internal error occurred"),
    ];
    let tier = |message: &str| answer(&wordings, message).map(|(_, tier, _)| tier);
    assert_ne!(tier("The upload ended because of an internal error"), Some(Tier::CutOff));
    for message in ["An internal error", "The upload ended. An internal error", "ERROR An internal error o"] {
        assert_eq!(tier(message), Some(Tier::CutOff), "{message}");
    }
}

/// The second copy was taken for words that nothing explains.
#[test]
fn pasted_twice_is_once() {
    let one = "The chosen key does not exist in th";
    let other = "someone's chosen key seems to exist no longer at all";
    for message in [one, other] {
        let once = answer(&BEGIN_ALIKE, message);
        assert!(once.is_some(), "{message}");
        assert_eq!(answer(&BEGIN_ALIKE, &format!("{message}\n{message}")), once, "{message}");
    }
}

#[test]
fn a_reworded_message_names_the_other_root_causes_that_come_near_and_no_others() {
    let wordings =
        [BEGIN_ALIKE[0], BEGIN_ALIKE[1], ("d-tags", "The snapshot has more tags than are allowed")];
    let message = "someone's chosen key seems to exist no longer at all";
    ranks(&wordings, message, "b-off", &[], &["a-gone"]);
    let classifier = Classifier::new(catalogue(&wordings));
    let answer = classifier.classify(message);
    let sure = answer.diagnosis().expect("it is known").confidence;
    assert!(sure + answer.alternatives()[0].confidence <= 1.0, "together they are no surer than one");
}

/// The messages beside the best wording are true as well, however near they come.
#[test]
fn a_reworded_message_among_others_names_those_once() {
    let wordings = [
        ("a-tags", "the tags are locked"),
        ("b-vault", "the vault is locked by tags"),
        ("c-limit", "The snapshot has more tags than are allowed in the vault of the other account"),
    ];
    let reworded = "Tags of a snapshot were more than allowed, in the other account's vault";
    let text = format!("the tags are locked. the vault is locked by tags. {reworded}");
    ranks(&wordings, &text, "c-limit", &["a-tags"], &["b-vault"]);
}

#[test]
fn too_little_of_a_wording_tells_nothing() {
    for message in ["The chosen key", "The cho", "The chosen key does not exist elsewhere in th"] {
        let tier = answer(&BEGIN_ALIKE, message).map(|(_, tier, _)| tier);
        assert_ne!(tier, Some(Tier::CutOff), "{message}");
    }
}

#[test]
fn a_beginning_has_most_of_a_wording_and_more_than_two_words() {
    for (wording, message) in [
        ("The chosen key does not exist in the vault", "The chosen key does not"),
        ("The key vanished", "The key"),
    ] {
        let tier = answer(&[("a-gone", wording)], message).map(|(_, tier, _)| tier);
        assert_ne!(tier, Some(Tier::CutOff), "{message}");
    }
}

/// What stands around the wording says the rest of another one.
#[test]
fn a_wording_is_less_sure_where_the_words_around_it_speak_for_another_root_cause() {
    let wordings = [
        ("a-any", "the role is not authorized to perform this action, with an explicit deny"),
        (
            "b-scp",
            "the role is not authorized to perform this action by a service control policy of the organization",
        ),
    ];
    let sure = |message: &str| answer(&wordings, message).map(|(id, _, confidence)| (id, confidence));
    let sentence = wordings[0].1;
    let disputed = format!("{sentence} by an organization's service control policy");
    let (id, confidence) = sure(&disputed).expect("it is diagnosed");
    let (_, alone) = sure(&format!("{sentence} by a club of the lonely hearts")).expect("it is diagnosed");
    assert!(confidence < alone - 0.2, "{id}: {confidence}, {alone} alone");
}

/// However sure the wording that leaves the reason open.
#[test]
fn a_reason_beside_a_wording_that_leaves_it_open_is_the_answer_if_it_is_likely_enough() {
    let classifier = Classifier::builtin();
    let answers = |reason: &str, id: &str, tier: Tier| {
        let answer = classifier.classify(&format!("An internal error occurred. {reason}"));
        let diagnosis = answer.diagnosis().expect("it is diagnosed");
        assert_eq!((diagnosis.root_cause.id.as_str(), diagnosis.tier), (id, tier), "{reason}");
    };
    answers("A service control policy forbids it explicitly", "denied-by-organization-policy", Tier::Similar);
    answers("The access token has expired", "internal-error", Tier::Exact);
}

#[test]
fn a_reworded_message_of_another_system_is_known_only_if_it_names_a_copy_job() {
    let classifier = Classifier::builtin();
    let is_known = |text| classifier.classify(text).diagnosis().is_some();
    assert!(is_known("The token has expired, please try it again"));
    assert!(!is_known("GitLab: the token has expired, please try it again"));
    assert!(is_known("GitLab on our copy job: the token has expired, please try it again"));
    // What stands there word for word needs no such doubt.
    assert!(is_known("GitLab: Token expired. Try again."));
}

/// A story around a part that tells.
fn told(part: &str) -> String {
    format!(
        "Copies of Apollo are red since Monday, Anna watched graphs all evening, Clara phoned three suppliers about \
         Gemini: {part}, and Bert asks Dora's purchasing crowd for budget around Christmas"
    )
}

const ROLE: &str = "the role could not be assumed by the backup service";
const QUOTA: &str = "the quota of snapshots in the account is reached";

#[test]
fn a_part_of_what_somebody_tells_is_an_answer_and_never_a_sure_one() {
    let classifier = Classifier::builtin();
    for (part, expected) in [(ROLE, "role-not-assumable"), (QUOTA, "snapshot-quota-exceeded")] {
        let (message, alone) = (told(part), classifier.classify(part));
        let answer = classifier.classify(&message);
        let (Some(diagnosis), Some(alone)) = (answer.diagnosis(), alone.diagnosis()) else {
            panic!("{answer:?}")
        };
        assert_eq!((diagnosis.root_cause.id.as_str(), diagnosis.tier), (expected, Tier::Similar));
        assert_eq!(message.get(diagnosis.span.clone()), Some(part));
        assert_eq!(diagnosis.confidence, alone.confidence.min(0.85), "{part}");
    }
}

#[test]
fn parts_that_tell_of_two_root_causes_tell_of_none() {
    assert_eq!(confidence(&told(&format!("{ROLE}, {QUOTA}"))), 0.0);
}

#[test]
fn a_part_tells_only_of_trouble_and_only_where_the_text_is_about_copying_and_no_other_job() {
    let is_known = |message: String| confidence(&message) > 0.0;
    assert!(is_known(told(QUOTA)));
    assert!(!is_known(told(QUOTA).replace("Copies", "Reports")));
    assert!(!is_known(told(QUOTA).replace("since", "since the restore job of")));
    assert!(!is_known(told("a value of the tag key")));
}

#[test]
fn a_part_that_says_what_any_failure_says_tells_nothing() {
    let mut catalogue = Catalogue::builtin();
    catalogue.overlay([file("a-cause", "Copy job failed with state")]);
    assert!(Classifier::new(catalogue).classify("Copy job failed. Please try again.").diagnosis().is_none());
}

#[test]
fn an_explanation_is_about_the_part_that_tells() {
    let classifier = Classifier::builtin();
    let explanation = classifier.explain(&told(QUOTA));
    let [best, ..] = explanation.considered.as_slice() else { panic!("{explanation:?}") };
    assert_eq!((best.root_cause.id.as_str(), best.loss), ("snapshot-quota-exceeded", None));
    let words: Vec<&str> = best.words.iter().map(|word| word.word.as_str()).collect();
    assert!(words.contains(&"reached") && !words.contains(&"apollo"), "{words:?}");
}

#[test]
fn that_a_copy_job_failed_says_less_against_a_root_cause_than_other_words() {
    let classifier = Classifier::builtin();
    let confidence = |words| {
        let text = format!("{words} the tags cannot be listed by the role");
        classifier.classify(&text).diagnosis().map(|diagnosis| diagnosis.confidence)
    };
    let (expected, other) = (confidence("Copy job failed:"), confidence("Session key limit:"));
    assert!(expected.is_some() && expected > other, "{expected:?} {other:?}");
}

/// It says something once it has more words than the wording that leaves the reason open, and of as many nothing yet.
#[test]
fn a_message_that_is_cut_off_beside_a_wording_that_leaves_the_reason_open_says_more_than_that() {
    let classifier = Classifier::builtin();
    let answer = |beginning: &str| {
        let answer = classifier.classify(&format!("An internal error occurred. {beginning}"));
        answer.diagnosis().map(|diagnosis| (diagnosis.root_cause.id.clone(), diagnosis.tier))
    };
    assert_eq!(answer("Given key ID does"), Some(("internal-error".to_owned(), Tier::Exact)));
    assert_eq!(answer("Given key ID does not"), Some(("key-not-found".to_owned(), Tier::CutOff)));
}

/// What it means alone would be said by both.
#[test]
fn a_wording_and_nothing_else_is_certain_however_near_another_comes() {
    let wordings = [
        (
            "a-key",
            "The copy to the vault was denied, since the key of the snapshot is disabled in the destination account",
        ),
        (
            "b-vault",
            "The snapshot was denied, since the vault of the destination account is disabled in the key to the copy",
        ),
    ];
    for (id, text) in wordings {
        assert_eq!(answer(&wordings, text), Some((id.to_owned(), Tier::Exact, exact::CERTAIN)));
    }
}

#[test]
fn a_wording_that_leaves_the_reason_open_is_no_alternative_to_one_that_gives_it() {
    let classifier = Classifier::builtin();
    let answer = classifier.classify(&format!("{MESSAGE}. An internal error occurred."));
    assert_eq!(answer.diagnosis().map(|diagnosis| diagnosis.tier), Some(Tier::Exact));
    assert_eq!(answer.alternatives(), []);
}

/// Its other sentence is by far the longer one.
#[test]
fn a_message_that_says_one_sentence_of_a_long_wording_comes_near_it() {
    let long = "It may be copied to alpha, bravo, charlie, delta, echo, foxtrot, golf, hotel, india, juliett, kilo, \
                lima, mike, november, oscar, papa, quebec, romeo, sierra, tango, uniform, victor, whiskey, xray, yankee, \
                zulu, mercury, venus, mars, jupiter, saturn, uranus, neptune and pluto; the chosen licence has vanished";
    let wordings = [("a-licence", long), ("b-tags", "The snapshot has more tags than are allowed")];
    let message = "Hello dear colleagues, yesterday evening somebody called from Hamburg: the chosen licence has vanished. \
                   Meanwhile three customers complain loudly, as their quarterly invoices depend upon this, and Monday \
                   morning auditors from Munich will arrive, hungry for coffee, sandwiches, explanations and spreadsheets.";
    assert_eq!(ranking(&wordings, message), [vec![], vec![], vec!["a-licence"]]);
}

/// Meanings do not tell apart what begins alike.
#[test]
fn what_is_cut_off_before_wordings_differ_is_no_surer_for_what_it_means() {
    let wordings = [
        ("a-short", "The chosen key does not exist in the vault"),
        ("b-long", "The chosen key does not exist in the vault of the other account and of its Region"),
    ];
    let sure =
        |wordings: &[_]| answer(wordings, "The chosen key does not exist in the va").expect("it is known");
    let (id, tier, confidence) = sure(&wordings);
    assert_eq!((&*id, tier), ("a-short", Tier::CutOff));
    assert!((0.5..0.7).contains(&confidence), "{confidence}");
    assert!(sure(&wordings[..1]).2 > 0.9);
}

/// Found by fuzzing: a wording that the words around it spoke against stayed an answer below the line.
#[test]
fn no_answer_is_less_sure_than_the_line() {
    const SAID_TWICE: &str = "assumed-role/AWSBackupDefaultServiceRole/AWSBackup-AWSBackupDefaultServiceR\t\0ole is not \
                              authorized to perform: backup\0\0\0\x06:CopyIntoBackupVault on resource: \
                              arn:aws:backup:eu-central-1:444455556666:backup-vault:dr";
    let message = format!(
        "User: arn:aws:s122223333:{SAID_TWICE} with an explicit deny ts::111122223333:{SAID_TWICE} explicit deny service control"
    );
    assert_eq!(Classifier::builtin().classify(&message).reason(), Some(Reason::MostlyUnexplained));
}

/// Of any other message nobody said that the id is one of a copy job.
#[test]
fn only_a_notice_names_the_job_to_look_up() {
    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
    let named = |message: &str| match Classifier::builtin().classify(message) {
        Answer::Unknown(unknown) => (unknown.reason, unknown.copy_job_id),
        Answer::Diagnosed(diagnosis) => panic!("{message}: {diagnosis:?}"),
    };
    let notice = format!("An AWS Copy job failed. Copy Job Id : {ID}");
    assert_eq!(named(&notice), (Reason::NoticeWithoutReason, Some(ID.to_owned())));
    for (message, reason) in [
        (format!("Backup job {ID} failed"), Reason::BackupJob),
        (format!("The weather in {ID} was fine today"), Reason::NoKnownWording),
    ] {
        assert_eq!(named(&message), (reason, None), "{message}");
    }
}

#[test]
fn a_catalogue_without_root_causes_knows_nothing() {
    let classifier = Classifier::new(catalogue(&[]));
    assert_eq!(classifier.classify(MESSAGE).reason(), Some(Reason::NoKnownWording));
}

#[test]
fn where_a_wording_names_an_identifier_identifiers_tell() {
    const TEXT: &str = "The account 111122223333 may not copy";
    let classifier = Classifier::new(catalogue(&[("x", TEXT)]));
    let memory = Memory::new(&classifier);
    let tier = |message: &str| memory.classify(message).diagnosis().map(|diagnosis| diagnosis.tier);
    assert_eq!(tier(TEXT), Some(Tier::Exact));
    assert_ne!(tier("The account 444455556666 may not copy"), Some(Tier::Exact));
}

#[test]
fn identifiers_tell_nothing_in_the_builtin_catalogue() {
    assert!(!Classifier::builtin().identifiers_tell);
}

/// However near a root cause comes, it is named as near and not as likely.
#[test]
fn what_is_below_the_line_is_never_said_to_be_above_it() {
    let classifier = Classifier::builtin();
    let wording = classifier.catalogue().root_causes()[0].patterns[0].clone();
    let root_cause = &classifier.catalogue().root_causes()[0];
    let score = |value| Score {
        root_cause,
        wording: &wording,
        value,
        value_as_rival: value,
        coverage: value,
        precision: value,
    };
    assert_eq!(similar::confidence_below_line(&score(1.0)), 0.49);
    assert!(similar::confidence_below_line(&score(0.2)) < 0.1);
}

/// IAM's sentence is the same for all calls, and this one starts no copy.
#[test]
fn a_denied_call_that_starts_a_job_of_another_kind_is_about_that_job() {
    let classifier = Classifier::builtin();
    let reason = |call: &str| {
        let message = format!(
            "User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: backup:{call} on resource: \
             arn:aws:backup:eu-west-1:111122223333:recovery-point:z because no identity-based policy allows the \
             backup:{call} action"
        );
        classifier.classify(&message).reason()
    };
    let calls = ["StartRestoreJob", "StartBackupJob", "StartCopyJob"];
    assert_eq!(calls.map(reason), [Some(Reason::RestoreJob), Some(Reason::BackupJob), None]);
}
