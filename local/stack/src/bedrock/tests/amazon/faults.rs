//! Faults on demand, made here or by way of the service.

use aws_sdk_bedrockruntime::types::error::ConverseStreamOutputError;

use super::*;
use crate::bedrock::{
    FaultKind, Outcome,
    tests::{PROMPT, client, read_stream, user},
};

const ANSWER: &str = r#"{"usage":{"inputTokens":21,"outputTokens":3,"totalTokens":24}}"#;

#[tokio::test]
async fn what_no_model_is_needed_for_does_not_reach_the_service() {
    let service = Service::answering(Answer::json(ANSWER));
    let bedrock = passing_on_to(&service).await;
    let expected = [
        (FaultKind::Throttle, 429, Outcome::Throttled),
        (FaultKind::Error, 500, Outcome::Failed),
        (FaultKind::StreamError, 424, Outcome::Failed),
        (FaultKind::Garbage, 200, Outcome::Garbage),
    ];
    for (fault, status, _) in expected {
        bedrock.push_fault(fault, 1);
        assert_eq!(post(&bedrock, "/model/m/converse", REQUEST).await.status(), status, "{fault:?}");
    }
    let outcomes: Vec<Outcome> = bedrock.calls().iter().map(|call| call.outcome).collect();
    assert_eq!((outcomes, service.times_asked()), (expected.map(|(_, _, outcome)| outcome).to_vec(), 0));
    assert_eq!(post(&bedrock, "/model/m/converse", REQUEST).await.bytes().await.unwrap(), ANSWER);
    assert_eq!(service.times_asked(), 1);
}

#[tokio::test]
async fn a_stream_of_the_service_breaks_off_after_some_pieces() {
    let bedrock = passing_on_to(&Service::answering(Answer::stream(frames()))).await;
    bedrock.push_fault(FaultKind::StreamError, 1);
    let sdk = client(&bedrock).await;
    let output = sdk.converse_stream().model_id("m").messages(user(PROMPT)).send().await.unwrap();
    let streamed = read_stream(output).await;
    assert_eq!((streamed.pieces, streamed.stop, streamed.broken), (3, None, false));
    assert!(matches!(streamed.error, Some(ConverseStreamOutputError::ModelStreamErrorException(_))));
    assert_eq!(bedrock.calls()[0].outcome, Outcome::StreamFailed);
}

#[tokio::test]
async fn a_lost_answer_was_worked_for_and_counted() {
    let answers = [
        ("converse", Answer::json(ANSWER), (21, 3)),
        ("converse-stream", Answer::stream(frames()), (12, 34)),
    ];
    for (operation, answer, tokens) in answers {
        let service = Service::answering(answer);
        let bedrock = passing_on_to(&service).await;
        bedrock.push_fault(FaultKind::LostAnswer, 1);
        let lost = match try_to_post(&bedrock, &format!("/model/m/{operation}"), REQUEST).await {
            Ok(response) => response.bytes().await.is_err(),
            Err(_) => true,
        };
        let call = &bedrock.calls()[0];
        assert!(lost && service.times_asked() == 1);
        assert_eq!(((call.input_tokens, call.output_tokens), call.outcome), (tokens, Outcome::LostAnswer));
    }
}
