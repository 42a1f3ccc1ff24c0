//! How sure an answer is, why others lost, and why there is none, in both languages.

use crate::catalogue::Evidence;
use crate::diagnosis::{Loss, Reason};
use crate::language::Language;

/// How sure an answer is, in words: the share alone says little to a tired reader.
pub(in crate::render) fn sureness(confidence: f64, language: Language) -> &'static str {
    match (confidence, language) {
        (0.95.., Language::En) => "Nearly certain",
        (0.95.., Language::De) => "So gut wie sicher",
        (0.8.., Language::En) => "Very likely",
        (0.8.., Language::De) => "Sehr wahrscheinlich",
        (0.6.., Language::En) => "Likely",
        (0.6.., Language::De) => "Wahrscheinlich",
        (_, Language::En) => "Possible",
        (_, Language::De) => "Möglich",
    }
}

/// Why an exact match is sure, and what takes away from it.
pub(in crate::render) fn exact_match(
    evidence: Evidence,
    unexplained_words: usize,
    language: Language,
) -> String {
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
pub(in crate::render) fn messages(count: usize, language: Language) -> String {
    match language {
        Language::En => format!("The text holds {count} messages. Also in it:"),
        Language::De => format!("Der Text enthält {count} Meldungen. Außerdem darin:"),
    }
}

/// Why a root cause lost.
pub(in crate::render) fn loss(loss: Loss, language: Language) -> &'static str {
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
pub(in crate::render) fn reason(reason: Reason, language: Language) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differ(of: impl Fn(Language) -> &'static str) {
        assert_ne!(of(Language::En), of(Language::De));
    }

    #[test]
    fn every_answer_is_worded_in_each_language() {
        for share in [0.99, 0.9, 0.7, 0.1] {
            differ(|language| sureness(share, language));
        }
        for one in [
            Loss::LeavesOpen,
            Loss::AnotherMessage,
            Loss::IsPart,
            Loss::ExplainsLess,
            Loss::OnlySimilar,
            Loss::LessNear,
            Loss::TooFar,
            Loss::OtherJob,
        ] {
            differ(|language| loss(one, language));
        }
        for one in [
            Reason::NoText,
            Reason::Fragment,
            Reason::NoticeWithoutReason,
            Reason::BackupJob,
            Reason::RestoreJob,
            Reason::NoKnownWording,
            Reason::MostlyUnexplained,
        ] {
            differ(|language| reason(one, language));
        }
    }
}
