use aws_sdk_dynamodb::types::AttributeValue;
use chat_rules::presence::part_of;
use maru_stack::crash::{CrashPlan, Moment};
use serde_json::json;

use crate::chatting::{
    ROOM, ask, counted, counted_to, database, enter, happens, is_called, items, items_of, key, leaves, put,
    say, table, token, with_room,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_stays_and_nothing_says_by_whom() {
    let maru = with_room().await;
    is_called(&maru, "usr_a", 1, "떠날사람").await;
    let (mut leaving, _) = enter(&maru, "usr_a").await;
    let (mut staying, _) = enter(&maru, "usr_b").await;
    say(&mut leaving, "c1", "먼저 갈게요").await;
    say(&mut staying, "c1", "안녕히 가세요").await;
    ask(&mut leaving, &json!({ "action": "read", "roomId": ROOM, "sequence": 2 })).await;
    leaves(&maru, "usr_a").await;
    leaves(&maru, "usr_a").await;
    maru.settle().await;

    assert_eq!(counted(&maru, ROOM).await, (1, 1));
    let list = maru.get("/rooms/room_1/messages", &token(&maru, "usr_b")).await.expect(200);
    assert_eq!(
        (&list["items"][0]["text"], &list["items"][0]["author"]),
        (&json!("먼저 갈게요"), &json!(null))
    );
    assert_eq!(list["items"][1]["author"]["id"], list["you"]);
    for item in items(&maru).await {
        let text = format!("{item:?}");
        if item["pk"].as_s().unwrap() == "ERASURE#usr_a" {
            let what = item["what"].as_m().unwrap();
            assert_eq!(
                (what["messages"].as_n().unwrap(), what["marks"].as_n().unwrap()),
                (&"1".into(), &"1".into())
            );
            assert!(item.contains_key("erasedAt"));
        } else {
            assert!(!text.contains("usr_a") && !text.contains("떠날사람"), "{text}");
        }
    }
}

/// Whoever laid it there died before it was stored.
#[tokio::test(flavor = "multi_thread")]
async fn what_lies_beside_rooms_is_taken_away() {
    let maru = with_room().await;
    let put = async |pk: &str, sk: &str, room: Option<&str>| {
        let mut item = key(pk, sk);
        item.extend(room.map(|room| ("roomId".to_owned(), AttributeValue::S(room.to_owned()))));
        database(&maru).put_item().table_name(table(&maru)).set_item(Some(item)).send().await.unwrap();
    };
    put("province#11", "room", Some(ROOM)).await;
    put("closed", "2026-01-14T15:10:00Z#room_0", Some("room_0")).await;
    for room in [ROOM, "room_0"] {
        for letter in ["usr_a#c1", "usr_a#c2", "usr_ab#c1"] {
            put(&format!("beside#{room}"), letter, None).await;
        }
    }
    leaves(&maru, "usr_a").await;
    let left = items_of(&maru, "beside#").await;
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|item| item["sk"].as_s().unwrap() == "usr_ab#c1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_counted_without_a_connection_is_counted_no_more() {
    let maru = with_room().await;
    let mut pointer = key("province#11", "room");
    pointer.insert("roomId".to_owned(), AttributeValue::S(ROOM.to_owned()));
    put(&maru, pointer).await;
    let (mut staying, _) = enter(&maru, "usr_b").await;
    let (leaving, _) = enter(&maru, "usr_a").await;
    leaving.close().await;
    counted_to(&maru, ROOM, 1).await;
    // As a write that was lost could leave it.
    let part = format!("participants#{}", part_of("usr_a", 4));
    for (pk, sk, name) in [
        (format!("present#{ROOM}#usr_a"), "present", "connections"),
        (format!("room#{ROOM}"), &*part, "participants"),
    ] {
        let add = database(&maru).update_item().table_name(table(&maru)).set_key(Some(key(&pk, sk)));
        let add = add.update_expression(format!("ADD {name} :one"));
        add.expression_attribute_values(":one", AttributeValue::N("1".to_owned())).send().await.unwrap();
    }
    assert_eq!(counted(&maru, ROOM).await, (2, 1));
    leaves(&maru, "usr_a").await;
    assert_eq!(counted(&maru, ROOM).await, (1, 1));
    assert_eq!(items_of(&maru, "present#").await.len(), 1);
    say(&mut staying, "c1", "안녕").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_though_its_function_dies_at_any_call() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let maru = with_room().await;
            let (mut leaving, _) = enter(&maru, "usr_a").await;
            say(&mut leaving, "c1", "하나").await;
            say(&mut leaving, "c2", "둘").await;
            maru.settle().await;
            let crashes = &maru.stack.parts().crashes;
            let function = "on_member_deleted_for_chat".to_owned();
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let data = json!({ "userId": "usr_a", "deletedAt": "2026-01-15T15:10:00Z" });
            let detail = json!({
                "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
            });
            let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
            let died = maru.stack.invoke("on_member_deleted_for_chat", event).await.is_err();
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(died, hit);
            leaves(&maru, "usr_a").await;
            maru.settle().await;
            for item in items(&maru).await {
                let text = format!("{item:?}");
                let record = item["pk"].as_s().unwrap() == "ERASURE#usr_a";
                assert!(record || !text.contains("usr_a"), "{moment:?} call {at_call}: {text}");
                if record {
                    let what = item["what"].as_m().unwrap();
                    assert_eq!(what["messages"].as_n().unwrap(), "2", "{moment:?} call {at_call}");
                }
            }
            assert_eq!(counted(&maru, ROOM).await, (0, 0));
            if !hit {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_comes_late_is_not_learnt() {
    let maru = with_room().await;
    leaves(&maru, "usr_a").await;
    let data = json!({ "userId": "usr_a", "revision": 7, "nickname": "늦은소식", "profile": {} });
    happens(&maru, "on_profile_changed_for_chat", "member.profile_changed", &data).await;
    assert!(items(&maru).await.iter().all(|item| !format!("{item:?}").contains("늦은소식")));
}
