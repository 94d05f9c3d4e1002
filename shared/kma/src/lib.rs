//! The Korean weather service (기상청), as the portal of public data (data.go.kr) offers it: special reports, and the
//! short-term forecast for cells of five kilometres.
//!
//! Sources: the guides 기상청21 (special reports, edition 2026-06-01) and `VilageFcstInfoService_2.0` (edition
//! 2024-11-28). What stands in neither is how the portal's gateway answers in front of the service: in five envelopes,
//! also in XML when JSON was asked for. They are told apart in `envelope`.
//!
//! | module | what |
//! |---|---|
//! | `client` | the calls: the key, the pages, the attempts |
//! | `key` | the service key, and another one in its place |
//! | `pages` | when the pages of an answer end |
//! | `envelope` | what an answer says: rows, nothing, or what is wrong |
//! | `xml` | XML as if it were JSON |
//! | `reports` | the log of warnings |
//! | `forecast` | observation and forecasts, hour by hour |
//! | `amount` | rain and snow as the service writes them |
//! | `grid` | from a place to its cell |
//! | `product` | which edition is the newest |
#![warn(missing_docs)]

mod amount;
mod client;
mod envelope;
mod error;
mod forecast;
mod grid;
mod key;
mod pages;
mod product;
mod reports;
mod time;
mod xml;

pub use amount::Amount;
pub use client::Kma;
pub use error::{KmaError, Said};
pub use forecast::{Conditions, Precipitation, Sky};
pub use grid::Cell;
pub use product::Product;
pub use reports::{InForce, ReportRow};
