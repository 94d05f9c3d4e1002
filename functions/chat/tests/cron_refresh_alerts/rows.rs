//! Rows of the log that could be taken for something else.

use std::collections::BTreeSet;

use maru_province::Province;
use maru_testing::Maru;
use maru_testing::kma::{BUSAN, Row, SEOUL, changed, issued};

use crate::warned::{alerts, is_in, look, names, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_withdrawn_warns_nobody() {
    let maru = setup().start().await;
    maru.kma().warnings([
        issued("2026-01-16T00:00", SEOUL, 2, 0),
        changed("2026-01-16T00:05", SEOUL, 2, 1).withdrawn(),
        issued("2026-01-16T00:05", BUSAN, 2, 1).withdrawn(),
    ]);
    look(&maru).await;
    assert_eq!(alerts(&maru, "").await, ["서울동남권 호우주의보"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_that_is_withdrawn_later_is_none_any_more() {
    let maru = setup().start().await;
    let row = issued("2026-01-16T00:00", SEOUL, 2, 0);
    maru.kma().warnings([row.clone(), issued("2026-01-15T00:00", BUSAN, 4, 0)]);
    look(&maru).await;
    maru.kma().warnings([row.withdrawn(), issued("2026-01-15T00:00", BUSAN, 4, 0)]);
    look(&maru).await;
    assert_eq!(alerts(&maru, "").await, ["부산서부 건조주의보"]);
}

/// How many alerts are in force in a province, and in how many zones.
async fn in_force(maru: &Maru, region: &str) -> (usize, usize) {
    let (mut zones, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/alerts?limit=100&region={region}{cursor}");
        let page = maru.get(&path, "").await.expect(200);
        let items = page["items"].as_array().unwrap().iter();
        zones.extend(items.map(|alert| alert["zone"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    (zones.len(), zones.into_iter().collect::<BTreeSet<_>>().len())
}

#[tokio::test(flavor = "multi_thread")]
async fn more_rows_than_a_page_has_are_read_with_those_that_pages_repeat() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    // Every fourth row is a zone in Seoul, also where one page ends and the next begins; the others are at sea.
    let row = |number: u32| {
        let (zone, name) = if number.is_multiple_of(4) { ("L11", "서울") } else { ("S12", "앞바다") };
        let at = maru_testing::kma::time("2026-01-16T00:00");
        Row::issued(at, &format!("{zone}{number:05}"), name, 1, 0).numbered(number)
    };
    maru.kma().warnings((0..1_300).map(row));
    maru.kma().append(issued("2025-12-01T00:00", BUSAN, 4, 0));
    look(&maru).await;
    assert_eq!(in_force(&maru, "11").await, (325, 325));
    assert_eq!(in_force(&maru, "26").await, (1, 1));
    look(&maru).await;
    assert_eq!(told(&maru, "usr_a").await.len(), 1);
    assert_eq!(in_force(&maru, "11").await, (325, 325));
    assert!(maru.kma().calls("getPwnCd") >= 4, "two pages each time");
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_and_levels_that_are_not_known_are_warned_of() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 14, 0), issued("2026-01-16T00:00", SEOUL, 2, 5)]);
    look(&maru).await;
    assert_eq!(names(&maru).await, ["서울 호우특보 5단계·기상 14호 주의보 채팅방"]);
    assert_eq!(told(&maru, "usr_a").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn zones_are_where_they_are_whatever_their_code_begins_with() {
    let maru = setup().start().await;
    let zones = [
        ("L1010100", "서울특별시", "서울"),
        ("L1010900", "강화", "인천"),
        ("L1030100", "대전", "대전"),
        ("L1070100", "대구", "대구"),
        ("L1082800", "울산동부", "울산"),
    ];
    maru.kma().warnings(zones.map(|(code, name, _)| issued("2026-01-16T00:00", (code, name), 2, 0)));
    // At sea there are no provinces.
    maru.kma().append(issued("2026-01-16T00:00", ("S1320000", "서해중부앞바다"), 6, 0));
    look(&maru).await;
    let mut expected = zones.map(|(.., province)| format!("{province} 호우주의보 채팅방"));
    let mut found = names(&maru).await;
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_after_the_merged_province_is_in_both() {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", ("L1180000", "전남광주통합특별시"), 8, 1)]);
    look(&maru).await;
    assert_eq!(names(&maru).await, ["광주 대설경보 채팅방", "전남 대설경보 채팅방"]);
}
