//! Drawing a mission that fits the weather where the member is.

use community_rules::missions::draw::{Candidate, draw};
use community_rules::missions::kind::{Falling, Weather};
use community_rules::missions::slot::Slot;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, day_in_seoul};
use maru_whereabouts::{Conditions, Precipitation, Sky, Whereabouts};

use super::assignment::Assignment;
use crate::error::Error;
use crate::hash::number_of;
use crate::store::Store;

/// How old the weather may be that a mission is drawn by.
const WEATHER_HOLDS: SignedDuration = SignedDuration::from_hours(3);

/// How often another mission is drawn when the same one is drawn in another slot at the same moment: there are three
/// slots.
const ATTEMPTS: u32 = 3;

/// Draws missions.
#[derive(Clone, Debug)]
pub struct Drawing {
    store: Store,
    whereabouts: Whereabouts,
}

impl FromEnvironment for Drawing {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let whereabouts = Whereabouts::from_environment(environment)?;
        Ok(Self { store: Store::from_environment(environment)?, whereabouts })
    }
}

impl Drawing {
    /// The community table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Draws a mission in a slot of today, as the assignment `id`. The one of this id that is there already was drawn
    /// by a request before this one, and is given as it stands.
    ///
    /// # Errors
    /// [`Error::SlotNotOpen`], [`Error::AlreadyDrawn`], [`Error::WeatherUnknown`], [`Error::NoMissionLeft`],
    /// [`Error::Closed`], and what fails.
    pub async fn draw(
        &self,
        member: &str,
        slot: Slot,
        id: &str,
        now: Timestamp,
    ) -> Result<Assignment, Error> {
        if !slot.is_open(now) {
            return Err(Error::SlotNotOpen(slot));
        }
        let mut weather = None;
        for _ in 0..ATTEMPTS {
            let mut had = self.store.assignments(member, day_in_seoul(now)).await?;
            if let Some(place) = had.iter().position(|assignment| assignment.slot == slot) {
                let there = had.swap_remove(place);
                return if there.id == id { Ok(there) } else { Err(Error::AlreadyDrawn(there.id)) };
            }
            let weather = match weather {
                Some(weather) => weather,
                None => *weather.insert(self.weather(member, now).await?),
            };
            let had: Vec<&str> = had.iter().map(|assignment| assignment.mission_id.as_str()).collect();
            let mut missions = self.store.all_missions().await?;
            let candidates =
                missions.iter().map(|mission| Candidate { id: &mission.id, kind: mission.content.kind });
            let candidates: Vec<Candidate<'_>> = candidates.collect();
            // Out of the 80 random bits of its id: a request that carries on another draws the same.
            let drawn = draw(&candidates, &weather, &had, number_of(id)).ok_or(Error::NoMissionLeft)?;
            let place =
                missions.iter().position(|mission| mission.id == drawn).ok_or(Error::NoMissionLeft)?;
            let assignment = Assignment::new(id.to_owned(), slot, missions.swap_remove(place), now);
            if let Some(assignment) = self.store.give(member, assignment).await? {
                return Ok(assignment);
            }
        }
        Err(Error::Overtaken)
    }

    async fn weather(&self, member: &str, now: Timestamp) -> Result<Weather, Error> {
        let sight = self.whereabouts.of(member).await?;
        let fresh = sight.filter(|sight| now.duration_since(sight.observed_at) <= WEATHER_HOLDS);
        fresh.map(|sight| weather_of(&sight.conditions)).ok_or(Error::WeatherUnknown)
    }
}

fn weather_of(conditions: &Conditions) -> Weather {
    let falling = match conditions.precipitation {
        Precipitation::None => Falling::Nothing,
        Precipitation::Rain => Falling::Rain,
        Precipitation::Sleet => Falling::Sleet,
        Precipitation::Snow => Falling::Snow,
    };
    Weather { temperature: conditions.temperature, falling, is_clear: conditions.sky == Sky::Clear }
}
