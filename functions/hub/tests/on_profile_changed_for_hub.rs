//! The copy of nicknames.

use serde_json::json;

use crate::{is_called, leaves, with_one};

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_revision_counts_in_whatever_order_they_arrive() {
    let maru = with_one().await;
    let owner = async || maru.get("/hub/resumes", "").await.expect(200)["items"][0]["owner"].clone();
    assert_eq!(owner().await, json!({ "nickname": "usr_owner then" }), "as it was when it was published");
    is_called(&maru, "usr_owner", 5, "다섯").await;
    for (revision, nickname) in [(4, "넷"), (5, "또 다섯")] {
        is_called(&maru, "usr_owner", revision, nickname).await;
        assert_eq!(owner().await, json!({ "nickname": "다섯" }));
    }
    is_called(&maru, "usr_owner", 6, "여섯").await;
    assert_eq!(owner().await, json!({ "nickname": "여섯" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_arrives_after_the_member_left_brings_nothing_back() {
    let maru = with_one().await;
    leaves(&maru, "usr_owner").await;
    is_called(&maru, "usr_owner", 9, "마루").await;
    assert_eq!(maru.get("/hub/resumes", "").await.expect(200)["items"], json!([]));
}
