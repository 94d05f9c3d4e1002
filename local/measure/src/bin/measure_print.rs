//! What a print of a resume takes in time and memory; `local/measure/printing.py` runs it beside a browser.
//!
//! ```sh
//! cargo build --release -p maru-measure
//! target/release/measure_print --resume functions/pdf/tests/resumes/korean.json
//! ```
//!
//! Prints the resume in the template that it names: the first print of a process reads the fonts and the templates,
//! the others are warm. Leaves no file.

use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{fs, iter};

use clap::Parser;
use maru_document::Document;
use maru_measure::{Outcome, build, median, milliseconds, rounded, say};
use pdf::Rendered;
use serde_json::json;

#[derive(Parser)]
struct Arguments {
    /// The resume, as JSON.
    #[arg(long)]
    resume: PathBuf,
    /// How often it is printed after the first time.
    #[arg(long, default_value_t = 101)]
    runs: usize,
}

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    let document = Document::from_json(&fs::read_to_string(&arguments.resume)?)?;
    let (first, rendered) = print(&document)?;
    let again = iter::repeat_with(|| print(&document).map(|(took, _)| took));
    let warm = again.take(arguments.runs).collect::<Outcome<Vec<_>>>()?;
    say(&json!({
        "build": build(),
        "pages": rendered.pages,
        "bytes": rendered.bytes.len(),
        "firstMilliseconds": milliseconds(first),
        "warmMilliseconds": milliseconds(median(warm)),
        "peakMib": rounded(peak_kib()? / 1024.0),
    }));
    Ok(())
}

fn print(document: &Document) -> Outcome<(Duration, Rendered)> {
    let start = Instant::now();
    let rendered = pdf::render(document, document.template)?;
    Ok((start.elapsed(), rendered))
}

/// The highest resident memory of this process, the fonts in its binary included.
fn peak_kib() -> Outcome<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(peak.trim().trim_end_matches(" kB").parse()?)
}
