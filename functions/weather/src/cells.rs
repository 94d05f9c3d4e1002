//! What is known of a cell, and who may fetch what is not.

use jiff::{SignedDuration, Timestamp};
use maru_kma::{Cell, Product};
use maru_store::{Key, Outcome, StoreError, integer, text};
use serde::Deserialize;
use weather_rules::{Edition, Editions};

use crate::error::Error;
use crate::store::{Store, cell_partition};

/// How long an edition is shown after it was fetched, if no newer one can be had.
const SHOWN: SignedDuration = SignedDuration::from_hours(24);

/// How long nobody else fetches: longer than whoever does may take, an edition that is late and the one before it.
const LEASE: SignedDuration = SignedDuration::from_secs(25);

/// What is known of a cell.
#[derive(Clone, Debug)]
pub struct KnownCell {
    cell: Cell,
    products: [KnownProduct; 3],
}

/// What is known of a product for a cell.
#[derive(Clone, Debug)]
struct KnownProduct {
    product: Product,
    /// The newest edition that can still be shown.
    edition: Option<Edition>,
    /// The base time of an edition that is late: the service was asked and did not have it.
    late: Option<Timestamp>,
    ask_again_at: Option<Timestamp>,
    lease_until: Option<Timestamp>,
}

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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    sk: String,
    edition: Option<String>,
    fetched_at: Option<i64>,
    late: Option<i64>,
    ask_again_at: Option<i64>,
    lease_until: Option<i64>,
}

impl KnownCell {
    /// The editions that can be shown.
    #[must_use]
    pub fn editions(&self) -> Editions {
        let [observation, ultra_short, short] = self.products.clone().map(|known| known.edition);
        Editions { observation, ultra_short, short }
    }

    /// The products of which a newer edition should be there and nobody is about to fetch it.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Vec<Product> {
        self.products.iter().filter(|known| known.is_due(now)).map(|known| known.product).collect()
    }

    /// Whether an edition is not the newest that there is.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.products.iter().any(|known| known.is_behind(now))
    }

    /// Whether somebody is about to fetch a product of which there is nothing to be shown.
    #[must_use]
    pub fn is_awaited(&self, now: Timestamp) -> bool {
        self.products.iter().any(|known| known.edition.is_none() && known.is_leased(now))
    }

    /// When the first of the products that failed is asked for again.
    #[must_use]
    pub fn ask_again_at(&self) -> Option<Timestamp> {
        self.products.iter().filter_map(|known| known.ask_again_at).min()
    }

    /// The edition of a product that is known.
    #[must_use]
    pub fn edition(&self, product: Product) -> Option<&Edition> {
        self.products.iter().find(|known| known.product == product)?.edition.as_ref()
    }
}

impl KnownProduct {
    fn unknown(product: Product) -> Self {
        Self { product, edition: None, late: None, ask_again_at: None, lease_until: None }
    }

    fn is_behind(&self, now: Timestamp) -> bool {
        let newest = self.product.newest_base(now);
        let has = |base: Timestamp| base >= newest;
        // One that is late is not there for anybody.
        !(self.edition.as_ref().is_some_and(|edition| has(edition.base)) || self.late.is_some_and(has))
    }

    fn is_leased(&self, now: Timestamp) -> bool {
        self.lease_until.is_some_and(|until| until > now)
    }

    fn is_due(&self, now: Timestamp) -> bool {
        let newest = self.product.newest_base(now);
        let is_newest = self.edition.as_ref().is_some_and(|edition| edition.base >= newest);
        let rests = self.ask_again_at.is_some_and(|at| at > now);
        !is_newest && !rests && !self.is_leased(now)
    }
}

impl Store {
    /// What is known of a cell; `consistent` sees what was kept a moment ago.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Json`].
    pub async fn cell(&self, cell: Cell, now: Timestamp, consistent: bool) -> Result<KnownCell, Error> {
        let query = self.table().query(&cell_partition(cell)).consistent_read(consistent);
        let mut products = Product::ALL.map(KnownProduct::unknown);
        for kept in self.table().query_all::<Kept>(query).await? {
            if let Some(known) = products.iter_mut().find(|known| name(known.product) == kept.sk) {
                *known = read(known.product, &kept, now)?;
            }
        }
        Ok(KnownCell { cell, products })
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
        let (base, key) = (product.newest_base(now), key(known.cell, product));
        let until = now.as_millisecond() + i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        let update = self
            .table()
            .update(&key)
            .update_expression("SET leaseUntil = :until, expiresAt = if_not_exists(expiresAt, :expires)")
            .condition_expression(
                "(attribute_not_exists(baseTime) OR baseTime < :base) \
                 AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :now) \
                 AND (attribute_not_exists(askAgainAt) OR askAgainAt <= :now)",
            )
            .expression_attribute_values(":until", integer(until))
            .expression_attribute_values(":now", integer(now.as_millisecond()))
            .expression_attribute_values(":base", integer(base.as_second()))
            .expression_attribute_values(":expires", integer(expiry(now)));
        let outcome = self.table().update_if(update).await?;
        Ok(outcome.done().map(|_| Claim { product, base, key, until }))
    }

    /// Keeps what was fetched, unless a newer edition is known. `late` is the base of an edition that was not there
    /// yet, and when to ask for that again.
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
        let forget = if late.is_some() { "" } else { ", late, askAgainAt" };
        let remember = if late.is_some() { ", late = :late, askAgainAt = :again" } else { "" };
        let mut update = self
            .table()
            .update(&claim.key)
            .update_expression(format!(
                "SET baseTime = :base, edition = :edition, fetchedAt = :now, expiresAt = :expires{remember} \
                 REMOVE leaseUntil{forget}"
            ))
            .condition_expression("attribute_not_exists(baseTime) OR baseTime <= :base")
            .expression_attribute_values(":base", integer(edition.base.as_second()))
            .expression_attribute_values(":edition", text(serde_json::to_string(edition)?))
            .expression_attribute_values(":now", integer(now.as_second()))
            .expression_attribute_values(":expires", integer(expiry(now)));
        if let Some(again) = late {
            update = update
                .expression_attribute_values(":late", integer(claim.base.as_second()))
                .expression_attribute_values(":again", integer(again.as_millisecond()));
        }
        // Refused when somebody who came later was faster.
        self.table().update_if(update).await?;
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

fn read(product: Product, kept: &Kept, now: Timestamp) -> Result<KnownProduct, Error> {
    let millisecond = |at: Option<i64>| at.and_then(|at| Timestamp::from_millisecond(at).ok());
    let second = |at: Option<i64>| at.and_then(|at| Timestamp::from_second(at).ok());
    let fetched = second(kept.fetched_at);
    let is_shown = fetched.is_some_and(|fetched| now.duration_since(fetched) < SHOWN);
    let edition = kept.edition.as_deref().filter(|_| is_shown).map(serde_json::from_str).transpose()?;
    Ok(KnownProduct {
        product,
        edition,
        late: second(kept.late),
        ask_again_at: millisecond(kept.ask_again_at),
        lease_until: millisecond(kept.lease_until),
    })
}

const fn name(product: Product) -> &'static str {
    match product {
        Product::Observation => "OBSERVATION",
        Product::UltraShort => "ULTRA_SHORT",
        Product::Short => "SHORT",
    }
}

fn key(cell: Cell, product: Product) -> Key {
    Key::new(cell_partition(cell), name(product))
}

fn expiry(now: Timestamp) -> i64 {
    now.as_second() + SHOWN.as_secs()
}
