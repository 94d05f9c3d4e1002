//! What a verdict changes: the assignment, the points, the ranking. Once, however often it is begun.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_jobs::{Failure, Lease, LeaseError};
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use super::assignment::{Assignment, Verdict};
use super::failures::{failure, gone, used};
use crate::error::Error;
use crate::store::{Store, assignment_key, photo_key};

/// What was seen in a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The hash of its file.
    pub hash: String,
    /// What was said of it.
    pub verdict: Verdict,
}

/// Which assignment a photo proved. Nobody is named: a hash leads back to no photo, and the assignment is erased with
/// its member.
#[derive(Debug, Serialize, Deserialize)]
struct Shown {
    assignment: String,
}

/// Where the conditions stand among the writes of a verdict.
const FENCE: usize = 0;
const ASSIGNMENT: usize = 1;
const PHOTO: usize = 2;
const MEMBER: usize = 3;

impl Store {
    /// Which assignment a photo of this hash proved; none if it proved none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn shown_for(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let shown: Option<Shown> = self.table().get(&photo_key(hash), true).await?;
        Ok(shown.map(|shown| shown.assignment))
    }

    /// Settles what was seen for an assignment of `member`. If the photo shows what it must: the assignment is
    /// verified, the photo used and the points given, in one transaction under the lease's fence, whose conditions let
    /// it happen once. Else the verdict is noted, and the assignment stays open.
    ///
    /// Settled by this very job before, it is settled.
    ///
    /// # Errors
    /// [`Error::Lease`] when another worker has the job, [`Error::Store`]. A failure is what the job ends by instead:
    /// something else came before.
    pub async fn settle(
        &self,
        lease: &Lease,
        member: &str,
        assignment: &Assignment,
        seen: &Seen,
    ) -> Result<Result<(), Failure>, Error> {
        let writes = if seen.verdict.shows {
            self.verified_parts(lease, member, assignment, seen)?
        } else {
            vec![lease.fence()?, self.noted_part(member, assignment, &seen.verdict)?]
        };
        let Err(cancelled) = self.table().transact(writes).await? else { return Ok(Ok(())) };
        if cancelled.failed_at(FENCE) {
            return Err(Error::Lease(LeaseError::Lost(lease.job().id.clone())));
        }
        let failed = |place: usize| cancelled.failed.get(place).cloned().flatten();
        if let Some(there) = failed(ASSIGNMENT) {
            let there: Option<Assignment> = self.table().decode(there).ok();
            return Ok(match there {
                Some(there) if there.verified_by.as_ref() == Some(&lease.job().id) => Ok(()),
                Some(_) => Err(failure("already_verified", ALREADY)),
                None => Err(gone()),
            });
        }
        if failed(PHOTO).is_some() {
            return Ok(Err(used()));
        }
        debug_assert!(failed(MEMBER).is_some(), "some condition did not hold");
        Ok(Err(gone()))
    }

    fn verified_parts(
        &self,
        lease: &Lease,
        member: &str,
        assignment: &Assignment,
        Seen { hash, verdict }: &Seen,
    ) -> Result<Vec<TransactWriteItem>, Error> {
        let table = self.table();
        let verified = table
            .transact_update(&assignment_key(member, assignment.day, assignment.slot))
            .update_expression("SET verdict = :verdict, verifiedAt = :now, verifiedBy = :job")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(verifiedAt)")
            .expression_attribute_values(":verdict", table.attribute(verdict)?)
            .expression_attribute_values(":now", table.attribute(&table.clock().now())?)
            .expression_attribute_values(":job", text(&lease.job().id));
        let shown = table.transact_put(&photo_key(hash), &Shown { assignment: assignment.id.clone() })?;
        let shown = shown.condition_expression("attribute_not_exists(pk)");
        Ok(vec![
            lease.fence()?,
            table.part(verified.build())?,
            table.part(shown.build())?,
            self.points_part(member, assignment.content.points)?,
            self.mission_done_part(member, assignment.day, &assignment.id)?,
        ])
    }

    fn noted_part(
        &self,
        member: &str,
        assignment: &Assignment,
        verdict: &Verdict,
    ) -> Result<TransactWriteItem, StoreError> {
        let table = self.table();
        let noted = table
            .transact_update(&assignment_key(member, assignment.day, assignment.slot))
            .update_expression("SET verdict = :verdict")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(verifiedAt)")
            .expression_attribute_values(":verdict", table.attribute(verdict)?);
        table.part(noted.build())
    }
}

const ALREADY: &str = "Another photo showed the mission meanwhile; its points are yours.";
