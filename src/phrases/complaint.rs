//! What readers of exports, and of lists of known failures, complain of.

use std::io;

use super::Cause;
use crate::phrases;
use crate::record::Position;

phrases! {
    /// What there is to say of an export, of a record that cannot be read, or of a list of known failures.
    pub enum Complaint {
        CannotBeOpened { cause: Cause }: "cannot be opened: {cause}", "lässt sich nicht öffnen: {cause}";
        CannotBeRead { cause: Cause }: "cannot be read: {cause}", "lässt sich nicht lesen: {cause}";
        CannotBeReadFurther { cause: Cause }: "cannot be read any further: {cause}", "lässt sich nicht weiterlesen: {cause}";
        DirectoryWithoutExports { files: u64 }:
            (files: "a directory without exports: its only file holds no copy job",
                "a directory without exports: none of its {files} files holds a copy job"),
            (files: "ein Verzeichnis ohne Exporte: Seine einzige Datei enthält keinen Kopierauftrag",
                "ein Verzeichnis ohne Exporte: Keine seiner {files} Dateien enthält einen Kopierauftrag");
        ArchiveWithoutExports { files: u64 }:
            (files: "an archive without exports: its only file holds no copy job",
                "an archive without exports: none of its {files} files holds a copy job"),
            (files: "ein Archiv ohne Exporte: Seine einzige Datei enthält keinen Kopierauftrag",
                "ein Archiv ohne Exporte: Keine seiner {files} Dateien enthält einen Kopierauftrag");
        EmptyFile: "the file is empty", "die Datei ist leer";
        BlankFile: "the file is blank", "die Datei enthält nur Leerraum";
        WithoutJobs: "no copy job is in it: a job has a CopyJobId and a State or StatusMessage",
            "enthält keinen Kopierauftrag: Ein Auftrag hat eine CopyJobId und State oder StatusMessage";
        Restarted: "emptied or replaced; read from its beginning", "geleert oder ersetzt; wird von vorn gelesen";
        CannotBeFollowed:
            "this format cannot be followed, but JSON, CSV and lines can; where it is one of them, say which with --from",
            "diesem Format lässt sich nicht folgen, nur JSON, CSV und Zeilen; ist es eines davon, nennen Sie es mit --from";

        TooDeeplyPacked { layers: u64 }: "packed in more than {layers} layers; unpack it first",
            "in mehr als {layers} Schichten verpackt; entpacken Sie die Datei vorher";
        ArchiveFromPipe: "a zip archive too large to be read from a pipe; save it and name the file",
            "ein ZIP-Archiv, das für eine Pipe zu groß ist; speichern Sie es und nennen Sie die Datei";
        UnreadableArchive { cause: Cause }: "a zip archive that cannot be read: {cause}",
            "ein ZIP-Archiv, das sich nicht lesen lässt: {cause}";
        UnreadableFileInArchive { number: u64, cause: Cause }: "file {number} in it cannot be read: {cause}",
            "Datei {number} darin lässt sich nicht lesen: {cause}";
        ExcelWorkbook: "an Excel workbook; save the sheet as CSV",
            "eine Excel-Arbeitsmappe; speichern Sie das Tabellenblatt als CSV";
        Parquet: "a Parquet file; write its columns as CSV or JSON Lines first",
            "eine Parquet-Datei; schreiben Sie ihre Spalten vorher als CSV oder JSON Lines";
        Avro: "an Avro file; write its records as JSON Lines first",
            "eine Avro-Datei; schreiben Sie ihre Datensätze vorher als JSON Lines";
        Orc: "an ORC file; write its columns as CSV or JSON Lines first",
            "eine ORC-Datei; schreiben Sie ihre Spalten vorher als CSV oder JSON Lines";
        OldOfficeFile: "an old Office file; save the sheet as CSV",
            "eine alte Office-Datei; speichern Sie das Tabellenblatt als CSV";
        Pdf: "a PDF; copy the messages out of it", "ein PDF; kopieren Sie die Meldungen heraus";
        Sqlite: "a SQLite database; export the table as CSV", "eine SQLite-Datenbank; exportieren Sie die Tabelle als CSV";
        Bzip2: "compressed with bzip2; unpack it first", "mit bzip2 komprimiert; entpacken Sie die Datei vorher";
        Xz: "compressed with xz; unpack it first", "mit xz komprimiert; entpacken Sie die Datei vorher";
        SevenZip: "a 7-Zip archive; unpack it first", "ein 7-Zip-Archiv; entpacken Sie es vorher";
        Rar: "a RAR archive; unpack it first", "ein RAR-Archiv; entpacken Sie es vorher";
        Tar: "a tar archive; unpack it first", "ein tar-Archiv; entpacken Sie es vorher";
        Binary: "not text but binary", "kein Text, sondern Binärdaten";
        WebPage: "a web page; save the export itself, or copy the messages out of it",
            "eine Webseite; speichern Sie den Export selbst, oder kopieren Sie die Meldungen heraus";
        Xml: "XML; export as JSON or CSV", "XML; exportieren Sie als JSON oder CSV";
        Markup: "markup such as XML or HTML; export as JSON or CSV, or copy the messages out of it",
            "Auszeichnungen wie XML oder HTML; exportieren Sie als JSON oder CSV, oder kopieren Sie die Meldungen heraus";
        Statements: "statements of SQL or of a program; export as JSON or CSV, or copy the messages out of it",
            "Anweisungen in SQL oder einer Programmiersprache; exportieren Sie als JSON oder CSV, oder kopieren Sie die Meldungen heraus";
        SqlDump:
            "a dump of SQL statements; export the table as CSV with the names of its columns (psql --csv, sqlite3 -header -csv, mysql --batch)",
            "ein Abzug in SQL-Anweisungen; exportieren Sie die Tabelle als CSV mit den Namen ihrer Spalten (psql --csv, sqlite3 -header -csv, mysql --batch)";
        LogOfPairs: "a log of name=value pairs; write it as JSON, or copy the messages out of it",
            "ein Protokoll aus Paaren name=wert; schreiben Sie es als JSON, oder kopieren Sie die Meldungen heraus";
        FewSentences:
            "lines of text, most of which are no sentences and so no messages; export the jobs as JSON or CSV. To have every line read as a message, say --from lines",
            "Textzeilen, von denen die meisten keine Sätze und damit keine Meldungen sind; exportieren Sie die Aufträge als JSON oder CSV. Damit jede Zeile als Meldung gelesen wird, geben Sie --from lines an";

        Windows1252: "not UTF-8; read as Windows-1252", "kein UTF-8; als Windows-1252 gelesen";
        MacRoman: "not UTF-8; read as Mac Roman", "kein UTF-8; als Mac Roman gelesen";
        LostLetters { texts: u64 }:
            (texts: "1 text has bytes that are no letters in UTF-8, Windows-1252 or Mac Roman; it was read without them. Save it as UTF-8",
                "{texts} texts have bytes that are no letters in UTF-8, Windows-1252 or Mac Roman; they were read without them. Save them as UTF-8"),
            (texts: "1 Text hat Bytes, die weder in UTF-8 noch in Windows-1252 oder Mac Roman Buchstaben sind; er wurde ohne sie gelesen. Speichern Sie ihn als UTF-8",
                "{texts} Texte haben Bytes, die weder in UTF-8 noch in Windows-1252 oder Mac Roman Buchstaben sind; sie wurden ohne sie gelesen. Speichern Sie sie als UTF-8");
        Incomplete { token: &'static str }:
            "the export is not complete: {token} says that more jobs follow. Export without --max-items and --no-paginate",
            "der Export ist unvollständig: {token} besagt, dass weitere Aufträge folgen. Exportieren Sie ohne --max-items und --no-paginate";
        RowsFollow:
            "the answer of a query is not complete: NextToken says that more rows follow. Fetch those by --next-token, and read all answers together",
            "die Antwort auf eine Abfrage ist unvollständig: NextToken besagt, dass weitere Zeilen folgen. Holen Sie diese mit --next-token, und lassen Sie alle Antworten zusammen lesen";
        BackupJobs { count: u64 }:
            (count: "holds 1 backup job, which is left out; copy jobs are listed by: aws backup list-copy-jobs",
                "holds {count} backup jobs, which are left out; copy jobs are listed by: aws backup list-copy-jobs"),
            (count: "enthält 1 Sicherungsauftrag, der ausgelassen wird; Kopieraufträge nennt: aws backup list-copy-jobs",
                "enthält {count} Sicherungsaufträge, die ausgelassen werden; Kopieraufträge nennt: aws backup list-copy-jobs");
        RestoreJobs { count: u64 }:
            (count: "holds 1 restore job, which is left out; copy jobs are listed by: aws backup list-copy-jobs",
                "holds {count} restore jobs, which are left out; copy jobs are listed by: aws backup list-copy-jobs"),
            (count: "enthält 1 Wiederherstellungsauftrag, der ausgelassen wird; Kopieraufträge nennt: aws backup list-copy-jobs",
                "enthält {count} Wiederherstellungsaufträge, die ausgelassen werden; Kopieraufträge nennt: aws backup list-copy-jobs");
        OtherJobs { count: u64 }:
            (count: "holds 1 other job, which is left out; copy jobs are listed by: aws backup list-copy-jobs",
                "holds {count} other jobs, which are left out; copy jobs are listed by: aws backup list-copy-jobs"),
            (count: "enthält 1 anderen Auftrag, der ausgelassen wird; Kopieraufträge nennt: aws backup list-copy-jobs",
                "enthält {count} andere Aufträge, die ausgelassen werden; Kopieraufträge nennt: aws backup list-copy-jobs");
        Summaries:
            "counts of copy jobs without their messages; the jobs themselves are listed by: aws backup list-copy-jobs --by-state FAILED",
            "Anzahlen von Kopieraufträgen ohne ihre Meldungen; die Aufträge selbst nennt: aws backup list-copy-jobs --by-state FAILED";
        StartedJobs { count: u64, id: String }:
            (count: "names 1 started copy job but not how it went; that is said by: aws backup describe-copy-job --copy-job-id {id}",
                "names {count} started copy jobs but not how they went; that is said by: aws backup describe-copy-job --copy-job-id {id}"),
            (count: "nennt 1 gestarteten Kopierauftrag, aber nicht, wie er ausging; das sagt: aws backup describe-copy-job --copy-job-id {id}",
                "nennt {count} gestartete Kopieraufträge, aber nicht, wie sie ausgingen; das sagt: aws backup describe-copy-job --copy-job-id {id}");
        Notices { count: u64, id: String }:
            (count: "1 notice that leaves out why a job failed; the reason is fetched by: aws backup describe-copy-job --copy-job-id {id} --query CopyJob.StatusMessage --output text",
                "{count} notices that leave out why a job failed; the reason is fetched by: aws backup describe-copy-job --copy-job-id {id} --query CopyJob.StatusMessage --output text"),
            (count: "1 Benachrichtigung, die den Grund des Fehlers weglässt; den Grund holt: aws backup describe-copy-job --copy-job-id {id} --query CopyJob.StatusMessage --output text",
                "{count} Benachrichtigungen, die den Grund des Fehlers weglassen; den Grund holt: aws backup describe-copy-job --copy-job-id {id} --query CopyJob.StatusMessage --output text");
        LinesRead { messages: u64 }:
            (messages: "lines of text, of which 1 was read as a message", "lines of text, of which {messages} were read as messages"),
            (messages: "Textzeilen, von denen 1 als Meldung gelesen wurde", "Textzeilen, von denen {messages} als Meldungen gelesen wurden");
        LinesLeftOut { lines: u64 }:
            (lines: "1 line that is no job and no message was left out; to have every line read as a message, say --from lines",
                "{lines} lines that are no jobs and no messages were left out; to have every line read as a message, say --from lines"),
            (lines: "1 Zeile, die weder Auftrag noch Meldung ist, wurde ausgelassen; damit jede Zeile als Meldung gelesen wird, geben Sie --from lines an",
                "{lines} Zeilen, die weder Aufträge noch Meldungen sind, wurden ausgelassen; damit jede Zeile als Meldung gelesen wird, geben Sie --from lines an");
        RowsLeftOut { rows: u64 }:
            (rows: "1 row of a log that is no job and no message was left out; to have every row read as a message, name its column by --message-field",
                "{rows} rows of a log that are no jobs and no messages were left out; to have every row read as a message, name their column by --message-field"),
            (rows: "1 Zeile eines Protokolls, die weder Auftrag noch Meldung ist, wurde ausgelassen; damit jede Zeile als Meldung gelesen wird, nennen Sie deren Spalte mit --message-field",
                "{rows} Zeilen eines Protokolls, die weder Aufträge noch Meldungen sind, wurden ausgelassen; damit jede Zeile als Meldung gelesen wird, nennen Sie deren Spalte mit --message-field");
        LinesBeside: "lines of text; to have each read as a message, name the file itself",
            "Textzeilen; damit jede als Meldung gelesen wird, nennen Sie die Datei selbst";

        JsonWithoutJobs: "JSON without a copy job: no object has a CopyJobId and a State or StatusMessage",
            "JSON ohne Kopierauftrag: Kein Objekt hat eine CopyJobId und State oder StatusMessage";
        NotJson: "not JSON; export with `aws backup list-copy-jobs --output json`",
            "kein JSON; exportieren Sie mit `aws backup list-copy-jobs --output json`";
        BrokenJson { fault: JsonFault, more: Option<MoreFaults> }: "not JSON: {fault}{more}; reading went on at the next object",
            "kein JSON: {fault}{more}; ab dem nächsten Objekt wurde weitergelesen";
        CutOff: "the file ends in the middle; what was whole before is reported. Export it again",
            "die Datei endet mittendrin; was davor vollständig ist, steht im Bericht. Exportieren Sie sie noch einmal";
        TooDeeplyEmbedded { depth: u64 }: "JSON in strings, more than {depth} deep; unwrap it first",
            "JSON in Zeichenketten, mehr als {depth}-fach verschachtelt; packen Sie es vorher aus";
        ReadLineByLine { fault: YamlFault }: "{fault}; the job was read line by line",
            "{fault}; der Auftrag wurde Zeile für Zeile gelesen";

        BrokenRecord { fault: JsonFault, position: Position }: "{fault} ({position})", "{fault} ({position})";
        UnfitJson { error: String, position: Position }: "{error} ({position})", "unlesbares JSON: {error} ({position})";
        BrokenItem { fault: YamlFault }: "{fault}", "{fault}";
        NotUtf8 { position: Position }: "not UTF-8 ({position})", "kein UTF-8 ({position})";
        LineTooLong { mib: u64 }: "longer than {mib} MiB, which no line of a job is",
            "länger als {mib} MiB, das ist keine Zeile eines Auftrags";
        CellsUnlikeTitles { cells: u64, titles: u64 }:
            "has {cells} lines where there are {titles} titles, so nobody can tell which value is which; export the jobs as JSON or CSV",
            "hat {cells} Zeilen, wo es {titles} Spaltentitel gibt, so dass sich die Werte nicht zuordnen lassen; exportieren Sie die Aufträge als JSON oder CSV";
        MixedTooLong { mib: u64 }:
            "has parts of several formats and is longer than {mib} MiB, so only those of one format are read; save each part as a file of its own",
            "hat Teile in mehreren Formaten und ist länger als {mib} MiB, deshalb werden nur die eines Formats gelesen; speichern Sie jeden Teil als eigene Datei";
        OpenQuote: "a quote is not closed", "ein Anführungszeichen wird nicht geschlossen";
        LineWithoutState: "no cell of the line is a state", "keine Zelle der Zeile ist ein Status";

        StrangeState { records: u64, state: String }:
            (records: "1 record with the state {state}, which AWS does not name; where it is another field's value, name the right one with --state-field",
                "{records} records with the state {state}, which AWS does not name; where it is another field's value, name the right one with --state-field"),
            (records: "1 Datensatz mit dem Status {state}, den AWS nicht nennt; ist er der Wert eines anderen Felds, nennen Sie das richtige mit --state-field",
                "{records} Datensätze mit dem Status {state}, den AWS nicht nennt; ist er der Wert eines anderen Felds, nennen Sie das richtige mit --state-field");
        PartialJobs { parents: u64, children: ChildJobs, command: Option<Box<ListedBy>> }:
            (parents: "1 job is PARTIAL: why is said by child jobs, of which {children}{command}",
                "{parents} jobs are PARTIAL: why is said by child jobs, of which {children}{command}"),
            (parents: "1 Auftrag ist PARTIAL: Den Grund nennen untergeordnete Aufträge, von denen {children}{command}",
                "{parents} Aufträge sind PARTIAL: Den Grund nennen untergeordnete Aufträge, von denen {children}{command}");

        UnusedTwice { line: String }: "unused: the same stands in line {line} already",
            "unbenutzt: Dasselbe steht schon in Zeile {line}";
        Unused { failure: String }: "unused: no job fails like this any more: {failure}",
            "unbenutzt: So scheitert kein Auftrag mehr: {failure}";
        NoBaseline { head: String }:
            "no list of known failures that this version reads: its first line is {head}. One is written by --write-baseline",
            "keine Liste bekannter Fehler, die diese Version liest: Deren erste Zeile ist {head}. Eine schreibt --write-baseline";
        NoKnownFailure { error: String }: "not a known failure: {error}", "kein bekannter Fehler: {error}";
        FailureWithoutKind: "a known failure has one of cause, message and state",
            "ein bekannter Fehler hat genau eines der Felder cause, message und state";
    }
}

phrases! {
    /// How many child jobs of partial jobs there are.
    pub enum ChildJobs {
        WithProblem { count: u64 }: (count: "1 with a problem is in these exports", "{count} with a problem are in these exports"),
            (count: "1 mit einem Problem in diesen Exporten steht", "{count} mit einem Problem in diesen Exporten stehen");
    }
}

phrases! {
    /// The command that lists the child jobs of a partial job.
    pub enum ListedBy {
        Command { id: String, region: Option<String> }:
            "; those of the first are listed by: aws backup list-copy-jobs --by-parent-job-id {id}{region}",
            "; die des ersten nennt: aws backup list-copy-jobs --by-parent-job-id {id}{region}";
    }
}

phrases! {
    /// That one fault of a document is not the only one.
    pub enum MoreFaults {
        Behind { count: u64 }: (count: ", and 1 more fault behind it", ", and {count} more faults behind it"),
            (count: ", und 1 weiterer Fehler dahinter", ", und {count} weitere Fehler dahinter");
    }
}

phrases! {
    /// Why a text is not JSON.
    #[derive(Copy)]
    pub enum JsonFault {
        TooDeep: "nested deeper than any export is", "tiefer verschachtelt als jeder Export";
        NoKey: "expected a key in quotes or '}}'", "hier fehlt ein Schlüssel in Anführungszeichen oder '}}'";
        NoColon: "expected ':' behind the key", "hinter dem Schlüssel fehlt ':'";
        NoValue: "expected a value", "hier fehlt ein Wert";
        NoComma: "expected ',' or a closing bracket", "hier fehlt ',' oder eine schließende Klammer";
        OpenString: "a string is not closed on its line", "eine Zeichenkette wird auf ihrer Zeile nicht geschlossen";
        TooLarge { mib: u64 }: "the object is larger than {mib} MiB, which no copy job is",
            "das Objekt ist größer als {mib} MiB, das ist kein Kopierauftrag";
    }
}

phrases! {
    /// Why an item of YAML is none that an export has.
    pub enum YamlFault {
        NotUtf8: "not UTF-8", "kein UTF-8";
        TooLarge { mib: u64 }: "larger than {mib} MiB, which no copy job is",
            "größer als {mib} MiB, das ist kein Kopierauftrag";
        NotYaml { error: String }: "not YAML: {error}", "kein YAML: {error}";
        KeyIsNoText: "not YAML that an export has: a key is no text",
            "kein YAML, wie ein Export es hat: Ein Schlüssel ist kein Text";
        TooDeep: "nested deeper than any export is", "tiefer verschachtelt als jeder Export";
    }
}

impl Complaint {
    /// The name in kebab case, for programs. It stays as it is.
    #[must_use]
    pub fn kind(&self) -> String {
        kebab(self.name())
    }

    /// The names of all.
    #[must_use]
    pub fn kinds() -> Vec<String> {
        Self::WORDINGS.iter().map(|wording| kebab(wording.name)).collect()
    }

    pub(crate) fn cannot_be_opened(error: &io::Error) -> Self {
        Self::CannotBeOpened { cause: error.into() }
    }

    pub(crate) fn cannot_be_read(error: &io::Error) -> Self {
        Self::CannotBeRead { cause: error.into() }
    }

    pub(crate) fn cannot_be_read_further(error: &io::Error) -> Self {
        Self::CannotBeReadFurther { cause: error.into() }
    }
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}
