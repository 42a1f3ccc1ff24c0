//! The lexicon as it stands in its file.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Words and what they mean, as `lexicon.yaml` has them: that of this build, or somebody's own, which is laid over it.
/// Words stand with spaces between them; `*` stands for any ending, `_` for a space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, expecting = "a mapping with meanings: and so on")]
pub struct LexiconFile {
    /// The names of one meaning or several, joined by spaces, and the words that have them.
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub(crate) meanings: Meanings,
    /// The names of the meanings that tell of trouble. What has none of them is no failure's message.
    pub(crate) trouble: String,
    /// The names of the meanings that any failure of a copy job may have. Where they are left over they say little
    /// against a root cause.
    pub(crate) expected: String,
    /// Pairs of names of meanings that exclude each other.
    pub(crate) opposites: Vec<String>,
    /// Words that say nothing.
    pub(crate) silent: String,
    /// Words that say nothing either, and join the parts of what somebody tells.
    pub(crate) conjunctions: String,
    /// Words that stand around messages and are no part of them, as in logs.
    pub(crate) frame: String,
    /// Words and phrases that name a job of another kind.
    pub(crate) other_jobs: OtherJobs,
    /// Words of restoring, which make a message that does not speak of a copy one of a restore job.
    pub(crate) restoring: String,
    /// Words and phrases that name a copy job.
    pub(crate) copy_jobs: String,
    /// Words and phrases of other systems. A reworded message that has one, and names no copy job, is about those.
    pub(crate) elsewhere: String,
    /// Words of which a notice without a reason is made.
    pub(crate) notice: String,
}

/// Words and phrases that name a job of another kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OtherJobs {
    /// Those of a backup job.
    pub(crate) backup: String,
    /// Those of a restore job.
    pub(crate) restore: String,
}

/// Names of meanings and their words, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Meanings(Vec<(String, String)>);

impl Meanings {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(names, words)| (names.as_str(), words.as_str()))
    }
}

impl<'de> Deserialize<'de> for Meanings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Meanings;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping of meanings to their words, as vault: safe depot")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Meanings, A::Error> {
                let mut meanings = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    meanings.push(entry);
                }
                Ok(Meanings(meanings))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

impl LexiconFile {
    /// Reads the JSON that the lexicon of this build is made into.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The entries of the meanings, each of the names and one of the words.
    pub(crate) fn entries(&self) -> BTreeSet<(&str, &str)> {
        self.meanings
            .iter()
            .flat_map(|(names, words)| words.split_whitespace().map(move |it| (names, it)))
            .collect()
    }

    /// The lists of words that have no meaning, with the paths of their fields.
    pub(crate) fn lists(&self) -> [(&'static str, &str); 9] {
        [
            ("silent", &self.silent),
            ("conjunctions", &self.conjunctions),
            ("frame", &self.frame),
            ("other_jobs.backup", &self.other_jobs.backup),
            ("other_jobs.restore", &self.other_jobs.restore),
            ("restoring", &self.restoring),
            ("copy_jobs", &self.copy_jobs),
            ("elsewhere", &self.elsewhere),
            ("notice", &self.notice),
        ]
    }
}
