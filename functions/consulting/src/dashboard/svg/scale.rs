//! Scales of whole numbers from 0: round ticks, and where a value stands among them.

/// A scale from 0 to a round number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    step: u128,
    steps: u128,
}

/// Steps that a scale has at most: more lines than that are noise.
const MOST_STEPS: u128 = 5;

impl Scale {
    /// Gives the smallest scale that reaches `greatest` in at most five steps of 1, 2 or 5 times a power of
    /// ten. It never ends at 0, so that every value has a place on it.
    pub(super) fn reaching(greatest: u64) -> Self {
        let greatest = u128::from(greatest).max(1);
        let mut power = 1;
        loop {
            for step in [power, power * 2, power * 5] {
                let steps = greatest.div_ceil(step);
                if steps <= MOST_STEPS {
                    return Self { step, steps };
                }
            }
            power *= 10;
        }
    }

    /// The scale of percentages: 0 to 100 in five steps.
    pub(super) const fn percent() -> Self {
        Self { step: 20, steps: 5 }
    }

    /// Gives the greatest value of the scale.
    pub(super) const fn end(self) -> u128 {
        self.step * self.steps
    }

    /// Gives the values that are marked, 0 and the end included.
    pub(super) fn ticks(self) -> impl Iterator<Item = u128> {
        (0..=self.steps).map(move |index| index * self.step)
    }

    /// Gives the place of `value` on the scale: 0 at its beginning, 1 at its end and beyond.
    #[expect(clippy::cast_precision_loss, reason = "a place in a picture needs no more than three digits")]
    pub(super) fn place(self, value: u128) -> f64 {
        (value as f64 / self.end() as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ticks(greatest: u64) -> Vec<u128> {
        Scale::reaching(greatest).ticks().collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(7), [0, 2, 4, 6, 8]);
        assert_eq!(ticks(1_234_000), [0, 500_000, 1_000_000, 1_500_000]);
    }

    #[test]
    fn one_is_a_scale_and_so_is_nothing() {
        assert_eq!(ticks(1), [0, 1]);
        assert_eq!(ticks(0), [0, 1]);
    }

    proptest! {
        #[test]
        fn every_value_has_a_place_and_the_greatest_fills_more_than_half(greatest in 2_u64..) {
            let scale = Scale::reaching(greatest);
            let place = scale.place(u128::from(greatest));
            prop_assert!(place > 0.5 && place <= 1.0, "{place}");
            prop_assert!(scale.ticks().count() <= 6);
        }
    }
}
