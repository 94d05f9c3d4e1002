//! A member's payments, as the member and an admin see them.

use billing_rules::refund::{NotMade, Refund, State};
use jiff::{Timestamp, civil::Date};
use maru_lambda::Problem;
use maru_store::{ListQuery, Page, Scope};
use serde::Serialize;

use crate::accounting::Payment;
use crate::store::{Store, payments_partition};

/// A payment as the member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    order_id: String,
    /// In KRW.
    amount: i64,
    /// How much of it was given back, in KRW.
    refunded: i64,
    state: PaymentState,
    /// The first day that it pays for.
    period_start: Date,
    /// The day after the last.
    period_end: Date,
    paid_at: Timestamp,
}

/// How much of a payment was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum PaymentState {
    Paid,
    PartlyRefunded,
    Refunded,
}

/// A payment as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdminPaymentView {
    #[serde(flatten)]
    payment: PaymentView,
    /// KakaoPay's id of it; null when its answer was lost. Then it cannot be refunded here.
    tid: Option<String>,
    /// The oldest first.
    refunds: Vec<RefundView>,
}

/// A refund as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundView {
    id: String,
    /// In KRW.
    amount: i64,
    state: &'static str,
    reason: String,
    asked_by: String,
    asked_at: Timestamp,
    /// When the money went back, by KakaoPay's clock.
    refunded_at: Option<Timestamp>,
    /// KakaoPay's code, or why else no money went back.
    refused_because: Option<NotMade>,
}

impl From<&Payment> for PaymentView {
    fn from(payment: &Payment) -> Self {
        let (amount, refunded) = (payment.rules.amount, payment.rules.refunded);
        let state = match refunded {
            0 => PaymentState::Paid,
            _ if refunded < amount => PaymentState::PartlyRefunded,
            _ => PaymentState::Refunded,
        };
        Self {
            order_id: payment.order_id.clone(),
            amount,
            refunded,
            state,
            period_start: payment.period.start,
            period_end: payment.period.end,
            paid_at: payment.paid_at,
        }
    }
}

impl From<Payment> for AdminPaymentView {
    fn from(payment: Payment) -> Self {
        let view = PaymentView::from(&payment);
        let refunds = payment.rules.refunds.into_iter().map(RefundView::from).collect();
        Self { payment: view, tid: payment.tid, refunds }
    }
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        let (state, refunded_at, refused_because) = match refund.state {
            State::Sending { .. } => ("sending", None, None),
            State::Unknown { .. } => ("unknown", None, None),
            State::Done { refunded_at } => ("done", Some(refunded_at), None),
            State::Refused { because } => ("refused", None, Some(because)),
        };
        let Refund { id, amount, asked_by, reason, asked_at, .. } = refund;
        Self { id, amount, state, reason, asked_by, asked_at, refunded_at, refused_because }
    }
}

impl Store {
    /// A page of a member's payments, the newest first. `name` and `caller` are the list's, for its cursors.
    ///
    /// # Errors
    /// As `maru_store::Table::page`.
    pub async fn payments(
        &self,
        (name, caller): (&str, &str),
        member: &str,
        list: &ListQuery,
    ) -> Result<Page<Payment>, Problem> {
        let partition = payments_partition(member);
        let scope = Scope::new(name, "", caller, &partition);
        let query = self.table().query(&partition).scan_index_forward(false);
        self.table().page(query, list, &scope).await
    }
}

#[cfg(test)]
mod tests {
    use billing_rules::periods::{Anchor, Period};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_payment_says_how_much_of_it_is_gone() {
        let day = date(2027, 1, 31);
        let period = Period::beginning(day, Anchor::of(day));
        let mut payment = Payment::new("usr_1", "ord_1", None, 19_900, period, Timestamp::UNIX_EPOCH);
        let states = [0, 1, 19_899, 19_900].map(|refunded| {
            payment.rules.refunded = refunded;
            PaymentView::from(&payment).state
        });
        let partly = PaymentState::PartlyRefunded;
        assert_eq!(states, [PaymentState::Paid, partly, partly, PaymentState::Refunded]);
    }
}
