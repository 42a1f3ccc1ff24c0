//! Which edition of the catalogue a build carries.

use super::BUILTIN_FILES;

/// Kept in a file, for a build has no clock: a date of the build would make each build another one.
const BUILTIN: &str = include_str!("../../patterns/edition.txt");

/// The edition of a catalogue.
///
/// ```
/// use copydoctor::catalogue::Edition;
/// assert_eq!(Edition::builtin().date.len(), "2026-11-25".len());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The day on which a file of it last changed.
    pub date: &'static str,
    /// How the SHA-256 of its files begins, lexicon included, in the order of their names:
    /// `cat patterns/*.yaml | sha256sum`.
    pub sha256: &'static str,
    /// How many root causes it has.
    pub root_causes: usize,
}

impl Edition {
    /// That of the catalogue in this build.
    #[must_use]
    pub fn builtin() -> Self {
        let (date, sha256) = BUILTIN.trim_end().split_once(' ').unwrap_or_default();
        Self { date, sha256, root_causes: BUILTIN_FILES.len() }
    }
}
