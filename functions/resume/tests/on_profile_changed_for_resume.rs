use serde_json::{Value, json};

use crate::{OWNER, RESUME, happens, patch, table, with_resume};

async fn is_called(maru: &maru_testing::Maru, revision: i64, nickname: &str) {
    let profile = json!({ "name": "김마루", "links": [], "unknownField": 1 });
    let data = json!({ "userId": OWNER, "revision": revision, "nickname": nickname, "profile": profile });
    happens(maru, "on_profile_changed_for_resume", "member.profile_changed", &data).await;
}

async fn copy(maru: &maru_testing::Maru) -> Value {
    table::items(maru, &format!("PROFILE#{OWNER}")).await.into_iter().next().unwrap_or_default()
}

#[tokio::test]
async fn the_newest_profile_is_kept_whatever_comes_first() {
    let maru = with_resume().await;
    for (revision, nickname) in [(2, "둘"), (1, "하나"), (2, "둘"), (3, "셋")] {
        is_called(&maru, revision, nickname).await;
    }
    assert_eq!(json!([copy(&maru).await["nickname"], copy(&maru).await["revision"]]), json!(["셋", 3]));
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn a_public_resume_is_shown_under_the_new_nickname() {
    let maru = with_resume().await;
    is_called(&maru, 1, "마루").await;
    patch(&maru, &json!({ "visibility": "PUBLIC" })).await;
    assert_eq!(table::card(&maru, RESUME).await["card"]["ownerNickname"], "마루");
    is_called(&maru, 2, "새마루").await;
    assert_eq!(table::card(&maru, RESUME).await["card"]["ownerNickname"], "새마루");
    // Under the same entity tag: the resume is what it was.
    assert_eq!(crate::tag(&maru).await, "\"2\"");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test]
async fn a_profile_that_comes_after_its_member_left_is_not_kept() {
    let maru = with_resume().await;
    let left = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(&maru, "on_member_deleted_for_resume", "member.deleted", &left).await;
    is_called(&maru, 9, "유령").await;
    assert_eq!(copy(&maru).await, Value::Null);
}
