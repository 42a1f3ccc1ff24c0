//! The private table: which pseudonym stands for what. The same thing always gets the same one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::kind::Kind;

/// A line of the private table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) kind: Cow<'static, str>,
    pub(super) pseudonym: String,
    pub(super) original: String,
}

/// Pseudonyms and what they stand for, in the order in which they were given.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pairs: Vec<Pair>,
    places: HashMap<String, usize>,
    pseudonyms: HashSet<String>,
    /// Things of the input that no pseudonym may look like.
    reserved: HashSet<String>,
    /// The last number of each form.
    numbers: HashMap<String, u64>,
}

impl Table {
    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there is no pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    pub(super) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Takes a pair over from an earlier run, unless the table knows either side of it.
    pub(super) fn insert(&mut self, pair: Pair) -> bool {
        let lower = pair.original.to_ascii_lowercase();
        let is_known = self.places.contains_key(&pair.original) || self.pseudonyms.contains(&pair.pseudonym);
        if is_known {
            return false;
        }
        let place = self.pairs.len();
        if ["uuid", "id", "hex", "e-mail", "ip", "host"].contains(&pair.kind.as_ref()) {
            self.places.entry(lower).or_insert(place);
        }
        self.places.insert(pair.original.clone(), place);
        self.pseudonyms.insert(pair.pseudonym.clone());
        self.pairs.push(pair);
        true
    }

    /// Keeps a thing of the input from being what another's pseudonym looks like.
    pub(super) fn reserve(&mut self, original: &str) {
        if !self.reserved.contains(original) {
            self.reserved.insert(original.to_owned());
        }
    }

    pub(super) fn is_reserved(&self, original: &str) -> bool {
        self.reserved.contains(original)
    }

    /// The pseudonym of a thing that has one.
    pub(super) fn known(&self, original: &str) -> Option<&str> {
        let place = self.places.get(original)?;
        self.pairs.get(*place).map(|pair| pair.pseudonym.as_str())
    }

    /// The pseudonym of a thing; it gets one where it has none.
    pub(super) fn pseudonym(&mut self, kind: Kind, original: &str) -> String {
        let key = if kind.ignores_case() {
            Cow::Owned(original.to_ascii_lowercase())
        } else {
            Cow::Borrowed(original)
        };
        if let Some(pair) = self.places.get(key.as_ref()).and_then(|place| self.pairs.get(*place)) {
            return pair.pseudonym.clone();
        }
        let pseudonym = self.next(kind, original);
        let pair =
            Pair { kind: kind.name().into(), pseudonym: pseudonym.clone(), original: original.to_owned() };
        self.places.insert(key.into_owned(), self.pairs.len());
        self.pseudonyms.insert(pseudonym.clone());
        self.pairs.push(pair);
        pseudonym
    }

    fn next(&mut self, kind: Kind, original: &str) -> String {
        let number = self.numbers.entry(kind.pseudonym(original, 0)).or_default();
        loop {
            *number += 1;
            let pseudonym = kind.pseudonym(original, *number);
            if !self.pseudonyms.contains(&pseudonym) && !self.reserved.contains(&pseudonym) {
                return pseudonym;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_the_same_pseudonym_and_another_another() {
        let mut table = Table::default();
        let vault = Kind::Name("vault");
        assert_eq!(table.pseudonym(vault, "prod"), "vault-1");
        assert_eq!(table.pseudonym(Kind::Name("role"), "prod"), "vault-1");
        assert_eq!(table.pseudonym(vault, "Prod"), "vault-2");
        let id = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";
        assert_eq!(table.pseudonym(Kind::Uuid, id), table.pseudonym(Kind::Uuid, &id.to_lowercase()));
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn no_pseudonym_is_a_thing_of_the_input() {
        let mut table = Table::default();
        table.reserve("vault-1");
        assert_eq!(table.pseudonym(Kind::Name("vault"), "prod"), "vault-2");
        assert_eq!(table.pseudonym(Kind::Name("vault"), "vault-1"), "vault-3");
    }
}
