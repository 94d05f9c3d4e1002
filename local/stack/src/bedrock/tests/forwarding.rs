//! Forwarding to an OpenAI-compatible server, played by a small one that answers what a test tells it to.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sdk_bedrockruntime::{
    operation::converse::ConverseError,
    types::{StopReason, error::ConverseStreamOutputError},
};
use axum::{
    body::Body,
    extract::{Json, State},
    http::{Response, StatusCode},
    routing::{get, post},
};
use bytes::Bytes;

use super::*;
use crate::bedrock::{Outcome, Upstream};

/// What the fake server answers to every completion, and what it was asked.
struct Fake {
    status: u16,
    body: Vec<Bytes>,
    delay: Duration,
    asked: Mutex<Vec<Value>>,
}

impl Fake {
    fn answering(status: u16, body: &Value) -> Self {
        Self { status, body: vec![body.to_string().into()], delay: Duration::ZERO, asked: Mutex::default() }
    }

    /// An SSE stream that arrives in pieces of `size` bytes.
    fn streaming(text: &str, size: usize) -> Self {
        let body = text.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
        Self { status: 200, body, delay: Duration::ZERO, asked: Mutex::default() }
    }
}

async fn complete(State(fake): State<Arc<Fake>>, Json(body): Json<Value>) -> Response<Body> {
    fake.asked.lock().unwrap().push(body);
    tokio::time::sleep(fake.delay).await;
    let pieces = fake.body.clone().into_iter().map(Ok::<_, std::io::Error>);
    let mut response = Response::new(Body::from_stream(futures::stream::iter(pieces)));
    *response.status_mut() = StatusCode::from_u16(fake.status).unwrap();
    response
}

async fn forwarding(fake: &Arc<Fake>) -> Arc<Bedrock> {
    forwarding_with(fake, Duration::from_secs(20)).await
}

async fn forwarding_with(fake: &Arc<Fake>, patience: Duration) -> Arc<Bedrock> {
    let router = Router::new()
        .route("/v1/chat/completions", post(complete))
        .route("/v1/models", get(|| async { Json(json!({ "data": [{ "id": "smol" }] })) }))
        .with_state(Arc::clone(fake));
    let address = serve(router).await;
    let upstream = Upstream::new(&format!("http://{address}/v1/"), patience).unwrap();
    Arc::new(Bedrock::forwarding(still_clock(), Pace::default(), upstream))
}

