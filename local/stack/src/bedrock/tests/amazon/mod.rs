//! Passing on to the real service, played by one on loopback that takes no call without a valid signature.

mod faults;
mod passing_on;
mod signature;
mod trouble;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Response, StatusCode, request::Parts},
};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::Notify;

use self::signature::{KEY_ID, REGION, SECRET_KEY, TOKEN};
use super::{serve, still_clock};
use crate::bedrock::{
    AmazonBedrock, Bedrock, Pace,
    wire::{
        answer::{Event, StopReason, Usage},
        frame,
    },
};

/// A request that the stand-in can read, too.
const REQUEST: &str = r#"{"messages":[{"role":"user","content":[{"text":"hello"}]}]}"#;

/// How the service answers what it takes.
#[derive(Default)]
struct Answer {
    status: StatusCode,
    headers: Vec<(&'static str, &'static str)>,
    pieces: Vec<Bytes>,
    /// What the last piece waits for.
    held: Option<Arc<Notify>>,
    /// The connection breaks after the last piece, at this.
    breaks: Option<Arc<Notify>>,
}

/// A call that the service took.
struct Asked {
    head: Parts,
    body: Bytes,
}

/// The service.
struct Service {
    answer: Answer,
    asked: Mutex<Vec<Asked>>,
}

impl Service {
    fn answering(answer: Answer) -> Arc<Self> {
        Arc::new(Self { answer, asked: Mutex::default() })
    }

    fn times_asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Answer {
    fn json(body: &'static str) -> Self {
        let headers = vec![("content-type", "application/json"), ("x-amzn-requestid", "from-the-service")];
        Self { headers, pieces: vec![body.into()], ..Self::default() }
    }

    fn refusal(status: StatusCode, error_type: &'static str, body: &'static str) -> Self {
        Self { status, headers: vec![("x-amzn-errortype", error_type)], ..Self::json(body) }
    }

    fn stream(pieces: Vec<Bytes>) -> Self {
        Self { headers: vec![("content-type", frame::CONTENT_TYPE)], pieces, ..Self::default() }
    }
}

/// The frames of a streamed answer of five words; it has cost 12 and 34 tokens.
fn frames() -> Vec<Bytes> {
    let text = |word: &str| Event::Text { index: 0, piece: word.into() };
    let mut events = vec![Event::MessageStart];
    events.extend(["소유권은 ", "옮겨", "질 ", "수 ", "있습니다."].map(text));
    events.push(Event::BlockStop { index: 0 });
    events.push(Event::MessageStop(StopReason::EndTurn));
    events.push(Event::Metadata(Usage { input: 12, output: 34 }));
    events.iter().map(|event| frame::event(event, 5).unwrap()).collect()
}

async fn take(State(service): State<Arc<Service>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    if let Err(wrong) = signature::verify(&head, &body) {
        let refused = Response::builder().status(StatusCode::FORBIDDEN);
        let refused = refused.header("x-amzn-errortype", "InvalidSignatureException");
        return refused.body(json!({ "message": wrong }).to_string().into()).unwrap();
    }
    service.asked.lock().unwrap().push(Asked { head, body });
    let body = Body::from_stream(send(Arc::clone(&service)));
    let answer = &service.answer;
    let response = Response::builder().status(answer.status);
    let response =
        answer.headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
    response.body(body).unwrap()
}

fn send(service: Arc<Service>) -> impl futures::Stream<Item = std::io::Result<Bytes>> {
    async_stream::stream! {
        let answer = &service.answer;
        for (place, piece) in answer.pieces.iter().enumerate() {
            if let Some(held) = answer.held.as_ref().filter(|_| place + 1 == answer.pieces.len()) {
                held.notified().await;
            }
            yield Ok(piece.clone());
        }
        if let Some(breaks) = &answer.breaks {
            breaks.notified().await;
            yield Err(std::io::Error::other("broken"));
        }
    }
}

/// An endpoint that passes on to `service`.
async fn passing_on_to(service: &Arc<Service>) -> Arc<Bedrock> {
    passing_on_with(service, SECRET_KEY, Duration::from_secs(20)).await
}

async fn passing_on_with(service: &Arc<Service>, secret_key: &str, patience: Duration) -> Arc<Bedrock> {
    let router = axum::Router::new().fallback(take).with_state(Arc::clone(service));
    let address = serve(router).await;
    passing_on_at(&format!("http://{address}"), secret_key, patience)
}

fn passing_on_at(endpoint: &str, secret_key: &str, patience: Duration) -> Arc<Bedrock> {
    let variable = |name: &str| {
        let value = match name {
            "AWS_ACCESS_KEY_ID" => KEY_ID,
            "AWS_SECRET_ACCESS_KEY" => secret_key,
            "AWS_SESSION_TOKEN" => TOKEN,
            "AWS_REGION" => REGION,
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME" => endpoint,
            _ => return None,
        };
        Some(value.to_owned())
    };
    let service = AmazonBedrock::from_environment(variable, patience).unwrap();
    Arc::new(Bedrock::amazon(still_clock(), Pace::default(), service))
}

/// Sends a request as it is, without the SDK.
async fn post(bedrock: &Arc<Bedrock>, path: &str, body: &'static str) -> reqwest::Response {
    try_to_post(bedrock, path, body).await.unwrap()
}

async fn try_to_post(
    bedrock: &Arc<Bedrock>,
    path: &str,
    body: &'static str,
) -> reqwest::Result<reqwest::Response> {
    let address = serve(crate::bedrock::router(Arc::clone(bedrock))).await;
    let request = reqwest::Client::new().post(format!("http://{address}{path}")).body(body);
    request.header("content-type", "application/json").send().await
}

fn error_type(response: &reqwest::Response) -> &str {
    response.headers()["x-amzn-errortype"].to_str().unwrap()
}

fn parsed(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}
