//! What a drafted entry says to whoever completes it, in both languages.

use crate::language::Language;

/// What marks each place that a person has to write. It stands in comments and in texts, so that a reader of either and
/// a search for it find all of them.
pub const TO_DO: &str = "TO DO";

/// What stands where a page has to be named. The domain is reserved for examples, so that the link leads nowhere.
pub(super) const SOURCE_TO_DO: &str = "https://example.com/TO-DO";

/// The comments of an entry, each after [`TO_DO`].
#[derive(Debug)]
pub(super) struct Comments {
    pub(super) purpose: &'static str,
    pub(super) names: &'static str,
    pub(super) id: &'static str,
    pub(super) group: &'static str,
    pub(super) group_of: &'static str,
    pub(super) category: &'static str,
    pub(super) title: &'static str,
    pub(super) cause: &'static str,
    pub(super) left_out: &'static str,
    pub(super) open: &'static str,
    pub(super) guess: &'static str,
    pub(super) kept_quote: &'static str,
    pub(super) evidence: &'static str,
    pub(super) source: &'static str,
    pub(super) steps: &'static str,
    pub(super) sources: &'static str,
    pub(super) near_misses: &'static str,
    pub(super) not_near: &'static str,
    pub(super) backup_job: &'static str,
    pub(super) restore_job: &'static str,
    pub(super) unproven: &'static str,
}

const EN: Comments = Comments {
    purpose: "say in this line what the file is for",
    names: "see that no account, id or name of yours is left in the examples and patterns; a single message does not \
            tell which of its words are names",
    id: "the id was made of the message's words; say what is wrong, and name the file after it",
    group: "choose the part of AWS to look at; nothing comes near the message",
    group_of: "see that this fits; it is that of the nearest root cause,",
    category: "see AWS's list; MISCELLANEOUS is where it has none",
    title: "what is wrong, in one line without a full stop",
    cause: "why that makes a copy fail",
    left_out: "this end of the message varies and has no slot of its own, so that the pattern ends before it:",
    open: "{value} takes whatever stands there, as no other slot is for:",
    guess: "see on which side of the copy it is; the message does not say it of:",
    kept_quote: "this stands in quotes and was taken for words of AWS; end the pattern before it if it is a name:",
    evidence: "keep `observed` only if a real copy job said it",
    source: "the page on which the message can be read",
    steps: "who acts, what to look for, what to change, and why that helps; with check: and command: where there is one",
    sources: "the pages that the facts come from",
    near_misses: "keep those that a careless pattern would confuse with it, and add the real messages you know",
    not_near: "nothing comes near the message; this one has the most words in common with it",
    backup_job: "the message speaks of a backup job; the catalogue is about copy jobs",
    restore_job: "the message speaks of a restore job; the catalogue is about copy jobs",
    unproven: "the catalogue with this entry is not proven:",
};

const DE: Comments = Comments {
    purpose: "sagen Sie in dieser Zeile, wozu die Datei dient",
    names: "achten Sie darauf, dass in Beispielen und Mustern keine Konten, IDs oder Namen von Ihnen stehen; einer \
            einzelnen Meldung ist nicht anzusehen, welche ihrer Wörter Namen sind",
    id: "die ID besteht aus Wörtern der Meldung; sagen Sie, was nicht stimmt, und benennen Sie die Datei danach",
    group: "wählen Sie den Teil von AWS, um den es geht; der Meldung kommt nichts nahe",
    group_of: "prüfen Sie, ob das passt; es stammt von der nächstliegenden Ursache,",
    category: "sehen Sie in der Liste von AWS nach; MISCELLANEOUS steht für alles, was sie nicht nennt",
    title: "was nicht stimmt, in einer Zeile ohne Punkt",
    cause: "warum eine Kopie daran scheitert",
    left_out: "dieses Ende der Meldung wechselt und hat keinen eigenen Slot; das Muster endet davor:",
    open: "{value} nimmt, was immer dort steht, denn kein anderer Slot ist gedacht für:",
    guess: "prüfen Sie, auf welcher Seite der Kopie der Wert steht; die Meldung sagt es nicht von:",
    kept_quote: "dies steht in Anführungszeichen und gilt als Wortlaut von AWS; ist es ein Name, beenden Sie das Muster \
                 davor:",
    evidence: "lassen Sie `observed` nur stehen, wenn ein wirklicher Kopierauftrag das gemeldet hat",
    source: "die Seite, auf der die Meldung zu lesen ist",
    steps: "wer handelt, was zu prüfen und was zu ändern ist und warum das hilft; mit check: und command:, wo es sie gibt",
    sources: "die Seiten, von denen die Fakten stammen",
    near_misses: "behalten Sie, was ein unachtsames Muster damit verwechseln würde, und ergänzen Sie wirkliche Meldungen",
    not_near: "der Meldung kommt nichts nahe; diese hat die meisten Wörter mit ihr gemeinsam",
    backup_job: "die Meldung spricht von einem Sicherungsauftrag; im Katalog geht es um Kopieraufträge",
    restore_job: "die Meldung spricht von einem Wiederherstellungsauftrag; im Katalog geht es um Kopieraufträge",
    unproven: "der Katalog mit diesem Eintrag ist nicht bewiesen:",
};

pub(super) fn comments(language: Language) -> &'static Comments {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// The texts that stand for those that nobody has written yet, English and German. `check` asks for translations.
pub(super) const TITLE: [&str; 2] = ["TO DO: say what is wrong", "TO DO: sagen, was nicht stimmt"];
pub(super) const CAUSE: [&str; 2] =
    ["TO DO: say why that makes a copy fail.", "TO DO: sagen, warum eine Kopie daran scheitert."];
pub(super) const ACTION: [&str; 2] =
    ["TO DO: say what to look for and what to change.", "TO DO: sagen, was zu prüfen und was zu ändern ist."];
pub(super) const WHY: [&str; 2] = ["TO DO: say why that helps.", "TO DO: sagen, warum das hilft."];
pub(super) const TITLE_OF_SOURCE: &str = "TO DO: the title of the page";
