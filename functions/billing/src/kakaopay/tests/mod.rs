//! The client against a server that answers as it is told.

mod answers;
mod losses;
mod questions;
mod refusals;
mod requests;
mod server;

use serde_json::{Value, json};

use super::{Refund, ReturnUrls, Sale, Sid};

pub const TID: &str = "T0000000000000000001";

pub const SALE: Sale<'static> =
    Sale { order_id: "ord-1", member_id: "usr-1", item_name: "Maru PRO 1개월", amount: 19_900 };

pub const REFUND: Refund<'static> = Refund { tid: TID, amount: 3_000, left: 19_900 };

pub const RETURN_URLS: ReturnUrls<'static> = ReturnUrls {
    approve: "https://api.example/approve?state=a",
    cancel: "https://api.example/cancel?state=c",
    fail: "https://api.example/fail?state=f",
};

pub fn sid() -> Sid {
    Sid::new("S0000000000000000001".to_owned())
}

/// A payment of [`SALE`], as KakaoPay answers both `approve` and `subscription`.
pub fn payment() -> Value {
    json!({
        "aid": "A0000000000000000001", "tid": TID, "cid": "TCSUBSCRIP", "sid": sid(),
        "partner_order_id": "ord-1", "partner_user_id": "usr-1", "payment_method_type": "CARD",
        "amount": {"total": 19_900, "tax_free": 0, "vat": 1_809, "point": 0, "discount": 0, "green_deposit": 0},
        "card_info": {"kakaopay_purchase_corp": "비씨카드", "bin": "000000", "install_month": "00"},
        "item_name": "Maru PRO 1개월", "item_code": null, "quantity": 1,
        "created_at": "2026-11-21T10:00:00", "approved_at": "2026-11-21T10:01:00", "payload": null,
    })
}

/// What is given back by [`REFUND`].
pub fn cancellation() -> Value {
    json!({
        "aid": "A0000000000000000002", "tid": TID, "cid": "TCSUBSCRIP", "status": "PART_CANCEL_PAYMENT",
        "partner_order_id": "ord-1", "partner_user_id": "usr-1", "payment_method_type": "CARD",
        "amount": {"total": 19_900}, "approved_cancel_amount": {"total": 3_000, "vat": 273},
        "canceled_amount": {"total": 3_000}, "cancel_available_amount": {"total": 16_900},
        "item_name": "Maru PRO 1개월", "quantity": 1, "created_at": "2026-11-21T10:00:00",
        "approved_at": "2026-11-21T10:01:00", "canceled_at": "2026-11-22T09:00:00", "payload": null,
    })
}

/// What KakaoPay knows of the payment of [`SALE`].
pub fn order() -> Value {
    json!({
        "tid": TID, "cid": "TCSUBSCRIP", "status": "SUCCESS_PAYMENT", "partner_order_id": "ord-1",
        "partner_user_id": "usr-1", "payment_method_type": "CARD", "amount": {"total": 19_900},
        "canceled_amount": {"total": 0}, "cancel_available_amount": {"total": 19_900},
        "item_name": "Maru PRO 1개월", "quantity": 1, "created_at": "2026-11-21T10:00:00",
        "approved_at": "2026-11-21T10:01:00", "payment_action_details": [{"aid": "A1"}],
    })
}

/// What KakaoPay knows of [`sid`].
pub fn sid_state() -> Value {
    json!({
        "available": true, "cid": "TCSUBSCRIP", "sid": sid(), "status": "ACTIVE", "payment_method_type": "CARD",
        "item_name": "Maru PRO 1개월", "created_at": "2026-11-21T10:00:00", "last_approved_at": "2026-11-21T10:01:00",
        "use_point_status": "NOT_USED",
    })
}

/// `answer` with this value at this place (a JSON Pointer), which is added if it is not there.
pub fn with(mut answer: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    answer.pointer_mut(parent).unwrap()[name] = value;
    answer
}

/// `answer` without its field `name`.
pub fn without(mut answer: Value, name: &str) -> Value {
    answer.as_object_mut().unwrap().remove(name).unwrap();
    answer
}
