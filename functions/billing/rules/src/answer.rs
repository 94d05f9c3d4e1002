//! What an answer of KakaoPay says about the money.
//!
//! Whatever is not known to be a refusal is doubtful: KakaoPay takes no idempotency key, so "probably refused" must
//! not lead to a second request. The codes are those of KakaoPay's older list, which its online payment API (v1)
//! still sends.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What came back for one request to charge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The money moved.
    Approved {
        /// KakaoPay's id of the payment, 20 characters.
        tid: String,
        /// When it moved, by KakaoPay's clock.
        approved_at: Timestamp,
    },
    /// KakaoPay said no.
    Refused {
        /// The status of the HTTP response.
        status: u16,
        /// KakaoPay's code, negative; `None` when the body had none.
        code: Option<i32>,
    },
    /// The request certainly never left: there was no connection.
    NotSent,
    /// The request may have left, and no answer that can be read came back.
    Lost,
}

/// Why a charge was not paid, or is no longer tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// KakaoPay refused with this code.
    Refused(i32),
    /// No answer came, and the subscription's status said later that no money moved.
    NoAnswer,
    /// The request never left.
    NotSent,
    /// The member gave the recurring payment up at KakaoPay.
    Inactive,
    /// The member asked Maru to end the subscription.
    EndAsked,
}

impl Reason {
    /// Whether trying again cannot help: KakaoPay does not know the recurring payment (-750) or no longer runs it
    /// (-751).
    #[must_use]
    pub const fn cannot_heal(self) -> bool {
        matches!(self, Self::Refused(-750 | -751) | Self::Inactive | Self::EndAsked)
    }

    /// Whether the member's means of payment was asked at all. If not, nobody is to blame and it may be asked at
    /// once.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        !matches!(self, Self::NoAnswer | Self::NotSent)
    }
}

/// What an answer means for the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// It moved, under this `tid`, at this moment of KakaoPay's clock.
    Moved(&'a str, Timestamp),
    /// It certainly did not.
    NotMoved(Reason),
    /// Nobody knows.
    Doubtful,
}

impl Answer {
    /// What this says about the money.
    ///
    /// Codes that are not known, "already approved" (-702), "wrong state" (-783, -784), "duplicate" (-785) and every
    /// 5xx are doubtful.
    #[must_use]
    pub fn meaning(&self) -> Meaning<'_> {
        match self {
            Self::Approved { tid, approved_at } => Meaning::Moved(tid, *approved_at),
            Self::Refused { status: 400..=499, code: Some(code) } if is_refusal(*code) => {
                Meaning::NotMoved(Reason::Refused(*code))
            }
            Self::NotSent => Meaning::NotMoved(Reason::NotSent),
            Self::Refused { .. } | Self::Lost => Meaning::Doubtful,
        }
    }
}

/// Whether KakaoPay sends this code only when no money has moved.
pub(crate) const fn is_refusal(code: i32) -> bool {
    matches!(
        code,
        // Wrong in the request, or in how Maru is registered.
        -701 | -708..=-703 | -710 | -723..=-721 | -730 | -731 | -733 | -753 | -798 | -799
        // The recurring payment is not known, not active, or over its monthly limit.
        | -752..=-750
        // The means of payment said no, or is over its limit.
        | -782..=-780 | -797
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, code: Option<i32>) -> Option<Reason> {
        match (Answer::Refused { status, code }).meaning() {
            Meaning::NotMoved(reason) => Some(reason),
            Meaning::Doubtful => None,
            Meaning::Moved(..) => panic!("a refusal moved money"),
        }
    }

    #[test]
    fn a_known_code_is_a_refusal() {
        for code in [-721, -731, -750, -751, -752, -753, -780, -782, -797, -799] {
            assert_eq!(meaning(400, Some(code)), Some(Reason::Refused(code)));
        }
    }

    #[test]
    fn only_a_recurring_payment_that_is_gone_cannot_heal() {
        let healing = (-799..=-700).filter(|code| !Reason::Refused(*code).cannot_heal()).count();
        assert_eq!(healing, 98);
        assert!(Reason::Refused(-750).cannot_heal() && Reason::Refused(-751).cannot_heal());
        assert!(!Reason::NoAnswer.cannot_heal() && !Reason::NotSent.cannot_heal());
    }

    #[test]
    fn what_may_have_moved_money_is_doubtful() {
        for code in [-702, -783, -784, -785, -1, -709, -786, 0, 780] {
            assert_eq!(meaning(400, Some(code)), None, "{code}");
        }
        assert_eq!(meaning(400, None), None);
        assert_eq!(meaning(500, Some(-780)), None);
        assert_eq!(meaning(200, Some(-780)), None);
        assert_eq!(Answer::Lost.meaning(), Meaning::Doubtful);
    }

    #[test]
    fn a_reason_is_stored_in_words_that_can_be_read() {
        let stored = |reason: Reason| serde_json::to_string(&reason).unwrap();
        assert_eq!(stored(Reason::Refused(-780)), r#"{"refused":-780}"#);
        assert_eq!(stored(Reason::NoAnswer), r#""no_answer""#);
    }
}
