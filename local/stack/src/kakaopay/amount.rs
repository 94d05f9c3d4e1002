//! Amounts of money, in KRW, with the parts that Korean taxes want to know.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::refusal::{Code, Refusal};

/// Most that one payment may be. KakaoPay's own limit hangs on the contract.
const MOST: i64 = 100_000_000;

/// An amount; no part is negative, and the parts are no more than the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub(super) total: i64,
    pub(super) tax_free: i64,
    pub(super) vat: i64,
}

impl Amount {
    /// The amount of these parts; without `vat` the tax is an eleventh of what is taxed, rounded to the nearest.
    ///
    /// # Errors
    /// -722, -797, -704 and -703. Which of -703 and -704 is which part's is not known.
    pub(super) fn new(total: i64, tax_free: i64, vat: Option<i64>) -> Result<Self, Refusal> {
        if total < 0 {
            return Err(Code::AMOUNT.into());
        }
        if total > MOST {
            return Err(Code::LIMIT.into());
        }
        if !(0..=total).contains(&tax_free) {
            return Err(Code::TAX_FREE.into());
        }
        let taxed = total - tax_free;
        let vat = vat.unwrap_or((taxed + 5) / 11);
        if !(0..=taxed).contains(&vat) {
            return Err(Code::VAT.into());
        }
        Ok(Self { total, tax_free, vat })
    }

    /// What is left of it without `part`; none if `part` is not a part of it.
    pub(super) fn without(self, part: Self) -> Option<Self> {
        let left = Self {
            total: self.total - part.total,
            tax_free: self.tax_free - part.tax_free,
            vat: self.vat - part.vat,
        };
        (left.total >= 0 && left.tax_free >= 0 && left.vat >= 0).then_some(left)
    }

    /// As an answer has it. Points, discounts and deposits are left out of the sandbox.
    pub(super) fn json(self) -> Value {
        let Self { total, tax_free, vat } = self;
        json!({ "total": total, "tax_free": tax_free, "vat": vat, "point": 0, "discount": 0, "green_deposit": 0 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_tax_is_an_eleventh_of_what_is_taxed_rounded_to_the_nearest() {
        for (total, tax_free, vat) in
            [(9_900, 0, 900), (3_000, 0, 273), (19_900, 0, 1_809), (6, 0, 1), (5, 0, 0), (11, 11, 0)]
        {
            assert_eq!(Amount::new(total, tax_free, None).unwrap().vat, vat, "{total}");
        }
    }

    #[test]
    fn an_amount_whose_parts_do_not_fit_is_refused() {
        for (total, tax_free, vat, code) in [
            (-1, 0, None, Code::AMOUNT),
            (MOST + 1, 0, None, Code::LIMIT),
            (100, 101, None, Code::TAX_FREE),
            (100, -1, None, Code::TAX_FREE),
            (100, 50, Some(51), Code::VAT),
            (100, 0, Some(-1), Code::VAT),
        ] {
            assert_eq!(Amount::new(total, tax_free, vat), Err(code.into()), "{total} {tax_free} {vat:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_left_and_what_was_taken_are_the_whole(total in 0..=MOST, taken in 0..=MOST) {
            let (whole, part) = (Amount::new(total, 0, None).unwrap(), Amount::new(taken, 0, None).unwrap());
            match whole.without(part) {
                Some(left) => prop_assert_eq!((left.total + taken, left.vat + part.vat), (total, whole.vat)),
                None => prop_assert!(taken > total),
            }
        }
    }
}
