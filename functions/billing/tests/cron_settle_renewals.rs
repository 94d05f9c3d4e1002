//! `cron_settle_renewals`: what was left open is taken up again.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::subscribers::{
    books_agree, buys, ends, finished, finished_after, has_active_key, later, night, payments, stands,
    suffers, times_charged,
};
use crate::{MEMBER, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_answer_was_lost_is_settled_by_the_subscriptions_status() {
    for (kind, attempts) in
        [(FaultKind::LostAnswer, 1), (FaultKind::FalseRefusal(-785), 1), (FaultKind::Error, 2)]
    {
        let maru = setup().start().await;
        buys(&maru, MEMBER, "good").await;
        suffers(&maru, kind);
        night(&maru, "2026-02-16").await;
        assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-01-16", "2026-02-16"], "{kind:?}");
        // Not before the request can have been carried out for the last time.
        assert_eq!(later(&maru, 14).await["asked"], 0);
        let finished = finished_after(&maru, 2).await;
        assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"], "{kind:?}");
        assert_eq!(times_charged(&maru, MEMBER).await, 2);
        assert_eq!(payments(&maru, MEMBER).await.len(), 2);
        assert_eq!(finished[0]["charged"], 1);
        if attempts == 1 {
            books_agree(&maru, MEMBER).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_kakaopay_does_not_say_nothing_is_sent() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    suffers(&maru, FaultKind::LostAnswer);
    night(&maru, "2026-02-16").await;
    let silent = Fault::new(FaultTarget::Partner, FaultKind::Error, u32::MAX).of_operation("kakaopay/status");
    maru.stack.parts().faults.push(silent);
    for _ in 0..4 {
        later(&maru, 16).await;
        assert_eq!(finished(&maru).await, json!([]));
    }
    assert_eq!(times_charged(&maru, MEMBER).await, 2);
    maru.stack.parts().faults.clear();
    assert_eq!(finished_after(&maru, 6).await[0]["charged"], 1);
    assert_eq!(stands(&maru, MEMBER).await, ["PRO", "active", "2026-02-16", "2026-03-16"]);
    books_agree(&maru, MEMBER).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_given_up_in_the_end_though_kakaopay_does_not_answer_at_first() {
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    ends(&maru, MEMBER).await;
    let silent = Fault::new(FaultTarget::Partner, FaultKind::Error, 2).of_operation("kakaopay/inactive");
    maru.stack.parts().faults.push(silent);
    night(&maru, "2026-02-16").await;
    assert!(has_active_key(&maru, MEMBER).await);
    later(&maru, 6).await;
    assert!(!has_active_key(&maru, MEMBER).await);
    assert_eq!(later(&maru, 6).await["asked"], 0);
}

/// What the outbox has for the bus of this kind, by the data of each.
async fn waiting(maru: &Maru, kind: &str) -> Vec<Value> {
    let table =
        maru.stack.parts().template.tables.iter().find(|table| table.logical_id == "OutboxTable").unwrap();
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let items = client.scan().table_name(&table.name).send().await.unwrap().items.unwrap_or_default();
    let of_kind = items.iter().filter(|item| item["kind"].as_s().is_ok_and(|each| each == kind));
    let body = |body: &str| serde_json::from_str::<Value>(body).unwrap()["data"].clone();
    of_kind.map(|item| body(item["body"].as_s().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_night_is_finished_is_told_on_the_bus_once_however_long_that_is_away() {
    const KIND: &str = "billing.renewals_finished";
    let maru = setup().start().await;
    buys(&maru, MEMBER, "good").await;
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Events, FaultKind::Error, u32::MAX));
    night(&maru, "2026-02-16").await;
    assert_eq!(waiting(&maru, KIND).await, [] as [Value; 0], "not before the night is over");
    assert_eq!(finished_after(&maru, 2).await[0]["charged"], 1);
    let told = waiting(&maru, KIND).await;
    assert_eq!(
        json!([told.len(), told[0]["day"], told[0]["charged"]]),
        json!([1, "2026-02-16", 1]),
        "{told:#?}"
    );
    assert_eq!(finished_after(&maru, 10).await, json!([]));
    assert_eq!(waiting(&maru, KIND).await, told, "once");
    maru.stack.parts().faults.clear();
    maru.stack.run_scheduled("cron_relay_messages").await.unwrap();
    maru.settle().await;
    assert_eq!(waiting(&maru, KIND).await, [] as [Value; 0], "the bus has it");
}
