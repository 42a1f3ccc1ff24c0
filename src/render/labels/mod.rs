//! The words of the output for people, in both languages. One struct, so that no language can lack one.

mod answers;
mod check;
mod slots;

use crate::catalogue::{Account, Evidence, Group};
use crate::language::Language;

pub(super) use crate::phrases::number;
pub(super) use answers::{exact_match, loss, messages, reason, sureness};
pub(super) use check::{Counted, change, count};
pub(super) use slots::slot;

/// Every label of the text output.
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Labels {
    pub(super) cause: &'static str,
    pub(super) who_acts: &'static str,
    pub(super) then: &'static str,
    pub(super) steps: &'static str,
    pub(super) still_open: &'static str,
    pub(super) open_help: &'static str,
    pub(super) open_help_job: &'static str,
    pub(super) blanks: &'static str,
    pub(super) sources: &'static str,
    pub(super) check: &'static str,
    pub(super) change: &'static str,
    pub(super) policy: &'static str,
    pub(super) terraform: &'static str,
    pub(super) change_in_terraform: &'static str,
    pub(super) why: &'static str,
    pub(super) link: &'static str,
    pub(super) message: &'static str,
    pub(super) cut_off_match: &'static str,
    pub(super) recognised_by: &'static str,
    pub(super) similar_match: &'static str,
    pub(super) part: &'static str,
    pub(super) matched: &'static str,
    pub(super) named: &'static str,
    pub(super) also_possible: &'static str,
    pub(super) nearest: &'static str,
    pub(super) further: &'static str,
    pub(super) more: &'static str,
    pub(super) more_policy: &'static str,
    pub(super) more_terraform: &'static str,
    pub(super) more_why: &'static str,
    pub(super) unknown_title: &'static str,
    pub(super) unknown_help: &'static str,
    pub(super) reason_command: &'static str,
    pub(super) jobs: &'static str,
    pub(super) root_cause: &'static str,
    pub(super) root_causes: &'static str,
    pub(super) more_explain: &'static str,
    pub(super) accounts: &'static str,
    pub(super) regions: &'static str,
    pub(super) pairs: &'static str,
    pub(super) no_failure: &'static str,
    pub(super) no_new_failure: &'static str,
    pub(super) unknown_messages: &'static str,
    pub(super) records: &'static str,
    pub(super) diagnosed: &'static str,
    pub(super) unknown: &'static str,
    pub(super) without_message: &'static str,
    pub(super) known: &'static str,
    pub(super) skipped: &'static str,
    pub(super) duplicates: &'static str,
    pub(super) rejected: &'static str,
    pub(super) states: &'static str,
    pub(super) details: &'static str,
    pub(super) wordings: &'static str,
    pub(super) near_misses: &'static str,
    pub(super) why_heading: &'static str,
    pub(super) is_answer: &'static str,
    pub(super) stands: &'static str,
    pub(super) in_common: &'static str,
    pub(super) lacking: &'static str,
    pub(super) unexplained: &'static str,
    pub(super) proven: &'static str,
    pub(super) error: &'static str,
    pub(super) help: &'static str,
}

const EN: Labels = Labels {
    cause: "Cause",
    who_acts: "Who acts",
    then: "then:",
    steps: "What to do",
    still_open: "Still open",
    open_help: "These flags fill the blanks:",
    open_help_job: "Pipe the job in (aws backup describe-copy-job … | copydoctor), or give these flags:",
    blanks: "The blanks in <angle brackets> are filled as soon as a message or a job is diagnosed.",
    sources: "Sources",
    check: "Check:",
    change: "Change:",
    policy: "Policy:",
    terraform: "The same in Terraform:",
    change_in_terraform: "Change, in Terraform:",
    why: "Why:",
    link: "See:",
    message: "Message",
    cut_off_match: "the beginning of a known sentence, word for word; its end was cut off",
    recognised_by: "Recognised by",
    similar_match: "says in other words what a known sentence says",
    part: "Part that tells",
    matched: "Wording",
    named: "Named in it",
    also_possible: "Also possible",
    nearest: "It comes nearest to",
    further: "Further messages",
    more: "More",
    more_policy: "the policy of a step alone, to pipe into a command",
    more_terraform: "the change as Terraform, where that is shorter",
    more_why: "what the answer was chosen from",
    unknown_title: "Unknown: no known failure message of a copy job stands in this text",
    unknown_help: "See that the text is the whole status message of a copy job: `aws backup describe-copy-job \
                   --copy-job-id <copy_job_id>` prints it, and its output can be piped in here as it is.",
    reason_command: "This prints the reason, in the account and Region that the copy was made from:",
    jobs: "Jobs",
    root_cause: "Root cause",
    root_causes: "Why a copy job of AWS Backup fails",
    more_explain: "All that is known of one: copydoctor explain ID",
    accounts: "Accounts",
    regions: "Regions",
    pairs: "pairs",
    no_failure: "No job with a known cause of failure.",
    no_new_failure: "No job with a new failure.",
    unknown_messages: "Unknown messages",
    records: "Records",
    diagnosed: "diagnosed",
    unknown: "unknown",
    without_message: "without a message",
    known: "known from the baseline",
    skipped: "left out by filters",
    duplicates: "duplicates",
    rejected: "rejected",
    states: "States",
    details: "What to do about a job, with its own accounts and vaults filled in:",
    wordings: "How AWS says it",
    near_misses: "What looks like it and is not",
    why_heading: "Why",
    is_answer: "the answer",
    stands: "Stands in the message as",
    in_common: "In common",
    lacking: "The message lacks",
    unexplained: "Unexplained in the message",
    proven: "proven",
    error: "error",
    help: "help",
};

