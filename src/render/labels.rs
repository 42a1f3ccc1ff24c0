//! The words of the text output, in both languages. One struct, so that no language can lack one.

use crate::catalogue::{Account, Evidence, Group};
use crate::diagnosis::{Loss, Reason};
use crate::language::Language;

/// Every label of the text output.
pub(super) struct Labels {
    pub(super) how_sure: &'static str,
    pub(super) cause: &'static str,
    pub(super) who_acts: &'static str,
    pub(super) steps: &'static str,
    pub(super) still_open: &'static str,
    pub(super) sources: &'static str,
    pub(super) check: &'static str,
    pub(super) change: &'static str,
    pub(super) policy: &'static str,
    pub(super) terraform: &'static str,
    pub(super) why: &'static str,
    pub(super) link: &'static str,
    pub(super) message: &'static str,
    pub(super) cut_off_match: &'static str,
    pub(super) similar_match: &'static str,
    pub(super) matched: &'static str,
    pub(super) named: &'static str,
    pub(super) also_possible: &'static str,
    pub(super) further: &'static str,
    pub(super) unknown_title: &'static str,
    pub(super) unknown_help: &'static str,
    pub(super) reason_command: &'static str,
    pub(super) jobs: &'static str,
    pub(super) root_cause: &'static str,
    pub(super) root_causes: &'static str,
    pub(super) accounts: &'static str,
    pub(super) regions: &'static str,
    pub(super) pairs: &'static str,
    pub(super) no_failure: &'static str,
    pub(super) unknown_messages: &'static str,
    pub(super) records: &'static str,
    pub(super) diagnosed: &'static str,
    pub(super) unknown: &'static str,
    pub(super) without_message: &'static str,
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
}

const EN: Labels = Labels {
    how_sure: "How sure",
    cause: "Cause",
    who_acts: "Who acts",
    steps: "What to do",
    still_open: "Still open",
    sources: "Sources",
    check: "Check:",
    change: "Change:",
    policy: "Policy:",
    terraform: "The same in Terraform:",
    why: "Why:",
    link: "See:",
    message: "Message",
    cut_off_match: "the beginning of a known sentence, word for word; its end was cut off",
    similar_match: "says in other words what a known sentence says",
    matched: "Matched",
    named: "Named in it",
    also_possible: "Also possible",
    further: "Further messages",
    unknown_title: "Unknown: no known failure message of a copy job stands in this text",
    unknown_help: "See that the text is the whole status message of a copy job: `aws backup describe-copy-job \
                   --copy-job-id <copy_job_id>` prints it, and its output can be piped in here as it is.",
    reason_command: "This prints the reason, in the account and Region that the copy was made from:",
    jobs: "Jobs",
    root_cause: "Root cause",
    root_causes: "Why a copy job of AWS Backup fails",
    accounts: "Accounts",
    regions: "Regions",
    pairs: "pairs",
    no_failure: "No job with a known cause of failure.",
    unknown_messages: "Unknown messages",
    records: "Records",
    diagnosed: "diagnosed",
    unknown: "unknown",
    without_message: "without a message",
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
};

const DE: Labels = Labels {
    how_sure: "Wie sicher",
    cause: "Ursache",
    who_acts: "Wer handelt",
    steps: "Was zu tun ist",
    still_open: "Noch offen",
    sources: "Quellen",
    check: "Prüfen:",
    change: "Ändern:",
    policy: "Richtlinie:",
    terraform: "Dasselbe in Terraform:",
    why: "Warum:",
    link: "Siehe:",
    message: "Meldung",
    cut_off_match: "der Anfang eines bekannten Satzes, Wort für Wort; sein Ende ist abgeschnitten",
    similar_match: "sagt in anderen Worten, was ein bekannter Satz sagt",
    matched: "Erkannt",
    named: "Darin genannt",
    also_possible: "Auch möglich",
    further: "Weitere Meldungen",
    unknown_title: "Unbekannt: In diesem Text steht keine bekannte Fehlermeldung eines Kopierauftrags",
    unknown_help: "Prüfen Sie, ob der Text die ganze Statusmeldung eines Kopierauftrags ist: `aws backup \
                   describe-copy-job --copy-job-id <copy_job_id>` gibt sie aus, und diese Ausgabe lässt sich \
                   unverändert hierher leiten.",
    reason_command: "Den Grund gibt dieser Befehl aus, im Konto und in der Region, aus der kopiert wurde:",
    jobs: "Jobs",
    root_cause: "Ursache",
    root_causes: "Warum ein Kopierauftrag von AWS Backup scheitert",
    accounts: "Konten",
    regions: "Regionen",
    pairs: "Paare",
    no_failure: "Kein Auftrag mit bekannter Fehlerursache.",
    unknown_messages: "Unbekannte Meldungen",
    records: "Datensätze",
    diagnosed: "diagnostiziert",
    unknown: "unbekannt",
    without_message: "ohne Meldung",
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

/// Why an exact match is sure, and what takes away from it.
pub(super) fn exact_match(evidence: Evidence, unexplained_words: usize, language: Language) -> String {
    let sentence = match (evidence, language) {
        (Evidence::Documented, Language::En) => "a sentence that AWS documents",
        (Evidence::Documented, Language::De) => "ein von AWS dokumentierter Satz",
        (Evidence::Observed, Language::En) => "a sentence reported from a real copy job",
        (Evidence::Observed, Language::De) => "ein Satz aus einem echten Kopierauftrag",
        (Evidence::UnderlyingService, Language::En) => "a sentence of a service that AWS Backup calls",
        (Evidence::UnderlyingService, Language::De) => "ein Satz eines Dienstes, den AWS Backup aufruft",
    };
    match (unexplained_words, language) {
        (0, Language::En) => format!("{sentence}, word for word"),
        (0, Language::De) => format!("{sentence}, Wort für Wort"),
        (1, Language::En) => format!("{sentence}, word for word; one more word around it is unexplained"),
        (1, Language::De) => format!("{sentence}, Wort für Wort; ein weiteres Wort darum bleibt ungeklärt"),
        (count, Language::En) => {
            format!("{sentence}, word for word; {count} more words around it are unexplained")
        }
        (count, Language::De) => {
            format!("{sentence}, Wort für Wort; {count} weitere Wörter darum bleiben ungeklärt")
        }
    }
}

/// That a text holds several messages.
pub(super) fn messages(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("The text holds {count} messages. Also in it:"),
        Language::De => format!("Der Text enthält {count} Meldungen. Außerdem darin:"),
    }
}

