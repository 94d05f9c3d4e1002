//! `POST /admin/billing/{memberId}/payments/{orderId}/refunds`: gives a payment back, or a part of it.

use billing_rules::refund::{Asked, State};
use garde::Validate;
use http::StatusCode;
use maru_lambda::http::input::Nothing;
use maru_lambda::{Admin, Call, Problem, Reply};
use maru_store::Attempt;
use serde::Deserialize;

use crate::payments::RefundView;
use crate::refunds::Refunder;

/// Which payment.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct PaymentPath {
    #[garde(length(bytes, min = 1, max = 100))]
    member_id: String,
    #[garde(length(bytes, min = 1, max = 100))]
    order_id: String,
}

/// How much, and why.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateRefund {
    /// In KRW; all that is left if it is not said.
    #[garde(range(min = 1))]
    #[serde(default)]
    amount: Option<i64>,
    /// In the admin's words, one line; kept with the refund.
    #[garde(length(chars, min = 1, max = 200), custom(line))]
    reason: String,
}

pub async fn handle(
    refunder: Refunder,
    call: Call<Admin, PaymentPath, Nothing, CreateRefund>,
) -> Result<Reply, Problem> {
    let PaymentPath { member_id, order_id } = &call.path;
    let work = async |attempt: Attempt| {
        let (id, by) = (attempt.id("ref"), call.caller.id.as_str());
        let asked = Asked { id: &id, amount: call.body.amount, by, reason: &call.body.reason };
        let refund = refunder.refund(member_id, order_id, &asked).await?;
        // What is not known yet is settled later; the list of the member's payments shows it.
        let status = match refund.state {
            State::Done { .. } => StatusCode::CREATED,
            _ => StatusCode::ACCEPTED,
        };
        Ok(Reply::json(status, &RefundView::from(refund)))
    };
    refunder.store().table().idempotent("create_refund", &call.request, work).await
}

fn line<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    if text.trim().is_empty() || text.contains(char::is_control) {
        return Err(garde::Error::new("must be one line that says something"));
    }
    Ok(())
}
