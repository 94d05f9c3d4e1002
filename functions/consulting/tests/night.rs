//! The whole night: ingest → aggregate → publish, undisturbed, repeated, and killed at every step.

use std::collections::BTreeMap;

use maru_stack::crash::Moment;
use maru_testing::{Export, Maru, Setup};
use serde_json::{Value, json};

pub fn setup() -> Setup {
    Setup::new(vec![consulting::FUNCTIONS, jobs::FUNCTIONS])
}

/// What a lecturer reads, without what names the run.
async fn dashboards(maru: &Maru) -> BTreeMap<String, Value> {
    let mut dashboards = BTreeMap::new();
    for lecturer in ["lecturer-a", "lecturer-b"] {
        let mut dashboard = maru.get("/consulting/dashboard", &maru.lecturer(lecturer)).await.expect(200);
        for field in ["generationId", "publishedAt"] {
            assert!(dashboard.as_object_mut().unwrap().remove(field).is_some());
        }
        dashboards.insert(lecturer.to_owned(), dashboard);
    }
    dashboards
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_publishes_what_the_export_says() {
    let maru = setup().start().await;
    let run = maru.night().await;
    assert_eq!(run["state"], "published", "{run:#}");
    assert_eq!(run["day"], "2026-01-15");
    assert_eq!(run["datasets"]["enrollments"]["rows"], 12);
    let dashboards = dashboards(&maru).await;
    // 10,000 + … + 10,007 of students 0–7; neither the refund nor the lecturer's own enrolment.
    assert_eq!(dashboards["lecturer-a"]["monthlyRevenue"]["total"], 80_028);
    // The second of the two was paid when the day was over in Seoul.
    assert_eq!(dashboards["lecturer-b"]["monthlyRevenue"]["total"], 30_000);
}
