//! `GET /rankings`.

use maru_testing::Maru;
use serde_json::{Value, json};

use crate::hunters::{OWNER, SUN, drawn, hunt, photo, sees, shown};
use crate::people::{expect_no_bad_token, is_called, leaves, read, side_by_side};

/// Gives a member points by a mission that is worth them.
async fn give(maru: &Maru, member: &str, number: u8) {
    sees(maru, member, SUN).await;
    let assignment = drawn(maru, member, "MORNING").await;
    shown(maru, member, &assignment, &photo(number)).await;
}

/// The whole ranking, page by page.
async fn all(maru: &Maru, member: &str, limit: usize) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = read(maru, &format!("/rankings?limit={limit}{cursor}"), member).await;
        found.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["nextCursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ranking_is_by_points_stable_among_equals_and_the_same_in_pages_of_any_size() {
    let maru = hunt(&[]).await;
    let mut expected = Vec::new();
    for (number, points) in [30, 10, 100, 10, 55, 10, 100, 31, 29].into_iter().enumerate() {
        let member = format!("usr_{number}");
        let made = crate::hunters::mission(&maru, "산책", "ANY", points).await;
        give(&maru, &member, number as u8).await;
        is_called(&maru, &member, 1, &format!("이름{number}")).await;
        let path = format!("/admin/missions/{}", made["id"].as_str().unwrap());
        maru.request(reqwest::Method::DELETE, &path, &maru.admin()).send().await.unwrap();
        expected.push(u64::from(points));
    }
    expected.sort_unstable_by(|one, other| other.cmp(one));
    let whole = all(&maru, "", 100).await;
    let points: Vec<u64> = whole.iter().map(|entry| entry["points"].as_u64().unwrap()).collect();
    assert_eq!(points, expected);
    let ranks: Vec<u64> = whole.iter().map(|entry| entry["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=9).collect::<Vec<u64>>());
    assert!(whole.iter().all(|entry| entry["nickname"].as_str().unwrap().starts_with("이름")), "{whole:#?}");
    for limit in [1, 2, 4, 8, 9] {
        assert_eq!(all(&maru, "", limit).await, whole, "{limit}");
    }
    // Each member's own place is that of the list.
    for number in 0..9 {
        let seen = read(&maru, "/rankings", &format!("usr_{number}")).await;
        let mine: Vec<&Value> =
            seen["items"].as_array().unwrap().iter().filter(|entry| entry["mine"] == true).collect();
        assert_eq!(mine.len(), 1);
        assert_eq!(
            json!([seen["me"]["rank"], seen["me"]["points"]]),
            json!([mine[0]["rank"], mine[0]["points"]])
        );
    }
    assert_eq!(
        read(&maru, "/rankings", OWNER).await["me"],
        json!({ "rank": null, "points": 0, "level": 1, "progress": 0 })
    );
    let cursor = read(&maru, "/rankings?limit=2", "").await["nextCursor"].as_str().unwrap().to_owned();
    assert!(maru.get(&format!("/rankings?cursor={cursor}"), &maru.admin()).await.status == 400);
    // Sealed by somebody who knows how, with a place that nobody can have.
    let scope = maru_store::Scope::new("list_rankings", "", "", "RANKING");
    let position = format!("5#{}#hash", u64::MAX);
    let item = [("pk", "RANKING"), ("sk", &position)];
    let item = item.map(|(name, value)| (name.to_owned(), maru_store::text(value)));
    let forged = scope.seal(&item.into_iter().collect());
    maru.get(&format!("/rankings?cursor={forged}"), "").await.expect_problem(400, "invalid_cursor");
    // Who leaves is ranked no more.
    leaves(&maru, "usr_2").await;
    let rest = all(&maru, "", 100).await;
    assert_eq!(rest.len(), 8);
    assert!(rest.iter().all(|entry| entry["nickname"] != "이름2"), "{rest:#?}");
    assert_eq!(maru.stack.parts().access.refusals(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_far_behind_costs_what_the_first_costs() {
    let maru = hunt(&[("산책", "ANY", 10)]).await;
    let table = crate::people::table(&maru);
    for number in 0..200_u32 {
        let member = format!("usr_{number}");
        let rank = i64::from(number) * 10_000_000_000 + 5;
        let item = json!({ "memberId": member, "points": number, "rankPartition": format!("RANK#{}", number % 8), "rank": rank });
        let key = maru_store::Key::new(format!("MEMBER#{member}"), "MEMBER");
        table.put_if(table.put(&key, &item).unwrap()).await.unwrap();
    }
    let mut costs = Vec::new();
    let mut cursor = String::new();
    for _ in 0..9 {
        maru.stack.parts().counts.clear();
        let page = read(&maru, &format!("/rankings?limit=20{cursor}"), "").await;
        assert_eq!(page["items"].as_array().unwrap().len(), 20);
        cursor = format!("&cursor={}", page["nextCursor"].as_str().unwrap());
        costs.push(crate::people::calls(&maru, "list_rankings"));
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_counted_up_to_five_hundred_in_each_partition() {
    let maru = hunt(&[]).await;
    let table = &crate::people::table(&maru);
    let put = async |(member, points): (String, u64)| {
        let rank = points * 10_000_000_000 + 5;
        let item = json!({ "memberId": member, "points": points, "rankPartition": "RANK#3", "rank": rank });
        let key = maru_store::Key::new(format!("MEMBER#{member}"), "MEMBER");
        table.put_if(table.put(&key, &item).unwrap()).await.unwrap();
    };
    let before = (0..500).map(|number| (format!("usr_{number}"), number + 10));
    side_by_side(before.chain([(OWNER.to_owned(), 1)]), put).await;
    assert_eq!(read(&maru, "/rankings", OWNER).await["me"]["rank"], 501);
    put(("usr_one_more".to_owned(), 9)).await;
    let me = &read(&maru, "/rankings", OWNER).await["me"];
    assert_eq!(json!([me["rank"], me["points"]]), json!([null, 1]));
}

#[tokio::test]
async fn refuses_whoever_has_a_bad_token() {
    expect_no_bad_token(&hunt(&[]).await, "/rankings").await;
}
