//! A report waits: writes it, step by step, each claim checked against its quotes.

use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::Message;
use maru_model::Model;

use super::create_report::ReportInput;
use crate::error::Error;
use crate::report::{Material, write_report};
use crate::store::{Store, report_key};

pub async fn handle(
    (jobs, store, model): (Jobs, Store, Model),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    let lease = match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => lease,
        Acquired::Exhausted(lease) => return Ok(lease.fail(&Failure::exhausted()).await?),
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => return Ok(()),
    };
    let input: ReportInput = serde_json::from_str(&lease.job().input)?;
    if store.table().erasure(&input.lecturer_id).is_begun().await? {
        let detail = "The account was closed.".to_owned();
        return Ok(lease.fail(&Failure { code: "account_closed".to_owned(), detail }).await?);
    }
    let Some(material) = material(&store, &input).await? else {
        let detail = "The numbers that the report began with were replaced. Ask again.".to_owned();
        return Ok(lease.fail(&Failure { code: "generation_gone".to_owned(), detail }).await?);
    };
    write(&store, &model, *lease, &input, &material).await
}

async fn write(
    store: &Store,
    model: &Model,
    lease: Lease,
    input: &ReportInput,
    material: &Material,
) -> Result<(), Error> {
    match lease.hold(write_report(model, &lease, material)).await {
        Ok(report) => {
            let put =
                store.table().transact_put(&report_key(&input.lecturer_id, &input.report_id), &report)?;
            let put = store.table().part(put.condition_expression("attribute_not_exists(pk)").build())?;
            let result = serde_json::json!({ "reportId": input.report_id });
            // Refused when the account is closed meanwhile; the message comes again, and the job ends as failed.
            let writes = vec![put, store.table().erasure(&input.lecturer_id).not_begun()?];
            Ok(lease.succeed(Status::Succeeded, &result, writes).await?)
        }
        Err(error) => match error.failure() {
            Some(failure) => {
                tracing::warn!(
                    job.id = lease.job().id,
                    error = maru_lambda::logs::chain(&error),
                    "no report"
                );
                Ok(lease.fail(&failure).await?)
            }
            None => Err(error.into()),
        },
    }
}

/// What the report is written from; none if its generation is gone.
async fn material(store: &Store, input: &ReportInput) -> Result<Option<Material>, Error> {
    let pointer = store.pointer().await?;
    if !pointer.is_some_and(|pointer| {
        pointer.generation == input.generation || pointer.previous.as_ref() == Some(&input.generation)
    }) {
        return Ok(None);
    }
    let first = input.counted_until.first_of_month();
    let numbers = store.numbers(&input.generation, &input.lecturer_id, first).await?;
    let texts = store.texts(&input.generation, &input.lecturer_id).await?;
    Ok(Some(Material::new(input, input.counted_until, numbers, texts)))
}
