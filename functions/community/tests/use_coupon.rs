//! `POST /me/coupons/{claimId}/use`.

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::json;

use crate::people::{ask, claim, coupon, expect_members_only, id, issue, leaves, token, town};

async fn with_claim() -> (Maru, String) {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(5)).await;
    let claim = id(&claim(&maru, "usr_a", &coupon).await.expect(201));
    (maru, claim)
}

async fn use_claim(maru: &Maru, member: &str, claim: &str) -> Answer {
    ask(maru, Method::POST, &format!("/me/coupons/{claim}/use"), member).await
}

async fn use_with_key(maru: &Maru, claim: &str, key: &str) -> Answer {
    let request = maru.request(Method::POST, &format!("/me/coupons/{claim}/use"), &token(maru, "usr_a"));
    Answer::read(request.header("idempotency-key", key).send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_uses_at_once_one_is_it() {
    let (maru, claim) = with_claim().await;
    let answers = join_all((0..10).map(|_| use_claim(&maru, "usr_a", &claim))).await;
    let (used, refused): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(used.len(), 1);
    assert_eq!(
        (&used[0].json["state"], &used[0].json["usedAt"]),
        (&json!("used"), &json!("2026-01-15T15:10:00Z"))
    );
    refused.into_iter().for_each(|answer| answer.expect_problem(409, "already_used"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_used_before_its_end() {
    for (at, code) in [("2026-01-15T15:59:59.9Z", None), ("2026-01-15T16:00:00Z", Some("coupon_over"))] {
        let (maru, claim) = with_claim().await;
        maru.stack.clock().set(at.parse().unwrap());
        let answer = use_claim(&maru, "usr_a", &claim).await;
        match code {
            Some(code) => answer.expect_problem(409, code),
            None => drop(answer.expect(200)),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_that_is_sent_again_under_its_key_is_answered_as_it_was() {
    for moment in [Moment::Before, Moment::After] {
        for at_call in 1.. {
            let (maru, claim) = with_claim().await;
            let (crashes, function) = (&maru.stack.parts().crashes, "use_coupon".to_owned());
            crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            let first = use_with_key(&maru, &claim, "k1").await;
            let hit = crashes.hit();
            crashes.disarm();
            assert_eq!(first.status == 200, !hit, "{first:#?}");
            maru.stack.clock().advance(std::time::Duration::from_secs(61));
            let again = use_with_key(&maru, &claim, "k1").await.expect(200);
            assert_eq!(again["state"], "used", "{moment:?} call {at_call}");
            assert_eq!(use_with_key(&maru, &claim, "k1").await.expect(200), again);
            use_with_key(&maru, &claim, "k2").await.expect_problem(409, "already_used");
            if !hit {
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_whose_answer_is_lost_on_the_way_is_one() {
    let (maru, claim) = with_claim().await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("UpdateItem");
    maru.stack.parts().faults.push(lost);
    use_claim(&maru, "usr_a", &claim).await.expect(200);
    use_claim(&maru, "usr_a", &claim).await.expect_problem(409, "already_used");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_does_not_own_it() {
    let (maru, claim) = with_claim().await;
    expect_members_only(&maru, Method::POST, &format!("/me/coupons/{claim}/use")).await;
    use_claim(&maru, "usr_b", &claim).await.expect_problem(404, "not_found");
    use_claim(&maru, "usr_a", "clm_unknown").await.expect_problem(404, "not_found");
    use_claim(&maru, "usr_a", &claim).await.expect(200);
    leaves(&maru, "usr_a").await;
    use_claim(&maru, "usr_a", &claim).await.expect_problem(404, "not_found");
}
