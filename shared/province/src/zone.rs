//! The zones for which the weather service warns (특보구역), and where they lie.
//!
//! A zone has a parent (`REG_UP` in the service's table of zones, 특보구역코드안내 of 2026-06-01), and at the top of
//! that tree stand the provinces. A zone's code mostly begins like that of its province, but not always, and least of
//! all where it is an old one: a city that left its province keeps a number there. So the ones that mislead are listed.

use crate::Province;
use crate::name::is_merged;

/// Where a zone lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// On land, in these provinces: one, except for what is called after a merged unit or the whole country.
    Land(Vec<Province>),
    /// At sea, in no province.
    Sea,
    /// Neither its code nor its name tells. The caller says so in the log: a zone may be new.
    Unknown,
}

/// Codes that are not used any more, but stand in old reports. Each begins like another province's.
const FORMER: [(&str, Province); 5] = [
    // Until 2020-05-14, when Seoul was divided in four.
    ("L10101", Province::Seoul),
    ("L10701", Province::Daegu),
    ("L10501", Province::Gwangju),
    ("L10108", Province::Incheon),
    ("L10318", Province::Sejong),
];

/// Zones whose province is not the one that their code begins with, by what they have in common with the zones
/// below them (`L10137` is Paju, `L1013710` its north-east).
const EXCEPTIONS: [(&str, Province); 16] = [
    // 강화
    ("L10109", Province::Incheon),
    // 옹진
    ("L10136", Province::Incheon),
    // 서해5도, 백령도·대청도, 연평도·우도
    ("L10140", Province::Incheon),
    ("L10142", Province::Incheon),
    ("L10143", Province::Incheon),
    // 대전
    ("L10301", Province::Daejeon),
    // 군위, since 2023-07-01
    ("L10702", Province::Daegu),
    // 부산동부, 부산중부, 부산서부
    ("L10825", Province::Busan),
    ("L10826", Province::Busan),
    ("L10827", Province::Busan),
    // 울산동부, 울산서부
    ("L10828", Province::Ulsan),
    ("L10829", Province::Ulsan),
    // 흑산도·홍도, which are roots of their own
    ("L10524", Province::Jeonnam),
    ("L10525", Province::Jeonnam),
    // 울릉도·독도, a root of its own
    ("L16000", Province::Gyeongbuk),
    ("L10721", Province::Gyeongbuk),
];

/// With what the codes of each province's zones begin.
const PREFIXES: [(&str, Province); 17] = [
    ("L101", Province::Gyeonggi),
    ("L102", Province::Gangwon),
    ("L103", Province::Chungnam),
    ("L104", Province::Chungbuk),
    ("L105", Province::Jeonnam),
    ("L106", Province::Jeonbuk),
    ("L107", Province::Gyeongbuk),
    ("L108", Province::Gyeongnam),
    ("L109", Province::Jeju),
    ("L110", Province::Seoul),
    ("L111", Province::Incheon),
    ("L112", Province::Daejeon),
    ("L113", Province::Gwangju),
    ("L114", Province::Daegu),
    ("L115", Province::Busan),
    ("L116", Province::Ulsan),
    ("L117", Province::Sejong),
];

/// The zone above all others.
const WHOLE_COUNTRY: &str = "L1000000";

impl Zone {
    /// The provinces in which it lies.
    #[must_use]
    pub fn provinces(&self) -> &[Province] {
        match self {
            Self::Land(provinces) => provinces,
            Self::Sea | Self::Unknown => &[],
        }
    }
}

impl Province {
    /// Where the zone with this code (`areaCode`) and name (`areaName`) lies: by the list of old codes, the list of
    /// exceptions, the beginning of the code, and where that tells nothing, by its name.
    #[must_use]
    pub fn of_zone(area_code: &str, area_name: &str) -> Zone {
        let code = area_code.trim();
        if code.starts_with('S') {
            return Zone::Sea;
        }
        if code == WHOLE_COUNTRY {
            return Zone::Land(Self::ALL.to_vec());
        }
        // Whatever code a whole province has: below it, the code tells more than the name.
        if is_merged(area_name) && (code.ends_with("0000") || of_code(code).is_none()) {
            return Zone::Land(Self::named(area_name));
        }
        let found = of_code(code).map_or_else(|| Self::named(area_name), |province| vec![province]);
        if found.is_empty() { Zone::Unknown } else { Zone::Land(found) }
    }
}

