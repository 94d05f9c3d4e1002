//! The kinds of notifications, and what each of them says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What happened, with what is said of it. `A` is what is said of something that others did to a resume, which is not
/// the same in a message, in the table and for the member who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Kind<A> {
    /// Others like a resume.
    Like(A),
    /// Somebody commented on a resume.
    Comment(A),
    /// A period of PRO was paid.
    PaymentReceived {
        /// KRW.
        amount: i64,
        /// The last day that is paid.
        paid_through: Date,
    },
    /// KakaoPay declined a payment; it will be tried again.
    PaymentDeclined {
        /// KRW.
        amount: i64,
        /// When.
        retry_on: Date,
    },
    /// PRO ended, the plan is FREE.
    PlanEnded {
        /// Why.
        because: Because,
    },
    /// Something that was paid was paid back.
    PaymentRefunded {
        /// KRW.
        amount: i64,
    },
}

/// Why a plan ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Because {
    /// The member asked for it.
    Asked,
    /// The last try to be paid was declined.
    Declined,
    /// The member ended the payments at KakaoPay.
    GivenUpAtKakaopay,
}

impl<A> Kind<A> {
    /// What is said of something that others did.
    pub fn act(&self) -> Option<&A> {
        match self {
            Self::Like(act) | Self::Comment(act) => Some(act),
            _ => None,
        }
    }

    /// The same with something else said of what others did.
    pub fn map<B>(self, say: impl FnOnce(A) -> B) -> Kind<B> {
        match self {
            Self::Like(act) => Kind::Like(say(act)),
            Self::Comment(act) => Kind::Comment(say(act)),
            Self::PaymentReceived { amount, paid_through } => Kind::PaymentReceived { amount, paid_through },
            Self::PaymentDeclined { amount, retry_on } => Kind::PaymentDeclined { amount, retry_on },
            Self::PlanEnded { because } => Kind::PlanEnded { because },
            Self::PaymentRefunded { amount } => Kind::PaymentRefunded { amount },
        }
    }
}
