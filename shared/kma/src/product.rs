//! The three products of the short-term forecast, and when each edition of them appears.

use jiff::{SignedDuration, Timestamp};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// A product of the short-term forecast. Each appears in editions, which are named by their base time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Product {
    /// What was observed (초단기실황): based on each full hour, there ten minutes later.
    Observation,
    /// The next six hours (초단기예보): based on each half hour, there fifteen minutes later.
    UltraShort,
    /// The next days (단기예보): based on 02, 05, 08, 11, 14, 17, 20 and 23 h in Korea, there ten minutes later.
    Short,
}

impl Product {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Observation, Self::UltraShort, Self::Short];

    /// The base time of the newest edition that should be there at `now`.
    #[must_use]
    pub fn newest_base(self, now: Timestamp) -> Timestamp {
        let Rhythm { every, from, after } = self.rhythm();
        // Korea is nine hours ahead, which is a multiple of all three rhythms: they run through its midnight as they
        // run through that of UTC.
        let begun = now.as_second() - after - from;
        let base = begun - begun.rem_euclid(every) + from;
        Timestamp::from_second(base).unwrap_or(Timestamp::MIN)
    }

    /// The base time of the edition before that of `base`.
    #[must_use]
    pub fn base_before(self, base: Timestamp) -> Timestamp {
        base.checked_sub(SignedDuration::from_secs(self.rhythm().every)).unwrap_or(Timestamp::MIN)
    }

    /// When the edition after that of `base` should be there.
    #[must_use]
    pub fn next_appears(self, base: Timestamp) -> Timestamp {
        let Rhythm { every, after, .. } = self.rhythm();
        base.checked_add(SignedDuration::from_secs(every + after)).unwrap_or(Timestamp::MAX)
    }

    /// How the service calls its list.
    pub(crate) const fn operation(self) -> &'static str {
        match self {
            Self::Observation => "getUltraSrtNcst",
            Self::UltraShort => "getUltraSrtFcst",
            Self::Short => "getVilageFcst",
        }
    }

    const fn rhythm(self) -> Rhythm {
        match self {
            Self::Observation => Rhythm { every: HOUR, from: 0, after: 10 * MINUTE },
            Self::UltraShort => Rhythm { every: HOUR, from: 30 * MINUTE, after: 15 * MINUTE },
            Self::Short => Rhythm { every: 3 * HOUR, from: 2 * HOUR, after: 10 * MINUTE },
        }
    }
}

/// When editions appear, in seconds.
struct Rhythm {
    every: i64,
    from: i64,
    after: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time;

    /// The base time in Korea at a time in Korea.
    fn base(product: Product, now: &str) -> String {
        let (day, time) = time::day_and_time(product.newest_base(time::read(now).unwrap()));
        format!("{day} {time}")
    }

    #[test]
    fn an_observation_is_there_ten_minutes_after_the_hour() {
        assert_eq!(base(Product::Observation, "202611210610"), "20261121 0600");
        assert_eq!(base(Product::Observation, "202611210609"), "20261121 0500");
        assert_eq!(base(Product::Observation, "202611210009"), "20261120 2300");
        assert_eq!(base(Product::Observation, "202701010009"), "20261231 2300");
    }

    #[test]
    fn the_next_six_hours_are_there_fifteen_minutes_after_the_half_hour() {
        assert_eq!(base(Product::UltraShort, "202611210645"), "20261121 0630");
        assert_eq!(base(Product::UltraShort, "202611210644"), "20261121 0530");
        assert_eq!(base(Product::UltraShort, "202611210044"), "20261120 2330");
    }

    #[test]
    fn the_next_days_are_there_ten_minutes_after_each_third_hour() {
        for (now, expected) in [
            ("202611210209", "20261120 2300"),
            ("202611210210", "20261121 0200"),
            ("202611210509", "20261121 0200"),
            ("202611210510", "20261121 0500"),
            ("202611211000", "20261121 0800"),
            ("202611211110", "20261121 1100"),
            ("202611211659", "20261121 1400"),
            ("202611211710", "20261121 1700"),
            ("202611212009", "20261121 1700"),
            ("202611212310", "20261121 2300"),
            ("202611220000", "20261121 2300"),
        ] {
            assert_eq!(base(Product::Short, now), expected, "{now}");
        }
    }

    #[test]
    fn the_next_edition_appears_when_it_becomes_the_newest() {
        let now = time::read("202611211234").unwrap();
        for product in Product::ALL {
            let base = product.newest_base(now);
            let next = product.next_appears(base);
            let moment_before = next.checked_sub(SignedDuration::from_secs(1)).unwrap();
            assert_eq!(product.newest_base(moment_before), base, "{product:?}");
            assert_eq!(product.base_before(product.newest_base(next)), base, "{product:?}");
        }
    }
}
