//! The lexicon as it stands in its file.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Names of meanings, joined by spaces, and the words that have them.
    meanings: serde_yaml::Mapping,
    pub(super) trouble: String,
    /// Pairs of names of meanings.
    pub(super) opposites: Vec<String>,
    pub(super) silent: String,
    pub(super) frame: String,
    pub(super) other_jobs: OtherJobs,
    pub(super) restoring: String,
    pub(super) copy_jobs: String,
    pub(super) notice: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherJobs {
    pub(super) backup: String,
    pub(super) restore: String,
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file: Self = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        match file.meanings.iter().find(|(key, forms)| !key.is_string() || !forms.is_string()) {
            Some((key, _)) => Err(format!("{key:?} is no text of words; put it in quotes")),
            None => Ok(file),
        }
    }

    /// The meanings and their words, in the order of the file.
    pub(super) fn meanings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.meanings.iter().filter_map(|(key, forms)| Some((key.as_str()?, forms.as_str()?)))
    }
}
