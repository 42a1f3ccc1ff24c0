//! What would be right in a catalogue.

use super::{OneOf, Rule, YamlType};
use crate::phrases;

phrases! {
    /// The way out of a problem with a catalogue.
    pub enum Help {
        Meant { suggestion: Suggestion }: "{suggestion}", "{suggestion}";
        Demand { rule: Rule }: "{rule}", "{rule}";

        KeepOnlyPatterns: "keep only pattern files in it", "behalten Sie nur Musterdateien darin";
        SplitFile: "split it: a root cause takes a few KiB", "teilen Sie sie auf: Eine Ursache braucht wenige KiB";
        SeeToFile: "see to its rights and encoding", "prüfen Sie ihre Rechte und ihre Kodierung";
        QuoteText: "put a text with ': ', ' #' or quotes in quotes, and let its lines begin in one column",
            "setzen Sie Text mit ': ', ' #' oder Anführungszeichen in Anführungszeichen, und lassen Sie seine Zeilen in derselben Spalte beginnen";
        IndentWithSpaces: "indent with spaces", "rücken Sie mit Leerzeichen ein";
        FileForEach: "give each root cause a file of its own", "geben Sie jeder Ursache eine eigene Datei";
        WritePlainly: "write it out as plain mappings, lists and texts", "schreiben Sie es als einfache Mappings, Listen und Texte aus";
        DropOne: "drop one of the two", "streichen Sie eines von beiden";
        RemoveOne: "remove one of the two", "entfernen Sie eines von beiden";
        AddField { name: String }: "add {name}: …", "ergänzen Sie {name}: …";
        WriteType { expected: YamlType }: "write {expected}", "verlangt ist {expected}";
        Disable: "say disabled: true, or write the whole root cause", "schreiben Sie disabled: true oder die ganze Ursache";

        WriteAsKebab: "write it as tag-policy-violation", "schreiben Sie sie wie tag-policy-violation";
        Rename { id: String }: "name the file {id}.yaml or change the id", "nennen Sie die Datei {id}.yaml, oder ändern Sie die ID";
        OwnId: "give each root cause its own", "geben Sie jeder Ursache ihre eigene";
        GiveOne: "give at least one", "geben Sie wenigstens einen Eintrag an";
        DraftEachKind: "draft an entry for each kind of message, with --cluster",
            "entwerfen Sie mit --cluster für jede Art von Meldung einen eigenen Eintrag";
        AddExample: "add a real message to examples", "ergänzen Sie unter examples eine echte Meldung";
        BeginWithHttps: "begin it with https://", "beginnen Sie ihn mit https://";
        AddToSources: "add it to sources, with its title", "ergänzen Sie sie unter sources, mit ihrem Titel";
        QuoteSlot { slot: &'static str }: "write '{{{slot}}}', in single quotes", "schreiben Sie '{{{slot}}}', in einfachen Anführungszeichen";
        LetReaderFill: "let the reader put it in: write it in capitals", "überlassen Sie das Einsetzen dem Leser: Schreiben Sie ihn in Großbuchstaben";

        WriteSentence: "write the sentence that AWS says", "schreiben Sie den Satz, den AWS sagt";
        BeginWithWords: "begin it with words of the message", "beginnen Sie es mit Wörtern der Meldung";
        SeparatePlaceholders: "one placeholder would take what both are for", "ein Platzhalter würde nehmen, was für beide gedacht ist";
        NameInBraces: "a placeholder is a name in braces", "ein Platzhalter ist ein Name in geschweiften Klammern";
        DoubleBrace: "write a literal brace as {{{{ or }}}}", "schreiben Sie eine wörtliche geschweifte Klammer als {{{{ oder }}}}";

        WriteMeaning: "write a meaning and its words below meanings:, as vault: safe depot",
            "schreiben Sie unter meanings: eine Bedeutung und ihre Wörter, wie vault: safe depot";
        GiveWords: "give at least one, or remove the line", "geben Sie wenigstens eines an, oder entfernen Sie die Zeile";
        OneMeaning: "a word has one meaning: drop it in one of the two places",
            "ein Wort hat eine Bedeutung: Streichen Sie es an einer der beiden Stellen";
        MakePhrase: "drop it, or make a phrase of it: not_found", "streichen Sie es, oder machen Sie eine Wendung daraus: not_found";
        NoneForSilent: "a word that says nothing has none: drop it in one of the two places",
            "ein Wort, das nichts sagt, hat keine: Streichen Sie es an einer der beiden Stellen";
        NameTwo: "name two meanings, as source destination", "nennen Sie zwei Bedeutungen, wie source destination";
        NameWithWord: "name it with a word", "benennen Sie sie mit einem Wort";
        NameWithOneWord: "name a meaning with one word", "benennen Sie eine Bedeutung mit einem einzigen Wort";
        NewNameIsNoWord { near: String }: "did you mean {near}? A new meaning takes a name that is no word of another",
            "meinten Sie {near}? Eine neue Bedeutung braucht einen Namen, der kein Wort einer anderen ist";
        NameKnownMeaning: "name one of those below meanings:, here or in patterns/lexicon.yaml",
            "nennen Sie eine von denen unter meanings:, hier oder in patterns/lexicon.yaml";
        SpaceWords: "write words with spaces between them, and * only at an end",
            "schreiben Sie Wörter mit Leerzeichen dazwischen, und * nur am Ende";
        WriteWord: "write a word", "schreiben Sie ein Wort";
        PhraseLimit { most: u64 }: "a phrase has at most {most}", "eine Wendung hat höchstens {most}";

        WriteText: "write it", "schreiben Sie ihn";
        Translate: "translate it", "übersetzen Sie ihn";
        ShortTitle { most: u64 }: "say it in one line of at most {most} characters, without a full stop",
            "sagen Sie es in einer Zeile von höchstens {most} Zeichen, ohne Punkt am Ende";
        CaptureOrCapitals: "capture it with a pattern, or let the reader look it up: write it in capitals",
            "erfassen Sie ihn mit einem Muster, oder lassen Sie den Leser nachsehen: Schreiben Sie ihn in Großbuchstaben";
        WriteCommand: "write it as it is typed: aws SERVICE OPERATION --option value",
            "schreiben Sie ihn, wie man ihn eintippt: aws SERVICE OPERATION --option value";
        WriteBlock: "write a whole block: resource \"type\" \"name\" {{ … }}", "schreiben Sie einen ganzen Block: resource \"typ\" \"name\" {{ … }}";
        WritePolicy: "write Version \"2012-10-17\" and a list of statements, each with Effect and Action",
            "schreiben Sie Version \"2012-10-17\" und eine Liste von Anweisungen, jede mit Effect und Action";
        NameAccount: "name the account that needs it", "nennen Sie das Konto, das den Zugriff braucht";
        NameActions: "name the actions", "nennen Sie die Aktionen";

        AddPattern:
            "add a pattern with its words, and placeholders where it varies; a text with ' #' or ': ' stands in quotes",
            "ergänzen Sie ein Muster mit ihren Wörtern und mit Platzhaltern, wo sie sich ändert; Text mit ' #' oder ': ' steht in Anführungszeichen";
        MoveExample: "move it there, or give a pattern here that explains more of it",
            "verschieben Sie sie dorthin, oder geben Sie hier ein Muster an, das mehr davon erklärt";
        LengthenForNearMiss: "give the pattern more of its sentence; if that is all of it, this message is no near miss",
            "geben Sie dem Muster mehr von seinem Satz; ist das schon alles, ist diese Meldung kein Verwechslungsfall";
        WriteInBraces { slot: &'static str }: "write {{{slot}}}, in braces", "schreiben Sie {{{slot}}}, in geschweiften Klammern";
        MoreWords: "give it more words", "geben Sie ihm mehr Wörter";
        AddMessage: "add a real message that it recognises", "ergänzen Sie eine echte Meldung, die es erkennt";
        PatternWithMore: "add a pattern with more of its words", "ergänzen Sie ein Muster mit mehr ihrer Wörter";
        TellApart: "make the patterns of both say what tells them apart", "ergänzen Sie in den Mustern beider, was sie unterscheidet";
        ExampleForEach: "give each message an example of its own", "geben Sie jeder Meldung ein eigenes Beispiel";
        CorrectCapture: "correct the example, or place the placeholder where the value stands",
            "berichtigen Sie das Beispiel, oder setzen Sie den Platzhalter dorthin, wo der Wert steht";
    }
}

phrases! {
    /// What a mistyped name may have been meant to be.
    pub enum Suggestion {
        DidYouMean { names: OneOf }: "did you mean {names}?", "meinten Sie {names}?";
        Known { names: String }: "known are {names}", "bekannt sind {names}";
    }
}

impl From<Suggestion> for Help {
    fn from(suggestion: Suggestion) -> Self {
        Self::Meant { suggestion }
    }
}
