//! What is not public any more is in no list, although its entries are still there.

use maru_document::{Position, SchoolType};
use maru_testing::Maru;

use super::PATH;
use crate::publishing::{Resume, publish, publish_quietly, withdraw_quietly};
use crate::{ids, leaves, like, pages, setup, token};

async fn with_ten() -> Maru {
    let maru = setup().start().await;
    for number in 0..10 {
        publish(&maru, &Resume::new(&format!("res_{number}"), "usr_owner")).await;
        like(&maru, "usr_a", &format!("res_{number}")).await.expect(200);
    }
    maru
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_gone_from_every_list_before_the_news_of_it_arrive() {
    let maru = with_ten().await;
    withdraw_quietly(&maru, "res_5").await;
    let token = token(&maru, "usr_a");
    for sort in ["recent", "likes", "views"] {
        for filter in ["", "&position=BACKEND", "&liked=true", "&position=BACKEND&liked=true"] {
            let found = pages(&maru, &format!("{PATH}?sort={sort}{filter}"), &token, 3).await;
            assert_eq!(found.len(), 9, "{sort}{filter}");
            assert!(!found.contains(&"res_5".to_owned()), "{sort}{filter}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_filled_up_and_paging_goes_on_when_resumes_are_withdrawn_in_between() {
    let maru = with_ten().await;
    let first = maru.get(&format!("{PATH}?limit=4"), "").await.expect(200);
    assert_eq!(ids(&first), ["res_9", "res_8", "res_7", "res_6"]);
    for id in ["res_6", "res_5", "res_3", "res_1"] {
        withdraw_quietly(&maru, id).await;
    }
    let next = first["nextCursor"].as_str().unwrap();
    let second = maru.get(&format!("{PATH}?limit=4&cursor={next}"), "").await.expect(200);
    assert_eq!(
        (ids(&second), &second["nextCursor"]),
        (vec!["res_4".into(), "res_2".into(), "res_0".into()], &().into())
    );
}

/// Reads are bounded: many entries of withdrawn resumes one after the other give a shorter page that goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_row_of_withdrawn_resumes_shortens_a_page_but_loses_nothing() {
    let maru = with_ten().await;
    for number in 1..10 {
        withdraw_quietly(&maru, &format!("res_{number}")).await;
    }
    let first = maru.get(&format!("{PATH}?limit=1"), "").await.expect(200);
    assert!(ids(&first).is_empty() && first["nextCursor"].is_string(), "{first:#}");
    let (mut found, mut cursor, mut pages) = (Vec::new(), first["nextCursor"].clone(), 1);
    while let Some(next) = cursor.as_str() {
        let page = maru.get(&format!("{PATH}?limit=1&cursor={next}"), "").await.expect(200);
        found.extend(ids(&page));
        (cursor, pages) = (page["nextCursor"].clone(), pages + 1);
    }
    assert_eq!((found, pages), (vec!["res_0".to_owned()], 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_fits_no_more_is_gone_from_the_list_before_the_news_of_it_arrive() {
    let maru = setup().start().await;
    let school_types = vec![SchoolType::Master];
    publish(&maru, &Resume { school_types, ..Resume::new("res_1", "usr_owner") }).await;
    let changed = Resume { position: Position::Ai, version: 2, ..Resume::new("res_1", "usr_owner") };
    publish_quietly(&maru, &changed).await;
    for (query, found) in [("position=BACKEND", 0), ("schoolType=MASTER", 0), ("sort=likes", 1)] {
        assert_eq!(ids(&maru.get(&format!("{PATH}?{query}"), "").await.expect(200)).len(), found, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_resumes_of_somebody_who_left_are_gone_although_they_are_not_withdrawn_yet() {
    let maru = with_ten().await;
    publish(&maru, &Resume::new("res_other", "usr_other")).await;
    leaves(&maru, "usr_owner").await;
    assert_eq!(ids(&maru.get(PATH, "").await.expect(200)), ["res_other"]);
    maru.get(&format!("{PATH}/res_1"), "").await.expect_problem(404, "not_found");
}
