//! Forwarding to an OpenAI-compatible server (`--model-url`): Ollama, llama.cpp, vLLM.
//!
//! Tools become function calls, so the schema stays enforced where the server enforces it. What the server says is
//! passed on as it is: a weak model's malformed arguments reach the caller, whose part it is to judge them.

mod chunks;
mod completion;
mod prompt;
mod sse;

use std::time::Duration;

use async_stream::stream;
use futures::StreamExt;
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use tokio::sync::OnceCell;

use self::{chunks::Chunks, sse::SseDecoder};
use super::{
    model::EventStream,
    tokens,
    wire::{
        answer::Answer,
        error::{Kind, ServiceError},
        request::ConverseRequest,
    },
};

/// How long to wait for a connection; the server runs on the same machine as a rule.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Characters of a server's error text that are passed on.
const ERROR_TEXT: usize = 500;

/// An OpenAI-compatible server.
#[derive(Debug)]
pub struct Upstream {
    base_url: String,
    client: Client,
    /// The name of the server's first model, once it has told it.
    model: OnceCell<String>,
}

impl Upstream {
    /// A server by its base URL (`http://127.0.0.1:8000/v1`). `patience` is the longest silence that is waited
    /// out, before the first byte and between two; then the call ends with `ModelTimeoutException`.
    ///
    /// Fails if the TLS library cannot be set up.
    pub fn new(base_url: &str, patience: Duration) -> reqwest::Result<Self> {
        let client = Client::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(patience).build()?;
        Ok(Self { base_url: base_url.trim_end_matches('/').to_owned(), client, model: OnceCell::new() })
    }

    /// Answers a Converse request.
    pub(super) async fn converse(
        &self,
        request: &ConverseRequest,
        model_id: &str,
    ) -> Result<Answer, ServiceError> {
        let response = self.send(request, model_id, false).await?;
        let completion: Value = response.json().await.map_err(|error| {
            if error.is_timeout() {
                unreachable_error(&error)
            } else {
                ServiceError::new(Kind::Model, error.to_string())
            }
        })?;
        completion::answer(&completion, request)
    }

    /// Answers a `ConverseStream` request; errors before the first event are this call's own.
    pub(super) async fn converse_stream(
        &self,
        request: &ConverseRequest,
        model_id: &str,
    ) -> Result<EventStream, ServiceError> {
        let mut body = self.send(request, model_id, true).await?.bytes_stream();
        let mut chunks = Chunks::new(tokens::of_request(request));
        Ok(Box::pin(stream! {
            let mut decoder = SseDecoder::default();
            while let Some(bytes) = body.next().await {
                let bytes = match bytes {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        yield Err(ServiceError::new(Kind::ModelStream, error.to_string()));
                        return;
                    }
                };
                for data in decoder.push(&bytes) {
                    for event in chunks.read(&data) {
                        let failed = event.is_err();
                        yield event;
                        if failed {
                            return;
                        }
                    }
                }
            }
            for event in chunks.finish() {
                yield event;
            }
        }))
    }

    async fn send(
        &self,
        request: &ConverseRequest,
        model_id: &str,
        stream: bool,
    ) -> Result<Response, ServiceError> {
        let model = self.model_name(model_id).await;
        let body = prompt::completion_request(request, &model, stream);
        let url = format!("{}/chat/completions", self.base_url);
        let response =
            self.client.post(url).json(&body).send().await.map_err(|error| unreachable_error(&error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let text: String = response.text().await.unwrap_or_default().chars().take(ERROR_TEXT).collect();
        Err(refusal(status, &text))
    }

    /// The server's first model, for a Bedrock model id means nothing to it; the id itself if it lists none.
    async fn model_name(&self, model_id: &str) -> String {
        let listed = self.model.get_or_try_init(|| async {
            let response = self.client.get(format!("{}/models", self.base_url)).send().await.map_err(drop)?;
            let models: Value = response.json().await.map_err(drop)?;
            models["data"][0]["id"].as_str().map(str::to_owned).ok_or(())
        });
        listed.await.map_or_else(|()| model_id.to_owned(), Clone::clone)
    }
}

fn unreachable_error(error: &reqwest::Error) -> ServiceError {
    let kind = if error.is_timeout() { Kind::ModelTimeout } else { Kind::ServiceUnavailable };
    ServiceError::new(kind, format!("The model server gave no answer: {error}"))
}

fn refusal(status: StatusCode, text: &str) -> ServiceError {
    let kind = match status {
        StatusCode::TOO_MANY_REQUESTS => Kind::Throttling,
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Kind::ModelTimeout,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Kind::AccessDenied,
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Kind::Validation,
        _ if status.is_server_error() => Kind::ServiceUnavailable,
        _ => Kind::Model,
    };
    ServiceError {
        kind,
        message: format!("The model server answered {status}: {text}"),
        original_status: (kind == Kind::Model).then_some(status.as_u16()),
    }
}
