//! What the tests of missions have in common: members who stand in some weather, draw, and take photos.

use std::collections::BTreeMap;
use std::io::Cursor;

use maru_auth::Role;
use maru_lambda::Environment;
use maru_stack::Model;
use maru_testing::{Answer, Maru, Setup};
use maru_whereabouts::{Conditions, Precipitation, Sight, Sky, Whereabouts};
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::{ask, read, send};

/// The member whose missions these are, and another one.
pub const OWNER: &str = "usr_owner";
pub const OTHER: &str = "usr_other";

/// A mild sky in which nothing falls.
pub const SUN: Conditions =
    Conditions { temperature: Some(15.0), precipitation: Precipitation::None, sky: Sky::Clear, wind: None };
/// The same with rain.
pub const RAIN: Conditions = Conditions { precipitation: Precipitation::Rain, sky: Sky::Cloudy, ..SUN };

/// The functions of missions and jobs, on a clock that stands still at 2026-01-16, 19:00 in Seoul.
pub fn setup() -> Setup {
    Setup::new(vec![community::FUNCTIONS, jobs::FUNCTIONS]).frozen().now("2026-01-16T10:00:00Z")
}

/// A town with these missions, whose two members are in the sun.
pub async fn hunt(missions: &[(&str, &str, u32)]) -> Maru {
    hunt_with(Model::Offline, missions).await
}

/// The same with another model.
pub async fn hunt_with(model: Model, missions: &[(&str, &str, u32)]) -> Maru {
    let maru = setup().model(model).start().await;
    for (name, kind, points) in missions {
        mission(&maru, name, kind, *points).await;
    }
    sees(&maru, OWNER, SUN).await;
    sees(&maru, OTHER, SUN).await;
    maru
}

/// What an admin says of a mission.
pub fn content(name: &str, kind: &str, points: u32) -> Value {
    json!({ "name": name, "description": "사진을 찍어요.", "question": "사진에 무엇이 있나요?", "kind": kind, "points": points })
}

/// An admin makes a mission; gives it.
pub async fn mission(maru: &Maru, name: &str, kind: &str, points: u32) -> Value {
    maru.post("/admin/missions", &maru.admin(), &content(name, kind, points)).await.expect(201)
}

/// A member asked for the weather just now, and it was observed just now.
pub async fn sees(maru: &Maru, member: &str, conditions: Conditions) {
    sees_what_was(maru, member, conditions, 0).await;
}

/// A member asked for the weather just now, and was shown what was observed so many minutes ago.
pub async fn sees_what_was(maru: &Maru, member: &str, conditions: Conditions, minutes_ago: i64) {
    let mut tables = maru.stack.parts().template.tables.iter();
    let table = tables.find(|table| table.logical_id == "WhereaboutsTable").unwrap();
    let variables = BTreeMap::from([("WHEREABOUTS_TABLE".to_owned(), table.name.clone())]);
    let environment =
        Environment::new(variables, maru.stack.sdk_config(), maru.stack.clock().for_functions());
    let whereabouts = <Whereabouts as maru_lambda::FromEnvironment>::from_environment(&environment).unwrap();
    let seen_at = environment.clock().now();
    let observed_at = seen_at - jiff::SignedDuration::from_mins(minutes_ago);
    let member = member.to_owned();
    let sight = Sight { member, province: None, nx: 60, ny: 127, conditions, observed_at, seen_at };
    assert!(whereabouts.record(&sight).await.unwrap());
}

/// A member draws.
pub async fn draw(maru: &Maru, member: &str, slot: &str) -> Answer {
    send(maru, Method::POST, "/missions/draw", member, &json!({ "slot": slot })).await
}

/// A member draws; gives the id of the assignment.
pub async fn drawn(maru: &Maru, member: &str, slot: &str) -> String {
    draw(maru, member, slot).await.expect(201)["id"].as_str().unwrap().to_owned()
}

/// The file of a photo; each number another one.
pub fn photo(number: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, number]));
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// The file of a picture of one colour.
pub fn blank(number: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(64, 48, image::Rgb([number; 3]));
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

/// A member announces a photo of so many bytes.
pub async fn announce(maru: &Maru, member: &str, assignment: &str, bytes: usize) -> Answer {
    let body = json!({ "contentType": "image/png", "bytes": bytes });
    send(maru, Method::POST, &format!("/missions/assignments/{assignment}/photo"), member, &body).await
}

/// Uploads `file` as the answer of [`announce`] says.
pub async fn put(maru: &Maru, upload: &Value, file: &[u8]) -> u16 {
    let request = maru.client.put(upload["url"].as_str().unwrap());
    let request = request.header("content-type", upload["headers"]["content-type"].as_str().unwrap());
    request.body(file.to_vec()).send().await.unwrap().status().as_u16()
}

/// A member uploads a photo.
pub async fn upload(maru: &Maru, member: &str, assignment: &str, file: &[u8]) {
    let address = announce(maru, member, assignment, file.len()).await.expect(201);
    assert_eq!(put(maru, &address, file).await, 200);
}

/// A member has the photo looked at.
pub async fn verify(maru: &Maru, member: &str, assignment: &str) -> Answer {
    ask(maru, Method::POST, &format!("/missions/assignments/{assignment}/verify"), member).await
}

/// The job of a 202 answer, as its member sees it.
pub async fn job(maru: &Maru, member: &str, link: &Value) -> Value {
    read(maru, &format!("/jobs/{}", link["job"]["id"].as_str().unwrap()), member).await
}

/// A member uploads a photo and has it looked at; gives the job when nothing is at work any more.
pub async fn shown(maru: &Maru, member: &str, assignment: &str, file: &[u8]) -> Value {
    upload(maru, member, assignment, file).await;
    let link = verify(maru, member, assignment).await.expect(202);
    maru.settle().await;
    job(maru, member, &link).await
}

/// A member's missions of today, and points.
pub async fn mine(maru: &Maru, member: &str) -> Value {
    read(maru, "/missions/mine", member).await
}

/// A member's points, level, and progress within it.
pub async fn points(maru: &Maru, member: &str) -> Value {
    let mine = mine(maru, member).await;
    json!([mine["points"], mine["level"], mine["progress"]])
}

/// Checks that only an admin may call.
pub async fn expect_admins_only(maru: &Maru, method: Method, path: &str) {
    for (token, status, code) in [
        (String::new(), 401, "unauthenticated"),
        ("not.a.token".to_owned(), 401, "unauthenticated"),
        (maru.token(OWNER, Role::User), 403, "forbidden"),
    ] {
        let request = maru.request(method.clone(), &format!("{path}?unknown=1"), &token);
        let answer = request.json(&json!({ "x": 1 })).send().await.unwrap();
        Answer::read(answer).await.expect_problem(status, code);
    }
}
