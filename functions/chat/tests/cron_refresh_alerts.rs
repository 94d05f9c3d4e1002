//! The hourly look at the warnings.

mod crashes;
mod outages;
mod pages;
mod recorded;
mod rows;

use maru_province::Province;
use maru_testing::kma::{BUSAN, SEOUL, SEOUL_NORTH, changed, issued, lifted, time};

use crate::warned::{alerts, an_hour_later, is_in, look, names, rooms, setup, told};

#[tokio::test(flavor = "multi_thread")]
async fn a_night_of_warnings_opens_changes_and_closes_rooms_and_tells_people_once() {
    let maru = setup().start().await;
    is_in(&maru, "usr_seoul", Province::Seoul).await;
    is_in(&maru, "usr_busan", Province::Busan).await;
    maru.kma().warnings([
        issued("2026-01-16T01:00", SEOUL, 2, 0),
        issued("2026-01-16T02:00", SEOUL_NORTH, 2, 0),
        changed("2026-01-16T03:00", SEOUL_NORTH, 2, 1),
        issued("2026-01-16T03:05", BUSAN, 1, 0),
        lifted("2026-01-16T04:00", SEOUL_NORTH, 2),
        lifted("2026-01-16T05:00", SEOUL, 2),
        lifted("2026-01-16T05:00", BUSAN, 1),
    ]);
    look(&maru).await;
    assert_eq!(names(&maru).await, [""; 0]);
    let mut room = String::new();
    for (hour, names_then, told_then) in [
        (1, vec!["서울 호우주의보 채팅방"], 1),
        (2, vec!["서울 호우주의보 채팅방"], 1),
        (3, vec!["서울 호우경보 채팅방", "부산 강풍주의보 채팅방"], 2),
        (4, vec!["서울 호우주의보 채팅방", "부산 강풍주의보 채팅방"], 3),
        (5, vec![], 4),
        (6, vec![], 4),
    ] {
        an_hour_later(&maru).await;
        assert_eq!(names(&maru).await, names_then, "at {hour}:10");
        assert_eq!(told(&maru, "usr_seoul").await.len(), told_then, "at {hour}:10");
        // The room stays the same while the warnings change.
        let open = rooms(&maru).await.first().map(|room| room["id"].as_str().unwrap().to_owned());
        assert!(room.is_empty() || open.as_ref().is_none_or(|open| *open == room));
        room = open.unwrap_or(room);
    }
    let expected = [
        "서울의 호우 주의보가 해제되었습니다.",
        "서울의 호우 특보가 주의보로 완화되었습니다.",
        "서울의 호우 특보가 경보로 격상되었습니다.",
        "서울에 호우 주의보가 내려졌습니다. 채팅방에서 이야기를 나눠 보세요.",
    ];
    assert_eq!(told(&maru, "usr_seoul").await, expected);
    assert_eq!(told(&maru, "usr_busan").await.len(), 2);
    assert_eq!(alerts(&maru, "&state=ended").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_hour_again_and_two_looks_at_once_tell_nobody_twice() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 0), issued("2026-01-16T00:00", BUSAN, 2, 0)]);
    let run = || maru.stack.run_scheduled("cron_refresh_alerts");
    let (one, other) = tokio::join!(run(), run());
    assert!(one.is_ok() && other.is_ok());
    look(&maru).await;
    look(&maru).await;
    assert_eq!(told(&maru, "usr_a").await.len(), 1);
    assert_eq!((names(&maru).await.len(), alerts(&maru, "").await.len()), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announced_change_takes_effect_when_it_starts() {
    let maru = setup().start().await;
    is_in(&maru, "usr_a", Province::Seoul).await;
    maru.kma().warnings([
        issued("2026-01-16T00:00", SEOUL, 3, 0),
        changed("2026-01-16T00:05", SEOUL, 3, 1).starting(time("2026-01-16T02:00")),
    ]);
    for expected in ["서울동남권 한파주의보", "서울동남권 한파주의보", "서울동남권 한파경보"]
    {
        look(&maru).await;
        assert_eq!(alerts(&maru, "").await, [expected]);
        an_hour_later(&maru).await;
    }
    assert_eq!(told(&maru, "usr_a").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_that_comes_again_opens_another_room() {
    let maru = setup().start().await;
    maru.kma().warnings([
        issued("2026-01-16T00:00", SEOUL, 2, 0),
        lifted("2026-01-16T01:00", SEOUL, 2),
        issued("2026-01-16T02:00", SEOUL, 2, 0),
    ]);
    look(&maru).await;
    let first = rooms(&maru).await[0]["id"].clone();
    an_hour_later(&maru).await;
    an_hour_later(&maru).await;
    assert_ne!(rooms(&maru).await[0]["id"], first);
}
