//! Answers without anything private: what was found in the original stays found, and stands where it stands now.

use super::Redactor;
use super::text::{Legible, Redacted};
use crate::diagnosis::{Answer, Considered, Diagnosis, Explanation, Further, Unknown};
use crate::scorer::{FoundIn, WordScore};

impl Redactor {
    /// Learns the names that a message and its answer give away.
    pub fn learn_answer(&mut self, message: &str, answer: &Answer<'_>) {
        self.learn_text(message);
        match answer {
            Answer::Diagnosed(diagnosis) => {
                self.learn_values(&diagnosis.captures);
                diagnosis.further.iter().for_each(|further| self.learn_values(&further.captures));
            }
            Answer::Unknown(unknown) => {
                unknown.copy_job_id.iter().for_each(|id| self.learn_name("copy-job", id));
            }
        }
    }

    /// A message and its answer without anything private.
    #[must_use]
    pub fn answer<'c>(&mut self, message: &str, answer: &Answer<'c>) -> (String, Answer<'c>) {
        let redacted = self.message(message, answer.diagnosis(), &[]);
        let answer = self.answer_to(&redacted, answer);
        (redacted.text, answer)
    }

    /// A message and the explanation of its answer without anything private.
    #[must_use]
    pub fn explanation<'c>(
        &mut self,
        message: &str,
        explanation: &Explanation<'c>,
    ) -> (String, Explanation<'c>) {
        let redacted = self.message(message, explanation.answer.diagnosis(), &explanation.considered);
        let answer = self.answer_to(&redacted, &explanation.answer);
        let considered = explanation.considered.iter().map(|one| consider(&redacted, one)).collect();
        (redacted.text, Explanation { answer, considered })
    }

    /// A message, ready for its answer.
    pub(super) fn message(
        &mut self,
        message: &str,
        diagnosis: Option<&Diagnosis<'_>>,
        considered: &[Considered<'_>],
    ) -> Redacted {
        let legible = Legible::of(message);
        let replaced = self.replaced(legible.text());
        let spans = diagnosis.into_iter().flat_map(|diagnosis| {
            std::iter::once(&diagnosis.span).chain(diagnosis.further.iter().map(|further| &further.span))
        });
        let spans = spans.chain(considered.iter().filter_map(|one| one.span.as_ref()));
        Redacted::new(&legible, replaced, spans.cloned())
    }

    pub(super) fn answer_to<'c>(&mut self, message: &Redacted, answer: &Answer<'c>) -> Answer<'c> {
        match answer {
            Answer::Diagnosed(diagnosis) => Answer::Diagnosed(Diagnosis {
                span: message.span(&diagnosis.span),
                captures: self.values(&diagnosis.captures),
                further: diagnosis
                    .further
                    .iter()
                    .map(|further| Further {
                        span: message.span(&further.span),
                        captures: self.values(&further.captures),
                        ..further.clone()
                    })
                    .collect(),
                ..diagnosis.clone()
            }),
            Answer::Unknown(unknown) => Answer::Unknown(Unknown {
                copy_job_id: unknown.copy_job_id.as_ref().map(|id| self.name("copy-job", id)),
                ..unknown.clone()
            }),
        }
    }
}

fn consider<'c>(message: &Redacted, one: &Considered<'c>) -> Considered<'c> {
    let words = one.words.iter().map(|score| match score.found_in {
        // A meaning's name, which the message lacks.
        FoundIn::Wording => score.clone(),
        FoundIn::Both | FoundIn::Message => {
            WordScore { word: message.word(&score.word).into_owned(), ..score.clone() }
        }
    });
    Considered {
        span: one.span.as_ref().map(|span| message.span(span)),
        words: words.collect(),
        ..one.clone()
    }
}
