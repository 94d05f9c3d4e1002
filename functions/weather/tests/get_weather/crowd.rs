//! Many at once.

use std::collections::HashSet;

use maru_stack::faults::FaultKind;
use maru_testing::Answer;
use reqwest::Method;

use crate::{BUSAN, SEOUL, asked, befall, look, setup, wait};

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
