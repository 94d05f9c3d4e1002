//! The weather table.
//!
//! | access | key |
//! |---|---|
//! | what is known of a cell, an item for each product | `pk = CELL#<nx>,<ny>, sk = OBSERVATION \| SHORT \| ULTRA_SHORT` |
//! | what a model advises people of a class in an hour | `pk = ADVICE#<nx>,<ny>, sk = <hour>#<class>` |
//! | until when the weather service is left alone | `pk = SERVICE#FORECAST, sk = CIRCUIT` |
//! | calls of the weather service today, and those for guests | `pk = LIMIT#kma-calls#forecast, LIMIT#kma-guest-calls#forecast, sk = <begin of the day>` |
//! | calls of the weather service in a second | `pk = LIMIT#kma-pace#forecast, sk = <the second>` |
//! | failures of the weather service within a minute | `pk = LIMIT#kma-failures#forecast, sk = <begin>` |
//! | cells that were fetched in an hour for a guest's network, or for a member | `pk = LIMIT#weather-fetches#<network or member>, sk = <begin>` |
//! | cells that were fetched in a day for a member | `pk = LIMIT#weather-fetches-of-day#<member>, sk = <begin of the day>` |
//! | lines that a member had written in a day | `pk = LIMIT#weather-advice#<member>, sk = <begin of the day>` |
//! | a member's survey | `pk = MEMBER#<member>, sk = SURVEY` |
//! | that a member is gone, and what was erased | `pk = ERASURE#<member>, sk = RECORD` |
//!
//! Of an item of a cell `leaseUntil` says who may fetch: whoever wrote it last, until then. `askAgainAt` says from when
//! on it is worth asking again after a failure.

use maru_kma::Cell;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_store::{Key, Table};

/// The weather table.
#[derive(Clone, Debug)]
pub struct Store {
    table: Table,
}

impl FromEnvironment for Store {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { table: Table::open(environment, "WEATHER_TABLE")? })
    }
}

impl Store {
    /// The table itself, for what `maru_store` does.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }
}

/// The partition of what is known of a cell.
#[must_use]
pub fn cell_partition(cell: Cell) -> String {
    format!("CELL#{cell}")
}

/// The partition of what belongs to a member.
#[must_use]
pub fn member_partition(member: &str) -> String {
    format!("MEMBER#{member}")
}

/// The key of a member's survey.
#[must_use]
pub fn survey_key(member: &str) -> Key {
    Key::new(member_partition(member), "SURVEY")
}
