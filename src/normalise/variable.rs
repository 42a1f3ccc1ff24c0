//! Masks what varies from job to job in a message, so that messages of one kind become one text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// ARNs; ids with a prefix (`snap-0123…`); UUIDs; Regions; IAM actions; Unix and ISO times and other numbers.
/// An earlier alternative wins, so the longer forms stand first. What is ASCII is asked for as such: it is compiled in a
/// fraction of the time, and looked for in German as fast as in English.
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the expression is a constant, and the tests compile it")]
    Regex::new(concat!(
        r"(?P<arn>(?-u:\b)arn:aws[a-z-]*:[^\s,;'\x22\])}]*[^\s,;'\x22\])}.:])",
        r"|(?P<uuid>(?-u:\b)[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?-u:\b))",
        r"|(?P<time>(?-u:\b)[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]{4,5})?)",
        r"|(?P<region>(?-u:\b)(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-[a-z]+){1,2}-[0-9]{1,2}(?-u:\b))",
        r"|(?P<action>(?-u:\b)[a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z]{2,60}(?-u:\b))",
        r"|(?P<id>(?-u:\b)[a-z]{1,12}-[0-9a-f]{8,32}(?-u:\b)|(?-u:\b)[0-9A-Fa-f]{16,}(?-u:\b))",
        r"|(?P<number>(?-u:\b)[0-9][0-9.,]*[0-9](?-u:\b)|(?-u:\b)[0-9](?-u:\b))",
    ))
    .expect("a constant expression is well-formed")
});

/// Replaces ARNs, ids, Regions, actions, times and numbers by their kind in angle brackets.
///
/// ```
/// use copydoctor::normalise::mask;
/// assert_eq!(mask("1 of 2 nested copy jobs failed."), "<number> of <number> nested copy jobs failed.");
/// ```
#[must_use]
pub fn mask(message: &str) -> Cow<'_, str> {
    VARIABLE.replace_all(message, |found: &Captures<'_>| {
        let kind = ["arn", "uuid", "time", "region", "action", "id", "number"]
            .into_iter()
            .find(|kind| found.name(kind).is_some());
        match kind {
            Some("uuid") => "<id>".to_owned(),
            Some(kind) => format!("<{kind}>"),
            None => String::new(),
        }
    })
}

/// Where ARNs, ids, Regions, actions, times and numbers stand.
pub(crate) fn variables(message: &str) -> impl Iterator<Item = Range<usize>> {
    VARIABLE.find_iter(message).map(|found| found.range())
}

/// Whether a word is one of those that vary from job to job and say nothing about the cause: ids, times, numbers.
pub(crate) fn varies(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The text with spaces for everything that varies and for the given parts, so that all else stays in its place.
pub(crate) fn blank(text: &str, parts: &[Range<usize>]) -> String {
    // All that varies has a digit or a colon.
    let may_vary = text.bytes().any(|byte| byte.is_ascii_digit() || byte == b':');
    let found = may_vary.then(|| variables(text));
    let mut bytes = text.as_bytes().to_vec();
    for range in found.into_iter().flatten().chain(parts.iter().cloned()) {
        if let Some(part) = bytes.get_mut(range) {
            part.fill(b' ');
        }
    }
    // Whole characters became spaces, so this is text still.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_variable_is_masked() {
        for (message, masked) in [
            ("key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab is off.", "key <arn> is off."),
            ("from us-west-2 to eusc-de-east-1.", "from <region> to <region>."),
            ("job 47C8EF56-74D8-059D-1301-C5BE1D5C926E", "job <id>"),
            ("snap-03886bc8d6ef3a1f9 and ami-00179b33a7a88cac5", "<id> and <id>"),
            ("quota of 50,000 or 7", "quota of <number> or <number>"),
            ("at 2025-07-02T05:08:08.704Z", "at <time>"),
            ("User: x may not kms:CreateGrant it", "User: x may not <action> it"),
            ("nothing varies in us and eu", "nothing varies in us and eu"),
        ] {
            assert_eq!(mask(message), masked);
        }
    }

    #[test]
    fn what_is_blanked_leaves_the_rest_in_its_place() {
        let text = "ä snap-03886bc8d6ef3a1f9 is (Service: x) gone";
        let wrapper = text.find('(').expect("it is there")..text.find(") g").expect("it is there") + 1;
        let blanked = blank(text, &[wrapper]);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>(), ["ä", "is", "gone"]);
        assert_eq!(blanked.find("gone"), text.find("gone"));
    }

    #[test]
    fn masking_twice_changes_nothing_more() {
        let once = mask("2 of 3 in us-east-1: snap-03886bc8d6ef3a1f9").into_owned();
        assert_eq!(mask(&once), once);
    }
}
