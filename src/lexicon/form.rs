//! From forms, as a file or a catalogue has them, to the tables of a lexicon.

use super::stem::{stem, stems};
use super::{BUILTIN, Lexicon, LexiconFile, Meaning, Sense};
use crate::normalise::{Words, varies};

impl Lexicon {
    /// The lexicon of this build as it stands in its file.
    #[expect(clippy::unreachable, reason = "no input is read here, and the tests load the file")]
    pub(crate) fn builtin_file() -> LexiconFile {
        LexiconFile::parse(BUILTIN).unwrap_or_else(|error| unreachable!("the tests load it: {error}"))
    }

    /// Adds the words and meanings of a file. What is there already stays as it is.
    pub(crate) fn lay_over(&mut self, file: &LexiconFile) {
        for (list, words) in [
            (&mut self.silent, &file.silent),
            (&mut self.conjunctions, &file.conjunctions),
            (&mut self.frame, &file.frame),
            (&mut self.notice, &file.notice),
        ] {
            list.extend(stems_of_list(words));
        }
        self.silent.extend(stems_of_list(&file.conjunctions));
        for (list, words) in [
            (&mut self.backup_jobs, &file.other_jobs.backup),
            (&mut self.restore_jobs, &file.other_jobs.restore),
            (&mut self.restoring, &file.restoring),
            (&mut self.copy_jobs, &file.copy_jobs),
            (&mut self.elsewhere, &file.elsewhere),
        ] {
            stems_of_list(words).for_each(|stems| list.insert(stems, ()));
        }
        let mut without_umlauts = Vec::new();
        for (names, forms) in file.meanings.iter() {
            let meanings: Vec<Meaning> = names.split_whitespace().map(|name| self.named(name)).collect();
            for form in forms.split_whitespace() {
                self.add(form, &meanings);
                without_umlauts.extend(umlauts_lost(form).map(|form| (form, meanings.clone())));
            }
        }
        // After all others, so that a word that is spelt so goes before one that lost a letter.
        for (form, meanings) in without_umlauts {
            self.add(&form, &meanings);
        }
        for (one, other) in file.opposites.iter().filter_map(|pair| pair.split_once(' ')) {
            let pair = (self.named(one), self.named(other));
            add_new(&mut self.opposites, pair);
        }
        for name in file.trouble.split_whitespace() {
            let meaning = self.named(name);
            add_new(&mut self.trouble, meaning);
        }
        for name in file.expected.split_whitespace() {
            let meaning = self.named(name);
            add_new(&mut self.expected, meaning);
        }
        self.by_beginning.sort_by(|one, other| (other.0.len().cmp(&one.0.len())).then(one.0.cmp(&other.0)));
    }

    /// Adds a form: a word, a beginning (`kopier*`) or a phrase (`not_available`). The first meaning stays.
    fn add(&mut self, form: &str, meanings: &[Meaning]) {
        let meanings = self.meanings_of_form(form).unwrap_or_else(|| meanings.to_vec());
        match Form::of(form) {
            Form::Beginning(beginning) => {
                if self.by_beginning.iter().all(|(other, _)| *other != beginning) {
                    self.by_beginning.push((beginning, meanings));
                }
            }
            Form::Phrase(stems) => self.phrases.insert(stems, meanings),
            Form::Word(stem) => {
                let word = stems(form, |word| word);
                self.by_form.insert_new(&word, &meanings);
                self.by_stem.insert(&stem, &meanings);
            }
        }
    }

    /// What a form means that stands in the lexicon as it is.
    pub(crate) fn meanings_of_form(&self, form: &str) -> Option<Vec<Meaning>> {
        match Form::of(form) {
            Form::Beginning(form) => {
                let found = self.by_beginning.iter().find(|(beginning, _)| *beginning == form);
                found.map(|(_, it)| it.clone())
            }
            Form::Phrase(stems) => self.phrases.get(&stems).cloned(),
            Form::Word(stem) => self.by_stem.get(&stem),
        }
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

    /// Learns words that nobody has told the meaning of: they mean themselves.
    pub fn learn(&mut self, text: &str) {
        // What is known as it is written was learnt before.
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if self.by_form.get(word).is_some() {
                continue;
            }
            if self.sense_of_word(word) == Sense::Foreign && !varies(word) {
                let stem = stem(word);
                let meaning = self.named(stem);
                self.by_stem.insert(stem, &[meaning]);
            }
            if let Sense::Meanings(meanings) = self.sense_of_word(word) {
                self.by_form.insert_new(word, &meanings);
            }
        }
    }
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
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
            return Self::Beginning(stems(beginning, |word| word).replace(' ', ""));
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

/// The stems of a list of words and phrases.
fn stems_of_list(text: &str) -> impl Iterator<Item = String> + '_ {
    let forms = text.split_whitespace().flat_map(|form| [Some(form.to_owned()), umlauts_lost(form)]);
    // Silent words are looked up as they stand, too.
    forms.flatten().flat_map(|form| [stems(&form, stem), stems(&form, |word| word)])
}

/// What is left of a word where its umlauts did not survive; none if it has none.
fn umlauts_lost(form: &str) -> Option<String> {
    const LEAST: usize = 2;
    let left: String =
        form.chars().filter(|c| !matches!(c, 'ä' | 'ö' | 'ü' | 'ß' | 'Ä' | 'Ö' | 'Ü')).collect();
    (left.len() < form.len() && left.len() >= LEAST).then_some(left)
}
