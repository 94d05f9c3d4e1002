//! What a page costs: calls of the database, counted where they arrive. `local/measure` does the same with a million.

use std::collections::BTreeMap;

use community_rules::cells::{Cell, Level};
use community_rules::place::Place;
use maru_store::Key;
use maru_testing::Maru;
use serde_json::json;

use crate::people::{calls, ids, post_at, read, side_by_side, table, town};

/// The calls of one page, and its cursor.
async fn page(maru: &Maru, path: &str) -> (BTreeMap<String, u64>, Option<String>) {
    maru.stack.parts().counts.clear();
    let page = read(maru, path, "usr_b").await;
    (calls(maru, "list_posts"), page["nextCursor"].as_str().map(str::to_owned))
}

#[tokio::test(flavor = "multi_thread")]
async fn page_8_costs_what_page_1_costs_and_that_is_a_query_for_each_cell() {
    let maru = town().await;
    side_by_side(0..90, async |_| post_at(&maru, "usr_a", (37.5665, 126.978)).await).await;
    let path = "/posts?lat=37.5665&lon=126.978&limit=10";
    let (first, mut cursor) = page(&maru, path).await;
    let cells = Cell::around(Place::new(37.5665, 126.978).unwrap(), 5_000.0).len();
    assert_eq!(first["Query"], u64::try_from(cells).unwrap());
    assert_eq!(first, BTreeMap::from([("Query".into(), first["Query"]), ("BatchGetItem".into(), 4)]));
    assert!(cells <= 9);
    for number in 2..=8 {
        let (cost, next) = page(&maru, &format!("{path}&cursor={}", cursor.unwrap())).await;
        assert_eq!(cost, first, "page {number}");
        cursor = next;
    }
    let (small, _) = page(&maru, "/posts?lat=37.5665&lon=126.978&radius=1&limit=10").await;
    assert_eq!(small["Query"], 1);
}

/// Thousands of posts in the cells, and none of them within the circle: the page ends, and says where to go on.
#[tokio::test(flavor = "multi_thread")]
async fn however_many_posts_lie_outside_a_page_reads_only_so_much() {
    let maru = town().await;
    let (middle, outside) = ((37.5665, 126.978), (37.6115, 126.978));
    let near = crate::people::id(&post_at(&maru, "usr_a", middle).await);
    let cell = Cell::of(Level::Town, Place::new(outside.0, outside.1).unwrap());
    assert!(Cell::around(Place::new(middle.0, middle.1).unwrap(), 5_000.0).contains(&cell));
    let table = table(&maru);
    let entry = json!({ "authorId": "usr_a", "place": { "lat": outside.0, "lon": outside.1 } });
    let entries = (0..12_000).map(|number| {
        // Later than any other.
        let key = Key::new(format!("CELL#{cell}"), format!("pst_7{number:025}"));
        table.encode(&key, &entry).unwrap()
    });
    table.put_all(entries).await.unwrap();
    let path = "/posts?lat=37.5665&lon=126.978";
    let (cost, cursor) = page(&maru, path).await;
    assert!((36..=47).contains(&cost["Query"]), "{cost:?}");
    let mut cursor = cursor.unwrap();
    for _ in 0..4 {
        let next = read(&maru, &format!("{path}&cursor={cursor}"), "usr_b").await;
        match next["nextCursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return assert_eq!(ids(&next), [near]),
        }
    }
    panic!("the list does not end");
}
