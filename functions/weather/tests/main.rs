//! The functions of the domain, a module each, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod get_survey;
mod get_weather;
mod on_advice_requested;
mod on_member_deleted_for_weather;
mod replace_survey;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use maru_auth::Role;
use maru_lambda::{Environment, FromEnvironment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru, Setup};
use maru_whereabouts::Whereabouts;
use reqwest::Method;
use serde_json::{Value, json};

/// A member, and another one.
const OWNER: &str = "usr_owner";
const OTHER: &str = "usr_other";

/// The city hall of Seoul, in the cell 60,127, and that of Busan.
const SEOUL: &str = "/weather?lat=37.5665&lon=126.9780";
const BUSAN: &str = "/weather?lat=35.1798&lon=129.0750";

/// Other places, in other cells.
const DAEJEON: &str = "/weather?lat=36.3504&lon=127.3845";
const GWANGJU: &str = "/weather?lat=35.1595&lon=126.8526";

/// The operations of the weather service, a product each.
const OBSERVATION: &str = "getUltraSrtNcst";
const ULTRA_SHORT: &str = "getUltraSrtFcst";
const SHORT: &str = "getVilageFcst";

/// The functions of this domain, and those that show jobs, on a clock that stands still.
fn setup() -> Setup {
    Setup::new(vec![weather::FUNCTIONS, jobs::FUNCTIONS]).frozen()
}

/// The same without workers: no model writes anything.
fn without_workers() -> Setup {
    let others = weather::FUNCTIONS.iter().filter(|function| !function.name().starts_with("on_"));
    Setup::new(others.map(std::slice::from_ref).collect()).frozen()
}

/// A member's access token; a guest's is empty.
fn token(maru: &Maru, member: &str) -> String {
    if member.is_empty() { String::new() } else { maru.token(member, Role::User) }
}

/// The weather as somebody sees it.
async fn look(maru: &Maru, member: &str, path: &str) -> Value {
    maru.get(path, &token(maru, member)).await.expect(200)
}

/// Answers that put somebody into the class of most people.
fn plain() -> Value {
    json!({
        "preferredWeather": "RAINY", "clothingPriority": "COMFORT", "sweating": "NORMAL", "wetLimit": "STEADY",
        "cold": "NORMAL", "heat": "NORMAL",
    })
}

/// Answers the survey.
async fn answer(maru: &Maru, member: &str, answers: &Value) -> Answer {
    let request = maru.request(Method::PUT, "/weather/survey", &token(maru, member)).json(answers);
    Answer::read(request.send().await.unwrap()).await
}

/// How often each product was asked for.
fn asked(maru: &Maru) -> [u64; 3] {
    [OBSERVATION, ULTRA_SHORT, SHORT].map(|operation| maru.kma().calls(operation))
}

/// What happens to the next calls of the weather service, or of one operation of it.
fn befall(maru: &Maru, operation: &str, kind: FaultKind, times: u32, delay_millis: u64) {
    let operation = Some(operation.to_owned());
    let fault = Fault { target: FaultTarget::Partner, operation, kind, times, delay_millis };
    maru.stack.parts().faults.push(fault);
}

fn wait(maru: &Maru, minutes: u64) {
    maru.stack.clock().advance(Duration::from_mins(minutes));
}

/// The name of the weather table, and a client for it.
fn table(maru: &Maru) -> (String, aws_sdk_dynamodb::Client) {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "WeatherTable").unwrap();
    (table.name.clone(), aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config()))
}

/// An item of the weather table.
async fn item(maru: &Maru, (pk, sk): (&str, &str)) -> HashMap<String, AttributeValue> {
    let (name, client) = table(maru);
    let get = client.get_item().table_name(name).consistent_read(true);
    let get = get.key("pk", AttributeValue::S(pk.to_owned())).key("sk", AttributeValue::S(sk.to_owned()));
    get.send().await.unwrap().item.unwrap_or_default()
}

/// A number of an item of the weather table.
async fn number(maru: &Maru, key: (&str, &str), name: &str) -> Option<i64> {
    item(maru, key).await.get(name)?.as_n().ok()?.parse().ok()
}

/// Gives an attribute of an item of the weather table another value.
async fn set(maru: &Maru, (pk, sk): (&str, &str), name: &str, value: AttributeValue) {
    let (table, client) = table(maru);
    let update = client.update_item().table_name(table);
    let update =
        update.key("pk", AttributeValue::S(pk.to_owned())).key("sk", AttributeValue::S(sk.to_owned()));
    let update = update.update_expression("SET #name = :value").expression_attribute_names("#name", name);
    update.expression_attribute_values(":value", value).send().await.unwrap();
}

/// So many of a limit for `subject` were taken in the window of a test's begin: ten past midnight in Korea, when the hour
/// and the day both began ten minutes ago.
async fn were_taken(maru: &Maru, (limit, subject): (&str, &str), used: u32) {
    let key = (&*format!("LIMIT#{limit}#{subject}"), begin());
    set(maru, key, "used", AttributeValue::N(used.to_string())).await;
}

/// How many of a limit for `subject` are taken in that window.
async fn taken(maru: &Maru, (limit, subject): (&str, &str)) -> i64 {
    number(maru, (&format!("LIMIT#{limit}#{subject}"), begin()), "used").await.unwrap_or(0)
}

/// The begin of that window, in seconds.
fn begin() -> &'static str {
    "1768489200"
}

/// Where members are, as other domains see it.
fn whereabouts(maru: &Maru) -> Whereabouts {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "WhereaboutsTable").unwrap();
    let variables = BTreeMap::from([("WHEREABOUTS_TABLE".to_owned(), table.name.clone())]);
    let clock = maru.stack.clock().for_functions();
    let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
    Whereabouts::from_environment(&environment).unwrap()
}

/// Checks that nobody without an account may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request =
            maru.request(method.clone(), &format!("{path}?unknown=1"), token).json(&json!({ "x": 1 }));
        Answer::read(request.send().await.unwrap()).await.expect_problem(401, "unauthenticated");
    }
}
