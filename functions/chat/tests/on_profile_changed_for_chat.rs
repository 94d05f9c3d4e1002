use serde_json::json;

use crate::chatting::{enter, is_called, say, token, with_room};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_has_the_newest_nickname_that_its_author_had_then() {
    let maru = with_room().await;
    let (mut socket, _) = enter(&maru, "usr_a").await;
    say(&mut socket, "c1", "이름이 아직 없어요").await;
    is_called(&maru, "usr_a", 2, "둘째이름").await;
    is_called(&maru, "usr_a", 1, "첫이름").await;
    say(&mut socket, "c2", "이름이 생겼어요").await;
    is_called(&maru, "usr_a", 3, "셋째이름").await;
    say(&mut socket, "c3", "또 바뀌었어요").await;
    let list = maru.get("/rooms/room_1/messages", &token(&maru, "usr_b")).await.expect(200);
    let names: Vec<_> = (0..3).map(|place| &list["items"][place]["author"]["nickname"]).collect();
    assert_eq!(names, [&json!(null), &json!("둘째이름"), &json!("셋째이름")]);
}
