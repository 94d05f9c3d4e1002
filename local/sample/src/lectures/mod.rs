//! The lecture platform's export.
//!
//! In it always: refunds, at once and later; purchases that come twice; every lecturer in an own lecture; two
//! lectures of one title, and one titled `all`; prices that have changed; times one second before and exactly
//! at midnight of the first of the month in Korea; rows after the run's day; progress that comes twice or without
//! a purchase; one lecturer with a fifth of all learners; texts with commas, quotes, line breaks, emoji, forged
//! tags and orders to the reader; and broken rows.

mod broken;
mod datasets;
mod draw;
mod sink;
mod texts;
mod world;

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::Path,
};

use jiff::civil::Date;

use self::{datasets::Datasets, sink::Sink, world::World};

pub use self::sink::Format;

/// What to make.
#[derive(Clone, Debug)]
pub struct LectureOptions {
    /// How many enrolments, and how many progress rows; reviews are a 20th and questions a 25th of it.
    pub rows: u64,
    /// Another seed gives other data.
    pub seed: u64,
    /// How the files are written.
    pub format: Format,
    /// How many lecturers, who have 1 to 6 lectures each; by default one for 500 rows, 3 to 100,000.
    pub lecturers: Option<u64>,
    /// The day in Asia/Seoul up to which nearly all of it has happened.
    pub day: Date,
    /// How many of 100 rows are broken; a run bears 1.
    pub broken_percent: f64,
}

impl LectureOptions {
    /// So many rows up to `day`, with 0.3 % broken ones, as NDJSON.
    pub const fn new(rows: u64, day: Date) -> Self {
        Self { rows, seed: 1, format: Format::Ndjson, lecturers: None, day, broken_percent: 0.3 }
    }
}

/// How many rows were written, the broken ones too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows of the lectures.
    pub lectures: u64,
    /// Rows of the enrolments.
    pub enrollments: u64,
    /// Rows of the progress.
    pub progress: u64,
    /// Rows of the questions.
    pub questions: u64,
    /// Rows of the reviews.
    pub reviews: u64,
}

/// Writes the five files `lectures.ndjson`, … (or `.csv`) into `dir`, which is made if it is not there.
///
/// # Errors
/// What the file system reports.
pub fn write_lectures(options: &LectureOptions, dir: &Path) -> io::Result<Written> {
    fs::create_dir_all(dir)?;
    let datasets = Datasets::new(World::new(options));
    let sink = |name: &str, fields: &'static [&'static str]| {
        let path = dir.join(format!("{name}.{}", options.format.extension()));
        Sink::new(options.format, fields, options.broken_percent, BufWriter::new(File::create(path)?))
    };
    Ok(Written {
        lectures: datasets.lectures(sink("lectures", datasets::LECTURES)?)?,
        enrollments: datasets.enrollments(sink("enrollments", datasets::ENROLLMENTS)?, options.rows)?,
        progress: datasets.progress(sink("progress", datasets::PROGRESS)?, options.rows)?,
        questions: datasets.questions(sink("questions", datasets::QUESTIONS)?, options.rows.div_ceil(25))?,
        reviews: datasets.reviews(sink("reviews", datasets::REVIEWS)?, options.rows.div_ceil(20))?,
    })
}
