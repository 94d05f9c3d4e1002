//! How soon the questions of an interview are there, whether a hundred people slow each other, and what an open stream
//! takes.
//!
//! The offline model writes, at a pace: an answer takes `--model-seconds`, its pieces spread evenly over them. All is
//! asked for and watched over HTTP, as a page does it.
//!
//! 1. The same three sections in three ways, in turn: side by side as they are built; one after the other, each asked
//!    for when the one before has ended; gathered, which is the first way with nothing shown before its end.
//! 2. So many people at once, each with an interview of three sections: a tenth of them watch, then all.
//! 3. Many streams of one job that is at work, in a process of its own: its memory, its threads and its reads of the
//!    database, while nothing happens and while all get events.
//!
//! ```sh
//! cargo build --release -p maru-measure && target/release/measure_interview
//! ```

mod connections;
mod crowd;
mod events;

mod process;
mod server;
mod streams;
mod texts;
mod times;
mod waits;
mod watched;
mod ways;
mod world;
mod written;

use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use maru_measure::Outcome;
use texts::SENTENCES;
use world::World;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// How long the model takes for an answer, in seconds; under 35, after which a section is given up.
    #[arg(long, default_value_t = 22.0)]
    model_seconds: f64,
    /// How often each way is measured, each time for other people who begin their sections with another sentence.
    #[arg(long, default_value_t = SENTENCES)]
    times: usize,
    /// How many people ask at once.
    #[arg(long, default_value_t = 100)]
    people: usize,
    /// How many streams are open in a process; may be given several times.
    #[arg(long, default_values_t = [250, 1_000, 4_000])]
    streams: Vec<usize>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a job whose streams are measured from outside.
    #[command(hide = true)]
    Serve,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    if matches!(arguments.command, Some(Command::Serve)) {
        return server::serve().await;
    }
    for streams in &arguments.streams {
        process::check_open_files(*streams)?;
    }
    let world = World::new(Duration::try_from_secs_f64(arguments.model_seconds)?).await?;
    let world = Arc::new(world);
    let alone = ways::measure(&world, arguments.times).await?;
    crowd::measure(&world, arguments.people, &alone).await?;
    drop(world);
    for streams in arguments.streams {
        streams::measure(streams).await?;
    }
    Ok(())
}
