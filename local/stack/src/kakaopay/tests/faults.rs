//! What goes wrong on demand, before and after the money moved.

use super::*;

/// The codes of KakaoPay's older API.
const CODES: [i64; 31] = [
    -701, -702, -703, -704, -705, -706, -707, -708, -710, -721, -722, -723, -730, -731, -733, -750, -751,
    -752, -753, -780, -781, -782, -783, -784, -785, -797, -798, -799, -1000, -2, -10,
];

impl Service {
    /// Sends a charge and hangs up as soon as it has arrived.
    async fn hang_up_on(&self, charge: &Value) {
        let sent = tokio::spawn(self.request("subscription", charge).send());
        until(async || self.faults.pending().is_empty()).await;
        assert!(!sent.is_finished());
        sent.abort();
    }

    /// The first payment is in it.
    async fn total_is(&self, total: i64) -> bool {
        self.total().await == total
    }
}

#[tokio::test]
async fn every_code_is_refused_with_on_demand_and_moves_no_money() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    for code in CODES {
        service.suffer("kakaopay/subscription", FaultKind::Refusal(code));
        let (status, answer) = service.call("subscription", &charge("u-1", &sid, json!({}))).await;
        assert_eq!((status, &answer["error_code"]), (if code == -10 { 429 } else { 400 }, &json!(code)));
        assert!(answer["error_message"].is_string());
    }
    assert!(service.total_is(PRICE).await);
}

#[tokio::test]
async fn a_false_refusal_comes_after_the_money_moved() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    service.clock.advance(Duration::from_secs(60));
    service.suffer("kakaopay/subscription", FaultKind::FalseRefusal(-785));
    assert_eq!(service.refused("subscription", &charge("u-1", &sid, json!({}))).await, -785);
    assert!(service.total_is(2 * PRICE).await);
    assert_eq!(service.key_status(&sid).await["last_approved_at"], "2026-11-21T10:01:00");
}

#[tokio::test]
async fn a_time_out_before_the_money_moved_leaves_it_where_it_is() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    service.suffer("kakaopay/subscription", FaultKind::Timeout);
    service.hang_up_on(&charge("u-1", &sid, json!({}))).await;
    service.clock.advance(Duration::from_secs(3_600));
    assert_eq!(service.key_status(&sid).await["last_approved_at"], "2026-11-21T10:00:00");
    assert!(service.total_is(PRICE).await);
}

#[tokio::test]
async fn a_lost_answer_is_of_money_that_moved() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    service.clock.advance(Duration::from_secs(60));
    service.suffer("kakaopay/subscription", FaultKind::LostAnswer);
    assert!(service.request("subscription", &charge("u-1", &sid, json!({}))).send().await.is_err());
    assert_eq!(service.key_status(&sid).await["last_approved_at"], "2026-11-21T10:01:00");
    assert!(service.total_is(2 * PRICE).await);
}

#[tokio::test]
async fn a_time_out_after_which_money_moves_does_not_hang_on_whoever_hung_up() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    let late = Fault::new(FaultTarget::Partner, FaultKind::Late, 1).of_operation("kakaopay/subscription");
    service.faults.push(late.clone().with_delay(Duration::ZERO));
    service.hang_up_on(&charge("u-1", &sid, json!({}))).await;
    until(async || service.total_is(2 * PRICE).await).await;

    service.faults.push(late.with_delay(Duration::from_secs(300)));
    service.hang_up_on(&charge("u-1", &sid, json!({}))).await;
    service.clock.advance(Duration::from_secs(299));
    assert_eq!(service.key_status(&sid).await["last_approved_at"], "2026-11-21T10:00:00");
    assert!(service.total_is(2 * PRICE).await);
    service.clock.advance(Duration::from_secs(1));
    until(async || service.total_is(3 * PRICE).await).await;
    assert_eq!(service.key_status(&sid).await["last_approved_at"], "2026-11-21T10:05:00");
}

#[tokio::test]
async fn a_lost_approval_can_be_looked_up_by_its_number() {
    let service = Service::start().await;
    let paid = service.paid("u-1", "good", json!({})).await;
    service.suffer("kakaopay/approve", FaultKind::LostAnswer);
    assert!(service.request("approve", &paid).send().await.is_err());
    assert_eq!(service.order_status(&paid["tid"]).await, "SUCCESS_PAYMENT");
    assert_eq!(service.refused("approve", &paid).await, -702);
}

#[tokio::test]
async fn a_server_that_fails_says_so_in_both_shapes_and_does_nothing() {
    let service = Service::start().await;
    let sid = service.subscribed("u-1", "good").await;
    for (kind, status, pointer, code) in [
        (FaultKind::Error, 500, "/error_code", -1),
        (FaultKind::Unauthorized, 401, "/error_code", -401),
        (FaultKind::Throttle, 429, "/code", -10),
    ] {
        service.suffer("kakaopay", kind);
        service.suffer("kakaopay/subscription", kind);
        for _ in 0..2 {
            let (given, answer) = service.call("subscription", &charge("u-1", &sid, json!({}))).await;
            assert_eq!((given, answer.pointer(pointer)), (status, Some(&json!(code))), "{kind:?}");
        }
    }
    assert!(service.total_is(PRICE).await);
}

#[tokio::test]
async fn a_fault_of_one_person_is_nobody_elses_whether_the_call_names_them_or_not() {
    let service = Service::start().await;
    let (first, second) = (service.subscribed("u-1", "good").await, service.subscribed("u-2", "good").await);
    service.suffer("kakaopay/subscription:u-1", FaultKind::Refusal(-782));
    service.suffer("kakaopay/status:u-1", FaultKind::Refusal(-798));
    service.done("subscription", &charge("u-2", &second, json!({}))).await;
    service.key_status(&second).await;
    assert_eq!(service.refused("subscription", &charge("u-1", &first, json!({}))).await, -782);
    let key = json!({ "cid": "TCSUBSCRIP", "sid": first });
    assert_eq!(service.refused("manage/subscription/status", &key).await, -798);
    assert!(service.total_is(3 * PRICE).await);
}

#[tokio::test]
async fn a_fault_with_a_code_is_written_with_it_in_json() {
    let fault: Fault = serde_json::from_value(json!({
        "target": "partner", "operation": "kakaopay/subscription", "kind": { "refusal": -785 }
    }))
    .unwrap();
    assert_eq!(fault.kind, FaultKind::Refusal(-785));
}
