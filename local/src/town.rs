//! What the town begins with: missions, two coupons, a few posts. Only where there are none yet.

use std::error::Error;

use jiff::{SignedDuration, Timestamp};
use maru_stack::Stack;
use serde_json::{Value, json};

use crate::demo::ask;

/// Missions as an admin would write them.
const MISSIONS: &str = include_str!("../../functions/community/examples/missions.json");

/// How long the coupons can be taken.
const COUPON_DAYS: i64 = 30;

/// The city hall of Busan, around which the posts are.
const HERE: (f64, f64) = (35.1798, 129.0750);

/// Fills the town the first time.
pub async fn settle(stack: &Stack) -> Result<(), Box<dyn Error>> {
    let tokens = stack.tokens().demo(None)?;
    if is_empty(stack, &tokens.admin, "/missions").await? {
        let missions: Vec<Value> = serde_json::from_str(MISSIONS)?;
        create(stack, &tokens.admin, "/admin/missions", missions).await?;
    }
    if is_empty(stack, &tokens.admin, "/coupons").await? {
        create(stack, &tokens.admin, "/admin/coupons", coupons(stack.clock().now())).await?;
    }
    let (lat, lon) = HERE;
    if is_empty(stack, &tokens.user, &format!("/posts?lat={lat}&lon={lon}")).await? {
        let [first, second, third] = posts();
        create(stack, &tokens.user, "/posts", vec![first, second]).await?;
        create(stack, &tokens.other_user, "/posts", vec![third]).await?;
    }
    Ok(())
}

fn coupons(now: Timestamp) -> Vec<Value> {
    let closes_at = now + SignedDuration::from_hours(24 * COUPON_DAYS);
    let coupon = |name: &str, discount: Value, stock: u32| json!({ "name": name, "discount": discount, "stock": stock, "opensAt": now, "closesAt": closes_at });
    let mut after_a_mission =
        coupon("놀이공원 자유이용권 50% 할인", json!({ "kind": "PERCENTAGE", "value": 50 }), 1_000);
    after_a_mission["condition"] = "MISSION_TODAY".into();
    vec![coupon("동네 카페 2,000원 할인", json!({ "kind": "FIXED", "value": 2_000 }), 100), after_a_mission]
}

fn posts() -> [Value; 3] {
    let post = |title: &str, body: &str, (lat, lon): (f64, f64)| json!({ "title": title, "body": body, "place": { "lat": lat, "lon": lon } });
    let (lat, lon) = HERE;
    [
        post("시청 앞 바람", "시청 앞 광장에 바람이 꽤 붑니다. 모자 조심하세요.", HERE),
        post(
            "온천천 산책",
            "온천천 산책로에 물기가 조금 있어요. 운동화가 편합니다.",
            (lat + 0.012, lon + 0.009),
        ),
        post("서면 우산", "서면역 근처는 아직 비가 안 와요.", (lat - 0.022, lon - 0.016)),
    ]
}

async fn is_empty(stack: &Stack, token: &str, path: &str) -> Result<bool, Box<dyn Error>> {
    let page = ask(stack, reqwest::Method::GET, path, token, None).await?;
    Ok(page["items"].as_array().is_some_and(Vec::is_empty))
}

async fn create(stack: &Stack, token: &str, path: &str, bodies: Vec<Value>) -> Result<(), Box<dyn Error>> {
    for body in bodies {
        let created = ask(stack, reqwest::Method::POST, path, token, Some(body)).await?;
        if created["id"].is_null() {
            return Err(format!("POST {path}: {created}").into());
        }
    }
    Ok(())
}
