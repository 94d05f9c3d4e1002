//! Many at once.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_stack::faults::FaultKind;
use maru_testing::Answer;
use reqwest::Method;

use crate::{
    BUSAN, DAEJEON, GWANGJU, OTHER, OWNER, SEOUL, asked, befall, item, look, number, set, setup, taken, wait,
    were_taken,
};

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_make_one_set_of_calls_and_all_see_the_same_weather() {
    let maru = setup().start().await;
    look(&maru, "", BUSAN).await;
    let one_set = asked(&maru);
    // Long enough for all fifty to come while the first one waits.
    befall(&maru, "kma", FaultKind::Delay, 20, 500);
    let requests = (0..50).map(|_| async {
        let request = maru.request(Method::GET, SEOUL, "");
        Answer::read(request.send().await.unwrap()).await.expect(200)
    });
    let seen = futures::future::join_all(requests).await;
    assert_eq!(asked(&maru), one_set.map(|calls| 2 * calls));
    let different: HashSet<String> = seen.iter().map(ToString::to_string).collect();
    assert_eq!((seen.len(), different.len()), (50, 1));
    assert_eq!((seen[0]["hours"].as_array().unwrap().len(), &seen[0]["stale"]), (6, &false.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_one_fetches_the_others_are_shown_what_is_known() {
    let maru = setup().start().await;
    look(&maru, "", SEOUL).await;
    maru.stack.parts().faults.clear();
    wait(&maru, 60);
    befall(&maru, "kma", FaultKind::Delay, 20, 2_000);
    let first = tokio::spawn({
        let request = maru.request(Method::GET, SEOUL, "");
        async move { Answer::read(request.send().await.unwrap()).await.expect(200) }
    });
    // The first one has its calls under way.
    let calls = |maru: &maru_testing::Maru| asked(maru)[0];
    for _ in 0..500 {
        if calls(&maru) == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let other = look(&maru, "", SEOUL).await;
    assert!(!first.is_finished(), "the other was not kept waiting");
    assert_eq!((&other["stale"], &other["observedAt"]), (&true.into(), &"2026-01-15T15:00:00Z".into()));
    let first = first.await.unwrap();
    assert_eq!((&first["stale"], &first["observedAt"]), (&false.into(), &"2026-01-15T16:00:00Z".into()));
    assert_eq!(calls(&maru), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_took_longer_than_the_lease_keeps_the_edition_and_leaves_another_theirs() {
    let maru = setup().start().await;
    let key = ("CELL#60,127", "OBSERVATION");
    befall(&maru, "kma", FaultKind::Delay, 20, 1_500);
    let first = tokio::spawn({
        let request = maru.request(Method::GET, SEOUL, "");
        async move { Answer::read(request.send().await.unwrap()).await.expect(200) }
    });
    for _ in 0..500 {
        if asked(&maru)[0] == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    // Meanwhile it ran out, and another has it: until then, and knows that one is late.
    let another = 1_768_489_900_000_i64;
    for (name, value) in [("leaseUntil", another), ("askAgainAt", 7), ("late", 8)] {
        set(&maru, key, name, AttributeValue::N(value.to_string())).await;
    }
    first.await.unwrap();
    assert!(item(&maru, key).await.contains_key("edition"));
    for (name, value) in [("leaseUntil", another), ("askAgainAt", 7), ("late", 8)] {
        assert_eq!(number(&maru, key, name).await, Some(value), "{name}");
    }
    for sk in ["ULTRA_SHORT", "SHORT"] {
        assert_eq!(number(&maru, (key.0, sk), "leaseUntil").await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_behind_one_address_are_counted_each_for_themselves_and_in_a_day_too() {
    let maru = setup().start().await;
    were_taken(&maru, ("weather-fetches", "127.0.0.1"), 60).await;
    were_taken(&maru, ("weather-fetches", OWNER), 59).await;
    were_taken(&maru, ("weather-fetches-of-day", OTHER), 300).await;
    maru.get(SEOUL, "").await.expect_problem(429, "too_many_requests");
    assert_eq!(look(&maru, OWNER, SEOUL).await["stale"], false);
    maru.get(BUSAN, &crate::token(&maru, OWNER)).await.expect_problem(429, "too_many_requests");
    maru.get(BUSAN, &crate::token(&maru, OTHER)).await.expect_problem(429, "too_many_requests");
    assert_eq!(taken(&maru, ("weather-fetches", OTHER)).await, 0, "one limit is not used up by another");
    look(&maru, OTHER, SEOUL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_our_own_pace_refuses_is_nobodys_fetch() {
    let maru = setup().start().await;
    for path in [SEOUL, BUSAN, DAEJEON] {
        look(&maru, "", path).await;
    }
    maru.get(GWANGJU, &crate::token(&maru, OWNER)).await.expect_problem(503, "weather_unavailable");
    for limit in ["weather-fetches", "weather-fetches-of-day"] {
        assert_eq!(taken(&maru, (limit, OWNER)).await, 0, "{limit}");
    }
    assert_eq!(taken(&maru, ("kma-calls", "forecast")).await, 12);
    assert_eq!(taken(&maru, ("weather-fetches", "127.0.0.1")).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_walks_over_the_grid_is_stopped_and_still_shown_what_is_known() {
    let maru = setup().start().await;
    let place = |step: u32| format!("/weather?lat={}&lon=127.5", 34.0 + f64::from(step) * 0.06);
    let mut stopped = None;
    for step in 0..62 {
        // No more at once than the service answers.
        maru.stack.clock().advance(std::time::Duration::from_secs(1));
        let answer = maru.get(&place(step), "").await;
        if answer.status != 200 {
            stopped = Some((step, answer));
            break;
        }
    }
    let (step, answer) = stopped.unwrap();
    assert!(answer.headers.contains_key("retry-after"), "{answer:?}");
    answer.expect_problem(429, "too_many_requests");
    assert_eq!(step, 60);
    look(&maru, "", &place(0)).await;
    wait(&maru, 60);
    look(&maru, "", &place(step)).await;
}
