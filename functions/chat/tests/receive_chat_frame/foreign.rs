//! What is no frame of ours.

use maru_testing::Socket;
use serde_json::json;

use crate::chatting::{ROOM, ask, enter, items_of, say, with_room};

async fn refused(socket: &mut Socket, text: &str) -> String {
    socket.send_text(text).await;
    let answer = socket.until(|frame| frame["type"] == "error").await;
    answer["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_frame_is_answered_with_a_code_and_changes_nothing() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    let long =
        format!(r#"{{"action":"send","roomId":"{ROOM}","clientId":"c","text":"{}"}}"#, "가".repeat(501));
    let large = "x".repeat(20_000);
    for (text, code) in [
        ("안녕하세요", "invalid_frame"),
        ("", "invalid_frame"),
        ("[]", "invalid_frame"),
        (r#"{"action":"join"}"#, "invalid_frame"),
        (r#"{"action":"join","roomId":"room_1","token":"x"}"#, "invalid_frame"),
        (r#"{"action":"read","roomId":"room_1","sequence":0}"#, "invalid_frame"),
        (long.as_str(), "invalid_frame"),
        (r#"{"action":"shout","roomId":"room_1"}"#, "unknown_action"),
        (large.as_str(), "frame_too_large"),
    ] {
        assert_eq!(refused(&mut socket, text).await, code, "{}", text.chars().take(60).collect::<String>());
    }
    assert!(items_of(&maru, "messages#").await.is_empty());
    assert_eq!(say(&mut socket, "c1", "아직 연결되어 있어요").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_does_not_take_ends_that_connection_only() {
    let maru = with_room().await;
    let (mut other, _) = enter(&maru, "usr_b").await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    socket.send_text(&"x".repeat(200_000)).await;
    assert_eq!(socket.ended().await, 1009);
    crate::chatting::counted_to(&maru, ROOM, 1).await;
    let joined = ask(&mut other, &json!({ "action": "join", "roomId": ROOM })).await;
    assert_eq!(joined["participants"], 1);
}
