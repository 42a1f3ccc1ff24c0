//! The part of a page that says who acts and what to do.

use std::collections::BTreeSet;
use std::io;

use super::labels;
use super::layout::Role;
use super::page::{Page, sources};
use crate::catalogue::RootCause;
use crate::remediation::FilledStep;
use crate::slot::Slot;

const INDENT: &str = "     ";
const COPIED: &str = "       ";

impl Page<'_> {
    /// Who acts, and what to do.
    pub(super) fn advice(&mut self, cause: &RootCause, steps: &[FilledStep]) -> io::Result<()> {
        self.heading(self.labels.who_acts)?;
        self.accounts(steps)?;

        self.heading(self.labels.steps)?;
        let sources = sources(cause);
        for (index, step) in steps.iter().enumerate() {
            if index > 0 {
                self.blank_line()?;
            }
            let source = sources.iter().position(|url| *url == step.link).unwrap_or_default() + 1;
            self.step(index + 1, step, source)?;
        }
        Ok(())
    }

    fn step(&mut self, number: usize, step: &FilledStep, source: usize) -> io::Result<()> {
        // The first step stands out, the others wait.
        let label = if number == 1 { Role::Heading } else { Role::Aside };
        let account = capitalised(&self.account(step));
        self.wrapped(Role::Account, &format!("{number:>3}. "), INDENT, &account)?;
        self.paragraph(&step.action, INDENT)?;
        self.commanded(label, self.labels.check, step.check.as_deref())?;
        match step.terraform.as_ref().filter(|_| self.has_terraform()) {
            Some(terraform) => {
                self.wrapped(label, INDENT, INDENT, self.labels.change_in_terraform)?;
                self.verbatim(terraform, COPIED)?;
            }
            None => {
                self.commanded(label, self.labels.change, step.command.as_deref())?;
                if let Some(policy) = &step.policy {
                    let file = step.command.as_deref().and_then(named_file);
                    let name = file.map(|file| labels::policy_in(file, self.language));
                    let name = name.as_deref().unwrap_or(self.labels.policy);
                    self.wrapped(label, INDENT, INDENT, name)?;
                    self.verbatim(&format!("{policy:#}"), COPIED)?;
                }
            }
        }
        let why = format!("{} {}", self.labels.why, step.why);
        self.sourced(Role::Aside, INDENT, &why, (source, &step.link))
    }

    fn commanded(&mut self, role: Role, label: &str, command: Option<&str>) -> io::Result<()> {
        let Some(command) = command else { return Ok(()) };
        self.wrapped(role, INDENT, INDENT, label)?;
        self.command(command, COPIED)
    }

    /// The blanks that nobody could fill, with the flag that fills each.
    pub(super) fn open_slots(&mut self, steps: &[FilledStep]) -> io::Result<()> {
        let open: BTreeSet<Slot> = steps.iter().flat_map(|step| &step.open).copied().collect();
        if open.is_empty() {
            return Ok(());
        }
        self.heading(self.labels.still_open)?;
        let is_job_unknown = open.contains(&Slot::CopyJobId);
        let help = if is_job_unknown { self.labels.open_help_job } else { self.labels.open_help };
        self.paragraph(help, "  ")?;
        let terms: Vec<(String, String)> = open
            .into_iter()
            .map(|slot| {
                let how = slot.flag().unwrap_or_else(|| labels::slot(slot, self.language).to_owned());
                (format!("<{slot}>"), how)
            })
            .collect();
        self.terms(Role::Blank, &terms)
    }

    /// The account that acts first, then every other one, once, in the order of the steps.
    fn accounts(&mut self, steps: &[FilledStep]) -> io::Result<()> {
        let mut accounts: Vec<String> = Vec::new();
        for step in steps {
            let account = self.account(step);
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        let Some((first, others)) = accounts.split_first() else { return Ok(()) };
        self.wrapped(Role::Account, "  ", "  ", &capitalised(first))?;
        if others.is_empty() {
            return Ok(());
        }
        self.paragraph(&format!("{} {}", self.labels.then, others.join(", ")), "  ")
    }

    fn account(&self, step: &FilledStep) -> String {
        let name = labels::account(step.account, self.language);
        step.account_id.as_ref().map_or_else(|| name.to_owned(), |id| format!("{name} {id}"))
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The file that a command reads its document from.
fn named_file(command: &str) -> Option<&str> {
    let (_, rest) = command.split_once("file://")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_policy_is_the_one_that_the_command_names() {
        assert_eq!(named_file("aws x --policy file://key-policy.json --y"), Some("key-policy.json"));
        assert_eq!(named_file("aws x --rule '{\"a\": \"file://b\"}'"), Some("b"));
        assert_eq!(named_file("aws x"), None);
    }
}
