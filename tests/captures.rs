//! The values that a message names: what the second tier takes from a reworded one agrees with what the first tier
//! takes from the wording itself, or stays open.

mod common;

use std::collections::BTreeSet;

use common::{CLASSIFIER, labelled};
use copydoctor::SlotValues;
use copydoctor::diagnosis::{Diagnosis, Tier};

/// Words that change a wording and leave its meaning.
const SYNONYMS: &[(&str, &str)] = &[
    (" not authorized ", " not permitted "),
    ("is not authorized to perform", "may not perform"),
    ("explicit deny", "explicit denial"),
    ("because", "since"),
    (" allows ", " permits "),
    ("does not exist", "is missing"),
    ("cannot be", "can not ever be"),
    ("cannot be", "is unable to be"),
    ("Cannot copy", "Unable to copy"),
    ("Cannot create", "Unable to create"),
    ("specified", "provided"),
    ("must not have", "may not have"),
    ("not supported", "unsupported"),
    ("not found", "missing"),
    ("initiated", "started"),
    ("allow", "permit"),
    ("reached your quota", "hit your quota"),
    ("nicht berechtigt", "nicht autorisiert"),
    ("nicht initiiert", "nicht gestartet"),
    ("nicht unterstützt", "nicht verfügbar"),
    ("weil", "da"),
    ("erlaubt", "gestattet"),
    ("angegebenen", "genannten"),
    ("nicht vorhanden", "nicht da"),
    ("explizite", "ausdrückliche"),
];

/// The message with two clauses in the other order, or with another word.
fn rewordings(message: &str) -> BTreeSet<String> {
    let mut rewordings = BTreeSet::new();
    for separator in [". ", ", ", "; ", ": ", " because ", " with an ", " weil ", " to ", " nach "] {
        for (at, _) in message.match_indices(separator) {
            let (one, other) = (&message[..at], &message[at + separator.len()..]);
            for between in [separator, ", "] {
                rewordings.insert(format!("{other}{between}{one}"));
            }
        }
    }
    for (word, other) in SYNONYMS.iter().filter(|(word, _)| message.contains(word)) {
        rewordings.insert(message.replace(word, other));
    }
    rewordings
}

/// Every message of the repository that is a known wording and names values.
fn messages_with_values() -> Vec<(String, Diagnosis<'static>)> {
    let examples = CLASSIFIER.catalogue().root_causes().iter().flat_map(|cause| &cause.examples);
    let messages = examples.map(|example| example.message.clone());
    let messages = messages.chain(labelled("documented-messages.jsonl").into_iter().map(|case| case.message));
    let messages: BTreeSet<String> = messages.collect();
    messages
        .into_iter()
        .filter_map(|message| {
            let diagnosis = CLASSIFIER.classify(&message).diagnosis().cloned()?;
            let names_values = diagnosis.captures.iter().count() > 0;
            names_values.then_some((message, diagnosis))
        })
        .collect()
}

#[test]
fn a_reworded_message_gives_the_values_of_the_wording_or_fewer_and_never_others() {
    let messages = messages_with_values();
    assert!(messages.len() >= 40, "{}", messages.len());
    let (mut reworded, mut taken) = (0, 0);
    for (message, exact) in messages {
        for rewording in rewordings(&message) {
            let answer = CLASSIFIER.classify(&rewording);
            let Some(similar) = answer.diagnosis().filter(|it| it.tier == Tier::Similar) else { continue };
            reworded += 1;
            for (slot, value) in similar.captures.iter() {
                taken += 1;
                assert!(slot.kind().accepts(value), "{slot} = {value} in {rewording}");
                assert!(rewording.contains(value), "{slot} = {value} does not stand in {rewording}");
                if similar.root_cause.id == exact.root_cause.id {
                    let expected = exact.captures.get(slot);
                    assert_eq!(expected, Some(value), "{slot} of\n{message}\nin\n{rewording}");
                }
            }
        }
    }
    assert!(reworded >= 400 && taken >= 1000, "{reworded} rewordings, {taken} values");
}

