//! The sandbox over HTTP.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{Client, Response};
use serde_json::Value;
use tempfile::TempDir;

use super::{Platform, router};
use crate::faults::{Fault, FaultKind, FaultTarget, Faults};

struct Sandbox {
    address: String,
    faults: Arc<Faults>,
    directory: TempDir,
}

async fn start() -> Sandbox {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let sandbox = Sandbox { address, faults: Arc::default(), directory: tempfile::tempdir().unwrap() };
    let platform = Platform::new(sandbox.directory.path().to_owned(), "token", sandbox.faults.clone());
    tokio::spawn(async move { axum::serve(listener, router(platform)).await });
    std::fs::write(sandbox.directory.path().join("reviews.ndjson"), "{\"a\":1}\nbroken\n\n{\"a\":3}\n")
        .unwrap();
    std::fs::write(sandbox.directory.path().join("questions.csv"), "id\n1\n2\n").unwrap();
    sandbox
}

impl Sandbox {
    async fn get(&self, path: &str) -> reqwest::Result<Response> {
        Client::new().get(format!("{}{path}", self.address)).bearer_auth("token").send().await
    }

    async fn refused(&self, path: &str) -> (u16, String) {
        let response = self.get(path).await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let problem: Value = response.json().await.unwrap();
        (status, problem["code"].as_str().unwrap().to_owned())
    }

    fn suffer(&self, kind: FaultKind) {
        self.faults.push(Fault::new(FaultTarget::Partner, kind, 1).with_delay(Duration::from_millis(200)));
    }
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn pages_follow_one_another_by_their_cursors() {
    let sandbox = start().await;
    let first = sandbox.get("/exports/reviews?limit=2").await.unwrap();
    assert_eq!(header(&first, "content-type"), Some("application/x-ndjson"));
    assert_eq!((header(&first, "x-row-count"), header(&first, "content-length")), (Some("2"), Some("16")));
    let cursor = header(&first, "x-next-cursor").unwrap().to_owned();
    assert_eq!(first.text().await.unwrap(), "{\"a\":1}\nbroken\n\n");
    let last = sandbox.get(&format!("/exports/reviews?limit=2&since={cursor}")).await.unwrap();
    assert_eq!((header(&last, "x-row-count"), header(&last, "x-next-cursor")), (Some("1"), None));
    assert_eq!(last.text().await.unwrap(), "{\"a\":3}\n");
    assert_eq!(
        sandbox.refused(&format!("/exports/questions?since={cursor}")).await,
        (400, "invalid_cursor".into())
    );
}

#[tokio::test]
async fn csv_says_that_it_has_a_header() {
    let sandbox = start().await;
    let page = sandbox.get("/exports/questions").await.unwrap();
    assert_eq!(header(&page, "content-type"), Some("text/csv; header=present"));
    assert_eq!(header(&page, "x-row-count"), Some("2"));
    assert_eq!(page.text().await.unwrap(), "id\n1\n2\n");
}

#[tokio::test]
async fn what_cannot_be_served_is_refused_with_its_code() {
    let sandbox = start().await;
    let without = reqwest::get(format!("{}/exports/reviews", sandbox.address)).await.unwrap();
    assert_eq!(without.status().as_u16(), 401);
    let wrong = Client::new().get(format!("{}/exports/reviews", sandbox.address)).bearer_auth("toke");
    assert_eq!(wrong.send().await.unwrap().status().as_u16(), 401);
    for path in ["/exports/progress", "/exports/..%2Fsecret", "/exports/other"] {
        assert_eq!(sandbox.refused(path).await, (404, "no_such_dataset".into()), "{path}");
    }
    for limit in ["0", "100001", "-1", "ten"] {
        let refused = sandbox.refused(&format!("/exports/reviews?limit={limit}")).await;
        assert_eq!(refused, (400, "invalid_limit".into()), "{limit}");
    }
    assert_eq!(sandbox.refused("/exports/reviews?since=x").await, (400, "invalid_cursor".into()));
}

#[tokio::test]
async fn errors_and_throttling_happen_on_demand_and_pass() {
    let sandbox = start().await;
    sandbox.suffer(FaultKind::Error);
    sandbox.suffer(FaultKind::Throttle);
    assert_eq!(sandbox.refused("/exports/reviews").await, (500, "internal_error".into()));
    let throttled = sandbox.get("/exports/reviews").await.unwrap();
    assert_eq!((throttled.status().as_u16(), header(&throttled, "retry-after")), (429, Some("1")));
    assert_eq!(sandbox.get("/exports/reviews").await.unwrap().status().as_u16(), 200);
}

#[tokio::test]
async fn a_fault_of_one_dataset_leaves_the_others_alone() {
    let sandbox = start().await;
    let fault = Fault::new(FaultTarget::Partner, FaultKind::Error, 1).of_operation("reviews");
    sandbox.faults.push(fault);
    assert_eq!(sandbox.get("/exports/questions").await.unwrap().status().as_u16(), 200);
    assert_eq!(sandbox.get("/exports/reviews").await.unwrap().status().as_u16(), 500);
}

#[tokio::test]
async fn half_a_page_breaks_off_before_its_length() {
    let sandbox = start().await;
    sandbox.suffer(FaultKind::Half);
    let mut response = sandbox.get("/exports/reviews").await.unwrap();
    assert_eq!(header(&response, "content-length"), Some("24"));
    assert_eq!(response.chunk().await.unwrap().unwrap().len(), 12);
    assert!(response.chunk().await.is_err());
}

#[tokio::test]
async fn a_slow_page_comes_late_but_whole() {
    let sandbox = start().await;
    sandbox.suffer(FaultKind::Delay);
    let started = Instant::now();
    let text = sandbox.get("/exports/reviews").await.unwrap().text().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(200));
    assert_eq!(text.len(), 24);
}

#[tokio::test]
async fn a_count_is_wrong_and_an_answer_lost_on_demand() {
    let sandbox = start().await;
    sandbox.suffer(FaultKind::WrongCount);
    sandbox.suffer(FaultKind::LostAnswer);
    assert_eq!(header(&sandbox.get("/exports/reviews").await.unwrap(), "x-row-count"), Some("4"));
    assert!(sandbox.get("/exports/reviews").await.is_err());
}
