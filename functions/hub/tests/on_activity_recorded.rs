//! What follows from likes, views and comments.

use futures::future::join_all;

use crate::publishing::{Resume, publish};
use crate::{followed_up, ids, like, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn however_many_like_a_resume_at_once_it_is_moved_once_and_all_are_told_in_few_calls() {
    let maru = setup().start().await;
    for id in ["res_1", "res_2"] {
        publish(&maru, &Resume::new(id, "usr_owner")).await;
    }
    let members: Vec<String> = (0..60).map(|number| format!("usr_{number}")).collect();
    join_all(members.iter().map(|member| like(&maru, member, "res_1"))).await;
    let counts = &maru.stack.parts().counts;
    counts.clear();
    followed_up(&maru).await;
    let calls = counts.calls();
    let count = |operation: &str| -> u64 {
        let own = calls.iter().filter(|call| call.function.as_deref() == Some("on_activity_recorded"));
        own.filter(|call| call.operation == operation).map(|call| call.count).sum()
    };
    assert_eq!(
        count("TransactWriteItems"),
        1,
        "of the messages of the four parts, one finds something to move"
    );
    assert!((6..=24).contains(&count("SendMessageBatch")), "sixty notices, ten a call: {calls:?}");
    let told = told(&maru, "usr_owner").await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &serde_json::json!(60)));
    assert_eq!(ids(&maru.get("/hub/resumes?sort=likes", "").await.expect(200)), ["res_1", "res_2"]);
}
