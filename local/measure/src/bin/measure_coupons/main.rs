//! First come, first served: whether a stock goes to exactly as many people, while processes are killed, and how fast.
//!
//! The stack has the database. Coupons are claimed in processes of their own, which run the function as a Lambda does.
//!
//! 1. `rates`, in turn: conditional writes of one item each, and transactions of what a claim writes, the database's own;
//!    and claims of a stock of which no share comes to an end. All by the same processes, with as many at once.
//! 2. `rush`: so many people click, some of them twice, so many clicks a second, and the stock is for a tenth of them.
//!    While there are pieces, processes are killed in the middle of their work and started again; what they had not answered is sent
//!    to another one, as people would. Then who was told to have a piece, what they find among their coupons, and the
//!    nightly count have to agree.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_coupons
//! ```

mod crew;
mod orders;
mod rates;
mod rush;
mod worker;
mod world;

use clap::{Parser, Subcommand};
use maru_measure::Outcome;
use world::World;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// How many processes claim.
    #[arg(long, default_value_t = 4)]
    workers: usize,
    /// How many are under way at once where rates are measured.
    #[arg(long, default_value_t = 32)]
    at_once: usize,
    /// How many claims, and as many writes, are measured in each round.
    #[arg(long, default_value_t = 4_000)]
    claims: u32,
    /// How many rounds.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many people want one.
    #[arg(long, default_value_t = 10_000)]
    people: usize,
    /// How many of them click once more.
    #[arg(long, default_value_t = 2_000)]
    repeats: usize,
    /// How many there are.
    #[arg(long, default_value_t = 1_000)]
    stock: u32,
    /// How many clicks come in a second.
    #[arg(long, default_value_t = 2_000)]
    clicks: u32,
    /// How often a process is killed.
    #[arg(long, default_value_t = 6)]
    kills: usize,
}

#[derive(Subcommand)]
enum Command {
    /// Claims for whoever started it.
    #[command(hide = true)]
    Work,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    if matches!(arguments.command, Some(Command::Work)) {
        return worker::work().await;
    }
    let world = World::new().await;
    rates::measure(&world, &arguments).await?;
    rush::measure(&world, &arguments).await
}
