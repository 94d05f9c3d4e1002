//! `POST /missions/draw`.

use std::collections::BTreeSet;
use std::time::Duration;

use maru_testing::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::hunters::{OTHER, OWNER, RAIN, SUN, draw, hunt, mine, mission, sees, sees_what_was, setup};
use crate::people::{expect_members_only, leaves, send, side_by_side, token};

const HOURS: u64 = 60 * 60;

#[tokio::test(flavor = "multi_thread")]
async fn a_mission_fits_the_weather_and_is_another_one_in_each_slot() {
    let maru = hunt(&[("우산", "RAIN", 50), ("하늘", "SUNNY", 10), ("산책", "ANY", 40)]).await;
    sees(&maru, OWNER, RAIN).await;
    let first = draw(&maru, OWNER, "MORNING").await.expect(201);
    assert_eq!(json!([first["name"], first["status"], first["day"]]), json!(["우산", "open", "2026-01-16"]));
    let second = draw(&maru, OWNER, "AFTERNOON").await.expect(201);
    assert_eq!(second["name"], "산책", "no other mission is for rain");
    draw(&maru, OWNER, "EVENING").await.expect_problem(409, "no_mission_left");
    assert_eq!(mine(&maru, OWNER).await["items"], json!([first, second]));
    assert_eq!(draw(&maru, OTHER, "EVENING").await.expect(201)["name"], "하늘");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_before_its_hour_is_refused_and_can_be_drawn_from_its_hour_until_the_day_ends() {
    let maru = setup().now("2026-01-15T20:59:59Z").start().await;
    for name in ["산책", "계단", "물"] {
        mission(&maru, name, "ANY", 10).await;
    }
    sees(&maru, OWNER, SUN).await;
    draw(&maru, OWNER, "MORNING").await.expect_problem(409, "slot_not_open");
    maru.stack.clock().advance(Duration::from_secs(1));
    draw(&maru, OWNER, "MORNING").await.expect(201);
    draw(&maru, OWNER, "AFTERNOON").await.expect_problem(409, "slot_not_open");
    draw(&maru, OWNER, "EVENING").await.expect_problem(409, "slot_not_open");
    // 23:59:59.
    maru.stack.clock().advance(Duration::from_secs(18 * HOURS - 1));
    sees(&maru, OWNER, SUN).await;
    draw(&maru, OWNER, "AFTERNOON").await.expect(201);
    maru.stack.clock().advance(Duration::from_secs(1));
    draw(&maru, OWNER, "EVENING").await.expect_problem(409, "slot_not_open");
    assert_eq!(mine(&maru, OWNER).await["items"], json!([]), "a new day");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_draws_at_once_one_is_given_and_the_others_name_it() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20), ("하늘", "SUNNY", 10)]).await;
    let answers = side_by_side(0..10, async |_| draw(&maru, OWNER, "MORNING").await).await;
    let (given, refused): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((given.len(), refused.len()), (1, 9));
    let id = given[0].json["id"].as_str().unwrap();
    for answer in refused {
        assert_eq!(answer.json["errors"], json!([{ "pointer": "/slot", "message": id }]));
        answer.expect_problem(409, "already_drawn");
    }
    assert_eq!(mine(&maru, OWNER).await["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_slots_drawn_at_once_never_have_the_same_mission() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20), ("물", "ANY", 10)]).await;
    for number in 0..5 {
        let member = format!("usr_{number}");
        sees(&maru, &member, RAIN).await;
        let slots = ["MORNING", "AFTERNOON", "EVENING"];
        let drawn = side_by_side(slots, async |slot| draw(&maru, &member, slot).await.expect(201)).await;
        let names: BTreeSet<String> = drawn.iter().map(|drawn| drawn["name"].to_string()).collect();
        assert_eq!(names.len(), 3, "{drawn:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_weather_of_the_last_three_hours_nothing_is_drawn() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    draw(&maru, "usr_new", "MORNING").await.expect_problem(409, "weather_unknown");
    maru.stack.clock().advance(Duration::from_secs(3 * HOURS));
    draw(&maru, OWNER, "MORNING").await.expect(201);
    maru.stack.clock().advance(Duration::from_secs(1));
    draw(&maru, OTHER, "MORNING").await.expect_problem(409, "weather_unknown");
    // Seen now, but old: the weather service does not answer.
    sees_what_was(&maru, OTHER, SUN, 181).await;
    draw(&maru, OTHER, "MORNING").await.expect_problem(409, "weather_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_gives_the_same_assignment_again() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20)]).await;
    let once = async |slot: &str| {
        let request = maru.request(Method::POST, "/missions/draw", &token(&maru, OWNER));
        let request = request.header("idempotency-key", "k").json(&json!({ "slot": slot }));
        Answer::read(request.send().await.unwrap()).await
    };
    let answers = side_by_side(0..5, async |_| once("MORNING").await.expect(201)).await;
    assert!(answers.iter().all(|answer: &Value| *answer == answers[0]), "{answers:#?}");
    once("EVENING").await.expect_problem(422, "idempotency_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closed_the_account_draws_nothing_and_no_other_slot_is_known() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    leaves(&maru, OWNER).await;
    draw(&maru, OWNER, "MORNING").await.expect_problem(401, "unauthenticated");
    for body in [json!({}), json!({ "slot": "NIGHT" }), json!({ "slot": "MORNING", "day": "2026-01-15" })] {
        assert_eq!(send(&maru, Method::POST, "/missions/draw", OTHER, &body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn refuses_whoever_has_no_account() {
    expect_members_only(&hunt(&[]).await, Method::POST, "/missions/draw").await;
}
