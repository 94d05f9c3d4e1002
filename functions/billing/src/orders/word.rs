//! The word with which the web app is told what became of a payment.

use super::{Order, State};

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is paid; the member is PRO.
    Paid,
    /// The member changed their mind.
    Cancelled,
    /// It was not made, and no money moved.
    Failed,
    /// The means of payment said no.
    Declined,
    /// It came too late.
    Expired,
    /// There is a subscription; no money was asked for.
    AlreadySubscribed,
    /// Whether money moved is being found out.
    Unknown,
    /// The address that the browser came back to is not one that Maru or KakaoPay made.
    Invalid,
}

impl Word {
    /// As in the address of the app's page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::AlreadySubscribed => "already_subscribed",
            Self::Unknown => "unknown",
            Self::Invalid => "invalid",
        }
    }

    /// What a refusal to approve means, by KakaoPay's code.
    #[must_use]
    pub const fn of_refusal(code: i32) -> Self {
        match code {
            // The member has not paid on the page, or it is not the token that the page gave.
            -701 | -708 => Self::Invalid,
            -723 => Self::Expired,
            -752 | -782..=-780 | -797 => Self::Declined,
            _ => Self::Failed,
        }
    }

    /// What is to be said of an order that was tried.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        match order.state {
            State::Paid => Self::Paid,
            State::Cancelled => Self::Cancelled,
            State::Approving { .. } | State::Unknown { .. } => Self::Unknown,
            State::Ready | State::Failed => order.refusal.map_or(Self::Failed, Self::of_refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_means_of_payment_says_is_declined() {
        for code in [-780, -781, -782, -797, -752] {
            assert_eq!(Word::of_refusal(code), Word::Declined, "{code}");
        }
        for code in [-706, -707, -721, -722, -731, -798, -799, -783, -1] {
            assert_eq!(Word::of_refusal(code), Word::Failed, "{code}");
        }
        assert_eq!((Word::of_refusal(-708), Word::of_refusal(-723)), (Word::Invalid, Word::Expired));
    }
}
