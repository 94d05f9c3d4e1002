//! Members who close the account, and what is left of them.

use maru_testing::Maru;
use serde_json::{Value, json};

use crate::MEMBER;
use crate::checkouts::{Item, stored, text};

/// The event that says so.
pub fn event(member: &str) -> Value {
    let data = json!({ "userId": member, "deletedAt": "2026-01-15T15:10:00Z" });
    let detail = json!({
        "id": format!("{member}-deleted"), "type": "member.deleted", "version": 1,
        "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail })
}

/// A member leaves.
pub async fn leaves(maru: &Maru, member: &str) {
    maru.stack.invoke("on_member_deleted_for_billing", event(member)).await.unwrap();
    maru.settle().await;
}

/// The record of what was erased; `None` while it is not.
pub async fn record(maru: &Maru, member: &str) -> Option<Value> {
    let items = stored(maru, &format!("ERASURE#{member}")).await;
    let record =
        items.into_iter().find(|item| text(item, "sk") == "RECORD" && item.contains_key("erasedAt"))?;
    let kinds = ["subscription", "charges", "payments", "answers"];
    let count = |kind: &str| record["what"].as_m().unwrap()[kind].as_n().unwrap().parse::<i64>().unwrap();
    Some(json!(kinds.map(count)))
}

/// What is left of a member: the kinds of the items that name them, each once.
pub async fn left_of(maru: &Maru, member: &str) -> Vec<String> {
    let names = |item: &Item| format!("{item:?}").contains(member);
    let items = stored(maru, "").await;
    let kind = |item: &Item| text(item, "pk").split('#').next().unwrap().to_owned();
    let mut kinds: Vec<String> = items.iter().filter(|item| names(item)).map(kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// Everything of the member is erased but what has to stay: the ledger, and for a while limits and what nights did.
pub async fn expect_erased(maru: &Maru, case: &str) {
    assert!(record(maru, MEMBER).await.is_some(), "{case}");
    let left = left_of(maru, MEMBER).await;
    let stays = ["ERASURE", "LEDGER", "LIMIT", "NIGHT"];
    assert!(left.iter().all(|kind| stays.contains(&kind.as_str())), "{case}: {left:?}");
    let open = stored(maru, &format!("ERASURE#{MEMBER}")).await;
    assert_eq!(open.len(), 1, "{case}: the erasure is over");
    let keys = maru.kakaopay().keys(MEMBER).await;
    assert!(keys.as_array().unwrap().iter().all(|key| key["status"] == "INACTIVE"), "{case}: {keys}");
}
