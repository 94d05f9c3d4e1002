//! How much a member can send.

use std::time::Duration;

use serde_json::json;

use crate::chatting::{ROOM, ask, enter, open_room, say, saying, with_room};

#[tokio::test(flavor = "multi_thread")]
async fn a_member_says_twenty_things_in_ten_seconds_however_many_connections_there_are() {
    let maru = with_room().await;
    let (mut first, _) = enter(&maru, "usr_a").await;
    let (mut second, _) = enter(&maru, "usr_a").await;
    for number in 0..10 {
        say(&mut first, &format!("a{number}"), "말").await;
        say(&mut second, &format!("b{number}"), "말").await;
    }
    let refused = ask(&mut second, &saying("b10", "말")).await;
    assert_eq!((&refused["code"], &refused["clientId"]), (&json!("too_many_requests"), &json!("b10")));
    assert!(refused["retryAfter"].as_u64().is_some_and(|seconds| (1..=10).contains(&seconds)));
    assert_eq!(say(&mut second, "b9", "말").await, 20, "what is stored is answered all the same");
    maru.stack.clock().advance(Duration::from_secs(10));
    assert_eq!(say(&mut second, "b10", "말").await, 21);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_frames_are_limited_too_also_those_that_cannot_be_read() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    for _ in 0..59 {
        socket.send_text("{}").await;
        assert_eq!(socket.next().await["code"], "invalid_frame");
    }
    socket.send_text("{}").await;
    assert_eq!(socket.next().await["code"], "too_many_requests");
    let refused = ask(&mut socket, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!(refused["code"], "too_many_requests");
    assert_eq!(say(&mut socket, "c1", "말은 따로 셉니다").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_in_twenty_rooms_at_most() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    let mut join = async |number: u32| {
        let room = format!("room_{number}");
        open_room(&maru, &room).await;
        ask(&mut socket, &json!({ "action": "join", "roomId": room })).await
    };
    for number in 2..=20 {
        assert_eq!(join(number).await["type"], "joined");
    }
    assert_eq!(join(21).await["code"], "too_many_rooms");
    assert_eq!(join(20).await["type"], "joined", "one is in that room already");
    ask(&mut socket, &json!({ "action": "leave", "roomId": "room_2" })).await;
    assert_eq!(ask(&mut socket, &json!({ "action": "join", "roomId": "room_21" })).await["type"], "joined");
}
