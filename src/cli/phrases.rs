//! What the command line says on standard error, in both languages side by side.

use std::io;
use std::path::Path;

use copydoctor::baseline::BaselineError;
use copydoctor::phrases;
use copydoctor::phrases::{Cause, Complaint, DraftError, OneOf};
use copydoctor::record::Position;
use copydoctor::redact::MapError;
use copydoctor::remediation::NoPolicy;

phrases! {
    /// What the command line says.
    pub(crate) enum Said {
        Failed { cause: Cause }: "{cause}", "{cause}";
        Complaint { complaint: Complaint }: "{complaint}", "{complaint}";
        BadBaseline { error: BaselineError }: "{error}", "{error}";
        Of { name: String, what: Box<Said> }: "{name}: {what}", "{name}: {what}";
        StandardOutput { cause: Cause }: "standard output: {cause}", "Standardausgabe: {cause}";

        PasteHere { end: &'static str }: "Paste the status message, then press {end}. (Help: copydoctor --help)",
            "Fügen Sie die Statusmeldung ein, und drücken Sie dann {end}. (Hilfe: copydoctor --help)";
        ExportHere: "Reading an export from standard input. (Help: copydoctor batch --help)",
            "Ein Export wird von der Standardeingabe gelesen. (Hilfe: copydoctor batch --help)";
        PasteTooLarge: "too large for a message; for exports there is `copydoctor batch`",
            "zu groß für eine Meldung; für Exporte gibt es `copydoctor batch`";
        PasteNotUtf8 { place: Position }: "-:{place}: not UTF-8; convert the text and try again",
            "-:{place}: kein UTF-8; wandeln Sie den Text um, und versuchen Sie es noch einmal";
        IsFile { file: String, argument: String }: "{file} is a file; to diagnose what is in it: copydoctor batch {argument}",
            "{file} ist eine Datei; was darin steht, diagnostiziert: copydoctor batch {argument}";
        IsFolder { folder: String, argument: String }: "{folder} is a folder; to diagnose what is in its files: copydoctor batch {argument}",
            "{folder} ist ein Ordner; was in seinen Dateien steht, diagnostiziert: copydoctor batch {argument}";
        SeveralMessages { count: u64 }: "there are {count} messages; --copy-policy takes one",
            "es sind {count} Meldungen; --copy-policy nimmt nur eine";
        UnknownHasNoPolicy: "the message is unknown, so there is no policy; without --copy-policy it says more",
            "die Meldung ist unbekannt, daher gibt es keine Richtlinie; ohne --copy-policy erfahren Sie mehr";
        NoPolicy { id: String, why: NoPolicy }: "{id}: {why}", "{id}: {why}";
        PolicyOfStep { id: String, number: u64 }: "{id}: the policy of step {number}; read the step before you put it in place",
            "{id}: die Richtlinie von Schritt {number}; lesen Sie den Schritt, bevor Sie sie einsetzen";
        NoRootCause { id: String, near: Option<Near> }: "there is no root cause '{id}'.{near} All are listed by: copydoctor explain",
            "es gibt keine Ursache '{id}'.{near} Alle nennt: copydoctor explain";

        Overrides { file: String, id: String }: "{file} overrides the root cause {id}", "{file} überschreibt die Ursache {id}";
        Disables { file: String, id: String }: "{file} disables the root cause {id}", "{file} schaltet die Ursache {id} ab";
        CatalogueNotUsed { findings: u64, folders: String }:
            (findings: "the catalogue is not used, because of this finding; all are shown by: copydoctor check{folders}",
                "the catalogue is not used, because of {findings} findings; all are shown by: copydoctor check{folders}"),
            (findings: "der Katalog wird wegen dieses Befunds nicht verwendet; alle zeigt: copydoctor check{folders}",
                "der Katalog wird wegen {findings} Befunden nicht verwendet; alle zeigt: copydoctor check{folders}");

        MoreComplaints { count: u64 }: "{count} more of these; --format json lists them all",
            "{count} weitere davon; alle nennt --format json";
        Holds { condition: String, jobs: u64 }: (jobs: "--fail-on {condition} holds for 1 job", "--fail-on {condition} holds for {jobs} jobs"),
            (jobs: "--fail-on {condition} gilt für 1 Auftrag", "--fail-on {condition} gilt für {jobs} Aufträge");
        HoldsForRecords { condition: String, records: u64 }:
            (records: "--fail-on {condition} holds for 1 record", "--fail-on {condition} holds for {records} records"),
            (records: "--fail-on {condition} gilt für 1 Datensatz", "--fail-on {condition} gilt für {records} Datensätze");
        NoCondition { name: String, near: Option<Near> }:
            "--fail-on: there is no root cause '{name}'.{near} Beside failed, unknown and rejected it takes the ids that are listed by: copydoctor explain",
            "--fail-on: Es gibt keine Ursache '{name}'.{near} Außer failed, unknown und rejected nimmt es die IDs, die dieser Befehl nennt: copydoctor explain";
        ListsEveryJob { flag: &'static str, format: String }:
            "{flag} is for the formats table, json and markdown, and {format} lists every job",
            "{flag} gilt für die Formate table, json und markdown; {format} nennt jeden Auftrag";
        FollowFormats: "--follow writes a line for each job as it fails: its formats are text and ndjson",
            "--follow schreibt eine Zeile für jeden Auftrag, sobald er scheitert: Seine Formate sind text und ndjson";
        FollowTakesOne { count: u64 }: "--follow takes one file, and {count} are given", "--follow nimmt eine einzige Datei; angegeben sind {count}";
        FollowTakesFile: "--follow takes a plain file, no directory and no pipe",
            "--follow nimmt eine gewöhnliche Datei, kein Verzeichnis und keine Pipe";

        BaselineIsExport: "the list of known failures is one of the exports that are read; keep it elsewhere",
            "die Liste bekannter Fehler ist einer der Exporte, die gelesen werden; bewahren Sie sie anderswo auf";
        BaselineIsReport: "the report and the list of known failures cannot be the same file",
            "der Bericht und die Liste bekannter Fehler können nicht dieselbe Datei sein";
        TableIsReport: "the report and the table of pseudonyms cannot be the same file",
            "der Bericht und die Tabelle der Pseudonyme können nicht dieselbe Datei sein";
        BaselineWithPseudonyms:
            "--write-baseline cannot be used with --redact: with pseudonyms in it, the list would know no job; write it in a run of its own",
            "--write-baseline verträgt sich nicht mit --redact: Mit Pseudonymen darin würde die Liste keinen Auftrag kennen; schreiben Sie sie in einem eigenen Lauf";
        FollowWithPseudonyms:
            "--follow cannot be used with --redact: a name may be known only by a job that comes after the line that it stands in; without --follow, the report on what the file holds is redacted",
            "--follow verträgt sich nicht mit --redact: Einen Namen verrät vielleicht erst ein Auftrag hinter der Zeile, in der er steht; ohne --follow erhält der Bericht über die ganze Datei Pseudonyme";
        NoTable { error: MapError }: "{error}", "{error}";
        BaselineNotWritten: "not written, because not everything could be read",
            "nicht geschrieben, weil sich nicht alles lesen ließ";
        BaselineWritten { failures: u64 }: (failures: "lists 1 known failure", "lists {failures} known failures"),
            (failures: "nennt 1 bekannten Fehler", "nennt {failures} bekannte Fehler");

        NotDrafted { error: DraftError }: "{error}", "{error}";
        MessagesHere: "Reading messages from standard input. (Help: copydoctor draft --help)",
            "Meldungen werden von der Standardeingabe gelesen. (Hilfe: copydoctor draft --help)";
        NothingToDraft: "there is no message to draft an entry for",
            "es gibt keine Meldung, für die sich ein Eintrag entwerfen ließe";
        NoMessages: "nothing to draft: no job with a problem has a message",
            "nichts zu entwerfen: Kein Auftrag mit einem Problem hat eine Meldung";
        AllDiagnosed { causes: String }: "nothing to draft: every message is diagnosed, as {causes}",
            "nichts zu entwerfen: Jede Meldung wird diagnostiziert, und zwar als {causes}";
        NoKind { number: u64, count: u64 }: "there is no kind {number} of unknown messages, only {count}; see --list",
            "es gibt keine Art {number} unbekannter Meldungen, nur {count}; siehe --list";
        MostFrequentKind { kinds: u64, jobs: u64 }:
            "this is for the most frequent of {kinds} kinds of unknown messages (jobs: {jobs}); --list shows all, and --cluster N chooses",
            "das gilt für die häufigste von {kinds} Arten unbekannter Meldungen (Aufträge: {jobs}); --list zeigt alle, und --cluster N wählt aus";
        Proven { id: String, mark: &'static str, places: u64 }:
            "proven with the catalogue; name the file {id}.yaml, and see to what is marked {mark} ({places} places)",
            "mit dem Katalog bewiesen; nennen Sie die Datei {id}.yaml, und ergänzen Sie, was mit {mark} bezeichnet ist ({places} Stellen)";
        MoreFindings { count: u64 }: "{count} more of these", "{count} weitere davon";
        NotProven: "the entry is not proven, so it is not written; --unproven writes it to be mended",
            "der Eintrag ist nicht bewiesen und wird daher nicht geschrieben; --unproven schreibt ihn zum Nachbessern";
        MessagesInDirectory { folder: String, argument: String }:
            "{folder}: a directory; name files in it, or see first what it holds: copydoctor batch {argument}",
            "{folder}: ein Verzeichnis; nennen Sie Dateien darin, oder sehen Sie erst nach, was es enthält: copydoctor batch {argument}";
        NeitherFileNorMessage { name: String }: "{name}: no such file, and no message either",
            "{name}: weder eine Datei noch eine Meldung";
        FileAmongMessages { file: String }: "{file}: a file among messages; give either files or messages",
            "{file}: eine Datei unter Meldungen; geben Sie entweder Dateien oder Meldungen an";

        OutputIsDirectory: "a directory; name a file in it", "ein Verzeichnis; nennen Sie eine Datei darin";
        OutputIsRead: "one of the exports that are read; write to another file",
            "einer der Exporte, die gelesen werden; schreiben Sie in eine andere Datei";
        OutputIsReadIn { folder: String }: "in {folder}, and one of the exports that are read; write to another file",
            "in {folder} und damit einer der Exporte, die gelesen werden; schreiben Sie in eine andere Datei";
        NoFolder { folder: String, cause: Cause }: "the folder {folder}: {cause}", "der Ordner {folder}: {cause}";
    }
}

phrases! {
    /// The name that a mistyped one comes nearest to.
    pub(crate) enum Near {
        Name { names: OneOf }: " Did you mean {names}?", " Meinten Sie {names}?";
    }
}

impl Near {
    pub(crate) fn of(name: Option<&str>) -> Option<Self> {
        name.map(|name| Self::Name { names: OneOf(vec![name.to_owned()]) })
    }
}

impl Said {
    pub(crate) fn cannot_be_opened(error: &io::Error) -> Self {
        Self::Complaint { complaint: Complaint::CannotBeOpened { cause: error.into() } }
    }

    pub(crate) fn cannot_be_read(error: &io::Error) -> Self {
        Self::Complaint { complaint: Complaint::CannotBeRead { cause: error.into() } }
    }

    /// It is said of a file.
    pub(crate) fn of(self, name: &Path) -> Self {
        Self::Of { name: name.display().to_string(), what: Box::new(self) }
    }
}

impl std::error::Error for Said {}

impl From<Said> for io::Error {
    fn from(said: Said) -> Self {
        Self::other(said)
    }
}

/// What an error says, be it of the command line, of the library or of the system.
impl From<&io::Error> for Said {
    fn from(error: &io::Error) -> Self {
        let said = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        said.cloned().unwrap_or_else(|| Self::Failed { cause: error.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_said_in_german_too() {
        copydoctor::phrases::must_be_whole(Said::WORDINGS.iter().chain(Near::WORDINGS));
    }
}
