use super::{item, number, put, text};
use crate::aws::testing::{self, TABLE};

#[tokio::test]
async fn an_index_is_read_in_order_page_by_page() {
    let client = testing::start().await.database_client();
    for sk in ["3", "1", "5", "2", "4"] {
        put(&client, item(&format!("p{sk}"), sk, [("owner", text("me"))])).await;
    }
    put(&client, item("other", "0", [("owner", text("you"))])).await;
    put(&client, item("sparse", "0", [])).await;
    let (mut seen, mut start) = (Vec::new(), None);
    loop {
        let page = client
            .query()
            .table_name(TABLE)
            .index_name("by_owner")
            .key_condition_expression("#owner = :owner AND sk > :after")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":owner", text("me"))
            .expression_attribute_values(":after", text("1"))
            .scan_index_forward(false)
            .limit(2)
            .set_exclusive_start_key(start)
            .send()
            .await
            .unwrap();
        seen.extend(page.items().iter().map(|item| item["sk"].as_s().unwrap().clone()));
        start = page.last_evaluated_key().cloned();
        if start.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["5", "4", "3", "2"]);
}

#[tokio::test]
async fn a_page_ends_at_one_megabyte() {
    let client = testing::start().await.database_client();
    let filler = "x".repeat(300_000);
    for sk in 0..5 {
        put(&client, item("a", &sk.to_string(), [("filler", text(&filler))])).await;
    }
    let page = |start| {
        client
            .query()
            .table_name(TABLE)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text("a"))
            .set_exclusive_start_key(start)
            .send()
    };
    let first = page(None).await.unwrap();
    assert!((3..=4).contains(&first.count()), "{}", first.count());
    let second = page(first.last_evaluated_key().cloned()).await.unwrap();
    assert_eq!(first.count() + second.count(), 5);
    assert!(second.last_evaluated_key().is_none());
}

#[tokio::test]
async fn a_filter_drops_what_was_read_and_still_counts_it() {
    let client = testing::start().await.database_client();
    for sk in 0..4 {
        put(&client, item("a", &sk.to_string(), [("rating", number(sk))])).await;
    }
    let answer = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("pk = :pk")
        .filter_expression("rating >= :least")
        .expression_attribute_values(":pk", text("a"))
        .expression_attribute_values(":least", number(3))
        .send()
        .await
        .unwrap();
    assert_eq!((answer.count(), answer.scanned_count()), (1, 4));
}
