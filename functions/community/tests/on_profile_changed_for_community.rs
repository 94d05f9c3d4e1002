//! What members are called.

use crate::hunters::{OWNER, drawn, hunt, photo, shown};
use crate::people::{is_called, leaves, read};

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_name_is_shown_in_whatever_order_the_events_come_and_none_of_who_left() {
    let maru = hunt(&[("산책", "ANY", 40)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    shown(&maru, OWNER, &assignment, &photo(1)).await;
    let name = async || read(&maru, "/rankings", "").await["items"][0]["nickname"].clone();
    assert!(name().await.is_null());
    for (revision, nickname) in [(2, "둘째"), (1, "첫째"), (2, "또")] {
        is_called(&maru, OWNER, revision, nickname).await;
        assert_eq!(name().await, "둘째");
    }
    leaves(&maru, OWNER).await;
    is_called(&maru, OWNER, 3, "셋째").await;
    assert!(read(&maru, "/rankings", "").await["items"].as_array().unwrap().is_empty());
}
