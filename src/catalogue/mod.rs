//! The catalogue: all root causes, loaded from YAML and checked, so that nothing fails afterwards.

mod deferred;
mod edition;
mod file;
mod finding;
mod lexicon;
mod load;
mod outline;
mod root_cause;
mod sound;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

pub use deferred::Deferred;
pub use edition::Edition;
pub use file::{Folder, PatternFile};
pub use finding::{CatalogueError, Finding, Help, Place, Problem, Rule};
pub use root_cause::{
    Account, AwsMessageCategory, Evidence, Example, Group, NearMiss, RootCause, Source, Step, Wording,
};

pub(crate) use finding::Fault;
use load::Entry;
use root_cause::Compiled;

use crate::lexicon::{Lexicon, LexiconFile};
use crate::phrases::Cause;
use crate::suggestion::{did_you_mean, nearest};

/// The pattern files of this build: path in the package and text, sorted by path.
const BUILTIN_FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

/// What they say, in the same order.
const BUILTIN: &[Compiled] = include!(concat!(env!("OUT_DIR"), "/causes.rs"));

/// All root causes, sorted by id, each with a distinct id.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    root_causes: Vec<RootCause>,
    /// The file of each root cause, at the same index.
    files: Vec<PatternFile>,
    /// What is laid over the lexicon of this build, in order.
    lexicons: Vec<LexiconFile>,
    /// Whether it is that of this build, unchanged.
    is_builtin: bool,
}

/// Whether they say the same, wherever they are from.
impl PartialEq for Catalogue {
    fn eq(&self, other: &Self) -> bool {
        let Self { root_causes, files, lexicons, is_builtin: _ } = other;
        self.root_causes == *root_causes && self.files == *files && self.lexicons == *lexicons
    }
}

/// What a file changed of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the root cause.
    pub id: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// The file that did it.
    pub file: String,
}

/// What became of a root cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// Another one takes its place.
    Overridden,
    /// It is gone.
    Disabled,
}

impl ChangeKind {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Overridden => "overridden",
            Self::Disabled => "disabled",
        }
    }
}

/// What became of the files that were laid over a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// What they changed, by file. A file that says what is there already changes nothing.
    pub changes: Vec<Change>,
    /// What is wrong with the others, which are left out.
    pub findings: Vec<Finding>,
}

impl Catalogue {
    /// The catalogue that this build carries.
    ///
    /// ```
    /// let catalogue = copydoctor::Catalogue::builtin();
    /// assert!(catalogue.get("vault-access-policy-denies-copy").is_some());
    /// ```
    #[must_use]
    pub fn builtin() -> Self {
        // The files are sorted by name, which is the id.
        Self {
            root_causes: BUILTIN.iter().map(RootCause::from).collect(),
            files: Self::builtin_files().collect(),
            lexicons: Vec::new(),
            is_builtin: true,
        }
    }

    /// The pattern files of this build, sorted by path.
    pub fn builtin_files() -> impl Iterator<Item = PatternFile> {
        BUILTIN_FILES
            .iter()
            .map(|(path, text)| PatternFile { path: Cow::Borrowed(path), text: Cow::Borrowed(text) })
    }

