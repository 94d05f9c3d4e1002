//! An edit waits: asks the model what could stand in place of the selection, and keeps the proposal.

use maru_credits::CreditStore;
use maru_jobs::{Acquired, Failure, JobRequested, Jobs, Lease, Status};
use maru_lambda::Message;
use maru_model::Model;
use serde_json::json;

use crate::edit::{EditInput, Proposal, write_edit};
use crate::error::Error;
use crate::stopped::{self, Stopped};
use crate::store::{Store, resume_key};

pub async fn handle(
    (jobs, store, credits, model): (Jobs, Store, CreditStore, Model),
    message: Message<JobRequested>,
) -> Result<(), Error> {
    match maru_model::acquire(&jobs, &message.event.data.job_id).await? {
        Acquired::Lease(lease) => Box::pin(propose(&store, &credits, &model, *lease)).await,
        Acquired::Exhausted(lease) => fail(&credits, *lease, &Failure::exhausted()).await,
        Acquired::Busy | Acquired::Ended | Acquired::Unknown => Ok(()),
    }
}

async fn propose(store: &Store, credits: &CreditStore, model: &Model, lease: Lease) -> Result<(), Error> {
    let input: EditInput = serde_json::from_str(&lease.job().input)?;
    let writing = Box::pin(write_edit(store, model, &lease, &input));
    match lease.hold(writing).await {
        Ok(after) => {
            let EditInput { edit_id, resume_id, member_id, selected, .. } = input;
            let result = json!({ "editId": edit_id, "before": selected.before, "after": after });
            let created_at = store.table().clock().now();
            let proposal = Proposal { edit_id, resume_id, selected, after, created_at, applied_as: None };
            let resume = store.table().transact_check(&resume_key(&member_id, &proposal.resume_id));
            let resume = resume.condition_expression("attribute_exists(pk)").build();
            let writes = vec![store.propose(&member_id, &proposal)?, store.table().part(resume)?];
            Ok(lease.succeed(Status::Succeeded, &result, writes).await?)
        }
        Err(Stopped::Failed(failure)) => fail(credits, lease, &failure).await,
        Err(Stopped::Interrupted(error)) => Err(error),
    }
}

async fn fail(credits: &CreditStore, lease: Lease, failure: &Failure) -> Result<(), Error> {
    let input: EditInput = serde_json::from_str(&lease.job().input)?;
    stopped::fail(credits, lease, (&input.member_id, input.credit_day), failure).await
}
