//! `GET /hub/resumes/{resumeId}/comments`.

use serde_json::json;

use crate::publishing::withdraw_quietly;
use crate::{comment, is_called, leaves, pages, token, with_one};

const PATH: &str = "/hub/resumes/res_1/comments";

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_comes_first_with_the_name_that_its_author_has_now() {
    let maru = with_one().await;
    is_called(&maru, "usr_a", 1, "한결").await;
    let first = comment(&maru, "usr_a", "res_1", "좋아요!").await;
    maru.stack.clock().advance(std::time::Duration::from_millis(1));
    let second = comment(&maru, "usr_b", "res_1", "저도요").await;
    is_called(&maru, "usr_a", 2, "새결").await;
    let page = maru.get(PATH, &token(&maru, "usr_a")).await.expect(200);
    let expected = json!({ "items": [
        {
            "id": second["id"], "author": { "nickname": null }, "mine": false, "content": "저도요",
            "createdAt": "2026-01-15T15:10:00.001Z", "editedAt": null,
        },
        {
            "id": first["id"], "author": { "nickname": "새결" }, "mine": true, "content": "좋아요!",
            "createdAt": "2026-01-15T15:10:00Z", "editedAt": null,
        },
    ], "nextCursor": null });
    assert_eq!(page, expected);
    assert_eq!(maru.get(PATH, "").await.expect(200)["items"][1]["mine"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_give_every_comment_once_in_as_many_calls_each() {
    let maru = with_one().await;
    let mut expected = Vec::new();
    for number in 0..25 {
        let author = format!("usr_{number}");
        expected
            .insert(0, comment(&maru, &author, "res_1", "좋아요!").await["id"].as_str().unwrap().to_owned());
        maru.stack.clock().advance(std::time::Duration::from_millis(1));
    }
    assert_eq!(pages(&maru, PATH, "", 10).await, expected);
    let counts = &maru.stack.parts().counts;
    counts.clear();
    maru.get(&format!("{PATH}?limit=25"), "").await.expect(200);
    let calls = counts.calls();
    let own = calls.iter().filter(|call| call.function.as_deref() == Some("list_comments"));
    assert_eq!(
        own.map(|call| call.count).sum::<u64>(),
        3,
        "the card, the comments, their authors: {calls:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_comments_of_what_is_not_public_are_not_found() {
    let maru = with_one().await;
    comment(&maru, "usr_a", "res_1", "좋아요!").await;
    withdraw_quietly(&maru, "res_1").await;
    maru.get(PATH, &token(&maru, "usr_a")).await.expect_problem(404, "not_found");
    maru.get("/hub/resumes/res_unknown/comments", "").await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_sends_a_bad_token_and_a_cursor_of_another_list_or_caller() {
    let maru = with_one().await;
    maru.get(PATH, "not.a.token").await.expect_problem(401, "unauthenticated");
    for author in ["usr_a", "usr_b"] {
        comment(&maru, author, "res_1", "좋아요!").await;
    }
    let page = maru.get(&format!("{PATH}?limit=1"), &token(&maru, "usr_a")).await.expect(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    maru.get(&format!("{PATH}?cursor={cursor}"), "").await.expect_problem(400, "invalid_cursor");
    maru.get(&format!("{PATH}?limit=0"), "").await.expect_problem(400, "invalid_query");
    leaves(&maru, "usr_owner").await;
    maru.get(PATH, "").await.expect_problem(404, "not_found");
}