    /// Loads a catalogue from files. Their order does not matter.
    ///
    /// # Errors
    /// Everything that is wrong: a file that is not YAML of the right shape, is not named after its id, lacks
    /// what every root cause has to have, or repeats an id.
    pub fn parse(files: impl IntoIterator<Item = PatternFile>) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::default();
        let Overlay { findings, .. } = catalogue.overlay(files);
        if findings.is_empty() { Ok(catalogue) } else { Err(CatalogueError { findings }) }
    }

    /// Lays files over the catalogue: root causes that are new are added, those of an id that is there take
    /// its place, and a file of `id` and `disabled: true` takes one out. The words and meanings of a `lexicon.yaml` are
    /// added to those of this build. A file with a fault is left out.
    ///
    /// ```
    /// use copydoctor::catalogue::{Catalogue, ChangeKind, PatternFile};
    /// let mut catalogue = Catalogue::builtin();
    /// let file = PatternFile::new("own/token-expired.yaml", "id: token-expired\ndisabled: true\n");
    /// let overlay = catalogue.overlay([file]);
    /// assert!(overlay.findings.is_empty());
    /// assert_eq!(overlay.changes[0].kind, ChangeKind::Disabled);
    /// assert!(catalogue.get("token-expired").is_none());
    /// ```
    pub fn overlay(&mut self, files: impl IntoIterator<Item = PatternFile>) -> Overlay {
        let mut overlay = Overlay::default();
        let mut entries = BTreeMap::new();
        for file in files {
            if file.is_lexicon() {
                match load::load_lexicon(&file, &self.lexicon()) {
                    Err(findings) => overlay.findings.extend(findings),
                    Ok(lexicon) => {
                        self.lexicons.push(lexicon);
                        self.is_builtin = false;
                    }
                }
                continue;
            }
            match load::load(&file) {
                Err(findings) => overlay.findings.extend(findings),
                Ok(entry) => {
                    let id = file.stem().to_owned();
                    if let Some((other, _)) = entries.get(&id) {
                        overlay.findings.extend(file.findings([taken_twice(&id, other)]));
                    } else {
                        entries.insert(id, (file, entry));
                    }
                }
            }
        }
        for (id, (file, entry)) in entries {
            let place = self.position(&id);
            let kind = match (entry, place) {
                (Entry::RootCause(cause), Ok(index)) => {
                    let (Some(own), Some(its_file)) =
                        (self.root_causes.get_mut(index), self.files.get_mut(index))
                    else {
                        continue;
                    };
                    if *own == *cause {
                        continue;
                    }
                    *own = *cause;
                    *its_file = file.clone();
                    ChangeKind::Overridden
                }
                (Entry::RootCause(cause), Err(index)) => {
                    self.root_causes.insert(index, *cause);
                    self.files.insert(index, file.clone());
                    ChangeKind::Added
                }
                (Entry::Disabled(_), Ok(index)) => {
                    self.root_causes.remove(index);
                    self.files.remove(index);
                    ChangeKind::Disabled
                }
                (Entry::Disabled(id), Err(_)) => {
                    let ids: Vec<&str> = self.root_causes.iter().map(|cause| cause.id.as_str()).collect();
                    let help = did_you_mean(&id, ids.iter().copied()).into();
                    let problem = Problem::NothingToDisable { id };
                    overlay.findings.extend(file.findings([Fault::new(
                        Rule::UnknownId,
                        "id",
                        problem,
                        help,
                    )]));
                    continue;
                }
            };
            self.is_builtin = false;
            overlay.changes.push(Change { id, kind, file: file.path.into_owned() });
        }
        overlay
    }

    /// Lays the pattern files of folders over the catalogue, one folder after the other.
    ///
    /// # Errors
    /// Where a folder cannot be listed or holds no pattern file; the error names it.
    pub fn overlay_folders<P: AsRef<Path>>(
        &mut self,
        folders: impl IntoIterator<Item = P>,
    ) -> io::Result<Overlay> {
        let mut whole = Overlay::default();
        for path in folders {
            let path = path.as_ref();
            let folder = Folder::read(path).map_err(|error| {
                let (name, cause) = (path.display().to_string(), Box::new(Cause::from(&error)));
                io::Error::new(error.kind(), Cause::Of { name, cause })
            })?;
            let overlay = self.overlay(folder.files);
            whole.changes.extend(overlay.changes);
            whole.findings.extend(folder.findings);
            whole.findings.extend(overlay.findings);
        }
        Ok(whole)
    }

    /// The root causes, sorted by id.
    #[must_use]
    pub fn root_causes(&self) -> &[RootCause] {
        &self.root_causes
    }

    /// Whether it is the catalogue of this build with nothing added, overridden or disabled.
    pub(crate) fn is_builtin(&self) -> bool {
        self.is_builtin
    }

    /// The lexicon of this build, with what was laid over it.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        let mut lexicon = Lexicon::builtin();
        self.lexicons.iter().for_each(|own| lexicon.lay_over(own));
        lexicon
    }

    /// How many words were laid over the lexicon of this build.
    #[must_use]
    pub fn own_words(&self) -> usize {
        let builtin = Lexicon::builtin_file();
        let builtin = builtin.entries();
        self.lexicons.iter().map(|own| own.entries().difference(&builtin).count()).sum()
    }

    /// The root causes with the files that they come from, sorted by id.
    pub fn with_files(&self) -> impl Iterator<Item = (&RootCause, &PatternFile)> {
        self.root_causes.iter().zip(&self.files)
    }

    /// The root causes by group, in the order of the groups and within them by id.
    #[must_use]
    pub fn by_group(&self) -> BTreeMap<Group, Vec<&RootCause>> {
        let mut groups: BTreeMap<Group, Vec<&RootCause>> = BTreeMap::new();
        for cause in &self.root_causes {
            groups.entry(cause.group).or_default().push(cause);
        }
        groups
    }

    /// The root cause of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RootCause> {
        self.root_causes.get(self.position(id).ok()?)
    }

    /// The id that `mistyped` was most likely meant to be, if any comes near it.
    ///
    /// ```
    /// let catalogue = copydoctor::Catalogue::builtin();
    /// assert_eq!(catalogue.nearest_id("tag-policy-violaton"), Some("tag-policy-violation"));
    /// assert_eq!(catalogue.nearest_id("weather"), None);
    /// ```
    #[must_use]
    pub fn nearest_id(&self, mistyped: &str) -> Option<&str> {
        nearest(mistyped, self.root_causes.iter().map(|cause| cause.id.as_str()))
    }

    /// The catalogue as it was before somebody added a wording, to see what it makes of it.
    #[cfg(test)]
    pub(crate) fn without_wording(&self, text: &str) -> Self {
        let mut rest = self.clone();
        rest.is_builtin = false;
        for cause in &mut rest.root_causes {
            cause.patterns.retain(|wording| wording.pattern.text() != text);
        }
        rest
    }

    /// The catalogue as it was before somebody added a near miss.
    #[cfg(test)]
    pub(crate) fn without_near_miss(&self, message: &str) -> Self {
        let mut rest = self.clone();
        rest.is_builtin = false;
        for cause in &mut rest.root_causes {
            cause.near_misses.retain(|near_miss| near_miss.message != message);
        }
        rest
    }

    /// Where the root cause of this id stands, or would stand.
    fn position(&self, id: &str) -> Result<usize, usize> {
        self.root_causes.binary_search_by(|cause| cause.id.as_str().cmp(id))
    }
}

fn taken_twice(id: &str, other: &PatternFile) -> Fault {
    let problem = Problem::IdTaken { id: id.to_owned(), file: other.path.clone().into_owned() };
    Fault::new(Rule::DuplicateId, "id", problem, Help::OwnId)
}

#[cfg(test)]
mod tests;
