//! One diagnosis as a page that a tired engineer reads in ten seconds.

use std::io::{self, Write};

use super::page::{Layout, Page};
use super::{Diagnosed, labels, printable};
use crate::diagnosis::{Answer, Diagnosis, Further, Tier, Unknown};
use crate::remediation::FilledStep;

/// Writes one answer.
///
/// # Errors
/// Those of the writer.
pub fn write_answer(out: &mut dyn Write, diagnosed: &Diagnosed<'_>, layout: Layout) -> io::Result<()> {
    let mut page = Page::new(out, layout);
    match &diagnosed.answer {
        Answer::Diagnosed(diagnosis) => page.diagnosis(diagnosed.message, diagnosis, &diagnosed.steps)?,
        Answer::Unknown(unknown) => page.unknown(diagnosed.message, unknown)?,
    }
    diagnosed.why.as_ref().map_or(Ok(()), |explanation| page.why(diagnosed.message, explanation))
}

impl Page<'_> {
    fn diagnosis(
        &mut self,
        message: &str,
        diagnosis: &Diagnosis<'_>,
        steps: &[FilledStep],
    ) -> io::Result<()> {
        self.title(diagnosis.root_cause)?;

        self.heading(self.labels.how_sure)?;
        let share = labels::percent(diagnosis.confidence, self.language);
        let why = match diagnosis.tier {
            Tier::Exact => {
                labels::exact_match(diagnosis.wording.evidence, diagnosis.unexplained_words, self.language)
            }
            Tier::CutOff => self.labels.cut_off_match.to_owned(),
            Tier::Similar => self.labels.similar_match.to_owned(),
        };
        self.paragraph(&format!("{share} – {why}"), "  ")?;
        self.entry(self.labels.message, &printable(message))?;
        let wording = diagnosis.wording.pattern.text();
        if wording != message.trim() {
            self.entry(self.labels.matched, wording)?;
        }
        for (slot, value) in diagnosis.captures.iter() {
            self.entry(self.labels.named, &format!("{slot} = {}", printable(value)))?;
        }
        for other in &diagnosis.alternatives {
            let share = labels::percent(other.confidence, self.language);
            self.entry(self.labels.also_possible, &format!("{} ({share})", other.root_cause.id))?;
        }
        self.further(&diagnosis.further)?;

        self.advice(diagnosis.root_cause, steps)?;
        self.sources(diagnosis.root_cause)
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

    fn unknown(&mut self, message: &str, unknown: &Unknown<'_>) -> io::Result<()> {
        self.paragraph(self.labels.unknown_title, "")?;
        self.paragraph(labels::reason(unknown.reason, self.language), "")?;
        writeln!(self.out)?;
        if !message.trim().is_empty() {
            self.entry(self.labels.message, &printable(message))?;
        }
        for near in &unknown.nearest {
            let share = labels::percent(near.confidence, self.language);
            self.entry(self.labels.also_possible, &format!("{} ({share})", near.root_cause.id))?;
        }
        match unknown.command() {
            Some(command) => {
                writeln!(self.out, "\n{}", self.labels.reason_command)?;
                self.command(&command, "  ")
            }
            None => self.paragraph(self.labels.unknown_help, "  "),
        }
    }
}
