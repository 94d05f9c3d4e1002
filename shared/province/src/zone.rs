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

/// By what it is known where a zone lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// By a list of codes: those given up, those that mislead, the roots of the provinces, the sea.
    Known,
    /// By what its code begins with only, and its name says nothing else.
    Prefix,
    /// By its name: its code tells nothing, or begins like another province's. The caller says so in the log: the zone
    /// belongs into a list.
    Name,
    /// By nothing.
    Nothing,
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
    /// Where the zone with this code (`areaCode`) and name (`areaName`) lies; see [`Province::find_zone`].
    #[must_use]
    pub fn of_zone(area_code: &str, area_name: &str) -> Zone {
        Self::find_zone(area_code, area_name).0
    }

    /// Where a zone lies, and by what that is known: the list of old codes, the list of exceptions, the roots of the
    /// provinces. Else the beginning of the code tells it, unless the zone is named after another province: an old code, or
    /// one that is too new for the lists, may begin like that of any neighbour.
    #[must_use]
    pub fn find_zone(area_code: &str, area_name: &str) -> (Zone, Source) {
        let code = area_code.trim();
        if code.starts_with('S') {
            return (Zone::Sea, Source::Known);
        }
        if code == WHOLE_COUNTRY {
            return (Zone::Land(Self::ALL.to_vec()), Source::Known);
        }
        let (listed, named) = (listed(code), Self::named(area_name));
        // Whatever code a whole province has: below it, the code tells more than the name.
        let is_root = code.ends_with("0000");
        if is_merged(area_name) && (is_root || listed.or(by_prefix(code)).is_none()) {
            return (Zone::Land(named), Source::Known);
        }
        if let Some(province) = listed {
            return (Zone::Land(vec![province]), Source::Known);
        }
        match by_prefix(code) {
            Some(province) if is_root => (Zone::Land(vec![province]), Source::Known),
            Some(province) if agrees(province, area_name, &named) => {
                (Zone::Land(vec![province]), Source::Prefix)
            }
            _ if named.is_empty() => (Zone::Unknown, Source::Nothing),
            _ => (Zone::Land(named), Source::Name),
        }
    }
}

/// Whether the name of a zone may be that of one in `province`: it is `named` after no other. A city in Gyeonggi is called
/// Gwangju like the one that is a province.
fn agrees(province: Province, area_name: &str, named: &[Province]) -> bool {
    let is_town = province == Province::Gyeonggi
        && named == [Province::Gwangju]
        && !area_name.trim_start().starts_with(Province::Gwangju.name());
    named.is_empty() || named.contains(&province) || is_town
}

fn listed(code: &str) -> Option<Province> {
    find(&FORMER, code).or_else(|| find(&EXCEPTIONS, code))
}

fn by_prefix(code: &str) -> Option<Province> {
    find(&PREFIXES, code)
}

fn find(list: &[(&str, Province)], code: &str) -> Option<Province> {
    list.iter().find(|(beginning, _)| code.starts_with(beginning)).map(|(_, province)| *province)
}

#[cfg(test)]
mod tests;
