//! `ConverseStream` with the offline model.

use std::{sync::Arc, time::Duration};

use super::*;
use crate::bedrock::Outcome;

#[tokio::test]
async fn the_pieces_of_a_tool_input_make_up_what_converse_answers() {
    let schema = section_schema();
    let bedrock = offline();
    let client = client(&bedrock).await;
    let whole = client.converse().model_id("m").messages(user(PROMPT)).tool_config(forced_tool(&schema));
    let whole = whole.send().await.unwrap();
    let (_, form) = tool_use(whole.output.as_ref().unwrap().as_message().unwrap());
    let streamed =
        client.converse_stream().model_id("m").messages(user(PROMPT)).tool_config(forced_tool(&schema));
    let streamed = read_stream(streamed.send().await.unwrap()).await;
    assert_eq!(streamed.tool, Some(("write_report".into(), "tooluse_offline_1".into())));
    assert_eq!(serde_json::from_str::<Value>(&streamed.input).unwrap(), form);
    assert!(streamed.pieces > 50, "{} pieces", streamed.pieces);
    assert_eq!(streamed.stop.as_deref(), Some("tool_use"));
    let usage = whole.usage.unwrap();
    assert_eq!(streamed.usage, Some((usage.input_tokens, usage.output_tokens, usage.total_tokens)));
    assert!(bedrock.calls().iter().all(|call| call.outcome == Outcome::Answered && call.output_tokens > 0));
}

#[tokio::test]
async fn plain_words_come_as_text() {
    let client = client(&offline()).await;
    let output =
        client.converse_stream().model_id("us.model-v1:0").messages(user("강은 흐릅니다. 산은 높아요."));
    let streamed = read_stream(output.send().await.unwrap()).await;
    assert_eq!(streamed.text, "[오프라인 모델] 강은 흐릅니다.");
    assert_eq!((streamed.tool, streamed.stop.as_deref()), (None, Some("end_turn")));
}

#[tokio::test]
async fn pieces_come_at_the_set_pace() {
    let pace = Pace { delay_per_piece: Duration::from_millis(5), ..Pace::default() };
    let bedrock = Arc::new(Bedrock::offline(still_clock(), pace));
    let asked = client(&bedrock).await.converse_stream().model_id("m").messages(user(PROMPT));
    let begun = tokio::time::Instant::now();
    let streamed = read_stream(asked.send().await.unwrap()).await;
    let pieces = u32::try_from(streamed.pieces).unwrap();
    assert!(pieces > 5 && begun.elapsed() >= Duration::from_millis(5) * pieces, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_stream_that_nobody_reads_to_its_end_is_abandoned() {
    let pace = Pace { delay_per_piece: Duration::from_millis(50), ..Pace::default() };
    let bedrock = Arc::new(Bedrock::offline(still_clock(), pace));
    let output =
        client(&bedrock).await.converse_stream().model_id("m").messages(user(PROMPT)).send().await.unwrap();
    let mut stream = output.stream;
    stream.recv().await.unwrap().unwrap();
    drop(stream);
    settled(&bedrock, Outcome::Abandoned).await;
    assert!(bedrock.calls()[0].input_tokens > 0);
}
