//! The words of a proof, in both languages: what is counted, and what each rule demands.

use super::number;
use crate::catalogue::{ChangeKind, Rule};
use crate::language::Language;

/// What a proof counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Counted {
    RootCauses,
    Patterns,
    Examples,
    NearMisses,
    OwnWords,
    Findings,
    Files,
}

impl Counted {
    #[cfg(test)]
    const ALL: [Self; 7] = [
        Self::RootCauses,
        Self::Patterns,
        Self::Examples,
        Self::NearMisses,
        Self::OwnWords,
        Self::Findings,
        Self::Files,
    ];

    /// What one is called, and what several are.
    fn names(self, language: Language) -> (&'static str, &'static str) {
        match (self, language) {
            (Self::RootCauses, Language::En) => ("root cause", "root causes"),
            (Self::RootCauses, Language::De) => ("Ursache", "Ursachen"),
            (Self::Patterns, Language::En) => ("pattern", "patterns"),
            (Self::Patterns, Language::De) => ("Muster", "Muster"),
            (Self::Examples, Language::En) => ("example", "examples"),
            (Self::Examples, Language::De) => ("Beispiel", "Beispiele"),
            (Self::NearMisses, Language::En) => ("near miss", "near misses"),
            (Self::NearMisses, Language::De) => ("Verwechslungsfall", "Verwechslungsfälle"),
            (Self::OwnWords, Language::En) => ("word added to the lexicon", "words added to the lexicon"),
            (Self::OwnWords, Language::De) => ("Wort im Lexikon ergänzt", "Wörter im Lexikon ergänzt"),
            (Self::Findings, Language::En) => ("finding", "findings"),
            (Self::Findings, Language::De) => ("Befund", "Befunde"),
            (Self::Files, Language::En) => ("file", "files"),
            (Self::Files, Language::De) => ("Datei", "Dateien"),
        }
    }
}

/// So many of something.
pub(in crate::render) fn count(count: usize, what: Counted, language: Language) -> String {
    let (one, several) = what.names(language);
    let name = if count == 1 { one } else { several };
    format!("{} {name}", number(count as u64, language))
}

/// What became of root causes.
pub(in crate::render) fn change(kind: ChangeKind, language: Language) -> &'static str {
    match (kind, language) {
        (kind, Language::En) => kind.name(),
        (ChangeKind::Added, Language::De) => "hinzugefügt",
        (ChangeKind::Overridden, Language::De) => "überschrieben",
        (ChangeKind::Disabled, Language::De) => "abgeschaltet",
    }
}

/// What a rule demands, as a sentence.
pub(in crate::render) fn demand(rule: Rule, language: Language) -> &'static str {
    match language {
        Language::En => rule.demand(),
        Language::De => german(rule),
    }
}

