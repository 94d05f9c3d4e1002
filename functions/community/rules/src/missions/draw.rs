//! Drawing a mission.

use super::kind::{Kind, Weather};

/// A mission that could be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its id.
    pub id: &'a str,
    /// The weather that it is for.
    pub kind: Kind,
}

/// The id of the mission that `random` draws out of `candidates`: one for this weather that is not among those that
/// the member `had` that day; if there is none, one for any weather; none if those are used up too.
///
/// The same arguments draw the same mission, in whatever order the candidates come. Of a random number that is equally
/// distributed over all of `u64`, each fitting mission gets an equal share, but for one part in 2⁵⁰.
#[must_use]
pub fn draw<'a>(
    candidates: &[Candidate<'a>],
    weather: &Weather,
    had: &[&str],
    random: u64,
) -> Option<&'a str> {
    let new = || candidates.iter().filter(|candidate| !had.contains(&candidate.id));
    let fitting = new().filter(|candidate| candidate.kind != Kind::Any && weather.suits(candidate.kind));
    let fitting: Vec<&'a str> = fitting.map(|candidate| candidate.id).collect();
    let any = || new().filter(|candidate| candidate.kind == Kind::Any).map(|candidate| candidate.id);
    let mut pool = if fitting.is_empty() { any().collect() } else { fitting };
    pool.sort_unstable();
    let place = random.checked_rem(pool.len() as u64)?;
    pool.get(usize::try_from(place).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::kind::Falling;
    use super::*;

    const RAIN: Weather = Weather { temperature: Some(15.0), falling: Falling::Rain, is_clear: false };
    const SUN: Weather = Weather { temperature: Some(15.0), falling: Falling::Nothing, is_clear: true };

    const ALL: [Candidate<'static>; 5] = [
        Candidate { id: "umbrella", kind: Kind::Rain },
        Candidate { id: "boots", kind: Kind::Rain },
        Candidate { id: "sky", kind: Kind::Sunny },
        Candidate { id: "walk", kind: Kind::Any },
        Candidate { id: "stairs", kind: Kind::Any },
    ];

    #[test]
    fn what_is_drawn_fits_the_weather_and_was_not_drawn_that_day() {
        for random in [0, 1, 2, 12_345, u64::MAX] {
            assert!(["umbrella", "boots"].contains(&draw(&ALL, &RAIN, &[], random).unwrap()));
            assert_eq!(draw(&ALL, &RAIN, &["boots"], random), Some("umbrella"));
            assert_eq!(draw(&ALL, &SUN, &[], random), Some("sky"));
        }
    }

    #[test]
    fn missions_for_any_weather_come_only_when_nothing_else_is_left() {
        for random in 0..20 {
            let drawn = draw(&ALL, &RAIN, &["boots", "umbrella"], random).unwrap();
            assert!(["walk", "stairs"].contains(&drawn), "{drawn}");
        }
        assert_eq!(draw(&ALL, &SUN, &["sky", "walk", "stairs"], 7), None, "nothing is left");
        assert_eq!(draw(&[], &SUN, &[], 7), None);
        assert_eq!(draw(&ALL[..2], &SUN, &[], 7), None, "nothing fits");
    }

    #[test]
    fn the_same_number_draws_the_same_and_all_numbers_draw_all_alike() {
        let mut reversed = ALL;
        reversed.reverse();
        let mut drawn = BTreeMap::new();
        for random in 0..1_000 {
            let id = draw(&ALL, &RAIN, &[], random).unwrap();
            assert_eq!(Some(id), draw(&reversed, &RAIN, &[], random));
            *drawn.entry(id).or_insert(0) += 1;
        }
        assert_eq!(drawn, BTreeMap::from([("boots", 500), ("umbrella", 500)]));
    }
}
