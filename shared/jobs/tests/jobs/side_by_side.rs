//! Parts of one work that write under the same lease at the same time.

use std::collections::BTreeMap;

use futures::future::join_all;
use maru_jobs::{EventKind, Lease, LogEvent, NewEvent, Progress, Status};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::{Map, Value, json};

use crate::Ground;

const EACH: u64 = 100;

fn item(part: u64, number: u64) -> NewEvent {
    NewEvent::new(EventKind::Item, json!({ "part": part, "number": number }))
}

fn data(event: &LogEvent) -> Value {
    serde_json::from_str(&event.data).unwrap()
}

impl Ground {
    async fn whole_log(&self, id: &str) -> Vec<LogEvent> {
        let mut log = Vec::new();
        loop {
            let more = self.jobs.events(id, log.len() as u64).await.unwrap();
            if more.is_empty() {
                return log;
            }
            log.extend(more);
        }
    }
}

/// Appends one event after the other; every tenth together with a step or a report.
async fn work(lease: &Lease, part: u64) {
    for number in 0..EACH {
        match number % 10 {
            3 => {
                let step = format!("part_{part}_{number}");
                lease.finish_step(&step, &number, &[item(part, number)], None).await.unwrap();
            }
            _ => lease.append(&[item(part, number)]).await.unwrap(),
        }
    }
}

#[tokio::test]
async fn three_parts_write_without_gaps_and_each_in_its_own_order() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    join_all((0..3).map(|part| work(&lease, part))).await;
    assert_eq!(lease.finished_step::<u64>("part_2_93").await.unwrap(), Some(93));
    lease.succeed(Status::PartlySucceeded, &json!({}), Vec::new()).await.unwrap();

    let log = ground.whole_log(&id).await;
    assert!(log.iter().map(|event| event.sequence).eq(1..=3 * EACH + 1));
    assert_eq!(data(log.last().unwrap())["status"], "partly_succeeded");
    let mut parts: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for event in log.iter().filter(|event| event.kind == EventKind::Item) {
        let of = |name: &str| data(event)[name].as_u64().unwrap();
        parts.entry(of("part")).or_default().push(of("number"));
    }
    assert_eq!(parts, (0..3).map(|part| (part, (0..EACH).collect())).collect());
}

impl Ground {
    /// Lets every write come through, and its answer be lost, more often than the client tries again.
    fn lose_answers(&self) {
        let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
        self.maru.stack.parts().faults.push(lost.of_operation("TransactWriteItems"));
    }

    /// What the parts beside it see after a write that came through though nobody knows.
    async fn assert_others_go_on(&self, lease: &Lease) {
        self.maru.stack.parts().faults.clear();
        lease.append(&[item(1, 0)]).await.unwrap();
        lease.append(&[item(1, 1)]).await.unwrap();
        let log = self.whole_log(&lease.job().id).await;
        let parts: Vec<Value> = log.iter().map(|event| data(event)["part"].clone()).collect();
        assert_eq!(parts, [0, 1, 1]);
        assert!(log.iter().map(|event| event.sequence).eq(1..=3));
    }
}

#[tokio::test]
async fn a_part_that_is_dropped_while_it_writes_takes_the_lease_from_no_other() {
    let ground = Ground::start().await;
    let lease = ground.take(&ground.job("a").await.id).await;
    ground.lose_answers();
    let first = [item(0, 0)];
    let came_through = async { while ground.whole_log(&lease.job().id).await.is_empty() {} };
    tokio::select! {
        _ = lease.append(&first) => {}
        () = came_through => {}
    }
    ground.assert_others_go_on(&lease).await;
}

#[tokio::test]
async fn a_write_that_failed_but_came_through_takes_the_lease_from_nobody() {
    let ground = Ground::start().await;
    let lease = ground.take(&ground.job("a").await.id).await;
    ground.lose_answers();
    lease.append(&[item(0, 0)]).await.unwrap_err();
    ground.assert_others_go_on(&lease).await;
}

#[tokio::test]
async fn what_one_part_tells_counts_what_the_others_have_done() {
    let ground = Ground::start().await;
    let id = ground.job("a").await.id;
    let lease = ground.take(&id).await;
    let progress = |done| Progress { done, total: 3, label: "a part is done".to_owned() };
    lease.report(&progress(1)).await.unwrap();
    let details = Map::from_iter([("step".to_owned(), json!("second"))]);
    lease.tell("writing", details.clone()).await.unwrap();
    lease.finish_step("third", &json!(3), &[], Some(&progress(2))).await.unwrap();
    lease.tell("writing", details).await.unwrap();
    let log = ground.whole_log(&id).await;
    let told: Vec<Value> = log.iter().map(data).filter(|data| data["step"] == "second").collect();
    let expected =
        [1, 2].map(|done| json!({ "done": done, "total": 3, "label": "writing", "step": "second" }));
    assert_eq!(told, expected);
    assert_eq!(ground.find(&id).await.progress, progress(2), "only whoever watches hears of it");
}
