//! The whole chain: one process for each worker, so that each one's memory is its own.

use std::{env, fs, io::Write, process::Command};

use crate::{Aggregate, Outcome, stages::Plan, usage::Report};

/// Runs all stages one after another, prints what each used, joins the results in `results.ndjson` and leaves
/// the total in `usage.json`.
pub fn run(arguments: &Aggregate) -> Outcome<()> {
    if arguments.work.exists() {
        fs::remove_dir_all(&arguments.work)?;
    }
    fs::create_dir_all(&arguments.work)?;
    let mut out = std::io::stdout();
    writeln!(out, "{:<12} {:>10} {:>8} {:>8} {:>9}", "stage", "rows", "seconds", "cpu", "peak MiB")?;
    let catalogue = worker(arguments, "catalogue", 0)?;
    print(&mut out, "catalogue", &catalogue)?;
    let shuffle = worker(arguments, "shuffle", 0)?;
    print(&mut out, "shuffle", &shuffle)?;
    let shards = Plan::read(&arguments.work)?.shards.len();
    let mut reduce = Report::default();
    let mut results = fs::File::create(arguments.work.join("results.ndjson"))?;
    for shard in 0..shards {
        reduce.add(&worker(arguments, "reduce", shard)?);
        let part = arguments.work.join(format!("results-{shard:05}.ndjson"));
        std::io::copy(&mut fs::File::open(part)?, &mut results)?;
    }
    print(&mut out, &format!("reduce × {shards}"), &reduce)?;
    let mut total = catalogue;
    total.add(&shuffle);
    total.add(&reduce);
    total.rows = shuffle.rows;
    print(&mut out, "total", &total)?;
    fs::write(arguments.work.join("usage.json"), serde_json::to_vec(&total)?)?;
    writeln!(out, "lecturers {}, checksum {:016x}", reduce.rows, reduce.checksum)?;
    Ok(())
}

impl Report {
    fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.seconds += other.seconds;
        self.cpu_seconds += other.cpu_seconds;
        self.peak_rss_kib = self.peak_rss_kib.max(other.peak_rss_kib);
        self.checksum = self.checksum.wrapping_add(other.checksum);
    }
}

fn print(out: &mut impl Write, stage: &str, report: &Report) -> Outcome<()> {
    let Report { rows, seconds, cpu_seconds, peak_rss_kib, .. } = report;
    let peak_mib = *peak_rss_kib as f64 / 1_024.0;
    writeln!(out, "{stage:<12} {rows:>10} {seconds:>8.2} {cpu_seconds:>8.2} {peak_mib:>9.1}")?;
    Ok(())
}

fn worker(arguments: &Aggregate, stage: &str, shard: usize) -> Outcome<Report> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("aggregate").arg("--data").arg(&arguments.data).arg("--work").arg(&arguments.work);
    command.args(["--day", &arguments.day.to_string(), "--page-mib", &arguments.page_mib.to_string()]);
    command.args(["--stage", stage, "--shard", &shard.to_string()]);
    if arguments.numbers_only {
        command.arg("--numbers-only");
    }
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("the {stage} stage failed").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
