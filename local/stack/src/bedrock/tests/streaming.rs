//! `ConverseStream` with the offline model.

use std::{sync::Arc, time::Duration};

use aws_sdk_bedrockruntime::operation::converse_stream::builders::ConverseStreamFluentBuilder;

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

/// When the first piece of a stream came, and when it ended, after it was asked for.
async fn times(output: ConverseStreamFluentBuilder) -> (Duration, Duration) {
    let asked = tokio::time::Instant::now();
    let mut stream = output.send().await.unwrap().stream;
    let mut first = None;
    while let Some(event) = stream.recv().await.unwrap() {
        if matches!(event, ConverseStreamOutput::ContentBlockDelta(_)) {
            first.get_or_insert(asked.elapsed());
        }
    }
    (first.unwrap(), asked.elapsed())
}

#[tokio::test]
async fn the_pieces_are_spread_over_the_time_of_the_answer() {
    let answer = Duration::from_secs(2);
    let bedrock = Arc::new(Bedrock::offline(still_clock(), Pace { answer, ..Pace::default() }));
    let client = client(&bedrock).await;
    let form = || {
        let schema = section_schema();
        client.converse_stream().model_id("m").messages(user(PROMPT)).tool_config(forced_tool(&schema))
    };
    // Three at once: each has its own time.
    let (one, two, three) = tokio::join!(times(form()), times(form()), times(form()));
    for (first, end) in [one, two, three] {
        assert!(first < answer / 2 && end >= answer, "{first:?} and {end:?}");
    }
    assert!(one.1.max(two.1).max(three.1) < answer * 2, "side by side");
}

#[tokio::test]
async fn a_stream_that_nobody_reads_to_its_end_is_abandoned() {
    let pace = Pace { answer: Duration::from_secs(10), ..Pace::default() };
    let bedrock = Arc::new(Bedrock::offline(still_clock(), pace));
    let output =
        client(&bedrock).await.converse_stream().model_id("m").messages(user(PROMPT)).send().await.unwrap();
    let mut stream = output.stream;
    stream.recv().await.unwrap().unwrap();
    drop(stream);
    settled(&bedrock, Outcome::Abandoned).await;
    assert!(bedrock.calls()[0].input_tokens > 0);
}
