//! What a process takes, as Linux says it.

use std::fs;
use std::time::{Duration, Instant};

use maru_measure::{Outcome, rounded};

/// Clock ticks a second in `/proc/<id>/stat`, the same on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// What a process takes at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Its resident memory in KiB.
    pub kib: u64,
    /// Its threads.
    pub threads: u64,
}

impl Taken {
    /// What the process `id` takes now.
    pub fn by(id: u32) -> Outcome<Self> {
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            let number = line.and_then(|line| line.split_whitespace().next());
            Outcome::Ok(number.ok_or_else(|| format!("no {name}"))?.parse()?)
        };
        Ok(Self { kib: field("VmRSS")?, threads: field("Threads")? })
    }

    /// KiB for each of `count` things that have come until `after`.
    pub fn kib_each_until(self, after: Self, count: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "less than 2^52 KiB")]
        let each = after.kib.saturating_sub(self.kib) as f64 / count.max(1) as f64;
        rounded(each)
    }
}

/// For how much of a time processors were busy with a process.
#[derive(Clone, Copy, Debug)]
pub struct Busy {
    id: u32,
    since: Instant,
    before: Duration,
}

impl Busy {
    /// Begins with the process `id`.
    pub fn of(id: u32) -> Outcome<Self> {
        Ok(Self { id, since: Instant::now(), before: processor_time(id)? })
    }

    /// How many processors it has kept busy since, on average.
    pub fn cores(self) -> Outcome<f64> {
        let time = processor_time(self.id)?.saturating_sub(self.before);
        Ok(rounded(time.as_secs_f64() / self.since.elapsed().as_secs_f64()))
    }
}

/// For how long the process `id` has had a processor, all its threads together.
fn processor_time(id: u32) -> Outcome<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // Behind the name, which is in brackets, the twelfth and the thirteenth field (proc_pid_stat(5)).
    let (_, fields) = stat.rsplit_once(')').ok_or("no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<_, _>>()?;
    Ok(Duration::from_millis(ticks * 1_000 / TICKS))
}

/// Whether a process may have as many files open as so many streams take: the stream's own connection, and in the local
/// stack both ends of one to the database.
pub fn check_open_files(streams: usize) -> Outcome<()> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let limit = line.and_then(|line| line.split_whitespace().next()).ok_or("no limit of open files")?;
    let needed = 3 * streams + 500;
    if limit.parse::<usize>().is_ok_and(|limit| limit < needed) {
        return Err(
            format!("{streams} streams need {needed} open files and {limit} are allowed: ulimit -n").into()
        );
    }
    Ok(())
}
