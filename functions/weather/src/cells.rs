//! What is known of a cell, and who may fetch what is not.

use jiff::{SignedDuration, Timestamp};
use maru_kma::{Cell, Product};
use maru_store::{Key, Outcome, StoreError, integer, text};
use weather_rules::Edition;

use crate::error::Error;
use crate::known::{Kept, KnownCell, SHOWN, name};
use crate::store::{Store, cell_partition};

/// How long nobody else fetches: longer than whoever does may take, an edition that is late and the one before it.
const LEASE: SignedDuration = SignedDuration::from_secs(25);

/// The right to fetch a product for a cell, until another may.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "others wait for what is fetched"]
pub struct Claim {
    /// Which product.
    pub product: Product,
    /// Which edition of it.
    pub base: Timestamp,
    key: Key,
    until: i64,
}

impl Store {
    /// What is known of a cell; `consistent` sees what was kept a moment ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn cell(&self, cell: Cell, now: Timestamp, consistent: bool) -> Result<KnownCell, StoreError> {
        let query = self.table().query(&cell_partition(cell)).consistent_read(consistent);
        let kept: Vec<Kept> = self.table().query_all(query).await?;
        Ok(KnownCell::of(cell, &kept, now))
    }

    /// The right to fetch a product that is due; none if somebody else has it, or has fetched it meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim(
        &self,
        known: &KnownCell,
        product: Product,
        now: Timestamp,
    ) -> Result<Option<Claim>, StoreError> {
        let (base, key) = (product.newest_base(now), key(known.cell(), product));
        let until = now.as_millisecond() + i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        let update = self
            .table()
            .update(&key)
            .update_expression("SET leaseUntil = :until, expiresAt = if_not_exists(expiresAt, :expires)")
            .condition_expression(
                "(attribute_not_exists(baseTime) OR baseTime < :base OR fetchedAt = :unreadable) \
                 AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :now) \
                 AND (attribute_not_exists(askAgainAt) OR askAgainAt <= :now)",
            )
            .expression_attribute_values(":until", integer(until))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":base", integer(base.as_second()))
            // Of one that cannot be read the base says nothing. Nothing was fetched before 1970.
            .expression_attribute_values(":unreadable", integer(known.unreadable(product).unwrap_or(-1)))
            .expression_attribute_values(":expires", integer(expiry(now)));
        let outcome = self.table().update_if(update).await?;
        Ok(outcome.done().map(|_| Claim { product, base, key, until }))
    }

    /// Keeps what was fetched, unless a newer edition is known, and gives the claim back. `late` is the base of an edition
    /// that was not there yet, and when to ask for that again.
    ///
    /// When the claim ran out and another has it, the edition is kept all the same, and nothing else is touched: the
    /// lease is the other's, who knows better what is late.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Json`].
    pub async fn keep(
        &self,
        claim: &Claim,
        edition: &Edition,
        late: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let written = serde_json::to_string(edition)?;
        let write = |rest: &str, mine: &str| {
            self.table()
                .update(&claim.key)
                .update_expression(format!(
                    "SET baseTime = :base, edition = :edition, fetchedAt = :now, expiresAt = :expires{rest}"
                ))
                .condition_expression(format!("{mine}(attribute_not_exists(baseTime) OR baseTime <= :base)"))
                .expression_attribute_values(":base", integer(edition.base.as_second()))
                .expression_attribute_values(":edition", text(&written))
                .expression_attribute_values(":now", integer(now.as_second()))
                .expression_attribute_values(":expires", integer(expiry(now)))
        };
        let ours = "leaseUntil = :mine AND ";
        let update = match late {
            None => write(" REMOVE leaseUntil, late, askAgainAt", ours),
            Some(again) => write(", late = :late, askAgainAt = :again REMOVE leaseUntil", ours)
                .expression_attribute_values(":late", integer(claim.base.as_second()))
                .expression_attribute_values(":again", integer(again.as_millisecond())),
        };
        let update = update.expression_attribute_values(":mine", integer(claim.until));
        if let Outcome::Refused(_) = self.table().update_if(update).await? {
            // Refused when somebody who came later was faster.
            self.table().update_if(write("", "")).await?;
        }
        Ok(())
    }

    /// Gives a claim back without anything fetched: nobody asks again before `again`. With `is_late` the edition is
    /// not there yet, for anybody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn let_go(&self, claim: &Claim, again: Timestamp, is_late: bool) -> Result<(), StoreError> {
        let remember = if is_late { ", late = :late" } else { "" };
        let mut update = self
            .table()
            .update(&claim.key)
            .update_expression(format!("SET askAgainAt = :again{remember} REMOVE leaseUntil"))
            .condition_expression("leaseUntil = :mine")
            .expression_attribute_values(":again", integer(again.as_millisecond()))
            .expression_attribute_values(":mine", integer(claim.until));
        if is_late {
            update = update.expression_attribute_values(":late", integer(claim.base.as_second()));
        }
        // Refused when it ran out and another has it.
        match self.table().update_if(update).await? {
            Outcome::Done(_) | Outcome::Refused(_) => Ok(()),
        }
    }
}

fn key(cell: Cell, product: Product) -> Key {
    Key::new(cell_partition(cell), name(product))
}

fn expiry(now: Timestamp) -> i64 {
    now.as_second() + SHOWN.as_secs()
}
