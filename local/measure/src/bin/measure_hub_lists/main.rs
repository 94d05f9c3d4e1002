//! The hub's lists with many resumes: whether each list has exactly what fits, in its order, and what a page costs far
//! from the beginning.
//!
//! The resumes are published, liked and viewed through the functions. Then every list, page by page, is compared
//! with what a naive reader of the rule writes down, and the calls of the database and the time of page 1 with
//! those of a page thousands further.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_hub_lists
//! ```

mod naive;
mod pages;
mod world;

use clap::Parser;
use futures::{StreamExt, TryStreamExt, stream};
use maru_auth::Role;
use maru_measure::{Outcome, build, milliseconds, say};
use maru_testing::{Maru, Setup};
use naive::List;
use serde_json::json;
use world::Row;

#[derive(Parser)]
struct Arguments {
    /// How many resumes are public.
    #[arg(long, default_value_t = 100_000)]
    resumes: usize,
    /// Which page is compared with the first one.
    #[arg(long, default_value_t = 8_000)]
    page: usize,
    /// How often each of the two is asked for.
    #[arg(long, default_value_t = 101)]
    runs: usize,
}

/// How many lists are read at a time.
const READERS: usize = 8;

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let maru = Setup::new(vec![hub::FUNCTIONS, notification::FUNCTIONS]).frozen().start().await;
    let rows = world::fill(&maru, arguments.resumes).await?;
    let token = maru.token(world::READER, Role::User);
    let entries: Vec<usize> = stream::iter(naive::lists())
        .map(|list| compared(&maru, &rows, list, &token))
        .buffer_unordered(READERS)
        .try_collect()
        .await?;
    let (lists, entries) = (entries.len(), entries.into_iter().sum::<usize>());
    say(&json!({ "build": build(), "resumes": arguments.resumes, "lists": lists, "entries": entries }));
    let limit = (arguments.resumes / arguments.page).clamp(1, 100);
    for sort in naive::ORDERS {
        let path = format!("/hub/resumes?sort={sort}&limit={limit}");
        let cursor = pages::cursor_of(&maru, &path, &token, arguments.page).await?;
        let first = pages::cost(&maru, &path, &token, arguments.runs).await?;
        let far = pages::cost(&maru, &format!("{path}&cursor={cursor}"), &token, arguments.runs).await?;
        if first.calls != far.calls {
            return Err(format!("{sort}: page 1 takes {:?}, the far one {:?}", first.calls, far.calls).into());
        }
        say(&json!({
            "build": build(), "sort": sort, "resumes": arguments.resumes, "limit": limit, "page": arguments.page,
            "calls": first.calls, "firstMilliseconds": milliseconds(first.time),
            "farMilliseconds": milliseconds(far.time),
        }));
    }
    Ok(())
}

/// Reads a list to its end; gives how many entries it has when they are what fits, in its order.
async fn compared(maru: &Maru, rows: &[Row], list: List, token: &str) -> Outcome<usize> {
    let found = pages::whole(maru, &list.path(), token).await?;
    if found != naive::expected(rows, &list) {
        return Err(format!("{} is not what fits", list.path()).into());
    }
    Ok(found.len())
}
