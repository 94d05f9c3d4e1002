//! Kinds and levels of warnings.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What a warning is about (`warnVar`). Its serial form is its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub enum Kind {
    /// 강풍
    Wind,
    /// 호우
    Rain,
    /// 한파
    Cold,
    /// 건조
    Drought,
    /// 폭풍해일
    StormSurge,
    /// 풍랑
    Waves,
    /// 태풍
    Typhoon,
    /// 대설
    Snow,
    /// 황사
    Dust,
    /// 폭염
    Heat,
    /// 열대야, since 2026-06.
    TropicalNight,
    /// One that this code does not know yet: the service adds some.
    Other(u16),
}

impl Kind {
    /// Those that are known, in the order of their codes.
    pub const KNOWN: [Self; 11] = [
        Self::Wind,
        Self::Rain,
        Self::Cold,
        Self::Drought,
        Self::StormSurge,
        Self::Waves,
        Self::Typhoon,
        Self::Snow,
        Self::Dust,
        Self::Heat,
        Self::TropicalNight,
    ];

    /// What it is called: `호우`; one that is not known is called by its code.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        let name = match self {
            Self::Wind => "강풍",
            Self::Rain => "호우",
            Self::Cold => "한파",
            Self::Drought => "건조",
            Self::StormSurge => "폭풍해일",
            Self::Waves => "풍랑",
            Self::Typhoon => "태풍",
            Self::Snow => "대설",
            Self::Dust => "황사",
            Self::Heat => "폭염",
            Self::TropicalNight => "열대야",
            Self::Other(code) => return Cow::Owned(format!("기상 {code}호 ")),
        };
        Cow::Borrowed(name)
    }
}

impl From<u16> for Kind {
    fn from(code: u16) -> Self {
        match code {
            1 => Self::Wind,
            2 => Self::Rain,
            3 => Self::Cold,
            4 => Self::Drought,
            5 => Self::StormSurge,
            6 => Self::Waves,
            7 => Self::Typhoon,
            8 => Self::Snow,
            9 => Self::Dust,
            12 => Self::Heat,
            13 => Self::TropicalNight,
            code => Self::Other(code),
        }
    }
}

impl From<Kind> for u16 {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Wind => 1,
            Kind::Rain => 2,
            Kind::Cold => 3,
            Kind::Drought => 4,
            Kind::StormSurge => 5,
            Kind::Waves => 6,
            Kind::Typhoon => 7,
            Kind::Snow => 8,
            Kind::Dust => 9,
            Kind::Heat => 12,
            Kind::TropicalNight => 13,
            Kind::Other(code) => code,
        }
    }
}

/// How grave a warning is (`warnStress`): 0 advisory (주의보), 1 warning (경보), 2 severe warning (중대경보, since
/// 2026-06). A higher number is graver, also of those that are not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub u8);

impl Level {
    /// Those that are known.
    pub const KNOWN: [Self; 3] = [Self(0), Self(1), Self(2)];

    /// What it is called: `경보`; one that is not known is called by its number.
    #[must_use]
    pub fn name(self) -> Cow<'static, str> {
        match self.0 {
            0 => Cow::Borrowed("주의보"),
            1 => Cow::Borrowed("경보"),
            2 => Cow::Borrowed("중대경보"),
            number => Cow::Owned(format!("특보 {number}단계")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_comes_back_from_its_code_known_or_not() {
        for code in 0..=20 {
            let kind = Kind::from(code);
            assert_eq!(u16::from(kind), code);
            let known = matches!(code, 1..=9 | 12 | 13);
            assert_eq!(matches!(kind, Kind::Other(_)), !known, "{code}");
            assert_eq!(Kind::KNOWN.contains(&kind), known, "{code}");
        }
    }

    #[test]
    fn what_is_not_known_is_called_by_its_number() {
        let name = |kind: u16, level| format!("{}{}", Kind::from(kind).name(), Level(level).name());
        assert_eq!(name(2, 0), "호우주의보");
        assert_eq!(name(13, 2), "열대야중대경보");
        assert_eq!(name(14, 0), "기상 14호 주의보");
        assert_eq!(name(1, 3), "강풍특보 3단계");
    }

    #[test]
    fn a_higher_number_is_graver() {
        assert!(Level(3) > Level(2) && Level(1) > Level(0));
    }
}
