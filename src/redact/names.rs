//! Names that are known from fields, ARNs and captures, found again where they stand as words of a text.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::own::Words;

/// Names of fewer digits could be any number.
const LEAST_DIGITS: usize = 6;

/// The names that are known. In which order they were learned makes no difference.
#[derive(Debug, Clone)]
pub(super) struct Names {
    words: Words,
    known: BTreeMap<String, &'static str>,
    /// Looks for all of them at once; made when it is first needed.
    searcher: Option<Searcher>,
}

#[derive(Debug, Clone)]
struct Searcher {
    automaton: AhoCorasick,
    names: Vec<(String, &'static str)>,
}

/// A name at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) range: Range<usize>,
    /// The name as it is known; the text may write it in another case.
    pub(super) name: String,
    pub(super) noun: &'static str,
}

impl Names {
    pub(super) fn new(words: Words) -> Self {
        Self { words, known: BTreeMap::new(), searcher: None }
    }

    /// Whether the name is made of AWS's own words.
    pub(super) fn are_words(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    pub(super) fn learn(&mut self, noun: &'static str, name: &str) {
        match self.known.get_mut(name) {
            // Of several nouns the same one is taken whichever came first.
            Some(known) => *known = noun.min(known),
            None => {
                self.known.insert(name.to_owned(), noun);
            }
        }
        self.searcher = None;
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Whether learning the name would change nothing.
    pub(super) fn knows(&self, noun: &'static str, name: &str) -> bool {
        self.known.get(name).is_some_and(|known| *known <= noun)
    }

    /// Where known names stand, each as a word or words of its own; they may overlap.
    pub(super) fn find(&mut self, text: &str) -> Vec<Occurrence> {
        let words = &self.words;
        let known = &self.known;
        let searcher = self.searcher.get_or_insert_with(|| Searcher::new(known, words));
        searcher.find(text)
    }
}

impl Searcher {
    fn new(known: &BTreeMap<String, &'static str>, words: &Words) -> Self {
        let names: Vec<(String, &'static str)> = known
            .iter()
            .filter(|(name, _)| can_be_told(name) && !words.contains(name))
            .map(|(name, noun)| (name.clone(), *noun))
            .collect();
        #[expect(clippy::expect_used, reason = "it fails only beyond two billion bytes of names")]
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(names.iter().map(|(name, _)| name))
            .expect("the names fit into memory");
        Self { automaton, names }
    }

    fn find(&self, text: &str) -> Vec<Occurrence> {
        let mut found = Vec::new();
        for place in self.automaton.find_overlapping_iter(text) {
            let Some((name, noun)) = self.names.get(place.pattern().as_usize()) else { continue };
            let range = place.range();
            let is_of_a_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = text.get(..range.start).and_then(|text| text.chars().next_back());
            let behind = text.get(range.end..).and_then(|text| text.chars().next());
            let is_spelled_so = text.get(range.clone()) == Some(name.as_str());
            let is_whole = !is_of_a_word(before) && !is_of_a_word(behind);
            if is_whole && (is_spelled_so || is_known_in_any_case(name, noun)) {
                found.push(Occurrence { range, name: name.clone(), noun });
            }
        }
        found
    }
}

/// Whether a name is the same in another case. The key of a tag is often a word of the sentence then: `Name`.
fn is_known_in_any_case(name: &str, noun: &str) -> bool {
    let is_word = name.chars().all(char::is_alphabetic);
    name.chars().count() >= 3 && !(is_word && noun == "tag-key")
}

/// Whether a name can be told from a letter or a number that happens to be the same.
fn can_be_told(name: &str) -> bool {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit() || b".,:-".contains(&byte));
    name.chars().count() >= 2 && (!is_number || name.len() >= LEAST_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[track_caller]
    fn finds(names: &[&str], text: &str, expected: &[&str]) {
        let mut known = Names::new(Words::of(&Catalogue::builtin()));
        names.iter().for_each(|name| known.learn("vault", name));
        let found: Vec<String> = known.find(text).into_iter().map(|it| text[it.range].to_owned()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_name_is_found_as_a_word() {
        finds(&["prod"], "prod, prod-eu and product of Prod", &["prod", "prod", "Prod"]);
        finds(&["fin-1"], "FIN-1 and xfin-1", &["FIN-1"]);
        finds(&["Büro Süd"], "in Büro Süd!", &["Büro Süd"]);
    }

    #[test]
    fn what_could_be_anything_is_left_alone() {
        finds(&["copy", "5", "a", "Backup", "EBS"], "a copy of 5 EBS Backup", &[]);
    }
}
