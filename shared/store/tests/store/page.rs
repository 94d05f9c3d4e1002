//! Lists, page by page.

use maru_lambda::Problem;
use maru_store::{ListQuery, Page, Scope};
use serde_json::{Value, json};

use crate::Ground;

impl Ground {
    /// Puts `count` items into the partition of an account.
    async fn fill(&self, account: &str, count: usize) {
        let item = |number: usize| {
            let key = maru_store::Key::new(partition(account), format!("{number:04}"));
            self.table.encode(&key, &json!({ "number": number, "odd": number % 2 == 1 })).unwrap()
        };
        self.table.put_all((0..count).map(item)).await.unwrap();
    }

    /// One page of an account's items, the newest first; of the odd ones only, if that is asked for.
    async fn page(&self, account: &str, odd: bool, list: &ListQuery) -> Result<Page<Value>, Problem> {
        let query = self.table.query(&partition(account)).scan_index_forward(false);
        let query = if odd {
            let value = self.table.attribute(&true).unwrap();
            query.filter_expression("odd = :odd").expression_attribute_values(":odd", value)
        } else {
            query
        };
        let filter = if odd { "odd" } else { "" };
        let scope = Scope::new("list_things", filter, account, &partition(account));
        self.table.page(query, list, &scope).await
    }

    /// The numbers of all pages, and how many items each page had.
    async fn all(&self, account: &str, odd: bool, limit: Option<u32>) -> (Vec<u64>, Vec<usize>) {
        let (mut numbers, mut sizes, mut cursor) = (Vec::new(), Vec::new(), None);
        loop {
            let page = self.page(account, odd, &ListQuery { limit, cursor }).await.unwrap();
            sizes.push(page.items.len());
            numbers.extend(page.items.iter().map(|item| item["number"].as_u64().unwrap()));
            cursor = page.next_cursor;
            if cursor.is_none() {
                return (numbers, sizes);
            }
        }
    }
}

fn partition(account: &str) -> String {
    format!("THINGS#{account}")
}

#[tokio::test]
async fn pages_give_every_item_once_and_in_order() {
    let ground = Ground::start().await;
    ground.fill("a", 45).await;
    ground.fill("b", 3).await;
    let expected: Vec<u64> = (0..45).rev().collect();
    for (limit, sizes) in [(None, vec![20, 20, 5]), (Some(44), vec![44, 1]), (Some(100), vec![45])] {
        assert_eq!(ground.all("a", false, limit).await, (expected.clone(), sizes));
    }
    let (numbers, sizes) = ground.all("a", false, Some(1)).await;
    assert_eq!((numbers, sizes.iter().sum::<usize>()), (expected, 45));
}

#[tokio::test]
async fn the_page_that_takes_the_last_item_is_the_last_page() {
    let ground = Ground::start().await;
    ground.fill("a", 40).await;
    assert_eq!(ground.all("a", false, Some(20)).await.1, [20, 20]);
    assert_eq!(ground.all("nobody", false, None).await.1, [0]);
}

#[tokio::test]
async fn a_filter_leaves_no_page_short() {
    let ground = Ground::start().await;
    ground.fill("a", 45).await;
    let (numbers, sizes) = ground.all("a", true, Some(10)).await;
    assert_eq!(numbers, (0..45).rev().filter(|number| number % 2 == 1).collect::<Vec<_>>());
    assert_eq!(sizes[..2], [10, 10]);
}

#[tokio::test]
async fn items_that_come_meanwhile_neither_repeat_nor_hide_others() {
    let ground = Ground::start().await;
    ground.fill("a", 30).await;
    let first = ground.page("a", false, &ListQuery::default()).await.unwrap();
    ground.fill("a", 35).await;
    let next = ListQuery { limit: None, cursor: first.next_cursor };
    let second = ground.page("a", false, &next).await.unwrap();
    let numbers =
        |page: &[Value]| page.iter().map(|item| item["number"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!(numbers(&first.items), (10..30).rev().collect::<Vec<_>>());
    assert_eq!(numbers(&second.items), (0..10).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_list_that_reads_only_some_fields_goes_on_all_the_same() {
    let ground = Ground::start().await;
    ground.fill("a", 3).await;
    let scope = Scope::new("list_things", "", "a", &partition("a"));
    let query = || ground.table.query(&partition("a")).projection_expression("odd");
    let first = ListQuery { limit: Some(2), cursor: None };
    let page: Page<Value> = ground.table.page(query(), &first, &scope).await.unwrap();
    assert_eq!((page.items.len(), page.items[0]["odd"].clone()), (2, json!(false)));
    let second = ListQuery { limit: Some(2), cursor: page.next_cursor };
    let page: Page<Value> = ground.table.page(query(), &second, &scope).await.unwrap();
    assert_eq!((page.items.len(), page.next_cursor), (1, None));
}

#[tokio::test]
async fn refuses_a_cursor_of_another_caller_or_filter() {
    let ground = Ground::start().await;
    ground.fill("a", 45).await;
    ground.fill("b", 45).await;
    let cursor = ground.page("a", false, &ListQuery::default()).await.unwrap().next_cursor;
    let list = ListQuery { limit: None, cursor };
    for (account, odd) in [("b", false), ("a", true)] {
        let problem = ground.page(account, odd, &list).await.unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code), (400, "invalid_cursor"));
    }
    assert!(ground.page("a", false, &list).await.is_ok());
}
