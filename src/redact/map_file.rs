//! The private table as a file: JSON Lines that only its owner may read, written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::table::{Pair, Table};
pub use crate::phrases::MapError;
use crate::phrases::{Cause, MapFault};

/// Larger than this is no table that anybody made by redacting.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    kind: String,
    pseudonym: String,
    original: String,
}

impl Table {
    /// The table in a file; an empty one where there is no file yet.
    ///
    /// # Errors
    /// [`MapError`] where there is something else than a table.
    pub fn load(path: &Path) -> Result<Self, MapError> {
        let name = path.display().to_string();
        let failed = |error| MapError::CannotBeRead { path: name.clone(), cause: Cause::from(&error) };
        if path == Path::new("-") {
            return Err(MapError::NoFile { path: name });
        }
        let about = match fs::metadata(path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // Better now than after the work.
                return folder_of(path).metadata().map(|_| Self::default()).map_err(failed);
            }
            Err(error) => return Err(failed(error)),
        };
        if !about.is_file() {
            return Err(MapError::NoFile { path: name });
        }
        if about.len() > LARGEST {
            return Err(MapError::NoMap { path: name, line: "1".to_owned(), problem: MapFault::TooLarge });
        }
        let bytes = fs::read(path).map_err(failed)?;
        Self::parse(&bytes).map_err(|(line, problem)| MapError::NoMap {
            path: name,
            line: line.to_string(),
            problem,
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, (usize, MapFault)> {
        let mut table = Self::default();
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let fault = |problem: MapFault| (index + 1, problem);
            let Line { kind, pseudonym, original } =
                serde_json::from_slice(line).map_err(|_| fault(MapFault::StrangeLine))?;
            if pseudonym.is_empty() || original.is_empty() {
                return Err(fault(MapFault::MissingValue));
            }
            if !table.insert(Pair { kind: kind.into(), pseudonym, original }) {
                return Err(fault(MapFault::Contradiction));
            }
        }
        Ok(table)
    }

    /// Keeps the table in a file that only its owner may read. What was there before is replaced in one go, or, where
    /// anything fails, stays.
    ///
    /// # Errors
    /// [`MapError::CannotBeWritten`] where the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), MapError> {
        self.write(path).map_err(|error| MapError::CannotBeWritten {
            path: path.display().to_string(),
            cause: Cause::from(&error),
        })
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        // A link stays a link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // The temporary file is its owner's alone from the beginning.
        let mut file = tempfile::NamedTempFile::new_in(folder_of(&path))?;
        let mut out = io::BufWriter::new(file.as_file_mut());
        for Pair { kind, pseudonym, original } in self.pairs() {
            let line = Line {
                kind: kind.clone().into_owned(),
                pseudonym: pseudonym.clone(),
                original: original.clone(),
            };
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        drop(out);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::kind::Kind;

    fn table() -> Table {
        let mut table = Table::default();
        table.pseudonym(Kind::Account, "111122223333");
        table.pseudonym(Kind::Name("vault"), "Büro \"1\"\n");
        table.pseudonym(Kind::Uuid, "47C8EF56-74D8-059D-1301-C5BE1D5C926E");
        table
    }

    #[test]
    fn a_table_comes_back_and_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("map.jsonl");
        assert!(Table::load(&path).expect("nothing is there").is_empty());
        table().save(&path).expect("it can be written");
        let mut again = Table::load(&path).expect("it is a table");
        assert_eq!(again.pairs(), table().pairs());
        assert_eq!(again.pseudonym(Kind::Account, "111122223333"), "000000000001");
        assert_eq!(again.pseudonym(Kind::Account, "444455556666"), "000000000002");
        assert_eq!(
            again.pseudonym(Kind::Uuid, "47c8ef56-74d8-059d-1301-c5be1d5c926e"),
            "00000000-0000-4000-8000-000000000001"
        );
        again.save(&path).expect("it can be written again");
        assert_eq!(Table::load(&path).expect("it is a table").len(), 4);
        let files = fs::read_dir(folder.path()).expect("it can be listed").count();
        assert_eq!(files, 1, "nothing else is left");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("map.jsonl");
        fs::write(&path, "").expect("an empty file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("it is ours");
        table().save(&path).expect("it can be written");
        let mode = fs::metadata(&path).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[track_caller]
    fn is_refused(text: &str, complaint: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("map.jsonl");
        fs::write(&path, text).expect("it can be written");
        let error = Table::load(&path).expect_err("it is no table").to_string();
        assert!(error.contains(complaint) && error.contains("map.jsonl:"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let line = |original: &str, pseudonym: &str| {
            format!("{{\"kind\":\"vault\",\"pseudonym\":\"{pseudonym}\",\"original\":\"{original}\"}}\n")
        };
        is_refused("{\"CopyJobs\": []}", ":1: this is no table");
        is_refused("hello", "none of its lines");
        is_refused(&(line("a", "vault-1") + "x"), ":2:");
        is_refused(&(line("a", "vault-1") + &line("a", "vault-2")), "says something else");
        is_refused(&(line("a", "vault-1") + &line("b", "vault-1")), "says something else");
        is_refused(&line("", "vault-1"), "missing");
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(Table::load(folder.path()), Err(MapError::NoFile { .. })));
        assert!(matches!(Table::load(Path::new("-")), Err(MapError::NoFile { .. })));
        assert!(Table::load(&folder.path().join("no").join("x")).is_err());
    }
}
