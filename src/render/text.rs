//! One diagnosis as a page that a tired engineer reads in ten seconds: the answer, who acts, the steps, and only
//! then what one looks up.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use super::layout::{Layout, Role};
use super::page::Page;
use super::{Diagnosed, labels};
use crate::diagnosis::{Answer, Diagnosis, Further, Tier, Unknown};
use crate::remediation::FilledStep;

/// More of a message than this many characters says nothing new to who pasted it, and pushes the answer off the screen.
const SHOWN: usize = 600;

/// How much of a long message is shown before the part that was recognised.
const BEFORE: usize = 100;

/// Writes one answer.
///
/// # Errors
/// Those of the writer.
pub fn write_answer(out: &mut dyn Write, diagnosed: &Diagnosed<'_>, layout: Layout) -> io::Result<()> {
    let mut page = Page::new(out, layout);
    match &diagnosed.answer {
        Answer::Diagnosed(diagnosis) => page.diagnosis(diagnosed, diagnosis),
        Answer::Unknown(unknown) => page.unknown(diagnosed, unknown),
    }
}

/// Writes the line between two answers.
///
/// # Errors
/// Those of the writer.
pub fn write_separator(out: &mut dyn Write, layout: Layout) -> io::Result<()> {
    let mut page = Page::new(out, layout);
    let line = "─".repeat(page.width);
    page.blank_line()?;
    page.aside(&line)?;
    page.blank_line()
}

/// A message, or of a long one the part that was recognised with what stands around it.
fn excerpt<'m>(message: &'m str, span: &Range<usize>) -> Cow<'m, str> {
    if message.chars().count() <= SHOWN {
        return Cow::Borrowed(message);
    }
    let until = message.get(..span.start).unwrap_or_default();
    let start = until.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let rest = message.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(SHOWN).map_or(rest.len(), |(at, _)| at);
    let (shown, after) = rest.split_at(end);
    let ellipsis = |is_cut| if is_cut { "…" } else { "" };
    Cow::Owned(format!("{}{shown}{}", ellipsis(start > 0), ellipsis(!after.is_empty())))
}

