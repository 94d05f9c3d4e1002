//! Faults on demand, as the SDK meets them.

use std::{sync::Arc, time::Duration};

use aws_sdk_bedrockruntime::{
    error::SdkError,
    operation::{converse::ConverseError, converse_stream::ConverseStreamError},
    types::error::ConverseStreamOutputError,
};

use super::*;
use crate::bedrock::{FaultKind, Outcome};

#[tokio::test]
async fn throttling_and_errors_have_their_names_and_then_pass() {
    let bedrock = offline();
    bedrock.push_fault(FaultKind::Throttle, 1);
    bedrock.push_fault(FaultKind::Error, 1);
    let client = client(&bedrock).await;
    let ask = || client.converse().model_id("m").messages(user(PROMPT)).send();
    let error = ask().await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 429);
    assert!(matches!(error.into_service_error(), ConverseError::ThrottlingException(_)));
    let error = ask().await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 500);
    assert!(matches!(error.into_service_error(), ConverseError::InternalServerException(_)));
    ask().await.unwrap();
    let outcomes: Vec<_> = bedrock.calls().iter().map(|call| (call.outcome, call.input_tokens > 0)).collect();
    assert_eq!(outcomes, [(Outcome::Throttled, false), (Outcome::Failed, false), (Outcome::Answered, true)]);
}

#[tokio::test]
async fn a_stream_is_throttled_before_it_begins() {
    let bedrock = offline();
    bedrock.push_fault(FaultKind::Throttle, 1);
    let error = client(&bedrock)
        .await
        .converse_stream()
        .model_id("m")
        .messages(user(PROMPT))
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error.into_service_error(), ConverseStreamError::ThrottlingException(_)));
}

#[tokio::test]
async fn a_time_out_hangs_until_the_client_gives_up() {
    let bedrock = offline();
    bedrock.push_fault(FaultKind::Timeout, 1);
    let client = client_of(&bedrock, Duration::from_secs(1)).await;
    let error = client.converse().model_id("m").messages(user(PROMPT)).send().await.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    settled(&bedrock, Outcome::Abandoned).await;
}

#[tokio::test]
async fn a_time_out_that_is_waited_out_is_the_models() {
    let pace = Pace { hang_at_most: Duration::from_millis(50), ..Pace::default() };
    let bedrock = Arc::new(Bedrock::offline(still_clock(), pace));
    bedrock.push_fault(FaultKind::Timeout, 1);
    let error =
        client(&bedrock).await.converse().model_id("m").messages(user(PROMPT)).send().await.unwrap_err();
    assert!(matches!(error.into_service_error(), ConverseError::ModelTimeoutException(_)));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::TimedOut);
}

#[tokio::test]
async fn garbage_is_a_good_answer_outside_the_schema_in_both_operations() {
    let schema = section_schema();
    let bedrock = offline();
    bedrock.push_fault(FaultKind::Garbage, 2);
    let client = client(&bedrock).await;
    let output = client.converse().model_id("m").messages(user(PROMPT)).tool_config(forced_tool(&schema));
    let output = output.send().await.unwrap();
    let (_, form) = tool_use(output.output.as_ref().unwrap().as_message().unwrap());
    assert!(!jsonschema::is_valid(&schema, &form));
    let stream =
        client.converse_stream().model_id("m").messages(user(PROMPT)).tool_config(forced_tool(&schema));
    let streamed = read_stream(stream.send().await.unwrap()).await;
    assert_eq!(serde_json::from_str::<Value>(&streamed.input).unwrap(), form);
    assert_eq!(streamed.stop.as_deref(), Some("tool_use"));
    assert!(bedrock.calls().iter().all(|call| call.outcome == Outcome::Garbage && call.output_tokens > 0));
}

#[tokio::test]
async fn a_lost_answer_was_worked_for_and_counted() {
    let bedrock = offline();
    bedrock.push_fault(FaultKind::LostAnswer, 2);
    let client = client(&bedrock).await;
    let error = client.converse().model_id("m").messages(user(PROMPT)).send().await.unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_) | SdkError::ResponseError(_)), "{error:?}");
    let stream = client.converse_stream().model_id("m").messages(user(PROMPT)).send().await;
    let streamed = match stream {
        Ok(output) => read_stream(output).await,
        Err(_) => Streamed { broken: true, ..Streamed::default() },
    };
    assert!(streamed.broken && streamed.pieces == 0, "{streamed:?}");
    assert!(bedrock.calls().iter().all(|call| call.outcome == Outcome::LostAnswer && call.output_tokens > 0));
}

#[tokio::test]
async fn a_stream_error_comes_after_some_pieces() {
    let bedrock = offline();
    bedrock.push_fault(FaultKind::StreamError, 2);
    let client = client(&bedrock).await;
    let output = client.converse_stream().model_id("m").messages(user(PROMPT)).send().await.unwrap();
    let streamed = read_stream(output).await;
    assert_eq!((streamed.pieces, streamed.stop, streamed.broken), (3, None, false));
    assert!(matches!(streamed.error, Some(ConverseStreamOutputError::ModelStreamErrorException(_))));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::StreamFailed);
    let error = client.converse().model_id("m").messages(user(PROMPT)).send().await.unwrap_err();
    assert!(matches!(error.into_service_error(), ConverseError::ModelErrorException(_)));
}

#[tokio::test]
async fn a_fault_meant_for_one_purpose_leaves_the_others_alone() {
    let bedrock = offline();
    bedrock.push_fault_for(FaultKind::Error, 1, "qna");
    let client = client(&bedrock).await;
    let ask = |purpose: &str| {
        client
            .converse()
            .model_id("m")
            .messages(user("안녕하세요."))
            .request_metadata("purpose", purpose)
            .send()
    };
    ask("report/reviews").await.unwrap();
    ask("report/qna").await.unwrap_err();
    ask("report/qna").await.unwrap();
    bedrock.push_fault(FaultKind::Error, 9);
    bedrock.clear_faults();
    ask("report/qna").await.unwrap();
}
