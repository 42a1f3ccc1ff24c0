//! Words and what they mean: synonyms in both languages, inflected forms, German compounds, small typos. One file
//! holds them all: `patterns/lexicon.yaml`. Somebody's own can be laid over it.

mod file;
mod stem;

use std::collections::{HashMap, HashSet};

use crate::normalise::{Words, varies};

pub use file::LexiconFile;
use stem::{stem, stems};

/// The lexicon of this build.
const BUILTIN: &str = include_str!("../../patterns/lexicon.yaml");

/// A phrase has at most so many words.
pub(crate) const LONGEST_PHRASE: usize = 4;

/// The meaning of copying.
const COPY: &str = "copy";

/// A shorter word is no compound.
const LEAST_COMPOUND: usize = 7;

/// One meaning, by its place in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    names: Vec<String>,
    by_stem: HashMap<String, Vec<Meaning>>,
    /// Beginnings of words, the longest first.
    by_beginning: Vec<(String, Vec<Meaning>)>,
    /// Phrases by the stems of their words, joined by spaces.
    phrases: HashMap<String, Vec<Meaning>>,
    trouble: Vec<Meaning>,
    opposites: Vec<(Meaning, Meaning)>,
    silent: HashSet<String>,
    frame: HashSet<String>,
    backup_jobs: HashSet<String>,
    restore_jobs: HashSet<String>,
    restoring: HashSet<String>,
    copy_jobs: HashSet<String>,
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

    /// The lexicon of this build as it stands in its file.
    pub(crate) fn builtin_file() -> LexiconFile {
        LexiconFile::parse(BUILTIN).unwrap_or_else(|error| unreachable!("the tests load it: {error}"))
    }

    /// Adds the words and meanings of a file. What is there already stays as it is.
    pub(crate) fn lay_over(&mut self, file: &LexiconFile) {
        for (list, words) in [
            (&mut self.silent, &file.silent),
            (&mut self.frame, &file.frame),
            (&mut self.backup_jobs, &file.other_jobs.backup),
            (&mut self.restore_jobs, &file.other_jobs.restore),
            (&mut self.restoring, &file.restoring),
            (&mut self.copy_jobs, &file.copy_jobs),
            (&mut self.notice, &file.notice),
        ] {
            list.extend(stems_of_list(words));
        }
        for (names, forms) in file.meanings.iter() {
            let meanings: Vec<Meaning> = names.split_whitespace().map(|name| self.named(name)).collect();
            for form in forms.split_whitespace() {
                self.add(form, &meanings);
            }
        }
        for (one, other) in file.opposites.iter().filter_map(|pair| pair.split_once(' ')) {
            let pair = (self.named(one), self.named(other));
            if !self.opposites.contains(&pair) {
                self.opposites.push(pair);
            }
        }
        for name in file.trouble.split_whitespace() {
            let meaning = self.named(name);
            if !self.trouble.contains(&meaning) {
                self.trouble.push(meaning);
            }
        }
        self.by_beginning.sort_by(|one, other| (other.0.len().cmp(&one.0.len())).then(one.0.cmp(&other.0)));
    }

    /// Adds a form: a word, a beginning (`kopier*`) or a phrase (`not_available`). The first meaning stays.
    fn add(&mut self, form: &str, meanings: &[Meaning]) {
        if self.meanings_of_form(form).is_some() {
            return;
        }
        let meanings = meanings.to_vec();
        match Form::of(form) {
            Form::Beginning(beginning) => self.by_beginning.push((beginning, meanings)),
            Form::Phrase(stems) => _ = self.phrases.insert(stems, meanings),
            Form::Word(stem) => _ = self.by_stem.insert(stem, meanings),
        }
    }

    /// What a form means that stands in the lexicon as it is.
    pub(crate) fn meanings_of_form(&self, form: &str) -> Option<&[Meaning]> {
        let found = match Form::of(form) {
            Form::Beginning(form) => {
                self.by_beginning.iter().find(|(beginning, _)| *beginning == form).map(|(_, it)| it)
            }
            Form::Phrase(stems) => self.phrases.get(&stems),
            Form::Word(stem) => self.by_stem.get(&stem),
        };
        found.map(Vec::as_slice)
    }

    /// Whether a form is one of those that say nothing, or stand around messages.
    pub(crate) fn says_nothing(&self, form: &str) -> bool {
        let words = Words::of(form);
        [&self.silent, &self.frame].iter().any(|list| list.contains(words.as_str()))
    }

    /// The names of all meanings.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// The name of the meaning that a word has, or that it is a slip of.
    pub(crate) fn nearest_name(&self, word: &str) -> Option<&str> {
        /// A shorter name is one slip away from many words.
        const LEAST_NAME: usize = 5;
        let words = Words::of(word);
        let readings = self.read(words.as_str(), true);
        let meant = readings.into_iter().find_map(|reading| match reading.sense {
            Sense::Meanings(meanings) => meanings.first().map(|meaning| self.name(*meaning)),
            Sense::Silent | Sense::Frame | Sense::Foreign => None,
        });
        let is_slip = |name: &&str| name.len() >= LEAST_NAME && strsim::osa_distance(name, word) == 1;
        meant.or_else(|| self.names().find(is_slip))
    }

    /// The meaning of this name, which is new if it was not there.
    fn named(&mut self, name: &str) -> Meaning {
        let place = self.names.iter().position(|other| other == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        Meaning(u16::try_from(place).unwrap_or(u16::MAX))
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

    /// Meanings that exclude each other.
    #[must_use]
    pub fn opposites(&self) -> &[(Meaning, Meaning)] {
        &self.opposites
    }

    /// Learns words that nobody has told the meaning of: they mean themselves.
    pub fn learn(&mut self, text: &str) {
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if self.sense_of_word(word) == Sense::Foreign && !varies(word) {
                let stem = stem(word);
                let meaning = self.named(&stem);
                self.by_stem.insert(stem, vec![meaning]);
            }
        }
    }

    /// Reads a normalised text, word by word, the longest phrases first. With `forgives`, a word that nobody knows is
    /// read as the one that it is a typo of.
    #[must_use]
    pub fn read<'t>(&self, text: &'t str, forgives: bool) -> Vec<Reading<'t>> {
        let mut words = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            if !word.is_empty() {
                words.push((start, word, stem(word)));
            }
            start += word.len() + 1;
        }
        let mut readings = Vec::with_capacity(words.len());
        let mut rest = words.as_slice();
        while let Some((start, word, _)) = rest.first() {
            let (count, sense) = self.phrase(rest).unwrap_or_else(|| {
                let sense = self.sense_of_word(word);
                let is_unknown = sense == Sense::Foreign && forgives && !varies(word);
                (1, if is_unknown { self.typo(word) } else { sense })
            });
            let end = rest.get(count - 1).map_or(text.len(), |(start, word, _)| start + word.len());
            readings.push(Reading { text: &text[*start..end], start: *start, sense });
            rest = rest.get(count..).unwrap_or_default();
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
        if names_any(text, &self.copy_jobs) {
            return None;
        }
        let kinds = [(OtherJob::Backup, &self.backup_jobs), (OtherJob::Restore, &self.restore_jobs)];
        let named = kinds.into_iter().find(|(_, names)| names_any(text, names)).map(|(job, _)| job);
        named.or_else(|| {
            let copies = || self.meanings(text).iter().any(|meaning| self.name(*meaning) == COPY);
            (names_any(text, &self.restoring) && !copies()).then_some(OtherJob::Restore)
        })
    }

    /// Whether a normalised text is about a copy job, by name.
    #[must_use]
    pub fn is_about_copy_job(&self, text: &str) -> bool {
        names_any(text, &self.copy_jobs)
    }

    /// Whether a normalised text only tells that a copy job ended, without a reason.
    #[must_use]
    pub fn is_notice(&self, text: &str) -> bool {
        let known = |word: &str| {
            let stem = stem(word);
            varies(word) || [&self.notice, &self.silent, &self.frame].iter().any(|list| list.contains(&stem))
        };
        self.is_about_copy_job(text) && text.split(' ').all(known)
    }

    /// Whether a normalised word is a part of what stands around messages, or says nothing at all.
    #[must_use]
    pub fn is_frame(&self, word: &str) -> bool {
        self.silent.contains(word) || self.frame.contains(&stem(word)) || self.frame.contains(word)
    }

    /// The longest phrase that begins a text, and of how many words it is.
    fn phrase(&self, words: &[(usize, &str, String)]) -> Option<(usize, Sense)> {
        (2..=LONGEST_PHRASE.min(words.len())).rev().find_map(|count| {
            let stems: Vec<&str> = words.get(..count)?.iter().map(|(_, _, stem)| stem.as_str()).collect();
            let meanings = self.phrases.get(&stems.join(" "))?;
            Some((count, Sense::Meanings(meanings.clone())))
        })
    }

    fn sense_of_word(&self, word: &str) -> Sense {
        // What is silent as it stands (`die`, `has`) may share its stem with a word that is not.
        if self.silent.contains(word) {
            return Sense::Silent;
        }
        let known = self.by_stem.get(&stem(word)).cloned();
        if let Some(meanings) = known.or_else(|| self.compound(word, 2)).or_else(|| self.beginning(word)) {
            return Sense::Meanings(meanings);
        }
        let stem = stem(word);
        if self.silent.contains(&stem) {
            Sense::Silent
        } else if self.frame.contains(&stem) {
            Sense::Frame
        } else {
            Sense::Foreign
        }
    }

    /// The meanings of the longest beginning that the word has.
    fn beginning(&self, word: &str) -> Option<Vec<Meaning>> {
        self.by_beginning.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, it)| it.clone())
    }

    /// The meanings of the parts of a compound: `quell|snapshot`, `aufbewahrung|s|dauer`. The longest first part wins.
    fn compound(&self, word: &str, deepest: usize) -> Option<Vec<Meaning>> {
        /// What German puts between the parts.
        const LINKS: [&str; 6] = ["", "s", "n", "en", "es", "e"];
        /// Shorter words are found in any word.
        const LEAST_PART: usize = 3;
        if word.len() < LEAST_COMPOUND {
            return None;
        }
        let splits = (LEAST_PART..=word.len() - LEAST_PART).rev().filter(|at| word.is_char_boundary(*at));
        splits.into_iter().find_map(|at| {
            let (first, rest) = word.split_at(at);
            let first = LINKS.iter().find_map(|link| {
                let part = first.strip_suffix(link).filter(|part| part.len() >= LEAST_PART)?;
                self.part(part)
            })?;
            let nested = || (deepest > 0).then(|| self.compound(rest, deepest - 1)).flatten();
            let known = self.by_stem.get(&stem(rest)).cloned();
            let rest = known.or_else(nested).or_else(|| self.beginning(rest))?;
            Some([first, rest].concat())
        })
    }

    /// The meanings of a word as the first part of a compound: a beginning (`kopier*`) ends where the part does.
    fn part(&self, part: &str) -> Option<Vec<Meaning>> {
        /// `verschlusselung` is three letters longer than `verschlussel*`.
        const LONGEST_ENDING: usize = 3;
        self.by_stem.get(&stem(part)).cloned().or_else(|| {
            let is_whole = |beginning: &str| part.len() - beginning.len() <= LONGEST_ENDING;
            let mut beginnings = self.by_beginning.iter();
            beginnings
                .find(|(beginning, _)| part.starts_with(beginning) && is_whole(beginning))
                .map(|(_, it)| it.clone())
        })
    }

    /// The sense of the word that this one is most likely a typo of: one slip in five letters, two in nine. Of those
    /// equally near the first in the alphabet is taken, so that the answer never depends on chance.
    fn typo(&self, word: &str) -> Sense {
        let word = stem(word);
        let slips = match word.len() {
            0..=4 => return Sense::Foreign,
            5..=8 => 1,
            _ => 2,
        };
        let begins = |text: &str| text.as_bytes().iter().take(2).copied().collect::<Vec<_>>();
        let first = begins(&word);
        let mut best: Option<(usize, &String)> = None;
        for known in self.by_stem.keys() {
            // Nearly no slip is in both of the first two letters.
            let shares_beginning = begins(known).iter().zip(&first).any(|(one, other)| one == other);
            if known.len().abs_diff(word.len()) > slips || !shares_beginning {
                continue;
            }
            let found = (strsim::osa_distance(known, &word), known);
            if found.0 <= slips && best.is_none_or(|best| found < best) {
                best = Some(found);
            }
        }
        best.and_then(|(_, known)| self.by_stem.get(known))
            .map_or(Sense::Foreign, |it| Sense::Meanings(it.clone()))
    }
}

