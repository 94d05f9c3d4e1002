//! `GET /consulting/dashboard`.

use maru_testing::{Export, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::expect_only_lecturers;
use crate::night::setup;

/// An export that can be summed up by hand, of 2026-01-15: two lectures of one title, one called `all`, a
/// refund, the lecturer in an own lecture, and payments at both ends of the month and of the day in Seoul.
pub fn by_hand() -> Export {
    Export::default()
        .titled_lecture("l-1", "kim", "스프링 부트")
        .titled_lecture("l-2", "kim", "스프링 부트")
        .titled_lecture("all", "kim", "모든 것, \"전부\" 🎓")
        .titled_lecture("x-1", "lee", "스프링 부트")
        .enrollment("l-1", "s1", 10_000, "ENROLLED", "2026-01-15T14:59:59Z")
        .enrollment("l-1", "s2", 20_000, "ENROLLED", "2026-01-15T15:00:00Z")
        .enrollment("l-1", "s3", 5_000, "ENROLLED", "2025-12-31T15:00:00Z")
        .enrollment("l-1", "s4", 7_000, "ENROLLED", "2025-12-31T14:59:59Z")
        .enrollment("l-2", "s1", 9_000, "ENROLLED", "2026-01-10T00:00:00Z")
        .enrollment("l-2", "s5", 99_000, "REFUNDED", "2026-01-10T00:00:00Z")
        .enrollment("all", "s1", 3_000, "ENROLLED", "2026-01-15T00:00:00Z")
        .enrollment("all", "kim", 1_000_000, "ENROLLED", "2026-01-14T00:00:00Z")
        .enrollment("x-1", "s1", 500_000, "ENROLLED", "2026-01-14T00:00:00Z")
        .progress("l-1", "s1", 100)
        .progress("l-1", "s3", 97)
        .progress("l-1", "s4", 98)
        .progress("l-2", "s1", 9)
        .progress("l-2", "s5", 50)
        .progress("all", "s1", 10)
        .progress("all", "kim", 100)
}

/// A Maru that has published the night of [`by_hand`].
pub async fn published() -> Maru {
    let maru = setup().export(by_hand()).frozen().start().await;
    assert_eq!(maru.night().await["state"], "published");
    maru
}

/// Of each item: its lecture, its amount, its share.
fn shares(items: &Value) -> Value {
    let items = items.as_array().unwrap().iter();
    items.map(|item| json!([item["lectureId"], item["amount"], item["share"]])).collect()
}

async fn dashboard(maru: &Maru, query: &str) -> Value {
    maru.get(&format!("/consulting/dashboard{query}"), &maru.lecturer("kim")).await.expect(200)
}

#[tokio::test]
async fn the_numbers_are_those_that_a_reader_sums_up_by_hand() {
    let maru = published().await;
    let all = dashboard(&maru, "").await;
    assert_eq!(all["day"], "2026-01-15");
    assert_eq!(all["lectures"].as_array().unwrap().len(), 3);

    let month = &all["monthlyRevenue"];
    assert_eq!(
        json!([month["month"], month["from"], month["to"]]),
        json!(["2026-01", "2026-01-01", "2026-01-15"])
    );
    assert_eq!(month["total"], 27_000);
    let expected = json!([["l-1", 15_000, 55.56], ["l-2", 9_000, 33.33], ["all", 3_000, 11.11]]);
    assert_eq!(shares(&month["items"]), expected);

    let week = &all["revenueShare"];
    assert_eq!(json!([week["from"], week["to"], week["total"]]), json!(["2026-01-09", "2026-01-15", 22_000]));
    let expected = json!([["l-1", 10_000, 45.45], ["l-2", 9_000, 40.91], ["all", 3_000, 13.64]]);
    assert_eq!(shares(&week["lectures"]), expected);
    let days: Vec<Value> = week["days"].as_array().unwrap().iter().map(|day| shares(&day["items"])).collect();
    let (none, tenth) = (json!([]), json!([["l-2", 9_000, 100.0]]));
    let last = json!([["l-1", 10_000, 76.92], ["all", 3_000, 23.08]]);
    assert_eq!(days, [none.clone(), tenth, none.clone(), none.clone(), none.clone(), none, last]);

    let completion: Vec<Value> = all["completion"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!([item["lectureId"], item["learners"], item["finished"], item["percent"]]))
        .collect();
    assert_eq!(json!(completion), json!([["l-1", 3, 2, 66.67], ["all", 1, 0, 0.0], ["l-2", 1, 0, 0.0]]));
    assert_eq!(groups(&all), [1, 1, 0, 0, 0, 0, 0, 0, 0, 3]);
    let students = all["lecturesPerStudent"]["groups"].as_array().unwrap().iter();
    let students: Value =
        students.map(|group| json!([group["lectures"], group["students"], group["share"]])).collect();
    assert_eq!(
        students,
        json!([["1", 2, 66.67], ["2", 0, 0.0], ["3", 1, 33.33], ["4", 0, 0.0], ["5+", 0, 0.0]])
    );
}

fn groups(dashboard: &Value) -> Vec<u64> {
    let groups = dashboard["progressGroups"]["groups"].as_array().unwrap();
    groups.iter().map(|group| group["learners"].as_u64().unwrap()).collect()
}

/// The days of the trend on which something was paid, and how many days it has.
fn trend(dashboard: &Value) -> (Value, usize) {
    let points = dashboard["revenueTrend"]["points"].as_array().unwrap();
    let paid = points.iter().filter(|point| point["amount"] != 0);
    (paid.map(|point| json!([point["day"], point["amount"]])).collect(), points.len())
}

#[tokio::test]
async fn the_trend_shows_the_days_and_the_lecture_that_are_asked_for() {
    let maru = published().await;
    let all = dashboard(&maru, "").await;
    let paid =
        json!([["2025-12-31", 7_000], ["2026-01-01", 5_000], ["2026-01-10", 9_000], ["2026-01-15", 13_000]]);
    assert_eq!((trend(&all), &all["revenueTrend"]["total"]), ((paid, 30), &json!(34_000)));

    let one = dashboard(&maru, "?lectureId=l-1&from=2025-12-31&to=2026-01-01").await;
    assert_eq!(trend(&one), (json!([["2025-12-31", 7_000], ["2026-01-01", 5_000]]), 2));
    assert_eq!(groups(&one), [0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    assert_eq!(one["monthlyRevenue"], all["monthlyRevenue"], "the month is of all lectures");

    // A lecture is known by its id, also one that is called like a word of ours.
    let called_all = dashboard(&maru, "?lectureId=all").await;
    assert_eq!(trend(&called_all), (json!([["2026-01-15", 3_000]]), 30));

    // What is not yet counted is no point: it is unknown, not nothing.
    let ahead = dashboard(&maru, "?from=2026-01-15&to=2026-01-31").await;
    assert_eq!(trend(&ahead), (json!([["2026-01-15", 13_000]]), 1));
    assert_eq!(ahead["revenueTrend"]["dataUntil"], "2026-01-15");
}

#[tokio::test]
async fn a_lecturer_without_lectures_sees_an_empty_dashboard() {
    let maru = published().await;
    let empty = maru.get("/consulting/dashboard", &maru.lecturer("nobody")).await.expect(200);
    assert_eq!((&empty["lectures"], &empty["monthlyRevenue"]["total"]), (&json!([]), &json!(0)));
    assert_eq!((trend(&empty), groups(&empty)), ((json!([]), 30), vec![0; 10]));
}

#[tokio::test]
async fn refuses_what_it_cannot_show() {
    let maru = published().await;
    let kim = maru.lecturer("kim");
    for (query, status, code) in [
        ("lectureId=x-1", 404, "not_found"),
        ("lectureId=unknown", 404, "not_found"),
        ("lectureId=", 404, "not_found"),
        ("from=2026-01-02&to=2026-01-01", 400, "invalid_range"),
        ("from=2026-01-16", 400, "invalid_range"),
        ("from=2025-01-01&to=2026-01-02", 400, "range_too_long"),
        ("from=yesterday", 400, "invalid_query"),
        ("from=2026-02-30", 400, "invalid_query"),
        ("lecture=l-1", 400, "invalid_query"),
        ("lectureId=l-1&lectureId=l-2", 400, "invalid_query"),
    ] {
        maru.get(&format!("/consulting/dashboard?{query}"), &kim).await.expect_problem(status, code);
    }
    let long = "x".repeat(201);
    maru.get(&format!("/consulting/dashboard?lectureId={long}"), &kim)
        .await
        .expect_problem(400, "invalid_query");
    // 366 days, the most there are in a year.
    drop(maru.get("/consulting/dashboard?from=2025-01-01&to=2026-01-01", &kim).await.expect(200));
    let wrong = maru.get("/consulting/dashboard?from=yesterday", &kim).await.expect(400);
    assert_eq!(wrong["errors"][0]["pointer"], "/from");
}

#[tokio::test]
async fn refuses_whoever_is_no_lecturer_and_says_that_nothing_is_published_yet() {
    let maru = setup().start().await;
    expect_only_lecturers(&maru, Method::GET, "/consulting/dashboard").await;
    let answer = maru.get("/consulting/dashboard", &maru.lecturer("kim")).await;
    answer.expect_problem(404, "nothing_published");
}

#[tokio::test]
async fn a_dashboard_is_one_query_once_the_generation_is_known() {
    let maru = published().await;
    dashboard(&maru, "").await;
    maru.stack.parts().counts.clear();
    for query in ["", "?lectureId=l-1", "?from=2025-02-01&to=2026-01-31"] {
        dashboard(&maru, query).await;
        let calls = maru.stack.parts().counts.calls();
        let calls: Vec<(&str, u64)> =
            calls.iter().map(|call| (call.operation.as_str(), call.count)).collect();
        assert_eq!(calls, [("Query", 1)], "{query:?}");
        maru.stack.parts().counts.clear();
    }
}
