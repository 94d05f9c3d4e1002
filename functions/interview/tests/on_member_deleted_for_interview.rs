//! Closing an account.

use std::time::Duration;

use maru_stack::crash::{CrashPlan, Moment};
use reqwest::Method;
use serde_json::{Value, json};

use crate::create_interview_feedback::{answerable, answers};
use crate::{BATCH, OTHER, OWNER, SHOP, about, ask, ended, leaves, seen, setup, token};

const FUNCTION: &str = "on_member_deleted_for_interview";

/// Every item of the interview table whose key names the account.
async fn items_of(maru: &maru_testing::Maru, account: &str) -> Vec<Value> {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "InterviewTable").unwrap();
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let all = client.scan().table_name(&table.name).send().await.unwrap().items.unwrap_or_default();
    let all = all.into_iter().map(|item| json!([item["pk"].as_s().unwrap(), item["sk"].as_s().unwrap()]));
    all.filter(|item| item.to_string().contains(account)).collect()
}

/// The path of the owner's other interview.
async fn listed_but(maru: &maru_testing::Maru, first: &str) -> String {
    let list = maru.get("/interviews", &token(maru, OWNER)).await.expect(200);
    let paths = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("/interviews/{}", it["id"].as_str().unwrap()));
    paths.into_iter().find(|path| path != first).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_member_who_left_is_erased_and_a_record_says_so() {
    let maru = setup().start().await;
    let (path, ids) = answerable(&maru).await;
    ask(&maru, OWNER, Method::POST, &path, &answers(&[(&ids[0], "캐시를 두었습니다.")])).await.expect(202);
    for path in ["/interviews", &path] {
        let body = if path == "/interviews" {
            about(&[BATCH])
        } else {
            answers(&[(&ids[1], "네, 그렇습니다.")])
        };
        let request =
            maru.request(Method::POST, path, &token(&maru, OWNER)).header("idempotency-key", "once");
        assert_eq!(request.json(&body).send().await.unwrap().status(), 202, "{path}");
    }
    maru.settle().await;
    let first = path.trim_end_matches("/feedback");
    let second = listed_but(&maru, first).await;
    ask(&maru, OWNER, Method::DELETE, &second, &Value::Null).await.expect(204);
    let others = ended(&maru, OTHER, &about(&[SHOP])).await;
    // The interview, what was asked in it, its questions, the grades, the pace, two kept answers, the note that
    // another one was deleted.
    assert_eq!(items_of(&maru, OWNER).await.len(), 1 + 1 + 3 + 2 + 1 + 2 + 1);
    leaves(&maru).await.unwrap();
    assert_eq!(items_of(&maru, OWNER).await, [json!([format!("ERASURE#{OWNER}"), "RECORD"])]);
    let id = others["result"]["interviewId"].as_str().unwrap();
    maru.get(&format!("/interviews/{id}"), &token(&maru, OTHER)).await.expect(200);
    seen(&maru, path.split('/').nth(2).unwrap()).await.expect_problem(404, "not_found");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_call_leaves_nothing_to_the_next_but_the_rest() {
    let mut crashes = 0;
    for at_call in 1.. {
        let maru = setup().start().await;
        ended(&maru, OWNER, &about(&[SHOP])).await;
        let (function, moment) = (FUNCTION.to_owned(), Moment::After);
        maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
        let died = leaves(&maru).await.is_err();
        maru.stack.parts().crashes.disarm();
        if !died {
            break;
        }
        crashes += 1;
        maru.stack.clock().advance(Duration::from_secs(1));
        leaves(&maru).await.unwrap();
        let left = items_of(&maru, OWNER).await;
        assert_eq!(left, [json!([format!("ERASURE#{OWNER}"), "RECORD"])], "call {at_call}");
    }
    assert!(crashes > 10, "the worker makes many calls: {crashes}");
}
