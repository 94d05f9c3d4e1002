//! At 00:20 in Seoul: `cron_reconcile_coupons`.

use maru_store::{Key, integer};
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::people::{claim, coupon, issue, table, town};

async fn night(maru: &Maru) -> Value {
    maru.stack.run_scheduled("cron_reconcile_coupons").await.unwrap().answer
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Counted {
    stock: u32,
    issued: u32,
    left: u32,
    difference: u32,
}

async fn counted(maru: &Maru, coupon: &str, day: &str) -> Option<Counted> {
    let key = Key::new(format!("COUPON#{coupon}"), format!("COUNTED#{day}"));
    table(maru).get(&key, true).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn issued_and_left_are_the_stock_as_long_as_anything_can_happen_and_once_after() {
    let maru = town().await;
    let coupon = issue(&maru, &coupon(130)).await;
    for member in 0..7 {
        claim(&maru, &format!("usr_{member}"), &coupon).await.expect(201);
    }
    for (at, day, coupons) in [
        ("2026-01-15T15:20:00Z", "2026-01-16", 1),
        ("2026-01-16T15:20:00Z", "2026-01-17", 1),
        ("2026-01-18T16:20:00Z", "2026-01-19", 0),
    ] {
        maru.stack.clock().set(at.parse().unwrap());
        assert_eq!(night(&maru).await, json!({ "coupons": coupons, "differing": 0 }));
        let expected = (coupons == 1).then_some(Counted { stock: 130, issued: 7, left: 123, difference: 0 });
        assert_eq!(counted(&maru, &coupon, day).await, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_has_not_opened_is_left_out_and_so_is_what_a_try_before_counted() {
    let maru = town().await;
    let mut coming = coupon(10);
    (coming["opensAt"], coming["closesAt"]) =
        (json!("2026-01-15T15:10:00.001Z"), json!("2026-01-17T00:00:00Z"));
    let coming = issue(&maru, &coming).await;
    let first = issue(&maru, &coupon(10)).await;
    assert_eq!(night(&maru).await["coupons"], 1);
    assert_eq!(counted(&maru, &coming, "2026-01-16").await, None);
    claim(&maru, "usr_a", &first).await.expect(201);
    let second = issue(&maru, &coupon(10)).await;
    assert_eq!(night(&maru).await["coupons"], 1);
    let issued =
        async |coupon: &str| counted(&maru, coupon, "2026-01-16").await.map(|counted| counted.issued);
    assert_eq!((issued(&first).await, issued(&second).await), (Some(0), Some(0)));
    // A later firing of the day counts all anew.
    maru.stack.clock().advance(std::time::Duration::from_secs(1));
    assert_eq!(night(&maru).await["coupons"], 3);
    assert_eq!(issued(&first).await, Some(1));
}

/// Whatever is wrong with the data, be it lost, made up or doubled.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_agree_is_found() {
    let maru = town().await;
    let mut coupons = Vec::new();
    for _ in 0..4 {
        let coupon = issue(&maru, &coupon(10)).await;
        for member in ["usr_a", "usr_b"] {
            claim(&maru, member, &coupon).await.expect(201);
        }
        coupons.push(coupon);
    }
    let table = table(&maru);
    for (coupon, left) in [(&coupons[0], 7), (&coupons[1], 9), (&coupons[2], 11)] {
        let update = table.update(&Key::new(format!("COUPON#{coupon}#0"), "SHARE"));
        let update = update.update_expression("SET remaining = :left");
        table.update_if(update.expression_attribute_values(":left", integer(left))).await.unwrap();
    }
    assert_eq!(night(&maru).await, json!({ "coupons": 4, "differing": 3 }));
    let expected = [(7, 1), (9, 1), (11, 3), (8, 0)];
    for (coupon, (left, difference)) in coupons.iter().zip(expected) {
        let counted = counted(&maru, coupon, "2026-01-16").await;
        assert_eq!(counted, Some(Counted { stock: 10, issued: 2, left, difference }));
    }
}
