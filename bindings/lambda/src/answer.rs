//! A copy job and what its message says, as JSON and as a text.

use std::io;

use copydoctor::batch::Job;
use copydoctor::diagnosis::Answer;
use copydoctor::render::{Diagnosed, Layout, write_answer_json, write_answer_text, write_job_text};
use copydoctor::{Classifier, Language, Record, SlotValues};
use serde::Serialize;
use serde_json::value::RawValue;

/// The columns of the text: those of a terminal, as mails are shown with.
const WIDTH: usize = 80;

/// What the function answers with for a job, and writes to its log.
#[derive(Serialize)]
pub(crate) struct JobAnswer {
    copy_job_id: Option<String>,
    state: String,
    /// What `copydoctor diagnose --format json` says of the job; null where it has no message.
    answer: Option<Box<RawValue>>,
}

/// A job and what its message says.
pub(crate) struct Diagnosis<'c> {
    job: Job<'c>,
    language: Language,
}

impl<'c> Diagnosis<'c> {
    pub(crate) fn of(record: Record, classifier: &'c Classifier, language: Language) -> Self {
        let answer = record.status_message.as_deref().map(|message| classifier.classify(message));
        Self { job: Job { record, answer }, language }
    }

    /// Whether somebody has to do something about the job.
    pub(crate) fn is_problem(&self) -> bool {
        self.job.record.is_problem()
    }

    fn diagnosed(&self) -> Option<Diagnosed<'_>> {
        let record = &self.job.record;
        let (message, answer) = (record.status_message.as_deref()?, self.job.answer.clone()?);
        Some(Diagnosed::of(message, answer, &SlotValues::of_record(record), self.language))
    }

    pub(crate) fn json(&self) -> Result<JobAnswer, lambda_runtime::Error> {
        let record = &self.job.record;
        let answer = match self.diagnosed() {
            None => None,
            Some(diagnosed) => {
                let mut line = Vec::new();
                write_answer_json(&mut line, &diagnosed, self.language)?;
                Some(RawValue::from_string(String::from_utf8(line)?)?)
            }
        };
        Ok(JobAnswer {
            copy_job_id: record.copy_job_id.clone(),
            state: record.state.as_str().to_owned(),
            answer,
        })
    }

    /// One line: what is wrong.
    pub(crate) fn subject(&self) -> String {
        let state = self.job.record.state.as_str();
        let title = self.job.answer.as_ref().and_then(Answer::diagnosis);
        let why = match (title, self.language) {
            (Some(diagnosis), language) => diagnosis.root_cause.title.get(language),
            (None, Language::En) => "root cause unknown",
            (None, Language::De) => "Ursache unbekannt",
        };
        match self.language {
            Language::En => format!("Copy job {state}: {why}"),
            Language::De => format!("Kopierauftrag {state}: {why}"),
        }
    }

    /// A page for people: the job, what is wrong, and what to do now.
    pub(crate) fn text(&self) -> io::Result<String> {
        let mut page = Vec::new();
        write_job_text(&mut page, &self.job, self.language)?;
        if let Some(diagnosed) = self.diagnosed() {
            page.push(b'\n');
            write_answer_text(&mut page, &diagnosed, Layout::plain(self.language, WIDTH))?;
        }
        String::from_utf8(page).map_err(io::Error::other)
    }
}
