//! A cursor is good only for the list, the filters and the caller that it came from.

use super::PATH;
use crate::publishing::{Resume, publish};
use crate::{like, setup, token};

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_list_filter_order_or_caller_is_refused() {
    let maru = setup().start().await;
    for id in ["res_1", "res_2", "res_3"] {
        publish(&maru, &Resume::new(id, "usr_owner")).await;
        like(&maru, "usr_a", id).await.expect(200);
        like(&maru, "usr_b", id).await.expect(200);
    }
    let (one, other) = (token(&maru, "usr_a"), token(&maru, "usr_b"));
    let cursor = async |query: &str, token: &str| {
        let page = maru.get(&format!("{PATH}?limit=1{query}"), token).await.expect(200);
        page["nextCursor"].as_str().unwrap().to_owned()
    };
    let queries = ["", "&position=BACKEND", "&sort=likes", "&liked=true", "&liked=true&sort=likes"];
    for from in queries {
        let cursor = cursor(from, &one).await;
        for to in queries {
            let answer = maru.get(&format!("{PATH}?cursor={cursor}{to}"), &one).await;
            if from == to {
                answer.expect(200);
            } else {
                answer.expect_problem(400, "invalid_cursor");
            }
        }
        maru.get(&format!("{PATH}?cursor={cursor}{from}"), &other)
            .await
            .expect_problem(400, "invalid_cursor");
        let comments = format!("{PATH}/res_1/comments?cursor={cursor}");
        maru.get(&comments, &one).await.expect_problem(400, "invalid_cursor");
    }
    let guest = cursor("", "").await;
    maru.get(&format!("{PATH}?cursor={guest}"), "").await.expect(200);
    maru.get(&format!("{PATH}?cursor={guest}"), &one).await.expect_problem(400, "invalid_cursor");
    for nonsense in ["", "nonsense", "e30", "%00"] {
        maru.get(&format!("{PATH}?cursor={nonsense}"), "").await.expect_problem(400, "invalid_cursor");
    }
}
