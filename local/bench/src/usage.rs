//! What a process has used, as Linux counts it, and the line in which a stage reports it.

use std::{fs, io::Write, time::Instant};

use serde::{Deserialize, Serialize};

use crate::Outcome;

/// Linux counts CPU time in steps of 10 ms.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one stage did and used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Rows read (shuffle) or lecturers given out (reduce).
    pub rows: u64,
    /// Wall-clock time.
    pub seconds: f64,
    /// User and system time of the process, its start included.
    pub cpu_seconds: f64,
    /// The highest resident memory of the process.
    pub peak_rss_kib: u64,
    /// Of the reduction: the sum of the lecturers' hashes.
    pub checksum: u64,
}

/// Prints the report of a stage that began at `begin`.
pub fn report(begin: Instant, rows: u64, checksum: u64) -> Outcome<()> {
    let report = Report {
        rows,
        seconds: begin.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds()?,
        peak_rss_kib: peak_rss_kib()?,
        checksum,
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&report)?)?;
    Ok(())
}

/// User and system time of this process so far.
fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name in parentheses may hold spaces; utime and stime are the 12th and 13th after it.
    let (_, fields) = stat.rsplit_once(')').ok_or("no process name")?;
    let ticks = |index| {
        fields.split_whitespace().nth(index).ok_or("no such field")?.parse::<f64>().map_err(|_| "no number")
    };
    Ok((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
}

fn peak_rss_kib() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(peak.trim().trim_end_matches(" kB").parse()?)
}