/// The looked-at lines of the held-out messages that name values, and some that were made up.
#[test]
fn values_of_reworded_messages() {
    for (message, expected) in [
        (
            "The copy job from eu-central-1 to eu-west-1 can't be started for Aurora resources. The feature isn't \
             supported for the provided resource type.",
            &[
                ("source_region", "eu-central-1"),
                ("destination_region", "eu-west-1"),
                ("resource_type", "Aurora"),
            ][..],
        ),
        (
            "Nach eu-west-3 lässt sich für DocumentDB-Ressourcen kein Kopierauftrag von eu-central-1 starten. Diese \
             Funktion steht für den angegebenen Ressourcentyp nicht zur Verfügung.",
            &[
                ("source_region", "eu-central-1"),
                ("destination_region", "eu-west-3"),
                ("resource_type", "DocumentDB"),
            ],
        ),
        (
            "Der Target KMS Key [arn:aws:kms:eu-west-1:444455556666:key/9f1c2d3e-aaaa-4bbb-8ccc-0123456789ab] \
             existiert nicht, ist nicht enabled oder du hast keine Permissions darauf.",
            &[(
                "destination_key_arn",
                "arn:aws:kms:eu-west-1:444455556666:key/9f1c2d3e-aaaa-4bbb-8ccc-0123456789ab",
            )],
        ),
        (
            "AWS Backup cannot assume the IAM role arn:aws:iam::123412341234:role/service-role/BackupRole",
            &[("role_arn", "arn:aws:iam::123412341234:role/service-role/BackupRole")],
        ),
        (
            "Der Benutzer arn:aws:sts::222233334444:assumed-role/backup-rolle/AWSBackup ist für ec2:CopySnapshot auf \
             der Ressource arn:aws:ec2:eu-north-1::snapshot/snap-0aa11bb22cc33dd44 nicht autorisiert, weil keine \
             Service-Kontrollrichtlinie die Aktion ec2:CopySnapshot zulässt",
            &[
                ("principal_arn", "arn:aws:sts::222233334444:assumed-role/backup-rolle/AWSBackup"),
                ("denied_action", "ec2:CopySnapshot"),
                ("denied_resource_arn", "arn:aws:ec2:eu-north-1::snapshot/snap-0aa11bb22cc33dd44"),
            ],
        ),
        // The wildcard could be the resource as well as a part of it, so no ARN is taken.
        (
            "BackupRole is not authorized to perform: rds:CopyDBSnapshot on resource: \
             arn:aws:rds:us-west-2:222233334444:snapshot:* with an explicit deny in a service control policy: \
             arn:aws:organizations::999900001111:policy/o-abc123/service_control_policy/p-xyz",
            &[("denied_action", "rds:CopyDBSnapshot")],
        ),
        (
            "The specified value for tag key 'CostCenter' isn't allowed by the tag policy",
            &[("tag_key", "CostCenter")],
        ),
        ("hit the limit of 5 concurrent snapshot copies for the destination region again", &[("limit", "5")]),
        (
            "Du hast deine Quote von 50.000 öffentlichen und privaten Images in dieser Region erreicht.",
            &[("limit", "50.000")],
        ),
    ] {
        let answer = CLASSIFIER.classify(message);
        let diagnosis = answer.diagnosis().unwrap_or_else(|| panic!("{message} is unknown"));
        assert_eq!(diagnosis.tier, Tier::Similar, "{message}");
        let captures: Vec<_> = diagnosis.captures.iter().map(|(slot, value)| (slot.name(), value)).collect();
        assert_eq!(captures, expected, "{message}");
    }
}

/// Whom a policy admits is never a message's to say, however it was recognised.
#[test]
fn no_account_of_a_reworded_message_gets_into_the_advice() {
    let message = "AWS Backup cannot assume the IAM role arn:aws:iam::666666666666:role/BackupRole";
    let answer = CLASSIFIER.classify(message);
    let diagnosis = answer.diagnosis().expect("it is known");
    assert_eq!(diagnosis.tier, Tier::Similar);
    let mut values = SlotValues::default();
    values.fill_gaps_from_message(&diagnosis.captures);
    let accounts = [copydoctor::Slot::SourceAccount, copydoctor::Slot::DestinationAccount];
    assert!(accounts.iter().all(|slot| values.get(*slot).is_none()), "{values:?}");
}
