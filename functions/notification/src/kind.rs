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
    /// What a province is warned of changed.
    WeatherAlert {
        /// What the province is called in short, such as `서울`.
        region: String,
        /// Of what, such as `호우`.
        warning: String,
        /// How gravely, such as `경보`; of what was lifted, how gravely at last.
        level: String,
        /// How it changed.
        change: Change,
        /// The room in which people of the province talk of it; none when there is none any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room_id: Option<String>,
    },
}

/// How a warning changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Change {
    /// There was none of its kind.
    Issued,
    /// It is graver than before.
    Raised,
    /// It is less grave than before.
    Lowered,
    /// There is none of its kind any more.
    Lifted,
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
            Self::WeatherAlert { region, warning, level, change, room_id } => {
                Kind::WeatherAlert { region, warning, level, change, room_id }
            }
        }
    }
}
