//! What is wrong with a catalogue.

use super::{Share, Shown, Value};
use crate::language::Language;
use crate::phrases;

phrases! {
    /// What is wrong with a file of a catalogue, with a field of it, or with the catalogue as a whole.
    pub enum Problem {
        FolderTooLarge: "the folder holds too much", "der Ordner enthält zu viel";
        FileTooLarge { kib: u64 }: "the file is larger than {kib} KiB", "die Datei ist größer als {kib} KiB";
        UnreadableFile { error: String }: "the file cannot be read: {error}", "die Datei lässt sich nicht lesen: {error}";
        NoFile: "the file cannot be read: it is no file", "die Datei lässt sich nicht lesen: Sie ist keine gewöhnliche Datei";
        LineNotUtf8 { line: String }: "the file cannot be read: line {line} is not UTF-8",
            "die Datei lässt sich nicht lesen: Zeile {line} ist kein UTF-8";

        NotYaml { error: String }: "this is not YAML: {error}", "das ist kein YAML: {error}";
        UnfitYaml { error: String }: "{error}", "unzulässig: {error}";
        Tab: "a tab stands here", "hier steht ein Tabulator";
        SecondDocument: "a second document begins here", "hier beginnt ein zweites Dokument";
        YamlMark: "an anchor, an alias or a tag stands here", "hier steht ein Anker, ein Alias oder ein Tag";
        TooDeep: "the file nests deeper than any root cause does", "die Datei ist tiefer verschachtelt als jede Ursache";
        TooManyFields: "the file has more fields than any root cause has", "die Datei hat mehr Felder als jede Ursache";
        NameTooLong: "the name of this field is longer than any field's", "der Name dieses Felds ist zu lang";
        FieldTwice { field: String }: "the field '{field}' stands here a second time", "das Feld '{field}' steht hier ein zweites Mal";
        UnknownField { name: String }: "there is no field '{name}'", "es gibt kein Feld '{name}'";
        UnknownValue { name: String }: "there is no value '{name}'", "es gibt keinen Wert '{name}'";
        MissingField { name: String }: "the field '{name}' is missing", "das Feld '{name}' fehlt";
        WrongType { found: YamlType }: "here stands {found}", "hier steht {found}";
        UselessDisabled: "disabled: false says nothing", "disabled: false besagt nichts";

        IdNotKebab { id: String }: "the id '{id}' is not in kebab case", "die ID '{id}' steht nicht in Kebab-Case";
        Misnamed { id: String }: "the id is {id}, and the file is named otherwise", "die ID ist {id}, und die Datei heißt anders";
        IdTaken { id: String, file: String }: "the id {id} is taken by {file}", "die ID {id} hat schon {file}";
        NothingToDisable { id: String }: "there is no root cause '{id}' to disable", "es gibt keine Ursache '{id}', die sich abschalten ließe";
        EmptyList { name: String }: "{name} is empty", "{name} ist leer";
        NoExample { language: &'static str }: "there is a pattern but no example in '{language}'",
            "in '{language}' gibt es ein Muster, aber kein Beispiel";
        NoLink { link: String }: "'{link}' is no link", "'{link}' ist kein Link";
        UnlistedPage: "this page is not one of the sources", "diese Seite ist keine der Quellen";
        UnquotedSlot { slot: &'static str }: "{{{slot}}} can be any text, and does not stand in quotes",
            "{{{slot}}} kann beliebiger Text sein und steht nicht in Anführungszeichen";
        GrantingSlot { slot: &'static str }: "{{{slot}}} can be any text, and would grant what it says",
            "{{{slot}}} kann beliebiger Text sein und würde gewähren, was darin steht";

        NoWords: "the pattern has no words", "das Muster hat keine Wörter";
        BeginsWithPlaceholder: "the pattern begins with a placeholder", "das Muster beginnt mit einem Platzhalter";
        AdjacentPlaceholders { first: &'static str, second: &'static str }:
            "the placeholders {{{first}}} and {{{second}}} have no words between them",
            "zwischen den Platzhaltern {{{first}}} und {{{second}}} stehen keine Wörter";
        UnknownPlaceholder { name: String }: "there is no placeholder {{{name}}}", "es gibt keinen Platzhalter {{{name}}}";
        UnmatchedBrace { byte: String }: "the brace at byte {byte} has no partner",
            "die geschweifte Klammer bei Byte {byte} hat kein Gegenstück";
        UnknownSlot { name: String }: "there is no slot {{{name}}}", "es gibt keinen Slot {{{name}}}";
        PolicyNoMapping: "a policy is a mapping with Version and Statement", "eine Richtlinie ist ein Mapping mit Version und Statement";

        EmptyLexicon: "the lexicon says nothing", "das Lexikon sagt nichts";
        MeaningWithoutWords { names: String }: "{names} has no words", "{names} hat keine Wörter";
        MeansAlready { word: String, other: String }: "'{word}' means {other} already", "'{word}' bedeutet schon {other}";
        StandsAsWell { word: String, other: String }: "'{word}' stands below {other} as well", "'{word}' steht auch unter {other}";
        SaysNothing { word: String }: "'{word}' is one of the words that say nothing", "'{word}' gehört zu den Wörtern, die nichts sagen";
        HasMeaning { word: String }: "'{word}' has a meaning", "'{word}' hat eine Bedeutung";
        NoMeaning { name: String }: "there is no meaning '{name}'", "es gibt keine Bedeutung '{name}'";
        NoPair { names: String }: "'{names}' is no pair", "'{names}' ist kein Paar";
        NamelessMeaning: "a meaning has no name", "eine Bedeutung hat keinen Namen";
        NoName { name: String }: "'{name}' is no name", "'{name}' ist kein Name";
        NoWord { form: String }: "'{form}' is no word", "'{form}' ist kein Wort";
        NoLetters { form: String }: "'{form}' has no letters", "'{form}' hat keine Buchstaben";
        PhraseTooLong { form: String, count: u64 }: "'{form}' has {count} words", "'{form}' hat {count} Wörter";

        EmptyText: "the text is empty", "der Text ist leer";
        Untranslated: "the German text is the English one", "der deutsche Text ist der englische";
        TitleTooLong { length: u64 }: "the title has {length} characters", "der Titel hat {length} Zeichen";
        TitleLineBreak: "the title has a line break", "der Titel hat einen Zeilenumbruch";
        TitleFullStop: "the title ends in a full stop", "der Titel endet mit einem Punkt";
        UnfillableSlot { slot: &'static str }:
            "nobody can fill {{{slot}}}: neither a record nor a flag gives it, and no pattern here",
            "{{{slot}}} kann niemand füllen: Weder ein Datensatz noch eine Option noch ein Muster hier gibt ihn her";
        CommandLineBreak: "the command has a line break", "der Befehl hat einen Zeilenumbruch";
        OpenQuote: "no shell can take the command apart: a quote stays open",
            "keine Shell kann den Befehl zerlegen: Ein Anführungszeichen bleibt offen";
        NoCommand: "this is no command of the AWS CLI", "das ist kein Befehl der AWS CLI";
        NoPolicy: "this is no policy document", "das ist kein Richtliniendokument";
        AdmitsAll: "the statement admits every account of AWS", "die Anweisung lässt jedes AWS-Konto zu";
        AllowsTooMuch: "the statement allows more than the copy needs", "die Anweisung erlaubt mehr, als die Kopie braucht";
        NotHcl { line: String, error: String }: "line {line} of the snippet is not HCL: {error}",
            "Zeile {line} des Ausschnitts ist kein HCL: {error}";
        NoResource: "the snippet has no resource", "der Ausschnitt hat keine Ressource";

        UnknownExample { near: Option<Nearest> }: "no pattern recognises this message{near}", "kein Muster erkennt diese Meldung{near}";
        Elsewhere { id: String, pattern: String }: "this message is diagnosed as {id}, by '{pattern}'",
            "diese Meldung wird als {id} diagnostiziert, durch '{pattern}'";
        NearMissMatches { pattern: String }: "this message is recognised, by '{pattern}'", "diese Meldung wird erkannt, durch '{pattern}'";
        TakenForWords { slot: &'static str }: "<{slot}> is taken for words of the message", "<{slot}> wird als Teil der Meldung gelesen";
        Shadowed { pattern: String, id: String }: "its own sentence is recognised by '{pattern}' of {id}",
            "seinen eigenen Satz erkennt '{pattern}' von {id}";
        Unrecognised: "its own sentence is not recognised", "sein eigener Satz wird nicht erkannt";
        DeadPattern: "no example needs this pattern", "kein Beispiel braucht dieses Muster";
        UnknownCapture { name: String }: "there is no slot '{name}'", "es gibt keinen Slot '{name}'";
        Unsure { confidence: Share, words: u64 }:
            (words: "the confidence is {confidence}: 1 word is unexplained", "the confidence is {confidence}: {words} words are unexplained"),
            (words: "die Sicherheit beträgt {confidence}: 1 Wort bleibt ungeklärt", "die Sicherheit beträgt {confidence}: {words} Wörter bleiben ungeklärt");
        FitsAsWell { other: String, its: Share, confidence: Share }: "{other} fits as well, with {its} to {confidence}",
            "{other} passt auch, mit {its} zu {confidence}";
        MessagesMissed { missed: u64, all: u64 }: "{missed} of {all} messages that the entry is for are not recognised by it",
            "{missed} von {all} Meldungen, für die der Eintrag gedacht ist, erkennt er nicht";
        OtherMessage { other: String }: "a message of {other} stands in it as well", "eine Meldung von {other} steht auch darin";
        CaptureDiffers { captured: Captured }: "what is captured is {captured}", "erfasst wird {captured}";
        WordingTwice { place: String }: "this wording stands at {place} as well", "dieser Satz steht auch in {place}";
        ExampleTwice { place: String }: "this message stands at {place} as well", "diese Meldung steht auch in {place}";
    }
}

phrases! {
    /// What comes near a message that no pattern recognises.
    pub enum Nearest {
        Similar { id: String }: ", but it is similar to one of {id}", ", aber sie ähnelt einer von {id}";
    }
}

phrases! {
    /// What a pattern captures of an example.
    pub enum Captured {
        Nothing: "nothing", "nichts";
        Text { text: String }: "'{text}'", "'{text}'";
    }
}

phrases! {
    /// What a value of YAML is, or is to be.
    pub enum YamlType {
        List: "a list", "eine Liste";
        Mapping: "a mapping", "ein Mapping";
        MappingWith { fields: Fields }: "a mapping with {fields}", "ein Mapping mit {fields}";
        Meanings: "a mapping of meanings to their words, as vault: safe depot",
            "ein Mapping von Bedeutungen auf ihre Wörter, wie vault: safe depot";
        Nothing: "nothing", "nichts";
        Text: "a text", "Text";
        ThisText { text: String }: "the text {text}", "der Text {text}";
        BothLanguages: "a text in both languages, en: and de:", "Text in beiden Sprachen, en: und de:";
        Boolean: "true or false", "true oder false";
        ThisBoolean { value: String }: "boolean {value}", "der Wahrheitswert {value}";
        ThisInteger { value: String }: "integer {value}", "die Ganzzahl {value}";
        ThisNumber { value: String }: "floating point {value}", "die Kommazahl {value}";
        Other { name: String }: "{name}", "{name}";
    }
}

/// The fields of a mapping: `title: and url:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields(String);

impl Shown for Fields {
    fn shown(&self, language: Language) -> Value {
        Value::of_text(match language {
            Language::En => self.0.clone(),
            Language::De => self.0.replace(" and so on", " usw.").replace(" and ", " und "),
        })
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        Self(change(&self.0))
    }
}

impl YamlType {
    /// What serde calls by this name.
    pub(crate) fn of_serde(name: &str) -> Self {
        let rest = |of: &str| name.strip_prefix(of).map(str::to_owned);
        match name {
            "sequence" | "a sequence" => Self::List,
            "map" | "a map" => Self::Mapping,
            "unit value" => Self::Nothing,
            "a string" => Self::Text,
            "a boolean" => Self::Boolean,
            "a text in both languages, en: and de:" => Self::BothLanguages,
            "a mapping of meanings to their words, as vault: safe depot" => Self::Meanings,
            _ => rest("string ")
                .map(|text| Self::ThisText { text })
                .or_else(|| {
                    rest("a mapping with ").map(|fields| Self::MappingWith { fields: Fields(fields) })
                })
                .or_else(|| rest("boolean ").map(|value| Self::ThisBoolean { value }))
                .or_else(|| rest("integer ").map(|value| Self::ThisInteger { value }))
                .or_else(|| rest("floating point ").map(|value| Self::ThisNumber { value }))
                .unwrap_or_else(|| Self::Other { name: name.to_owned() }),
        }
    }
}
