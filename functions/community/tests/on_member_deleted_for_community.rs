//! A member closes the account.

use std::collections::BTreeMap;

use maru_store::{Key, erasure_key};
use serde_json::Value;

use crate::hunters::{OTHER, OWNER, announce, drawn, hunt, mine, photo, points, shown};
use crate::people::{leaves, post_at, read, table, vote};

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_member_is_erased_and_counted_once_and_others_keep_theirs() {
    let maru = hunt(&[("산책", "ANY", 40), ("계단", "ANY", 20)]).await;
    let assignment = drawn(&maru, OWNER, "MORNING").await;
    let open = drawn(&maru, OWNER, "EVENING").await;
    shown(&maru, OWNER, &assignment, &photo(1)).await;
    announce(&maru, OWNER, &open, 100).await.expect(201);
    let others = drawn(&maru, OTHER, "MORNING").await;
    shown(&maru, OTHER, &others, &photo(2)).await;
    let post = post_at(&maru, OTHER, (37.5, 127.0)).await;
    post_at(&maru, OWNER, (37.5, 127.0)).await;
    vote(&maru, OWNER, post["id"].as_str().unwrap(), "up").await.expect(200);
    for _ in 0..2 {
        leaves(&maru, OWNER).await;
    }
    let table = table(&maru);
    let record: Value = table.get(&erasure_key(OWNER), true).await.unwrap().unwrap();
    assert_eq!(record["what"]["missions"], 2, "{record:#}");
    assert_eq!((&record["what"]["posts"], &record["what"]["votes"]), (&1.into(), &1.into()), "{record:#}");
    assert!(record["erasedAt"].is_string());
    assert!(table.keys_of(&format!("ASSIGNMENTS#{OWNER}")).await.unwrap().is_empty());
    assert_eq!(table.keys_of(&format!("MEMBER#{OWNER}")).await.unwrap().len(), 1, "that they left");
    let left: BTreeMap<String, Value> =
        table.get(&Key::new(format!("MEMBER#{OWNER}"), "MEMBER"), true).await.unwrap().unwrap();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["closedAt", "memberId", "pk", "sk"]);
    assert_eq!(table.keys_of(&format!("LIMIT#mission-photos#{OWNER}")).await.unwrap().len(), 0);
    assert_eq!(photos(&maru).await, [OTHER]);
    assert!(mine(&maru, OWNER).await["items"].as_array().unwrap().is_empty());
    assert_eq!(points(&maru, OTHER).await[0], read(&maru, "/rankings", "").await["items"][0]["points"]);
    // A photo that was used stays used.
    let again = drawn(&maru, OTHER, "EVENING").await;
    assert_eq!(shown(&maru, OTHER, &again, &photo(1)).await["error"]["code"], "photo_used");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

/// Whose photos are in the bucket.
async fn photos(maru: &maru_testing::Maru) -> Vec<String> {
    let mut buckets = maru.stack.parts().template.buckets.iter();
    let bucket = buckets.find(|bucket| bucket.logical_id == "PhotosBucket").unwrap();
    let configuration =
        aws_sdk_s3::config::Builder::from(&maru.stack.sdk_config()).force_path_style(true).build();
    let list =
        aws_sdk_s3::Client::from_conf(configuration).list_objects_v2().bucket(&bucket.name).send().await;
    let list = list.unwrap();
    let keys = list.contents().iter().filter_map(|object| object.key());
    keys.map(|key| key.split('/').nth(1).unwrap().to_owned()).collect()
}
