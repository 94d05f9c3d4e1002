//! A run waits: pulls the export from the lecture platform and stores it, page by page.

use std::collections::BTreeMap;

use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status, hand_over};
use maru_lambda::Message;
use maru_messages::{Bus, Envelope};

use crate::error::Error;
use crate::files::Files;
use crate::ingest::{IngestError, Ingested, Ingestion};
use crate::kickoff::IngestInput;
use crate::platform::Platform;
use crate::queues::{LECTURES_INGESTED, RunQueue, RunReference};
use crate::runs::{DatasetCount, Run, RunFailure, RunState};
use crate::store::Store;

type Dependencies = (Jobs, (Store, Files, Platform), RunQueue, Bus);

pub async fn handle(dependencies: Dependencies, message: Message<JobRequested>) -> Result<(), Error> {
    let (jobs, (store, ..), _, bus) = &dependencies;
    let job_id = &message.event.data.job_id;
    match jobs.acquire(job_id).await? {
        // An export is tried again for as long as it takes: the platform may be away for the whole night.
        Acquired::Lease(lease) | Acquired::Exhausted(lease) => Box::pin(work(&dependencies, *lease)).await,
        // The last worker may have died between the end of its work and the event.
        Acquired::Ended => match jobs.find(job_id).await? {
            Some(job) => announce(store, bus, &serde_json::from_str::<IngestInput>(&job.input)?.run_id).await,
            None => Ok(()),
        },
        Acquired::Busy | Acquired::Unknown => Ok(()),
    }
}

async fn work((_, (store, files, platform), queue, bus): &Dependencies, lease: Lease) -> Result<(), Error> {
    let input: IngestInput = serde_json::from_str(&lease.job().input)?;
    let Some(run) = begin(store, &lease, &input.run_id).await? else {
        let failure =
            Failure { code: "run_ended".to_owned(), detail: "The run has ended already.".to_owned() };
        return Ok(lease.fail(&failure).await?);
    };
    let ingestion = Ingestion { run: &run.id, lease: &lease, store, files, platform };
    match lease.hold(Box::pin(ingestion.go_on())).await {
        Ok(Ingested::Whole(datasets)) => finish(store, bus, lease, &run.id, &datasets).await,
        Ok(Ingested::TimeIsUp) => {
            let job = lease.job().clone();
            lease.release().await?;
            hand_over(&queue.0, &job).await;
            Ok(())
        }
        Err(IngestError::Run(failure)) => {
            store.fail_run(&run.id, &failure).await?;
            let RunFailure { code, detail } = failure;
            Ok(lease.fail(&Failure { code, detail }).await?)
        }
        Err(IngestError::Passing(error)) => Err(error),
    }
}

/// The run, moved to `ingesting`; none if it does not wait for its export.
async fn begin(store: &Store, lease: &Lease, id: &str) -> Result<Option<Run>, Error> {
    let run = store.run(id).await?;
    if run.as_ref().is_some_and(|run| run.state == RunState::Queued) {
        lease.write_with(vec![store.moving(id, RunState::Queued, RunState::Ingesting)?]).await?;
    }
    Ok(run.filter(|run| matches!(run.state, RunState::Queued | RunState::Ingesting)))
}

async fn finish(
    store: &Store,
    bus: &Bus,
    lease: Lease,
    run: &str,
    datasets: &BTreeMap<String, DatasetCount>,
) -> Result<(), Error> {
    let moved = store.ingested(run, datasets)?;
    lease.succeed(Status::Succeeded, &serde_json::json!({ "runId": run }), vec![moved]).await?;
    announce(store, bus, run).await
}

async fn announce(store: &Store, bus: &Bus, run: &str) -> Result<(), Error> {
    if store.run(run).await?.is_none_or(|run| run.state != RunState::Ingested) {
        return Ok(());
    }
    let event = RunReference { run_id: run.to_owned() };
    let now = store.table().clock().now();
    Ok(bus.publish(&Envelope::new(format!("{run}-ingested"), LECTURES_INGESTED, now, event)).await?)
}
