//! The catalogue: all root causes, loaded from YAML and checked, so that nothing fails afterwards.

mod root_cause;

use std::collections::BTreeMap;
use std::fmt;

pub use root_cause::{Account, Evidence, Example, Group, NearMiss, RootCause, Source, Step, Wording};

/// The pattern files of this build: name and text, sorted by name.
const BUILTIN_FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

/// A larger file is refused before it is parsed: YAML parsers take seconds over hostile megabytes.
const LARGEST_FILE: usize = 256 * 1024;

/// Why a catalogue could not be loaded: which file, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// The file's name.
    pub file: String,
    /// Line and column, counted from 1, where the parser knows them.
    pub position: Option<(usize, usize)>,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some((line, column)) = self.position {
            write!(formatter, ":{line}:{column}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

impl std::error::Error for CatalogueError {}

/// All root causes, sorted by id, each with a distinct id.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    root_causes: Vec<RootCause>,
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
        Self::parse(BUILTIN_FILES.iter().copied())
            .unwrap_or_else(|error| unreachable!("the tests load every file of this build: {error}"))
    }

    /// The pattern files of this build: name and text.
    #[must_use]
    pub fn builtin_files() -> &'static [(&'static str, &'static str)] {
        BUILTIN_FILES
    }

    /// Loads a catalogue from files, each a name and a text. Their order does not matter.
    ///
    /// # Errors
    /// The first [`CatalogueError`]: a file that is not YAML of the right shape, is not named after its
    /// id, lacks what every root cause has to have, or repeats an id.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CatalogueError> {
        let mut root_causes =
            files.into_iter().map(|(name, text)| parse_file(name, text)).collect::<Result<Vec<_>, _>>()?;
        root_causes.sort_by(|one, other| one.id.cmp(&other.id));
        for pair in root_causes.windows(2) {
            if let [one, other] = pair {
                if one.id == other.id {
                    return Err(CatalogueError {
                        file: format!("{}.yaml", one.id),
                        position: None,
                        problem: format!("the id {} is taken twice; give each root cause its own", one.id),
                    });
                }
            }
        }
        Ok(Self { root_causes })
    }

    /// The root causes, sorted by id.
    #[must_use]
    pub fn root_causes(&self) -> &[RootCause] {
        &self.root_causes
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
        let index = self.root_causes.binary_search_by(|cause| cause.id.as_str().cmp(id)).ok()?;
        self.root_causes.get(index)
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
        /// As similar as two ids are that differ in one of three words.
        const LEAST_SIMILARITY: f64 = 0.6;
        self.root_causes
            .iter()
            .map(|cause| (strsim::normalized_damerau_levenshtein(&cause.id, mistyped), cause.id.as_str()))
            .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, id)| id)
    }
}

fn parse_file(name: &str, text: &str) -> Result<RootCause, CatalogueError> {
    let error = |position, problem: String| CatalogueError { file: name.to_owned(), position, problem };
    if text.len() > LARGEST_FILE {
        let problem =
            format!("the file is larger than {LARGEST_FILE} bytes; a root cause takes a few thousand");
        return Err(error(None, problem));
    }
    let cause: RootCause = serde_yaml::from_str(text).map_err(|parse_error| {
        let position = parse_error.location().map(|at| (at.line(), at.column()));
        error(position, parse_error.to_string())
    })?;
    let stem = std::path::Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if stem != cause.id {
        return Err(error(None, format!("the id is {}; name the file {0}.yaml or change the id", cause.id)));
    }
    cause.find_gap().map_or(Ok(()), |gap| Err(error(None, gap)))?;
    Ok(cause)
}

#[cfg(test)]
mod tests;
