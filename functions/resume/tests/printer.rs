//! A printer that prints nothing but what it was asked for: the real one links a typesetter.

use std::sync::atomic::{AtomicUsize, Ordering};

use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment, Function};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// In place of the function of this name.
pub static FUNCTIONS: &[Function] = &[Function::new("render_resume_pdf", |start| start.invoke(print))];

/// Numbers what is printed, so that two prints of the same differ.
static PRINTED: AtomicUsize = AtomicUsize::new(0);

/// The print for somebody called `느린이력` has begun; it may go on. One test alone prints for them.
pub static BEGUN: Notify = Notify::const_new();
pub static GO_ON: Notify = Notify::const_new();

#[derive(Clone)]
struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
}

impl FromEnvironment for Bucket {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let configuration =
            aws_sdk_s3::config::Builder::from(environment.aws()).force_path_style(true).build();
        let name = environment.require("PDF_BUCKET")?.to_owned();
        Ok(Self { client: aws_sdk_s3::Client::from_conf(configuration), name })
    }
}

async fn print(bucket: Bucket, mut order: Value) -> Result<Value, BoxError> {
    order["number"] = json!(PRINTED.fetch_add(1, Ordering::Relaxed));
    if order["document"]["basics"]["name"] == "긴이력" {
        return Ok(json!({ "status": "tooLong", "mostPages": 10 }));
    }
    if order["document"]["basics"]["name"] == "느린이력" {
        BEGUN.notify_one();
        GO_ON.notified().await;
    }
    let key = order["key"].as_str().unwrap_or_default().to_owned();
    let body = aws_sdk_s3::primitives::ByteStream::from(order.to_string().into_bytes());
    bucket.client.put_object().bucket(&bucket.name).key(&key).body(body).send().await?;
    Ok(json!({ "status": "stored", "key": key, "pages": 1, "bytes": 1, "replaced": 0 }))
}
