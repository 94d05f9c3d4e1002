//! The entries of a resume that is published or changes.

use maru_document::{Position, SchoolType};
use serde_json::json;

use crate::publishing::{Resume, entries, publish, publish_quietly, while_listing, withdraw};
use crate::{happens, ids, setup};

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_changes_leaves_the_lists_that_it_fits_no_more() {
    let maru = setup().start().await;
    let list = async |query: &str| ids(&maru.get(&format!("/hub/resumes?{query}"), "").await.expect(200));
    let first = Resume { school_types: vec![SchoolType::Master], ..Resume::new("res_1", "usr_owner") };
    publish(&maru, &first).await;
    assert_eq!(list("position=BACKEND&schoolType=MASTER").await, ["res_1"]);
    let second = Resume {
        position: Position::Ai,
        school_types: vec![SchoolType::Doctor, SchoolType::University],
        version: 2,
        ..first
    };
    publish(&maru, &second).await;
    for (query, count) in [
        ("position=BACKEND", 0),
        ("schoolType=MASTER", 0),
        ("position=AI", 1),
        ("schoolType=DOCTOR", 1),
        ("position=AI&schoolType=UNIVERSITY&sort=views", 1),
        ("", 1),
    ] {
        assert_eq!(list(query).await.len(), count, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_come_twice_late_or_in_another_order_change_nothing() {
    let maru = setup().start().await;
    let resume = Resume::new("res_1", "usr_owner");
    publish(&maru, &resume).await;
    withdraw(&maru, &resume).await;
    let published = json!({ "resumeId": "res_1", "ownerId": "usr_owner", "version": 1 });
    for _ in 0..2 {
        happens(&maru, "on_resume_published", "resume.published", &published).await;
    }
    assert_eq!(maru.get("/hub/resumes", "").await.expect(200)["items"], json!([]));
    publish(&maru, &Resume { version: 1_001, ..resume }).await;
    happens(&maru, "on_resume_withdrawn", "resume.withdrawn", &published).await;
    assert_eq!(ids(&maru.get("/hub/resumes", "").await.expect(200)), ["res_1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_leave_each_resume_in_each_list_once() {
    let maru = setup().start().await;
    publish(&maru, &Resume::new("res_1", "usr_owner")).await;
    let news = json!({ "resumeId": "res_1", "ownerId": "usr_owner", "version": 1 });
    let all = (0..10).map(|member| {
        let (maru, news) = (&maru, &news);
        async move {
            crate::like(maru, &format!("usr_{member}"), "res_1").await.expect(200);
            happens(maru, "on_resume_published", "resume.published", news).await;
        }
    });
    futures::future::join_all(all).await;
    crate::followed_up(&maru).await;
    for sort in ["recent", "likes", "views"] {
        assert_eq!(
            crate::pages(&maru, &format!("/hub/resumes?sort={sort}"), "", 1).await,
            ["res_1"],
            "{sort}"
        );
    }
}

/// Whoever saw the resume public is slower than whoever finds it in no list, as it should be.
#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_is_private_again_at_once_comes_into_no_list() {
    let maru = setup().start().await;
    let resume = Resume::new("res_1", "usr_owner");
    publish_quietly(&maru, &resume).await;
    let again = Box::pin(withdraw(&maru, &resume));
    while_listing(&maru, "on_resume_published", "resume.published", again).await;
    assert_eq!(entries(&maru).await, 0);
}
