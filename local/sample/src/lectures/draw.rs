//! Random numbers that depend on the seed and on what they are for, not on what was drawn before.

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

/// What a draw is for; each has numbers of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Lecture = 1,
    Purchase,
    Watching,
    Question,
    Review,
}

/// The numbers of one row. Xoshiro256++ is one of rand's generators whose output is fixed for good.
pub(super) struct Draw(Xoshiro256PlusPlus);

impl Draw {
    pub(super) fn new(seed: u64, purpose: Purpose, row: u64) -> Self {
        // Odd multipliers keep different rows and purposes apart; the seeding of the generator mixes them.
        let purpose = (purpose as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let row = row.wrapping_mul(0xd1b5_4a32_d192_ed03);
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_add(purpose).rotate_left(32).wrapping_add(row)))
    }

    /// A number from 0 to less than `end`, which is at least 1.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0.random_range(0..end.max(1))
    }

    /// The same, but low numbers are far more likely.
    pub(super) fn low_below(&mut self, end: u64) -> u64 {
        let first = self.below(end);
        self.below(first + 1)
    }

    /// Whether something happens that happens `percent` times of 100.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`, or the default of an empty list.
    pub(super) fn one_of<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let index = self.below(choices.len() as u64);
        choices.get(index as usize).copied().unwrap_or_default()
    }
}
