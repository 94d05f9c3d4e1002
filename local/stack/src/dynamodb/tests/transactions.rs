use aws_sdk_dynamodb::{
    Client,
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        ConditionCheck, Get, Put, ReturnValuesOnConditionCheckFailure::AllOld, TransactGetItem,
        TransactWriteItem, Update,
    },
};

use super::{get, item, key, number, put, text};
use crate::aws::testing::{self, TABLE};

fn new_item(sk: &str) -> TransactWriteItem {
    let put = Put::builder()
        .table_name(TABLE)
        .set_item(Some(item("a", sk, [("count", number(0))])))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(AllOld)
        .build()
        .unwrap();
    TransactWriteItem::builder().put(put).build()
}

fn increment(sk: &str) -> TransactWriteItem {
    let update = Update::builder()
        .table_name(TABLE)
        .set_key(Some(key("a", sk)))
        .update_expression("ADD #count :one")
        .expression_attribute_names("#count", "count")
        .expression_attribute_values(":one", number(1))
        .build()
        .unwrap();
    TransactWriteItem::builder().update(update).build()
}

async fn refused(client: &Client, parts: Vec<TransactWriteItem>) -> TransactWriteItemsError {
    let request = client.transact_write_items().set_transact_items(Some(parts));
    request.send().await.unwrap_err().into_service_error()
}

#[tokio::test]
async fn a_cancelled_transaction_gives_a_reason_for_each_part_and_changes_nothing() {
    let client = testing::start().await.database_client();
    put(&client, item("a", "2", [("count", number(5))])).await;
    let error = refused(&client, vec![new_item("1"), new_item("2"), increment("3")]).await;
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { panic!("{error:?}") };
    let reasons = cancelled.cancellation_reasons();
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap()).collect();
    assert_eq!(codes, ["None", "ConditionalCheckFailed", "None"]);
    assert_eq!(reasons[1].item().unwrap()["count"], number(5));
    assert_eq!(reasons[0].item(), None);
    assert!(get(&client, "a", "1").await.is_none());
    assert!(get(&client, "a", "3").await.is_none());
}

#[tokio::test]
async fn a_condition_check_guards_the_other_parts() {
    let client = testing::start().await.database_client();
    let check = ConditionCheck::builder()
        .table_name(TABLE)
        .set_key(Some(key("a", "lock")))
        .condition_expression("attribute_exists(pk)")
        .build()
        .unwrap();
    let parts = vec![TransactWriteItem::builder().condition_check(check).build(), new_item("1")];
    let error = refused(&client, parts.clone()).await;
    assert!(matches!(error, TransactWriteItemsError::TransactionCanceledException(_)), "{error:?}");
    put(&client, item("a", "lock", [])).await;
    client.transact_write_items().set_transact_items(Some(parts)).send().await.unwrap();
    assert!(get(&client, "a", "1").await.is_some());
}

#[tokio::test]
async fn a_repeated_token_does_not_repeat_the_work_and_refuses_other_work() {
    let client = testing::start().await.database_client();
    let send = |part| client.transact_write_items().transact_items(part).client_request_token("token").send();
    send(increment("1")).await.unwrap();
    send(increment("1")).await.unwrap();
    assert_eq!(get(&client, "a", "1").await.unwrap()["count"], number(1));
    let error = send(increment("2")).await.unwrap_err().into_service_error();
    assert!(matches!(error, TransactWriteItemsError::IdempotentParameterMismatchException(_)), "{error:?}");
}

#[tokio::test]
async fn a_read_transaction_answers_in_the_order_asked() {
    let client = testing::start().await.database_client();
    put(&client, item("a", "1", [("name", text("one"))])).await;
    let part = |sk| {
        let get = Get::builder().table_name(TABLE).set_key(Some(key("a", sk))).build().unwrap();
        TransactGetItem::builder().get(get).build()
    };
    let answer = client.transact_get_items().transact_items(part("2")).transact_items(part("1")).send().await;
    let answer = answer.unwrap();
    let responses = answer.responses();
    assert!(responses[0].item().is_none_or(std::collections::HashMap::is_empty));
    assert_eq!(responses[1].item().unwrap()["name"], text("one"));
}
