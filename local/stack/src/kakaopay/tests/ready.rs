//! The beginning of a payment, and what every call has in common.

use super::*;

#[tokio::test]
async fn a_payment_begins_with_a_number_and_a_page_for_each_device() {
    let service = Service::start().await;
    let ready = service.ready("u-1", json!({})).await;
    let tid = ready["tid"].as_str().unwrap();
    assert_eq!(tid.len(), 20);
    let page = format!("{}/online-payment/{tid}", service.base);
    assert_eq!(ready["next_redirect_pc_url"], format!("{page}/info"));
    assert_eq!(ready["next_redirect_mobile_url"], format!("{page}/mInfo"));
    assert_eq!(ready["next_redirect_app_url"], format!("{page}/aInfo"));
    assert_eq!((&ready["created_at"], &ready["tms_result"]), (&"2026-11-21T10:00:00".into(), &false.into()));
    assert_eq!(service.order_status(&ready["tid"]).await, "READY");
}

#[tokio::test]
async fn each_field_that_is_not_as_it_has_to_be_is_refused() {
    let service = Service::start().await;
    for (field, value, code) in [
        ("cid", json!(null), -2),
        ("cid", json!("TC0UNKNOWN"), -731),
        ("cid_secret", json!("x"), -733),
        ("partner_order_id", json!(""), -2),
        ("partner_user_id", json!("x".repeat(101)), -2),
        ("item_name", json!("가".repeat(101)), -2),
        ("item_name", json!(1), -2),
        ("item_code", json!("x".repeat(101)), -2),
        ("quantity", json!(0), -2),
        ("total_amount", json!("19900"), -2),
        ("total_amount", json!(19_900.5), -2),
        ("total_amount", json!(-1), -722),
        ("total_amount", json!(100_000_001), -797),
        ("tax_free_amount", json!(null), -2),
        ("tax_free_amount", json!(19_901), -704),
        ("vat_amount", json!(19_901), -703),
        ("payment_method_type", json!("COIN"), -705),
        ("approval_url", json!("not a url"), -2),
        ("cancel_url", json!("https://evil.test/"), -799),
        ("fail_url", json!(format!("http://localhost/{}", "x".repeat(255))), -2),
    ] {
        let asked = asked("u-1", json!({ field: value }));
        assert_eq!(service.refused("ready", &asked).await, code, "{field}: {value}");
    }
    // A hundred characters are a hundred characters in any script.
    service.ready("u-1", json!({ "item_name": "가".repeat(100) })).await;
}

#[tokio::test]
async fn nothing_to_pay_is_for_payments_that_recur_only() {
    let service = Service::start().await;
    let free = json!({ "cid": "TC0ONETIME", "total_amount": 0 });
    assert_eq!(service.refused("ready", &asked("u-1", free)).await, -722);
    service.ready("u-1", json!({ "total_amount": 0 })).await;
}

#[tokio::test]
async fn only_the_merchants_key_opens_any_call() {
    let service = Service::start().await;
    let calls = [
        "ready",
        "approve",
        "subscription",
        "cancel",
        "order",
        "manage/subscription/status",
        "manage/subscription/inactive",
    ];
    for call in calls {
        for key in ["", "SECRET_KEY", "SECRET_KEY wrong", "KakaoAK local-kakaopay-secret-key"] {
            let request = service.client.post(format!("{}/online/v1/payment/{call}", service.base));
            let (status, answer) = read(request.header("authorization", key).json(&json!({}))).await;
            assert_eq!((status, &answer["error_code"]), (401, &json!(-401)), "{call} {key}");
        }
        assert_eq!(service.refused(call, &json!({})).await, -2, "{call}");
    }
}

#[tokio::test]
async fn both_words_before_a_key_for_development_are_taken_and_forms_are_not() {
    let service = Service::start().await;
    let send = |content_type: &'static str| {
        let request = service.client.post(format!("{}/online/v1/payment/ready", service.base));
        let request = request.header("authorization", format!("DEV_SECRET_KEY {SECRET_KEY}"));
        request.header("content-type", content_type).body(asked("u-1", json!({})).to_string())
    };
    assert_eq!(read(send("application/json;charset=UTF-8")).await.0, 200);
    assert_eq!(read(send("application/x-www-form-urlencoded")).await.1["error_code"], -2);
}
