//! A chat room with many clients: how long it takes until the last of them has a message, and what the last hundred
//! messages cost to load.
//!
//! Two ways in turn, to the same connections, of a frame of the same size; each ends when the last client has it.
//! - `room`: one of them says something, as the page does: it is stored, dealt out by the queue, and handed out.
//! - `bare`: so many sends through the management API and nothing else, by one client of it, as many at the same time as
//!   a room of this size has under way.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_chat
//! ```

mod clients;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use clap::Parser;
use clients::{Crowd, ROOM};
use maru_auth::Role;
use maru_measure::{Outcome, build, median, milliseconds, percentile, rounded, say};
use maru_testing::{Maru, Setup};
use serde_json::json;

#[derive(Parser)]
struct Arguments {
    /// How many clients are in the room.
    #[arg(long, default_value_t = 1_000)]
    clients: usize,
    /// How often each way is measured.
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// How often the last hundred messages are loaded.
    #[arg(long, default_value_t = 101)]
    loads: usize,
}

/// How many messages are in the room before they are loaded.
const MESSAGES: usize = 1_000;

/// How many messages one member may send in the ten seconds of the limit, less than that.
const AT_A_TIME: usize = 20;

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let maru = Setup::new(vec![chat::FUNCTIONS]).frozen().start().await;
    let mut crowd = Crowd::gather(&maru, arguments.clients).await?;
    // That so many have come is announced before anything is measured.
    maru.stack.clock().advance(Duration::from_secs(10));
    maru.stack.settle(Duration::from_secs(600)).await.map_err(|error| format!("{error:?}"))?;
    let (mut room, mut bare) = (Vec::new(), Vec::new());
    for round in 0..=arguments.rounds {
        let said = crowd.told(round).await?;
        let sent = crowd.sent(round).await?;
        maru.stack.clock().advance(Duration::from_secs(10));
        // The first round warms up.
        if round > 0 {
            room.push(said);
            bare.push(sent);
        }
    }
    let ratio = median(room.clone()).as_secs_f64() / median(bare.clone()).as_secs_f64();
    say(&json!({
        "build": build(), "part": "fanOut", "clients": arguments.clients, "rounds": arguments.rounds,
        "roomMilliseconds": milliseconds(median(room.clone())),
        "roomWorstMilliseconds": milliseconds(percentile(room, 100)),
        "bareMilliseconds": milliseconds(median(bare.clone())),
        "bareWorstMilliseconds": milliseconds(percentile(bare, 100)),
        "roomToBare": rounded(ratio),
    }));
    drop(crowd);
    maru.stack.settle(Duration::from_secs(600)).await.map_err(|error| format!("{error:?}"))?;
    load(&maru, arguments.loads).await
}

/// Loads the last hundred messages, by the list and by a join.
async fn load(maru: &Maru, loads: usize) -> Outcome<()> {
    let mut speaker = Crowd::gather(maru, 1).await?;
    for number in 0..MESSAGES {
        if number % AT_A_TIME == 0 {
            maru.stack.clock().advance(Duration::from_secs(10));
        }
        speaker.told(1_000_000 + number).await?;
    }
    let token = maru.token("usr_reader", Role::User);
    let counts = &maru.stack.parts().counts;
    counts.clear();
    let mut lists = Vec::with_capacity(loads);
    for _ in 0..loads {
        let began = Instant::now();
        let list = maru.get(&format!("/rooms/{ROOM}/messages"), &token).await.expect(200);
        lists.push(began.elapsed());
        let found = list["items"].as_array().map_or(0, Vec::len);
        if found != 100 {
            return Err(format!("the list has {found} messages").into());
        }
    }
    let by_list = calls(maru, loads);
    counts.clear();
    let joins = speaker.joins(maru, loads).await?;
    let by_join = calls(maru, loads);
    say(&json!({
        "build": build(), "part": "load", "messages": 100, "loads": loads,
        "listRequests": by_list, "listMilliseconds": milliseconds(median(lists)),
        "joinRequests": by_join, "joinMilliseconds": milliseconds(median(joins)),
    }));
    Ok(())
}

/// The calls of the database for one load each.
fn calls(maru: &Maru, loads: usize) -> BTreeMap<String, f64> {
    let mut found = BTreeMap::new();
    for call in maru.stack.parts().counts.calls() {
        if call.service == maru_stack::aws::Service::Database {
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            let each = call.count as f64 / loads as f64;
            *found.entry(call.operation).or_insert(0.0) += rounded(each);
        }
    }
    found
}
