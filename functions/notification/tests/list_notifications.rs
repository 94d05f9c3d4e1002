//! `GET /notifications`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{OWNER, comments, expect_only_members, likes, list, mark, paid, pass, start, tell, token, told};

const PATH: &str = "/notifications";

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_says_what_happened_in_fields_and_in_a_sentence() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    pass(&maru, 60);
    likes(&maru, "m2", "usr_b").await;
    let told = told(&maru).await;
    let expected = json!([{
        "id": told[0]["id"], "kind": "LIKE", "resumeId": "res_1", "resumeTitle": "백엔드 개발자",
        "actorNickname": "이름 usr_b", "count": 2,
        "message": "이름 usr_b님 외 1명이 ‘백엔드 개발자’ 이력서를 좋아합니다.",
        "read": false, "createdAt": "2026-01-15T15:10:00Z", "updatedAt": "2026-01-15T15:11:00Z",
    }]);
    assert_eq!(Value::Array(told), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_payments_has_the_fields_of_its_kind_and_no_others() {
    for (kind, said, message) in [
        (
            "PAYMENT_RECEIVED",
            json!({ "amount": 19_900, "paidThrough": "2026-03-05" }),
            "PRO 요금 19,900원이 결제되었습니다. 3월 5일까지 이용할 수 있습니다.",
        ),
        (
            "PAYMENT_DECLINED",
            json!({ "amount": 19_900, "retryOn": "2026-03-05" }),
            "PRO 요금 19,900원이 결제되지 않았습니다. 3월 5일에 다시 결제합니다. 카카오페이의 결제 수단을 확인해 \
             주세요.",
        ),
        ("PLAN_ENDED", json!({ "because": "ASKED" }), "요청하신 대로 PRO가 끝났습니다. 지금은 FREE입니다."),
        ("PAYMENT_REFUNDED", json!({ "amount": 19_900 }), "PRO 요금 19,900원이 환불되었습니다."),
    ] {
        let maru = start().await;
        tell(&maru, &[("m1", paid(&maru, kind, &said))]).await;
        let told = told(&maru).await;
        let mut expected = json!({
            "id": told[0]["id"], "kind": kind, "message": message, "read": false,
            "createdAt": "2026-01-15T15:10:00Z", "updatedAt": "2026-01-15T15:10:00Z",
        });
        expected.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        assert_eq!(Value::Array(told), json!([expected]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_give_each_notification_once_the_newest_first() {
    let maru = start().await;
    for number in 0..7 {
        comments(&maru, &format!("m{number}"), &format!("usr_{number}")).await;
        pass(&maru, 1);
    }
    let all = told(&maru).await;
    mark(&maru, OWNER, &all[1], true).await.expect(200);
    mark(&maru, OWNER, &all[4], true).await.expect(200);
    for (query, expected) in [("", vec![0, 1, 2, 3, 4, 5, 6]), ("&unread=true", vec![0, 2, 3, 5, 6])] {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("{PATH}?limit=2{query}{cursor}");
            let page = maru.get(&path, &token(&maru, OWNER)).await.expect(200);
            found.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let expected: Vec<Value> =
            expected.into_iter().map(|place: usize| all[place]["id"].clone()).collect();
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(list(&maru, "?unread=false").await.len(), 7, "as if it were not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_ninety_days_is_gone_by_the_clock() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    pass(&maru, 90 * 24 * 60 * 60 - 1);
    assert_eq!((told(&maru).await.len(), list(&maru, "?unread=true").await.len()), (1, 1));
    pass(&maru, 2);
    assert_eq!((told(&maru).await.len(), list(&maru, "?unread=true").await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_no_account_and_shows_nobody_what_others_were_told() {
    let maru = start().await;
    expect_only_members(&maru, Method::GET, PATH).await;
    for number in 0..3 {
        comments(&maru, &format!("m{number}"), "usr_a").await;
    }
    let (owner, other) = (token(&maru, OWNER), token(&maru, "usr_a"));
    assert_eq!(maru.get(PATH, &other).await.expect(200)["items"], json!([]));
    let page = maru.get(&format!("{PATH}?limit=1"), &owner).await.expect(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    maru.get(&format!("{PATH}?cursor={cursor}"), &owner).await.expect(200);
    maru.get(&format!("{PATH}?cursor={cursor}"), &other).await.expect_problem(400, "invalid_cursor");
    maru.get(&format!("{PATH}?cursor={cursor}&unread=true"), &owner)
        .await
        .expect_problem(400, "invalid_cursor");
    for query in ["unread=1", "limit=0", "limit=101", "page=2"] {
        maru.get(&format!("{PATH}?{query}"), &owner).await.expect_problem(400, "invalid_query");
    }
}
