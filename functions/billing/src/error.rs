//! What can go wrong in the billing domain, and the problem that each becomes.

use billing_rules::ledger::LedgerError;
use http::StatusCode;
use maru_lambda::{BoxError, Problem};
use maru_messages::SendError;
use maru_store::{LimitError, StoreError};
use maru_vault::VaultError;

use crate::kakaopay::KakaoPayError;
use crate::return_state::StateError;

/// What can go wrong in the billing domain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is another member's.
    #[error("there is no such thing, or it is another member's")]
    NotFound,
    /// The member has a subscription that is not over.
    #[error("there is a subscription that is not over")]
    AlreadySubscribed,
    /// The member has a subscription that ends with its period.
    #[error("there is a subscription that has not ended yet")]
    SubscriptionEnding,
    /// A payment of the member's is being made, or nobody knows yet whether it was.
    #[error("a payment is not settled")]
    PaymentUnsettled,
    /// The member closed the account.
    #[error("the member is gone")]
    MemberGone,
    /// More is to be given back than is left.
    #[error("{left} KRW are left of the payment")]
    RefundTooLarge {
        /// How much is left, in KRW.
        left: i64,
    },
    /// A refund of the same payment is under way, or nobody knows yet whether it was made.
    #[error("a refund of this payment is not settled")]
    RefundUnsettled,
    /// The payment has had as many refunds as are kept.
    #[error("the payment has had too many refunds")]
    TooManyRefunds,
    /// KakaoPay did not carry a refund out.
    #[error("the refund was not made")]
    RefundNotMade,
    /// KakaoPay refused a refund.
    #[error("KakaoPay refused the refund with {0}")]
    RefundRefused(i32),
    /// A payment that KakaoPay can name to nobody: its answer was lost, and with it the `tid`.
    #[error("the payment has no tid")]
    NoTid,
    /// Others changed the same each time; to be tried again.
    #[error("others changed the same at the same moment, several times")]
    Restless,
    /// A message came before what it is about is due; it will come again.
    #[error("it is not time yet")]
    TooEarly,
    /// An entry of the ledger that cannot be made.
    #[error("an entry of the ledger cannot be made")]
    Ledger(#[source] LedgerError),
    /// A sealed SID that cannot be sealed or opened now.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A state of a return page.
    #[error(transparent)]
    State(#[from] StateError),
    /// KakaoPay did not answer what was asked.
    #[error(transparent)]
    KakaoPay(#[from] KakaoPayError),
    /// A status of a recurring payment that Maru does not know.
    #[error("KakaoPay says that a recurring payment is {0}")]
    UnknownStatus(String),
    /// KakaoPay's status does not say what became of an attempt.
    #[error("the status of a recurring payment does not say what became of an attempt")]
    Unsettled,
    /// KakaoPay could not be reached; nothing was done.
    #[error("KakaoPay was not reached")]
    NotReached(#[source] BoxError),
    /// Too often.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// A message that may not have been sent.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let conflict = |code, detail: &str| Self::new(StatusCode::CONFLICT, code, detail);
        match error {
            Error::NotFound => Self::not_found(),
            Error::AlreadySubscribed => {
                conflict("already_subscribed", "There is a subscription that is not over.")
            }
            Error::SubscriptionEnding => conflict(
                "subscription_ending",
                "The subscription ends with its period; PRO can be bought again on the day after.",
            ),
            Error::PaymentUnsettled => conflict(
                "payment_unsettled",
                "A payment is being made, or it is not known yet whether it was; try again in some minutes.",
            ),
            Error::MemberGone => {
                Self::new(StatusCode::UNAUTHORIZED, "account_closed", "This account is closed.")
            }
            Error::RefundTooLarge { left } => {
                conflict("refund_too_large", &format!("Only {left} KRW are left of this payment."))
            }
            Error::RefundUnsettled => conflict(
                "refund_unsettled",
                "A refund of this payment is under way, or it is not known yet whether it was made.",
            ),
            Error::TooManyRefunds => {
                conflict("too_many_refunds", "A payment can have 50 refunds, with those that were refused.")
            }
            Error::RefundNotMade => {
                conflict("refund_not_made", "KakaoPay did not carry this refund out; no money went back.")
            }
            Error::RefundRefused(code) => {
                conflict("refund_refused", &format!("KakaoPay refused the refund with {code}."))
            }
            Error::NoTid => conflict(
                "payment_without_tid",
                "KakaoPay's answer to this payment was lost; it can be refunded in KakaoPay's admin only.",
            ),
            Error::KakaoPay(_)
            | Error::Unsettled
            | Error::UnknownStatus(_)
            | Error::NotReached(_)
            | Error::Restless
            | Error::TooEarly => Self::unavailable(error),
            Error::State(StateError::Key(_)) => Self::unavailable(error),
            Error::State(_) | Error::Ledger(_) => Self::internal(error),
            Error::Vault(error) => error.into(),
            Error::Limit(error) => error.into(),
            Error::Send(error) => error.into(),
            Error::Store(error) => error.into(),
        }
    }
}
