//! What answers say of a payment.

use serde_json::{Value, json};

use super::super::amount::Amount;
use super::super::card::Method;
use super::super::payment::Payment;
use super::super::time::korean_time;

/// The answer of `approve` and `subscription`.
pub(super) fn of_approval(payment: &Payment, aid: &str, payload: Option<&str>) -> Value {
    let mut receipt = about(payment);
    receipt["aid"] = aid.into();
    receipt["payload"] = payload.into();
    if let Some(sid) = &payment.sid {
        receipt["sid"] = sid.clone().into();
    }
    if payment.method == Some(Method::Card) {
        receipt["card_info"] = card_info();
    }
    receipt
}

/// The answer of `cancel`, by which `part` went back.
pub(super) fn of_cancellation(payment: &Payment, part: Amount, aid: &str, payload: Option<&str>) -> Value {
    let mut receipt = of_order(payment);
    receipt["aid"] = aid.into();
    receipt["payload"] = payload.into();
    receipt["approved_cancel_amount"] = part.json();
    receipt
}

/// The answer of `order`. KakaoPay's own also lists what was done one by one; with which fields is not known.
pub(super) fn of_order(payment: &Payment) -> Value {
    let mut receipt = about(payment);
    receipt["status"] = json!(payment.status);
    receipt["canceled_amount"] = payment.cancelled.json();
    receipt["cancel_available_amount"] = payment.left().json();
    if let Some(at) = payment.cancelled_at {
        receipt["canceled_at"] = korean_time(at).into();
    }
    receipt
}

fn about(payment: &Payment) -> Value {
    let mut about = json!({
        "tid": payment.tid,
        "cid": payment.cid,
        "partner_order_id": payment.order_id,
        "partner_user_id": payment.user_id,
        "amount": payment.amount.json(),
        "item_name": payment.item_name,
        "item_code": payment.item_code,
        "quantity": payment.quantity,
        "created_at": korean_time(payment.created_at),
    });
    if let Some(method) = payment.method {
        about["payment_method_type"] = method.name().into();
    }
    if let Some(at) = payment.approved_at {
        about["approved_at"] = korean_time(at).into();
    }
    about
}

/// The card of everybody here.
fn card_info() -> Value {
    json!({
        "kakaopay_purchase_corp": "비씨카드",
        "kakaopay_purchase_corp_code": "01",
        "kakaopay_issuer_corp": "비씨카드",
        "kakaopay_issuer_corp_code": "01",
        "bin": "000000",
        "card_type": "신용",
        "install_month": "00",
        "approved_id": "00000000",
        "card_mid": "000000000",
        "interest_free_install": "N",
        "card_item_code": "0000",
    })
}
