use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;

use crate::chatting::{
    Page, ROOM, connect, counted, counted_to, enter, hear, items_of, say, vanish, with_room,
};

/// What an invocation had received is hidden for the queue's visibility; then it comes again.
async fn comes_again(maru: &maru_testing::Maru) {
    maru.stack.clock().advance(Duration::from_secs(361));
    maru.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_hears_it_though_its_function_dies_at_any_call() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = with_room().await;
            let (mut sender, _) = enter(&maru, "usr_a").await;
            let mut hearer = connect(&maru, "usr_b").await;
            let mut page = Page::default();
            hearer.send(&page.join()).await;
            page.hear(&hearer.next().await);
            let crashes = &maru.stack.parts().crashes;
            let function = "on_message_posted".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            say(&mut sender, "c1", "하나").await;
            maru.settle().await;
            let hit = crashes.hit();
            comes_again(&maru).await;
            while page.view.last() != Some(1) {
                assert_eq!(page.hear(&hearer.next().await), None, "{moment:?} call {at_call}");
            }
            assert_eq!(page.shown, [(1, "하나".to_owned())]);
            if !hit {
                break;
            }
        }
    }
}

/// `$disconnect` never came, and two hours are over: nothing is sent there any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_over_is_cleared_away() {
    let maru = with_room().await;
    let (old, _) = enter(&maru, "usr_a").await;
    vanish(&maru, old).await;
    assert_eq!(counted(&maru, ROOM).await, (1, 1));
    maru.stack.clock().advance(Duration::from_secs(2 * 60 * 60));
    let (mut socket, _) = enter(&maru, "usr_b").await;
    say(&mut socket, "c1", "말").await;
    maru.settle().await;
    assert_eq!(counted(&maru, ROOM).await, (1, 1));
    assert_eq!(items_of(&maru, "entered#").await[0]["memberId"].as_s().unwrap(), "usr_b");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_room_that_is_deleted_is_nothing_to_it() {
    let maru = with_room().await;
    let body = json!({
        "id": "room_0-1", "type": "chat.message_posted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z",
        "data": { "roomId": "room_0", "what": "said", "first": 1, "last": 1 },
    });
    let record = json!({
        "messageId": "m1", "receiptHandle": "r", "body": body.to_string(), "md5OfBody": "", "messageAttributes": {},
        "attributes": { "ApproximateReceiveCount": "1" }, "eventSource": "aws:sqs", "awsRegion": "ap-northeast-2",
        "eventSourceARN": "arn:aws:sqs:ap-northeast-2:000000000000:q",
    });
    let Ok(maru_lambda::Answer::Value(answer)) =
        maru.stack.invoke("on_message_posted", json!({ "Records": [record] })).await
    else {
        panic!("no answer")
    };
    assert_eq!(answer["batchItemFailures"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_hears_nothing() {
    let maru = with_room().await;
    let (mut sender, _) = enter(&maru, "usr_a").await;
    let (mut hearer, _) = enter(&maru, "usr_c").await;
    let (mut left, _) = enter(&maru, "usr_b").await;
    crate::chatting::ask(&mut left, &json!({ "action": "leave", "roomId": ROOM })).await;
    say(&mut sender, "c1", "말").await;
    assert_eq!(hear(&mut hearer).await, [(1, "말".to_owned())]);
    maru.settle().await;
    assert!(left.next_within(Duration::from_millis(50)).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_could_not_be_sent_keeps_nobody_from_sending_the_next() {
    let maru = with_room().await;
    let (mut first, _) = enter(&maru, "usr_a").await;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    assert_eq!(first.next().await["participants"], 1);
    // The queue fails as often as the client tries.
    maru.stack.parts().faults.push(Fault::new(FaultTarget::Queue, FaultKind::Error, 3));
    let (_second, joined) = enter(&maru, "usr_b").await;
    assert_eq!(joined["participants"], 2, "who joins is told by the answer");
    let marks = items_of(&maru, "room#").await;
    assert!(marks.iter().all(|item| item["sk"].as_s().unwrap() != "announcement"));
    let (_third, _) = enter(&maru, "usr_c").await;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    assert_eq!(first.next().await["participants"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_cut_and_joins_again_at_once_is_counted_when_the_others_are_told() {
    let maru = with_room().await;
    let (mut first, _) = enter(&maru, "usr_a").await;
    for moment in [0, 1, 2] {
        let (second, _) = enter(&maru, "usr_b").await;
        maru.stack.clock().advance(Duration::from_secs(2));
        maru.settle().await;
        assert_eq!(first.next().await["participants"], 2);
        second.cut();
        counted_to(&maru, ROOM, 1).await;
        // Before the word of it, and while it is handed out.
        maru.stack.clock().advance(Duration::from_secs(moment));
        let (again, _) = enter(&maru, "usr_b").await;
        maru.settle().await;
        maru.stack.clock().advance(Duration::from_secs(2));
        maru.settle().await;
        let mut told = None;
        while let Some(frame) = first.next_within(Duration::from_millis(50)).await {
            told = Some(frame["participants"].clone());
        }
        assert_eq!(told, Some(json!(2)), "{moment} s after the cut");
        again.close().await;
        counted_to(&maru, ROOM, 1).await;
        maru.stack.clock().advance(Duration::from_secs(2));
        maru.settle().await;
        assert_eq!(first.next().await["participants"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_in_a_room_are_told_how_many_they_are_once_for_many_changes() {
    let maru = with_room().await;
    let (mut first, _) = enter(&maru, "usr_a").await;
    let mut others = Vec::new();
    for member in ["usr_b", "usr_c", "usr_d"] {
        others.push(enter(&maru, member).await.0);
    }
    others.pop().unwrap().close().await;
    counted_to(&maru, ROOM, 3).await;
    assert!(first.next_within(Duration::from_millis(50)).await.is_none());
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    assert_eq!(first.next().await, json!({ "type": "participants", "roomId": ROOM, "participants": 3 }));
    others.pop().unwrap().cut();
    counted_to(&maru, ROOM, 2).await;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.settle().await;
    assert_eq!(first.next().await["participants"], 2);
    assert!(first.next_within(Duration::from_millis(50)).await.is_none());
}
