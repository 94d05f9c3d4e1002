//! Several questions at once under one lease.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use maru_jobs::{EventKind, NewEvent, Progress};
use maru_model::Wanted;
use maru_stack::bedrock::FaultKind;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::{Answer, Asked, Ground, Stopped, question};

const STEPS: [&str; 3] = ["section_1", "section_2", "section_3"];

/// Longer than the two seconds after which watchers hear of a model that is writing.
const SLOW: Duration = Duration::from_secs(3);

#[tokio::test]
async fn three_take_the_time_of_one_and_each_is_told_apart() {
    let ground = Ground::of(SLOW, 1_000_000).await;
    let lease = Arc::new(ground.job().await);
    let progress = Progress { done: 1, total: 3, label: "one is done".to_owned() };
    lease.report(&progress).await.unwrap();
    let begun = Instant::now();
    // As tasks: whoever asks may be moved from one thread to another.
    let asking = STEPS.map(|step| {
        let (lease, model) = (Arc::clone(&lease), ground.model.clone());
        tokio::spawn(async move {
            let question = question(step);
            let lease = &lease;
            let handing = model.ask_items(lease, &question, "questions", |place, _: Asked| async move {
                let item = NewEvent::new(EventKind::Item, json!({ "section": step, "place": place }));
                let appended = lease.append(&[item]).await;
                appended.map(|()| Wanted::More).map_err(|error| Stopped::Ask(error.into()))
            });
            handing.await.map(|_: Option<Answer>| ())
        })
    });
    for asked in join_all(asking).await {
        asked.unwrap().unwrap();
    }
    assert!(begun.elapsed() < SLOW * 2, "{:?}", begun.elapsed());

    let log = ground.jobs.events(&lease.job().id, 0).await.unwrap();
    assert!(log.iter().map(|event| event.sequence).eq(1..=log.len() as u64));
    let data: Vec<Value> = log.iter().map(|event| serde_json::from_str(&event.data).unwrap()).collect();
    for step in STEPS {
        let of_step = data.iter().filter(|data| data["section"] == step);
        assert_eq!(of_step.map(|data| data["place"].clone()).collect::<Vec<_>>(), [0, 1, 3, 4]);
    }
    let told: Vec<&Value> = data.iter().filter(|data| data["written"].is_u64()).collect();
    for told in &told {
        let step = told["step"].as_str().unwrap();
        assert_eq!((&told["label"], &told["done"]), (&json!(format!("{step} is written")), &json!(1)));
    }
    let steps: BTreeSet<&str> = told.iter().filter_map(|told| told["step"].as_str()).collect();
    assert_eq!(steps, BTreeSet::from(STEPS));
}

#[tokio::test]
async fn one_that_fails_leaves_the_others_whole() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault_for(FaultKind::Error, 1, "section_2");
    let asked = join_all(STEPS.map(|step| crate::ask(&ground.model, &lease, step))).await;
    let whole: Vec<bool> = asked.iter().map(|(answer, _)| answer.is_ok()).collect();
    assert_eq!(whole, [true, false, true]);
    let taken: Vec<usize> = asked.iter().map(|(_, taken)| taken.len()).collect();
    assert_eq!(taken, [4, 0, 4]);
    assert_eq!(ground.jobs.find(&lease.job().id).await.unwrap().unwrap().usage.calls, 3);
}
