//! Refusals, silence and broken connections.

use aws_sdk_bedrockruntime::{
    Client, config::retry::RetryConfig, error::ProvideErrorMetadata, operation::converse::ConverseError,
};

use super::*;
use crate::bedrock::{
    Outcome,
    tests::{client, settled, user},
    wire::error::{Kind, ServiceError},
};

const SLOW_DOWN: &str = r#"{"message":"Too many tokens, please wait before trying again."}"#;

fn throttling() -> Answer {
    Answer::refusal(StatusCode::TOO_MANY_REQUESTS, "ThrottlingException", SLOW_DOWN)
}

async fn error_of(bedrock: &Arc<Bedrock>) -> ConverseError {
    let sent = client(bedrock).await.converse().model_id("m").messages(user("hello")).send().await;
    sent.unwrap_err().into_service_error()
}

#[tokio::test]
async fn throttling_is_passed_on_in_both_operations() {
    for operation in ["converse", "converse-stream"] {
        let bedrock = passing_on_to(&Service::answering(throttling())).await;
        let response = post(&bedrock, &format!("/model/m/{operation}"), "{}").await;
        assert_eq!((response.status().as_u16(), error_type(&response)), (429, "ThrottlingException"));
        assert_eq!(response.bytes().await.unwrap(), SLOW_DOWN);
        let call = &bedrock.calls()[0];
        assert_eq!((call.outcome, call.input_tokens), (Outcome::Throttled, 0));
    }
}

#[tokio::test]
async fn the_sdk_knows_what_the_service_refused() {
    let bedrock = passing_on_to(&Service::answering(throttling())).await;
    let error = error_of(&bedrock).await;
    assert!(matches!(&error, ConverseError::ThrottlingException(_)), "{error:?}");
    assert_eq!(error.message(), Some("Too many tokens, please wait before trying again."));
    let invalid = Answer::refusal(StatusCode::BAD_REQUEST, "ValidationException", r#"{"message":"no"}"#);
    let bedrock = passing_on_to(&Service::answering(invalid)).await;
    assert!(matches!(error_of(&bedrock).await, ConverseError::ValidationException(_)));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::Invalid);
}

#[tokio::test]
async fn a_service_out_of_reach_is_tried_again() {
    // Nobody listens on the first of the privileged ports.
    let bedrock = passing_on_at("http://127.0.0.1:1", SECRET_KEY, Duration::from_secs(20));
    let retries = RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1));
    let config = client(&bedrock).await.config().to_builder().retry_config(retries).build();
    let sent = Client::from_conf(config).converse().model_id("m").messages(user("hello")).send().await;
    let error = sent.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 503);
    assert!(matches!(error.into_service_error(), ConverseError::ServiceUnavailableException(_)));
    let outcomes: Vec<Outcome> = bedrock.calls().iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Failed]);
}

#[tokio::test]
async fn a_silent_service_times_out() {
    let answer = Answer { held: Some(Arc::default()), ..Answer::json("{}") };
    let bedrock = passing_on_with(&Service::answering(answer), SECRET_KEY, Duration::from_millis(300)).await;
    assert!(matches!(error_of(&bedrock).await, ConverseError::ModelTimeoutException(_)));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::TimedOut);
}

/// What was read is estimated, as the service did not come to tell it.
fn failed_half_way(bedrock: &Bedrock) {
    let call = &bedrock.calls()[0];
    assert!(call.outcome == Outcome::StreamFailed && call.input_tokens > 0, "{call:?}");
}

#[tokio::test]
async fn a_stream_that_breaks_is_broken_for_the_caller_too() {
    let breaks = Arc::new(Notify::new());
    let answer = Answer { breaks: Some(Arc::clone(&breaks)), ..Answer::stream(frames()[..3].to_vec()) };
    let bedrock = passing_on_to(&Service::answering(answer)).await;
    let mut response = post(&bedrock, "/model/m/converse-stream", REQUEST).await;
    let expected = frames()[..3].concat();
    let mut arrived = Vec::new();
    while arrived.len() < expected.len() {
        arrived.extend(response.chunk().await.unwrap().unwrap());
    }
    assert_eq!(arrived, expected);
    breaks.notify_one();
    assert!(response.chunk().await.is_err());
    failed_half_way(&bedrock);
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_broken_off() {
    let answer = Answer { held: Some(Arc::default()), ..Answer::stream(frames()) };
    let bedrock = passing_on_with(&Service::answering(answer), SECRET_KEY, Duration::from_secs(1)).await;
    let response = post(&bedrock, "/model/m/converse-stream", REQUEST).await;
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
    failed_half_way(&bedrock);
}

#[tokio::test]
async fn an_exception_of_the_stream_is_passed_on_and_seen() {
    let exception = frame::exception(ServiceError::new(Kind::Throttling, "slow down")).unwrap();
    let pieces = vec![frames()[0].clone(), exception];
    let bedrock = passing_on_to(&Service::answering(Answer::stream(pieces.clone()))).await;
    let response = post(&bedrock, "/model/m/converse-stream", "{}").await;
    assert_eq!(response.bytes().await.unwrap(), pieces.concat());
    assert_eq!(bedrock.calls()[0].outcome, Outcome::StreamFailed);
}

#[tokio::test]
async fn a_stream_that_nobody_reads_to_its_end_is_abandoned() {
    let answer = Answer { held: Some(Arc::default()), ..Answer::stream(frames()) };
    let bedrock = passing_on_to(&Service::answering(answer)).await;
    let mut response = post(&bedrock, "/model/m/converse-stream", "{}").await;
    response.chunk().await.unwrap().unwrap();
    drop(response);
    settled(&bedrock, Outcome::Abandoned).await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_our_keys() {
    let elsewhere = Answer {
        status: StatusCode::TEMPORARY_REDIRECT,
        headers: vec![("location", "/elsewhere")],
        ..Answer::default()
    };
    let service = Service::answering(elsewhere);
    let bedrock = passing_on_to(&service).await;
    error_of(&bedrock).await;
    assert_eq!(service.times_asked(), 1);
}
