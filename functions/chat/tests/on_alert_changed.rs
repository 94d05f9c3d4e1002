//! Beginning to tell the people of a province.

use std::time::Duration;

use maru_province::Province;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::{Value, json};

use crate::warned::{is_in, setup, told};

/// The event that the rain of Seoul became a warning.
fn rain() -> Value {
    let data =
        json!({ "province": "11", "roomId": "room_1", "news": [{ "kind": 2, "before": 0, "now": 1 }] });
    let detail = json!({
        "id": "alert_11_2", "type": "alert.changed", "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    json!({ "detail-type": "alert.changed", "source": "maru.alert", "detail": detail })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_the_province_and_no_others_are_told_once_however_often_the_event_comes() {
    let maru = setup().start().await;
    // Enough for each part of the province's members to have some.
    let members: Vec<String> = (0..20).map(|number| format!("usr_{number}")).collect();
    for member in &members {
        is_in(&maru, member, Province::Seoul).await;
    }
    is_in(&maru, "usr_busan", Province::Busan).await;
    for _ in 0..2 {
        maru.stack.invoke("on_alert_changed", rain()).await.unwrap();
        maru.settle().await;
    }
    for member in &members {
        assert_eq!(told(&maru, member).await, ["서울의 호우 특보가 경보로 격상되었습니다."]);
    }
    assert_eq!(told(&maru, "usr_busan").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_could_not_be_passed_on_fails_and_is_done_when_it_comes_again() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    let faults = &maru.stack.parts().faults;
    faults.push(Fault::new(FaultTarget::Queue, FaultKind::Error, 100).of_operation("SendMessageBatch"));
    assert!(maru.stack.invoke("on_alert_changed", rain()).await.is_err());
    faults.clear();
    maru.stack.clock().advance(Duration::from_secs(60));
    maru.stack.invoke("on_alert_changed", rain()).await.unwrap();
    maru.settle().await;
    assert_eq!(told(&maru, "usr_a").await.len(), 1);
}
