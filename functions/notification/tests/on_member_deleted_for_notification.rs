//! What is left of a member who closed the account.

use maru_lambda::Environment;
use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{OWNER, comments, leaves, likes, paid, pass, start, tell, told};

/// Everything in the table but which messages were handled.
async fn everything(maru: &Maru) -> Vec<Value> {
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "NotificationTable").unwrap();
    let variables = [("TABLE".to_owned(), table.name.clone())].into();
    let clock = maru.stack.clock().for_functions();
    let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
    let table = maru_store::Table::open(&environment, "TABLE").unwrap();
    let scan = table.client().scan().table_name(table.name()).consistent_read(true);
    let items = scan.send().await.unwrap().items.unwrap_or_default().into_iter();
    let items = items.map(|item| table.decode::<Value>(item).unwrap());
    items.filter(|item| !item["pk"].as_str().unwrap().starts_with("MESSAGE#")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_member_was_told_is_deleted_and_nothing_more_is_told() {
    let maru = start().await;
    likes(&maru, "m1", "usr_a").await;
    comments(&maru, "m2", "usr_b").await;
    let refund = paid(&maru, "PAYMENT_REFUNDED", &json!({ "amount": 19_900 }));
    tell(&maru, &[("m3", refund.clone())]).await;
    leaves(&maru, OWNER).await;
    likes(&maru, "m4", "usr_c").await;
    tell(&maru, &[("m5", refund)]).await;
    assert_eq!(told(&maru).await.len(), 0);
    let left = everything(&maru).await;
    let record = left.iter().find(|item| item["sk"] == "RECORD").unwrap();
    let expected = json!({
        "pk": "ERASURE#usr_owner", "sk": "RECORD", "erasedAt": "2026-01-15T15:10:00Z",
        "what": { "notifications": 3, "mentions": 0 },
    });
    assert_eq!(record, &expected);
    let kinds: Vec<&str> =
        left.iter().map(|item| item["pk"].as_str().unwrap().split('#').next().unwrap()).collect();
    assert!(!kinds.contains(&"INBOX") && !kinds.contains(&"WINDOWS"), "{left:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_what_others_were_told_the_number_stays_and_the_name_goes() {
    let maru = start().await;
    likes(&maru, "m1", "usr_b").await;
    likes(&maru, "m2", "usr_a").await;
    pass(&maru, 1);
    comments(&maru, "m3", "usr_a").await;
    for _ in 0..2 {
        leaves(&maru, "usr_a").await;
    }
    let told = told(&maru).await;
    let messages: Vec<&Value> = told.iter().map(|each| &each["message"]).collect();
    assert_eq!(
        messages,
        [
            "회원 1명이 ‘백엔드 개발자’ 이력서에 댓글을 남겼습니다.",
            "회원 2명이 ‘백엔드 개발자’ 이력서를 좋아합니다."
        ]
    );
    let theirs: Vec<Value> =
        everything(&maru).await.into_iter().filter(|item| item.to_string().contains("usr_a")).collect();
    assert_eq!(theirs.len(), 2, "that the account is closed, and the record: {theirs:#?}");
    let record = theirs.iter().find(|item| item["sk"] == "RECORD").unwrap();
    assert_eq!(record["what"], json!({ "notifications": 0, "mentions": 2 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_arrives_after_its_actor_left_names_nobody() {
    let maru = start().await;
    leaves(&maru, "usr_a").await;
    likes(&maru, "m1", "usr_a").await;
    assert_eq!(told(&maru).await.len(), 0);
}
