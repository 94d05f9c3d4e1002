//! How long a dashboard takes through the local stack, the database's time included, with few lecturers and with
//! many.
//!
//! ```sh
//! cargo build --release -p maru-measure
//! target/release/measure_dashboard --lecturers 10 --lecturers 100000
//! ```

use std::time::{Duration, Instant};

use clap::Parser;
use jiff::civil::Date;
use maru_auth::Role;
use maru_measure::{Outcome, build, median, say};
use maru_sample::{LectureOptions, write_lectures};
use maru_testing::{Maru, Setup};
use serde_json::json;

/// The day of the sample.
const DAY: &str = "2026-01-15";

#[derive(Parser)]
struct Arguments {
    /// How many lecturers there are; may be given several times.
    #[arg(long, required = true)]
    lecturers: Vec<u64>,
    /// How many dashboards are asked for.
    #[arg(long, default_value_t = 501)]
    runs: usize,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    for lecturers in &arguments.lecturers {
        let maru = Setup::new(vec![consulting::FUNCTIONS, jobs::FUNCTIONS]).start().await;
        let day: Date = DAY.parse()?;
        let rows = (lecturers * 5).max(5_000);
        let sample = LectureOptions {
            lecturers: Some(*lecturers),
            broken_percent: 0.0,
            ..LectureOptions::new(rows, day)
        };
        write_lectures(&sample, maru.data())?;
        let run = maru.night().await;
        if run["state"] != "published" {
            return Err(format!("the night failed: {run}").into());
        }
        let (whole, queries) = whole_time(&arguments, &maru).await?;
        let line = json!({
            "build": build(),
            "lecturers": lecturers,
            "wholeMicroseconds": whole.as_micros(),
            "queriesPerDashboard": queries,
        });
        say(&line);
    }
    Ok(())
}

/// From the event to the answer, the database's time included.
async fn whole_time(arguments: &Arguments, maru: &Maru) -> Outcome<(Duration, f64)> {
    let token = maru.stack.tokens().issue("lecturer-1", &[Role::Lecturer])?;
    let event = json!({
        "version": "2.0", "rawPath": "/consulting/dashboard", "rawQueryString": "",
        "headers": { "authorization": format!("Bearer {token}") },
        "requestContext": { "http": { "method": "GET", "path": "/consulting/dashboard", "sourceIp": "127.0.0.1" } },
        "isBase64Encoded": false,
    });
    maru.stack.invoke("get_dashboard", event.clone()).await?;
    maru.stack.parts().counts.clear();
    let mut times = Vec::with_capacity(arguments.runs);
    for _ in 0..arguments.runs {
        let began = Instant::now();
        maru.stack.invoke("get_dashboard", event.clone()).await?;
        times.push(began.elapsed());
    }
    let calls = maru.stack.parts().counts.calls();
    let queries = calls.iter().filter(|call| call.operation == "Query").map(|call| call.count);
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let queries = queries.sum::<u64>() as f64 / arguments.runs as f64;
    Ok((median(times), queries))
}
