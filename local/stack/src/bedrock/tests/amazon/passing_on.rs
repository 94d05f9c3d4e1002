//! What reaches the service, and what comes back.

use super::*;
use crate::bedrock::{
    Outcome,
    tests::{PROMPT, client, read_stream, user},
};

const ARN_PATH: &str =
    "/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Feu.nova-v1%3A0/converse";
/// With the spaces of somebody else's writer.
const ANSWER: &str = r#"{ "output":{"message":{"role":"assistant","content":[{"text":"네."}]}},
 "stopReason":"end_turn", "usage":{"inputTokens":21,"outputTokens":3,"totalTokens":24}, "metrics":{"latencyMs":7} }"#;

#[tokio::test]
async fn a_call_goes_out_and_its_answer_comes_back_byte_for_byte() {
    let service = Service::answering(Answer::json(ANSWER));
    let bedrock = passing_on_to(&service).await;
    // A document is more than the stand-in itself reads.
    let body = r#"{"requestMetadata": {"purpose":"consulting.report"}, "messages":[{"role":"user","content":[{"document":{}}]}]}"#;
    let response = post(&bedrock, ARN_PATH, body).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["x-amzn-requestid"], "from-the-service");
    assert_eq!(response.bytes().await.unwrap(), ANSWER);
    let asked = service.asked.lock().unwrap();
    assert_eq!((asked[0].head.uri.path(), &asked[0].body[..]), (ARN_PATH, body.as_bytes()));
    let call = &bedrock.calls()[0];
    assert_eq!(call.model_id, "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.nova-v1:0");
    assert_eq!((call.purpose.as_str(), call.outcome), ("consulting.report", Outcome::Answered));
    assert_eq!((call.input_tokens, call.output_tokens), (21, 3));
}

#[tokio::test]
async fn a_signature_holds_for_one_body_and_one_path_and_is_of_the_real_time() {
    let service = Service::answering(Answer::json(ANSWER));
    let bedrock = passing_on_to(&service).await;
    let sdk = client(&bedrock).await;
    sdk.converse().model_id("eu.nova-v1:0").messages(user("hello")).send().await.unwrap();
    let asked = &service.asked.lock().unwrap()[0];
    let changed = String::from_utf8(asked.body.to_vec()).unwrap().replace("hello", "hallo");
    assert_eq!(signature::verify(&asked.head, &asked.body), Ok(()));
    assert!(signature::verify(&asked.head, changed.as_bytes()).is_err());
    let mut elsewhere = asked.head.clone();
    elsewhere.uri = "/model/another/converse".parse().unwrap();
    assert!(signature::verify(&elsewhere, &asked.body).is_err());
    // The stack's own clock stands at 1970.
    assert!(asked.head.headers["x-amz-date"].to_str().unwrap() > "2025");
}

#[tokio::test]
async fn keys_that_the_service_does_not_take_are_its_own_refusal() {
    let service = Service::answering(Answer::json(ANSWER));
    let bedrock = passing_on_with(&service, "another-secret", Duration::from_secs(20)).await;
    let response = post(&bedrock, "/model/m/converse", "{}").await;
    assert_eq!((response.status().as_u16(), error_type(&response)), (403, "InvalidSignatureException"));
    assert_eq!(parsed(&response.bytes().await.unwrap())["message"], "another signature");
    assert_eq!((service.times_asked(), bedrock.calls()[0].outcome), (0, Outcome::Failed));
}

#[tokio::test]
async fn a_stream_comes_back_byte_for_byte_however_it_arrives() {
    let whole: Bytes = frames().concat().into();
    for size in [1, 7, 10_000] {
        let pieces = whole.chunks(size).map(Bytes::copy_from_slice).collect();
        let bedrock = passing_on_to(&Service::answering(Answer::stream(pieces))).await;
        let response = post(&bedrock, "/model/m/converse-stream", "{}").await;
        assert_eq!(response.headers()["content-type"], frame::CONTENT_TYPE);
        assert_eq!(response.bytes().await.unwrap(), whole, "pieces of {size} bytes");
        let call = &bedrock.calls()[0];
        assert_eq!((call.input_tokens, call.output_tokens, call.outcome), (12, 34, Outcome::Answered));
    }
}

#[tokio::test]
async fn the_sdk_reads_a_stream_that_was_passed_on() {
    let bedrock = passing_on_to(&Service::answering(Answer::stream(frames()))).await;
    let sdk = client(&bedrock).await;
    let output = sdk.converse_stream().model_id("eu.nova-v1:0").messages(user(PROMPT)).send().await.unwrap();
    let streamed = read_stream(output).await;
    assert_eq!(streamed.text, "소유권은 옮겨질 수 있습니다.");
    assert_eq!((streamed.stop.as_deref(), streamed.usage), (Some("end_turn"), Some((12, 34, 46))));
}

#[tokio::test]
async fn a_piece_is_passed_on_before_the_next_has_come() {
    let held = Arc::new(Notify::new());
    let answer = Answer { held: Some(Arc::clone(&held)), ..Answer::stream(frames()) };
    let bedrock = passing_on_to(&Service::answering(answer)).await;
    let mut response = post(&bedrock, "/model/m/converse-stream", "{}").await;
    let mut arrived = Vec::new();
    let (last, before) = frames().split_last().map(|(last, before)| (last.clone(), before.concat())).unwrap();
    while arrived.len() < before.len() {
        arrived.extend(response.chunk().await.unwrap().unwrap());
    }
    assert_eq!((arrived, bedrock.calls()[0].outcome), (before, Outcome::Pending));
    held.notify_one();
    assert_eq!(response.bytes().await.unwrap(), last);
    assert_eq!(bedrock.calls()[0].outcome, Outcome::Answered);
}
