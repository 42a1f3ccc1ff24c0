//! Root causes as JSON. The structs here are the format.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::harmless_json;
use crate::catalogue::{
    Account, AwsMessageCategory, Catalogue, Evidence, Group, RootCause, Source, Step, Wording,
};
use crate::language::{Language, Localised};
use crate::template::{Template, TerraformTemplate};

/// A root cause, of `copydoctor explain --format json`. Without an id it is an array of these.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonRootCause<'a> {
    /// The stable id.
    id: &'a str,
    /// The part of AWS that has to be looked at.
    group: Group,
    /// The coarse category that AWS itself gives such messages.
    aws_message_category: AwsMessageCategory,
    /// What is wrong, in one sentence.
    title: JsonText<'a>,
    /// Why that makes a copy fail.
    cause: JsonText<'a>,
    /// The steps, the most likely first. What a job fills in stands in braces.
    remediation: Vec<JsonStep<'a>>,
    /// How AWS says it.
    patterns: Vec<JsonWording<'a>>,
    /// The pages that the facts come from.
    sources: &'a [Source],
}

/// A text in both languages.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonText<'a> {
    /// The English text.
    en: &'a str,
    /// The German text.
    de: &'a str,
}

/// One step of the remediation.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonStep<'a> {
    /// Whose hands the step needs.
    account: Account,
    /// What to look for and what to change.
    action: JsonText<'a>,
    /// A command that confirms the cause.
    check: Option<&'a str>,
    /// A command that makes the change.
    command: Option<&'a str>,
    /// The policy document that the change puts in place.
    policy: Option<Value>,
    /// The same change in Terraform, where that is shorter.
    terraform: Option<&'a str>,
    /// Why the step helps.
    why: JsonText<'a>,
    /// The page of AWS that says so.
    link: &'a str,
}

/// One wording of the messages.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonWording<'a> {
    /// The language that it is in.
    language: Language,
    /// The sentence with its placeholders in braces.
    text: &'a str,
    /// How well it is known.
    evidence: Evidence,
    /// Where it can be read.
    source: &'a str,
}

/// Writes one root cause.
///
/// # Errors
/// Those of the writer.
pub fn write_root_cause(out: &mut dyn Write, cause: &RootCause) -> io::Result<()> {
    harmless_json::write_pretty(out, &json_root_cause(cause))?;
    writeln!(out)
}

/// Writes all root causes.
///
/// # Errors
/// Those of the writer.
pub fn write_list(out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
    let causes: Vec<_> = catalogue.root_causes().iter().map(json_root_cause).collect();
    harmless_json::write_pretty(out, &causes)?;
    writeln!(out)
}

fn json_root_cause(cause: &RootCause) -> JsonRootCause<'_> {
    JsonRootCause {
        id: &cause.id,
        group: cause.group,
        aws_message_category: cause.aws_message_category,
        title: text(&cause.title),
        cause: text(&cause.cause),
        remediation: cause.remediation.iter().map(step).collect(),
        patterns: cause.patterns.iter().map(wording).collect(),
        sources: &cause.sources,
    }
}

fn text(text: &Localised) -> JsonText<'_> {
    JsonText { en: &text.en, de: &text.de }
}

fn template(text: &Localised<Template>) -> JsonText<'_> {
    JsonText { en: text.en.source(), de: text.de.source() }
}

fn step(step: &Step) -> JsonStep<'_> {
    JsonStep {
        account: step.account,
        action: template(&step.action),
        check: step.check.as_ref().map(Template::source),
        command: step.command.as_ref().map(Template::source),
        policy: step.policy.as_ref().map(|policy| policy.source()),
        terraform: step.terraform.as_ref().map(TerraformTemplate::source),
        why: template(&step.why),
        link: &step.link,
    }
}

fn wording(wording: &Wording) -> JsonWording<'_> {
    JsonWording {
        language: wording.language,
        text: wording.pattern.text(),
        evidence: wording.evidence,
        source: &wording.source,
    }
}
