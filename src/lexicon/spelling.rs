//! Known words and what they mean, to be found as they are spelt or by a slip.

use std::sync::OnceLock;

use hashbrown::HashMap;
use serde::Deserialize;

use super::Meaning;

/// Known words and their meanings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<(String, Vec<Meaning>)>")]
#[cfg_attr(test, derive(serde::Serialize), serde(into = "Vec<(String, Vec<Meaning>)>"))]
pub(super) struct Spellings {
    words: Vec<(String, Vec<Meaning>)>,
    /// Where in `words` each is.
    places: HashMap<String, usize>,
    /// Made when the first slip is looked for.
    alike: OnceLock<Alike>,
}

/// Words by length and first letters, one list behind another.
#[derive(Debug, Clone, Default)]
struct Alike {
    /// Where in `words` each list ends; the next one begins there.
    ends: Vec<usize>,
    /// The letters of a word, and its place among the known words.
    words: Vec<(u32, usize)>,
}

impl Alike {
    fn of(known: &[(String, Vec<Meaning>)]) -> Self {
        let longest = known.iter().map(|(word, _)| word.len()).max().unwrap_or_default();
        let mut starts = vec![0; (longest + 1) * BEGINNING * LETTERS];
        // First how long each list is, then where it begins, and with its words in it where it ends.
        for (list, ..) in Self::listed(known) {
            if let Some(length) = starts.get_mut(list) {
                *length += 1;
            }
        }
        let mut count = 0;
        for start in &mut starts {
            count += std::mem::replace(start, count);
        }
        let mut words = vec![(0, 0); count];
        for (list, word, place) in Self::listed(known) {
            if let Some(at) = starts.get_mut(list) {
                if let Some(entry) = words.get_mut(*at) {
                    *entry = (letters(word), place);
                }
                *at += 1;
            }
        }
        Self { ends: starts, words }
    }

    /// Each word in each of its lists, with its place.
    fn listed(known: &[(String, Vec<Meaning>)]) -> impl Iterator<Item = (usize, &str, usize)> {
        let words = known.iter().enumerate().map(|(place, (word, _))| (place, word.as_str()));
        words.flat_map(|(place, word)| lists(word, word.len()).map(move |list| (list, word, place)))
    }

    fn list(&self, list: usize) -> &[(u32, usize)] {
        let end = |list: usize| self.ends.get(list).copied();
        let start = list.checked_sub(1).map_or(Some(0), end);
        start.zip(end(list)).and_then(|(start, end)| self.words.get(start..end)).unwrap_or_default()
    }
}

impl PartialEq for Spellings {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Spellings {}

/// The first two letters.
const BEGINNING: usize = 2;

/// All letters but those of the English alphabet count as one.
const LETTERS: usize = 27;

fn letter(byte: u8) -> usize {
    if byte.is_ascii_lowercase() { usize::from(byte - b'a') } else { LETTERS - 1 }
}

/// The letters of a word as a set.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << letter(byte))
}

/// Where words are listed that are so long and have the first or second letter of this word.
fn lists(word: &str, length: usize) -> impl Iterator<Item = usize> + '_ {
    let beginning = word.bytes().take(BEGINNING).enumerate();
    beginning.map(move |(place, byte)| (length * BEGINNING + place) * LETTERS + letter(byte))
}

impl From<Vec<(String, Vec<Meaning>)>> for Spellings {
    fn from(words: Vec<(String, Vec<Meaning>)>) -> Self {
        let places = words.iter().enumerate().map(|(place, (word, _))| (word.clone(), place)).collect();
        Self { words, places, alike: OnceLock::new() }
    }
}

impl Spellings {
    pub(super) fn get(&self, word: &str) -> Option<&Vec<Meaning>> {
        self.words.get(*self.places.get(word)?).map(|(_, meanings)| meanings)
    }

    /// Adds a word, or gives one that is there other meanings.
    pub(super) fn insert(&mut self, word: String, meanings: Vec<Meaning>) {
        if let Some((_, known)) = self.places.get(&word).and_then(|place| self.words.get_mut(*place)) {
            *known = meanings;
            return;
        }
        self.alike.take();
        let place = self.words.len();
        self.places.insert(word.clone(), place);
        self.words.push((word, meanings));
    }

    /// Adds a word that is not there yet.
    pub(super) fn insert_new(&mut self, word: String, meanings: &[Meaning]) {
        if !self.places.contains_key(&word) {
            self.insert(word, meanings.to_vec());
        }
    }

    /// The word that this one is most likely a typo of, by how many slips: one in five letters, two in nine. Of those
    /// equally near the first in the alphabet is taken, so that the answer never depends on chance.
    pub(super) fn nearest(&self, word: &str) -> Option<(usize, &[Meaning])> {
        let slips = match word.len() {
            0..=4 => return None,
            5..=8 => 1,
            _ => 2,
        };
        let own = letters(word);
        // Nearly no slip is in both of the first two letters.
        let lists = (word.len() - slips..=word.len() + slips).flat_map(|length| lists(word, length));
        let alike = self.alike.get_or_init(|| Alike::of(&self.words));
        let alike = lists.flat_map(|list| alike.list(list));
        // A slip brings in one letter at most, and drops one.
        let near = alike.filter(|(letters, _)| (letters ^ own).count_ones() as usize <= 2 * slips);
        let found = near.filter_map(|(_, place)| self.words.get(*place));
        let found = found.map(|(known, meanings)| (strsim::osa_distance(known, word), known, meanings));
        let (slips, _, meanings) = found.filter(|(distance, ..)| *distance <= slips).min()?;
        Some((slips, meanings))
    }
}

#[cfg(test)]
impl From<Spellings> for Vec<(String, Vec<Meaning>)> {
    fn from(spellings: Spellings) -> Self {
        spellings.words
    }
}
