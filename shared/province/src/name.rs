//! What the provinces are and were called.

use crate::Province;

/// What the unit that Gwangju and Jeonnam became by law is called, at full length and cut short.
const MERGED: [&str; 2] = ["전남광주통합특별시", "전남광주"];

/// Names of before a province became special and self-governing: Jeju in 2006, Gangwon in 2023, Jeonbuk in 2024.
const FORMER: [(&str, Province); 5] = [
    ("강원도", Province::Gangwon),
    ("전라북도", Province::Jeonbuk),
    ("제주도", Province::Jeju),
    ("서울시", Province::Seoul),
    ("세종시", Province::Sejong),
];

impl Province {
    /// Its name at full length: `서울특별시`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seoul => "서울특별시",
            Self::Busan => "부산광역시",
            Self::Daegu => "대구광역시",
            Self::Incheon => "인천광역시",
            Self::Gwangju => "광주광역시",
            Self::Daejeon => "대전광역시",
            Self::Ulsan => "울산광역시",
            Self::Sejong => "세종특별자치시",
            Self::Gyeonggi => "경기도",
            Self::Chungbuk => "충청북도",
            Self::Chungnam => "충청남도",
            Self::Jeonnam => "전라남도",
            Self::Gyeongbuk => "경상북도",
            Self::Gyeongnam => "경상남도",
            Self::Jeju => "제주특별자치도",
            Self::Gangwon => "강원특별자치도",
            Self::Jeonbuk => "전북특별자치도",
        }
    }

    /// What it is called in short: `서울`.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Seoul => "서울",
            Self::Busan => "부산",
            Self::Daegu => "대구",
            Self::Incheon => "인천",
            Self::Gwangju => "광주",
            Self::Daejeon => "대전",
            Self::Ulsan => "울산",
            Self::Sejong => "세종",
            Self::Gyeonggi => "경기",
            Self::Chungbuk => "충북",
            Self::Chungnam => "충남",
            Self::Jeonnam => "전남",
            Self::Gyeongbuk => "경북",
            Self::Gyeongnam => "경남",
            Self::Jeju => "제주",
            Self::Gangwon => "강원",
            Self::Jeonbuk => "전북",
        }
    }

    /// The provinces with which the name of a place begins: one for `부산서부`, `경상북도 안동시`, `강원도`; two for
    /// what is called after the unit that Gwangju and Jeonnam became; none for `강릉`.
    ///
    /// By its name alone `광주` is the city of 1.4 million, not the one in Gyeonggi.
    #[must_use]
    pub fn named(name: &str) -> Vec<Self> {
        let name = name.trim_start();
        if is_merged(name) {
            return vec![Self::Gwangju, Self::Jeonnam];
        }
        let full = Self::ALL.into_iter().map(|province| (province.name(), province));
        let short = Self::ALL.into_iter().map(|province| (province.short_name(), province));
        let mut names = full.chain(FORMER).chain(short);
        names.find(|(known, _)| name.starts_with(known)).map(|(_, province)| province).into_iter().collect()
    }
}

/// Whether a place is called after the unit that Gwangju and Jeonnam became.
pub fn is_merged(name: &str) -> bool {
    MERGED.iter().any(|merged| name.trim_start().starts_with(merged))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_its_names_and_by_what_begins_with_them() {
        for province in Province::ALL {
            for name in [province.name(), province.short_name()] {
                assert_eq!(Province::named(name), [province]);
                assert_eq!(Province::named(&format!(" {name} 어느 곳")), [province]);
            }
        }
    }

    #[test]
    fn former_names_are_known() {
        for (name, province) in
            [("강원도", Province::Gangwon), ("전라북도", Province::Jeonbuk), ("제주도", Province::Jeju)]
        {
            assert_eq!(Province::named(name), [province]);
        }
    }

    #[test]
    fn the_merged_unit_is_both_and_a_town_is_none() {
        for name in ["전남광주통합특별시", "전남광주", "전남광주통합특별시 동구"] {
            assert_eq!(Province::named(name), [Province::Gwangju, Province::Jeonnam], "{name}");
        }
        for name in ["", "강릉평지", "동남권", "Seoul"] {
            assert_eq!(Province::named(name), [], "{name}");
        }
    }
}