const DE: Labels = Labels {
    cause: "Ursache",
    who_acts: "Wer handelt",
    then: "danach:",
    steps: "Was zu tun ist",
    still_open: "Noch offen",
    open_help: "Diese Optionen füllen die Lücken:",
    open_help_job: "Leiten Sie den Auftrag hierher (aws backup describe-copy-job … | copydoctor), oder geben \
                    Sie diese Optionen an:",
    blanks: "Die Lücken in <spitzen Klammern> füllen sich, sobald eine Meldung oder ein Auftrag diagnostiziert wird.",
    sources: "Quellen",
    check: "Prüfen:",
    change: "Ändern:",
    policy: "Richtlinie:",
    terraform: "Dasselbe in Terraform:",
    change_in_terraform: "Ändern, in Terraform:",
    why: "Warum:",
    link: "Siehe:",
    message: "Meldung",
    cut_off_match: "der Anfang eines bekannten Satzes, Wort für Wort; sein Ende ist abgeschnitten",
    recognised_by: "Erkannt an",
    similar_match: "sagt in anderen Worten, was ein bekannter Satz sagt",
    part: "Aussage darin",
    matched: "Satz",
    named: "Darin genannt",
    also_possible: "Auch möglich",
    nearest: "Am nächsten kommt sie",
    further: "Weitere Meldungen",
    more: "Mehr",
    more_policy: "nur die Richtlinie eines Schritts, um sie in einen Befehl zu leiten",
    more_terraform: "die Änderung als Terraform, wo das kürzer ist",
    more_why: "woraus die Antwort gewählt wurde",
    unknown_title: "Unbekannt: In diesem Text steht keine bekannte Fehlermeldung eines Kopierauftrags",
    unknown_help: "Prüfen Sie, ob der Text die ganze Statusmeldung eines Kopierauftrags ist: `aws backup \
                   describe-copy-job --copy-job-id <copy_job_id>` gibt sie aus, und diese Ausgabe lässt sich \
                   unverändert hierher leiten.",
    reason_command: "Den Grund gibt dieser Befehl aus, im Konto und in der Region, aus der kopiert wurde:",
    jobs: "Jobs",
    root_cause: "Ursache",
    root_causes: "Warum ein Kopierauftrag von AWS Backup scheitert",
    more_explain: "Alles, was über eine bekannt ist: copydoctor explain ID",
    accounts: "Konten",
    regions: "Regionen",
    pairs: "Paare",
    no_failure: "Kein Auftrag mit bekannter Fehlerursache.",
    no_new_failure: "Kein Auftrag mit einem neuen Fehler.",
    unknown_messages: "Unbekannte Meldungen",
    records: "Datensätze",
    diagnosed: "diagnostiziert",
    unknown: "unbekannt",
    without_message: "ohne Meldung",
    known: "aus der Baseline bekannt",
    skipped: "durch Filter ausgelassen",
    duplicates: "doppelt",
    rejected: "abgewiesen",
    states: "Status",
    details: "Was bei einem Auftrag zu tun ist, mit seinen eigenen Konten und Tresoren:",
    wordings: "Wie AWS es sagt",
    near_misses: "Was so aussieht und es nicht ist",
    why_heading: "Warum",
    is_answer: "die Antwort",
    stands: "Steht in der Meldung als",
    in_common: "Gemeinsam",
    lacking: "Der Meldung fehlt",
    unexplained: "In der Meldung ungeklärt",
    proven: "bewiesen",
    error: "Fehler",
    help: "Abhilfe",
};

/// The labels of a language.
pub(super) fn labels(language: Language) -> &'static Labels {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// A share as a percentage.
pub(super) fn percent(share: f64, language: Language) -> String {
    match language {
        Language::En => format!("{:.0}%", share * 100.0),
        Language::De => format!("{:.0} %", share * 100.0),
    }
}

