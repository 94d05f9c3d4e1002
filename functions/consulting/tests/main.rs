//! The functions of the domain, a module each, through a local stack; and the whole night.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test panics where it cannot go on"
)]

mod create_report;
mod create_run;
mod cron_ingest_lectures;
mod get_dashboard;
mod get_dashboard_chart;
mod get_report;
mod get_run;
mod list_reports;
mod list_runs;
mod night;
mod on_generation_superseded;
mod on_lectures_aggregated;
mod on_lectures_ingested;
mod on_member_deleted_for_consulting;
mod on_report_requested;
mod on_run_requested;
mod on_shard_planned;

use maru_auth::Role;
use maru_lambda::Function;
use maru_testing::{Answer, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The functions without the workers: what is asked for stays as it is.
fn without_workers() -> Setup {
    let is_worker = |function: &Function| function.name().starts_with("on_");
    let first = consulting::FUNCTIONS.iter().position(is_worker).unwrap();
    let last = consulting::FUNCTIONS.iter().rposition(is_worker).unwrap();
    Setup::new(vec![&consulting::FUNCTIONS[..first], &consulting::FUNCTIONS[last + 1..]])
}

/// Checks that only lecturers may call, whatever is wrong with the rest of the request.
async fn expect_only_lecturers(maru: &Maru, method: Method, path: &str) {
    let others = [maru.token("usr_1", Role::User), maru.admin()];
    expect_refused(maru, method, path, &others).await;
}

/// Checks that only admins may call, whatever is wrong with the rest of the request.
async fn expect_only_admins(maru: &Maru, method: Method, path: &str) {
    let others = [maru.token("usr_1", Role::User), maru.lecturer("lecturer-a")];
    expect_refused(maru, method, path, &others).await;
}

async fn expect_refused(maru: &Maru, method: Method, path: &str, others: &[String]) {
    let ask = async |token: &str| {
        let request =
            maru.request(method.clone(), &format!("{path}?unknown=1"), token).json(&json!({ "x": 1 }));
        Answer::read(request.send().await.unwrap()).await
    };
    for token in ["", "not.a.token"] {
        ask(token).await.expect_problem(401, "unauthenticated");
    }
    for token in others {
        ask(token).await.expect_problem(403, "forbidden");
    }
}

/// All pages of a list, `limit` at a time; checks that each but the last is full.
async fn pages(maru: &Maru, path: &str, token: &str, limit: usize) -> Vec<Value> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = maru.get(&format!("{path}?limit={limit}{cursor}"), token).await.expect(200);
        let found = page["items"].as_array().unwrap();
        items.extend(found.iter().cloned());
        let Some(next) = page["nextCursor"].as_str() else { return items };
        assert_eq!(found.len(), limit);
        cursor = format!("&cursor={next}");
    }
}

/// Checks what every list refuses in its query.
async fn expect_wrong_queries_refused(maru: &Maru, path: &str, token: &str) {
    for query in ["limit=0", "limit=101", "limit=-1", "limit=x", "page=2", "limit=1&limit=2"] {
        maru.get(&format!("{path}?{query}"), token).await.expect_problem(400, "invalid_query");
    }
    for cursor in ["", "nonsense", "e30", "%00"] {
        maru.get(&format!("{path}?cursor={cursor}"), token).await.expect_problem(400, "invalid_cursor");
    }
}
