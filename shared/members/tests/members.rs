//! Members in a domain's table, against a database.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::BTreeMap;

use maru_lambda::Environment;
use maru_members::{Member, Members};
use maru_store::Table;
use maru_testing::{Maru, Setup};

async fn ground() -> (Maru, Table) {
    let maru = Setup::new(Vec::new()).frozen().start().await;
    let tables = &maru.stack.parts().template.tables;
    let table = tables.iter().find(|table| table.logical_id == "HubTable").unwrap();
    let variables = BTreeMap::from([("HUB_TABLE".to_owned(), table.name.clone())]);
    let clock = maru.stack.clock().for_functions();
    let table = Table::open(&Environment::new(variables, maru.stack.sdk_config(), clock), "HUB_TABLE");
    (maru, table.unwrap())
}

#[tokio::test]
async fn the_newest_nickname_is_known_in_whatever_order_they_come() {
    let (_maru, table) = ground().await;
    let members = Members::of(&table);
    assert_eq!(members.get("usr_a").await.unwrap(), Member::default());
    for (revision, nickname, known) in
        [(2, "둘", "둘"), (1, "하나", "둘"), (2, "또 둘", "둘"), (3, "셋", "셋")]
    {
        members.learn("usr_a", revision, nickname).await.unwrap();
        assert_eq!(members.get("usr_a").await.unwrap().nickname.as_deref(), Some(known));
    }
    members.learn("usr_b", 1, "비").await.unwrap();
    let all = members.get_all(&["usr_a", "usr_b", "usr_nobody"]).await.unwrap();
    let names: BTreeMap<&str, Option<&str>> =
        all.iter().map(|(id, member)| (id.as_str(), member.nickname.as_deref())).collect();
    assert_eq!(names, BTreeMap::from([("usr_a", Some("셋")), ("usr_b", Some("비"))]));
}

#[tokio::test]
async fn whoever_left_is_called_nothing_and_nothing_is_written_in_their_name() {
    let (_maru, table) = ground().await;
    let members = Members::of(&table);
    members.learn("usr_a", 1, "하나").await.unwrap();
    let open = async |id: &str| table.transact(vec![members.open_part(id).unwrap()]).await.unwrap().is_ok();
    assert!(open("usr_a").await && open("usr_unknown").await);
    // Twice, as events come; and once for somebody of whom nothing was known.
    for id in ["usr_a", "usr_a", "usr_b"] {
        members.close(id).await.unwrap();
        members.learn(id, 9, "또").await.unwrap();
        let member = members.get(id).await.unwrap();
        assert!(member.is_closed() && member.nickname.is_none());
        assert!(!open(id).await);
    }
}
