//! Permissions, call by call, and at the endpoint through the unmodified SDK.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::{error::ProvideErrorMetadata, types::AttributeValue};
use axum::http::Request;
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Need, needs_of};
use crate::aws::{
    Target, arn,
    testing::{self, BUCKET, Endpoint, TABLE, objects_client},
};
use crate::template::Statement;

fn allow(action: &str, resource: impl Into<String>) -> Statement {
    Statement { actions: vec![action.into()], resources: vec![resource.into()], condition: Value::Null }
}

async fn start(statements: Vec<Statement>) -> Endpoint {
    testing::start_with(BTreeMap::from([("create_report".to_owned(), statements)])).await
}

/// What a call of a JSON service needs, as `action on resource`.
fn needs(target: &str, body: Value) -> Vec<String> {
    let request = Request::post("/").header("x-amz-target", target).body(()).unwrap();
    of(request, body.to_string())
}

fn of(request: Request<()>, body: String) -> Vec<String> {
    let parts = request.into_parts().0;
    let needs = needs_of(&Target::of(&parts), &parts, &Bytes::from(body)).all;
    needs.into_iter().map(|Need { action, resource }| format!("{action} on {resource}")).collect()
}

fn s3(method: &str, uri: &str) -> Vec<String> {
    of(Request::builder().method(method).uri(uri).body(()).unwrap(), String::new())
}

const DATABASE: &str = "arn:aws:dynamodb:ap-northeast-2:000000000000:table";

#[test]
fn a_call_on_a_table_or_an_index_needs_its_own_action_there() {
    let put = needs(
        "DynamoDB_20120810.PutItem",
        json!({ "Item": { "TableName": { "S": "x" } }, "TableName": "t" }),
    );
    assert_eq!(put, [format!("dynamodb:PutItem on {DATABASE}/t")]);
    let query = needs("DynamoDB_20120810.Query", json!({ "TableName": "t", "IndexName": "i" }));
    assert_eq!(query, [format!("dynamodb:Query on {DATABASE}/t/index/i")]);
}

#[test]
fn a_key_and_a_function_are_named_by_their_arn_however_the_call_names_them() {
    let key = "arn:aws:kms:ap-northeast-2:000000000000:key";
    for named in ["k".to_owned(), format!("{key}/k")] {
        let needed = needs("TrentService.Decrypt", json!({ "KeyId": named }));
        assert_eq!(needed, [format!("kms:Decrypt on {key}/k")]);
    }
    assert_eq!(needs("TrentService.Decrypt", json!({})), [format!("kms:Decrypt on {key}/")]);
    let function = "arn:aws:lambda:ap-northeast-2:000000000000:function:render";
    for named in ["render", "arn%3Aaws%3Alambda%3Aap-northeast-2%3A000000000000%3Afunction%3Arender"] {
        let request = Request::post(format!("/2015-03-31/functions/{named}/invocations")).body(()).unwrap();
        assert_eq!(of(request, "{}".to_owned()), [format!("lambda:InvokeFunction on {function}")]);
    }
}

#[test]
fn a_transaction_needs_the_actions_of_its_parts() {
    let parts = json!({ "TransactItems": [
        { "Put": { "TableName": "t" } }, { "Update": { "TableName": "t" } }, { "Delete": { "TableName": "u" } },
        { "ConditionCheck": { "TableName": "u" } }, { "Put": { "TableName": "t" } },
    ] });
    let expected = [
        format!("dynamodb:ConditionCheckItem on {DATABASE}/u"),
        format!("dynamodb:DeleteItem on {DATABASE}/u"),
        format!("dynamodb:PutItem on {DATABASE}/t"),
        format!("dynamodb:UpdateItem on {DATABASE}/t"),
    ];
    assert_eq!(needs("DynamoDB_20120810.TransactWriteItems", parts), expected);
    let reads = json!({ "TransactItems": [{ "Get": { "TableName": "t" } }] });
    assert_eq!(
        needs("DynamoDB_20120810.TransactGetItems", reads),
        [format!("dynamodb:GetItem on {DATABASE}/t")]
    );
}

#[test]
fn a_batch_needs_its_own_action_on_each_table() {
    let batch = json!({ "RequestItems": { "t": [], "u": [] } });
    let expected = ["t", "u"].map(|table| format!("dynamodb:BatchWriteItem on {DATABASE}/{table}"));
    assert_eq!(needs("DynamoDB_20120810.BatchWriteItem", batch), expected);
}

#[test]
fn what_names_nothing_needs_what_nobody_has() {
    let nothing = [format!("dynamodb:PutItem on {DATABASE}/")];
    assert_eq!(needs("DynamoDB_20120810.PutItem", json!("broken")), nothing);
    let nothing = [format!("dynamodb:TransactWriteItems on {DATABASE}/")];
    assert_eq!(needs("DynamoDB_20120810.TransactWriteItems", json!({})), nothing);
}

