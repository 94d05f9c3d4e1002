//! What is asked for at the same time.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;
use serde_json::json;

use crate::chatting::{ROOM, ask, connect, counted, items_of, open_room, put, setup, with_room};

/// How often; each time another order of the calls may come about.
const TIMES: u32 = 100;

#[tokio::test(flavor = "multi_thread")]
async fn a_join_and_a_leave_sent_together_leave_nobody_counted_who_is_not_there() {
    let maru = with_room().await;
    let mut socket = connect(&maru, "usr_a").await;
    for time in 0..TIMES {
        socket.send(&json!({ "action": "join", "roomId": ROOM })).await;
        // Later by a little each time, over about what a join takes.
        tokio::time::sleep(Duration::from_micros(u64::from(time % 25) * 200)).await;
        socket.send(&json!({ "action": "leave", "roomId": ROOM })).await;
        let mut answers = 0;
        while answers < 2 {
            let frame = socket.next().await;
            answers += u32::from(frame["type"] == "joined" || frame["type"] == "left");
            assert_ne!(frame["type"], "error", "{frame}");
        }
        let (count, members) = counted(&maru, ROOM).await;
        assert_eq!(count, i64::try_from(members).unwrap(), "time {time}");
        // A member asks for 60 things in ten seconds.
        maru.stack.clock().advance(Duration::from_secs(1));
    }
    ask(&mut socket, &json!({ "action": "leave", "roomId": ROOM })).await;
    assert_eq!(counted(&maru, ROOM).await, (0, 0));
    assert!(items_of(&maru, "present#").await.is_empty());
}

/// A room that was closed so long ago that the next night deletes it.
async fn ended(maru: &Maru, room: &str) {
    open_room(maru, room).await;
    let mut item = crate::chatting::key("closed", &format!("2026-01-01T00:00:00Z#{room}"));
    item.insert("roomId".to_owned(), AttributeValue::S(room.to_owned()));
    put(maru, item).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_enters_a_room_that_was_deleted_meanwhile_leaves_nothing_there() {
    let maru = setup().start().await;
    ended(&maru, ROOM).await;
    let mut socket = connect(&maru, "usr_a").await;
    // The join looks at the room, and enters when it is gone.
    let faults = &maru.stack.parts().faults;
    let late = Fault::new(FaultTarget::Database, FaultKind::Delay, 1).of_operation("TransactWriteItems");
    faults.push(late.with_delay(Duration::from_secs(2)));
    socket.send(&json!({ "action": "join", "roomId": ROOM })).await;
    while !faults.pending().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    maru.stack.run_scheduled("cron_delete_ended_rooms").await.unwrap();
    let answer = socket.next().await;
    assert_eq!((&answer["type"], &answer["code"]), (&json!("error"), &json!("room_not_found")));
    maru.settle().await;
    for left in ["room#", "entered#", "present#", "closed"] {
        let found = items_of(&maru, left).await;
        assert!(found.is_empty(), "{found:?}");
    }
    assert_eq!(items_of(&maru, "connection#").await.len(), 1, "in no room");
}
