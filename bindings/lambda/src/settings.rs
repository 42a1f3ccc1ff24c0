//! What the function is told by its environment.

use std::env;

use copydoctor::Language;
use lambda_runtime::Error;

/// The topic that diagnoses are published to.
const TOPIC: &str = "COPYDOCTOR_TOPIC_ARN";

/// The language that they are written in.
const LANGUAGE: &str = "COPYDOCTOR_LANG";

/// What the function is told.
pub(crate) struct Settings {
    /// The ARN of the topic; without one the function only answers.
    pub(crate) topic: Option<String>,
    pub(crate) language: Language,
}

impl Settings {
    /// Reads the environment. What cannot be meant ends the function before it takes an event.
    pub(crate) fn from_environment() -> Result<Self, Error> {
        let value = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let code = value(LANGUAGE).unwrap_or_else(|| Language::default().code().to_owned());
        let language =
            Language::of_code(&code).ok_or_else(|| format!("{LANGUAGE} is {code:?}; it can be en or de"))?;
        let topic = value(TOPIC);
        if let Some(other) = topic.as_ref().filter(|topic| !is_topic(topic)) {
            return Err(format!("{TOPIC} is {other:?}, which is not the ARN of a topic").into());
        }
        Ok(Self { topic, language })
    }
}

fn is_topic(text: &str) -> bool {
    copydoctor::identifier::Arn::parse(text).is_some_and(|arn| arn.service == "sns")
}
