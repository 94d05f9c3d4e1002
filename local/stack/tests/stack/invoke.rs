//! A function that another one calls and waits for.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::{PATIENCE, options, start};

async fn ask(stack: &maru_stack::Stack, task: &str) -> (StatusCode, Value) {
    let answer = reqwest::get(format!("{}/ask/{task}", stack.url())).await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn the_caller_gets_the_answer_and_its_trace_goes_along() {
    let (stack, lab) = start().await;
    assert_eq!(ask(&stack, "add").await, (StatusCode::OK, json!({ "sum": 5 })));
    assert_eq!(lab.notes(), ["same trace: true"]);
    let report = stack.parts().functions().into_iter().find(|function| function.name == "reckon").unwrap();
    assert_eq!((report.invocations, report.errors), (1, 0));
    stack.settle(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn a_function_that_fails_or_runs_out_of_time_fails_the_call() {
    let (stack, _) = start().await;
    for (task, why) in [("fail", "on purpose"), ("hang", "timed out")] {
        let (status, answer) = ask(&stack, task).await;
        assert_eq!(status, StatusCode::OK);
        assert!(answer["failed"].as_str().unwrap().contains(why), "{task}: {answer}");
    }
    assert_eq!(ask(&stack, "add").await.1, json!({ "sum": 5 }), "and the next call is answered again");
}

#[tokio::test]
async fn lambda_that_throttles_makes_the_caller_unavailable() {
    let (stack, lab) = start().await;
    stack.parts().faults.push(Fault::new(FaultTarget::Functions, FaultKind::Throttle, 3));
    let (status, answer) = ask(&stack, "add").await;
    assert_eq!((status, &answer["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")));
    assert!(lab.notes().is_empty());
}

#[tokio::test]
async fn a_caller_without_the_permission_is_refused() {
    let (mut options, lab) = options();
    options.templates[0] = options.templates[0].replace("lambda:InvokeFunction", "lambda:GetFunction");
    let stack = maru_stack::Stack::start(options).await.unwrap();
    assert_eq!(ask(&stack, "add").await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(lab.notes().is_empty());
    let refusals = stack.parts().access.refusals();
    assert_eq!(
        (refusals[0].function.as_str(), refusals[0].action.as_str()),
        ("ask", "lambda:InvokeFunction")
    );
}

#[tokio::test]
async fn what_is_not_there_or_not_asked_for_in_the_right_way_is_refused_as_on_aws() {
    let (stack, _) = start().await;
    let sync = "RequestResponse";
    for (name, body, kind, expected) in [
        ("nobody", "{}", sync, (404, "ResourceNotFoundException")),
        ("reckon", "{", sync, (400, "InvalidRequestContentException")),
        ("reckon", "{}", "Event", (400, "InvalidParameterValueException")),
    ] {
        let (status, error) = call(&stack, name, body, kind).await;
        assert_eq!((status, error.as_str()), expected);
    }
}

#[tokio::test]
async fn more_calls_at_once_than_are_reserved_are_throttled() {
    let (stack, lab) = start().await;
    let hanging = ask(&stack, "hang");
    let another = async {
        while lab.notes().is_empty() {
            tokio::task::yield_now().await;
        }
        call(&stack, "reckon", "{}", "RequestResponse").await
    };
    let (_, refused) = tokio::join!(hanging, another);
    assert_eq!(refused, (429, "TooManyRequestsException".to_owned()));
}

/// Calls Lambda's API without the SDK; gives the status and the name of the error.
async fn call(stack: &maru_stack::Stack, name: &str, body: &str, kind: &str) -> (u16, String) {
    let path = format!("{}/2015-03-31/functions/{name}/invocations", stack.aws_url());
    let request = reqwest::Client::new().post(path).header("x-amz-invocation-type", kind);
    let answer = request.body(body.to_owned()).send().await.unwrap();
    let error = answer.headers().get("x-amzn-errortype").map(|name| name.to_str().unwrap().to_owned());
    (answer.status().as_u16(), error.unwrap_or_default())
}
