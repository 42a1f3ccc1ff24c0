//! What has to hold for the texts of a root cause: both languages are there, and they are translations.

use crate::catalogue::{Fault, Help, Problem, RootCause, Rule};

/// A longer title does not fit a line of a table.
const LONGEST_TITLE: usize = 90;

pub(super) fn faults(cause: &RootCause) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, en, de) in texts(cause) {
        for (language, text) in [("en", en), ("de", de)] {
            if text.trim().is_empty() {
                let path = format!("{path}.{language}");
                faults.push(Fault::new(Rule::EmptyText, path, Problem::EmptyText, Help::WriteText));
            }
        }
        // A word or two may be the same in both.
        if en == de && en.split_whitespace().count() > 2 {
            let path = format!("{path}.de");
            faults.push(Fault::new(Rule::UntranslatedText, path, Problem::Untranslated, Help::Translate));
        }
    }
    for (language, title) in [("en", &cause.title.en), ("de", &cause.title.de)] {
        let length = title.chars().count();
        let problem = if length > LONGEST_TITLE {
            Problem::TitleTooLong { length: length as u64 }
        } else if title.contains('\n') {
            Problem::TitleLineBreak
        } else if title.ends_with('.') {
            Problem::TitleFullStop
        } else {
            continue;
        };
        let help = Help::ShortTitle { most: LONGEST_TITLE as u64 };
        faults.push(Fault::new(Rule::TitleFormat, format!("title.{language}"), problem, help));
    }
    faults
}

/// Every text that stands in both languages, with its path.
fn texts(cause: &RootCause) -> Vec<(String, &str, &str)> {
    let mut texts = vec![
        ("title".to_owned(), cause.title.en.as_str(), cause.title.de.as_str()),
        ("cause".to_owned(), cause.cause.en.as_str(), cause.cause.de.as_str()),
    ];
    for (index, step) in cause.remediation.iter().enumerate() {
        for (name, text) in [("action", &step.action), ("why", &step.why)] {
            texts.push((format!("remediation[{index}].{name}"), text.en.source(), text.de.source()));
        }
    }
    texts
}
