//! One job per logical request.

use futures::future::join_all;
use maru_jobs::{Failure, Joins, NewJob, Started, Status};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;

use crate::{Ground, new_job};

fn id(started: &Started) -> &str {
    let (Started::New(job) | Started::Joined(job)) = started;
    &job.id
}

#[tokio::test]
async fn ten_who_ask_at_once_get_the_same_job_and_one_of_them_has_it_brought_to_its_worker() {
    let ground = Ground::start().await;
    let started = join_all((0..10).map(|_| ground.jobs.start(new_job("a")))).await;
    let started: Vec<Started> = started.into_iter().map(Result::unwrap).collect();
    assert!(started.iter().all(|one| id(one) == id(&started[0])));
    assert_eq!(started.iter().filter(|one| matches!(one, Started::New(_))).count(), 1);
}

#[tokio::test]
async fn other_requests_have_other_jobs_and_other_tokens() {
    let ground = Ground::start().await;
    let (one, other) = (ground.job("a").await, ground.job("b").await);
    assert_ne!(one.id, other.id);
    assert_ne!(one.stream_token, other.stream_token);
    let new = NewJob { kind: "consulting.ingest", ..new_job("a") };
    assert!(matches!(ground.jobs.start(new).await.unwrap(), Started::New(_)), "of another kind");
}

#[tokio::test]
async fn a_job_that_ended_well_is_joined_for_ever() {
    for status in [Status::Succeeded, Status::PartlySucceeded] {
        let ground = Ground::start().await;
        let job = ground.job("a").await;
        ground.take(&job.id).await.succeed(status, &json!(1), Vec::new()).await.unwrap();
        match ground.jobs.start(new_job("a")).await.unwrap() {
            Started::Joined(joined) => assert_eq!((joined.id, joined.status), (job.id, status)),
            Started::New(_) => panic!("the work would be done twice"),
        }
    }
}

#[tokio::test]
async fn ten_who_ask_after_a_failure_share_one_fresh_start() {
    let ground = Ground::start().await;
    let failed = ground.job("a").await;
    let failure = Failure { code: "x".to_owned(), detail: "y".to_owned() };
    ground.take(&failed.id).await.fail(&failure).await.unwrap();
    let started = join_all((0..10).map(|_| ground.jobs.start(new_job("a")))).await;
    let started: Vec<Started> = started.into_iter().map(Result::unwrap).collect();
    assert!(started.iter().all(|one| id(one) == id(&started[0]) && id(one) != failed.id));
    assert_eq!(started.iter().filter(|one| matches!(one, Started::New(_))).count(), 1);
    assert_eq!(ground.find(&failed.id).await.status, Status::Failed, "the failed one is kept as it was");
}

#[tokio::test]
async fn a_lost_answer_of_the_database_neither_loses_nor_doubles_the_job() {
    let ground = Ground::start().await;
    let faults = &ground.maru.stack.parts().faults;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1);
    faults.push(lost.of_operation("TransactWriteItems"));
    let Started::New(job) = ground.jobs.start(new_job("a")).await.unwrap() else {
        panic!("nobody would bring it to its worker");
    };
    assert!(faults.pending().is_empty());
    assert_eq!(ground.find(&job.id).await, job);
    assert_eq!(ground.everything().await.len(), 3, "the job, its key and its entry");
}

#[tokio::test]
async fn a_start_that_is_repeated_is_answered_with_its_job_whatever_has_become_of_it() {
    let ground = Ground::start().await;
    let new = |id: &str| NewJob { id: id.to_owned(), joins: Joins::WhileActive, ..new_job("a") };
    let expect = async |status: Status| match ground.jobs.start(new("job_1")).await.unwrap() {
        Started::New(job) => assert_eq!((job.id.as_str(), job.status), ("job_1", status)),
        Started::Joined(job) => panic!("{} was joined", job.id),
    };
    expect(Status::Queued).await;
    expect(Status::Queued).await;
    let failure = Failure { code: "x".to_owned(), detail: "y".to_owned() };
    ground.take("job_1").await.fail(&failure).await.unwrap();
    expect(Status::Failed).await;
    // Even when another has the key by now, at work or done.
    assert_eq!(id(&ground.jobs.start(new("job_2")).await.unwrap()), "job_2");
    expect(Status::Failed).await;
    ground.take("job_2").await.fail(&failure).await.unwrap();
    expect(Status::Failed).await;
    assert_eq!(id(&ground.jobs.start(new("job_3")).await.unwrap()), "job_3");
}
