//! A lecturer closes the account.

use std::time::Duration;

use maru_lambda::Environment;
use maru_stack::crash::{CrashPlan, Moment};
use maru_store::Table;
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::create_report::{published, report};

const REPORTS: &str = "/consulting/reports";
const LECTURER: &str = "lecturer-a";

/// So long after a worker failed its message comes again: the queue's visibility time.
const HIDDEN: Duration = Duration::from_secs(1_800);

/// Tells one of the functions that follow `member.deleted`.
async fn leaves(maru: &Maru, function: &str) {
    let detail = json!({
        "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z",
        "data": { "userId": LECTURER, "deletedAt": "2026-01-15T15:10:00Z" },
    });
    let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
    if let Err(error) = maru.stack.invoke(function, event).await {
        panic!("{function} fails: {error:?}");
    }
}

/// The items of a partition of one of the tables.
pub async fn items(maru: &Maru, table: &str, pk: &str) -> Vec<Value> {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|each| each.logical_id == table).unwrap();
    let variables = [("TABLE".to_owned(), table.name.clone())].into();
    let clock = maru.stack.clock().for_functions();
    let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
    let table = Table::open(&environment, "TABLE").unwrap();
    table.query_all(table.query(pk).consistent_read(true)).await.unwrap()
}

async fn job(maru: &Maru, link: &Value) -> Answer {
    let path = format!("/jobs/{}", link["job"]["id"].as_str().unwrap());
    maru.get(&path, &maru.lecturer(LECTURER)).await
}

async fn listed(maru: &Maru, lecturer: &str) -> usize {
    let list = maru.get(REPORTS, &maru.lecturer(lecturer)).await.expect(200);
    list["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_and_kept_answers_go_and_the_numbers_and_those_of_others_stay() {
    let maru = published().await;
    report(&maru, "lecturer-b").await;
    report(&maru, LECTURER).await;
    let kept = maru.request(Method::POST, REPORTS, &maru.lecturer(LECTURER)).header("idempotency-key", "k");
    let kept = Answer::read(kept.json(&json!({})).send().await.unwrap()).await.expect(200);
    assert!(kept["overall"].is_object(), "the answer that is kept holds the report: {kept:#}");
    let dashboard = maru.get("/consulting/dashboard", &maru.lecturer(LECTURER)).await.expect(200);

    leaves(&maru, "on_member_deleted_for_consulting").await;
    assert_eq!((listed(&maru, LECTURER).await, listed(&maru, "lecturer-b").await), (0, 1));
    for partition in [format!("REPORTS#{LECTURER}"), format!("IDEMPOTENCY#{LECTURER}#create_report")] {
        assert_eq!(items(&maru, "ConsultingTable", &partition).await, [] as [Value; 0], "{partition}");
    }
    let record = items(&maru, "ConsultingTable", &format!("ERASURE#{LECTURER}")).await;
    assert_eq!(record[0]["what"], json!({ "reports": 1, "answers": 1 }));
    assert!(record[0]["erasedAt"].is_string() && record[0]["deletedAt"] == "2026-01-15T15:10:00Z");
    let numbers = maru.get("/consulting/dashboard", &maru.lecturer(LECTURER)).await.expect(200);
    assert_eq!(numbers, dashboard, "they are the lecture platform's");

    leaves(&maru, "on_member_deleted_for_consulting").await;
    assert_eq!(
        items(&maru, "ConsultingTable", &format!("ERASURE#{LECTURER}")).await,
        record,
        "told again, nothing changes"
    );
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_can_ask_for_nothing_with_an_old_token_and_what_models_were_used_for_is_gone() {
    let maru = published().await;
    let token = maru.lecturer(LECTURER);
    let link = maru.post(REPORTS, &token, &json!({})).await.expect(202);
    maru.settle().await;
    leaves(&maru, "on_member_deleted_for_consulting").await;
    leaves(&maru, "on_member_deleted_for_jobs").await;
    job(&maru, &link).await.expect_problem(404, "not_found");
    maru.post(REPORTS, &token, &json!({})).await.expect_problem(401, "unauthenticated");
    let record = items(&maru, "JobsTable", &format!("ERASURE#{LECTURER}")).await.remove(0);
    // Of the day, and of the day and each feature, as `maru-model` books them.
    assert_eq!(record["what"], json!({ "jobs": 1, "usage": 2 }));
    for partition in ["ACCOUNT#", "USAGE#"] {
        let left = items(&maru, "JobsTable", &format!("{partition}{LECTURER}")).await;
        assert_eq!(left, [] as [Value; 0], "{partition}");
    }
    drop(maru.post(REPORTS, &maru.lecturer("lecturer-b"), &json!({})).await.expect(202));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_written_while_the_account_is_closed_is_not_kept() {
    let maru = published().await;
    let link = maru.post(REPORTS, &maru.lecturer(LECTURER), &json!({})).await.expect(202);
    // At work since it asks the model; whichever comes first by now, nothing may be left.
    while maru.stack.parts().bedrock.calls().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    leaves(&maru, "on_member_deleted_for_consulting").await;
    maru.settle().await;
    assert_eq!(listed(&maru, LECTURER).await, 0);
    maru.stack.clock().advance(HIDDEN);
    maru.settle().await;
    assert_eq!(listed(&maru, LECTURER).await, 0);
    let ended = job(&maru, &link).await.expect(200);
    assert_ne!(ended["status"], "running", "{ended:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_waits_when_the_account_is_closed_fails_without_asking_the_model() {
    let maru = published().await;
    let (function, moment) = ("on_report_requested".to_owned(), Moment::Before);
    maru.stack.parts().crashes.arm(CrashPlan { function, at_call: 1, operation: None, moment });
    let link = maru.post(REPORTS, &maru.lecturer(LECTURER), &json!({})).await.expect(202);
    maru.settle().await;
    leaves(&maru, "on_member_deleted_for_consulting").await;
    maru.stack.clock().advance(HIDDEN);
    maru.settle().await;
    let ended = job(&maru, &link).await.expect(200);
    assert_eq!((&ended["status"], &ended["error"]["code"]), (&json!("failed"), &json!("account_closed")));
    assert_eq!((listed(&maru, LECTURER).await, maru.stack.parts().bedrock.calls().len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_whose_job_is_erased_stops_and_its_message_leads_to_nothing() {
    let maru = published().await;
    drop(maru.post(REPORTS, &maru.lecturer(LECTURER), &json!({})).await.expect(202));
    while maru.stack.parts().bedrock.calls().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for function in ["on_member_deleted_for_jobs", "on_member_deleted_for_consulting"] {
        leaves(&maru, function).await;
    }
    maru.settle().await;
    maru.stack.clock().advance(HIDDEN);
    maru.stack.run_scheduled("cron_requeue_jobs").await.unwrap();
    maru.settle().await;
    assert_eq!(listed(&maru, LECTURER).await, 0);
    for partition in ["ACCOUNT#", "USAGE#"] {
        let left = items(&maru, "JobsTable", &format!("{partition}{LECTURER}")).await;
        assert_eq!(left, [] as [Value; 0], "{partition}");
    }
}
