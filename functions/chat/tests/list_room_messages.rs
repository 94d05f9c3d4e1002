use reqwest::Method;
use serde_json::{Value, json};

use crate::chatting::{
    ROOM, close_room, database, enter, is_called, key, said_before, say, setup, table, texts, token,
    with_room,
};

fn numbers(list: &Value) -> Vec<u64> {
    texts(&list["items"]).into_iter().map(|(sequence, _)| sequence).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_is_not_signed_in() {
    let maru = setup().start().await;
    for token in ["", "not.a.token"] {
        let request = maru.request(Method::GET, "/rooms/room_1/messages?unknown=1", token);
        let answer = maru_testing::Answer::read(request.send().await.unwrap()).await;
        answer.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_hundred_are_one_query() {
    let maru = with_room().await;
    said_before(&maru, ROOM, 250, "말").await;
    maru.stack.parts().counts.clear();
    let list = maru.get("/rooms/room_1/messages", &token(&maru, "usr_a")).await.expect(200);
    assert_eq!((numbers(&list), &list["more"]), ((151..=250).collect(), &json!(true)));
    let calls = maru.stack.parts().counts.calls();
    let calls: Vec<_> = calls.iter().map(|call| (call.operation.as_str(), call.count)).collect();
    assert_eq!(calls, [("Query", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_forward_and_back() {
    let maru = with_room().await;
    said_before(&maru, ROOM, 25, "말").await;
    let token = token(&maru, "usr_a");
    for (query, first, last, more) in [
        ("", 1, 25, false),
        ("?limit=10", 16, 25, true),
        ("?limit=10&before=16", 6, 15, true),
        ("?limit=10&before=6", 1, 5, false),
        ("?limit=10&after=0", 1, 10, true),
        ("?limit=10&after=10", 11, 20, true),
        ("?limit=10&after=20", 21, 25, false),
        ("?limit=5&after=20", 21, 25, false),
    ] {
        let list = maru.get(&format!("/rooms/room_1/messages{query}"), &token).await.expect(200);
        assert_eq!((numbers(&list), &list["more"]), ((first..=last).collect(), &json!(more)), "{query}");
    }
    for query in ["?after=25", "?after=999999999990", "?after=9007199254740991", "?before=1"] {
        let list = maru.get(&format!("/rooms/room_1/messages{query}"), &token).await.expect(200);
        assert_eq!((numbers(&list).len(), &list["more"]), (0, &json!(false)), "{query}");
    }
    for query in [
        "?limit=0",
        "?limit=101",
        "?after=-1",
        "?after=9007199254740992",
        "?before=0",
        "?after=1&before=3",
        "?x=1",
    ] {
        let answer = maru.get(&format!("/rooms/room_1/messages{query}"), &token).await;
        answer.expect_problem(400, "invalid_query");
    }
    maru.get("/rooms/room_0/messages", &token).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_room_is_read_by_those_who_never_were_there() {
    let maru = with_room().await;
    is_called(&maru, "usr_a", 1, "하늘").await;
    let (mut socket, joined) = enter(&maru, "usr_a").await;
    say(&mut socket, "c1", "비가 그쳤어요").await;
    close_room(&maru, ROOM).await;
    let list = maru.get("/rooms/room_1/messages", &token(&maru, "usr_b")).await.expect(200);
    let expected = json!({
        "sequence": 1, "author": { "id": joined["you"], "nickname": "하늘" }, "text": "비가 그쳤어요",
        "sentAt": "2026-01-15T15:10:00Z",
    });
    assert_eq!(list["items"], json!([expected]));
    assert_ne!(list["you"], joined["you"]);
    assert!(!list.to_string().contains("usr_"), "an account's id is nobody's business");
}

/// A query may see a transaction in part; who went on behind it would pass over the rest.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_forward_is_given_nothing_behind_a_hole() {
    let maru = with_room().await;
    said_before(&maru, ROOM, 9, "말").await;
    for hole in [3, 7] {
        let delete = database(&maru).delete_item().table_name(table(&maru));
        let hole = key(&format!("messages#{ROOM}"), &format!("{hole:016}"));
        delete.set_key(Some(hole)).send().await.unwrap();
    }
    let token = token(&maru, "usr_a");
    let list = async |query: &str| {
        let list = maru.get(&format!("/rooms/room_1/messages{query}"), &token).await.expect(200);
        (numbers(&list), list["more"].as_bool().unwrap())
    };
    for (query, expected, more) in [
        ("?after=0", vec![1, 2], true),
        ("?after=0&limit=1", vec![1], true),
        ("?after=2", vec![], true),
        ("?after=3", vec![4, 5, 6], true),
        ("?after=7", vec![8, 9], false),
    ] {
        assert_eq!(list(query).await, (expected, more), "{query}");
    }
    // A closed room may be deleted at this moment: there is nothing to wait for.
    close_room(&maru, ROOM).await;
    assert_eq!(list("?after=0").await, (vec![1, 2, 4, 5, 6, 8, 9], false));
}
