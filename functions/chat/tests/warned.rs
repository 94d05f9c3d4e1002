//! Provinces that are warned, and people in them.

use std::collections::BTreeMap;
use std::time::Duration;

use maru_auth::Role;
use maru_lambda::{Environment, FromEnvironment};
use maru_province::Province;
use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Maru, Setup};
use maru_whereabouts::{Conditions, Precipitation, Sight, Sky, Whereabouts};
use serde_json::Value;

/// The functions of this domain, of the one that keeps notifications and of the one that sends what was left behind, on a
/// clock that stands still at 2026-01-16 00:10 in Seoul.
pub fn setup() -> Setup {
    Setup::new(vec![chat::FUNCTIONS, notification::FUNCTIONS, jobs::FUNCTIONS]).frozen()
}

/// Looks at the warnings as the schedule does, and lets what follows be done.
pub async fn look(maru: &Maru) {
    maru.stack.run_scheduled("cron_refresh_alerts").await.unwrap();
    maru.settle().await;
}

/// Lets an hour pass, and looks.
pub async fn an_hour_later(maru: &Maru) {
    maru.stack.clock().advance(Duration::from_secs(3_600));
    look(maru).await;
}

/// A look that dies at a call; whether there was such a call.
pub async fn dying_look(maru: &Maru, at_call: u32, moment: Moment) -> bool {
    let crashes = &maru.stack.parts().crashes;
    let function = "cron_refresh_alerts".to_owned();
    crashes.arm(CrashPlan { function, at_call, operation: None, moment });
    // The scheduler may have tried again by then.
    let _ = maru.stack.run_scheduled("cron_refresh_alerts").await;
    let hit = crashes.hit();
    crashes.disarm();
    maru.settle().await;
    hit
}

/// Says that a member was last in a province.
pub async fn is_in(maru: &Maru, member: &str, province: Province) {
    let stack = &maru.stack;
    let tables = &stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "WhereaboutsTable").unwrap();
    let variables = BTreeMap::from([("WHEREABOUTS_TABLE".to_owned(), table.name.clone())]);
    let environment = Environment::new(variables, stack.sdk_config(), stack.clock().for_functions());
    let conditions =
        Conditions { temperature: None, precipitation: Precipitation::None, sky: Sky::Clear, wind: None };
    let (member, seen_at) = (member.to_owned(), stack.clock().now());
    let (nx, ny, observed_at) = (60, 127, seen_at);
    let sight = Sight { member, province: Some(province), nx, ny, conditions, observed_at, seen_at };
    assert!(Whereabouts::from_environment(&environment).unwrap().record(&sight).await.unwrap());
}

/// What a member was told of the weather, the last first.
pub async fn told(maru: &Maru, member: &str) -> Vec<String> {
    let page = maru.get("/notifications?limit=100", &maru.token(member, Role::User)).await.expect(200);
    let messages = page["items"].as_array().unwrap().iter();
    messages.map(|item| item["message"].as_str().unwrap().to_owned()).collect()
}

/// The rooms that are open.
pub async fn rooms(maru: &Maru) -> Vec<Value> {
    maru.get("/rooms", "").await.expect(200)["items"].as_array().unwrap().clone()
}

/// What the rooms that are open are called.
pub async fn names(maru: &Maru) -> Vec<String> {
    rooms(maru).await.iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect()
}

/// The warnings in force, as `서울동남권 호우주의보`.
pub async fn alerts(maru: &Maru, query: &str) -> Vec<String> {
    let page = maru.get(&format!("/alerts?limit=100{query}"), "").await.expect(200);
    let text = |item: &Value| {
        format!("{} {}", item["zoneName"].as_str().unwrap(), item["warning"]["name"].as_str().unwrap())
    };
    page["items"].as_array().unwrap().iter().map(text).collect()
}
