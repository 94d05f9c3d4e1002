//! That a member did a mission of a day: a condition of other things, such as a coupon.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::civil::Date;
use maru_store::StoreError;
use serde::Serialize;

use crate::store::{Store, mission_day_key};

/// That a mission of the day was verified.
#[derive(Serialize)]
struct Done<'a> {
    /// The latest one that was.
    assignment: &'a str,
}

impl Store {
    /// A condition for a transaction: a mission that `member` drew on `day` was verified.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn did_mission_part(&self, member: &str, day: Date) -> Result<TransactWriteItem, StoreError> {
        let check = self.table().transact_check(&mission_day_key(member, day));
        self.table().part(check.condition_expression("attribute_exists(pk)").build())
    }

    /// Notes that an assignment of `day` was verified, as part of the transaction that verifies it.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn mission_done_part(
        &self,
        member: &str,
        day: Date,
        assignment: &str,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(&mission_day_key(member, day), &Done { assignment })?;
        self.table().part(put.build())
    }
}
