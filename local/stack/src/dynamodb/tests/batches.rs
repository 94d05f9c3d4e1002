use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, WriteRequest};

use super::{get, item, key, put};
use crate::{
    aws::testing::{self, TABLE},
    faults::{Fault, FaultKind, FaultTarget},
};

fn writes(count: usize) -> Vec<WriteRequest> {
    let write = |sk: usize| {
        let put = PutRequest::builder().set_item(Some(item("a", &sk.to_string(), []))).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    };
    (0..count).map(write).collect()
}

#[tokio::test]
async fn a_batch_of_25_is_written_and_one_of_26_refused() {
    let client = testing::start().await.database_client();
    let write = |count| client.batch_write_item().request_items(TABLE, writes(count)).send();
    let answer = write(25).await.unwrap();
    assert!(answer.unprocessed_items().is_none_or(std::collections::HashMap::is_empty));
    assert!(get(&client, "a", "24").await.is_some());
    assert!(write(26).await.is_err());
}

#[tokio::test]
async fn under_load_the_rest_of_a_batch_is_given_back_unprocessed() {
    let endpoint = testing::start().await;
    let client = endpoint.database_client();
    let fault = Fault::new(FaultTarget::Database, FaultKind::Half, 2).of_operation("BatchWriteItem");
    endpoint.faults.push(fault);
    let answer = client.batch_write_item().request_items(TABLE, writes(3)).send().await.unwrap();
    assert_eq!(answer.unprocessed_items().unwrap()[TABLE].len(), 2);
    assert!(get(&client, "a", "0").await.is_some());
    assert!(get(&client, "a", "1").await.is_none());
    let answer = client.batch_write_item().request_items(TABLE, writes(1)).send().await.unwrap();
    assert_eq!(answer.unprocessed_items().unwrap()[TABLE].len(), 1);
}

#[tokio::test]
async fn under_load_the_rest_of_a_read_is_given_back_with_its_options() {
    let endpoint = testing::start().await;
    let client = endpoint.database_client();
    put(&client, item("a", "0", [])).await;
    put(&client, item("a", "1", [])).await;
    endpoint.faults.push(Fault::new(FaultTarget::Database, FaultKind::Half, 1));
    let wanted = KeysAndAttributes::builder()
        .keys(key("a", "0"))
        .keys(key("a", "1"))
        .consistent_read(true)
        .build()
        .unwrap();
    let answer = client.batch_get_item().request_items(TABLE, wanted).send().await.unwrap();
    assert_eq!(answer.responses().unwrap()[TABLE], [key("a", "0")]);
    let rest = &answer.unprocessed_keys().unwrap()[TABLE];
    assert_eq!((rest.keys(), rest.consistent_read()), (&[key("a", "1")][..], Some(true)));
}