fn of_code(code: &str) -> Option<Province> {
    let mut known = FORMER.into_iter().chain(EXCEPTIONS).chain(PREFIXES);
    known.find(|(beginning, _)| code.starts_with(beginning)).map(|(_, province)| province)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(zones: &[(&str, &str, Province)]) {
        for (code, name, province) in zones {
            assert_eq!(Province::of_zone(code, name), Zone::Land(vec![*province]), "{code} {name}");
        }
    }

    #[test]
    fn the_root_of_each_province_is_that_province() {
        expect(&[
            ("L1100000", "서울특별시", Province::Seoul),
            ("L1150000", "부산광역시", Province::Busan),
            ("L1140000", "대구광역시", Province::Daegu),
            ("L1110000", "인천광역시", Province::Incheon),
            ("L1130000", "광주광역시", Province::Gwangju),
            ("L1120000", "대전광역시", Province::Daejeon),
            ("L1160000", "울산광역시", Province::Ulsan),
            ("L1170000", "세종특별자치시", Province::Sejong),
            ("L1010000", "경기도", Province::Gyeonggi),
            ("L1020000", "강원특별자치도", Province::Gangwon),
            ("L1040000", "충청북도", Province::Chungbuk),
            ("L1030000", "충청남도", Province::Chungnam),
            ("L1060000", "전북특별자치도", Province::Jeonbuk),
            ("L1050000", "전라남도", Province::Jeonnam),
            ("L1070000", "경상북도", Province::Gyeongbuk),
            ("L1080000", "경상남도", Province::Gyeongnam),
            ("L1090000", "제주특별자치도", Province::Jeju),
        ]);
    }

    #[test]
    fn zones_whose_code_begins_like_another_provinces_are_where_they_are() {
        expect(&[
            ("L1010900", "강화", Province::Incheon),
            ("L1013600", "옹진", Province::Incheon),
            ("L1014000", "서해5도", Province::Incheon),
            ("L1014200", "백령도.대청도", Province::Incheon),
            ("L1014300", "연평도.우도", Province::Incheon),
            ("L1030100", "대전", Province::Daejeon),
            ("L1070200", "군위", Province::Daegu),
            ("L1082500", "부산동부", Province::Busan),
            ("L1082600", "부산중부", Province::Busan),
            ("L1082700", "부산서부", Province::Busan),
            ("L1082800", "울산동부", Province::Ulsan),
            ("L1082900", "울산서부", Province::Ulsan),
            ("L1052400", "흑산도.홍도", Province::Jeonnam),
            ("L1052500", "흑산도.홍도", Province::Jeonnam),
            ("L1600000", "울릉도.독도", Province::Gyeongbuk),
            ("L1072100", "울릉도.독도", Province::Gyeongbuk),
        ]);
    }

    #[test]
    fn old_codes_are_where_they_were() {
        expect(&[
            ("L1010100", "서울특별시", Province::Seoul),
            ("L1010100", "", Province::Seoul),
            ("L1070100", "대구", Province::Daegu),
            ("L1050100", "광주", Province::Gwangju),
            ("L1010800", "인천", Province::Incheon),
            ("L1031800", "세종", Province::Sejong),
        ]);
    }

    #[test]
    fn the_zones_of_2026_and_those_below_others_follow_them() {
        expect(&[
            ("L1013710", "파주동북부", Province::Gyeonggi),
            ("L1022510", "강릉평지", Province::Gangwon),
            ("L1010910", "강화북부", Province::Incheon),
            ("L1110130", "인천남부", Province::Incheon),
            ("L1130110", "광주서부", Province::Gwangju),
            ("L1140210", "달성남부", Province::Daegu),
            ("L1170120", "세종남부", Province::Sejong),
            ("L1091310", "추자도", Province::Jeju),
            ("L1100400", "서울서북권", Province::Seoul),
        ]);
    }

    #[test]
    fn a_code_tells_more_than_a_name_that_two_places_have() {
        expect(&[("L1011500", "광주", Province::Gyeonggi), ("L1023000", "고성", Province::Gangwon)]);
    }

    #[test]
    fn where_the_code_tells_nothing_the_name_does() {
        expect(&[
            ("L1190100", "충남서부", Province::Chungnam),
            ("", "전라북도 전주시", Province::Jeonbuk),
            ("X", "강원도", Province::Gangwon),
        ]);
    }

    #[test]
    fn what_is_called_after_the_merged_unit_is_in_both_unless_its_code_says_in_which() {
        let both = Zone::Land(vec![Province::Gwangju, Province::Jeonnam]);
        for code in ["L1180000", "L1130000", "L1050000", ""] {
            assert_eq!(Province::of_zone(code, "전남광주통합특별시"), both, "{code}");
        }
        expect(&[
            ("L1130120", "전남광주 동부", Province::Gwangju),
            ("L1050300", "전남광주 나주", Province::Jeonnam),
        ]);
    }

    #[test]
    fn the_sea_is_in_no_province_and_the_whole_country_in_all() {
        assert_eq!(Province::of_zone("S1250000", "서해중부앞바다"), Zone::Sea);
        assert_eq!(Province::of_zone("S1320000", "부산앞바다"), Zone::Sea);
        assert_eq!(Province::of_zone("L1000000", "전국").provinces(), Province::ALL);
    }

    #[test]
    fn what_nobody_knows_is_unknown() {
        for (code, name) in [("L1190000", "새만금"), ("", ""), ("L", "?"), ("한글", "한글")] {
            assert_eq!(Province::of_zone(code, name), Zone::Unknown, "{code} {name}");
        }
    }
}
