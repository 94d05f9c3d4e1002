//! Credits against a database: taken and given back by many at once, on a plan that changes.
#![expect(clippy::unwrap_used, reason = "a test panics where it cannot go on")]

use std::collections::BTreeMap;

use futures::future::join_all;
use jiff::{Timestamp, ToSpan};
use maru_credits::{CreditStore, Credits, Plan, PlanChanged, Refusal};
use maru_lambda::{Environment, FromEnvironment, day_in_seoul};
use maru_store::Table;
use maru_testing::{Maru, Setup};

const MEMBER: &str = "usr_1";

struct Ground {
    _maru: Maru,
    credits: CreditStore,
    table: Table,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "CreditsTable").unwrap();
        let variables = BTreeMap::from([("CREDITS_TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let credits = CreditStore::from_environment(&environment).unwrap();
        let table = Table::open(&environment, "CREDITS_TABLE").unwrap();
        Self { _maru: maru, credits, table }
    }

    async fn take(&self, now: Timestamp) -> Result<(), Refusal> {
        let parts = self.credits.take(MEMBER, now).await.unwrap().parts;
        match self.table.transact(parts).await.unwrap() {
            Ok(()) => Ok(()),
            Err(cancelled) => Err(self.credits.refusal(MEMBER, now, &cancelled).await.unwrap()),
        }
    }

    async fn give_back(&self, now: Timestamp) {
        let parts = self.credits.give_back(MEMBER, day_in_seoul(now)).await.unwrap();
        if !parts.is_empty() {
            let _ = self.table.transact(parts).await.unwrap();
        }
    }

    /// Whether it was kept.
    async fn tell(&self, plan: Plan, until: Option<Timestamp>, revision: u64) -> bool {
        let told = PlanChanged { user_id: MEMBER.to_owned(), plan, until, revision };
        let part = self.credits.keep_plan(&told).unwrap();
        self.table.transact(vec![part]).await.unwrap().is_ok()
    }

    async fn standing(&self, now: Timestamp) -> Credits {
        self.credits.credits_of(MEMBER, now).await.unwrap()
    }
}

/// 2026-01-16 at 00:10 in Seoul.
fn morning() -> Timestamp {
    "2026-01-15T15:10:00Z".parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_forty_at_once_three_take_a_use_and_the_others_hear_that_none_is_left() {
    let ground = Ground::start().await;
    let taken = join_all((0..40).map(|_| ground.take(morning()))).await;
    let refused: Vec<Refusal> = taken.into_iter().filter_map(Result::err).collect();
    let standing = ground.standing(morning()).await;
    assert_eq!((refused.len(), standing.limit, standing.used), (37, Some(3), 3));
    assert!(refused.iter().all(|refusal| *refusal == Refusal::Exhausted(standing.clone())), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_back_more_than_was_taken_never_leads_below_zero() {
    let ground = Ground::start().await;
    ground.give_back(morning()).await;
    assert_eq!(ground.credits.count(MEMBER).await.unwrap(), [("credits", 0), ("plan", 0)]);
    for _ in 0..2 {
        ground.take(morning()).await.unwrap();
    }
    join_all((0..20).map(|_| ground.give_back(morning()))).await;
    assert_eq!(ground.standing(morning()).await.used, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_day_has_its_own_uses_without_anything_that_resets_them() {
    let ground = Ground::start().await;
    for day in 0..5 {
        let now = morning() + (24 * day).hours();
        for used in 0..3 {
            assert_eq!(ground.standing(now).await.used, used);
            ground.take(now).await.unwrap();
        }
        assert!(matches!(ground.take(now).await, Err(Refusal::Exhausted(_))));
    }
    ground.give_back(morning()).await;
    assert_eq!(ground.standing(morning()).await.used, 2, "the first day's");
    assert_eq!(ground.standing(morning() + 24.hours()).await.used, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greatest_revision_of_a_plan_stays_whatever_comes_first() {
    for order in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] {
        let ground = Ground::start().await;
        for revision in order.into_iter().chain(order) {
            let plan = if revision == 3 { Plan::Pro } else { Plan::Free };
            ground.tell(plan, None, revision).await;
        }
        assert_eq!(ground.standing(morning()).await.limit, None, "{order:?}");
        assert!(!ground.tell(Plan::Free, None, 3).await, "a revision is told once");
        assert!(ground.tell(Plan::Free, None, 4).await);
        assert_eq!(ground.standing(morning()).await.limit, Some(3), "{order:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_time_is_over_limits_again_without_another_word() {
    let ground = Ground::start().await;
    let end = morning() + 1.hour();
    ground.tell(Plan::Pro, Some(end), 1).await;
    for _ in 0..5 {
        ground.take(end - 1.second()).await.unwrap();
    }
    assert!(matches!(ground.take(end).await, Err(Refusal::Exhausted(credits)) if credits.used == 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_is_not_taken_on_a_plan_that_ends_before_the_commit() {
    let ground = Ground::start().await;
    ground.tell(Plan::Pro, None, 1).await;
    let parts = ground.credits.take(MEMBER, morning()).await.unwrap().parts;
    ground.tell(Plan::Free, None, 2).await;
    let cancelled = ground.table.transact(parts).await.unwrap().unwrap_err();
    let refusal = ground.credits.refusal(MEMBER, morning(), &cancelled).await.unwrap();
    assert_eq!((refusal, ground.standing(morning()).await.used), (Refusal::Overtaken, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_buys_while_refused_is_told_to_come_again() {
    let ground = Ground::start().await;
    for _ in 0..3 {
        ground.take(morning()).await.unwrap();
    }
    let parts = ground.credits.take(MEMBER, morning()).await.unwrap().parts;
    let cancelled = ground.table.transact(parts).await.unwrap().unwrap_err();
    ground.tell(Plan::Pro, None, 1).await;
    let refusal = ground.credits.refusal(MEMBER, morning(), &cancelled).await.unwrap();
    assert_eq!(refusal, Refusal::Overtaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_plan_reads_the_uses_of_the_day_on_it() {
    let ground = Ground::start().await;
    ground.take(morning()).await.unwrap();
    let read = async |plan| ground.credits.credits(MEMBER, plan, morning()).await.unwrap();
    let resets_at: Timestamp = "2026-01-16T15:00:00Z".parse().unwrap();
    assert_eq!(read(Plan::Pro).await, Credits { limit: None, used: 1, resets_at });
    assert_eq!(read(Plan::Free).await, Credits { limit: Some(3), used: 1, resets_at });
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_leaves_nothing_of_the_member() {
    let ground = Ground::start().await;
    ground.take(morning()).await.unwrap();
    ground.take(morning() + 24.hours()).await.unwrap();
    ground.tell(Plan::Pro, None, 1).await;
    assert_eq!(ground.credits.count(MEMBER).await.unwrap(), [("credits", 2), ("plan", 1)]);
    ground.credits.erase(MEMBER).await.unwrap();
    assert_eq!(ground.credits.count(MEMBER).await.unwrap(), [("credits", 0), ("plan", 0)]);
    ground.give_back(morning()).await;
    assert_eq!(ground.credits.count(MEMBER).await.unwrap(), [("credits", 0), ("plan", 0)]);
}
