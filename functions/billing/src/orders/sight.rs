//! What KakaoPay says of an order when it is looked up, and what that means for the money.

use jiff::Timestamp;

use crate::kakaopay::{self, OrderStatus};

/// What was seen of an order at KakaoPay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The money moved, at this moment of KakaoPay's clock.
    Paid(Timestamp),
    /// It cannot move any more; or it did, and all of it went back.
    Never,
    /// It has not moved. A request that is still under way may move it.
    NotYet,
    /// KakaoPay says something that Maru does not know.
    Unclear,
}

impl Sight {
    /// What `order` means.
    #[must_use]
    pub fn of(order: &kakaopay::Order) -> Self {
        match &order.status {
            OrderStatus::CancelPayment => Self::Never,
            status if status.was_paid() => order.approved_at.map_or(Self::Unclear, Self::Paid),
            OrderStatus::FailAuthPassword | OrderStatus::QuitPayment | OrderStatus::FailPayment => {
                Self::Never
            }
            OrderStatus::Other(_) => Self::Unclear,
            _ => Self::NotYet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(status: OrderStatus, approved_at: Option<Timestamp>) -> Sight {
        Sight::of(&kakaopay::Order {
            tid: "T1".to_owned(),
            status,
            order_id: "ord_1".to_owned(),
            member_id: "usr_1".to_owned(),
            amount: 19_900,
            canceled: 0,
            approved_at,
            canceled_at: None,
        })
    }

    #[test]
    fn only_what_kakaopay_says_plainly_is_taken_for_paid_or_for_never() {
        let at = Some(Timestamp::UNIX_EPOCH);
        let paid = Sight::Paid(Timestamp::UNIX_EPOCH);
        assert_eq!(sight(OrderStatus::SuccessPayment, at), paid);
        assert_eq!(sight(OrderStatus::PartCancelPayment, at), paid);
        assert_eq!(sight(OrderStatus::SuccessPayment, None), Sight::Unclear);
        assert_eq!(sight(OrderStatus::Other("NEW".to_owned()), at), Sight::Unclear);
        for status in [OrderStatus::FailPayment, OrderStatus::QuitPayment, OrderStatus::FailAuthPassword] {
            assert_eq!(sight(status, None), Sight::Never);
        }
        assert_eq!(sight(OrderStatus::CancelPayment, at), Sight::Never);
        for status in [OrderStatus::Ready, OrderStatus::AuthPassword, OrderStatus::IssuedSid] {
            assert_eq!(sight(status, None), Sight::NotYet);
        }
    }
}
