//! The control endpoints.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::{PATIENCE, start};

#[tokio::test]
async fn demo_users_have_tokens_of_their_kind() {
    let (stack, _) = start().await;
    let get = |path: String| async move { reqwest::get(path).await.unwrap().json::<Value>().await.unwrap() };
    let tokens = get(format!("{}/_local/tokens?lecturer=L7", stack.url())).await;
    for (kind, id) in [("user", "usr_00000000000000000000000001"), ("lecturer", "L7")] {
        let request = Client::new().get(format!("{}/guarded", stack.url()));
        let answer = request.bearer_auth(tokens[kind].as_str().unwrap()).send().await.unwrap();
        assert_eq!(answer.json::<Value>().await.unwrap()["id"], id);
    }
    assert_eq!(tokens.as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn the_clock_is_set_and_advanced() {
    let (stack, _) = start().await;
    let post = |body: Value| Client::new().post(format!("{}/_local/clock", stack.url())).json(&body).send();
    let now = |response: reqwest::Response| async { response.json::<Value>().await.unwrap()["now"].clone() };
    let set = post(json!({ "now": "2013-09-20T15:10:00Z" })).await.unwrap();
    assert_eq!(now(set).await, "2013-09-20T15:10:00Z");
    let advanced = post(json!({ "advanceSeconds": 60 })).await.unwrap();
    assert_eq!(now(advanced).await, "2013-09-20T15:11:00Z");
    assert_eq!(post(json!({ "later": 1 })).await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_scheduled_function_is_run_and_another_is_explained() {
    let (stack, _) = start().await;
    let run = |name: &str| Client::new().post(format!("{}/_local/run/{name}", stack.url())).send();
    let ran = run("cron_night").await.unwrap();
    assert_eq!(ran.json::<Value>().await.unwrap(), json!({ "answer": { "sent": 1 }, "later": 0 }));
    for (name, status) in [("nope", StatusCode::NOT_FOUND), ("echo", StatusCode::CONFLICT)] {
        let refused = run(name).await.unwrap();
        assert_eq!(refused.status(), status);
        assert!(refused.text().await.unwrap().contains("cron_night"), "says what there is");
    }
}

#[tokio::test]
async fn a_fault_on_demand_happens_to_the_next_call_and_is_survived_by_a_retry() {
    let (stack, lab) = start().await;
    let faults = format!("{}/_local/faults", stack.url());
    let fault = json!({ "target": "queue", "operation": "SendMessage", "kind": "error", "times": 1 });
    let pending = Client::new().post(&faults).json(&fault).send().await.unwrap();
    assert_eq!(pending.json::<Value>().await.unwrap().as_array().unwrap().len(), 1);
    stack.run_scheduled("cron_night").await.unwrap();
    stack.settle(PATIENCE).await.unwrap();
    assert_eq!(lab.notes().len(), 2);
    assert!(stack.parts().faults.pending().is_empty());
    for wrong in [json!({ "target": "queue", "kind": "melt" }), json!({ "target": "model", "kind": "melt" })]
    {
        let refused = Client::new().post(&faults).json(&wrong).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn functions_and_queues_are_listed() {
    let (stack, _) = start().await;
    let get = |what: &str| reqwest::get(format!("{}/_local/{what}", stack.url()));
    let functions: Vec<Value> = get("functions").await.unwrap().json().await.unwrap();
    let night = functions.iter().find(|function| function["name"] == "cron_night").unwrap();
    assert_eq!(night["trigger"], "cron(10 0 * * ? *) Asia/Seoul");
    assert_eq!(night["invocations"], 0);
    let queues: Vec<Value> = get("queues").await.unwrap().json().await.unwrap();
    assert_eq!(queues.len(), 5);
    let calls: Value = get("model-calls").await.unwrap().json().await.unwrap();
    assert_eq!(calls, json!([]));
}
