//! The seventeen provinces: where a place lies, and what a zone of the weather service belongs to.
//!
//! On 2026-07-01 Gwangju and Jeonnam became one unit by law. The weather service still warns for each of them, so they
//! stay two here, and whatever is called after the new unit belongs to both.
#![warn(missing_docs)]

mod name;
mod place;
mod zone;

pub use zone::{Source, Zone};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the seventeen first-level units of Korea (시·도). Its serial form is its [`code`](Province::code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is called by its name")]
pub enum Province {
    Seoul,
    Busan,
    Daegu,
    Incheon,
    Gwangju,
    Daejeon,
    Ulsan,
    Sejong,
    Gyeonggi,
    Chungbuk,
    Chungnam,
    Jeonnam,
    Gyeongbuk,
    Gyeongnam,
    Jeju,
    Gangwon,
    Jeonbuk,
}

/// A code that no province has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no province has this code")]
pub struct UnknownCode;

impl Province {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 17] = [
        Self::Seoul,
        Self::Busan,
        Self::Daegu,
        Self::Incheon,
        Self::Gwangju,
        Self::Daejeon,
        Self::Ulsan,
        Self::Sejong,
        Self::Gyeonggi,
        Self::Chungbuk,
        Self::Chungnam,
        Self::Jeonnam,
        Self::Gyeongbuk,
        Self::Gyeongnam,
        Self::Jeju,
        Self::Gangwon,
        Self::Jeonbuk,
    ];

    /// The first two digits of its administrative codes (법정동코드): `11` for Seoul.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Seoul => "11",
            Self::Busan => "26",
            Self::Daegu => "27",
            Self::Incheon => "28",
            Self::Gwangju => "29",
            Self::Daejeon => "30",
            Self::Ulsan => "31",
            Self::Sejong => "36",
            Self::Gyeonggi => "41",
            Self::Chungbuk => "43",
            Self::Chungnam => "44",
            Self::Jeonnam => "46",
            Self::Gyeongbuk => "47",
            Self::Gyeongnam => "48",
            Self::Jeju => "50",
            Self::Gangwon => "51",
            Self::Jeonbuk => "52",
        }
    }

    /// The province with this code.
    ///
    /// # Errors
    /// [`UnknownCode`].
    pub fn from_code(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|province| province.code() == code).ok_or(UnknownCode)
    }
}

impl std::str::FromStr for Province {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::from_code(code)
    }
}

impl Serialize for Province {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Province {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_of_the_seventeen_has_a_code_of_its_own_and_comes_back_from_it() {
        let codes: HashSet<_> = Province::ALL.iter().map(|province| province.code()).collect();
        assert_eq!(codes.len(), 17);
        assert!(Province::ALL.is_sorted_by_key(|province| province.code()));
        for province in Province::ALL {
            assert_eq!(province.code().parse(), Ok(province));
        }
        for unknown in ["", "1", "42", "99", "서울"] {
            assert_eq!(Province::from_code(unknown), Err(UnknownCode), "{unknown}");
        }
    }
}
