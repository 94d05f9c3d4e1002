//! Claiming a coupon.
//!
//! A claim is made by one transaction: the claim itself, unless the member has one; one piece less of a share that has
//! one; and that the member's account is open and, where it is asked for, that a mission of today was verified. A member
//! begins at a share of their own and goes on to the next ones, so that nobody is told "sold out" before every share was
//! seen empty. Which share was only crowded is not known to be empty: who found no other one, or met two such, is asked to
//! come again.
//!
//! A request whose answer was lost is sent again and finds the claim. One whose function died has written all or nothing.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use community_rules::coupon::{Condition, Phase, claim_id, order_of};
use jiff::Timestamp;
use maru_lambda::day_in_seoul;
use maru_store::StoreError;
use serde::Deserialize;

use super::keys::{claim_key, share_partition};
use super::{Claim, Coupon};
use crate::error::Error;
use crate::store::{Store, mission_day_key};

/// Where the writes of a claim stand in their transaction.
const CLAIM: usize = 0;
const SHARE: usize = 1;
const OPEN: usize = 2;

/// What a member has after claiming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// A claim of this request's.
    New(Claim),
    /// The claim that they had before.
    Before(Claim),
}

/// That a mission was verified.
#[derive(Deserialize)]
struct Done {}

/// What became of an attempt to take a piece of one share.
enum Taken {
    Given(Claim),
    Before(Claim),
    Empty,
    /// So many others were at the share that nothing was decided.
    Crowded,
}

impl Store {
    /// The claim of a member on a coupon.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_of(&self, member: &str, coupon: &str) -> Result<Option<Claim>, StoreError> {
        self.claim(member, &claim_id(coupon, member)).await
    }

    /// Whether it is worth trying to claim a coupon, as far as reading can tell.
    ///
    /// # Errors
    /// [`Error::NotOpenYet`], [`Error::CouponOver`], [`Error::SoldOut`], [`Error::MissionMissing`], [`Error::Store`].
    pub async fn check_claimable(&self, coupon: &Coupon, member: &str, now: Timestamp) -> Result<(), Error> {
        match coupon.phase(now) {
            Phase::Coming => return Err(Error::NotOpenYet),
            Phase::Closed => return Err(Error::CouponOver),
            Phase::Open => {}
        }
        if coupon.is_sold_out() {
            return Err(Error::SoldOut);
        }
        let Some(Condition::MissionToday) = coupon.condition else { return Ok(()) };
        let done: Option<Done> = self.table().get(&mission_day_key(member, day_in_seoul(now)), true).await?;
        if done.is_some() { Ok(()) } else { Err(Error::MissionMissing) }
    }

    /// Claims a coupon for a member. After two crowded shares they are asked to come again: each costs up to five
    /// seconds of pauses, and a request has no time for a third. The clock is looked at before each share: the end of the
    /// coupon's time may come meanwhile.
    ///
    /// # Errors
    /// [`Error::SoldOut`], [`Error::MissionMissing`], [`Error::CouponOver`], [`Error::Closed`]; [`Error::Overtaken`] after
    /// two crowded shares, or after one when the others are empty and it may not be; [`Error::Store`].
    pub async fn take(&self, coupon: &Coupon, member: &str) -> Result<Claimed, Error> {
        let (mut empty, mut crowded) = (coupon.emptied.clone(), false);
        for share in order_of(&coupon.id, member, coupon.shares) {
            if empty.contains(&share) {
                continue;
            }
            let now = self.table().clock().now();
            if coupon.phase(now) == Phase::Closed {
                return Err(Error::CouponOver);
            }
            match self.take_of(coupon, share, member, now).await? {
                Taken::Given(claim) => {
                    // With one share empty, the others are not far from it.
                    if coupon.shares == 1 || !empty.is_empty() {
                        self.look_after(coupon, share, now).await;
                    }
                    return Ok(Claimed::New(claim));
                }
                Taken::Before(claim) => return Ok(Claimed::Before(claim)),
                Taken::Empty => {
                    // One look saves a refused transaction for each of the others.
                    empty.extend(self.empty_shares(coupon).await?);
                    self.try_mark_empty(coupon, &empty, now).await;
                }
                Taken::Crowded if crowded => return Err(Error::Overtaken),
                Taken::Crowded => crowded = true,
            }
        }
        if crowded && (0..coupon.shares).any(|share| !empty.contains(&share)) {
            return Err(Error::Overtaken);
        }
        // Another request of the same member may have had the last one.
        let before = self.claim_of(member, &coupon.id).await?;
        before.map(Claimed::Before).ok_or(Error::SoldOut)
    }

    async fn take_of(
        &self,
        coupon: &Coupon,
        share: u32,
        member: &str,
        now: Timestamp,
    ) -> Result<Taken, Error> {
        let claim = Claim {
            id: claim_id(&coupon.id, member),
            coupon_id: coupon.id.clone(),
            name: coupon.name.clone(),
            discount: coupon.discount,
            opens_at: coupon.opens_at,
            closes_at: coupon.closes_at,
            stock_share: share_partition(&coupon.id, share),
            claimed_at: now,
            used_at: None,
            use_id: None,
        };
        let table = self.table();
        let new = table.transact_put(&claim_key(member, &claim.id), &claim)?;
        let mut writes = vec![
            table.part(new.condition_expression("attribute_not_exists(pk)").build())?,
            self.take_part(&coupon.id, share)?,
            self.members().open_part(member)?,
        ];
        if let Some(Condition::MissionToday) = coupon.condition {
            writes.push(self.did_mission_part(member, day_in_seoul(now))?);
        }
        let cancelled = match table.transact(writes).await {
            Ok(Ok(())) => return Ok(Taken::Given(claim)),
            Ok(Err(cancelled)) => cancelled,
            Err(error) if is_crowded(&error) => return Ok(Taken::Crowded),
            Err(error) => return Err(error.into()),
        };
        if cancelled.failed_at(CLAIM) {
            let before = cancelled.failed.into_iter().nth(CLAIM).flatten().unwrap_or_default();
            return Ok(Taken::Before(table.decode(before)?));
        }
        if cancelled.failed_at(OPEN) {
            return Err(Error::Closed);
        }
        // Before the mission, because a share that is empty stays so.
        if cancelled.failed_at(SHARE) { Ok(Taken::Empty) } else { Err(Error::MissionMissing) }
    }
}

