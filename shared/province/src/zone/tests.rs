//! Where zones lie, code by code.

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
fn a_name_tells_more_than_what_a_code_only_begins_with() {
    expect(&[
        // As if they were new: they stand in no list.
        ("L1083000", "부산남부", Province::Busan),
        ("L1030200", "대전동부", Province::Daejeon),
        ("L1016000", "인천 영종", Province::Incheon),
        ("L1016100", "광주광역시 동부", Province::Gwangju),
        ("L1053000", "제주도산지", Province::Jeju),
    ]);
}

#[test]
fn it_is_told_by_what_it_is_known_where_a_zone_lies() {
    for (code, name, source) in [
        ("L1010100", "서울특별시", Source::Known),
        ("L1082700", "부산서부", Source::Known),
        ("L1100000", "서울특별시", Source::Known),
        ("L1180000", "전남광주통합특별시", Source::Known),
        ("S1250000", "서해중부앞바다", Source::Known),
        ("L1100100", "서울동남권", Source::Prefix),
        ("L1022510", "강릉평지", Source::Prefix),
        ("L1011500", "광주", Source::Prefix),
        ("L1050300", "전남광주 나주", Source::Prefix),
        ("L1083000", "부산남부", Source::Name),
        ("L1190100", "충남서부", Source::Name),
        ("L1190000", "새만금", Source::Nothing),
    ] {
        assert_eq!(Province::find_zone(code, name).1, source, "{code} {name}");
    }
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
