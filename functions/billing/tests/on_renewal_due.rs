//! `on_renewal_due`: a subscription is charged.

mod crashes;
mod dunning;

use futures::future::join_all;
use maru_stack::faults::FaultKind;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::subscribers::{
    books_agree, buys, finished, is_pro_elsewhere, night, payments, stands, suffers, times_charged, told,
};
use crate::{MEMBER, setup};

/// The event of a queue with one message about a member.
pub fn message(member: &str, night: Option<&str>) -> Value {
    let mut data = json!({ "memberId": member });
    if let Some(night) = night {
        data["night"] = json!(night);
    }
    let body = json!({
        "id": "due_1", "type": "billing.renewal_due", "version": 1, "occurredAt": "2026-02-15T15:00:00Z", "data": data,
    });
    json!({ "Records": [{
        "messageId": "m1", "receiptHandle": "r", "body": body.to_string(), "md5OfBody": "",
        "attributes": { "ApproximateReceiveCount": "1" }, "messageAttributes": {}, "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:ap-northeast-2:000000000000:q", "awsRegion": "ap-northeast-2",
    }] })
}

/// The message comes to a worker.
pub async fn comes(maru: &Maru, member: &str, night: Option<&str>) {
    maru.stack.invoke("on_renewal_due", message(member, night)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_due_is_charged_once_told_and_goes_on() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    night(&maru, "2026-02-16").await;
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    let payments = payments(&maru, MEMBER).await;
    assert_eq!(payments.len(), 2);
    assert_eq!(payments[0]["amount"], 19_900);
    assert_eq!((&payments[0]["periodStart"], &payments[0]["state"]), (&json!("2026-02-16"), &json!("paid")));
    assert_eq!(told(&maru, MEMBER).await, ["PAYMENT_RECEIVED", "PAYMENT_RECEIVED"]);
    assert!(is_pro_elsewhere(&maru, MEMBER).await);
    assert_eq!(finished(&maru).await[0]["charged"], 1);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_and_many_messages_charge_once() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    maru.midnight_of("2026-02-16");
    for _ in 0..4 {
        join_all((0..8).map(|_| comes(&maru, MEMBER, Some("2026-02-16")))).await;
        assert_eq!(times_charged(&maru, MEMBER).await, 2);
    }
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_while_nobody_knows_what_became_of_an_attempt() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    join_all((0..8).map(|_| comes(&maru, MEMBER, Some("2026-02-16")))).await;
    assert_eq!(times_charged(&maru, MEMBER).await, 2);
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-01-16", "2026-02-16"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_about_somebody_unknown_or_not_due_does_nothing() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    for night in [None, Some("2026-01-20")] {
        comes(&maru, MEMBER, night).await;
        comes(&maru, "usr_nobody", night).await;
    }
    assert_eq!(maru.kakaopay().movements().await.len(), 1);
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-01-16", "2026-02-16"]);
}
