//! `POST /coupons/{couponId}/claims`.

mod again;
mod crowd;
mod crowded;
mod writes;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_lambda::day_in_seoul;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::Key;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::json;

use crate::people::{calls, claim, coupon, expect_members_only, id, issue, leaves, read, table, token, town};

/// A mission of today is verified for a member, as the missions note it.
async fn did_a_mission(maru: &Maru, member: &str) {
    let day = day_in_seoul(maru.stack.clock().now());
    let key = Key::new(format!("MEMBER#{member}"), format!("MISSION-DAY#{day}"));
    table(maru).put_new(&key, &json!({ "assignment": "asg_1" })).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_claims_again_is_given_the_same_claim() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(1)).await;
    let first = claim(&maru, "usr_a", &coupon).await.expect(201);
    assert!(id(&first).starts_with("clm_"));
    let expected = json!({
        "id": first["id"], "couponId": coupon, "name": "자유이용권 반값",
        "discount": { "kind": "PERCENTAGE", "value": 50 }, "state": "usable", "claimedAt": "2026-01-15T15:10:00Z",
        "usedAt": null, "closesAt": "2026-01-15T16:00:00Z",
    });
    assert_eq!(first, expected);
    assert_eq!(claim(&maru, "usr_a", &coupon).await.expect(200), first);
    claim(&maru, "usr_b", &coupon).await.expect_problem(409, "sold_out");
    assert_eq!(claim(&maru, "usr_a", &coupon).await.expect(200), first);
    maru.stack.clock().set("2026-01-15T16:00:00Z".parse().unwrap());
    assert_eq!(claim(&maru, "usr_a", &coupon).await.expect(200)["state"], "expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_can_be_claimed_from_its_opening_until_before_its_end() {
    let maru = town().await;
    let mut body = coupon(100);
    body["opensAt"] = json!("2026-01-15T15:30:00Z");
    let coupon = issue(&maru, &body).await;
    for (at, code) in [
        ("2026-01-15T15:29:59.999999Z", Some("not_open_yet")),
        ("2026-01-15T15:30:00Z", None),
        ("2026-01-15T15:59:59.999Z", None),
        ("2026-01-15T16:00:00Z", Some("coupon_over")),
    ] {
        maru.stack.clock().set(at.parse().unwrap());
        let answer = claim(&maru, &format!("usr_at_{at}"), &coupon).await;
        match code {
            Some(code) => answer.expect_problem(409, code),
            None => drop(answer.expect(201)),
        }
    }
    claim(&maru, "usr_a", "cpn_unknown").await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_of_today_is_asked_for_and_not_one_of_yesterday() {
    let maru = town().await;
    let mut body = coupon(2);
    (body["condition"], body["closesAt"]) = (json!("MISSION_TODAY"), json!("2026-01-17T00:00:00Z"));
    let coupon = issue(&maru, &body).await;
    claim(&maru, "usr_a", &coupon).await.expect_problem(409, "mission_missing");
    did_a_mission(&maru, "usr_a").await;
    did_a_mission(&maru, "usr_b").await;
    claim(&maru, "usr_a", &coupon).await.expect(201);
    // Midnight in Seoul.
    maru.stack.clock().set("2026-01-16T15:00:00Z".parse().unwrap());
    claim(&maru, "usr_b", &coupon).await.expect_problem(409, "mission_missing");
    claim(&maru, "usr_a", &coupon).await.expect(200);
    did_a_mission(&maru, "usr_b").await;
    claim(&maru, "usr_b", &coupon).await.expect(201);
    did_a_mission(&maru, "usr_c").await;
    claim(&maru, "usr_c", &coupon).await.expect_problem(409, "sold_out");
}

/// At any of its calls the function dies; whoever claimed sends it again, with or without a key.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_dies_takes_one_piece_or_none_and_is_given_when_sent_again() {
    for key in [None, Some("k1")] {
        for moment in [Moment::Before, Moment::After] {
            for at_call in 1.. {
                let maru = town().await;
                let coupon = issue(&maru, &coupon(2)).await;
                let send = async || {
                    let path = format!("/coupons/{coupon}/claims");
                    let request = maru.request(Method::POST, &path, &token(&maru, "usr_a"));
                    let request =
                        key.iter().fold(request, |request, key| request.header("idempotency-key", *key));
                    Answer::read(request.send().await.unwrap()).await
                };
                let (crashes, function) = (&maru.stack.parts().crashes, "claim_coupon".to_owned());
                crashes.arm(CrashPlan { function, at_call, operation: None, moment });
                let first = send().await;
                let hit = crashes.hit();
                crashes.disarm();
                assert_eq!(first.status == 201, !hit, "{first:#?}");
                maru.stack.clock().advance(std::time::Duration::from_secs(61));
                let again = send().await;
                assert!([200, 201].contains(&again.status), "{again:#?}");
                // The other piece is there for one other, and no more.
                claim(&maru, "usr_b", &coupon).await.expect(201);
                claim(&maru, "usr_c", &coupon).await.expect_problem(409, "sold_out");
                let own = read(&maru, "/me/coupons", "usr_a").await;
                assert_eq!(own["items"].as_array().unwrap().len(), 1, "{moment:?} call {at_call}");
                if !hit {
                    break;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_whose_commit_is_answered_by_nobody_takes_one_piece() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(2)).await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(lost);
    claim(&maru, "usr_a", &coupon).await.expect(201);
    claim(&maru, "usr_b", &coupon).await.expect(201);
    claim(&maru, "usr_c", &coupon).await.expect_problem(409, "sold_out");
}

/// A database that does not answer is no reason to say that nothing is left.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_sold_out_by_a_database_that_fails() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(2)).await;
    let refused =
        Fault::new(FaultTarget::Database, FaultKind::Throttle, 3).of_operation("TransactWriteItems");
    maru.stack.parts().faults.push(refused);
    claim(&maru, "usr_a", &coupon).await.expect_problem(503, "unavailable");
    claim(&maru, "usr_a", &coupon).await.expect(201);
    claim(&maru, "usr_b", &coupon).await.expect(201);
}

/// A mark only saves others a look.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_cannot_be_written_changes_no_answer() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(1)).await;
    let no_marks = || {
        let refused = Fault::new(FaultTarget::Database, FaultKind::Throttle, 3).of_operation("UpdateItem");
        maru.stack.parts().faults.push(refused);
    };
    no_marks();
    claim(&maru, "usr_a", &coupon).await.expect(201);
    assert_eq!(read(&maru, "/coupons", "").await["items"][0]["left"], "some");
    no_marks();
    claim(&maru, "usr_b", &coupon).await.expect_problem(409, "sold_out");
    assert_eq!(read(&maru, "/coupons", "").await["items"][0]["left"], "some");
    claim(&maru, "usr_b", &coupon).await.expect_problem(409, "sold_out");
    assert_eq!(read(&maru, "/coupons", "").await["items"][0]["left"], "none");
}

/// Two who marked the last shares at once, each without having seen the other's mark.
#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_whose_shares_are_all_marked_is_sold_out() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(2)).await;
    let table = table(&maru);
    let update = table.update(&Key::new(format!("COUPON#{coupon}"), "COUPON"));
    let marks = AttributeValue::Ns(vec!["0".to_owned()]);
    let update =
        update.update_expression("SET emptied = :marks").expression_attribute_values(":marks", marks);
    table.update_if(update).await.unwrap();
    maru.stack.parts().counts.clear();
    claim(&maru, "usr_a", &coupon).await.expect_problem(409, "sold_out");
    assert_eq!(calls(&maru, "claim_coupon").into_iter().collect::<Vec<_>>(), [("GetItem".to_owned(), 2)]);
    assert_eq!(read(&maru, "/coupons", "").await["items"][0]["left"], "none");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_or_closed_it() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(2)).await;
    expect_members_only(&maru, Method::POST, &format!("/coupons/{coupon}/claims")).await;
    leaves(&maru, "usr_a").await;
    claim(&maru, "usr_a", &coupon).await.expect_problem(401, "unauthenticated");
    for member in ["usr_b", "usr_c"] {
        claim(&maru, member, &coupon).await.expect(201);
    }
}