/// Whether a transaction was given up because it met others each time.
fn is_crowded(error: &StoreError) -> bool {
    let StoreError::Unavailable { source, .. } = error else { return false };
    let error = source.downcast_ref::<SdkError<TransactWriteItemsError>>();
    let reasons = error.and_then(SdkError::as_service_error).and_then(|error| match error {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            Some(cancelled.cancellation_reasons())
        }
        _ => None,
    });
    reasons.is_some_and(|reasons| {
        let codes = || reasons.iter().filter_map(|reason| reason.code());
        codes().any(|code| code == "TransactionConflict")
            && codes().all(|code| ["None", "TransactionConflict"].contains(&code))
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::config::http::HttpResponse;
    use aws_sdk_dynamodb::types::CancellationReason;
    use aws_sdk_dynamodb::types::error::TransactionCanceledException;

    use super::*;

    fn cancelled(codes: &[&str]) -> StoreError {
        let reason = |code: &&str| CancellationReason::builder().code(*code).build();
        let reasons = codes.iter().map(reason).collect();
        let cancelled = TransactionCanceledException::builder().set_cancellation_reasons(Some(reasons));
        let error = TransactWriteItemsError::TransactionCanceledException(cancelled.build());
        let answer = HttpResponse::new(400.try_into().unwrap(), "".into());
        let source = Box::new(SdkError::service_error(error, answer));
        StoreError::Unavailable { operation: "TransactWriteItems", table: "t".to_owned(), source }
    }

    /// Only what says nothing of the share leads to the next one, and never to "sold out".
    #[test]
    fn a_share_is_crowded_when_transactions_met_and_nothing_else_was_wrong() {
        assert!(is_crowded(&cancelled(&["None", "TransactionConflict", "None"])));
        assert!(is_crowded(&cancelled(&["TransactionConflict", "TransactionConflict"])));
        assert!(!is_crowded(&cancelled(&["None", "ThrottlingError"])));
        assert!(!is_crowded(&cancelled(&["TransactionConflict", "ValidationError"])));
        assert!(!is_crowded(&cancelled(&["None", "None"])));
        let other =
            StoreError::Unavailable { operation: "PutItem", table: "t".to_owned(), source: "x".into() };
        assert!(!is_crowded(&other));
    }
}
