//! Points and levels.

/// The points of a level.
pub const PER_LEVEL: u64 = 100;

/// The most points of a mission; at least it is worth one.
pub const MOST: u32 = 100;

/// Where somebody stands who has some points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// From 1 on: one more for each [`PER_LEVEL`] points.
    pub number: u64,
    /// The points within this level, below [`PER_LEVEL`].
    pub progress: u64,
}

impl Level {
    /// The level of `points`. It is always counted from all points, never carried on: no sum of missions can lose or
    /// gain points at a level's border.
    #[must_use]
    pub const fn of(points: u64) -> Self {
        Self { number: points / PER_LEVEL + 1, progress: points % PER_LEVEL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_has_a_hundred_points_and_what_is_over_counts_for_the_next() {
        for (points, number, progress) in
            [(0, 1, 0), (99, 1, 99), (100, 2, 0), (130, 2, 30), (199, 2, 99), (200, 3, 0)]
        {
            assert_eq!(Level::of(points), Level { number, progress }, "{points}");
        }
    }

    #[test]
    fn no_points_are_lost_whatever_they_come_in() {
        for step in 1..=u64::from(MOST) {
            let points: u64 = std::iter::repeat_n(step, 50).sum();
            let Level { number, progress } = Level::of(points);
            assert_eq!((number - 1) * PER_LEVEL + progress, points);
        }
    }
}
