//! Where members are, against a database.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use maru_lambda::{Environment, FromEnvironment};
use maru_province::Province;
use maru_testing::{Maru, Setup};
use maru_whereabouts::{Conditions, Precipitation, SHARDS, Sight, Sky, Whereabouts};

struct Ground {
    maru: Maru,
    whereabouts: Whereabouts,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "WhereaboutsTable").unwrap();
        let variables = BTreeMap::from([("WHEREABOUTS_TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let whereabouts = Whereabouts::from_environment(&environment).unwrap();
        Self { maru, whereabouts }
    }

    /// All members of a province, shard by shard in pages of `limit`.
    async fn members(&self, province: Province, limit: u16) -> Vec<String> {
        let mut members = Vec::new();
        for shard in 0..SHARDS {
            let mut after: Option<String> = None;
            loop {
                let page =
                    self.whereabouts.members_in(province, shard, after.as_deref(), limit).await.unwrap();
                assert!(page.ids.len() <= usize::from(limit));
                members.extend(page.ids);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        members
    }
}

fn now() -> Timestamp {
    "2026-01-15T15:10:00Z".parse().unwrap()
}

fn sight(member: &str, province: Option<Province>, seen_at: Timestamp) -> Sight {
    let conditions = Conditions {
        temperature: Some(-3.0),
        precipitation: Precipitation::Snow,
        sky: Sky::Cloudy,
        wind: None,
    };
    let observed_at = seen_at - 1.hour();
    Sight { member: member.to_owned(), province, nx: 60, ny: 127, conditions, observed_at, seen_at }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_last_is_known_and_nothing_older_takes_its_place() {
    let ground = Ground::start().await;
    let newer = sight("usr_1", Some(Province::Busan), now());
    let older = sight("usr_1", Some(Province::Seoul), now() - 1.second());
    assert!(ground.whereabouts.record(&newer).await.unwrap());
    assert!(!ground.whereabouts.record(&older).await.unwrap());
    assert_eq!(ground.whereabouts.of("usr_1").await.unwrap(), Some(newer.clone()));
    assert!(ground.whereabouts.record(&newer).await.unwrap(), "the same again does no harm");
    assert_eq!(ground.whereabouts.of("usr_2").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_a_province_are_listed_once_and_only_while_they_are_there() {
    let ground = Ground::start().await;
    for number in 0..50 {
        let province = [Some(Province::Seoul), Some(Province::Busan), None][number % 3];
        ground.whereabouts.record(&sight(&format!("usr_{number:02}"), province, now())).await.unwrap();
    }
    let seoul = ground.members(Province::Seoul, 2).await;
    let different: BTreeSet<&String> = seoul.iter().collect();
    assert_eq!((seoul.len(), different.len()), (17, 17));
    assert_eq!(ground.members(Province::Busan, 100).await.len(), 17);
    let moved = sight("usr_00", Some(Province::Busan), now() + 1.second());
    ground.whereabouts.record(&moved).await.unwrap();
    let at_sea = sight("usr_03", None, now() + 1.second());
    ground.whereabouts.record(&at_sea).await.unwrap();
    assert_eq!(ground.members(Province::Seoul, 100).await.len(), 15);
    assert_eq!(ground.members(Province::Busan, 100).await.len(), 18);
    ground.maru.stack.clock().advance(Duration::from_hours(30 * 24));
    assert_eq!(ground.members(Province::Seoul, 100).await, Vec::<String>::new());
    assert_eq!(ground.whereabouts.of("usr_06").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_who_left_nothing_is_known_nor_recorded_any_more() {
    let ground = Ground::start().await;
    ground.whereabouts.record(&sight("usr_1", Some(Province::Seoul), now())).await.unwrap();
    for member in ["usr_1", "usr_2"] {
        for _ in 0..2 {
            ground.whereabouts.erase(member, now()).await.unwrap();
        }
        let late = sight(member, Some(Province::Seoul), now() + 1.minute());
        assert!(!ground.whereabouts.record(&late).await.unwrap());
        assert_eq!(ground.whereabouts.of(member).await.unwrap(), None);
    }
    assert_eq!(ground.members(Province::Seoul, 100).await, Vec::<String>::new());
}
