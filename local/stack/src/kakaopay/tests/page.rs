//! The page on which a person pays.

use super::*;

impl Service {
    async fn page(&self, ready: &Value) -> (u16, String) {
        let page = self.client.get(ready["next_redirect_pc_url"].as_str().unwrap()).send().await.unwrap();
        (page.status().as_u16(), page.text().await.unwrap())
    }
}

#[tokio::test]
async fn whoever_pays_comes_back_with_a_token_behind_the_merchants_own_query() {
    let service = Service::start().await;
    let ready = service.ready("u-1", json!({})).await;
    let (status, text) = service.page(&ready).await;
    assert_eq!(status, 200);
    for shown in ["마루 PRO", "19,900원", "value=\"CARD\"", "value=\"MONEY\"", "value=\"monthly_limit\""] {
        assert!(text.contains(shown), "{shown}");
    }
    assert_eq!(service.order_status(&ready["tid"]).await, "OPEN_PAYMENT");
    let back = service.choose(&ready, "action=pay&card=good&method=MONEY").await;
    let token = back.query().unwrap().strip_prefix("state=s%26t&pg_token=").unwrap();
    assert_eq!((back.path(), token.len()), ("/billing/kakaopay/approve", 20));
    assert_eq!(service.order_status(&ready["tid"]).await, "AUTH_PASSWORD");
    assert_eq!(service.total().await, 0);
}

#[tokio::test]
async fn going_back_and_failing_lead_their_own_ways_and_end_the_payment() {
    let service = Service::start().await;
    for (action, path, status) in [
        ("cancel", "/billing/kakaopay/cancel", "QUIT_PAYMENT"),
        ("fail", "/billing/kakaopay/fail", "FAIL_PAYMENT"),
    ] {
        let ready = service.ready("u-1", json!({})).await;
        let back = service.choose(&ready, &format!("action={action}")).await;
        assert_eq!((back.path(), back.query()), (path, Some("state=s")));
        assert_eq!(service.order_status(&ready["tid"]).await, status);
        assert_eq!(service.page(&ready).await.0, 409);
        assert_eq!(service.send_form(&ready, "action=pay").await.status(), 409);
    }
}

#[tokio::test]
async fn the_page_is_open_for_fifteen_minutes() {
    let service = Service::start().await;
    let ready = service.ready("u-1", json!({})).await;
    service.clock.advance(Duration::from_secs(15 * 60 - 1));
    assert_eq!(service.page(&ready).await.0, 200);
    service.clock.advance(Duration::from_secs(1));
    assert_eq!(service.page(&ready).await.0, 410);
    assert_eq!(service.send_form(&ready, "action=pay").await.status(), 410);
}

#[tokio::test]
async fn a_merchant_who_takes_one_method_is_paid_by_that_one() {
    let service = Service::start().await;
    let money = json!({ "payment_method_type": "MONEY" });
    let ready = service.ready("u-1", money.clone()).await;
    assert!(!service.page(&ready).await.1.contains("value=\"CARD\""));
    assert_eq!(service.approved("u-1", "good", money).await["payment_method_type"], "MONEY");
}

#[tokio::test]
async fn what_is_no_payment_or_no_choice_is_refused_and_nothing_shown_becomes_markup() {
    let service = Service::start().await;
    let ready = service.ready("u-1", json!({ "item_name": "<script>1</script>" })).await;
    assert!(!service.page(&ready).await.1.contains("<script>"));
    for form in ["", "action=steal", "action=pay&card=golden"] {
        assert_eq!(service.send_form(&ready, form).await.status(), 400, "{form}");
    }
    let nobodys = json!({ "next_redirect_pc_url": format!("{}/online-payment/T0/info", service.base) });
    assert_eq!(service.page(&nobodys).await.0, 404);
}
