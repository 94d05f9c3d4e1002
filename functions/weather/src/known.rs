//! What is known of a cell, as it is kept in the table.

use jiff::{SignedDuration, Timestamp};
use maru_kma::{Cell, Product};
use maru_lambda::logs;
use serde::Deserialize;
use weather_rules::{Edition, Editions};

/// How long an edition is shown after it was fetched, if no newer one can be had.
pub const SHOWN: SignedDuration = SignedDuration::from_hours(24);

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
    /// When an edition was fetched that cannot be read any more, and counts as none.
    unreadable: Option<i64>,
}

/// The item of a product.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// Which product.
    pub sk: String,
    edition: Option<String>,
    fetched_at: Option<i64>,
    late: Option<i64>,
    ask_again_at: Option<i64>,
    lease_until: Option<i64>,
}

impl KnownCell {
    /// What the items of a cell say.
    #[must_use]
    pub fn of(cell: Cell, kept: &[Kept], now: Timestamp) -> Self {
        let products = Product::ALL.map(|product| {
            let kept = kept.iter().find(|kept| name(product) == kept.sk);
            kept.map_or_else(|| KnownProduct::unknown(product), |kept| KnownProduct::of(product, kept, now))
        });
        Self { cell, products }
    }

    /// Which cell it is.
    #[must_use]
    pub fn cell(&self) -> Cell {
        self.cell
    }

    /// When the edition of a product was fetched that cannot be read any more, in seconds; none if there is no such.
    #[must_use]
    pub fn unreadable(&self, product: Product) -> Option<i64> {
        self.products.iter().find(|known| known.product == product)?.unreadable
    }

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
        Self { product, edition: None, late: None, ask_again_at: None, lease_until: None, unreadable: None }
    }

    fn of(product: Product, kept: &Kept, now: Timestamp) -> Self {
        let millisecond = |at: Option<i64>| at.and_then(|at| Timestamp::from_millisecond(at).ok());
        let second = |at: Option<i64>| at.and_then(|at| Timestamp::from_second(at).ok());
        let fetched = second(kept.fetched_at);
        let is_shown = fetched.is_some_and(|fetched| now.duration_since(fetched) < SHOWN);
        let edition = kept.edition.as_deref().filter(|_| is_shown).map(serde_json::from_str::<Edition>);
        // Written by a version of ours that has another idea of an edition.
        let unreadable = edition.as_ref().and_then(|edition| edition.as_ref().err());
        if let Some(error) = unreadable {
            let error = logs::chain(error);
            tracing::warn!(
                product = kept.sk,
                error,
                "an edition cannot be read any more and is fetched again"
            );
        }
        Self {
            product,
            unreadable: unreadable.and(kept.fetched_at),
            edition: edition.and_then(Result::ok),
            late: second(kept.late),
            ask_again_at: millisecond(kept.ask_again_at),
            lease_until: millisecond(kept.lease_until),
        }
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

/// The name of a product's item.
#[must_use]
pub const fn name(product: Product) -> &'static str {
    match product {
        Product::Observation => "OBSERVATION",
        Product::UltraShort => "ULTRA_SHORT",
        Product::Short => "SHORT",
    }
}
