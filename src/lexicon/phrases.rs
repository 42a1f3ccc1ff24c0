//! Words and phrases by the stems of their words, and what is said of each.

use hashbrown::{HashMap, HashSet};
use serde::Deserialize;

/// A phrase has at most so many words.
pub(crate) const LONGEST_PHRASE: usize = 4;

/// Words and phrases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<(String, T)>")]
#[cfg_attr(
    test,
    derive(serde::Serialize),
    serde(into = "Vec<(String, T)>", bound(serialize = "T: Clone + serde::Serialize"))
)]
pub(super) struct Phrases<T> {
    /// By their stems, joined by spaces.
    entries: HashMap<String, T>,
    /// What they begin with: most words begin none.
    first: HashSet<String>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), first: HashSet::new() }
    }
}

impl<T> From<Vec<(String, T)>> for Phrases<T> {
    fn from(entries: Vec<(String, T)>) -> Self {
        let mut phrases = Self::default();
        entries.into_iter().for_each(|(stems, value)| phrases.insert(stems, value));
        phrases
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase. What was said of it before no longer holds.
    pub(super) fn insert(&mut self, stems: String, value: T) {
        let first = stems.split(' ').next().unwrap_or_default();
        if !self.first.contains(first) {
            self.first.insert(first.to_owned());
        }
        self.entries.insert(stems, value);
    }

    pub(super) fn get(&self, stems: &str) -> Option<&T> {
        self.entries.get(stems)
    }

    /// The longest phrase that words begin with, and of how many it is.
    pub(super) fn longest(&self, stems: &[&str]) -> Option<(usize, &T)> {
        if !self.first.contains(*stems.first()?) {
            return None;
        }
        let lengths = (1..=LONGEST_PHRASE.min(stems.len())).rev();
        lengths.into_iter().find_map(|length| Some((length, self.get(&stems.get(..length)?.join(" "))?)))
    }

    /// Whether one of them stands in a text.
    pub(super) fn any(&self, stems: &[&str]) -> bool {
        (0..stems.len()).any(|start| self.longest(stems.get(start..).unwrap_or_default()).is_some())
    }
}

/// How a set of words is read and written.
pub(super) mod words {
    use hashbrown::HashSet;
    use serde::{Deserialize, Deserializer};

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        it: D,
    ) -> Result<HashSet<String>, D::Error> {
        Vec::deserialize(it).map(|words| words.into_iter().collect())
    }

    /// Sorted, for the same reason.
    #[cfg(test)]
    pub(in super::super) fn serialize<S: serde::Serializer>(
        words: &HashSet<String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(words.iter().collect::<std::collections::BTreeSet<_>>())
    }
}

/// Sorted, as the order of a table is another in each run.
#[cfg(test)]
impl<T> From<Phrases<T>> for Vec<(String, T)> {
    fn from(phrases: Phrases<T>) -> Self {
        let mut entries: Self = phrases.entries.into_iter().collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries
    }
}
