//! What a page costs: calls of the database, counted where they arrive. `local/measure` does the same with 100,000
//! resumes.

use futures::{StreamExt, stream};
use maru_testing::Maru;

use super::PATH;
use crate::publishing::{Resume, publish};
use crate::{setup, token};

/// Publishes so many resumes, several at a time.
async fn stack(count: usize) -> Maru {
    let maru = setup().start().await;
    let resumes =
        stream::iter((0..count).map(|number| Resume::new(&format!("res_{number:05}"), "usr_owner")));
    resumes.for_each_concurrent(8, async |resume| publish(&maru, &resume).await).await;
    maru
}

/// The calls that one page takes, by operation and table.
async fn calls(maru: &Maru, path: &str, token: &str) -> Vec<(String, String, u64)> {
    let counts = &maru.stack.parts().counts;
    counts.clear();
    maru.get(path, token).await.expect(200);
    let calls =
        counts.calls().into_iter().filter(|call| call.function.as_deref() == Some("list_hub_resumes"));
    calls.map(|call| (call.operation, call.resource, call.count)).collect()
}

/// The calls of the first page and of page `far`, for each order.
async fn compare(maru: &Maru, far: usize) {
    let token = token(maru, "usr_a");
    for sort in ["recent", "likes", "views"] {
        let path = format!("{PATH}?limit=20&sort={sort}&position=BACKEND");
        let first = calls(maru, &path, &token).await;
        let mut cursor = None;
        for _ in 1..far {
            let at = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
            let page = maru.get(&format!("{path}{at}"), &token).await.expect(200);
            cursor = Some(page["nextCursor"].as_str().unwrap().to_owned());
        }
        let last = calls(maru, &format!("{path}&cursor={}", cursor.unwrap()), &token).await;
        assert_eq!(first, last, "page {far} of {sort}");
        let total: u64 = first.iter().map(|(_, _, count)| count).sum();
        assert_eq!(total, 5, "{first:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn page_8_costs_what_page_1_costs() {
    compare(&stack(160).await, 8).await;
}
