//! How a lexicon is written down that was made beforehand: each table is one text, of words, and of the places of their
//! meanings. Lists of JSON would take ten times as long to read.

use super::Meaning;

/// Between the entries of a table.
pub(super) const ENTRIES: char = ',';

/// Between a word or phrase and what it means.
pub(super) const MEANS: char = ':';

const NO_ENTRY: &str = "an entry is not a word and its meanings";

/// Reads meanings that are written as `3 17`; none where it is no list of them.
pub(crate) fn meanings(text: &str) -> Option<Vec<Meaning>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let mut meanings = Vec::with_capacity(text.len() / 2 + 1);
    for digits in text.as_bytes().split(|byte| *byte == b' ') {
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
        let (first, others) = digits.split_first()?;
        let place = others
            .iter()
            .try_fold(digit(first)?, |place, next| place.checked_mul(10)?.checked_add(digit(next)?))?;
        meanings.push(Meaning(place));
    }
    Some(meanings)
}

/// What [`meanings`] reads.
pub(crate) fn meanings_text(meanings: &[Meaning]) -> String {
    meanings.iter().map(|meaning| meaning.0.to_string()).collect::<Vec<_>>().join(" ")
}

/// A word or phrase and its meanings: `at most:107 106`.
#[cfg(test)]
pub(super) fn entry(words: &str, meanings: &[Meaning]) -> String {
    format!("{words}{MEANS}{}", meanings_text(meanings))
}

/// Words that are looked up.
pub(super) mod spellings {
    use serde::{Deserialize, Deserializer, de};

    use super::super::Spellings;

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Spellings, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Spellings::read(text).ok_or_else(|| de::Error::custom(super::NO_ENTRY))
    }

    #[cfg(test)]
    pub(in super::super) fn serialize<S: serde::Serializer>(
        spellings: &Spellings,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&spellings.write())
    }
}

/// A table of words or phrases, each with its meanings: `at most:107 106,begin with:45`.
pub(super) mod table {
    use serde::{Deserialize, Deserializer, de};

    use super::{ENTRIES, MEANS, Meaning, meanings};

    pub(in super::super) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
    where
        D: Deserializer<'de>,
        T: From<Vec<(String, Vec<Meaning>)>>,
    {
        let entry = |entry: &str| {
            let (words, means) = entry.split_once(MEANS)?;
            Some((words.to_owned(), meanings(means)?))
        };
        let text = <&str>::deserialize(deserializer)?;
        let mut entries =
            Vec::with_capacity(text.bytes().filter(|byte| char::from(*byte) == ENTRIES).count() + 1);
        for written in text.split(ENTRIES).filter(|it| !it.is_empty()) {
            let no_entry = || de::Error::custom("an entry is not a word and its meanings");
            entries.push(entry(written).ok_or_else(no_entry)?);
        }
        Ok(T::from(entries))
    }

    #[cfg(test)]
    pub(in super::super) fn serialize<S, T>(table: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
        T: Clone + Into<Vec<(String, Vec<Meaning>)>>,
    {
        let entries: Vec<String> =
            table.clone().into().iter().map(|(words, means)| super::entry(words, means)).collect();
        serializer.serialize_str(&entries.join(&ENTRIES.to_string()))
    }
}

/// A set of words or phrases: `abort,abgebrochen`.
pub(super) mod words {
    use serde::{Deserialize, Deserializer};

    use super::ENTRIES;

    pub(in super::super) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
    where
        D: Deserializer<'de>,
        T: FromIterator<String>,
    {
        let text = <&str>::deserialize(deserializer)?;
        Ok(text.split(ENTRIES).filter(|it| !it.is_empty()).map(str::to_owned).collect())
    }

    /// Sorted, as the order of a set is another in each run.
    #[cfg(test)]
    pub(in super::super) fn serialize<S, T>(words: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
        for<'w> &'w T: IntoIterator<Item = &'w String>,
    {
        let mut words: Vec<&str> = words.into_iter().map(String::as_str).collect();
        words.sort_unstable();
        serializer.serialize_str(&words.join(&ENTRIES.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings_are_places_and_nothing_else() {
        let places = |text| meanings(text).map(|them| them.iter().map(|it| it.index()).collect::<Vec<_>>());
        assert_eq!(places(""), Some(vec![]));
        assert_eq!(places("7"), Some(vec![7]));
        assert_eq!(places("3 17 65535"), Some(vec![3, 17, 65535]));
        for text in ["65536", "70000 1", "3,17", "3  17", "3 ", " 3", "-1", "x"] {
            assert_eq!(places(text), None, "{text:?}");
        }
    }
}