fn call_of(arguments: &str) -> Value {
    json!({
        "choices": [{ "message": { "role": "assistant", "content": null, "tool_calls": [
            { "id": "call_1", "type": "function", "function": { "name": "write_report", "arguments": arguments } },
        ] }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18 },
    })
}

#[tokio::test]
async fn a_function_call_comes_back_as_a_tool_use() {
    let fake = Arc::new(Fake::answering(200, &call_of("{\"summary\":\"좋음\"}")));
    let bedrock = forwarding(&fake).await;
    let schema = json!({ "type": "object", "properties": { "summary": { "type": "string" } } });
    let asked = client(&bedrock)
        .await
        .converse()
        .model_id("m")
        .messages(user("hello"))
        .tool_config(forced_tool(&schema));
    let output = asked.send().await.unwrap();
    assert_eq!(output.stop_reason, StopReason::ToolUse);
    assert_eq!(
        tool_use(output.output.as_ref().unwrap().as_message().unwrap()),
        ("write_report", json!({ "summary": "좋음" }))
    );
    let asked = fake.asked.lock().unwrap();
    assert_eq!(asked[0]["model"], "smol");
    assert_eq!(asked[0]["tools"][0]["function"]["parameters"], schema);
    assert_eq!(asked[0]["tool_choice"]["function"]["name"], "write_report");
    let call = &bedrock.calls()[0];
    assert_eq!((call.input_tokens, call.output_tokens, call.outcome), (11, 7, Outcome::Answered));
}

#[tokio::test]
async fn malformed_arguments_are_passed_through_as_they_are() {
    let fake = Arc::new(Fake::answering(200, &call_of("{\"summary\":")));
    let asked = client(&forwarding(&fake).await).await.converse().model_id("m").messages(user("hello"));
    let output = asked.tool_config(forced_tool(&json!({ "type": "object" }))).send().await.unwrap();
    let (_, input) = tool_use(output.output.as_ref().unwrap().as_message().unwrap());
    assert_eq!(input, json!("{\"summary\":"));
}

#[tokio::test]
async fn a_stream_is_the_same_however_its_bytes_arrive() {
    let chunk = |arguments: &str| json!({ "choices": [{ "delta": { "tool_calls": [{ "index": 0, "id": "c", "function": { "name": "write_report", "arguments": arguments } }] } }] });
    let end = json!({ "choices": [{ "delta": {}, "finish_reason": "tool_calls" }] });
    let usage = json!({ "choices": [], "usage": { "prompt_tokens": 3, "completion_tokens": 2 } });
    let text = format!(
        ": keep-alive\n\ndata: {}\n\n: keep-alive\r\n\r\ndata: {}\n\ndata: {end}\n\ndata: {usage}\n\ndata: [DONE]\n\n",
        chunk("{\"summary\":\"가"),
        chunk("나\"}"),
    );
    for size in [1, 3, 7, 1_000] {
        let fake = Arc::new(Fake::streaming(&text, size));
        let asked =
            client(&forwarding(&fake).await).await.converse_stream().model_id("m").messages(user("hello"));
        let asked = asked.tool_config(forced_tool(&json!({ "type": "object" })));
        let streamed = read_stream(asked.send().await.unwrap()).await;
        assert_eq!(streamed.input, "{\"summary\":\"가나\"}", "pieces of {size} bytes");
        assert_eq!(streamed.tool, Some(("write_report".into(), "c".into())));
        assert_eq!((streamed.stop.as_deref(), streamed.usage), (Some("tool_use"), Some((3, 2, 5))));
        assert_eq!(fake.asked.lock().unwrap()[0]["stream_options"]["include_usage"], true);
    }
}

#[tokio::test]
async fn a_stream_cut_short_ends_with_an_exception() {
    let text =
        format!("data: {}\n\ndata: {{\"cho", json!({ "choices": [{ "delta": { "content": "half" } }] }));
    let bedrock = forwarding(&Arc::new(Fake::streaming(&text, 9))).await;
    let output =
        client(&bedrock).await.converse_stream().model_id("m").messages(user("hello")).send().await.unwrap();
    let streamed = read_stream(output).await;
    assert_eq!(streamed.text, "half");
    assert!(matches!(streamed.error, Some(ConverseStreamOutputError::ModelStreamErrorException(_))));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::StreamFailed);
}

#[tokio::test]
async fn errors_of_the_server_become_the_services_own() {
    let error_at = async |status| {
        let bedrock = forwarding(&Arc::new(Fake::answering(status, &json!({ "error": "no" })))).await;
        let error =
            client(&bedrock).await.converse().model_id("m").messages(user("hello")).send().await.unwrap_err();
        (error.into_service_error(), bedrock.calls()[0].outcome)
    };
    assert!(matches!(error_at(429).await, (ConverseError::ThrottlingException(_), Outcome::Throttled)));
    assert!(matches!(error_at(503).await, (ConverseError::ServiceUnavailableException(_), Outcome::Failed)));
    assert!(matches!(error_at(400).await, (ConverseError::ValidationException(_), Outcome::Failed)));
    assert!(matches!(error_at(504).await, (ConverseError::ModelTimeoutException(_), Outcome::TimedOut)));
    assert!(
        matches!(error_at(418).await, (ConverseError::ModelErrorException(error), _) if error.original_status_code == Some(418))
    );
}

#[tokio::test]
async fn a_silent_server_times_out_and_an_absent_one_is_unavailable() {
    let slow = Fake { delay: Duration::from_secs(30), ..Fake::answering(200, &Value::Null) };
    let bedrock = forwarding_with(&Arc::new(slow), Duration::from_millis(300)).await;
    let error =
        client(&bedrock).await.converse().model_id("m").messages(user("hello")).send().await.unwrap_err();
    assert!(matches!(error.into_service_error(), ConverseError::ModelTimeoutException(_)));

    // Nobody listens on the first of the privileged ports.
    let upstream = Upstream::new("http://127.0.0.1:1/v1", Duration::from_secs(20)).unwrap();
    let bedrock = Arc::new(Bedrock::forwarding(still_clock(), Pace::default(), upstream));
    let error =
        client(&bedrock).await.converse().model_id("m").messages(user("hello")).send().await.unwrap_err();
    assert!(matches!(error.into_service_error(), ConverseError::ServiceUnavailableException(_)));
}
