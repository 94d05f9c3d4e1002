//! How long a dashboard takes: the handler's own time without the database's, and the whole invocation
//! through the local stack, with few lecturers and with many.
//!
//! ```sh
//! cargo build --release -p maru-measure
//! target/release/measure_dashboard --lecturers 10 --lecturers 100000
//! ```

use std::error::Error;
use std::time::{Duration, Instant};

use clap::Parser;
use consulting::dashboard::{Dashboard, Published, Selection};
use consulting::published::{self, Part};
use jiff::civil::Date;
use maru_auth::Role;
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
async fn main() -> Result<(), Box<dyn Error>> {
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
        let generation = run["id"].as_str().unwrap_or_default().to_owned();
        let partition = format!("GENERATION#{generation}#lecturer-1");
        let parts: Vec<Part> = maru.items(&partition).await.into_iter().filter_map(part).collect();
        let own = own_time(&arguments, day, &parts)?;
        let (whole, queries) = whole_time(&arguments, &maru).await?;
        let line = json!({
            "lecturers": lecturers,
            "ownMicroseconds": own.as_micros(),
            "wholeMicroseconds": whole.as_micros(),
            "queriesPerDashboard": queries,
            "storedBytes": parts.iter().map(|part| part.data.len()).sum::<usize>(),
        });
        say(&line.to_string());
    }
    Ok(())
}

/// A part that a dashboard reads, out of its item.
fn part(item: maru_testing::Item) -> Option<Part> {
    let field = |name: &str| item.get(name)?.as_s().ok().cloned();
    let part = Part { sk: field("sk")?, data: field("data")? };
    (*part.sk <= *published::SUMMARY_END).then_some(part)
}

/// From the stored parts to the JSON of the answer.
fn own_time(arguments: &Arguments, day: Date, parts: &[Part]) -> Result<Duration, Box<dyn Error>> {
    let mut times = Vec::with_capacity(arguments.runs);
    for _ in 0..arguments.runs {
        let began = Instant::now();
        let numbers = published::numbers("lecturer-1", parts)?;
        let published =
            Published { day, generation_id: "run".to_owned(), published_at: jiff::Timestamp::UNIX_EPOCH };
        let answer = serde_json::to_vec(&Dashboard::compute(&numbers, &Selection::default(), published)?)?;
        std::hint::black_box(answer);
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// From the event to the answer, the database's time included.
async fn whole_time(arguments: &Arguments, maru: &Maru) -> Result<(Duration, f64), Box<dyn Error>> {
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

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what this command is for")]
fn say(line: &str) {
    println!("{line}");
}
