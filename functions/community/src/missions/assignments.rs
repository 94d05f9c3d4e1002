//! Keeping assignments.
//!
//! The key of an assignment is its member, day and slot, so that of ten draws at once one is written.

use aws_sdk_dynamodb::types::TransactWriteItem;
use community_rules::missions::slot::Slot;
use community_rules::photo::MOST_TRIES;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use maru_lambda::Problem;
use maru_store::{Item, ListQuery, Page, Scope, StoreError, integer, text};
use serde::{Deserialize, Serialize};

use super::assignment::{Assignment, Photo, Standing};
use crate::error::Error;
use crate::store::{Store, assignment_key, assignments_partition, drawn_key, place_key};

/// For how long it is known what a member drew on a day, which matters on that day alone.
const DRAWN_KEPT: SignedDuration = SignedDuration::from_hours(48);

/// Where an assignment is.
#[derive(Serialize, Deserialize)]
struct Place {
    day: Date,
    slot: Slot,
}

/// That a mission was drawn on a day.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Drawn {
    expires_at: i64,
}

impl Store {
    /// What a member drew on a day, in the order of the slots.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn assignments(&self, member: &str, day: Date) -> Result<Vec<Assignment>, StoreError> {
        let query = self
            .table()
            .query(&assignments_partition(member))
            .key_condition_expression("pk = :pk AND begins_with(sk, :day)")
            .expression_attribute_values(":day", text(format!("DAY#{day}#")))
            .consistent_read(true);
        let mut found: Vec<Assignment> = self.table().query_all(query).await?;
        found.sort_unstable_by_key(|assignment| assignment.slot);
        Ok(found)
    }

    /// One page of what a member drew on a day, in the order of the slots.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn assignments_page(
        &self,
        member: &str,
        day: Date,
        list: &ListQuery,
    ) -> Result<Page<Assignment>, Problem> {
        let scope = Scope::new("list_my_missions", &day.to_string(), member, &assignments_partition(member));
        let place = |assignment: &Assignment| assignment_key(member, day, assignment.slot).attributes();
        let last = list.cursor.as_deref().map(|cursor| scope.open(cursor)).transpose()?;
        let mut items = self.assignments(member, day).await?;
        if let Some(last) = last {
            let seen = items.iter().position(|assignment| place(assignment) == last);
            items.drain(..seen.map_or(items.len(), |seen| seen + 1));
        }
        let more = items.len() > list.wanted();
        items.truncate(list.wanted());
        let next_cursor = items.last().filter(|_| more).map(|last| scope.seal(&place(last)));
        Ok(Page { items, next_cursor })
    }

    /// A member's assignment.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn assignment(&self, member: &str, id: &str) -> Result<Assignment, Error> {
        let place: Option<Place> = self.table().get(&place_key(member, id), true).await?;
        let Place { day, slot } = place.ok_or(Error::NotFound)?;
        self.table().get(&assignment_key(member, day, slot), true).await?.ok_or(Error::NotFound)
    }

    /// A member's assignment that a photo can still be sent for.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::AlreadyVerified`], [`Error::AssignmentOver`], [`Error::Store`].
    pub async fn open_assignment(&self, member: &str, id: &str, now: Timestamp) -> Result<Assignment, Error> {
        let assignment = self.assignment(member, id).await?;
        match assignment.standing(now) {
            Standing::Open => Ok(assignment),
            Standing::Verified => Err(Error::AlreadyVerified),
            Standing::Missed => Err(Error::AssignmentOver),
        }
    }

    /// Gives a member what they drew, now or by an earlier request of the same attempt; none if they draw the same
    /// mission in another slot of the day at the same moment.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::AlreadyDrawn`], [`Error::Store`].
    pub async fn give(&self, member: &str, assignment: Assignment) -> Result<Option<Assignment>, Error> {
        let Assignment { id, day, slot, mission_id, drawn_at, .. } = &assignment;
        let table = self.table();
        let place = Place { day: *day, slot: *slot };
        let drawn = Drawn { expires_at: (*drawn_at + DRAWN_KEPT).as_second() };
        let own = table.transact_put(&assignment_key(member, *day, *slot), &assignment)?;
        let drawn = table.transact_put(&drawn_key(member, *day, mission_id), &drawn)?;
        let new = "attribute_not_exists(pk)";
        let writes = vec![
            self.members().open_part(member)?,
            table.part(own.condition_expression(new).build())?,
            table.part(drawn.condition_expression(new).build())?,
            table.part(table.transact_put(&place_key(member, id), &place)?.build())?,
        ];
        let Err(cancelled) = table.transact(writes).await? else { return Ok(Some(assignment)) };
        if cancelled.failed_at(0) {
            return Err(Error::Closed);
        }
        let Some(there) = cancelled.failed.into_iter().nth(1).flatten() else { return Ok(None) };
        let there: Assignment = table.decode(there)?;
        if there.id == *id { Ok(Some(there)) } else { Err(Error::AlreadyDrawn(there.id)) }
    }

    /// Notes the photo that is to be uploaded for an assignment, in place of the one before.
    ///
    /// # Errors
    /// [`Error::Closed`], [`Error::NotFound`], [`Error::AlreadyVerified`], [`Error::Store`].
    pub async fn announce(&self, member: &str, assignment: &Assignment, photo: &Photo) -> Result<(), Error> {
        let table = self.table();
        let update = table
            .transact_update(&assignment_key(member, assignment.day, assignment.slot))
            .update_expression("SET photo = :photo")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(verifiedAt)")
            .expression_attribute_values(":photo", table.attribute(photo)?);
        let writes = vec![self.members().open_part(member)?, table.part(update.build())?];
        let Err(cancelled) = table.transact(writes).await? else { return Ok(()) };
        if cancelled.failed_at(0) {
            return Err(Error::Closed);
        }
        let there = cancelled.failed.into_iter().nth(1).flatten().unwrap_or_default();
        if there.is_empty() { Err(Error::NotFound) } else { Err(Error::AlreadyVerified) }
    }

    /// One more try for an assignment: the part of a transaction that starts to look at `photo`. What it means when
    /// its condition does not hold, [`Store::untried`] says.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn try_part(
        &self,
        member: &str,
        assignment: &Assignment,
        photo: &str,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&assignment_key(member, assignment.day, assignment.slot))
            .update_expression("SET tries = tries + :one")
            .condition_expression(
                "attribute_exists(pk) AND attribute_not_exists(verifiedAt) AND tries < :most AND photo.id = :photo",
            )
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":most", integer(MOST_TRIES))
            .expression_attribute_values(":photo", text(photo));
        self.table().part(update.build())
    }

    /// Why an assignment, as it stands, was not tried.
    #[must_use]
    pub fn untried(&self, there: Item) -> Error {
        match self.table().decode::<Assignment>(there) {
            Ok(there) if there.verified_at.is_some() => Error::AlreadyVerified,
            Ok(there) if there.tries >= MOST_TRIES => Error::NoTriesLeft,
            // Another photo was announced meanwhile.
            Ok(_) => Error::Overtaken,
            Err(_) => Error::NotFound,
        }
    }

    /// Gives a try back that nobody looked at a photo with.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn untry_part(&self, member: &str, assignment: &Assignment) -> Result<TransactWriteItem, StoreError> {
        let update = self
            .table()
            .transact_update(&assignment_key(member, assignment.day, assignment.slot))
            .update_expression("SET tries = tries - :one")
            .condition_expression("attribute_exists(pk) AND tries > :none")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":none", integer(0));
        self.table().part(update.build())
    }
}
