//! Whether our books and KakaoPay's say the same of a payment. No I/O.

use std::ops::RangeInclusive;

use billing_rules::ledger::{Account, Entry, LedgerError, balance};

use crate::accounting::Payment;
use crate::differences::DifferenceKind;
use crate::kakaopay::Order;

/// What our books hold of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// The order.
    pub order_id: String,
    /// The member.
    pub member_id: String,
    /// How much was paid, in KRW; none if only a refund is known, of a payment whose member is gone.
    pub amount: Option<i64>,
    /// How much of it KakaoPay may have given back, in KRW.
    pub canceled: RangeInclusive<i64>,
}

/// What does not agree, and what each side holds of the payment, in KRW.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// What.
    pub kind: DifferenceKind,
    /// What we hold.
    pub ours: i64,
    /// What KakaoPay holds.
    pub theirs: Option<i64>,
}

impl Ours {
    /// What is known of an order by its entries of one day and by the member's payment, if the member is there.
    ///
    /// A refund that is open may have been made at KakaoPay. Without the payment nobody knows what was given back on
    /// other days.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`].
    pub fn of(
        (order, member): (&str, &str),
        entries: &[Entry],
        payment: Option<&Payment>,
    ) -> Result<Self, LedgerError> {
        let earned = balance(entries, Account::Revenue)?.saturating_neg();
        let refunded = balance(entries, Account::Refunds)?;
        let canceled = match payment {
            Some(Payment { rules, .. }) => {
                let open = rules.open().map_or(0, |refund| refund.amount);
                rules.refunded..=rules.refunded.saturating_add(open)
            }
            None => refunded..=i64::MAX,
        };
        let of_entry = Some(earned).filter(|earned| *earned > 0);
        let amount = of_entry.or(payment.map(|payment| payment.rules.amount));
        Ok(Self { order_id: order.to_owned(), member_id: member.to_owned(), amount, canceled })
    }

    /// What we hold of it, in KRW.
    pub fn held(&self) -> i64 {
        self.amount.unwrap_or_default().saturating_sub(*self.canceled.start())
    }

    /// What does not agree with KakaoPay's `order`; none if all does.
    pub fn against(&self, order: &Order) -> Option<Disagreement> {
        let disagrees = |kind, theirs| Some(Disagreement { kind, ours: self.held(), theirs: Some(theirs) });
        if !order.status.was_paid() {
            return disagrees(DifferenceKind::NotPaid, 0);
        }
        let theirs = order.amount.saturating_sub(order.canceled);
        if order.order_id != self.order_id || order.member_id != self.member_id {
            return disagrees(DifferenceKind::Stranger, theirs);
        }
        let amounts_agree = self.amount.is_none_or(|amount| amount == order.amount);
        if amounts_agree && self.canceled.contains(&order.canceled) {
            return None;
        }
        disagrees(DifferenceKind::Amount, theirs)
    }
}

#[cfg(test)]
mod tests {
    use billing_rules::ledger::Movement;
    use jiff::civil::date;

    use super::*;
    use crate::kakaopay::OrderStatus;

    fn ours(amount: Option<i64>, canceled: RangeInclusive<i64>) -> Ours {
        Ours { order_id: "ord_1".to_owned(), member_id: "usr_1".to_owned(), amount, canceled }
    }

    fn theirs(status: OrderStatus, amount: i64, canceled: i64) -> Order {
        Order {
            tid: "T1".to_owned(),
            status,
            order_id: "ord_1".to_owned(),
            member_id: "usr_1".to_owned(),
            amount,
            canceled,
            approved_at: None,
            canceled_at: None,
        }
    }

    fn kind(ours: &Ours, theirs: &Order) -> Option<DifferenceKind> {
        ours.against(theirs).map(|disagreement| disagreement.kind)
    }

    #[test]
    fn books_that_say_the_same_agree() {
        let partly = theirs(OrderStatus::PartCancelPayment, 19_900, 5_000);
        assert_eq!(ours(Some(19_900), 5_000..=5_000).against(&partly), None);
        assert_eq!(ours(Some(19_900), 0..=5_000).against(&partly), None);
        assert_eq!(ours(None, 3_000..=i64::MAX).against(&partly), None);
    }

    #[test]
    fn each_way_of_not_agreeing_has_its_name() {
        let paid = theirs(OrderStatus::SuccessPayment, 19_900, 0);
        let ours = ours(Some(19_900), 0..=0);
        let unpaid = theirs(OrderStatus::FailPayment, 19_900, 0);
        assert_eq!(kind(&ours, &unpaid), Some(DifferenceKind::NotPaid));
        for stranger in [
            Order { order_id: "ord_2".to_owned(), ..paid.clone() },
            Order { member_id: "usr_2".to_owned(), ..paid.clone() },
        ] {
            assert_eq!(kind(&ours, &stranger), Some(DifferenceKind::Stranger));
        }
        let other = theirs(OrderStatus::SuccessPayment, 19_901, 0);
        assert_eq!(kind(&ours, &other), Some(DifferenceKind::Amount));
        let refunded = theirs(OrderStatus::CancelPayment, 19_900, 19_900);
        let expected = Disagreement { kind: DifferenceKind::Amount, ours: 19_900, theirs: Some(0) };
        assert_eq!(ours.against(&refunded), Some(expected));
    }

    #[test]
    fn the_entries_of_a_member_who_is_gone_say_at_least_what_was_given_back() {
        let movement = || Movement {
            order_id: "ord_1".to_owned(),
            tid: None,
            day: date(2027, 1, 31),
            member_id: "usr_1".to_owned(),
        };
        let charge = Entry::charge(movement(), 19_900).unwrap();
        let refund = Entry::refund(movement(), 500).unwrap();
        let both = Ours::of(("ord_1", "usr_1"), &[charge, refund.clone()], None).unwrap();
        assert_eq!(both, ours(Some(19_900), 500..=i64::MAX));
        assert_eq!(both.held(), 19_400);
        assert_eq!(Ours::of(("ord_1", "usr_1"), &[refund], None).unwrap().amount, None);
    }
}
