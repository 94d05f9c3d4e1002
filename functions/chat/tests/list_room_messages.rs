use reqwest::Method;
use serde_json::{Value, json};

use crate::chatting::{ROOM, close_room, enter, is_called, said_before, say, setup, texts, token, with_room};

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