/// That a policy follows, which a command reads from a file.
pub(super) fn policy_in(file: &str, language: Language) -> String {
    match language {
        Language::En => format!("Policy ({file}):"),
        Language::De => format!("Richtlinie ({file}):"),
    }
}

/// A share in hundredths.
pub(super) fn hundredths(share: f64, language: Language) -> String {
    let point = format!("{share:.2}");
    match language {
        Language::En => point,
        Language::De => point.replace('.', ","),
    }
}

/// What an account is called.
pub(super) fn account(account: Account, language: Language) -> &'static str {
    match (account, language) {
        (Account::Source, Language::En) => "source account",
        (Account::Source, Language::De) => "Quellkonto",
        (Account::Destination, Language::En) => "destination account",
        (Account::Destination, Language::De) => "Zielkonto",
        (Account::Management, Language::En) => "management account",
        (Account::Management, Language::De) => "Verwaltungskonto",
    }
}

/// What a group is called.
pub(super) fn group(group: Group, language: Language) -> &'static str {
    match (group, language) {
        (Group::Organization, Language::En) => "organization",
        (Group::Organization, Language::De) => "Organisation",
        (Group::Support, Language::En) => "support by AWS",
        (Group::Support, Language::De) => "Unterstützung durch AWS",
        (Group::Encryption, Language::En) => "encryption",
        (Group::Encryption, Language::De) => "Verschlüsselung",
        (Group::Permissions, Language::En) => "permissions",
        (Group::Permissions, Language::De) => "Berechtigungen",
        (Group::Lifecycle, Language::En) => "lifecycle",
        (Group::Lifecycle, Language::De) => "Lebenszyklus",
        (Group::Limits, Language::En) => "limits",
        (Group::Limits, Language::De) => "Limits",
        (Group::Tags, Language::En) => "tags",
        (Group::Tags, Language::De) => "Tags",
        (Group::State, Language::En) => "state of the recovery point",
        (Group::State, Language::De) => "Zustand des Wiederherstellungspunkts",
        (Group::Service, Language::En) => "AWS Backup itself",
        (Group::Service, Language::De) => "AWS Backup selbst",
    }
}

/// How well a wording is known, in a word or two.
pub(super) fn evidence(evidence: Evidence, language: Language) -> &'static str {
    match (evidence, language) {
        (Evidence::Documented, Language::En) => "documented",
        (Evidence::Documented, Language::De) => "dokumentiert",
        (Evidence::Observed, Language::En) => "observed",
        (Evidence::Observed, Language::De) => "beobachtet",
        (Evidence::UnderlyingService, Language::En) => "of an underlying service",
        (Evidence::UnderlyingService, Language::De) => "von einem aufgerufenen Dienst",
    }
}

/// That every label has a text in both languages, and not the same one but for those of these names.
#[cfg(test)]
#[track_caller]
pub(super) fn assert_translated<L: serde::Serialize>(english: &L, german: &L, same: &[&str]) {
    use serde_json::Value;
    let of = |labels| match serde_json::to_value(labels) {
        Ok(Value::Object(labels)) => labels,
        other => panic!("labels are a struct: {other:?}"),
    };
    let (english, german) = (of(english), of(german));
    assert!(english.len() > 40);
    for (name, text) in &english {
        let other = &german[name];
        assert_eq!(text == other, same.contains(&name.as_str()), "{name}: {text} and {other}");
        assert!([text, other].iter().all(|text| text.as_str().is_some_and(|text| !text.is_empty())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels that are the same word in both languages.
    const SAME: &[&str] = &["jobs"];

    #[test]
    fn no_label_is_empty_or_left_in_english() {
        assert_translated(&EN, &DE, SAME);
    }

    #[test]
    fn groups_and_accounts_have_a_name_in_each_language() {
        for one in [
            Group::Organization,
            Group::Support,
            Group::Encryption,
            Group::Permissions,
            Group::Lifecycle,
            Group::Limits,
            Group::State,
            Group::Service,
        ] {
            assert_ne!(group(one, Language::En), group(one, Language::De));
        }
        for one in [Account::Source, Account::Destination, Account::Management] {
            assert_ne!(account(one, Language::En), account(one, Language::De));
        }
        for one in [Evidence::Documented, Evidence::Observed, Evidence::UnderlyingService] {
            assert_ne!(evidence(one, Language::En), evidence(one, Language::De));
        }
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(
            ["7", "1,234", "1,234,567"],
            [7, 1234, 1_234_567].map(|n| number(n, Language::En)).each_ref().map(String::as_str)
        );
        assert_eq!(number(100_000, Language::De), "100.000");
        assert_eq!(
            (hundredths(0.5, Language::En), hundredths(0.5, Language::De)),
            ("0.50".into(), "0,50".into())
        );
    }
}
