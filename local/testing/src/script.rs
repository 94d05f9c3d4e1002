//! A model that says what a test tells it to, behind the protocol of OpenAI-compatible servers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Json, State};
use axum::routing::{get, post};
use axum::{Router, response::IntoResponse};
use futures::{StreamExt, stream};
use maru_stack::Model;
use maru_stack::bedrock::Upstream;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// An answer: the input of the tool that the model is made to call.
#[derive(Clone, Debug)]
pub enum Said {
    /// Whole, at once.
    Whole(Value),
    /// Its text in pieces: the first at once, each other when the test gives a permit for it.
    InPieces(Vec<String>, Arc<Semaphore>),
}

type Speak = Box<dyn Fn(&str) -> Said + Send + Sync>;

/// A model's script, and all that it was asked.
pub struct Script {
    speak: Speak,
    asked: Mutex<Vec<Value>>,
}

impl Script {
    /// A script of these answers, one after the other; at its end the last one again.
    #[must_use]
    pub fn of(answers: &[Value]) -> Arc<Self> {
        let answers: Mutex<VecDeque<Value>> = Mutex::new(answers.iter().cloned().collect());
        Self::answering(move |_| {
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = answers.front().cloned().unwrap_or_default();
            if answers.len() > 1 {
                answers.pop_front();
            }
            Said::Whole(answer)
        })
    }

    /// A script that answers each request by its text.
    #[must_use]
    pub fn answering(speak: impl Fn(&str) -> Said + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { speak: Box::new(speak), asked: Mutex::default() })
    }

    /// The model that follows it.
    pub async fn model(self: &Arc<Self>) -> Model {
        let router = Router::new()
            .route("/v1/chat/completions", post(complete))
            .route("/v1/models", get(|| async { Json(json!({ "data": [{ "id": "scripted" }] })) }))
            .with_state(Arc::clone(self));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/v1", listener.local_addr().expect("a bound port"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Model::Forward(Upstream::new(&url, Duration::from_secs(20)).expect("a client"))
    }

    /// What the model was asked, request by request, as one text each.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).iter().map(Value::to_string).collect()
    }

    fn next(&self, asked: Value) -> Said {
        let said = (self.speak)(&asked.to_string());
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        said
    }
}

async fn complete(State(script): State<Arc<Script>>, Json(body): Json<Value>) -> impl IntoResponse {
    let tool = body["tools"][0]["function"]["name"].clone();
    let (pieces, permits) = match script.next(body) {
        Said::Whole(answer) => (vec![answer.to_string()], Arc::new(Semaphore::new(0))),
        Said::InPieces(pieces, permits) => (pieces, permits),
    };
    let chunks = pieces.into_iter().enumerate().map(move |(place, piece)| {
        let permits = Arc::clone(&permits);
        let chunk = if place == 0 { first(&tool, &piece) } else { more(&piece) };
        async move {
            if place > 0 {
                permits.acquire().await.expect("the test keeps the permits").forget();
            }
            chunk
        }
    });
    let end = json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }],
        "usage": { "prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18 } });
    let chunks = stream::iter(chunks).then(|chunk| chunk).chain(stream::iter([end]));
    let lines = chunks.map(|chunk| format!("data: {chunk}\n\n"));
    let body = lines.chain(stream::iter(["data: [DONE]\n\n".to_owned()])).map(Ok::<_, std::io::Error>);
    ([("content-type", "text/event-stream")], Body::from_stream(body))
}

fn first(tool: &Value, arguments: &str) -> Value {
    let function = json!({ "name": tool, "arguments": arguments });
    let call = json!({ "index": 0, "id": "call_1", "type": "function", "function": function });
    json!({ "choices": [{ "index": 0, "delta": { "role": "assistant", "tool_calls": [call] } }] })
}

fn more(arguments: &str) -> Value {
    let call = json!({ "index": 0, "function": { "arguments": arguments } });
    json!({ "choices": [{ "index": 0, "delta": { "tool_calls": [call] } }] })
}