impl Page<'_> {
    fn diagnosis(&mut self, diagnosed: &Diagnosed<'_>, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
        let Diagnosed { message, steps, why, .. } = diagnosed;
        let cause = diagnosis.root_cause;
        self.title(cause.title.get(self.language))?;
        self.sureness(diagnosis)?;
        self.filing(cause)?;
        self.cause(cause)?;
        self.further(&diagnosis.further)?;

        self.advice(cause, steps)?;
        self.open_slots(steps)?;

        self.recognition(message, diagnosis)?;
        if let Some(explanation) = why {
            self.why(message, explanation)?;
        }
        self.more(steps, why.is_some())?;
        self.sources(cause)
    }

    fn sureness(&mut self, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
        let words = labels::sureness(diagnosis.confidence, self.language);
        let share = labels::percent(diagnosis.confidence, self.language);
        let why = match diagnosis.tier {
            Tier::Exact => {
                labels::exact_match(diagnosis.wording.evidence, diagnosis.unexplained_words, self.language)
            }
            Tier::CutOff => self.labels.cut_off_match.to_owned(),
            Tier::Similar => self.labels.similar_match.to_owned(),
        };
        self.paragraph(&format!("{words} ({share}): {why}"), "")?;
        for other in &diagnosis.alternatives {
            let share = labels::percent(other.confidence, self.language);
            self.paragraph(&format!("{}: {} ({share})", self.labels.also_possible, other.root_cause.id), "")?;
        }
        Ok(())
    }

    /// What of the message was recognised, and as what.
    fn recognition(&mut self, message: &str, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
        self.heading(self.labels.recognised_by)?;
        self.entry(self.labels.message, &excerpt(message, &diagnosis.span))?;
        // A wording shows by itself where it stands.
        let part = message.get(diagnosis.span.clone()).unwrap_or(message).trim();
        if diagnosis.tier == Tier::Similar && part != message.trim() {
            self.entry(self.labels.part, part)?;
        }
        let wording = diagnosis.wording.pattern.text();
        if wording != message.trim() {
            self.entry(self.labels.matched, wording)?;
        }
        for (slot, value) in diagnosis.captures.iter() {
            self.entry(self.labels.named, &format!("{slot} = {value}"))?;
        }
        Ok(())
    }

    /// What else stands in the text, and how to read on about each.
    fn further(&mut self, further: &[Further<'_>]) -> io::Result<()> {
        if further.is_empty() {
            return Ok(());
        }
        self.heading(self.labels.further)?;
        self.paragraph(&labels::messages(further.len() + 1, self.language), "  ")?;
        for other in further {
            let Further { root_cause, confidence, .. } = other;
            let share = labels::percent(*confidence, self.language);
            let title = root_cause.title.get(self.language);
            self.item(&format!("{} ({share}): {title}", root_cause.id))?;
            self.command(&format!("copydoctor explain {}", root_cause.id), "      ")?;
        }
        Ok(())
    }

    /// What this page leaves out, and the flag that shows it.
    fn more(&mut self, steps: &[FilledStep], has_why: bool) -> io::Result<()> {
        let has_policy = steps.iter().any(|step| step.policy.is_some());
        let hides_terraform = !self.has_terraform() && steps.iter().any(|step| step.terraform.is_some());
        let hints = [
            (has_policy, "--copy-policy", self.labels.more_policy),
            (hides_terraform, "--terraform", self.labels.more_terraform),
            (!has_why, "--why", self.labels.more_why),
        ];
        let hints: Vec<(String, String)> = hints
            .into_iter()
            .filter(|(is_apt, ..)| *is_apt)
            .map(|(_, flag, text)| (flag.to_owned(), text.to_owned()))
            .collect();
        if hints.is_empty() {
            return Ok(());
        }
        self.heading(self.labels.more)?;
        self.terms(Role::Text, &hints)
    }

    fn unknown(&mut self, diagnosed: &Diagnosed<'_>, unknown: &Unknown<'_>) -> io::Result<()> {
        self.title(self.labels.unknown_title)?;
        self.paragraph(labels::reason(unknown.reason, self.language), "")?;
        if !diagnosed.message.trim().is_empty() {
            self.heading(self.labels.message)?;
            self.paragraph(&excerpt(diagnosed.message, &(0..0)), "  ")?;
        }
        if !unknown.nearest.is_empty() {
            self.heading(self.labels.nearest)?;
            for near in &unknown.nearest {
                let share = labels::percent(near.confidence, self.language);
                let title = near.root_cause.title.get(self.language);
                self.item(&format!("{} ({share}): {title}", near.root_cause.id))?;
            }
        }
        self.heading(self.labels.steps)?;
        match unknown.command() {
            Some(command) => {
                self.paragraph(self.labels.reason_command, "  ")?;
                self.command(&command, "    ")?;
            }
            None => self.paragraph(self.labels.unknown_help, "  ")?,
        }
        diagnosed.why.as_ref().map_or(Ok(()), |explanation| self.why(diagnosed.message, explanation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_shown_around_what_was_recognised() {
        let long = format!("{}Zugriff verweigert{}", "ä".repeat(1000), "ß".repeat(1000));
        let start = long.find('Z').expect("it is in there");
        let shown = excerpt(&long, &(start..start + 18));
        assert!(shown.starts_with("…ää") && shown.ends_with("ßß…"), "{shown}");
        assert!(shown.contains("äZugriff verweigertß"), "{shown}");
        assert_eq!(shown.chars().count(), SHOWN + 2);
    }

    #[test]
    fn a_short_message_is_shown_whole() {
        assert_eq!(excerpt("Zugriff verweigert", &(0..7)), "Zugriff verweigert");
        assert_eq!(excerpt(&"a".repeat(SHOWN + 1), &(0..0)), format!("{}…", "a".repeat(SHOWN)));
    }
}