/// A form of the lexicon, as it is looked up.
enum Form {
    Word(String),
    Beginning(String),
    Phrase(String),
}

impl Form {
    fn of(form: &str) -> Self {
        if let Some(beginning) = form.strip_suffix('*') {
            return Self::Beginning(stems(beginning, |word| word.to_owned()).replace(' ', ""));
        }
        let stems = stems(form, stem);
        if stems.contains(' ') { Self::Phrase(stems) } else { Self::Word(stems) }
    }
}

/// What forms of the lexicon have in common that are read as one.
pub(crate) fn stems_of_form(form: &str) -> String {
    match Form::of(form) {
        Form::Beginning(beginning) => format!("{beginning}*"),
        Form::Phrase(stems) | Form::Word(stems) => stems,
    }
}

/// Whether one of these words or phrases stands in a text.
fn names_any(text: &str, names: &HashSet<String>) -> bool {
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(stem).collect();
    (1..=LONGEST_PHRASE).any(|length| words.windows(length).any(|phrase| names.contains(&phrase.join(" "))))
}

/// The stems of a list of words and phrases.
fn stems_of_list(text: &str) -> impl Iterator<Item = String> + '_ {
    // Silent words are looked up as they stand, too.
    text.split_whitespace().flat_map(|form| [stems(form, stem), stems(form, |word| word.to_owned())])
}

#[cfg(test)]
mod tests;
