//! Known words and what they mean, to be found as they are spelt or by a slip.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{Meaning, written};
use crate::shortcut::Shortcut;

/// Known words and their meanings. They stay as they are written down, since nearly all of them are never asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    /// Words and meanings, one behind another.
    text: String,
    entries: Vec<Entry>,
    /// Where in `entries` each is, by the hash of its word.
    places: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// For words that are slips of one of them.
    alike: Shortcut<Alike>,
}

/// Where in the text an entry stands.
#[derive(Debug, Clone)]
struct Entry {
    word: Range<usize>,
    meanings: Range<usize>,
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
    fn of(known: &Spellings) -> Self {
        let longest = known.words().map(str::len).max().unwrap_or_default();
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
    fn listed(known: &Spellings) -> impl Iterator<Item = (usize, &str, usize)> {
        let words = known.words().enumerate();
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
        self.known().eq(other.known())
    }
}

impl Eq for Spellings {}

/// For so many slips it costs less to look through all words than to list them by what they have in common.
const FEW_SLIPS: usize = 16;

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

impl Spellings {
    /// Reads words and meanings as [`written`] has them.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut spellings = Self { text: text.to_owned(), ..Self::default() };
        let count = text.bytes().filter(|byte| char::from(*byte) == written::MEANS).count();
        spellings.entries.reserve(count);
        spellings.places.reserve(count, |_| 0);
        let mut start = 0;
        for entry in text.split(written::ENTRIES).filter(|it| !it.is_empty()) {
            let end = start + entry.len();
            let means = start + entry.find(written::MEANS)?;
            spellings.push(Entry { word: start..means, meanings: means + 1..end });
            start = end + 1;
        }
        Some(spellings)
    }

    fn word(&self, entry: &Entry) -> &str {
        self.text.get(entry.word.clone()).unwrap_or_default()
    }

    fn meanings(&self, entry: &Entry) -> Vec<Meaning> {
        let written = self.text.get(entry.meanings.clone()).unwrap_or_default();
        written::meanings(written).unwrap_or_default()
    }

    /// All words, in the order in which they were added.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| self.word(entry))
    }

    /// Every word and what it means, in the same order.
    fn known(&self) -> impl Iterator<Item = (&str, Vec<Meaning>)> {
        self.entries.iter().map(|entry| (self.word(entry), self.meanings(entry)))
    }

    /// The same, as [`written`] has it.
    #[cfg(test)]
    pub(super) fn write(&self) -> String {
        let entries = self.known().map(|(word, meanings)| written::entry(word, &meanings));
        entries.collect::<Vec<_>>().join(&written::ENTRIES.to_string())
    }

    pub(super) fn get(&self, word: &str) -> Option<Vec<Meaning>> {
        self.entries.get(self.place(word)?).map(|entry| self.meanings(entry))
    }

    fn place(&self, word: &str) -> Option<usize> {
        let is_it = |place: &usize| self.entries.get(*place).is_some_and(|entry| self.word(entry) == word);
        self.places.find(self.hasher.hash_one(word), is_it).copied()
    }

    fn push(&mut self, entry: Entry) {
        let (place, own) = (self.entries.len(), self.hasher.hash_one(self.word(&entry)));
        self.entries.push(entry);
        let Self { text, entries, places, hasher, .. } = self;
        let hash = |place: &usize| {
            let word = entries.get(*place).and_then(|entry| text.get(entry.word.clone()));
            hasher.hash_one(word.unwrap_or_default())
        };
        places.insert_unique(own, place, hash);
    }

    /// Adds a word, or gives one that is there other meanings.
    pub(super) fn insert(&mut self, word: &str, meanings: &[Meaning]) {
        let meanings = self.append(&written::meanings_text(meanings));
        if let Some(entry) = self.place(word).and_then(|place| self.entries.get_mut(place)) {
            entry.meanings = meanings;
        } else {
            self.alike.forget();
            let word = self.append(word);
            self.push(Entry { word, meanings });
        }
    }

    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// Adds a word that is not there yet.
    pub(super) fn insert_new(&mut self, word: &str, meanings: &[Meaning]) {
        if self.place(word).is_none() {
            self.insert(word, meanings);
        }
    }

    /// The word that this one is most likely a typo of, by how many slips: one in five letters, two in nine. Of those
    /// equally near the first in the alphabet is taken, so that the answer never depends on chance.
    pub(super) fn nearest(&self, word: &str) -> Option<(usize, Vec<Meaning>)> {
        let slips = match word.len() {
            0..=4 => return None,
            5..=8 => 1,
            _ => 2,
        };
        let alike = self.alike.get(FEW_SLIPS, || Alike::of(self));
        let near = match alike {
            Some(alike) => self.listed_near(alike, word, slips),
            None => self.near(word, slips),
        };
        let near = near.into_iter().map(|entry| (strsim::osa_distance(self.word(entry), word), entry));
        let near = near.filter(|(distance, _)| *distance <= slips);
        let (slips, nearest) = near.min_by_key(|(distance, entry)| (*distance, self.word(entry)))?;
        Some((slips, self.meanings(nearest)))
    }

    /// The words that this one may be a slip of: nearly no slip is in both of the first two letters.
    fn near(&self, word: &str, slips: usize) -> Vec<&Entry> {
        let own = letters(word);
        let begins_alike = |known: &str| {
            known.bytes().zip(word.bytes()).take(BEGINNING).any(|(one, other)| letter(one) == letter(other))
        };
        let may_be = |known: &str| {
            known.len().abs_diff(word.len()) <= slips
                && begins_alike(known)
                && has_letters_of(letters(known), own, slips)
        };
        self.entries.iter().filter(|entry| may_be(self.word(entry))).collect()
    }

    /// The same; some of them twice.
    fn listed_near(&self, alike: &Alike, word: &str, slips: usize) -> Vec<&Entry> {
        let own = letters(word);
        let lists = (word.len() - slips..=word.len() + slips).flat_map(|length| lists(word, length));
        let listed = lists.flat_map(|list| alike.list(list));
        let near = listed.filter(|(letters, _)| has_letters_of(*letters, own, slips));
        near.filter_map(|(_, place)| self.entries.get(*place)).collect()
    }
}

/// Whether the letters of two words differ by no more than so many slips: each brings in one letter at most, and drops
/// one.
fn has_letters_of(one: u32, other: u32, slips: usize) -> bool {
    (one ^ other).count_ones() as usize <= 2 * slips
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lexicon::Lexicon;

    /// The first slips are looked for without lists, the later ones with them.
    #[test]
    fn the_way_of_looking_changes_nothing() {
        let lexicon = Lexicon::builtin();
        let spellings = &lexicon.by_form;
        let alike = Alike::of(spellings);
        let words = |found: Vec<&Entry>| -> BTreeSet<String> {
            found.into_iter().map(|entry| spellings.word(entry).to_owned()).collect()
        };
        let mut found = 0;
        for word in spellings.words().filter(|word| word.len() > 5 && word.is_ascii()) {
            for slip in [word[1..].to_owned(), word.replacen('e', "x", 1), format!("{word}z")] {
                for slips in [1, 2] {
                    let near = words(spellings.near(&slip, slips));
                    found += near.len();
                    assert_eq!(near, words(spellings.listed_near(&alike, &slip, slips)), "{slip}");
                }
            }
        }
        assert!(found > spellings.entries.len());
    }
}
