//! One pattern file to its root cause, or to what is wrong with it.

use serde::Deserialize;

use super::file::PatternFile;
use super::finding::{Fault, Finding, Rule};
use super::lexicon;
use super::outline::Outline;
use super::root_cause::RootCause;
use crate::lexicon::{Lexicon, LexiconFile};
use crate::suggestion::did_you_mean;

/// What a pattern file says.
#[derive(Debug)]
pub(super) enum Entry {
    /// A root cause.
    RootCause(Box<RootCause>),
    /// That the root cause of this id is not wanted.
    Disabled(String),
}

/// A file that takes a root cause out of the catalogue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disabled {
    id: String,
    disabled: bool,
}

/// Reads a file of somebody's own.
pub(super) fn load(file: &PatternFile) -> Result<Entry, Vec<Finding>> {
    let outline = Outline::of(&file.text).map_err(|strange| vec![file.strange(strange)])?;
    if outline.has("disabled") {
        let disabled: Disabled = parse(file)?;
        return if disabled.disabled && disabled.id == file.stem() {
            Ok(Entry::Disabled(disabled.id))
        } else if disabled.disabled {
            Err(file.findings([misnamed(&disabled.id)]))
        } else {
            let problem = "disabled: false says nothing";
            let help = "say disabled: true, or write the whole root cause";
            Err(file.findings([Fault::new(Rule::UnknownValue, "disabled", problem, help)]))
        };
    }
    let cause: RootCause = parse(file)?;
    let mut faults = cause.faults();
    if cause.id != file.stem() {
        faults.push(misnamed(&cause.id));
    }
    if faults.is_empty() { Ok(Entry::RootCause(Box::new(cause))) } else { Err(file.findings(faults)) }
}

/// Reads somebody's own lexicon, to be laid over another.
pub(super) fn load_lexicon(file: &PatternFile, base: &Lexicon) -> Result<LexiconFile, Vec<Finding>> {
    Outline::of(&file.text).map_err(|strange| vec![file.strange(strange)])?;
    let own: LexiconFile = parse(file)?;
    let faults = lexicon::faults(&own, base);
    if faults.is_empty() { Ok(own) } else { Err(file.findings(faults)) }
}

fn misnamed(id: &str) -> Fault {
    Fault::new(
        Rule::IdFileName,
        "id",
        format!("the id is {id}, and the file is named otherwise"),
        format!("name the file {id}.yaml or change the id"),
    )
}

fn parse<'de, T: Deserialize<'de>>(file: &'de PatternFile) -> Result<T, Vec<Finding>> {
    let deserializer = serde_yaml::Deserializer::from_str(&file.text);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        let text = error.inner().to_string();
        let fault = fault(path, plain(&text, path));
        let finding = match fault.rule {
            // Only libyaml knows where.
            Rule::YamlSyntax => {
                let at = error.inner().location().map(|at| (at.line(), at.column()));
                file.finding_at(at, fault)
            }
            _ => file.findings([fault]).remove(0),
        };
        vec![finding]
    })
}

/// The message without the path in front of it and the position behind it.
fn plain<'a>(text: &'a str, path: &str) -> &'a str {
    let text = text.rfind(" at line ").map_or(text, |at| &text[..at]);
    text.split_once(": ")
        .filter(|(before, _)| path.starts_with(before) && !before.is_empty())
        .map_or(text, |(_, message)| message)
}

/// Serde's names of types as people say them.
fn plainly(name: &str) -> String {
    match name {
        "sequence" | "a sequence" => "a list".to_owned(),
        "map" | "a map" => "a mapping".to_owned(),
        "unit value" => "nothing".to_owned(),
        "a string" => "a text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        other => {
            other.strip_prefix("string ").map_or_else(|| other.to_owned(), |text| format!("the text {text}"))
        }
    }
}

/// What serde complains of, by the rule that is broken.
fn fault(path: &str, message: &str) -> Fault {
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = |rule, what: &str| {
        let name = names.clone().next().unwrap_or_default();
        let known: Vec<&str> = names.clone().skip(1).collect();
        Fault::new(rule, path, format!("{what} '{name}'"), did_you_mean(name, known.iter().copied()))
    };
    if message.starts_with("unknown field") {
        return unknown(Rule::UnknownField, "there is no field");
    }
    if message.starts_with("unknown variant") {
        return unknown(Rule::UnknownValue, "there is no value");
    }
    if message.starts_with("missing field") {
        let name = names.next().unwrap_or_default();
        return Fault::new(
            Rule::MissingField,
            path,
            format!("the field '{name}' is missing"),
            format!("add {name}: …"),
        );
    }
    if let Some(types) = message.strip_prefix("invalid type: ") {
        let (found, expected) = types.split_once(", expected ").unwrap_or((types, "another type"));
        let problem = format!("here stands {}", plainly(found));
        return Fault::new(Rule::WrongType, path, problem, format!("write {}", plainly(expected)));
    }
    if path.starts_with("patterns[") && path.ends_with(".text") {
        return Fault::of_error(Rule::BadPattern, path, message);
    }
    if path.starts_with("remediation[") {
        return Fault::of_error(Rule::BadTemplate, path, message);
    }
    Fault::of_error(Rule::YamlSyntax, path, message)
}
