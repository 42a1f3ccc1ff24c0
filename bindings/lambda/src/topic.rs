//! The topic that diagnoses are published to.

use aws_config::BehaviorVersion;
use aws_sdk_sns::Client;
use aws_sdk_sns::error::DisplayErrorContext;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use lambda_runtime::Error;

/// A subject is shorter than this: <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>.
const SUBJECT: usize = 100;

/// A topic of SNS.
pub(crate) struct Topic {
    client: Client,
    arn: String,
}

impl Topic {
    pub(crate) async fn new(arn: String) -> Self {
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
        Self { client: Client::new(&config), arn }
    }

    /// Publishes a text.
    ///
    /// # Errors
    /// Where SNS does not take it, after the SDK has tried again.
    pub(crate) async fn publish(&self, subject: &str, text: String) -> Result<(), Error> {
        let request = self.client.publish().topic_arn(&self.arn).subject(shortened(subject)).message(text);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(format!("{} does not take the diagnosis: {}", self.arn, DisplayErrorContext(&error))
                    .into())
            }
        }
    }
}

/// A subject that SNS takes: no control character in it, and short enough.
fn shortened(subject: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    if subject.chars().count() < SUBJECT {
        return subject.chars().map(plain).collect();
    }
    let beginning = subject.chars().take(SUBJECT - 2).map(plain);
    beginning.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_less_than_a_hundred_characters_and_one_line() {
        assert_eq!(shortened("Ä\nb"), "Ä b");
        assert_eq!(shortened(&"Ä".repeat(99)), "Ä".repeat(99));
        assert_eq!(shortened(&"Ä".repeat(100)), "Ä".repeat(98) + "…");
    }
}
