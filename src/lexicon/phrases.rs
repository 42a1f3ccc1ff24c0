//! Words and phrases by the stems of their words, and what is said of each.

use hashbrown::{HashMap, HashSet};

/// A phrase has at most so many words.
pub(crate) const LONGEST_PHRASE: usize = 4;

/// Words and phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl FromIterator<String> for Phrases<()> {
    fn from_iter<I: IntoIterator<Item = String>>(stems: I) -> Self {
        let mut phrases = Self::default();
        stems.into_iter().for_each(|stems| phrases.insert(stems, ()));
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

/// Sorted, as the order of a table is another in each run.
#[cfg(test)]
impl<T> From<Phrases<T>> for Vec<(String, T)> {
    fn from(phrases: Phrases<T>) -> Self {
        let mut entries: Self = phrases.entries.into_iter().collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries
    }
}

#[cfg(test)]
impl<'p> IntoIterator for &'p Phrases<()> {
    type Item = &'p String;
    type IntoIter = hashbrown::hash_map::Keys<'p, String, ()>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.keys()
    }
}
