//! What has to hold for a lexicon of somebody's own, beside the one that it is laid over.

use std::collections::HashMap;

use super::finding::{Fault, Rule};
use crate::lexicon::{LONGEST_PHRASE, Lexicon, LexiconFile, stems_of_form};
use crate::normalise::Words;
use crate::suggestion::nearest;

/// What is wrong with a lexicon that is laid over `base`. What stands in the lexicon of this build is right.
pub(super) fn faults(own: &LexiconFile, base: &Lexicon) -> Vec<Fault> {
    let mut faults = Vec::new();
    let builtin = Lexicon::builtin_file();
    let (own_entries, builtin_entries) = (own.entries(), builtin.entries());
    if *own == LexiconFile::default() {
        faults.push(Fault::new(
            Rule::EmptyList,
            "meanings",
            "the lexicon says nothing",
            "write a meaning and its words below meanings:, as vault: safe depot",
        ));
    }
    // What each word of the file means, in the file alone.
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (names, words) in own.meanings.iter() {
        let path = format!("meanings.{names}");
        faults.extend(of_names(names, &path, base));
        if words.trim().is_empty() {
            let problem = format!("{names} has no words");
            faults.push(Fault::new(Rule::EmptyList, &path, problem, "give at least one, or remove the line"));
        }
        for word in words.split_whitespace().filter(|word| !builtin_entries.contains(&(names, word))) {
            let known = base.meanings_of_form(word).map(|meanings| {
                let names: Vec<&str> = meanings.iter().map(|meaning| base.name(*meaning)).collect();
                names.join(" ")
            });
            let in_file = seen.insert(stems_of_form(word), names).filter(|other| *other != names);
            let help = "a word has one meaning: drop it in one of the two places";
            let fault = if let Some(problem) = problem_of_word(word) {
                Fault::of_error(Rule::BadWord, &path, &problem)
            } else if let Some(other) = known.filter(|known| known != names) {
                Fault::new(Rule::AmbiguousWord, &path, format!("'{word}' means {other} already"), help)
            } else if let Some(other) = in_file {
                Fault::new(Rule::AmbiguousWord, &path, format!("'{word}' stands below {other} as well"), help)
            } else if base.says_nothing(word) {
                let problem = format!("'{word}' is one of the words that say nothing");
                Fault::new(Rule::AmbiguousWord, &path, problem, "drop it, or make a phrase of it: not_found")
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
    let opposites = own.opposites.iter().enumerate();
    let opposites = opposites.map(|(index, pair)| (format!("opposites[{index}]"), pair.as_str()));
    for (path, names) in std::iter::once(("trouble".to_owned(), own.trouble.as_str())).chain(opposites) {
        for name in names.split_whitespace().filter(|name| !is_known(name)) {
            let problem = format!("there is no meaning '{name}'");
            let fault = Fault::new(Rule::UnknownMeaning, &path, problem, nearest_or_where(name, base));
            faults.push(fault.about(name));
        }
        if path != "trouble" && names.split_whitespace().count() != 2 {
            let problem = format!("'{names}' is no pair");
            faults.push(Fault::new(
                Rule::UnknownMeaning,
                &path,
                problem,
                "name two meanings, as source destination",
            ));
        }
    }
    let builtin_lists = builtin.lists();
    for ((path, words), (_, known)) in own.lists().into_iter().zip(builtin_lists) {
        for word in words.split_whitespace().filter(|word| !known.split_whitespace().any(|it| it == *word)) {
            let means =
                base.meanings_of_form(word).is_some() || own_entries.iter().any(|(_, it)| *it == word);
            let says_nothing = ["silent", "frame"].contains(&path);
            if let Some(problem) = problem_of_word(word) {
                faults.push(Fault::of_error(Rule::BadWord, path, &problem).about(word));
            } else if says_nothing && means {
                let problem = format!("'{word}' has a meaning");
                let help = "a word that says nothing has none: drop it in one of the two places";
                faults.push(Fault::new(Rule::AmbiguousWord, path, problem, help).about(word));
            }
        }
    }
    faults
}

/// What is wrong with the names of a meaning: a new one must not be a slip of one that is there.
fn of_names(names: &str, path: &str, base: &Lexicon) -> Vec<Fault> {
    let unknown = |problem: String, help: String| Fault::new(Rule::UnknownMeaning, path, problem, help);
    let mut faults = Vec::new();
    if names.trim().is_empty() {
        faults.push(unknown("a meaning has no name".to_owned(), "name it with a word".to_owned()));
    }
    for name in names.split_whitespace().filter(|name| !base.names().any(|it| it == *name)) {
        if Words::of(name).count() != 1 {
            faults.push(unknown(format!("'{name}' is no name"), "name a meaning with one word".to_owned()));
        } else if let Some(near) = base.nearest_name(name) {
            faults.push(unknown(
                format!("there is no meaning '{name}'"),
                format!("did you mean {near}? A new meaning takes a name that is no word of another"),
            ));
        }
    }
    faults
}

/// What keeps a form from being one; `problem; what would be right`.
fn problem_of_word(form: &str) -> Option<String> {
    let letters = form.strip_suffix('*').unwrap_or(form);
    let count = Words::of(&letters.replace('_', " ")).count();
    if letters.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
        Some(format!("'{form}' is no word; write words with spaces between them, and * only at an end"))
    } else if count == 0 {
        Some(format!("'{form}' has no letters; write a word"))
    } else if count > LONGEST_PHRASE {
        Some(format!("'{form}' has {count} words; a phrase has at most {LONGEST_PHRASE}"))
    } else {
        None
    }
}

/// The nearest name as a question, or where they all stand: there are too many to list.
fn nearest_or_where(name: &str, base: &Lexicon) -> String {
    match base.nearest_name(name).or_else(|| nearest(name, base.names())) {
        Some(near) => format!("did you mean {near}?"),
        None => "name one of those below meanings:, here or in patterns/lexicon.yaml".to_owned(),
    }
}
