//! The stems of words: what is left without the endings of English and German inflection.

use crate::normalise::Words;

/// Endings, the longer before those that they end in.
const ENDINGS: [&str; 11] = ["ing", "en", "em", "er", "es", "ed", "e", "s", "n", "d", "t"];

/// The last letters of these.
const LAST: &[u8] = b"gnmrsdet";

/// No stem is shorter.
const LEAST_STEM: usize = 4;

/// The stem of a normalised word. Both languages lose their endings alike, at most two: `encrypted` and `encrypts`
/// meet in `encryp`, `verschlusselten` and `verschlusselt` in `verschlussel`.
pub(super) fn stem(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..2 {
        if !stem.as_bytes().last().is_some_and(|last| LAST.contains(last)) {
            break;
        }
        let is_stem =
            |rest: &&str| rest.len() >= LEAST_STEM && (rest.is_ascii() || rest.chars().count() >= LEAST_STEM);
        let shorter = ENDINGS.iter().find_map(|ending| stem.strip_suffix(ending).filter(is_stem));
        match shorter {
            Some(shorter) => stem = shorter,
            None => break,
        }
    }
    stem
}

/// The words of an entry of the lexicon, each as `shorten` makes it, joined by spaces.
pub(super) fn stems(entry: &str, shorten: impl Fn(&str) -> &str) -> String {
    // Most entries are one word that is normalised.
    if entry.bytes().all(|byte| byte.is_ascii_lowercase())
        && !["ae", "oe", "ue"].iter().any(|it| entry.contains(it))
    {
        return shorten(entry).to_owned();
    }
    let words = Words::of(&entry.replace('_', " "));
    words.as_str().split(' ').map(shorten).collect::<Vec<_>>().join(" ")
}
