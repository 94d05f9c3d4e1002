//! `GET /hub/resumes`.

mod combinations;
mod cost;
mod cursors;
mod privacy;

use serde_json::json;

use crate::publishing::{Resume, publish};
use crate::{comment, followed_up, ids, is_called, like, pages, setup, token, view, with_one};

const PATH: &str = "/hub/resumes";

#[tokio::test(flavor = "multi_thread")]
async fn an_item_says_what_a_card_shows_and_what_the_caller_did() {
    let maru = with_one().await;
    is_called(&maru, "usr_owner", 1, "마루").await;
    like(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_b", "res_1").await.expect(200);
    comment(&maru, "usr_a", "res_1", "좋아요!").await;
    view(&maru, "usr_c", "res_1").await;
    let seen_by = async |token: &str| maru.get(PATH, token).await.expect(200)["items"][0].clone();
    let expected = json!({
        "id": "res_1", "title": "제목 res_1", "position": "BACKEND", "schoolTypes": [], "owner": { "nickname": "마루" },
        "mine": false, "likes": 2, "views": 1, "comments": 1, "liked": true,
        "publishedAt": "2026-01-10T00:00:00Z", "updatedAt": "2026-01-10T00:00:00Z",
    });
    assert_eq!(seen_by(&token(&maru, "usr_a")).await, expected);
    let guest = seen_by("").await;
    assert_eq!((&guest["liked"], &guest["mine"]), (&json!(false), &json!(false)));
    let owner = seen_by(&token(&maru, "usr_owner")).await;
    assert_eq!((&owner["liked"], &owner["mine"]), (&json!(false), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_follows_the_counts_and_the_counts_are_never_behind() {
    let maru = setup().start().await;
    for id in ["res_1", "res_2", "res_3"] {
        publish(&maru, &Resume::new(id, "usr_owner")).await;
    }
    let list = async |sort: &str| maru.get(&format!("{PATH}?sort={sort}"), "").await.expect(200);
    assert_eq!(ids(&list("likes").await), ["res_3", "res_2", "res_1"], "equal counts: by time, then id");
    like(&maru, "usr_a", "res_1").await.expect(200);
    for viewer in ["usr_a", "usr_b"] {
        view(&maru, viewer, "res_2").await;
    }
    let before = list("likes").await;
    assert_eq!((&before["items"][2]["id"], &before["items"][2]["likes"]), (&json!("res_1"), &json!(1)));
    followed_up(&maru).await;
    assert_eq!(ids(&list("likes").await), ["res_1", "res_3", "res_2"]);
    assert_eq!(ids(&list("views").await), ["res_2", "res_3", "res_1"]);
    assert_eq!(ids(&list("recent").await), ["res_3", "res_2", "res_1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_ones_likes_has_all_of_them() {
    let maru = setup().start().await;
    let mut expected = Vec::new();
    for number in 0..120 {
        let id = format!("res_{number:03}");
        publish(&maru, &Resume::new(&id, "usr_owner")).await;
        if number % 10 != 0 {
            like(&maru, "usr_a", &id).await.expect(200);
            expected.insert(0, id);
        }
    }
    let token = token(&maru, "usr_a");
    assert_eq!(pages(&maru, &format!("{PATH}?liked=true"), &token, 25).await, expected);
}

#[tokio::test]
async fn refuses_whoever_asks_for_likes_without_an_account_and_queries_that_it_does_not_understand() {
    let maru = setup().start().await;
    maru.get(&format!("{PATH}?liked=true"), "").await.expect_problem(401, "unauthenticated");
    maru.get(PATH, "not.a.token").await.expect_problem(401, "unauthenticated");
    maru.get(&format!("{PATH}?liked=false"), "").await.expect(200);
    for query in
        ["limit=0", "limit=101", "position=CHEF", "schoolType=university", "sort=like", "liked=1", "page=2"]
    {
        maru.get(&format!("{PATH}?{query}"), "").await.expect_problem(400, "invalid_query");
    }
}
