//! Why the private table of a redaction cannot be read or kept.

use super::Cause;
use crate::phrases;

phrases! {
    /// Why a private table cannot be read or kept.
    pub enum MapError {
        NoMap { path: String, line: String, problem: MapFault }:
            "{path}:{line}: this is no table of --redact-map ({problem}), and was left alone; name another file",
            "{path}:{line}: das ist keine Tabelle von --redact-map ({problem}) und blieb unangetastet; nennen Sie eine andere Datei";
        NoFile { path: String }: "{path}: this is no file, so no table can be kept there; name a file",
            "{path}: das ist keine Datei, also lässt sich dort keine Tabelle aufbewahren; nennen Sie eine Datei";
        CannotBeRead { path: String, cause: Cause }: "{path}: the table of --redact-map cannot be read: {cause}",
            "{path}: die Tabelle von --redact-map lässt sich nicht lesen: {cause}";
        CannotBeWritten { path: String, cause: Cause }: "{path}: the table of --redact-map cannot be written: {cause}",
            "{path}: die Tabelle von --redact-map lässt sich nicht schreiben: {cause}";
    }
}

phrases! {
    /// Why a file is no private table.
    pub enum MapFault {
        TooLarge: "it is too large", "sie ist zu groß";
        StrangeLine: "the line is none of its lines", "die Zeile ist keine von deren Zeilen";
        MissingValue: "the pseudonym or the original is missing", "das Pseudonym oder das Original fehlt";
        Contradiction: "a line before says something else of the same", "eine Zeile davor besagt etwas anderes";
    }
}

impl std::error::Error for MapError {}
