use maru_stack::crash::{CrashPlan, Moment};
use serde_json::json;

use crate::chatting::{
    ROOM, ask, counted, counted_to, database, enter, items, items_of, key, open_room, say, table, vanish,
    with_room,
};

#[tokio::test(flavor = "multi_thread")]
async fn members_are_counted_and_not_connections() {
    let maru = with_room().await;
    let (first, joined) = enter(&maru, "usr_a").await;
    assert_eq!(joined["participants"], 1);
    let (mut second, joined) = enter(&maru, "usr_a").await;
    assert_eq!(joined["participants"], 1);
    let (third, joined) = enter(&maru, "usr_b").await;
    assert_eq!(joined["participants"], 2);
    // Joining again is no second presence.
    let again = ask(&mut second, &json!({ "action": "join", "roomId": ROOM, "after": 0 })).await;
    assert_eq!(again["participants"], 2);

    first.cut();
    while items_of(&maru, "entered#").await.len() > 2 {
        maru.settle().await;
    }
    counted_to(&maru, ROOM, 2).await;
    second.close().await;
    counted_to(&maru, ROOM, 1).await;
    third.close().await;
    counted_to(&maru, ROOM, 0).await;
    for left in ["connection#", "entered#", "present#"] {
        assert!(items_of(&maru, left).await.is_empty(), "{left}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_leaves_all_its_rooms_once() {
    let maru = with_room().await;
    open_room(&maru, "room_2").await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    ask(&mut socket, &json!({ "action": "join", "roomId": "room_2" })).await;
    let (_other, _) = enter(&maru, "usr_b").await;
    let left = ask(&mut socket, &json!({ "action": "leave", "roomId": "room_2" })).await;
    assert_eq!(left, json!({ "type": "left", "roomId": "room_2" }));
    assert_eq!(ask(&mut socket, &json!({ "action": "leave", "roomId": "room_2" })).await, left);
    assert_eq!(counted(&maru, "room_2").await, (0, 0));
    socket.cut();
    counted_to(&maru, ROOM, 1).await;
    counted_to(&maru, "room_2", 0).await;
}

/// `$disconnect` comes once. What its function left undone when it died is done by whoever finds the connection gone.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_it_leaves_undone_the_count_is_that_of_the_members_and_a_message_clears_it() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = with_room().await;
            let (first, _) = enter(&maru, "usr_a").await;
            let (mut other, _) = enter(&maru, "usr_b").await;
            let crashes = &maru.stack.parts().crashes;
            let function = "disconnect_chat".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            first.cut();
            // Until it died, or was done.
            while !crashes.hit()
                && !items_of(&maru, "connection#")
                    .await
                    .iter()
                    .all(|item| item["memberId"].as_s().unwrap() == "usr_b")
            {
                maru.settle().await;
            }
            maru.settle().await;
            let hit = crashes.hit();
            crashes.disarm();
            let (count, members) = counted(&maru, ROOM).await;
            assert_eq!(count, i64::try_from(members).unwrap(), "{moment:?} call {at_call}");
            say(&mut other, "c1", "누구 있나요").await;
            counted_to(&maru, ROOM, 1).await;
            if !hit {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_connection_is_nothing_to_it() {
    let maru = with_room().await;
    let event = std::fs::read_to_string("../../events/chat/disconnect_chat.json");
    let event: serde_json::Value = serde_json::from_str(&event.unwrap()).unwrap();
    let before = items(&maru).await.len();
    for _ in 0..2 {
        let Ok(maru_lambda::Answer::Value(answer)) =
            maru.stack.invoke("disconnect_chat", event.clone()).await
        else {
            panic!("no answer")
        };
        assert_eq!(answer["statusCode"], 200);
    }
    assert_eq!(items(&maru).await.len(), before);
}

/// Two hours, and seven days more: it was in a room of which nobody has spoken since.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_database_has_forgotten_still_leaves_its_rooms() {
    let maru = with_room().await;
    let (lost, _) = enter(&maru, "usr_a").await;
    let kept = items_of(&maru, "connection#").await;
    let kept = kept.iter().find(|item| item["sk"].as_s().unwrap() == "connection").unwrap();
    let begun = maru.stack.clock().now().as_second();
    let expected = (begun + 7_200 + 7 * 86_400).to_string();
    assert_eq!(kept["expiresAt"].as_n().unwrap(), &expected);
    let entry = items_of(&maru, "member#usr_a").await;
    assert_eq!(entry[0]["expiresAt"].as_n().unwrap(), &expected);

    vanish(&maru, lost).await;
    let forgotten = key(kept["pk"].as_s().unwrap(), "connection");
    let delete = database(&maru).delete_item().table_name(table(&maru)).set_key(Some(forgotten));
    delete.send().await.unwrap();
    let (mut other, joined) = enter(&maru, "usr_b").await;
    assert_eq!(joined["participants"], 2);
    say(&mut other, "c1", "누구 있나요").await;
    counted_to(&maru, ROOM, 1).await;
    assert!(items_of(&maru, &format!("present#{ROOM}#usr_a")).await.is_empty());
    assert_eq!(items_of(&maru, "connection#").await.len(), 2, "of the other, which is in one room");
}
