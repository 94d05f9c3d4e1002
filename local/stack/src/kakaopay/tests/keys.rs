//! Billing keys: how they stand, how they end, and the wallet in which they are changed.

use super::*;

impl Service {
    async fn pay_with(&self, user: &str, card: &str) -> Answer {
        read(self.client.put(format!("{}/wallet/{user}", self.base)).json(&json!({ "card": card }))).await
    }
}

#[tokio::test]
async fn a_key_is_active_until_it_is_ended_for_good() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    let active = service.key_status(&sid).await;
    let expected = json!({
        "available": true, "cid": "TCSUBSCRIP", "sid": sid, "status": "ACTIVE", "payment_method_type": "CARD",
        "item_name": "마루 PRO", "use_point_status": "NOT_USED",
        "created_at": "2026-11-21T10:00:00", "last_approved_at": "2026-11-21T10:00:00",
    });
    assert_eq!(active, expected);
    service.clock.advance(Duration::from_secs(60));
    let key = json!({ "cid": "TCSUBSCRIP", "sid": sid });
    let ended = service.done("manage/subscription/inactive", &key).await;
    let expected = json!({
        "cid": "TCSUBSCRIP", "sid": sid, "status": "INACTIVE", "created_at": "2026-11-21T10:00:00",
        "last_approved_at": "2026-11-21T10:00:00", "inactivated_at": "2026-11-21T10:01:00",
    });
    assert_eq!(ended, expected);
    let status = service.key_status(&sid).await;
    assert_eq!((&status["available"], &status["status"]), (&json!(false), &json!("INACTIVE")));
    assert_eq!(service.refused("manage/subscription/inactive", &key).await, -751);
}

#[tokio::test]
async fn an_unknown_key_has_neither_status_nor_end() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    for call in ["manage/subscription/status", "manage/subscription/inactive"] {
        let unknown = json!({ "cid": "TCSUBSCRIP", "sid": "S0000000000000000000" });
        assert_eq!(service.refused(call, &unknown).await, -750);
        assert_eq!(service.refused(call, &json!({ "cid": "TC0ONETIME", "sid": sid })).await, -731);
    }
}

#[tokio::test]
async fn a_person_changes_how_later_charges_go_and_back_again() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    let other = service.subscribed("u-2", "good").await;
    for (card, code) in
        [("declined", -782), ("declined_later", -782), ("monthly_limit", -752), ("over_limit", -797)]
    {
        let (status, keys) = service.pay_with("u-1", card).await;
        assert_eq!((status, &keys[0]["card"], &keys[0]["status"]), (200, &json!(card), &json!("ACTIVE")));
        assert_eq!(service.refused("subscription", &charge("u-1", &sid, json!({}))).await, code, "{card}");
    }
    service.pay_with("u-1", "good").await;
    service.done("subscription", &charge("u-1", &sid, json!({}))).await;
    service.done("subscription", &charge("u-2", &other, json!({}))).await;
    assert_eq!(service.total().await, 4 * PRICE);
}

#[tokio::test]
async fn no_card_brings_back_a_key_that_its_owner_took_away() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    assert_eq!(service.pay_with("u-1", "withdrawn").await.1[0]["status"], "INACTIVE");
    service.pay_with("u-1", "good").await;
    assert_eq!(service.refused("subscription", &charge("u-1", &sid, json!({}))).await, -751);
}

#[tokio::test]
async fn the_wallet_knows_nobody_without_a_key_and_no_other_cards() {
    let service = Service::start().await;
    assert_eq!(service.pay_with("u-1", "good").await.0, 404);
    service.subscribed("u-1", "good").await;
    assert_eq!(service.pay_with("u-1", "golden").await.0, 400);
    let keys = read(service.client.get(format!("{}/wallet/u-1", service.base))).await;
    assert_eq!((keys.0, &keys.1[0]["lastApprovedAt"]), (200, &json!("2026-11-21T01:00:00Z")));
}

#[tokio::test]
async fn the_wallets_page_changes_one_key() {
    let service = Service::start().await;
    let sid = service.subscribed("<u-1>", "good").await;
    let wallet = format!("{}/wallet", service.base);
    let text = service.client.get(&wallet).send().await.unwrap().text().await.unwrap();
    assert!(text.contains(&sid) && text.contains("&lt;u-1&gt;") && !text.contains("<u-1>"));
    let send = |form: String| service.client.post(&wallet).body(form).send();
    let changed = send(format!("sid={sid}&card=monthly_limit")).await.unwrap();
    assert_eq!(
        (changed.status().as_u16(), &changed.headers()["location"]),
        (302, &"/_partners/kakaopay/wallet".parse().unwrap())
    );
    assert_eq!(service.refused("subscription", &charge("<u-1>", &sid, json!({}))).await, -752);
    assert_eq!(send("sid=S0&card=good".to_owned()).await.unwrap().status(), 404);
    assert_eq!(send("sid=S0".to_owned()).await.unwrap().status(), 400);
}
