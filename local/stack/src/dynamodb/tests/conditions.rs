use aws_sdk_dynamodb::{
    primitives::Blob,
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure::AllOld},
};

use super::{get, item, key, number, put, text};
use crate::aws::testing::{self, TABLE};

#[tokio::test]
async fn a_refused_put_gives_the_item_that_is_there() {
    let client = testing::start().await.database_client();
    put(&client, item("a", "1", [("state", text("RUNNING"))])).await;
    let refused = client
        .put_item()
        .table_name(TABLE)
        .set_item(Some(item("a", "1", [("state", text("NEW"))])))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(AllOld)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(refused) =
        refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.item().unwrap()["state"], text("RUNNING"));
    assert_eq!(refused.message(), Some("The conditional request failed"));
}

#[tokio::test]
async fn a_refused_update_gives_the_item_that_is_there_and_changes_nothing() {
    let client = testing::start().await.database_client();
    put(&client, item("a", "1", [("epoch", number(7))])).await;
    let refused = client
        .update_item()
        .table_name(TABLE)
        .set_key(Some(key("a", "1")))
        .update_expression("SET epoch = epoch + :one")
        .condition_expression("epoch = :mine")
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":mine", number(6))
        .return_values_on_condition_check_failure(AllOld)
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    let aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(refused) =
        refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(refused.item().unwrap()["epoch"], number(7));
    assert_eq!(get(&client, "a", "1").await.unwrap()["epoch"], number(7));
}

#[tokio::test]
async fn a_condition_reaches_into_nested_attributes() {
    let client = testing::start().await.database_client();
    let lease = AttributeValue::M([("owner".to_owned(), text("me"))].into());
    put(&client, item("a", "1", [("lease", lease)])).await;
    let update = |owner: &str| {
        client
            .update_item()
            .table_name(TABLE)
            .set_key(Some(key("a", "1")))
            .update_expression("SET lease.#until = :until")
            .condition_expression("lease.#owner = :owner AND attribute_not_exists(lease.#until)")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":until", number(10))
            .expression_attribute_values(":owner", text(owner))
            .send()
    };
    assert!(update("you").await.is_err());
    update("me").await.unwrap();
    assert!(update("me").await.is_err());
    assert_eq!(get(&client, "a", "1").await.unwrap()["lease"].as_m().unwrap()["until"], number(10));
}

#[tokio::test]
async fn adding_to_a_set_of_texts_makes_it_and_keeps_each_text_once() {
    let client = testing::start().await.database_client();
    let add = |texts: [&str; 2]| {
        client
            .update_item()
            .table_name(TABLE)
            .set_key(Some(key("a", "1")))
            .update_expression("ADD seen :texts")
            .expression_attribute_values(":texts", AttributeValue::Ss(texts.map(str::to_owned).into()))
            .return_values(ReturnValue::AllNew)
            .send()
    };
    add(["x", "y"]).await.unwrap();
    let answer = add(["y", "z"]).await.unwrap();
    let mut seen = answer.attributes().unwrap()["seen"].as_ss().unwrap().clone();
    seen.sort();
    assert_eq!(seen, ["x", "y", "z"]);
}

#[tokio::test]
async fn bytes_come_back_as_they_were() {
    let client = testing::start().await.database_client();
    let bytes: Vec<u8> = (0..=255).collect();
    put(&client, item("a", "1", [("bytes", AttributeValue::B(Blob::new(bytes.clone())))])).await;
    assert_eq!(get(&client, "a", "1").await.unwrap()["bytes"].as_b().unwrap().as_ref(), bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_conditional_increments_at_once_exactly_the_allowed_ones_count() {
    let client = testing::start().await.database_client();
    put(&client, item("a", "1", [("issued", number(0))])).await;
    let increments = (0..100).map(|_| {
        let update = client
            .update_item()
            .table_name(TABLE)
            .set_key(Some(key("a", "1")))
            .update_expression("ADD issued :one")
            .condition_expression("issued < :stock")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":stock", number(60));
        tokio::spawn(update.send())
    });
    let answers = futures::future::try_join_all(increments).await.unwrap();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 60);
    assert_eq!(get(&client, "a", "1").await.unwrap()["issued"], number(60));
}
