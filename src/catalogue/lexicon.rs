//! What has to hold for a lexicon of somebody's own, beside the one that it is laid over.

use std::collections::HashMap;

use super::finding::{Fault, Help, Problem, Rule};
use crate::lexicon::{LONGEST_PHRASE, Lexicon, LexiconFile, stems_of_form};
use crate::normalise::Words;
use crate::phrases::{OneOf, Suggestion};
use crate::suggestion::nearest;

/// What is wrong with a lexicon that is laid over `base`. What stands in the lexicon of this build is right.
pub(super) fn faults(own: &LexiconFile, base: &Lexicon) -> Vec<Fault> {
    let mut faults = Vec::new();
    let builtin = Lexicon::builtin_file();
    let (own_entries, builtin_entries) = (own.entries(), builtin.entries());
    if *own == LexiconFile::default() {
        faults.push(Fault::new(Rule::EmptyList, "meanings", Problem::EmptyLexicon, Help::WriteMeaning));
    }
    // What each word of the file means, in the file alone.
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (names, words) in own.meanings.iter() {
        let path = format!("meanings.{names}");
        faults.extend(of_names(names, &path, base));
        if words.trim().is_empty() {
            let problem = Problem::MeaningWithoutWords { names: names.to_owned() };
            faults.push(Fault::new(Rule::EmptyList, &path, problem, Help::GiveWords));
        }
        for word in words.split_whitespace().filter(|word| !builtin_entries.contains(&(names, word))) {
            let known = base.meanings_of_form(word).map(|meanings| {
                let names: Vec<&str> = meanings.iter().map(|meaning| base.name(*meaning)).collect();
                names.join(" ")
            });
            let in_file = seen.insert(stems_of_form(word), names).filter(|other| *other != names);
            let ambiguous = |problem, help| Fault::new(Rule::AmbiguousWord, &path, problem, help);
            let its_word = || word.to_owned();
            let fault = if let Some((problem, help)) = problem_of_word(word) {
                Fault::new(Rule::BadWord, &path, problem, help)
            } else if let Some(other) = known.filter(|known| known != names) {
                ambiguous(Problem::MeansAlready { word: its_word(), other }, Help::OneMeaning)
            } else if let Some(other) = in_file {
                let other = other.to_owned();
                ambiguous(Problem::StandsAsWell { word: its_word(), other }, Help::OneMeaning)
            } else if base.says_nothing(word) {
                ambiguous(Problem::SaysNothing { word: its_word() }, Help::MakePhrase)
            } else {
                continue;
            };
            faults.push(fault.about(word));
        }
    }
    let is_known = |name: &str| {
        let in_file = own.meanings.iter().any(|(names, _)| names.split_whitespace().any(|it| it == name));
        in_file || base.names().any(|it| it == name)
    };
    let lists = [("trouble", &own.trouble), ("expected", &own.expected)];
    let lists = lists.map(|(path, names)| (path.to_owned(), names.as_str(), false));
    let opposites = own.opposites.iter().enumerate();
    let opposites = opposites.map(|(index, pair)| (format!("opposites[{index}]"), pair.as_str(), true));
    for (path, names, is_pair) in lists.into_iter().chain(opposites) {
        for name in names.split_whitespace().filter(|name| !is_known(name)) {
            let problem = Problem::NoMeaning { name: name.to_owned() };
            let fault = Fault::new(Rule::UnknownMeaning, &path, problem, nearest_or_where(name, base));
            faults.push(fault.about(name));
        }
        if is_pair && names.split_whitespace().count() != 2 {
            let problem = Problem::NoPair { names: names.to_owned() };
            faults.push(Fault::new(Rule::UnknownMeaning, &path, problem, Help::NameTwo));
        }
    }
    let builtin_lists = builtin.lists();
    for ((path, words), (_, known)) in own.lists().into_iter().zip(builtin_lists) {
        for word in words.split_whitespace().filter(|word| !known.split_whitespace().any(|it| it == *word)) {
            let means =
                base.meanings_of_form(word).is_some() || own_entries.iter().any(|(_, it)| *it == word);
            let says_nothing = ["silent", "frame"].contains(&path);
            if let Some((problem, help)) = problem_of_word(word) {
                faults.push(Fault::new(Rule::BadWord, path, problem, help).about(word));
            } else if says_nothing && means {
                let problem = Problem::HasMeaning { word: word.to_owned() };
                faults.push(Fault::new(Rule::AmbiguousWord, path, problem, Help::NoneForSilent).about(word));
            }
        }
    }
    faults
}

/// What is wrong with the names of a meaning: a new one must not be a slip of one that is there.
fn of_names(names: &str, path: &str, base: &Lexicon) -> Vec<Fault> {
    let unknown = |problem, help| Fault::new(Rule::UnknownMeaning, path, problem, help);
    let mut faults = Vec::new();
    if names.trim().is_empty() {
        faults.push(unknown(Problem::NamelessMeaning, Help::NameWithWord));
    }
    for name in names.split_whitespace().filter(|name| !base.names().any(|it| it == *name)) {
        if Words::of(name).count() != 1 {
            faults.push(unknown(Problem::NoName { name: name.to_owned() }, Help::NameWithOneWord));
        } else if let Some(near) = base.nearest_name(name) {
            faults.push(unknown(
                Problem::NoMeaning { name: name.to_owned() },
                Help::NewNameIsNoWord { near: near.to_owned() },
            ));
        }
    }
    faults
}

/// What keeps a form from being one, and what would be right.
fn problem_of_word(form: &str) -> Option<(Problem, Help)> {
    let own = || form.to_owned();
    let letters = form.strip_suffix('*').unwrap_or(form);
    let count = Words::of(&letters.replace('_', " ")).count();
    if letters.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
        Some((Problem::NoWord { form: own() }, Help::SpaceWords))
    } else if count == 0 {
        Some((Problem::NoLetters { form: own() }, Help::WriteWord))
    } else if count > LONGEST_PHRASE {
        let problem = Problem::PhraseTooLong { form: own(), count: count as u64 };
        Some((problem, Help::PhraseLimit { most: LONGEST_PHRASE as u64 }))
    } else {
        None
    }
}

/// The nearest name as a question, or where they all stand: there are too many to list.
fn nearest_or_where(name: &str, base: &Lexicon) -> Help {
    match base.nearest_name(name).or_else(|| nearest(name, base.names())) {
        Some(near) => Suggestion::DidYouMean { names: OneOf(vec![near.to_owned()]) }.into(),
        None => Help::NameKnownMeaning,
    }
}
