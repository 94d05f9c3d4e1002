mod catching_up;
mod crashes;
mod crowd;
mod foreign;
mod limits;
mod together;

use futures::future::join_all;
use serde_json::json;

use crate::chatting::{
    ROOM, ask, close_room, connect, enter, is_called, items_of, leaves, say, saying, with_room,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_is_heard_by_everybody_in_the_room_and_nobody_else() {
    let maru = with_room().await;
    is_called(&maru, "usr_a", 1, "하늘").await;
    let (mut sender, joined) = enter(&maru, "usr_a").await;
    assert_eq!(
        (&joined["sequence"], &joined["status"], &joined["more"]),
        (&json!(0), &json!("OPEN"), &json!(false))
    );
    let (mut hearer, _) = enter(&maru, "usr_b").await;
    let mut outside = connect(&maru, "usr_c").await;

    sender.send(&saying("c1", "비가 와요\n많이")).await;
    let heard = hearer.until(|frame| frame["type"] == "messages").await;
    let message = &heard["messages"][0];
    assert_eq!((&message["sequence"], &message["text"]), (&json!(1), &json!("비가 와요\n많이")));
    assert_eq!(message["author"], json!({ "id": joined["you"], "nickname": "하늘" }));
    assert_eq!(message["sentAt"], "2026-01-15T15:10:00Z");
    // The sender is answered, and hears it, too; whichever comes first.
    let mut kinds =
        [sender.next().await, sender.next().await].map(|frame| frame["type"].as_str().unwrap().to_owned());
    kinds.sort_unstable();
    assert_eq!(kinds, ["messages", "sent"]);
    assert_eq!(say(&mut hearer, "c1", "네").await, 2, "a client id is its sender's own");
    maru.settle().await;
    assert!(outside.next_within(std::time::Duration::from_millis(50)).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_sent_again_is_stored_once() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    assert_eq!(say(&mut socket, "c1", "하나").await, 1);
    assert_eq!(say(&mut socket, "c2", "둘").await, 2);
    assert_eq!(say(&mut socket, "c1", "하나").await, 1);
    assert_eq!(say(&mut socket, "c1", "다른 말").await, 1);
    let (_, joined) = enter(&maru, "usr_b").await;
    assert_eq!(crate::chatting::texts(&joined["messages"]), [(1, "하나".to_owned()), (2, "둘".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_connections_that_send_the_same_at_once_store_it_once() {
    let maru = with_room().await;
    let (mut first, _) = enter(&maru, "usr_a").await;
    let (mut second, _) = enter(&maru, "usr_a").await;
    for number in 1..=10 {
        let id = format!("c{number}");
        let (one, other) = tokio::join!(say(&mut first, &id, "같은 말"), say(&mut second, &id, "같은 말"));
        assert_eq!((one, other), (number, number));
    }
    maru.settle().await;
    assert_eq!(items_of(&maru, "messages#").await.len(), 10);
    assert!(items_of(&maru, "beside#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_send_at_once_each_has_a_place_and_nothing_is_left_beside() {
    let maru = with_room().await;
    let mut sockets = Vec::new();
    for number in 0..40 {
        sockets.push(enter(&maru, &format!("usr_{number}")).await.0);
    }
    let sends = sockets.iter_mut().map(|socket| say(socket, "c", "동시에"));
    let mut places = join_all(sends).await;
    places.sort_unstable();
    assert_eq!(places, (1..=40).collect::<Vec<_>>());
    maru.settle().await;
    assert!(items_of(&maru, "beside#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_in_the_room_says_and_reads_nothing_there() {
    let maru = with_room().await;
    let mut socket = connect(&maru, "usr_a").await;
    for frame in [saying("c1", "안녕하세요"), json!({ "action": "read", "roomId": ROOM, "sequence": 1 })]
    {
        let refused = ask(&mut socket, &frame).await;
        assert_eq!(
            (&refused["type"], &refused["code"]),
            (&json!("error"), &json!("not_joined")),
            "{refused}"
        );
        assert_eq!((&refused["roomId"], &refused["clientId"]), (&json!(ROOM), &frame["clientId"]));
    }
    let unknown = ask(&mut socket, &json!({ "action": "join", "roomId": "room_0" })).await;
    assert_eq!(unknown["code"], "room_not_found");
    let left = ask(&mut socket, &json!({ "action": "leave", "roomId": ROOM })).await;
    assert_eq!(left["type"], "left", "leaving twice is as leaving once");
    assert!(items_of(&maru, "messages#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_room_is_read_only() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    say(&mut socket, "c1", "마지막 말").await;
    close_room(&maru, ROOM).await;
    let refused = ask(&mut socket, &saying("c2", "아직 있나요")).await;
    assert_eq!((&refused["code"], &refused["clientId"]), (&json!("room_closed"), &json!("c2")));
    assert_eq!(say(&mut socket, "c1", "마지막 말").await, 1, "what is stored is answered all the same");
    let (mut other, joined) = enter(&maru, "usr_b").await;
    assert_eq!((&joined["status"], joined["messages"].as_array().unwrap().len()), (&json!("CLOSED"), 1));
    let read = ask(&mut other, &json!({ "action": "read", "roomId": ROOM, "sequence": 1 })).await;
    assert_eq!(read["sequence"], 1);
    assert!(items_of(&maru, "beside#").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_moves_forward_only() {
    let maru = with_room().await;
    let (mut socket, joined) = enter(&maru, "usr_a").await;
    assert_eq!(joined["read"], 0);
    for number in 1..=5 {
        say(&mut socket, &format!("c{number}"), "말").await;
    }
    for (sequence, mark) in [(3, 3), (2, 3), (5, 5), (1, 5), (1_000, 5)] {
        let read = ask(&mut socket, &json!({ "action": "read", "roomId": ROOM, "sequence": sequence })).await;
        assert_eq!(read, json!({ "type": "read", "roomId": ROOM, "sequence": mark }));
    }
    assert_eq!(enter(&maru, "usr_a").await.1["read"], 5, "it is the member's");
    assert_eq!(enter(&maru, "usr_b").await.1["read"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_says_nothing_any_more() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    say(&mut socket, "c1", "안녕히 계세요").await;
    leaves(&maru, "usr_a").await;
    assert_ne!(socket.ended().await, 0);
    assert!(items_of(&maru, "entered#").await.is_empty());
}
