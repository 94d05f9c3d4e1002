//! What a room is called.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maru_province::Province;

use crate::kind::{Kind, Level};

/// How many warnings a name spells out.
const SPELT_OUT: usize = 3;

/// `서울 호우경보·강풍주의보 채팅방`: the province and what it is warned of, the gravest first.
#[must_use]
pub fn room_name(province: Province, gravest: &BTreeMap<Kind, Level>) -> String {
    let mut warnings: Vec<_> = gravest.iter().map(|(kind, level)| (Reverse(*level), *kind)).collect();
    warnings.sort_unstable();
    let spelt_out = warnings.iter().take(SPELT_OUT);
    let spelt_out: Vec<_> =
        spelt_out.map(|(Reverse(level), kind)| format!("{}{}", kind.name(), level.name())).collect();
    let others = match warnings.len().saturating_sub(SPELT_OUT) {
        0 => String::new(),
        others => format!(" 외 {others}건"),
    };
    format!("{} {}{others} 채팅방", province.short_name(), spelt_out.join("·"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(warnings: &[(u16, u8)]) -> String {
        let gravest = warnings.iter().map(|(kind, level)| (Kind::from(*kind), Level(*level))).collect();
        room_name(Province::Seoul, &gravest)
    }

    #[test]
    fn a_name_says_what_is_warned_of_and_the_gravest_first() {
        assert_eq!(name(&[(2, 1)]), "서울 호우경보 채팅방");
        assert_eq!(name(&[(1, 0), (2, 1)]), "서울 호우경보·강풍주의보 채팅방");
        assert_eq!(name(&[(1, 0), (2, 0), (3, 0)]), "서울 강풍주의보·호우주의보·한파주의보 채팅방");
        assert_eq!(
            name(&[(1, 0), (2, 0), (3, 0), (7, 2)]),
            "서울 태풍중대경보·강풍주의보·호우주의보 외 1건 채팅방"
        );
        assert_eq!(name(&[(14, 3)]), "서울 기상 14호 특보 3단계 채팅방");
    }
}
