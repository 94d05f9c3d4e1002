//! The whole night: ingest → aggregate → publish, undisturbed, repeated, and killed at every step.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use maru_testing::{Export, Maru, Setup};
use serde_json::Value;

pub fn setup() -> Setup {
    Setup::new(vec![consulting::FUNCTIONS, jobs::FUNCTIONS])
}

/// What the lecturers read, without what names the run.
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
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_night_of_the_day_changes_nothing() {
    let maru = setup().start().await;
    let first = maru.night().await;
    let seen = dashboards(&maru).await;
    // Even though the platform has other data by now: the day is done.
    maru.replace_export(&Export::default().lecture("other", "lecturer-a"));
    assert_eq!(maru.night().await, first);
    assert_eq!(dashboards(&maru).await, seen);
}

/// Kills `function` at each of its calls, before and after it is carried out, and lets time pass.
async fn kill_everywhere(function: &str) {
    let undisturbed = setup().start().await;
    let digest = undisturbed.night().await["digest"].clone();
    assert!(digest.is_string());
    let seen = dashboards(&undisturbed).await;
    for moment in [Moment::Before, Moment::After] {
        let mut crashes = 0;
        for at_call in 1.. {
            let maru = setup().frozen().start().await;
            if !killed_night(&maru, function, at_call, moment).await {
                break;
            }
            crashes += 1;
            let case = format!("{function} at call {at_call}, {moment:?}");
            let run = recover(&maru).await;
            assert_eq!(run["state"], "published", "{case}: {run:#}");
            assert_eq!(run["digest"], digest, "{case}");
            assert_eq!(dashboards(&maru).await, seen, "{case}");
        }
        assert!(crashes > 0, "{function} makes calls that can be cut");
    }
}

macro_rules! killed_anywhere_the_night_publishes_the_same {
    ($($test:ident: $function:literal,)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            kill_everywhere($function).await;
        }
    )*};
}

killed_anywhere_the_night_publishes_the_same! {
    killed_while_it_begins_the_night_publishes_the_same: "cron_ingest_lectures",
    killed_while_it_ingests_the_night_publishes_the_same: "on_run_requested",
    killed_while_it_plans_the_night_publishes_the_same: "on_lectures_ingested",
    killed_while_it_reduces_the_night_publishes_the_same: "on_shard_planned",
    killed_while_it_publishes_the_night_publishes_the_same: "on_lectures_aggregated",
}

/// Runs a night whose `function` dies at its `at_call`-th call; tells whether it did.
async fn killed_night(maru: &Maru, function: &str, at_call: u32, moment: Moment) -> bool {
    let plan = CrashPlan { function: function.to_owned(), at_call, operation: None, moment };
    maru.stack.parts().crashes.arm(plan);
    // The firing itself fails where the first function is the one that dies.
    let _fired = maru.stack.run_scheduled("cron_ingest_lectures").await;
    maru.stack.parts().crashes.hit()
}

/// What operations do by themselves: time passes, messages come again, the next firings come.
async fn recover(maru: &Maru) -> Value {
    for _ in 0..12 {
        let run = match maru.get("/admin/consulting/runs?limit=1", &maru.admin()).await.expect(200) {
            page if page["items"].as_array().is_some_and(|items| !items.is_empty()) => {
                page["items"][0].clone()
            }
            _ => Value::Null,
        };
        if run["state"] == "published" {
            return run;
        }
        // Past every lease, back-off and visibility, but within the day.
        maru.stack.clock().advance(Duration::from_secs(5_500));
        maru.stack.run_scheduled("cron_requeue_jobs").await.expect("looking after jobs works");
        if run.is_null() {
            maru.stack.run_scheduled("cron_ingest_lectures").await.expect("the firing is tried again");
        }
        maru.settle().await;
    }
    maru.newest_run().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_never_sees_a_mixture() {
    let maru = setup().start().await;
    maru.night().await;
    let old = dashboards(&maru).await["lecturer-a"].clone();
    // Every number of the next generation differs from every one of the old.
    let mut next = Export::default().lecture("l1", "lecturer-a").lecture("l2", "lecturer-a");
    for student in 0..40 {
        let name = format!("t{student}");
        next = next
            .enrollment("l1", &name, 77_000, "ENROLLED", "2026-01-16T03:00:00Z")
            .progress("l1", &name, 100);
    }
    maru.replace_export(&next);
    maru.stack.clock().advance(Duration::from_secs(24 * 60 * 60));
    let token = maru.lecturer("lecturer-a");
    let done = AtomicBool::new(false);
    let watch = async {
        let (mut seen_old, mut seen_new) = (0, 0);
        loop {
            let last_look = done.load(Ordering::Acquire);
            let dashboard = maru.get("/consulting/dashboard", &token).await.expect(200);
            if dashboard["day"] == old["day"] {
                assert_eq!(seen_new, 0, "an old generation came back");
                assert_eq!(dashboard["monthlyRevenue"], old["monthlyRevenue"]);
                assert_eq!(dashboard["completion"], old["completion"]);
                assert_eq!(dashboard["progressGroups"], old["progressGroups"]);
                seen_old += 1;
            } else {
                assert_eq!(dashboard["day"], "2026-01-16");
                assert_eq!(dashboard["monthlyRevenue"]["total"], 40 * 77_000);
                assert_eq!(dashboard["completion"]["items"][0]["finished"], 40);
                seen_new += 1;
            }
            if last_look && seen_new > 0 {
                return (seen_old, seen_new);
            }
        }
    };
    let run = async {
        let run = maru.night().await;
        assert_eq!(run["state"], "published", "{run:#}");
        done.store(true, Ordering::Release);
    };
    let ((seen_old, seen_new), ()) = tokio::join!(watch, run);
    assert!(seen_old > 0 && seen_new > 0, "both generations were looked at: {seen_old}, {seen_new}");
}
