//! One event: its jobs are diagnosed, and those with a problem published.

use std::io::{self, Write};

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsMessage};
use copydoctor::Classifier;
use lambda_runtime::Error;
use serde::Serialize;

use crate::answer::{Diagnosis, JobAnswer};
use crate::event::{jobs, messages_of_queue};
use crate::settings::Settings;
use crate::topic::Topic;

/// What handles events, one after another.
pub(crate) struct Handler {
    classifier: Classifier,
    topic: Option<Topic>,
    settings: Settings,
}

/// What the function answers with.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Response {
    /// To an event that the function was called with.
    Jobs { jobs: Vec<JobAnswer> },
    /// To messages of a queue: those to be delivered again.
    Queue(SqsBatchResponse),
}

impl Handler {
    pub(crate) async fn new(settings: Settings) -> Self {
        let topic = match &settings.topic {
            Some(arn) => Some(Topic::new(arn.clone()).await),
            None => None,
        };
        Self { classifier: Classifier::builtin(), topic, settings }
    }

    /// Handles an event.
    ///
    /// # Errors
    /// Where there is no copy job in it, or the topic does not take a diagnosis. A message of a queue for which that
    /// holds is named in the response instead, so that only it comes again.
    pub(crate) async fn handle(&self, event: &str) -> Result<Response, Error> {
        match messages_of_queue(event) {
            None => Ok(Response::Jobs { jobs: self.answers(event).await? }),
            Some(messages) => {
                let mut response = SqsBatchResponse::default();
                for message in messages {
                    if let Err(error) = self.handle_message(&message).await {
                        let id = message.message_id.unwrap_or_default();
                        log(&serde_json::json!({"message_id": id, "error": error.to_string()}))?;
                        let mut failure = BatchItemFailure::default();
                        failure.item_identifier = id;
                        response.batch_item_failures.push(failure);
                    }
                }
                Ok(Response::Queue(response))
            }
        }
    }

    async fn handle_message(&self, message: &SqsMessage) -> Result<(), Error> {
        self.answers(message.body.as_deref().unwrap_or_default()).await.map(drop)
    }

    async fn answers(&self, text: &str) -> Result<Vec<JobAnswer>, Error> {
        let mut answers = Vec::new();
        for job in jobs(text)? {
            let diagnosis = Diagnosis::of(job, &self.classifier, self.settings.language);
            let answer = diagnosis.json()?;
            log(&answer)?;
            if let Some(topic) = self.topic.as_ref().filter(|_| diagnosis.is_problem()) {
                topic.publish(&diagnosis.subject(), diagnosis.text()?).await?;
            }
            answers.push(answer);
        }
        Ok(answers)
    }
}

/// Writes a line of JSON to the function's log.
fn log(line: &impl Serialize) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, line)?;
    Ok(out.write_all(b"\n")?)
}
