//! Rooms as everybody sees them.

use maru_testing::Maru;
use maru_testing::kma::{BUSAN, SEOUL, issued};
use serde_json::json;

use crate::warned::{look, rooms, setup};

async fn with_two() -> Maru {
    let maru = setup().start().await;
    maru.kma().warnings([issued("2026-01-16T00:00", SEOUL, 2, 1), issued("2026-01-16T00:00", BUSAN, 1, 0)]);
    look(&maru).await;
    maru
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_has_the_room_of_its_province() {
    let maru = with_two().await;
    let at = async |lat: f64, lon: f64| {
        maru.get(&format!("/rooms?lat={lat}&lon={lon}"), "").await.expect(200)["items"].clone()
    };
    let room = at(37.5663, 126.9779).await[0].clone();
    assert_eq!(room["name"], "서울 호우경보 채팅방");
    assert_eq!(room["alerts"], json!([{ "kind": 2, "level": 1, "name": "호우경보" }]));
    assert_eq!((&room["state"], &room["province"]["code"]), (&json!("open"), &json!("11")));
    assert!(room["id"].as_str().unwrap().starts_with("room_"));
    // Bundang is Gyeonggi, which is not warned; Tokyo is no province.
    assert_eq!(at(37.3670, 127.1080).await, json!([]));
    assert_eq!(at(35.6812, 139.7671).await, json!([]));
    assert_eq!(rooms(&maru).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_give_each_once() {
    let maru = with_two().await;
    let first = maru.get("/rooms?limit=1", "").await.expect(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = maru.get(&format!("/rooms?limit=1&cursor={cursor}"), "").await.expect(200);
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
    assert!(second["nextCursor"].is_null());
    maru.get(&format!("/alerts?cursor={cursor}"), "").await.expect_problem(400, "invalid_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn refuses_whoever_has_a_bad_token_and_wrong_queries() {
    let maru = setup().start().await;
    maru.get("/rooms", "not.a.token").await.expect_problem(401, "unauthenticated");
    for wrong in
        ["lat=37", "lon=127", "lat=91&lon=0", "lat=37&lon=181", "lat=NaN&lon=127", "lat=x&lon=127", "x=1"]
    {
        assert_eq!(maru.get(&format!("/rooms?{wrong}"), "").await.status, 400, "{wrong}");
    }
}
