//! Changing one's nickname.

use futures::future::join_all;
use serde_json::json;

use crate::{chosen, member, patch, sign_up, start, table};

#[tokio::test]
async fn a_nickname_that_is_given_up_is_free_at_that_moment() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    assert_eq!(patch(&maru, &token, &json!({ "nickname": "미루" })).await.expect(200)["nickname"], "미루");
    sign_up(&maru, "maru_2", "마루").await;
    maru.post("/auth/signup", "", &chosen("maru_3", "미루")).await.expect_problem(409, "nickname_taken");
    patch(&maru, &token, &json!({ "nickname": "마루" })).await.expect_problem(409, "nickname_taken");
}

#[tokio::test]
async fn ones_own_nickname_can_be_spelled_differently() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "maru").await;
    assert_eq!(patch(&maru, &token, &json!({ "nickname": "MARU" })).await.expect(200)["nickname"], "MARU");
    assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 1);
}

#[tokio::test]
async fn of_many_who_want_one_nickname_at_once_one_gets_it_and_the_others_keep_theirs() {
    let maru = start().await;
    let mut tokens = Vec::new();
    for number in 0..8 {
        tokens.push(member(&maru, &format!("account_{number}"), &format!("마루{number}")).await);
    }
    let wanted = json!({ "nickname": "하나뿐" });
    let answers = join_all(tokens.iter().map(|token| patch(&maru, token, &wanted))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.json["code"] == "nickname_taken").count(), 7);
    assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 8);
}

#[tokio::test]
async fn somebody_who_changes_to_many_nicknames_at_once_has_one_in_the_end() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let bodies: Vec<_> = (0..4).map(|number| json!({ "nickname": format!("미루{number}") })).collect();
    for answer in join_all(bodies.iter().map(|body| patch(&maru, &token, body))).await {
        answer.expect(200);
    }
    let nickname = crate::text(&maru.get("/me", &token).await.expect(200), "nickname");
    let owned = table::identity(&maru, "NICKNAME#").await;
    assert_eq!(owned.len(), 1, "{owned:?}");
    assert_eq!(table::string(&owned[0], "pk"), format!("NICKNAME#{nickname}"));
}
