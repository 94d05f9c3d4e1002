//! The sandbox of Korea's weather service (KMA) at the public data portal: the warnings of `WthrWrnInfoService` and
//! the forecasts of `VilageFcstInfoService_2.0` (`api`), and what no partner has: a page on which a person issues,
//! raises and lifts a warning (`control`).
//!
//! **The weather is invented** (`weather`): it follows from the cell and the hour, so that it is the same each
//! time, and looks plausible, but nobody measured it. Every such answer says so in the header [`ORIGIN`]. Or answers
//! that were recorded are replayed from files ([`Answers::recorded`]).
//!
//! Rules are those of the KMA guide 기상청21 (edition 2026-06-01, warnings; 2024-11-28, forecasts) and of recorded
//! answers; where both are silent a comment says what the sandbox assumes. Left out: the portal's other operations,
//! and limits that nobody sets by a fault on demand (`kma/getPwnCd`, `kma/getVilageFcst`, for one cell
//! `kma/getVilageFcst:60,127`).

mod answers;
mod api;
mod control;
mod names;
mod recorded;
mod time;
mod warnings;
mod weather;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;

pub use self::answers::Answers;
pub use self::warnings::Row;
pub use self::weather::{Falling, Hour};

use crate::clock::LocalClock;
use crate::faults::Faults;

/// The one key that is registered.
pub const SERVICE_KEY: &str = "kma-service-key";

/// The header that says where an answer comes from: `invented` or `recorded`.
pub const ORIGIN: &str = "x-maru-weather";

/// The sandbox.
#[derive(Debug)]
pub struct Kma {
    clock: LocalClock,
    faults: Arc<Faults>,
    answers: Answers,
}

impl Kma {
    /// The sandbox with these answers, on this clock. Of `faults` it takes those of
    /// [`FaultTarget::Partner`](crate::faults::FaultTarget::Partner): `kma`, `kma/<operation>`, and
    /// `kma/<operation>:<nx>,<ny>` for one cell.
    #[must_use]
    pub fn new(clock: LocalClock, faults: Arc<Faults>, answers: Answers) -> Self {
        Self { clock, faults, answers }
    }
}

/// The two services and the page, relative to the sandbox's base URL.
pub fn router(kma: Kma) -> Router {
    let kma = Arc::new(kma);
    api::router(Arc::clone(&kma)).merge(control::router(kma))
}
