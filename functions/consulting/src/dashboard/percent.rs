//! Percentages: exact hundredths, and parts that sum to 100.

use std::{cmp::Reverse, iter::Sum};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A percentage from 0 to 100 in whole hundredths; in JSON a number with at most two decimals.
///
/// An integer inside, so that equality, order and sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u16);

/// 100 %.
const WHOLE: u16 = 10_000;

impl Percent {
    /// Gives `part` of `whole`, rounded to the nearest hundredth (a half goes up); 0 if `whole` is 0.
    ///
    /// A `part` greater than `whole` counts as the whole.
    pub fn of(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self(0);
        }
        let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
        let hundredths = (part * u128::from(WHOLE) * 2 + whole) / (whole * 2);
        Self(u16::try_from(hundredths).unwrap_or(WHOLE))
    }

    /// Gives the percentage in hundredths: 3334 for 33.34 %.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

/// The shares of several parts of one whole together; never more than 100 %.
impl Sum for Percent {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        Self(shares.fold(0, |sum, share| WHOLE.min(sum + share.0)))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "number",
            "minimum": 0,
            "maximum": 100,
            "description": "A percentage with at most two decimals."
        })
    }
}

/// Gives each part's share of the sum of all, such that the shares sum to exactly 100 %.
///
/// Largest remainder: every share is rounded down to a hundredth, and the hundredths that are missing go one
/// each to the greatest remainders, the earlier part first where two are equal. Without any amount all
/// shares are 0.
pub(super) fn shares(parts: &[u64]) -> Vec<Percent> {
    let total: u128 = parts.iter().copied().map(u128::from).sum();
    if total == 0 {
        return vec![Percent(0); parts.len()];
    }
    let scaled = parts.iter().map(|part| u128::from(*part) * u128::from(WHOLE));
    let (mut hundredths, remainders): (Vec<u16>, Vec<u128>) =
        scaled.map(|part| (u16::try_from(part / total).unwrap_or(WHOLE), part % total)).unzip();
    let given: u16 = hundredths.iter().sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| (Reverse(remainders[index]), index));
    for index in order.into_iter().take(usize::from(WHOLE - given)) {
        hundredths[index] += 1;
    }
    hundredths.into_iter().map(Percent).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hundredths(parts: &[u64]) -> Vec<u16> {
        shares(parts).into_iter().map(Percent::hundredths).collect()
    }

    #[test]
    fn three_equal_parts_share_the_odd_hundredth_in_order() {
        assert_eq!(hundredths(&[1, 1, 1]), [3334, 3333, 3333]);
    }

    #[test]
    fn the_greatest_remainder_gets_the_missing_hundredth() {
        assert_eq!(hundredths(&[1, 5]), [1667, 8333]);
        assert_eq!(hundredths(&[1, 1, 4]), [1667, 1667, 6666]);
    }

    #[test]
    fn nothing_has_no_shares() {
        assert_eq!(hundredths(&[0, 0]), [0, 0]);
        assert!(shares(&[]).is_empty());
    }

    #[test]
    fn a_part_of_a_whole_is_rounded_to_the_nearest_hundredth() {
        assert_eq!(Percent::of(2, 3).hundredths(), 6667);
        assert_eq!(Percent::of(1, 3).hundredths(), 3333);
        assert_eq!(Percent::of(1, 20_000).hundredths(), 1);
        assert_eq!(Percent::of(0, 0).hundredths(), 0);
        assert_eq!(Percent::of(u64::MAX, u64::MAX).hundredths(), 10_000);
    }

    #[test]
    fn json_shows_a_number_with_two_decimals() {
        assert_eq!(serde_json::to_string(&shares(&[1, 1, 1])).unwrap(), "[33.34,33.33,33.33]");
    }

    proptest! {
        #[test]
        fn shares_sum_to_100_and_none_is_off_by_a_hundredth(parts in prop::collection::vec(any::<u64>(), 1..90)) {
            prop_assume!(parts.iter().any(|part| *part > 0));
            let total: u128 = parts.iter().copied().map(u128::from).sum();
            let shares = shares(&parts);
            prop_assert_eq!(shares.iter().map(|share| u32::from(share.hundredths())).sum::<u32>(), 10_000);
            for (part, share) in parts.iter().zip(shares) {
                let exact = u128::from(*part) * 10_000;
                let given = u128::from(share.hundredths()) * total;
                prop_assert!(exact.abs_diff(given) < total);
            }
        }
    }
}
