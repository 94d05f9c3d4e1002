//! The rules of weather, without I/O: what is made of the weather service's products, and what is advised.
//!
//! | module | what |
//! |---|---|
//! | `hour` | the weather of one hour, as far as it is known |
//! | `edition` | an edition of a product, and what a newer one keeps of an older |
//! | `day` | a day out of an edition |
//! | `fold` | now, the next six hours and three days out of the editions |
//! | `felt` | what a temperature feels like |
//! | `survey` | six answers, and the class of people that they put somebody in |
//! | `facts` | what advice is given on |
//! | `advice` | the line that a rule writes |
//! | `numbers` | the numbers that a line says |
//! | `check` | whether a line of a model may be shown |
#![warn(missing_docs)]

pub mod advice;
pub mod check;
mod day;
mod edition;
pub mod facts;
mod felt;
mod fold;
mod hour;
pub mod numbers;
pub mod survey;

pub use day::Day;
pub use edition::{Edition, Editions};
pub use felt::felt;
pub use fold::{Forecast, Now, Origin, Weather, fold};
pub use hour::{Amount, Hour, Precipitation, Sky};

use jiff::{SignedDuration, Timestamp};

/// The full hour that `moment` is in; the same in Korea as in UTC.
#[must_use]
pub fn hour_of(moment: Timestamp) -> Timestamp {
    let second = moment.as_second();
    Timestamp::from_second(second - second.rem_euclid(3_600)).unwrap_or(moment)
}

/// So many hours after `moment`.
fn hours_after(moment: Timestamp, hours: i64) -> Timestamp {
    moment.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}
