//! What a message goes through between AWS and the paste, one mangling each, sorted by kind.
//!
//! A mangling has a name and a kind; none depends on chance. One that finds nothing to change in a message (an
//! umlaut, an ARN) gives it back as it was, and that pair proves nothing: [`mangled`] leaves it out.
#![allow(dead_code, unreachable_pub, reason = "every test file uses its part of the vocabulary")]

mod damage;
mod escape;
mod frame;
mod layout;

/// The kinds of manglings, as EVALUATION.md lists them.
pub const KINDS: &[(&str, &[Mangling])] = &[
    ("case and spaces", layout::CASE_AND_SPACES),
    ("invisible and wide characters", layout::CHARACTERS),
    ("quotes and brackets", layout::QUOTES),
    ("apostrophes and dashes", layout::APOSTROPHES_AND_DASHES),
    ("spellings of umlauts", layout::UMLAUTS),
    ("mail quotes and line wraps", layout::MAIL),
    ("Markdown", layout::MARKDOWN),
    ("wrong encoding", escape::ENCODINGS),
    ("HTML entities", escape::HTML),
    ("JSON and CSV", escape::JSON_AND_CSV),
    ("escapes of shells", escape::SHELL),
    ("terminal colours and links", escape::TERMINAL),
    ("log lines", frame::LOGS),
    ("wrappers of SDKs", frame::SDKS),
    ("console labels", frame::CONSOLE),
    ("job details around", frame::JOB_DETAILS),
    ("pasted twice", frame::TWICE),
    ("lost letters", damage::LOST_LETTERS),
    ("typos", damage::TYPOS),
    ("cut off", damage::CUT_OFF),
];

/// The kinds that may lose what tells the root cause.
pub const LOSING: &[&str] = &["lost letters", "typos", "cut off"];

/// The kinds that change umlauts.
pub const OF_UMLAUTS: &[&str] = &["spellings of umlauts", "wrong encoding", "lost letters"];

/// One thing that can happen to a message.
#[derive(Clone, Copy)]
pub struct Mangling {
    pub name: &'static str,
    /// Whether an id, an ARN or a tag's key in the message can still be read as it was written.
    pub keeps_values: bool,
    pub apply: fn(&str) -> String,
}

impl Mangling {
    /// One that leaves values as they were written.
    const fn keeping(name: &'static str, apply: fn(&str) -> String) -> Self {
        Self { name, keeps_values: true, apply }
    }

    /// One that may change values, too.
    const fn changing(name: &'static str, apply: fn(&str) -> String) -> Self {
        Self { name, keeps_values: false, apply }
    }
}

/// A message after each mangling that changes it.
pub fn mangled(message: &str) -> impl Iterator<Item = (&'static Mangling, String)> {
    let all = KINDS.iter().flat_map(|(_, manglings)| *manglings);
    all.map(move |mangling| (mangling, (mangling.apply)(message))).filter(move |(_, it)| it != message)
}

#[test]
fn every_mangling_has_a_name_of_its_own_and_changes_a_message() {
    let message = "The snapshot can't be „geprüft“ - the key arn:aws:kms:eu-west-1:111122223333:key/x is inaccessible. Größe.";
    let mut names = std::collections::BTreeSet::new();
    for (kind, manglings) in KINDS {
        for mangling in *manglings {
            assert!(names.insert(mangling.name), "{} stands twice", mangling.name);
            assert_ne!((mangling.apply)(message), message, "{kind}: {}", mangling.name);
        }
    }
}
