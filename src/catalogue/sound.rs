//! What every root cause has to have, whatever the others are: without it, it is not fit for use.

use super::finding::{Fault, Help, Problem, Rule};
use super::root_cause::{RootCause, Step};
use crate::language::Language;
use crate::slot::Slot;
use crate::template::{PolicyTemplate, Template, TerraformTemplate};

impl RootCause {
    /// What the root cause lacks.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !is_kebab(&self.id) {
            let problem = Problem::IdNotKebab { id: self.id.clone() };
            faults.push(Fault::new(Rule::IdFormat, "id", problem, Help::WriteAsKebab));
        }
        for (name, is_empty) in [
            ("patterns", self.patterns.is_empty()),
            ("remediation", self.remediation.is_empty()),
            ("sources", self.sources.is_empty()),
            ("examples", self.examples.is_empty()),
            ("near_misses", self.near_misses.is_empty()),
        ] {
            if is_empty {
                let problem = Problem::EmptyList { name: name.to_owned() };
                faults.push(Fault::new(Rule::EmptyList, name, problem, Help::GiveOne));
            }
        }
        faults.extend(self.language_without_example());
        faults.extend(self.links());
        for (index, step) in self.remediation.iter().enumerate() {
            step.faults(&format!("remediation[{index}]"), &mut faults);
        }
        faults
    }

    fn language_without_example(&self) -> Option<Fault> {
        let claims = |language| self.patterns.iter().position(|wording| wording.language == language);
        let shows = |language| self.examples.iter().any(|example| example.language == language);
        let (language, index) = Language::ALL
            .into_iter()
            .filter(|language| !shows(*language))
            .find_map(|language| Some((language, claims(language)?)))?;
        Some(Fault::new(
            Rule::NoExampleInLanguage,
            format!("patterns[{index}].language"),
            Problem::NoExample { language: language.code() },
            Help::AddExample,
        ))
    }

    fn links(&self) -> impl Iterator<Item = Fault> {
        let patterns = self.patterns.iter().enumerate();
        let patterns =
            patterns.map(|(index, wording)| (format!("patterns[{index}].source"), &wording.source));
        let sources = self.sources.iter().enumerate();
        let sources = sources.map(|(index, source)| (format!("sources[{index}].url"), &source.url));
        let steps = self.remediation.iter().enumerate();
        let steps = steps.map(|(index, step)| (format!("remediation[{index}].link"), &step.link));
        let malformed = patterns.chain(sources).chain(steps.clone()).filter(|(_, link)| !is_link(link)).map(
            |(path, link)| {
                Fault::new(
                    Rule::MalformedLink,
                    path,
                    Problem::NoLink { link: link.clone() },
                    Help::BeginWithHttps,
                )
            },
        );
        let unlisted = steps
            .filter(|(_, link)| is_link(link) && !self.sources.iter().any(|source| source.url == **link))
            .map(|(path, _)| Fault::new(Rule::UnlistedLink, path, Problem::UnlistedPage, Help::AddToSources));
        malformed.chain(unlisted)
    }
}

impl Step {
    fn faults(&self, path: &str, faults: &mut Vec<Fault>) {
        for (name, command) in [("check", &self.check), ("command", &self.command)] {
            if let Some(slot) = command.as_ref().and_then(Template::unquoted_free_text) {
                faults.push(Fault::new(
                    Rule::UnquotedFreeText,
                    format!("{path}.{name}"),
                    Problem::UnquotedSlot { slot: slot.name() },
                    Help::QuoteSlot { slot: slot.name() },
                ));
            }
        }
        // A policy grants: only what has the shape of an identifier may be filled into one.
        let policy = self.policy.as_ref().map(PolicyTemplate::slots);
        let terraform = self.terraform.as_ref().map(TerraformTemplate::slots);
        for (name, slots) in [("policy", policy), ("terraform", terraform)] {
            let free = |slot: &Slot| !slot.kind().is_identifier();
            if let Some(slot) = slots.unwrap_or_default().into_iter().find(free) {
                faults.push(Fault::new(
                    Rule::FreeTextInPolicy,
                    format!("{path}.{name}"),
                    Problem::GrantingSlot { slot: slot.name() },
                    Help::LetReaderFill,
                ));
            }
        }
    }
}

fn is_kebab(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Whether a text is a link that can be clicked and that breaks out of no markup.
fn is_link(text: &str) -> bool {
    let breaks = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`');
    text.strip_prefix("https://").is_some_and(|rest| rest.contains('.') && !rest.contains(breaks))
}
