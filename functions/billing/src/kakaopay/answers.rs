//! What is read of the answers.
//!
//! Only what Maru needs; the rest, such as the card, is passed over. A field that may be absent may be `null`
//! too.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use super::{Refund, Sale, Sid, kst};

/// A payment that waits for the member.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Ready {
    /// What KakaoPay calls it.
    pub tid: String,
    /// The payment page, for a browser on a computer.
    #[serde(rename = "next_redirect_pc_url")]
    pub page: String,
    /// The payment page, for a browser on a telephone.
    #[serde(rename = "next_redirect_mobile_url")]
    pub mobile_page: String,
}

/// A payment that was made: the first one, or a later charge of its SID.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Payment {
    /// What KakaoPay calls it.
    pub tid: String,
    /// The key to charge the member again.
    pub sid: Option<Sid>,
    /// Our order.
    #[serde(rename = "partner_order_id")]
    pub order_id: String,
    /// Our member.
    #[serde(rename = "partner_user_id")]
    pub member_id: String,
    /// How much, in won, with tax.
    #[serde(deserialize_with = "total")]
    pub amount: i64,
    /// When, by KakaoPay's clock.
    #[serde(with = "kst")]
    pub approved_at: Timestamp,
}

/// A refund that was made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cancellation {
    /// The payment of which it is a part.
    pub tid: String,
    /// How much was given back now, in won.
    #[serde(rename = "approved_cancel_amount", deserialize_with = "total")]
    pub amount: i64,
    /// How much of the payment has been given back in all, in won.
    #[serde(rename = "canceled_amount", deserialize_with = "total")]
    pub amount_in_all: i64,
    /// How much of the payment is left, in won.
    #[serde(rename = "cancel_available_amount", deserialize_with = "total")]
    pub left: i64,
    /// When, by KakaoPay's clock.
    #[serde(with = "kst")]
    pub canceled_at: Timestamp,
}

/// What KakaoPay knows of a payment, made or not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Order {
    /// What KakaoPay calls it.
    pub tid: String,
    /// How far it came.
    pub status: OrderStatus,
    /// Our order.
    #[serde(rename = "partner_order_id")]
    pub order_id: String,
    /// Our member.
    #[serde(rename = "partner_user_id")]
    pub member_id: String,
    /// How much, in won, with tax.
    #[serde(deserialize_with = "total")]
    pub amount: i64,
    /// How much of it has been given back, in won.
    #[serde(default, rename = "canceled_amount", deserialize_with = "total_or_nothing")]
    pub canceled: i64,
    /// When the money moved, by KakaoPay's clock.
    #[serde(default, with = "kst::optional")]
    pub approved_at: Option<Timestamp>,
    /// When some of it was last given back, by KakaoPay's clock.
    #[serde(default, with = "kst::optional")]
    pub canceled_at: Option<Timestamp>,
}

/// How far a payment came.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// The member has not been on the page.
    Ready,
    /// The page's address was sent by message.
    SendTms,
    /// The member opened the page.
    OpenPayment,
    /// They chose how to pay.
    SelectMethod,
    /// They are being called.
    ArsWaiting,
    /// They proved who they are; it is for us to approve.
    AuthPassword,
    /// There is a SID and no payment.
    IssuedSid,
    /// Paid.
    SuccessPayment,
    /// Paid, and some of it given back.
    PartCancelPayment,
    /// Paid, and all of it given back.
    CancelPayment,
    /// They could not prove who they are.
    FailAuthPassword,
    /// They changed their mind.
    QuitPayment,
    /// It failed.
    FailPayment,
    /// A status that Maru does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

/// What KakaoPay knows of a SID.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SidState {
    sid: Sid,
    /// Whether it can be charged.
    pub status: SidStatus,
    /// When it was last charged, by KakaoPay's clock; none if it never was.
    #[serde(default, with = "kst::optional")]
    pub last_approved_at: Option<Timestamp>,
}

/// Whether a SID can be charged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SidStatus {
    /// It can.
    Active,
    /// It never can again.
    Inactive,
    /// A status that Maru does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

/// An amount, of which only the whole matters here: what is tax, points or discount is part of it.
#[derive(Default, Deserialize)]
struct Amount {
    total: i64,
}

impl Payment {
    /// Whether it is the payment of `sale`.
    pub(super) fn is_of(&self, sale: &Sale<'_>) -> bool {
        let Sale { order_id, member_id, amount, .. } = *sale;
        self.order_id == order_id && self.member_id == member_id && self.amount == amount
    }
}

impl Cancellation {
    /// Whether it is the refund that was asked for.
    pub(super) fn is_of(&self, refund: &Refund<'_>) -> bool {
        self.tid == refund.tid && self.amount == refund.amount
    }
}

impl SidState {
    /// Whether it is of this SID.
    pub(super) fn is_of(&self, sid: &Sid) -> bool {
        self.sid == *sid
    }
}

impl OrderStatus {
    /// Whether the money moved, though it may have been given back since.
    #[must_use]
    pub const fn was_paid(&self) -> bool {
        matches!(self, Self::SuccessPayment | Self::PartCancelPayment | Self::CancelPayment)
    }
}

fn total<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Amount::deserialize(deserializer).map(|amount| amount.total)
}

fn total_or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(Option::<Amount>::deserialize(deserializer)?.unwrap_or_default().total)
}
