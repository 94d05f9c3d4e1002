//! What is sent, field by field.

use serde::Serialize;

use super::Sid;

/// What is sold is one thing, the subscription of a month.
const QUANTITY: u32 = 1;

/// None of it is free of tax.
const TAX_FREE: i64 = 0;

/// What a member pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale<'a> {
    /// The order, at most 100 characters; another one for every charge.
    pub order_id: &'a str,
    /// The member, at most 100 characters; the same for every charge of a SID (else -753).
    pub member_id: &'a str,
    /// What it is called on the payment page and the receipt, at most 100 characters.
    pub item_name: &'a str,
    /// What it costs, in won, with tax.
    pub amount: i64,
}

/// Where the payment page sends the browser, at most 255 characters each. KakaoPay adds `pg_token` to the query
/// of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReturnUrls<'a> {
    /// When the member has paid, for us to approve.
    #[serde(rename = "approval_url")]
    pub approve: &'a str,
    /// When they changed their mind.
    #[serde(rename = "cancel_url")]
    pub cancel: &'a str,
    /// When the payment failed, or its time was over.
    #[serde(rename = "fail_url")]
    pub fail: &'a str,
}

/// What is given back of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund<'a> {
    /// The payment.
    pub tid: &'a str,
    /// How much of it, in won.
    pub amount: i64,
    /// How much of it was left before, in won. KakaoPay refuses when that is not so: a refund that is asked for
    /// again does not happen again.
    pub left: i64,
}

/// A call's fields, and the shop that it is for.
#[derive(Serialize)]
pub(super) struct ForShop<'a, B> {
    pub(super) cid: &'a str,
    #[serde(flatten)]
    pub(super) body: B,
}

/// The fields of `ready`, and of `subscription` but for the SID.
#[derive(Serialize)]
pub(super) struct Item<'a> {
    partner_order_id: &'a str,
    partner_user_id: &'a str,
    item_name: &'a str,
    quantity: u32,
    total_amount: i64,
    tax_free_amount: i64,
}

#[derive(Serialize)]
pub(super) struct ToReady<'a> {
    #[serde(flatten)]
    pub(super) item: Item<'a>,
    #[serde(flatten)]
    pub(super) return_urls: &'a ReturnUrls<'a>,
}

#[derive(Serialize)]
pub(super) struct ToApprove<'a> {
    tid: &'a str,
    partner_order_id: &'a str,
    partner_user_id: &'a str,
    pg_token: &'a str,
    /// Refused when another amount was made ready.
    total_amount: i64,
}

#[derive(Serialize)]
pub(super) struct ToCharge<'a> {
    pub(super) sid: &'a Sid,
    #[serde(flatten)]
    pub(super) item: Item<'a>,
}

#[derive(Serialize)]
pub(super) struct ToCancel<'a> {
    tid: &'a str,
    cancel_amount: i64,
    cancel_tax_free_amount: i64,
    cancel_available_amount: i64,
}

#[derive(Serialize)]
pub(super) struct OfTid<'a> {
    pub(super) tid: &'a str,
}

#[derive(Serialize)]
pub(super) struct OfSid<'a> {
    pub(super) sid: &'a Sid,
}

impl<'a> Sale<'a> {
    pub(super) fn item(self) -> Item<'a> {
        Item {
            partner_order_id: self.order_id,
            partner_user_id: self.member_id,
            item_name: self.item_name,
            quantity: QUANTITY,
            total_amount: self.amount,
            tax_free_amount: TAX_FREE,
        }
    }

    pub(super) fn to_approve(self, tid: &'a str, pg_token: &'a str) -> ToApprove<'a> {
        let Self { order_id: partner_order_id, member_id: partner_user_id, amount: total_amount, .. } = self;
        ToApprove { tid, partner_order_id, partner_user_id, pg_token, total_amount }
    }
}

impl<'a> Refund<'a> {
    pub(super) fn to_cancel(self) -> ToCancel<'a> {
        ToCancel {
            tid: self.tid,
            cancel_amount: self.amount,
            cancel_tax_free_amount: TAX_FREE,
            cancel_available_amount: self.left,
        }
    }
}
