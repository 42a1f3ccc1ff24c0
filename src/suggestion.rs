//! Which known name a mistyped one was most likely meant to be.

use crate::phrases::{OneOf, Suggestion};

/// As similar as two names are that differ in one of three words.
const LEAST_SIMILARITY: f64 = 0.6;

/// The name of `known` that comes nearest to `mistyped`, if any comes near it.
#[must_use]
pub fn nearest<'a>(mistyped: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mistyped = mistyped.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &mistyped), name))
        .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

/// A shorter text is a part of too many names.
const LEAST_PART: usize = 4;

/// The nearest name as a question, or those that it is a part of, or all of them.
pub(crate) fn did_you_mean<'a>(
    mistyped: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Suggestion {
    if let Some(name) = nearest(mistyped, known.clone()) {
        return Suggestion::DidYouMean { names: OneOf(vec![name.to_owned()]) };
    }
    let mistyped = mistyped.to_lowercase();
    let is_part = |name: &&str| mistyped.len() >= LEAST_PART && name.contains(&mistyped);
    let wholes: Vec<String> = known.clone().into_iter().filter(is_part).map(str::to_owned).collect();
    if wholes.is_empty() {
        Suggestion::Known { names: known.into_iter().collect::<Vec<_>>().join(", ") }
    } else {
        Suggestion::DidYouMean { names: OneOf(wholes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name_and_another_word_finds_none() {
        let known = ["patterns", "examples", "near_misses"];
        assert_eq!(nearest("paterns", known), Some("patterns"));
        assert_eq!(nearest("NearMisses", known), Some("near_misses"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(did_you_mean("exmaples", known).to_string(), "did you mean examples?");
        assert_eq!(did_you_mean("miss", known).to_string(), "did you mean near_misses?");
        assert_eq!(did_you_mean("weather", known).to_string(), "known are patterns, examples, near_misses");
    }
}
