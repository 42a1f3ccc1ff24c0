//! Words and what they mean: synonyms in both languages, inflected forms, German compounds, small typos. One file
//! holds them all: `patterns/lexicon.yaml`. Somebody's own can be laid over it.

mod file;
mod form;
mod phrases;
mod spelling;
mod stem;
mod word;
mod written;

use hashbrown::HashSet;

use serde::Deserialize;

use crate::normalise::varies;

pub use file::LexiconFile;
pub(crate) use form::stems_of_form;
pub(crate) use phrases::LONGEST_PHRASE;
use phrases::Phrases;
use spelling::Spellings;
use stem::stem;
pub(crate) use written::meanings as read_meanings;
#[cfg(test)]
pub(crate) use written::meanings_text;

/// `patterns/lexicon.yaml` as JSON, which costs less to read.
const BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.json"));

/// The meaning of copying.
const COPY: &str = "copy";

/// One meaning, by its place in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Meaning(u16);

impl Meaning {
    /// The place in tables of all meanings.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A kind of job that is no copy job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherJob {
    /// A backup job.
    Backup,
    /// A restore job.
    Restore,
}

/// What a word, or a phrase of several, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// It has a meaning, or several: a compound has those of its parts.
    Meanings(Vec<Meaning>),
    /// It says nothing: an article, a preposition.
    Silent,
    /// It stands around messages and is no part of them: a log's level, a console's label.
    Frame,
    /// Nobody has told.
    Foreign,
}

/// A word or phrase of a text, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'t> {
    /// The word or the words of a phrase, normalised.
    pub text: &'t str,
    /// Where it stands in the normalised text.
    pub start: usize,
    /// What it says.
    pub sense: Sense,
}

/// The meanings of words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Lexicon {
    names: Vec<String>,
    #[serde(with = "written::spellings")]
    by_stem: Spellings,
    /// Words as they are written, as a slip may be in their ending.
    #[serde(with = "written::spellings")]
    by_form: Spellings,
    /// Beginnings of words, the longest first.
    #[serde(with = "written::table")]
    by_beginning: Vec<(String, Vec<Meaning>)>,
    #[serde(with = "written::table")]
    phrases: Phrases<Vec<Meaning>>,
    trouble: Vec<Meaning>,
    expected: Vec<Meaning>,
    opposites: Vec<(Meaning, Meaning)>,
    #[serde(with = "written::words")]
    silent: HashSet<String>,
    #[serde(with = "written::words")]
    conjunctions: HashSet<String>,
    #[serde(with = "written::words")]
    frame: HashSet<String>,
    #[serde(with = "written::words")]
    backup_jobs: Phrases<()>,
    #[serde(with = "written::words")]
    restore_jobs: Phrases<()>,
    #[serde(with = "written::words")]
    restoring: Phrases<()>,
    #[serde(with = "written::words")]
    copy_jobs: Phrases<()>,
    #[serde(with = "written::words")]
    elsewhere: Phrases<()>,
    #[serde(with = "written::words")]
    notice: HashSet<String>,
}

impl Lexicon {
    /// The lexicon of this build.
    ///
    /// ```
    /// use copydoctor::lexicon::Lexicon;
    /// let lexicon = Lexicon::builtin();
    /// let names = |text| lexicon.meanings(text).iter().map(|it| lexicon.name(*it).to_owned()).collect::<Vec<_>>();
    /// assert_eq!(names("zieltresor"), names("destination vault"));
    /// assert_eq!(names("deaktiviert"), ["not", "enable"]);
    /// ```
    #[must_use]
    pub fn builtin() -> Self {
        let mut lexicon = Self::default();
        lexicon.lay_over(&Self::builtin_file());
        lexicon
    }

    /// What a meaning is called.
    #[must_use]
    pub fn name(&self, meaning: Meaning) -> &str {
        self.names.get(meaning.index()).map_or("", String::as_str)
    }

    /// How many meanings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a meaning tells of trouble.
    #[must_use]
    pub fn is_trouble(&self, meaning: Meaning) -> bool {
        self.trouble.contains(&meaning)
    }

    /// Meanings that any failure of a copy job may have: that a copy job failed.
    #[must_use]
    pub fn expected(&self) -> &[Meaning] {
        &self.expected
    }

