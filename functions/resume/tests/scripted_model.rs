//! A model that says what a test tells it to, behind the protocol of OpenAI-compatible servers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Json, State};
use axum::routing::{get, post};
use axum::{Router, response::IntoResponse};
use maru_stack::Model;
use maru_stack::bedrock::Upstream;
use serde_json::{Value, json};

/// What is still to be said, and all that was asked.
#[derive(Default)]
pub struct Script {
    answers: Mutex<VecDeque<Value>>,
    asked: Mutex<Vec<Value>>,
}

impl Script {
    /// A script of these answers, each the input of the tool that the model is made to call.
    pub fn of(answers: &[Value]) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.iter().cloned().collect()), asked: Mutex::default() })
    }

    /// The model that follows it; when it is at its end, the last answer again.
    pub async fn model(self: &Arc<Self>) -> Model {
        let router = Router::new()
            .route("/v1/chat/completions", post(complete))
            .route("/v1/models", get(|| async { Json(json!({ "data": [{ "id": "scripted" }] })) }))
            .with_state(Arc::clone(self));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Model::Forward(Upstream::new(&url, Duration::from_secs(20)).unwrap())
    }

    /// What the model was asked, request by request, as one text each.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(Value::to_string).collect()
    }

    fn next(&self, asked: Value) -> Value {
        self.asked.lock().unwrap().push(asked);
        let mut answers = self.answers.lock().unwrap();
        let answer = answers.front().cloned().unwrap_or_default();
        if answers.len() > 1 {
            answers.pop_front();
        }
        answer
    }
}

async fn complete(State(script): State<Arc<Script>>, Json(body): Json<Value>) -> impl IntoResponse {
    let tool = body["tools"][0]["function"]["name"].clone();
    let arguments = script.next(body).to_string();
    let call = json!({ "index": 0, "id": "call_1", "type": "function", "function": { "name": tool, "arguments": arguments } });
    let chunks = [
        json!({ "choices": [{ "index": 0, "delta": { "role": "assistant", "tool_calls": [call] } }] }),
        json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }],
            "usage": { "prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18 } }),
    ];
    let body: String = chunks.iter().map(|chunk| format!("data: {chunk}\n\n")).collect();
    ([("content-type", "text/event-stream")], body + "data: [DONE]\n\n")
}
