//! Pulling the export: what the platform does wrong, and what becomes of broken rows.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Export, Maru};
use serde_json::{Value, json};

use crate::night::setup;

fn fault(kind: FaultKind, dataset: &str, times: u32) -> Fault {
    Fault { target: FaultTarget::Partner, operation: Some(dataset.to_owned()), kind, times, delay_millis: 50 }
}

/// A second day whose run fails: its failure's code, after checking that readers still see the first day.
async fn failing_run(prepare: impl AsyncFnOnce(&Maru)) -> String {
    let maru = setup().start().await;
    maru.night().await;
    let token = maru.lecturer("lecturer-a");
    let before = maru.get("/consulting/dashboard", &token).await.expect(200);
    maru.stack.clock().advance(std::time::Duration::from_secs(24 * 60 * 60));
    prepare(&maru).await;
    let run = maru.night().await;
    assert_eq!((&run["state"], &run["day"]), (&json!("failed"), &json!("2026-01-16")), "{run:#}");
    assert_eq!(maru.get("/consulting/dashboard", &token).await.expect(200), before);
    // The admin tries again when the platform is well.
    maru.stack.parts().faults.clear();
    Export::small().write(maru.data());
    let again = maru.post("/admin/consulting/runs", &maru.admin(), &json!({ "day": "2026-01-16" })).await;
    assert_ne!(again.expect(202)["id"], run["id"]);
    maru.settle().await;
    assert_eq!(maru.newest_run().await["state"], "published");
    run["error"]["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_fails_each_time_fails_the_run() {
    let code = failing_run(async |maru| {
        maru.stack.parts().faults.push(fault(FaultKind::Error, "progress", 10));
    });
    assert_eq!(code.await, "platform_unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_page_each_time_fails_the_run() {
    let code = failing_run(async |maru| {
        maru.stack.parts().faults.push(fault(FaultKind::Half, "enrollments", 10));
    });
    assert_eq!(code.await, "platform_unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_rows_than_announced_fail_the_run() {
    let code = failing_run(async |maru| {
        maru.stack.parts().faults.push(fault(FaultKind::WrongCount, "enrollments", 10));
    });
    assert_eq!(code.await, "export_incomplete");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_dataset_fails_the_run() {
    let code = failing_run(async |maru| std::fs::remove_file(maru.data().join("reviews.ndjson")).unwrap());
    assert_eq!(code.await, "dataset_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_percent_of_broken_rows_fail_the_run() {
    let code = failing_run(async |maru| maru.replace_export(&with_broken_rows(98, 2)));
    assert_eq!(code.await, "too_many_broken_rows");
}

/// So many good enrolments, and so many broken ones behind the first good one.
fn with_broken_rows(good: u32, broken: u32) -> Export {
    let mut export = Export::default().lecture("l1", "lecturer-a");
    for student in 0..good {
        export = export.enrollment("l1", &format!("s{student}"), 1_000, "ENROLLED", "2026-01-10T00:00:00Z");
        if student == 0 {
            for _ in 0..broken {
                export = export.raw_enrollment(r#"{"enrollmentId": "x", "lectureId": "l1", "studentId": 7}"#);
            }
        }
    }
    export
}

#[tokio::test(flavor = "multi_thread")]
async fn one_percent_of_broken_rows_is_put_aside_with_line_and_reason() {
    let maru = setup().export(with_broken_rows(297, 3)).start().await;
    let run = maru.night().await;
    assert_eq!(run["state"], "published", "{run:#}");
    let enrollments = &run["datasets"]["enrollments"];
    assert_eq!((&enrollments["rows"], &enrollments["broken"]), (&json!(300), &json!(3)));
    let folder = enrollments["quarantine"].as_str().unwrap();
    let lines: Vec<Value> = maru.object(&format!("{folder}000000-1.ndjson")).await;
    let numbers: Vec<_> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 3, 4]);
    assert!(
        lines
            .iter()
            .all(|line| line["reason"].is_string() && line["row"].as_str().unwrap().contains("\"x\""))
    );
    let dashboard = maru.get("/consulting/dashboard", &maru.lecturer("lecturer-a")).await.expect(200);
    assert_eq!(dashboard["monthlyRevenue"]["total"], 297_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_fails_twice_and_throttles_once_is_asked_again() {
    let maru = setup().start().await;
    for (kind, dataset) in
        [(FaultKind::Error, "lectures"), (FaultKind::Half, "progress"), (FaultKind::Throttle, "reviews")]
    {
        maru.stack.parts().faults.push(fault(kind, dataset, 1));
    }
    let run = maru.night().await;
    assert_eq!(run["state"], "published", "{run:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_platform_is_waited_for() {
    let maru = setup().start().await;
    maru.stack
        .parts()
        .faults
        .push(Fault { delay_millis: 1_500, ..fault(FaultKind::Delay, "enrollments", 1) });
    assert_eq!(maru.night().await["state"], "published");
}
