//! The Lambda function: a copy job's change of state comes in, by EventBridge, SNS or SQS; the diagnosis goes out, as the
//! answer, to the log, and as a readable text to a topic.

mod answer;
mod event;
mod handler;
mod settings;
mod topic;

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::value::RawValue;

use handler::Handler;
use settings::Settings;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let handler = Handler::new(Settings::from_environment()?).await;
    let handler = &handler;
    lambda_runtime::run(service_fn(async |event: LambdaEvent<Box<RawValue>>| {
        handler.handle(event.payload.get()).await
    }))
    .await
}
