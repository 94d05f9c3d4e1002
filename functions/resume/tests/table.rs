//! What tests put into the tables and read out of them: a resume as a job would have written it.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use maru_testing::{Item, Maru};
use serde_json::{Value, json};

/// Puts a private resume of `owner` with one version.
pub async fn put_resume(maru: &Maru, owner: &str, id: &str, document: &Value) {
    let document: maru_document::Document = serde_json::from_value(document.clone()).unwrap();
    let (at, resume) = ("2026-01-10T00:00:00Z", format!("RESUME#{owner}#{id}"));
    let head = json!({
        "pk": format!("RESUMES#{owner}"), "sk": id, "id": id, "ownerId": owner, "version": 1, "revision": 1,
        "title": "백엔드 이력서", "visibility": "PRIVATE", "contactPublic": false, "position": document.position,
        "language": document.language, "template": document.template, "createdAt": at, "updatedAt": at,
    });
    let cause = json!({ "kind": "generated", "jobId": "job_1" });
    let version =
        json!({ "pk": resume, "sk": "VERSION#0000000001", "version": 1, "cause": cause, "createdAt": at });
    let document =
        json!({ "pk": resume, "sk": "DOCUMENT#0000000001", "document": document.to_json().unwrap() });
    for item in [head, version, document] {
        put(maru, &item).await;
    }
}

/// Puts a copy of a member's list of repositories, as if it had just been fetched.
pub async fn put_listing(maru: &Maru, member: &str, full_names: &[&str]) {
    let (pk, now) = (format!("GITHUB#{member}"), maru.stack.clock().now().as_millisecond());
    let head = json!({
        "pk": pk, "sk": "REPOSITORIES", "epoch": 1, "generation": "gen_1", "fetchedAt": now, "writtenAt": now,
        "pages": [],
    });
    put(maru, &head).await;
    for (place, name) in full_names.iter().enumerate() {
        let item = json!({
            "pk": pk, "sk": format!("REPOSITORY#gen_1#{place:05}"), "fullName": name, "name": name, "stars": 0,
            "url": format!("https://github.com/{name}"), "fork": false, "archived": false,
        });
        put(maru, &item).await;
    }
}

/// Puts an item into the resume table.
pub async fn put(maru: &Maru, item: &Value) {
    put_into(maru, "ResumeTable", item).await;
}

/// Puts a plan of PRO, as if billing had told of it.
pub async fn put_pro(maru: &Maru, member: &str) {
    let plan = json!({ "pk": format!("PLAN#{member}"), "sk": "PLAN", "plan": "PRO", "revision": 1 });
    put_into(maru, "CreditsTable", &plan).await;
}

/// The items of a partition of the credits table.
pub async fn credit_items(maru: &Maru, pk: &str) -> Vec<Value> {
    partition(maru, "CreditsTable", pk).await
}

/// The items of a partition of the resume table.
pub async fn items(maru: &Maru, pk: &str) -> Vec<Value> {
    partition(maru, "ResumeTable", pk).await
}

/// What is booked of the owner's model calls for a feature: today, over all jobs.
pub async fn usage(maru: &Maru, feature: &str) -> Value {
    let items = partition(maru, "JobsTable", &format!("USAGE#{}", crate::OWNER)).await;
    items.into_iter().find(|item| item["sk"].as_str().unwrap().ends_with(feature)).unwrap_or_default()
}

/// What is public of a resume: the item of its card, if there is one.
pub async fn card(maru: &Maru, resume: &str) -> Value {
    let items = partition(maru, "PublicationsTable", &format!("PUBLICATION#{resume}")).await;
    items.into_iter().find(|item| item["sk"] == "CARD").unwrap_or_default()
}

/// The document that everybody sees of a resume; null if nobody sees one.
pub async fn public_document(maru: &Maru, resume: &str) -> Value {
    let items = partition(maru, "PublicationsTable", &format!("PUBLICATION#{resume}")).await;
    let item = items.into_iter().find(|item| item["sk"] == "DOCUMENT");
    item.map_or(Value::Null, |item| serde_json::from_str(item["document"].as_str().unwrap()).unwrap())
}

async fn put_into(maru: &Maru, table: &str, item: &Value) {
    let item: Item = serde_dynamo::to_item(item).unwrap();
    let put = client(maru).put_item().table_name(name(maru, table)).set_item(Some(item));
    put.send().await.unwrap();
}

async fn partition(maru: &Maru, table: &str, pk: &str) -> Vec<Value> {
    let query = client(maru).query().table_name(name(maru, table)).consistent_read(true);
    let query = query.key_condition_expression("pk = :pk");
    let query = query.expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()));
    let items = query.send().await.unwrap().items.unwrap_or_default();
    items.into_iter().map(|item| serde_dynamo::from_item(item).unwrap()).collect()
}

fn client(maru: &Maru) -> Client {
    Client::new(&maru.stack.sdk_config())
}

fn name(maru: &Maru, logical_id: &str) -> String {
    let tables = &maru.stack.parts().template.tables;
    tables.iter().find(|table| table.logical_id == logical_id).unwrap().name.clone()
}