#[test]
fn messages_events_and_parameters_are_named_in_their_own_ways() {
    let queue = "arn:aws:sqs:ap-northeast-2:000000000000:reports";
    let send = json!({ "QueueUrl": "http://127.0.0.1:1/000000000000/reports" });
    assert_eq!(needs("AmazonSQS.SendMessage", send.clone()), [format!("sqs:SendMessage on {queue}")]);
    assert_eq!(needs("AmazonSQS.SendMessageBatch", send), [format!("sqs:SendMessage on {queue}")]);
    let entries =
        json!({ "Entries": [{ "EventBusName": "maru" }, { "EventBusName": arn::bus("maru") }, {}] });
    let bus = "arn:aws:events:ap-northeast-2:000000000000:event-bus";
    let expected = ["default", "maru"].map(|name| format!("events:PutEvents on {bus}/{name}"));
    assert_eq!(needs("AWSEvents.PutEvents", entries), expected);
    let parameter = "arn:aws:ssm:ap-northeast-2:000000000000:parameter/maru/key";
    let expected = [format!("ssm:GetParameter on {parameter}")];
    assert_eq!(needs("AmazonSSM.GetParameter", json!({ "Name": "/maru/key" })), expected);
}

#[test]
fn a_streamed_model_call_needs_the_streaming_action_and_a_profile_also_its_model() {
    let call = |path: &str| of(Request::post(path).body(()).unwrap(), String::new());
    let model = "arn:aws:bedrock:ap-northeast-2::foundation-model";
    assert_eq!(
        call("/model/amazon.nova-lite-v1%3A0/converse"),
        [format!("bedrock:InvokeModel on {model}/amazon.nova-lite-v1:0")]
    );
    let profile = "arn:aws:bedrock:ap-northeast-2:000000000000:inference-profile";
    let action = "bedrock:InvokeModelWithResponseStream on ";
    assert_eq!(
        call("/model/apac.amazon.nova-lite-v1:0/converse-stream"),
        [
            format!("{action}{profile}/apac.amazon.nova-lite-v1:0"),
            format!("{action}{model}/amazon.nova-lite-v1:0")
        ]
    );
    let arn = format!("{model}/m");
    let path = format!("/model/{}/converse", arn.replace(':', "%3A").replace('/', "%2F"));
    assert_eq!(call(&path), [format!("bedrock:InvokeModel on {arn}")]);
}

#[test]
fn an_object_needs_its_action_on_its_key_and_a_list_on_its_bucket() {
    assert_eq!(s3("GET", "/b/a/%EA%B0%80"), ["s3:GetObject on arn:aws:s3:::b/a/가"]);
    assert_eq!(s3("HEAD", "/b/a"), ["s3:GetObject on arn:aws:s3:::b/a"]);
    assert_eq!(s3("PUT", "/b/a?partNumber=1&uploadId=u"), ["s3:PutObject on arn:aws:s3:::b/a"]);
    assert_eq!(s3("GET", "/b?list-type=2&prefix=a"), ["s3:ListBucket on arn:aws:s3:::b"]);
    assert_eq!(s3("PATCH", "/b"), ["s3:Unknown on *"]);
    let copy = Request::put("/b/a").header("x-amz-copy-source", "/c/%EA%B0%80").body(()).unwrap();
    assert_eq!(
        of(copy, String::new()),
        ["s3:PutObject on arn:aws:s3:::b/a", "s3:GetObject on arn:aws:s3:::c/가"]
    );
}

#[tokio::test]
async fn a_call_without_permission_is_refused_in_words_that_say_what_is_missing() {
    let endpoint = start(vec![allow("dynamodb:GetItem", arn::table(TABLE))]).await;
    let client = aws_sdk_dynamodb::Client::new(&endpoint.function("create_report"));
    let key = |name: &str| (name.to_owned(), AttributeValue::S("x".into()));
    let key = std::collections::HashMap::from([key("pk"), key("sk")]);
    client.get_item().table_name(TABLE).set_key(Some(key.clone())).send().await.unwrap();
    let error = client.put_item().table_name(TABLE).set_item(Some(key)).send().await.unwrap_err();
    let error = error.into_service_error();
    assert_eq!(error.code(), Some("AccessDeniedException"));
    let message = error.message().unwrap();
    for part in ["create_report", "dynamodb:PutItem", &arn::table(TABLE)] {
        assert!(message.contains(part), "{message}");
    }
    let refusals = endpoint.access.refusals();
    assert_eq!(refusals.len(), 1);
    assert_eq!((refusals[0].action.as_str(), refusals[0].count), ("dynamodb:PutItem", 1));
}

#[tokio::test]
async fn a_function_without_policies_may_do_nothing_and_an_operator_everything() {
    let endpoint = start(Vec::new()).await;
    let unknown = aws_sdk_dynamodb::Client::new(&endpoint.function("other"));
    assert!(unknown.describe_table().table_name(TABLE).send().await.is_err());
    endpoint.database_client().describe_table().table_name(TABLE).send().await.unwrap();
}

#[tokio::test]
async fn without_the_right_to_list_a_missing_object_looks_forbidden() {
    let listing = allow("s3:ListBucket", arn::bucket(BUCKET));
    let reading = allow("s3:GetObject", arn::object(BUCKET, "*"));
    let code = async |statements: Vec<Statement>| {
        let endpoint = start(statements).await;
        let client = objects_client(&endpoint.function("create_report"));
        let error = client.get_object().bucket(BUCKET).key("none").send().await.unwrap_err();
        error.into_service_error().code().unwrap().to_owned()
    };
    assert_eq!(code(vec![reading.clone()]).await, "AccessDenied");
    assert_eq!(code(vec![reading, listing]).await, "NoSuchKey");
    assert_eq!(code(Vec::new()).await, "AccessDenied");
}
