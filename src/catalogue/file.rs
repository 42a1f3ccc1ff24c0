//! The pattern files of a folder, read with care: they are somebody's own.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::finding::{Fault, Finding, Help, Place, Problem, Rule};
use super::outline::{Outline, Strange, place, place_at, place_of_word};
use crate::phrases::Cause;

/// A larger file is refused before it is parsed: YAML parsers take seconds over hostile megabytes.
pub(super) const LARGEST_FILE: usize = 256 * 1024;

/// What a lexicon's file is named, without its ending.
const LEXICON: &str = "lexicon";

/// Pattern files stand in a folder, perhaps in folders by topic.
const DEEPEST_FOLDER: usize = 8;

/// A larger folder is refused.
const LARGEST_FOLDER: usize = 64 * 1024 * 1024;

/// A pattern file: its name, with the folder where it has one, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFile {
    /// The path as it is shown to people.
    pub path: Cow<'static, str>,
    /// The text.
    pub text: Cow<'static, str>,
}

impl PatternFile {
    /// A file of this path and text.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: Cow::Owned(path.into()), text: Cow::Owned(text.into()) }
    }

    /// What the file is named, without folder and ending: the id of its root cause.
    #[must_use]
    pub fn stem(&self) -> &str {
        Path::new(self.path.as_ref()).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }

    /// Whether the file is no root cause but a lexicon.
    #[must_use]
    pub fn is_lexicon(&self) -> bool {
        self.stem() == LEXICON
    }

    /// Whether the file is one of this build.
    #[must_use]
    pub fn is_builtin(&self) -> bool {
        matches!(self.path, Cow::Borrowed(_))
    }

    /// The line of a field, as `path:line`, to point at it.
    pub(crate) fn place_of(&self, path: &str) -> String {
        let outline = Outline::of(&self.text).unwrap_or_default();
        let line = outline.place(&self.text, path, false).map(|place| format!(":{}", place.line));
        format!("{}{}", self.path, line.unwrap_or_default())
    }

    /// Faults with their places.
    pub(crate) fn findings(&self, faults: impl IntoIterator<Item = Fault>) -> Vec<Finding> {
        let mut outline = None;
        let faults = faults.into_iter();
        faults
            .map(|fault| {
                let outline = outline.get_or_insert_with(|| Outline::of(&self.text).unwrap_or_default());
                let is_of_key = fault.rule == Rule::UnknownField;
                let place = outline.place(&self.text, &fault.path, is_of_key);
                let word = fault.word.as_deref();
                let place = place.map(|place| {
                    word.and_then(|word| place_of_word(&self.text, &place, word)).unwrap_or(place)
                });
                self.finding(fault.rule, place, fault.problem, fault.help)
            })
            .collect()
    }

    /// What keeps the file from being plain YAML.
    pub(super) fn strange(&self, strange: Strange) -> Finding {
        let place = place(&self.text, strange.at, None);
        self.finding(strange.rule, place, strange.problem, strange.help)
    }

    /// A finding at a line and column.
    pub(super) fn finding_at(&self, at: Option<(usize, usize)>, fault: Fault) -> Finding {
        let place = at.and_then(|(line, column)| place_at(&self.text, line, column.max(1), None));
        self.finding(fault.rule, place, fault.problem, fault.help)
    }

    fn finding(&self, rule: Rule, place: Option<Place>, problem: Problem, help: Help) -> Finding {
        Finding { rule, file: self.path.clone().into_owned(), place, problem, help }
    }
}

/// What was read of a folder: the files, and what is wrong with the others.
#[derive(Debug, Default)]
pub struct Folder {
    /// The files that could be read, by name.
    pub files: Vec<PatternFile>,
    /// What is wrong with the others.
    pub findings: Vec<Finding>,
}

impl Folder {
    /// Reads the files (`*.yaml`, `*.yml`) that stand in a folder or below it, or a single one: root causes, and
    /// perhaps a `lexicon.yaml`.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be listed, or holds no pattern file. A file that is too
    /// large or cannot be read is a finding.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut folder = Self::default();
        let mut total = 0;
        for file in pattern_files(path)? {
            let shown = file.display().to_string();
            match read_file(&file) {
                Ok(text) => {
                    total += text.len();
                    folder.files.push(PatternFile::new(shown, text));
                }
                Err(fault) => {
                    let file = PatternFile::new(shown, "");
                    folder.findings.push(file.finding_at(None, *fault));
                }
            }
            if total > LARGEST_FOLDER {
                let fault = Fault::new(Rule::TooLarge, "", Problem::FolderTooLarge, Help::KeepOnlyPatterns);
                let file = PatternFile::new(path.display().to_string(), "");
                folder.findings.push(file.finding_at(None, fault));
                folder.files.clear();
                break;
            }
        }
        Ok(folder)
    }
}

/// The pattern files of a folder by name, or the one that `path` is.
fn pattern_files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    // Links are not followed, so that no folder holds itself.
    for entry in walkdir::WalkDir::new(path).max_depth(DEEPEST_FOLDER).sort_by_file_name() {
        let entry = entry?;
        let is_yaml = entry.path().extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if is_yaml && !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(Cause::NoPatternFile.into());
    }
    Ok(files)
}

fn read_file(path: &Path) -> Result<String, Box<Fault>> {
    let unreadable = |problem| Box::new(Fault::new(Rule::UnreadableFile, "", problem, Help::SeeToFile));
    let failed = |error: io::Error| unreadable(Problem::UnreadableFile { error: error.to_string() });
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(unreadable(Problem::NoFile));
    }
    let too_large = || {
        let kib = LARGEST_FILE as u64 / 1024;
        Box::new(Fault::new(Rule::TooLarge, "", Problem::FileTooLarge { kib }, Help::SplitFile))
    };
    if metadata.len() > LARGEST_FILE as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    // The file may have grown since.
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > LARGEST_FILE {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        unreadable(Problem::LineNotUtf8 { line: line.to_string() })
    })
}