/// Why a root cause lost.
pub(super) fn loss(loss: Loss, language: Language) -> &'static str {
    match (loss, language) {
        (Loss::LeavesOpen, Language::En) => "lost: it leaves open what went wrong",
        (Loss::LeavesOpen, Language::De) => "verworfen: lässt offen, was schiefging",
        (Loss::AnotherMessage, Language::En) => "another message of the same text, named beside the answer",
        (Loss::AnotherMessage, Language::De) => {
            "eine weitere Meldung desselben Textes, neben der Antwort genannt"
        }
        (Loss::IsPart, Language::En) => "lost: its wording is only a part of the other",
        (Loss::IsPart, Language::De) => "verworfen: Der Satz ist nur ein Teil des anderen",
        (Loss::ExplainsLess, Language::En) => "lost: its wording explains less of the message",
        (Loss::ExplainsLess, Language::De) => "verworfen: Der Satz erklärt weniger von der Meldung",
        (Loss::OnlySimilar, Language::En) => "lost: it is only similar, the other stands there word for word",
        (Loss::OnlySimilar, Language::De) => "verworfen: nur ähnlich, der andere Satz steht wörtlich da",
        (Loss::LessNear, Language::En) => "lost: it comes less near",
        (Loss::LessNear, Language::De) => "verworfen: kommt weniger nahe",
        (Loss::TooFar, Language::En) => "lost: it comes too little near",
        (Loss::TooFar, Language::De) => "verworfen: kommt zu wenig nahe",
        (Loss::OtherJob, Language::En) => "lost: the message is about a job of another kind",
        (Loss::OtherJob, Language::De) => "verworfen: Die Meldung gilt einem Auftrag anderer Art",
    }
}

/// Why there is no diagnosis, as a sentence.
pub(super) fn reason(reason: Reason, language: Language) -> &'static str {
    match (reason, language) {
        (Reason::NoText, Language::En) => "There is no text to diagnose.",
        (Reason::NoText, Language::De) => "Es gibt keinen Text, der sich diagnostizieren ließe.",
        (Reason::Fragment, Language::En) => {
            "It is too short to tell: these words stand in the messages of many root causes."
        }
        (Reason::Fragment, Language::De) => {
            "Es ist zu kurz: Diese Wörter stehen in den Meldungen vieler Ursachen."
        }
        (Reason::NoticeWithoutReason, Language::En) => {
            "It is a notice that a copy job ended; it leaves out why."
        }
        (Reason::NoticeWithoutReason, Language::De) => {
            "Es ist eine Benachrichtigung über das Ende eines Kopierauftrags; den Grund lässt sie weg."
        }
        (Reason::BackupJob, Language::En) => "It is a message of a backup job.",
        (Reason::BackupJob, Language::De) => "Es ist die Meldung eines Sicherungsauftrags.",
        (Reason::RestoreJob, Language::En) => "It is a message of a restore job.",
        (Reason::RestoreJob, Language::De) => "Es ist die Meldung eines Wiederherstellungsauftrags.",
        (Reason::NoKnownWording, Language::En) => {
            "No wording of the catalogue stands in it, nor does it come near one."
        }
        (Reason::NoKnownWording, Language::De) => {
            "Keine Formulierung des Katalogs kommt darin vor, und sie kommt auch keiner nahe."
        }
        (Reason::MostlyUnexplained, Language::En) => {
            "A known wording stands in it, but among so much else that it proves nothing."
        }
        (Reason::MostlyUnexplained, Language::De) => {
            "Eine bekannte Formulierung kommt darin vor, aber in so viel anderem, dass sie nichts beweist."
        }
    }
}
