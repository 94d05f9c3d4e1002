use aws_sdk_dynamodb::{error::ProvideErrorMetadata, types::AttributeValue};
use serde_json::json;

use super::{item, key, text};
use crate::{
    aws::testing::{self, TABLE, table_properties},
    dynamodb::{DatabaseError, DynamoDb},
};

#[tokio::test]
async fn an_item_over_400_kilobytes_is_refused() {
    let client = testing::start().await.database_client();
    let write = |size| {
        let item = item("a", "1", [("filler", text("x".repeat(size)))]);
        client.put_item().table_name(TABLE).set_item(Some(item)).send()
    };
    write(400 * 1024 - 100).await.unwrap();
    let error = write(400 * 1024).await.unwrap_err().into_service_error();
    assert_eq!(error.code(), Some("ValidationException"));
    assert_eq!(error.message(), Some("Item size has exceeded the maximum allowed size"));
}

#[tokio::test]
async fn a_missing_table_is_named_as_such() {
    let client = testing::start().await.database_client();
    let error =
        client.get_item().table_name("nowhere").set_key(Some(key("a", "1"))).send().await.unwrap_err();
    assert!(error.into_service_error().is_resource_not_found_exception());
}

#[tokio::test]
async fn a_wrong_key_or_number_or_expression_is_refused_as_invalid() {
    let client = testing::start().await.database_client();
    let put = |item| client.put_item().table_name(TABLE).set_item(Some(item)).send();
    let no_key = put(item("a", "", [])).await.unwrap_err().into_service_error();
    assert_eq!(no_key.code(), Some("ValidationException"));
    let no_number = put(item("a", "1", [("n", AttributeValue::N("seven".into()))])).await.unwrap_err();
    assert_eq!(no_number.into_service_error().code(), Some("ValidationException"));
    let update = client.update_item().table_name(TABLE).set_key(Some(key("a", "1"))).update_expression("SET");
    assert_eq!(update.send().await.unwrap_err().into_service_error().code(), Some("ValidationException"));
}

#[tokio::test]
async fn an_unknown_operation_is_refused() {
    let endpoint = testing::start().await;
    let request = reqwest::Client::new()
        .post(endpoint.url())
        .header("x-amz-target", "DynamoDB_20120810.ExecuteStatement")
        .body("{}");
    let response = request.send().await.unwrap();
    assert_eq!(response.status().as_u16(), 400);
    assert!(response.text().await.unwrap().contains("not part of the local stack"));
}

#[test]
fn a_table_that_is_there_is_kept_and_one_of_another_shape_reported() {
    let database = DynamoDb::memory().unwrap();
    database.create_table(TABLE, &table_properties()).unwrap();
    database.create_table(TABLE, &table_properties()).unwrap();
    let mut other = table_properties();
    other["GlobalSecondaryIndexes"][0]["IndexName"] = json!("by_name");
    let error = database.create_table(TABLE, &other).unwrap_err();
    assert!(matches!(error, DatabaseError::TableChanged { .. }), "{error:?}");
}
