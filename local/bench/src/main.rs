//! `maru-bench`: measures the aggregation of an export, each worker in a process of its own, and checks the
//! result against another engine's.

mod compare;
mod pages;
mod results;
mod stages;
mod usage;
mod whole;

use std::{error::Error, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// What goes wrong in a benchmark is shown and ends it.
type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Parser)]
#[command(about = "Measures the aggregation of an export and checks its result")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Aggregates the NDJSON files of a directory: catalogue, shuffle, then each shard.
    Aggregate(Aggregate),
    /// Compares the six results of two engines, line by line.
    Compare {
        /// A file of results, such as `WORK/results.ndjson`.
        ours: PathBuf,
        /// Another, such as `duckdb_reference.py` writes.
        theirs: PathBuf,
    },
}

#[derive(Clone, Debug, clap::Args)]
struct Aggregate {
    /// The directory with `lectures.ndjson`, `enrollments.ndjson`, …
    #[arg(long)]
    data: PathBuf,
    /// The day of the run.
    #[arg(long)]
    day: Date,
    /// Where the shuffled pages and the results go.
    #[arg(long, default_value = "target/bench")]
    work: PathBuf,
    /// Leaves out reviews and questions, on which none of the six results depends.
    #[arg(long)]
    numbers_only: bool,
    /// The size of a page in MiB, at most 16.
    #[arg(long, default_value_t = 8)]
    page_mib: usize,
    /// Runs one stage only, in this process.
    #[arg(long, value_enum)]
    stage: Option<Stage>,
    /// The shard to reduce.
    #[arg(long, default_value_t = 0)]
    shard: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Reads the lectures.
    Catalogue,
    /// Shuffles every page.
    Shuffle,
    /// Reduces one shard.
    Reduce,
}

fn main() -> Outcome<()> {
    match Arguments::parse().command {
        Command::Compare { ours, theirs } => compare::compare(&ours, &theirs),
        Command::Aggregate(arguments) => match arguments.stage {
            None => whole::run(&arguments),
            Some(Stage::Catalogue) => stages::catalogue(&arguments),
            Some(Stage::Shuffle) => stages::shuffle_pages(&arguments),
            Some(Stage::Reduce) => stages::reduce(&arguments),
        },
    }
}
