//! A dashboard's own time: from the stored parts to the JSON of the answer, without the database.
//!
//! ```sh
//! cargo build --release -p maru-bench && target/release/measure_dashboard_own
//! ```

use std::error::Error;
use std::time::{Duration, Instant};

use consulting::dashboard::{Dashboard, Published, Selection};
use consulting::generation::LecturerOutcome;
use consulting::generation::numbers::{DayRevenue, LectureNumbers, LecturerNumbers};
use consulting::published::{self, SUMMARY_END};
use jiff::{Timestamp, ToSpan, civil::Date, civil::date};
use serde_json::json;

const DAY: Date = date(2026, 1, 15);
const RUNS: usize = 501;

fn main() -> Result<(), Box<dyn Error>> {
    for lectures in [1, 6, 80] {
        let first = published::first_key(Selection::default().first_day(DAY)?);
        let mut parts = published::parts(lecturer(lectures))?;
        parts.retain(|part| part.sk >= first && *part.sk <= *SUMMARY_END);
        let mut times = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            let began = Instant::now();
            let published =
                Published { day: DAY, generation_id: String::new(), published_at: Timestamp::UNIX_EPOCH };
            let numbers = published::numbers("lecturer", &parts)?;
            let dashboard = Dashboard::compute(&numbers, &Selection::default(), published)?;
            std::hint::black_box(serde_json::to_vec(&dashboard)?);
            times.push(began.elapsed());
        }
        let bytes: usize = parts.iter().map(|part| part.data.len()).sum();
        let build = if cfg!(debug_assertions) { "dev" } else { "release" };
        say(&json!({ "build": build, "lectures": lectures, "storedBytes": bytes, "microseconds": median(times).as_micros() }).to_string());
    }
    Ok(())
}

/// A lecturer whose every lecture sells on every day of a year.
fn lecturer(lectures: usize) -> LecturerOutcome {
    let lecture = |index| LectureNumbers {
        lecture_id: format!("lecture-{index}"),
        title: "스프링 부트 3 핵심 원리".to_owned(),
        learners: 1_000,
        finished: 400,
        deciles: [100; 10],
        revenue: (0..366)
            .rev()
            .map(|ago| DayRevenue { day: DAY.saturating_sub(ago.days()), amount: 88_000 })
            .collect(),
    };
    let lectures = (0..lectures).map(lecture).collect();
    let numbers =
        LecturerNumbers { lecturer_id: "lecturer".to_owned(), lectures, ..LecturerNumbers::default() };
    LecturerOutcome { numbers, ..LecturerOutcome::default() }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what this command is for")]
fn say(line: &str) {
    println!("{line}");
}
