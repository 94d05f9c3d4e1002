//! `GET /consulting/reports/{reportId}`.

use reqwest::Method;

use crate::create_report::{published, report};
use crate::{expect_only_lecturers, without_workers};

#[tokio::test]
async fn its_lecturer_reads_it_and_nobody_else() {
    let maru = published().await;
    let report = report(&maru, "lecturer-b").await;
    let path = format!("/consulting/reports/{}", report["id"].as_str().unwrap());
    assert_eq!(maru.get(&path, &maru.lecturer("lecturer-b")).await.expect(200), report);
    maru.get(&path, &maru.lecturer("lecturer-a")).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn refuses_whoever_is_no_lecturer_and_what_is_no_report() {
    let maru = without_workers().start().await;
    expect_only_lecturers(&maru, Method::GET, "/consulting/reports/rpt_1").await;
    let token = maru.lecturer("lecturer-a");
    for id in ["rpt_unknown", "%20", &"x".repeat(101)] {
        maru.get(&format!("/consulting/reports/{id}"), &token).await.expect_problem(404, "not_found");
    }
    maru.get("/consulting/reports/rpt_1?full=1", &token).await.expect_problem(400, "invalid_query");
}
