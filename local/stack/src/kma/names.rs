//! What the numbers of a warning mean, and a zone of each province to issue one for.

/// The kinds of warnings by number (KMA guide, edition 2026-06-01). 10 and 11 are unused.
pub(super) const KINDS: [(u16, &str); 11] = [
    (1, "강풍"),
    (2, "호우"),
    (3, "한파"),
    (4, "건조"),
    (5, "폭풍해일"),
    (6, "풍랑"),
    (7, "태풍"),
    (8, "대설"),
    (9, "황사"),
    (12, "폭염"),
    (13, "열대야"),
];

/// The levels, the lowest first.
pub(super) const LEVELS: [&str; 3] = ["주의보", "경보", "중대경보"];

/// A zone of warnings that stands for a province on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zone {
    /// The province's administrative code.
    pub(super) province: &'static str,
    /// The zone's code.
    pub(super) code: &'static str,
    /// The zone's name.
    pub(super) name: &'static str,
}

/// A zone of each province: the province's own, or one of the parts that warnings are issued for.
pub(super) const ZONES: [Zone; 17] = [
    zone("11", "L1100100", "서울동남권"),
    zone("26", "L1082700", "부산서부"),
    zone("27", "L1140100", "대구"),
    zone("28", "L1110000", "인천"),
    zone("29", "L1130000", "광주"),
    zone("30", "L1030100", "대전"),
    zone("31", "L1082800", "울산동부"),
    zone("36", "L1170000", "세종"),
    zone("41", "L1010000", "경기도"),
    zone("51", "L1020000", "강원도"),
    zone("43", "L1040000", "충청북도"),
    zone("44", "L1030000", "충청남도"),
    zone("52", "L1060000", "전북자치도"),
    zone("46", "L1050000", "전라남도"),
    zone("47", "L1070000", "경상북도"),
    zone("48", "L1080000", "경상남도"),
    zone("50", "L1090000", "제주도"),
];

const fn zone(province: &'static str, code: &'static str, name: &'static str) -> Zone {
    Zone { province, code, name }
}

/// The kind's name; its number where it has none.
pub(super) fn kind_name(kind: u16) -> String {
    let known = KINDS.iter().find(|(number, _)| *number == kind);
    known.map_or_else(|| format!("특보 {kind} "), |(_, name)| (*name).to_owned())
}

/// The level's name; its number where it has none.
pub(super) fn level_name(level: u8) -> String {
    let known = LEVELS.get(usize::from(level));
    known.map_or_else(|| format!("{level}단계"), |name| (*name).to_owned())
}
