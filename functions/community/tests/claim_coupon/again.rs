//! A click that is sent again with its `Idempotency-Key`.

use maru_testing::{Answer, Maru};
use reqwest::Method;

use crate::people::{calls, claim, coupon, issue, token, town};

async fn with_key(maru: &Maru, member: &str, coupon: &str, key: &str) -> Answer {
    let request = maru.request(Method::POST, &format!("/coupons/{coupon}/claims"), &token(maru, member));
    Answer::read(request.header("idempotency-key", key).send().await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_the_key_is_given_again_also_after_the_last_piece_and_after_the_end() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(1)).await;
    let first = with_key(&maru, "usr_a", &coupon, "k1").await.expect(201);
    claim(&maru, "usr_b", &coupon).await.expect_problem(409, "sold_out");
    for at in [None, Some("2026-01-15T16:00:00Z")] {
        if let Some(at) = at {
            maru.stack.clock().set(at.parse().unwrap());
        }
        maru.stack.parts().counts.clear();
        let again = with_key(&maru, "usr_a", &coupon, "k1").await;
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.expect(201), first);
        assert!(calls(&maru, "claim_coupon").keys().all(|call| call == "GetItem"));
    }
    // Without it the claim is shown as it stands.
    assert_eq!(claim(&maru, "usr_a", &coupon).await.expect(200)["state"], "expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_for_one_coupon_also_when_the_other_is_sold_out() {
    let maru = town().await;
    let (one, other) = (issue(&maru, &coupon(1)).await, issue(&maru, &coupon(1)).await);
    with_key(&maru, "usr_a", &one, "k1").await.expect(201);
    claim(&maru, "usr_b", &other).await.expect(201);
    claim(&maru, "usr_c", &other).await.expect_problem(409, "sold_out");
    with_key(&maru, "usr_a", &other, "k1").await.expect_problem(422, "idempotency_mismatch");
    with_key(&maru, "usr_a", &other, "k2").await.expect_problem(409, "sold_out");
}
