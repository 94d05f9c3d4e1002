//! A night of renewals: how long it takes in three ways, how the time grows, and whether both sides' books agree when
//! much of it goes wrong.
//!
//! KakaoPay's sandbox takes the same time for each charge. The ways do the same work through the same function:
//!
//! - `queue`: as deployed, a message for each subscription, as many workers as the template allows.
//! - `chunks`: 500 at a time, by four workers; the next 500 when all of these are done.
//! - `oneByOne`: one after the other.
//!
//! With `--faults` nothing is timed: of the subscriptions some fail and of some the answer is lost after the money
//! moved, while workers are killed at random. Then KakaoPay's books and our ledger are compared order by order, no member
//! may have been charged twice, and the night has to end, once.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_renewals && target/release/measure_renewals --faults
//! ```

mod faults;
mod ways;
mod world;

use std::time::Duration;

use clap::Parser;
use maru_measure::{Outcome, build, rounded, say};
use serde_json::json;
use ways::Way;
use world::World;

#[derive(Parser)]
struct Arguments {
    /// How many subscriptions are due in the night.
    #[arg(long, default_value_t = 10_000)]
    subscriptions: usize,
    /// How many are due where the growth is measured; may be given several times.
    #[arg(long, default_values_t = [1_000, 10_000, 100_000])]
    growth: Vec<usize>,
    /// How long KakaoPay takes for a charge, in milliseconds.
    #[arg(long, default_value_t = 100)]
    latency: u64,
    /// Compares the books after a night in which much goes wrong, in place of measuring times.
    #[arg(long)]
    faults: bool,
    /// The seed of what goes wrong.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    if arguments.faults {
        return faults::night(arguments.subscriptions, arguments.seed).await;
    }
    let latency = Duration::from_millis(arguments.latency);
    for way in Way::ALL {
        measure(way, arguments.subscriptions, latency).await?;
    }
    for subscriptions in arguments.growth {
        if subscriptions != arguments.subscriptions {
            measure(Way::Queue, subscriptions, latency).await?;
        }
    }
    Ok(())
}

async fn measure(way: Way, subscriptions: usize, latency: Duration) -> Outcome<()> {
    let world = World::with(subscriptions, latency).await?;
    let time = way.run(&world).await?;
    world.check_everybody_is_charged_once().await?;
    say(&json!({
        "build": build(),
        "way": way.name(),
        "subscriptions": subscriptions,
        "latencyMilliseconds": u64::try_from(latency.as_millis())?,
        "seconds": rounded(time.as_secs_f64()),
        "renewalsPerSecond": rounded(f64::from(u32::try_from(subscriptions)?) / time.as_secs_f64()),
    }));
    Ok(())
}