    /// Meanings that exclude each other.
    #[must_use]
    pub fn opposites(&self) -> &[(Meaning, Meaning)] {
        &self.opposites
    }

    /// Reads a normalised text, word by word, the longest phrases first. With `forgives`, a word that nobody knows is
    /// read as the one that it is a typo of.
    #[must_use]
    pub fn read<'t>(&self, text: &'t str, forgives: bool) -> Vec<Reading<'t>> {
        let mut words = Vec::new();
        let mut stems = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            if !word.is_empty() {
                words.push((start, word));
                stems.push(stem(word));
            }
            start += word.len() + 1;
        }
        let mut readings = Vec::with_capacity(words.len());
        let mut first = 0;
        while let (Some((start, word)), Some(rest)) = (words.get(first), stems.get(first..)) {
            let phrase = self.phrases.longest(rest);
            let (count, sense) = match phrase {
                Some((count, meanings)) => (count, Sense::Meanings(meanings.clone())),
                None => match self.sense_of_word(word) {
                    Sense::Foreign if forgives && !varies(word) => (1, self.typo(word)),
                    sense => (1, sense),
                },
            };
            first += count;
            let end = words.get(first - 1).map_or(text.len(), |(start, word)| start + word.len());
            readings.push(Reading { text: text.get(*start..end).unwrap_or_default(), start: *start, sense });
        }
        readings
    }

    /// The meanings of a normalised text, in order.
    #[must_use]
    pub fn meanings(&self, text: &str) -> Vec<Meaning> {
        let senses = self.read(text, false).into_iter().map(|reading| reading.sense);
        senses
            .flat_map(|sense| match sense {
                Sense::Meanings(meanings) => meanings,
                Sense::Silent | Sense::Frame | Sense::Foreign => Vec::new(),
            })
            .collect()
    }

    /// The kind of job that a normalised text is about, where it is no copy job.
    #[must_use]
    pub fn other_job(&self, text: &str) -> Option<OtherJob> {
        let stems = stems_of(text);
        if self.copy_jobs.any(&stems) {
            return None;
        }
        let kinds = [(OtherJob::Backup, &self.backup_jobs), (OtherJob::Restore, &self.restore_jobs)];
        let named = kinds.into_iter().find(|(_, names)| names.any(&stems)).map(|(job, _)| job);
        named.or_else(|| {
            (self.restoring.any(&stems) && !self.is_about_copying(text)).then_some(OtherJob::Restore)
        })
    }

    /// Whether a normalised text is about a copy job, by name.
    #[must_use]
    pub fn is_about_copy_job(&self, text: &str) -> bool {
        self.copy_jobs.any(&stems_of(text))
    }

    /// Whether a normalised text speaks of copying.
    #[must_use]
    pub fn is_about_copying(&self, text: &str) -> bool {
        self.meanings(text).iter().any(|meaning| self.name(*meaning) == COPY)
    }

    /// Whether a normalised word joins the parts of what somebody tells.
    #[must_use]
    pub fn is_conjunction(&self, word: &str) -> bool {
        self.conjunctions.contains(word)
    }

    /// Whether a normalised text is about another system, and names no copy job.
    #[must_use]
    pub fn is_about_elsewhere(&self, text: &str) -> bool {
        let stems = stems_of(text);
        self.elsewhere.any(&stems) && !self.copy_jobs.any(&stems)
    }

    /// Whether a normalised text only tells that a copy job ended, without a reason.
    #[must_use]
    pub fn is_notice(&self, text: &str) -> bool {
        let known = |word: &str| {
            let stem = stem(word);
            varies(word) || [&self.notice, &self.silent, &self.frame].iter().any(|list| list.contains(stem))
        };
        text.split(' ').all(known) && self.is_about_copy_job(text)
    }

    /// Whether a normalised word is a part of what stands around messages, or says nothing at all.
    #[must_use]
    pub fn is_frame(&self, word: &str) -> bool {
        self.silent.contains(word) || self.frame.contains(stem(word)) || self.frame.contains(word)
    }
}

/// The stems of a text's words.
fn stems_of(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).map(stem).collect()
}

#[cfg(test)]
mod tests;
