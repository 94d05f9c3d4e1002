//! Warnings as everybody sees them.

use maru_testing::Maru;
use maru_testing::kma::{BUSAN, SEOUL, SEOUL_NORTH, issued, lifted};
use serde_json::json;

use crate::warned::{alerts, an_hour_later, look, setup};

async fn with_three() -> Maru {
    let maru = setup().start().await;
    maru.kma().warnings([
        issued("2026-01-16T00:00", SEOUL, 2, 1),
        issued("2026-01-16T00:00", SEOUL_NORTH, 1, 0),
        issued("2026-01-16T00:00", BUSAN, 1, 0),
    ]);
    look(&maru).await;
    maru
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_says_where_what_and_since_when() {
    let maru = with_three().await;
    let page = maru.get("/alerts?region=11", "").await.expect(200);
    let rain = page["items"].as_array().unwrap().iter().find(|item| item["zone"] == "L1100100").unwrap();
    assert_eq!(rain["province"], json!({ "code": "11", "name": "서울특별시" }));
    assert_eq!(rain["warning"], json!({ "kind": 2, "level": 1, "name": "호우경보" }));
    assert_eq!((&rain["since"], &rain["state"]), (&json!("2026-01-15T15:00:00Z"), &json!("active")));
    assert!(rain["id"].as_str().unwrap().starts_with("alt_") && rain["endedAt"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_has_its_own_and_what_ended_is_apart() {
    let maru = with_three().await;
    assert_eq!(alerts(&maru, "&region=26").await, ["부산서부 강풍주의보"]);
    assert_eq!((alerts(&maru, "").await.len(), alerts(&maru, "&region=50").await.len()), (3, 0));
    maru.kma().append(lifted("2026-01-16T01:00", BUSAN, 1));
    an_hour_later(&maru).await;
    assert_eq!(alerts(&maru, "&region=26").await.len(), 0);
    assert_eq!(alerts(&maru, "&state=ended").await, ["부산서부 강풍주의보"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_give_each_once_and_a_cursor_is_of_its_list() {
    let maru = with_three().await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = maru.get(&format!("/alerts?limit=1{cursor}"), "").await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 3);
    assert!(seen[0] != seen[1] && seen[1] != seen[2]);
    for other in [format!("/alerts?region=11{cursor}"), format!("/rooms?limit=1{cursor}")] {
        maru.get(&other, "").await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_a_bad_token_and_wrong_queries() {
    let maru = setup().start().await;
    maru.get("/alerts", "not.a.token").await.expect_problem(401, "unauthenticated");
    for wrong in ["region=99", "region=서울", "state=x", "limit=0", "limit=101", "unknown=1"] {
        assert_eq!(maru.get(&format!("/alerts?{wrong}"), "").await.status, 400, "{wrong}");
    }
}
