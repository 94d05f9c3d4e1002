//! Questions that are too like others are replaced.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use interview_rules::similarity::Fingerprint;
use maru_testing::{Maru, Script};
use serde_json::{Value, json};

use super::proposed;
use crate::{BATCH, OTHER, OWNER, SHOP, about, ended, questions, setup};

fn texts(job: &Value) -> Vec<String> {
    questions(&job["result"]).iter().map(|it| it["question"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_the_member_had_before_is_replaced_and_another_member_gets_it() {
    let first = ["왜 Redis를 골랐나요?", "지연은 어떻게 쟀나요?", "캐시 만료는 몇 분이었나요?"];
    let again = [
        "Redis를 선택한 이유가 무엇인가요?",
        "지연을 어떻게 쟀나요?",
        "Kafka 대신 무엇을 생각했나요?",
        "멱등 키는 어디에 두었나요?",
        "중복 결제는 어떻게 막았나요?",
    ];
    let script = Script::of(&[proposed(SHOP, &first), proposed(SHOP, &again)]);
    let maru = setup().model(script.model().await).start().await;
    assert_eq!(texts(&ended(&maru, OWNER, &about(&[SHOP])).await), first);
    maru.stack.clock().advance(Duration::from_secs(5));
    assert_eq!(texts(&ended(&maru, OWNER, &about(&[SHOP])).await), again[2..]);
    assert_eq!(texts(&ended(&maru, OTHER, &about(&[SHOP])).await), again[..3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_asked_for_once_more_with_what_to_avoid() {
    let same = ["왜 Redis였나요?", "Redis를 쓴 이유는 무엇인가요?", "Redis를 선택한 이유를 말해 주세요."];
    let others = ["왜 Redis였나요?", "지연은 어떻게 쟀나요?", "멱등 키는 어디에 두었나요?"];
    let script = Script::of(&[proposed(SHOP, &same), proposed(SHOP, &others)]);
    let maru = setup().model(script.model().await).start().await;
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(texts(&job), others, "{job:#}");
    let asked = script.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].contains("왜 Redis였나요?") && !asked[0].contains("왜 Redis였나요?"), "{}", asked[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_side_by_side_do_not_ask_the_same() {
    let common = ["왜 이 일을 맡았나요?", "가장 어려웠던 점은 무엇인가요?", "무엇을 배웠나요?"];
    let script = Script::answering(move |request| {
        let more = request.contains("avoid\\\":[\\\"");
        let (content, own) = if request.contains("Redis") {
            (SHOP, ["지연은 어떻게 쟀나요?", "멱등 키는 어디에 두었나요?", "Kafka 대신 무엇을 생각했나요?"])
        } else {
            (
                BATCH,
                ["체크포인트는 왜 두었나요?", "Grafana 경보 기준은 무엇이었나요?", "정산은 왜 새벽이었나요?"],
            )
        };
        let asked: Vec<&str> = if more { own.to_vec() } else { common.to_vec() };
        maru_testing::Said::Whole(proposed(content, &asked))
    });
    let maru = setup().model(script.model().await).start().await;
    let job = ended(&maru, OWNER, &about(&[SHOP, BATCH])).await;
    let texts = texts(&job);
    assert_eq!(texts.len(), 6, "{job:#}");
    for question in common {
        assert!(texts.iter().filter(|it| *it == question).count() <= 1, "{texts:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_had_everything_gets_known_questions_rather_than_none() {
    let only = ["왜 Redis였나요?", "지연은 어떻게 쟀나요?", "캐시 만료는 몇 분이었나요?"];
    let script = Script::of(&[proposed(SHOP, &only)]);
    let maru = setup().model(script.model().await).start().await;
    ended(&maru, OWNER, &about(&[SHOP])).await;
    maru.stack.clock().advance(Duration::from_secs(5));
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(json!([job["status"], texts(&job).len()]), json!(["succeeded", 3]), "{job:#}");
}

/// Puts an interview in which the owner was asked these.
async fn put_asked(maru: &Maru, number: usize, asked: &[&str]) {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "InterviewTable").unwrap();
    let fingerprint = |question: &str| {
        let text = serde_json::to_value(Fingerprint::of(question)).unwrap();
        AttributeValue::S(text.as_str().unwrap().to_owned())
    };
    let fingerprints = asked.iter().map(|question| ((*question).to_owned(), fingerprint(question))).collect();
    let put = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config()).put_item().table_name(&table.name);
    let put = put.item("pk", AttributeValue::S(format!("ASKED#{OWNER}")));
    let put = put.item("sk", AttributeValue::S(format!("int_{number:05}")));
    put.item("fingerprints", AttributeValue::M(fingerprints)).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_three_hundred_are_looked_at_over_all_pages_and_no_older_one() {
    let proposals = [
        "왜 Redis였나요?",
        "지연은 어떻게 쟀나요?",
        "멱등 키는 어디에 두었나요?",
        "Kafka 대신 무엇을 생각했나요?",
    ];
    let script = Script::of(&[proposed(SHOP, &proposals)]);
    let maru = setup().model(script.model().await).start().await;
    // Five questions each: two pages. The oldest is behind the three hundred, the next one the last of them.
    put_asked(&maru, 0, &[proposals[0]]).await;
    put_asked(&maru, 1, &[proposals[1]]).await;
    for number in 2..62 {
        let texts: Vec<String> = (0..5).map(|of| format!("도구{}을 쓴 이유는?", number * 5 + of)).collect();
        let asked: Vec<&str> =
            texts.iter().map(String::as_str).take(if number == 61 { 4 } else { 5 }).collect();
        put_asked(&maru, number, &asked).await;
    }
    let job = ended(&maru, OWNER, &about(&[SHOP])).await;
    assert_eq!(texts(&job), [proposals[0], proposals[2], proposals[3]], "{job:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_prompt_is_as_long_for_a_member_who_had_many() {
    let maru = setup().start().await;
    let mut tokens = Vec::new();
    for number in 0..12 {
        let content = format!("{SHOP} {number}번 서비스도 맡았습니다.");
        let job = ended(&maru, OWNER, &about(&[&content])).await;
        assert_eq!(job["status"], "succeeded", "{job:#}");
        let calls = job["usage"]["calls"].as_u64().unwrap();
        tokens.push(job["usage"]["inputTokens"].as_u64().unwrap() / calls);
        maru.stack.clock().advance(Duration::from_secs(5));
    }
    let (first, most) = (tokens[0], *tokens.iter().max().unwrap());
    // Six avoided questions of 80 characters at most.
    assert!(most < first + 6 * 80, "{tokens:?}");
}
