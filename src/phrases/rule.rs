//! What is demanded of a catalogue.

use std::fmt;

use super::{Shown, Value};
use crate::language::Language;

macro_rules! rules {
    ($( $variant:ident $id:literal: $english:literal, $german:literal; )*) => {
        /// What is demanded of a catalogue. `copydoctor check` tests all of it; what makes a root cause unfit
        /// for use is refused as soon as it is loaded.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $( #[doc = $english] $variant, )* }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The stable id in kebab case.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// What is demanded, as a sentence.
            #[must_use]
            pub fn demand(self, language: Language) -> &'static str {
                match language {
                    Language::En => match self { $( Self::$variant => $english, )* },
                    Language::De => match self { $( Self::$variant => $german, )* },
                }
            }
        }
    };
}

// Variant, id, what is demanded. First what is demanded of a file, then of a root cause, then of all together.
rules! {
    UnreadableFile "unreadable-file": "A pattern file can be read and is UTF-8.",
        "Eine Musterdatei ist lesbar und in UTF-8.";
    TooLarge "too-large": "A pattern file has at most 256 KiB, a folder of them at most 64 MiB.",
        "Eine Musterdatei hat höchstens 256 KiB, ein Ordner davon höchstens 64 MiB.";
    YamlSyntax "yaml-syntax": "A pattern file is one YAML document.",
        "Eine Musterdatei ist ein YAML-Dokument.";
    YamlFeature "yaml-feature": "A pattern file has no anchors, aliases or tags, nests at most 32 levels and has at most 10,000 fields.",
        "Eine Musterdatei hat keine Anker, Aliasse oder Tags, höchstens 32 Ebenen und höchstens 10.000 Felder.";
    DuplicateField "duplicate-field": "No field stands twice.",
        "Kein Feld steht zweimal da.";
    UnknownField "unknown-field": "Every field is one of the schema.",
        "Jedes Feld ist eines des Schemas.";
    MissingField "missing-field": "No field that the schema requires is missing.",
        "Kein Feld fehlt, das das Schema verlangt.";
    WrongType "wrong-type": "Every value is of the type that the schema names.",
        "Jeder Wert hat den Typ, den das Schema nennt.";
    UnknownValue "unknown-value": "A value out of a fixed set is one of that set.",
        "Ein Wert aus einer festen Menge ist einer aus ihr.";
    BadPattern "bad-pattern": "A pattern begins with words, and its placeholders are named after a slot.",
        "Ein Muster beginnt mit Wörtern, und seine Platzhalter heißen wie ein Slot.";
    BadTemplate "bad-template": "The braces of a template are in pairs and name a slot.",
        "Die geschweiften Klammern einer Vorlage sind paarig und nennen einen Slot.";
    IdFormat "id-format": "An id is in kebab case.",
        "Eine ID steht in Kebab-Case.";
    IdFileName "id-file-name": "A pattern file is named after its id.",
        "Eine Musterdatei heißt wie ihre ID.";
    DuplicateId "duplicate-id": "Each id stands once in a folder.",
        "Jede ID steht in einem Ordner nur einmal.";
    UnknownId "unknown-id": "What is disabled is there.",
        "Was abgeschaltet wird, gibt es.";
    UnknownMeaning "unknown-meaning": "A meaning of a lexicon is there, or new and named by a word that no other has.",
        "Eine Bedeutung eines Lexikons gibt es, oder sie ist neu und heißt nach einem Wort, das keine andere hat.";
    BadWord "bad-word": "A word of a lexicon is letters and digits, with * at its end or not; a phrase is at most four, joined by _.",
        "Ein Wort eines Lexikons besteht aus Buchstaben und Ziffern, mit * am Ende oder ohne; eine Wendung aus höchstens vier, mit _ verbunden.";
    AmbiguousWord "ambiguous-word": "A word of a lexicon has one meaning, and none where it is one of those that say nothing.",
        "Ein Wort eines Lexikons hat eine Bedeutung, und keine, wenn es zu denen gehört, die nichts sagen.";
    EmptyList "empty-list": "Every root cause has patterns, steps, sources, examples and near misses, every meaning of a lexicon words.",
        "Jede Ursache hat Muster, Schritte, Quellen, Beispiele und Verwechslungsfälle, jede Bedeutung eines Lexikons Wörter.";
    NoExampleInLanguage "no-example-in-language": "There is an example in every language that has a pattern.",
        "Es gibt ein Beispiel in jeder Sprache, die ein Muster hat.";
    MalformedLink "malformed-link": "A link is an https address without spaces.",
        "Ein Link ist eine https-Adresse ohne Leerzeichen.";
    UnlistedLink "unlisted-link": "The link of a step is one of the sources of its root cause.",
        "Der Link eines Schritts ist eine der Quellen seiner Ursache.";
    UnquotedFreeText "unquoted-free-text": "A slot that can be any text stands in single quotes in a command.",
        "Ein Slot, der beliebiger Text sein kann, steht in Befehlen in einfachen Anführungszeichen.";
    FreeTextInPolicy "free-text-in-policy": "Policies and Terraform have no slot that can be any text.",
        "Richtlinien und Terraform haben keinen Slot, der beliebiger Text sein kann.";
    EmptyText "empty-text": "No text is empty.",
        "Kein Text ist leer.";
    UntranslatedText "untranslated-text": "The German text is not the English one.",
        "Der deutsche Text ist nicht der englische.";
    TitleFormat "title-format": "A title is one line of at most 90 characters without a full stop.",
        "Ein Titel ist eine Zeile von höchstens 90 Zeichen ohne Punkt am Ende.";
    UnfillableSlot "unfillable-slot": "Every slot of the advice is filled by a record, a flag or a pattern of the same root cause.",
        "Jeden Slot des Rats füllt ein Datensatz, eine Option oder ein Muster derselben Ursache.";
    BadCommand "bad-command": "A filled command is one line of the AWS CLI that a shell can take apart.",
        "Ein gefüllter Befehl ist eine Zeile der AWS CLI, die eine Shell zerlegen kann.";
    BadPolicy "bad-policy": "A filled policy is a policy document: a version, and statements with an effect and actions.",
        "Eine gefüllte Richtlinie ist ein Richtliniendokument: eine Version und Anweisungen mit Wirkung und Aktionen.";
    PolicyTooWide "policy-too-wide": "A policy grants to no stranger: no bare * as principal or action.",
        "Eine Richtlinie gewährt Fremden nichts: kein bloßes * als Prinzipal oder Aktion.";
    BadTerraform "bad-terraform": "A filled snippet of Terraform is HCL with a resource.",
        "Gefülltes Terraform ist HCL mit einer Ressource.";
    UnknownCapture "unknown-capture": "A capture of an example is named after a slot.",
        "Ein erfasster Wert eines Beispiels heißt wie ein Slot.";
    ExampleUnknown "example-unknown": "Every example is recognised, word for word.",
        "Jedes Beispiel wird Wort für Wort erkannt.";
    ExampleElsewhere "example-elsewhere": "Every example is recognised as its own root cause.",
        "Jedes Beispiel wird als seine eigene Ursache erkannt.";
    ExampleUnsure "example-unsure": "Every example is recognised with a confidence of at least 0.95.",
        "Jedes Beispiel wird mit einer Sicherheit von mindestens 0,95 erkannt.";
    NarrowMargin "narrow-margin": "No other root cause comes near an example.",
        "Keine andere Ursache kommt einem Beispiel nahe.";
    CaptureDiffers "capture-differs": "An example gives the captures that it names.",
        "Ein Beispiel ergibt die Werte, die es nennt.";
    NearMissMatches "near-miss-matches": "No near miss is recognised as the root cause that it only looks like.",
        "Kein Verwechslungsfall wird als die Ursache erkannt, der er nur ähnlich sieht.";
    DuplicateExample "duplicate-example": "No message is an example twice.",
        "Keine Meldung ist zweimal ein Beispiel.";
    DuplicateWording "duplicate-wording": "No two patterns are the same but for case, punctuation and placeholders.",
        "Keine zwei Muster sind bis auf Groß- und Kleinschreibung, Satzzeichen und Platzhalter dieselben.";
    ShadowedWording "shadowed-wording": "A pattern recognises its own sentence: no other explains more of it.",
        "Ein Muster erkennt seinen eigenen Satz: Kein anderes erklärt mehr davon.";
    DeadPattern "dead-pattern": "Every pattern recognises one of the examples.",
        "Jedes Muster erkennt eines der Beispiele.";
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl Shown for Rule {
    fn shown(&self, language: Language) -> Value {
        Value::of_text(self.demand(language))
    }

    fn with_texts(&self, _: &mut dyn FnMut(&str) -> String) -> Self {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_the_rules_are_unique_and_each_demands_a_sentence_in_each_language() {
        let ids: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let [english, german] = Language::ALL.map(|language| rule.demand(language));
            assert!(english.ends_with('.') && german.ends_with('.') && english != german, "{rule}: {german}");
        }
    }
}
