//! `maru-sample`: writes sample data into a directory.

use std::{error::Error, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maru_sample::{Format, LectureOptions, write_lectures};

#[derive(Parser)]
#[command(about = "Makes sample data: deterministic, of any size, with the hard cases in it")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// An export of the lecture platform: five files.
    Lectures(Lectures),
}

#[derive(clap::Args)]
struct Lectures {
    /// How many enrolments, and how many progress rows.
    #[arg(long)]
    rows: u64,
    /// Another seed gives other data.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The directory; it is made if it is not there.
    #[arg(long)]
    out: PathBuf,
    /// How the files are written.
    #[arg(long, value_enum, default_value_t = FileFormat::Ndjson)]
    format: FileFormat,
    /// How many lecturers [default: one for 500 rows, 3 to 100,000].
    #[arg(long)]
    lecturers: Option<u64>,
    /// The day, in Korea, up to which nearly all has happened [default: today].
    #[arg(long)]
    day: Option<Date>,
    /// How many of 100 rows are broken; a run bears 1.
    #[arg(long, default_value_t = 0.3)]
    broken_percent: f64,
}

#[derive(Clone, Copy, ValueEnum)]
enum FileFormat {
    Ndjson,
    Csv,
}

fn main() -> Result<(), Box<dyn Error>> {
    let What::Lectures(arguments) = Arguments::parse().what;
    let day = arguments.day.unwrap_or_else(|| Timestamp::now().to_zoned(seoul()).date());
    let options = LectureOptions {
        rows: arguments.rows,
        seed: arguments.seed,
        format: match arguments.format {
            FileFormat::Ndjson => Format::Ndjson,
            FileFormat::Csv => Format::Csv,
        },
        lecturers: arguments.lecturers,
        day,
        broken_percent: arguments.broken_percent,
    };
    let written = write_lectures(&options, &arguments.out)?;
    eprintln!("{}: {written:?} up to {day}", arguments.out.display());
    Ok(())
}

fn seoul() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(9))
}
