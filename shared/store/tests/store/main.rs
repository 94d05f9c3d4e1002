//! Tables against a database: pages and cursors, batches, transactions, limits, the record of an `Idempotency-Key`.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod attempt;
mod batch;
mod batch_get;
mod idempotency;
mod limit;
mod page;
mod transaction;

use std::collections::BTreeMap;

use maru_lambda::Environment;
use maru_store::Table;
use maru_testing::{Maru, Setup};

/// A table of a stack without functions, on a clock that stands still.
struct Ground {
    maru: Maru,
    table: Table,
}

impl Ground {
    async fn start() -> Self {
        let maru = Setup::new(Vec::new()).frozen().start().await;
        let tables = &maru.stack.parts().template.tables;
        let table = tables.iter().find(|table| table.logical_id == "ConsultingTable").unwrap();
        let variables = BTreeMap::from([("TABLE".to_owned(), table.name.clone())]);
        let clock = maru.stack.clock().for_functions();
        let environment = Environment::new(variables, maru.stack.sdk_config(), clock);
        let table = Table::open(&environment, "TABLE").unwrap();
        Self { maru, table }
    }
}