fn german(rule: Rule) -> &'static str {
    match rule {
        Rule::UnreadableFile => "Eine Musterdatei ist lesbar und in UTF-8.",
        Rule::TooLarge => "Eine Musterdatei hat höchstens 256 KiB, ein Ordner davon höchstens 64 MiB.",
        Rule::YamlSyntax => "Eine Musterdatei ist ein YAML-Dokument.",
        Rule::YamlFeature => {
            "Eine Musterdatei hat keine Anker, Aliasse oder Tags, höchstens 32 Ebenen und höchstens 10.000 Felder."
        }
        Rule::DuplicateField => "Kein Feld steht zweimal da.",
        Rule::UnknownField => "Jedes Feld ist eines des Schemas.",
        Rule::MissingField => "Kein Feld fehlt, das das Schema verlangt.",
        Rule::WrongType => "Jeder Wert hat den Typ, den das Schema nennt.",
        Rule::UnknownValue => "Ein Wert aus einer festen Menge ist einer aus ihr.",
        Rule::BadPattern => "Ein Muster beginnt mit Wörtern, und seine Platzhalter heißen wie ein Slot.",
        Rule::BadTemplate => "Die geschweiften Klammern einer Vorlage sind paarig und nennen einen Slot.",
        Rule::IdFormat => "Eine ID steht in Kebab-Case.",
        Rule::IdFileName => "Eine Musterdatei heißt wie ihre ID.",
        Rule::DuplicateId => "Jede ID steht in einem Ordner nur einmal.",
        Rule::UnknownId => "Was abgeschaltet wird, gibt es.",
        Rule::UnknownMeaning => {
            "Eine Bedeutung eines Lexikons gibt es, oder sie ist neu und heißt nach einem Wort, das keine andere hat."
        }
        Rule::BadWord => {
            "Ein Wort eines Lexikons besteht aus Buchstaben und Ziffern, mit * am Ende oder ohne; eine Wendung aus höchstens vier, mit _ verbunden."
        }
        Rule::AmbiguousWord => {
            "Ein Wort eines Lexikons hat eine Bedeutung, und keine, wenn es zu denen gehört, die nichts sagen."
        }
        Rule::EmptyList => {
            "Jede Ursache hat Muster, Schritte, Quellen, Beispiele und Verwechslungsfälle, jede Bedeutung eines Lexikons Wörter."
        }
        Rule::NoExampleInLanguage => "Es gibt ein Beispiel in jeder Sprache, die ein Muster hat.",
        Rule::MalformedLink => "Ein Link ist eine https-Adresse ohne Leerzeichen.",
        Rule::UnlistedLink => "Der Link eines Schritts ist eine der Quellen seiner Ursache.",
        Rule::UnquotedFreeText => {
            "Ein Slot, der beliebiger Text sein kann, steht in Befehlen in einfachen Anführungszeichen."
        }
        Rule::FreeTextInPolicy => {
            "Richtlinien und Terraform haben keinen Slot, der beliebiger Text sein kann."
        }
        Rule::EmptyText => "Kein Text ist leer.",
        Rule::UntranslatedText => "Der deutsche Text ist nicht der englische.",
        Rule::TitleFormat => "Ein Titel ist eine Zeile von höchstens 90 Zeichen ohne Punkt am Ende.",
        Rule::UnfillableSlot => {
            "Jeden Slot des Rats füllt ein Datensatz, eine Option oder ein Muster derselben Ursache."
        }
        Rule::BadCommand => "Ein gefüllter Befehl ist eine Zeile der AWS CLI, die eine Shell zerlegen kann.",
        Rule::BadPolicy => {
            "Eine gefüllte Richtlinie ist ein Richtliniendokument: eine Version und Anweisungen mit Wirkung und Aktionen."
        }
        Rule::PolicyTooWide => {
            "Eine Richtlinie gewährt Fremden nichts: kein bloßes * als Prinzipal oder Aktion."
        }
        Rule::BadTerraform => "Gefülltes Terraform ist HCL mit einer Ressource.",
        Rule::UnknownCapture => "Ein erfasster Wert eines Beispiels heißt wie ein Slot.",
        Rule::ExampleUnknown => "Jedes Beispiel wird Wort für Wort erkannt.",
        Rule::ExampleElsewhere => "Jedes Beispiel wird als seine eigene Ursache erkannt.",
        Rule::ExampleUnsure => "Jedes Beispiel wird mit einer Sicherheit von mindestens 0,95 erkannt.",
        Rule::NarrowMargin => "Keine andere Ursache kommt einem Beispiel nahe.",
        Rule::CaptureDiffers => "Ein Beispiel ergibt die Werte, die es nennt.",
        Rule::NearMissMatches => {
            "Kein Verwechslungsfall wird als die Ursache erkannt, der er nur ähnlich sieht."
        }
        Rule::DuplicateExample => "Keine Meldung ist zweimal ein Beispiel.",
        Rule::DuplicateWording => {
            "Keine zwei Muster sind bis auf Groß- und Kleinschreibung, Satzzeichen und Platzhalter dieselben."
        }
        Rule::ShadowedWording => "Ein Muster erkennt seinen eigenen Satz: Kein anderes erklärt mehr davon.",
        Rule::DeadPattern => "Jedes Muster erkennt eines der Beispiele.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_told_of_in_german() {
        for rule in Rule::ALL {
            let (english, german) = (demand(*rule, Language::En), demand(*rule, Language::De));
            assert!(german != english && german.ends_with('.'), "{rule}: {german}");
        }
    }

    #[test]
    fn what_is_counted_has_a_name_in_each_language() {
        for what in Counted::ALL {
            assert_ne!(count(2, what, Language::En), count(2, what, Language::De));
        }
        assert_eq!(count(1, Counted::NearMisses, Language::En), "1 near miss");
        assert_eq!(count(1234, Counted::Patterns, Language::De), "1.234 Muster");
    }

    #[test]
    fn changes_are_told_of_in_german() {
        for kind in [ChangeKind::Added, ChangeKind::Overridden, ChangeKind::Disabled] {
            assert_ne!(change(kind, Language::De), change(kind, Language::En));
        }
    }
}
