//! Closing an account.

use maru_testing::Maru;
use serde_json::{Value, json};

use crate::{BUSAN, OTHER, OWNER, SEOUL, answer, look, plain, setup, token, wait, whereabouts};

/// Lets the owner close the account, as far as this domain hears of it.
async fn leaves(maru: &Maru) {
    let data = json!({ "userId": OWNER, "deletedAt": "2026-01-15T15:10:00Z" });
    let detail = json!({
        "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
    maru.stack.invoke("on_member_deleted_for_weather", event).await.unwrap();
}

/// Every item of the two tables that names the account, without what it says.
async fn items_of(maru: &Maru, account: &str) -> Vec<Value> {
    let client = aws_sdk_dynamodb::Client::new(&maru.stack.sdk_config());
    let mut found = Vec::new();
    for logical_id in ["WeatherTable", "WhereaboutsTable"] {
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == logical_id).unwrap();
        let items = client.scan().table_name(&table.name).send().await.unwrap().items.unwrap_or_default();
        let mine = items.into_iter().filter(|item| format!("{item:?}").contains(account));
        found.extend(mine.map(|item| {
            let mut names: Vec<&String> = item.keys().collect();
            names.sort();
            json!([item["pk"].as_s().unwrap(), names])
        }));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_member_who_left_is_erased_and_nothing_comes_back() {
    let maru = setup().start().await;
    for member in [OWNER, OTHER] {
        answer(&maru, member, &plain()).await.expect(200);
        look(&maru, member, SEOUL).await;
    }
    maru.settle().await;
    let others = items_of(&maru, OTHER).await;
    // The survey, where they are, and what was counted for whoever looked first.
    assert_eq!((items_of(&maru, OWNER).await.len(), others.len()), (5, 2));
    leaves(&maru).await;
    let rest = [
        json!([format!("ERASURE#{OWNER}"), ["deletedAt", "erasedAt", "pk", "sk", "what"]]),
        json!([format!("MEMBER#{OWNER}"), ["closedAt", "pk", "sk"]]),
    ];
    assert_eq!(items_of(&maru, OWNER).await, rest);
    // The access token lives a few minutes longer.
    wait(&maru, 1);
    answer(&maru, OWNER, &plain()).await.expect_problem(401, "unauthenticated");
    look(&maru, OWNER, BUSAN).await;
    leaves(&maru).await;
    assert_eq!(items_of(&maru, OWNER).await, rest);
    assert_eq!(whereabouts(&maru).of(OWNER).await.unwrap(), None);
    maru.get("/weather/survey", &token(&maru, OWNER)).await.expect_problem(404, "not_found");
    assert_eq!(items_of(&maru, OTHER).await, others);
    assert_eq!(maru.stack.parts().access.refusals(), []);
}
