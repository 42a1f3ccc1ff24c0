//! Which known name a mistyped one was most likely meant to be.

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

/// The nearest name as a question, or all of them where none comes near.
pub(crate) fn did_you_mean<'a>(mistyped: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(mistyped, known.clone()) {
        Some(name) => format!("did you mean {name}?"),
        None => format!("known are {}", known.into_iter().collect::<Vec<_>>().join(", ")),
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
        assert_eq!(did_you_mean("exmaples", known), "did you mean examples?");
        assert_eq!(did_you_mean("weather", known), "known are patterns, examples, near_misses");
    }
}
