//! `PUT /hub/resumes/{resumeId}/like`.

mod crashes;

use futures::future::join_all;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Key, integer};
use reqwest::Method;
use serde_json::json;

use crate::publishing::{Resume, hub_table, publish, withdraw_quietly};
use crate::{expect_only_members, followed_up, is_called, leaves, like, told, unlike, view, with_one};

#[tokio::test(flavor = "multi_thread")]
async fn ten_likes_of_one_member_at_once_are_one() {
    let maru = with_one().await;
    let answers = join_all((0..10).map(|_| like(&maru, "usr_a", "res_1"))).await;
    for answer in answers {
        assert_eq!(answer.expect(200), json!({ "liked": true, "likes": 1 }));
    }
    assert_eq!(like(&maru, "usr_b", "res_1").await.expect(200)["likes"], 2);
    followed_up(&maru).await;
    let told = told(&maru, "usr_owner").await;
    assert_eq!((told.len(), &told[0]["count"]), (1, &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_count_is_the_number_of_likes_whatever_a_hundred_do_at_once() {
    let maru = with_one().await;
    for member in 0..50 {
        like(&maru, &format!("usr_{member}"), "res_1").await.expect(200);
    }
    // The first fifty take their like back, twice; fifty others like it, twice.
    let wave = (0..50)
        .flat_map(|member| [(member, false), (member, false), (member + 50, true), (member + 50, true)]);
    let answers = wave.map(async |(member, likes)| {
        let member = format!("usr_{member}");
        if likes { like(&maru, &member, "res_1").await } else { unlike(&maru, &member, "res_1").await }
    });
    for answer in join_all(answers).await {
        answer.expect(200);
    }
    assert_eq!(view(&maru, "usr_75", "res_1").await["likes"], 50);
    for (member, liked) in [("usr_10", false), ("usr_60", true)] {
        assert_eq!(view(&maru, member, "res_1").await["liked"], liked);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_is_told_of_others_but_not_of_themselves() {
    let maru = with_one().await;
    is_called(&maru, "usr_a", 1, "한결").await;
    like(&maru, "usr_owner", "res_1").await.expect(200);
    followed_up(&maru).await;
    assert_eq!(told(&maru, "usr_owner").await.len(), 0);
    like(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_a", "res_1").await.expect(200);
    followed_up(&maru).await;
    let told = told(&maru, "usr_owner").await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["kind"], &told[0]["resumeId"], &told[0]["message"]),
        (&json!("LIKE"), &json!("res_1"), &json!("한결님이 ‘제목 res_1’ 이력서를 좋아합니다."))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_like_whose_commit_is_answered_by_nobody_counts_once() {
    let maru = with_one().await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(lost);
    assert_eq!(like(&maru, "usr_a", "res_1").await.expect(200), json!({ "liked": true, "likes": 1 }));
    followed_up(&maru).await;
    assert_eq!(told(&maru, "usr_owner").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_public_cannot_be_liked() {
    let maru = with_one().await;
    withdraw_quietly(&maru, "res_1").await;
    like(&maru, "usr_a", "res_1").await.expect_problem(404, "not_found");
    like(&maru, "usr_a", "res_unknown").await.expect_problem(404, "not_found");
    publish(&maru, &Resume { version: 1_001, ..Resume::new("res_1", "usr_owner") }).await;
    assert_eq!(like(&maru, "usr_b", "res_1").await.expect(200)["likes"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_can_like_ten_thousand_resumes() {
    let maru = with_one().await;
    publish(&maru, &Resume::new("res_2", "usr_owner")).await;
    let table = hub_table(&maru);
    let update = table
        .update(&Key::new("MEMBER#usr_a", "MEMBER"))
        .update_expression("SET likes = :likes")
        .expression_attribute_values(":likes", integer(9_999));
    table.update_if(update).await.unwrap();
    like(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_a", "res_2").await.expect_problem(409, "too_many_likes");
    unlike(&maru, "usr_a", "res_1").await.expect(200);
    like(&maru, "usr_a", "res_2").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_or_closed_it() {
    let maru = with_one().await;
    expect_only_members(&maru, Method::PUT, "/hub/resumes/res_1/like").await;
    leaves(&maru, "usr_a").await;
    like(&maru, "usr_a", "res_1").await.expect_problem(401, "unauthenticated");
    assert_eq!(view(&maru, "usr_b", "res_1").await["likes"], 0);
}
