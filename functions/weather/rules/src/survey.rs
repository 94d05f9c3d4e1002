//! Six answers of a member, and the class of people that they put somebody in.
//!
//! Advice is written for a class and not for a person, so that the many who have the same sky over them share a few
//! lines. What one likes does not change what is wise to wear: it becomes a remark that a rule adds for everybody alone
//! ([`Survey::remark`]), and no class.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::hour::{Precipitation, Sky};

/// The six answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Survey {
    /// Which weather somebody likes best.
    pub preferred_weather: PreferredWeather,
    /// What matters most about clothes.
    pub clothing_priority: ClothingPriority,
    /// How much somebody sweats.
    pub sweating: Sweating,
    /// Up to how much rain or snow somebody goes out.
    pub wet_limit: WetLimit,
    /// How somebody bears the cold.
    pub cold: Sensitivity,
    /// How somebody bears the heat.
    pub heat: Sensitivity,
}

/// Which weather somebody likes best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each is called by its name")]
pub enum PreferredWeather {
    Sunny,
    Cloudy,
    Rainy,
    Snowy,
    Windy,
}

/// What matters most about clothes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each is called by its name")]
pub enum ClothingPriority {
    Warmth,
    Coolness,
    Comfort,
    Style,
    Protection,
}

/// How much somebody sweats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each is called by its name")]
pub enum Sweating {
    Little,
    Normal,
    Much,
}

/// Up to how much rain or snow somebody goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WetLimit {
    /// Not in any.
    None,
    /// In drops and flurries.
    Drops,
    /// In light rain or snow.
    Light,
    /// In steady rain or snow.
    Steady,
    /// In any.
    Any,
}

/// How somebody bears something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sensitivity {
    /// As most people.
    Normal,
    /// Worse than most people.
    Sensitive,
}

/// Everybody who is given the same advice: eight classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Class {
    /// Bears the cold badly.
    pub minds_cold: bool,
    /// Bears the heat badly, or sweats much.
    pub minds_heat: bool,
    /// Stays in when it rains or snows, but for drops and flurries.
    pub minds_wet: bool,
}

impl Class {
    /// All of them.
    #[must_use]
    pub fn all() -> [Self; 8] {
        std::array::from_fn(|bits| Self {
            minds_cold: bits & 1 != 0,
            minds_heat: bits & 2 != 0,
            minds_wet: bits & 4 != 0,
        })
    }

    /// Its name in keys: `chw`, with `-` for what somebody does not mind.
    #[must_use]
    pub fn name(self) -> String {
        let letter = |minds: bool, letter: char| if minds { letter } else { '-' };
        [letter(self.minds_cold, 'c'), letter(self.minds_heat, 'h'), letter(self.minds_wet, 'w')]
            .into_iter()
            .collect()
    }
}

impl Survey {
    /// The class that the answers put somebody in. Whoever gave none is in the default one.
    #[must_use]
    pub fn class(&self) -> Class {
        Class {
            minds_cold: self.cold == Sensitivity::Sensitive,
            minds_heat: self.heat == Sensitivity::Sensitive || self.sweating == Sweating::Much,
            minds_wet: matches!(self.wet_limit, WetLimit::None | WetLimit::Drops),
        }
    }

    /// What is added for this person alone: that it is the weather they like, else what it asks of the clothes that they
    /// like; none if there is nothing to say.
    #[must_use]
    pub fn remark(&self, facts: &Facts) -> Option<&'static str> {
        self.liked(facts).or_else(|| self.worn(facts))
    }

    fn liked(&self, facts: &Facts) -> Option<&'static str> {
        let dry = facts.precipitation == Precipitation::None;
        match self.preferred_weather {
            PreferredWeather::Sunny if dry && facts.sky == Some(Sky::Clear) => {
                Some("좋아하시는 맑은 날씨예요.")
            }
            PreferredWeather::Cloudy if dry && facts.sky == Some(Sky::Cloudy) => {
                Some("좋아하시는 흐린 날씨예요.")
            }
            PreferredWeather::Rainy if facts.precipitation == Precipitation::Rain => {
                Some("좋아하시는 비 오는 날씨예요.")
            }
            PreferredWeather::Snowy if facts.precipitation == Precipitation::Snow => {
                Some("좋아하시는 눈 오는 날씨예요.")
            }
            PreferredWeather::Windy if dry && facts.is_windy() => Some("좋아하시는 바람 부는 날씨예요."),
            _ => None,
        }
    }

    fn worn(&self, facts: &Facts) -> Option<&'static str> {
        let is_wet = facts.precipitation != Precipitation::None;
        match (self.clothing_priority, facts.felt?) {
            (ClothingPriority::Warmth, ..10) => Some("따뜻함을 먼저 보신다면 안에 한 겹을 더하세요."),
            (ClothingPriority::Coolness, 25..) => Some("시원함을 먼저 보신다면 리넨처럼 얇은 천이 좋아요."),
            (ClothingPriority::Protection, _) if is_wet => Some("젖지 않는 겉옷과 신발이 좋아요."),
            (ClothingPriority::Style, 10..25) if !is_wet => Some("멋을 내기 좋은 기온이에요."),
            (ClothingPriority::Comfort, 10..25) => Some("가벼운 옷을 겹쳐 입으면 편해요."),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const PLAIN: Survey = Survey {
        preferred_weather: PreferredWeather::Sunny,
        clothing_priority: ClothingPriority::Warmth,
        sweating: Sweating::Normal,
        wet_limit: WetLimit::Steady,
        cold: Sensitivity::Normal,
        heat: Sensitivity::Normal,
    };

    #[test]
    fn there_are_eight_classes_with_names_of_their_own() {
        let names: HashSet<String> = Class::all().into_iter().map(Class::name).collect();
        assert_eq!(names.len(), 8);
        assert!(names.contains("---") && names.contains("chw"));
    }

    #[test]
    fn what_somebody_bears_badly_makes_the_class_and_what_somebody_likes_does_not() {
        assert_eq!(PLAIN.class(), Class::default());
        assert!(Survey { cold: Sensitivity::Sensitive, ..PLAIN }.class().minds_cold);
        assert!(Survey { heat: Sensitivity::Sensitive, ..PLAIN }.class().minds_heat);
        assert!(Survey { sweating: Sweating::Much, ..PLAIN }.class().minds_heat);
        assert!(Survey { wet_limit: WetLimit::Drops, ..PLAIN }.class().minds_wet);
        assert!(!Survey { wet_limit: WetLimit::Light, ..PLAIN }.class().minds_wet);
        let liking = Survey {
            preferred_weather: PreferredWeather::Snowy,
            clothing_priority: ClothingPriority::Style,
            ..PLAIN
        };
        assert_eq!(liking.class(), PLAIN.class());
    }

    #[test]
    fn a_remark_is_for_the_weather_that_somebody_likes_else_for_their_clothes() {
        let facts = Facts { sky: Some(Sky::Clear), felt: Some(3), ..Facts::default() };
        assert_eq!(PLAIN.remark(&facts), Some("좋아하시는 맑은 날씨예요."));
        let cloudy = Facts { sky: Some(Sky::Cloudy), ..facts };
        assert!(PLAIN.remark(&cloudy).unwrap().contains("따뜻함"));
        assert_eq!(PLAIN.remark(&Facts { felt: Some(20), ..cloudy }), None);
    }
}
