//! How a worker's time with a job ends: well, in failure, or by letting go of it.

use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use maru_store::{Outcome, integer, text};

use crate::event::{EventKind, NewEvent};
use crate::job::{Failure, Status};
use crate::job_key;
use crate::lease::{FENCE, Lease, LeaseError};

/// What every end sets.
const ENDING: &str = "SET lastEvent = :last, updatedAt = :now, #status = :ended";

impl Lease {
    /// Lets go of the job before the work is done, so that another worker can go on at once.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn release(self) -> Result<(), LeaseError> {
        let update = self
            .table()
            .update(&job_key(&self.job.id))
            .update_expression("SET leaseUntil = :now, dueAt = :now")
            .condition_expression(FENCE)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":mine", integer(self.epoch))
            .expression_attribute_values(":running", text("running"))
            .expression_attribute_values(":now", integer(self.table().clock().now().as_millisecond()));
        match self.table().update_if(update).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Refused(_) => Err(LeaseError::Lost(self.job.id)),
        }
    }

    /// Ends the job well, together with the domain's own `writes` (the result itself): all or nothing.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn succeed(
        self,
        status: Status,
        result: &serde_json::Value,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let data = serde_json::json!({ "status": status, "result": result });
        let update = self.ending(status).expression_attribute_values(":result", text(result.to_string()));
        let update =
            update.update_expression(format!("{ENDING}, #result = :result REMOVE duePartition, dueAt"));
        let update = update.expression_attribute_names("#result", "result");
        self.finish(update, NewEvent::new(EventKind::Done, data), writes).await
    }

    /// Ends the job as failed.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn fail(self, failure: &Failure) -> Result<(), LeaseError> {
        self.fail_with(failure, Vec::new()).await
    }

    /// Ends the job as failed, together with the domain's own `writes`: all or nothing. What was taken when
    /// the job was started ([`crate::Jobs::start_with`]) is given back here, so that it is given back exactly once.
    /// A condition among the writes that does not hold looks like a lost lease: let them hold whenever the
    /// job is not ended.
    ///
    /// # Errors
    /// [`LeaseError`].
    pub async fn fail_with(
        self,
        failure: &Failure,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let data =
            serde_json::json!({ "status": Status::Failed, "code": failure.code, "detail": failure.detail });
        let error = self.table().attribute(failure)?;
        let update = self.ending(Status::Failed).expression_attribute_values(":error", error);
        let update =
            update.update_expression(format!("{ENDING}, #error = :error REMOVE duePartition, dueAt"));
        let update = update.expression_attribute_names("#error", "error");
        self.finish(update, NewEvent::new(EventKind::Error, data), writes).await
    }

    async fn finish(
        self,
        update: UpdateBuilder,
        event: NewEvent,
        writes: Vec<TransactWriteItem>,
    ) -> Result<(), LeaseError> {
        let mut tail = self.tail.lock().await;
        self.transact(update, &mut tail, &[event], writes).await
    }

    fn ending(&self, status: Status) -> UpdateBuilder {
        let name = match status {
            Status::PartlySucceeded => "partly_succeeded",
            Status::Failed => "failed",
            _ => "succeeded",
        };
        self.update().expression_attribute_values(":ended", text(name))
    }
}
