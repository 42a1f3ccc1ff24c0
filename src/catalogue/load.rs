//! One pattern file to its root cause, or to what is wrong with it.

use serde::Deserialize;

use super::file::PatternFile;
use super::finding::{Fault, Finding, Help, Problem, Rule};
use super::lexicon;
use super::outline::Outline;
use super::root_cause::RootCause;
use crate::lexicon::{Lexicon, LexiconFile};
use crate::pattern::Pattern;
use crate::phrases::YamlType;
use crate::suggestion::did_you_mean;
use crate::template::{PolicyTemplate, Template, TerraformTemplate};

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
    let outline = Outline::of(&file.text).map_err(|strange| vec![file.strange(*strange)])?;
    if outline.has("disabled") {
        let disabled: Disabled = parse(file)?;
        return if disabled.disabled && disabled.id == file.stem() {
            Ok(Entry::Disabled(disabled.id))
        } else if disabled.disabled {
            Err(file.findings([misnamed(&disabled.id)]))
        } else {
            let fault = Fault::new(Rule::UnknownValue, "disabled", Problem::UselessDisabled, Help::Disable);
            Err(file.findings([fault]))
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
    Outline::of(&file.text).map_err(|strange| vec![file.strange(*strange)])?;
    let own: LexiconFile = parse(file)?;
    let faults = lexicon::faults(&own, base);
    if faults.is_empty() { Ok(own) } else { Err(file.findings(faults)) }
}

fn misnamed(id: &str) -> Fault {
    let (problem, help) = (Problem::Misnamed { id: id.to_owned() }, Help::Rename { id: id.to_owned() });
    Fault::new(Rule::IdFileName, "id", problem, help)
}

fn parse<'de, T: Deserialize<'de>>(file: &'de PatternFile) -> Result<T, Vec<Finding>> {
    let deserializer = serde_yaml::Deserializer::from_str(&file.text);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        let text = error.inner().to_string();
        let fault = fault(file, path, plain(&text, path));
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
    let text = text.rfind(" at line ").and_then(|at| text.get(..at)).unwrap_or(text);
    text.split_once(": ")
        .filter(|(before, _)| path.starts_with(before) && !before.is_empty())
        .map_or(text, |(_, message)| message)
}

/// What serde complains of, by the rule that is broken.
fn fault(file: &PatternFile, path: &str, message: &str) -> Fault {
    let mut names = message.split('`').skip(1).step_by(2);
    let meant = || {
        let known: Vec<&str> = names.clone().skip(1).collect();
        did_you_mean(names.clone().next().unwrap_or_default(), known.iter().copied()).into()
    };
    let name = || names.clone().next().unwrap_or_default().to_owned();
    if message.starts_with("unknown field") {
        return Fault::new(Rule::UnknownField, path, Problem::UnknownField { name: name() }, meant());
    }
    if message.starts_with("unknown variant") {
        return Fault::new(Rule::UnknownValue, path, Problem::UnknownValue { name: name() }, meant());
    }
    if message.starts_with("missing field") {
        let name = names.next().unwrap_or_default().to_owned();
        let problem = Problem::MissingField { name: name.clone() };
        return Fault::new(Rule::MissingField, path, problem, Help::AddField { name });
    }
    if let Some(types) = message.strip_prefix("invalid type: ") {
        let (found, expected) = types.split_once(", expected ").unwrap_or((types, "another type"));
        let [found, expected] = [found, expected].map(YamlType::of_serde);
        return Fault::new(Rule::WrongType, path, Problem::WrongType { found }, Help::WriteType { expected });
    }
    let rule = if path.starts_with("patterns[") && path.ends_with(".text") {
        Rule::BadPattern
    } else if path.starts_with("remediation[") {
        Rule::BadTemplate
    } else {
        Rule::YamlSyntax
    };
    let (problem, help) = error_of_text(file, path)
        .unwrap_or_else(|| (Problem::UnfitYaml { error: message.to_owned() }, Help::Demand { rule }));
    Fault::new(rule, path, problem, help)
}

/// What is wrong with the pattern, template or policy at a path: serde keeps of an error no more than its text.
fn error_of_text(file: &PatternFile, path: &str) -> Option<(Problem, Help)> {
    let document: serde_json::Value = serde_yaml::from_str(&file.text).ok()?;
    let value = document.pointer(&format!("/{}", path.replace(['.', '['], "/").replace(']', "")))?;
    if path.ends_with(".policy") {
        return match PolicyTemplate::parse(value) {
            Err(error) => Some(error.parts()),
            Ok(_) => Some((Problem::PolicyNoMapping, Help::Demand { rule: Rule::BadTemplate })),
        };
    }
    let text = value.as_str()?;
    if path.starts_with("patterns[") {
        Pattern::parse(text).err().map(|error| error.parts())
    } else if path.ends_with(".terraform") {
        TerraformTemplate::parse(text).err().map(|error| error.parts())
    } else {
        Template::parse(text).err().map(|error| error.parts())
    }
}
