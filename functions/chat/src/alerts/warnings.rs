//! Reading the log of warnings from the weather service.

use chat_alerts::fold::{Reading, fold};
use chat_alerts::kind::{Kind, Level};
use chat_alerts::report::Report;
use chat_alerts::status::names_warnings;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maru_kma::{Kma, ReportRow};
use maru_lambda::{day_in_seoul, start_of_day};
use maru_province::{Province, Zone};

use crate::error::Error;

/// How many days the log is read back: as far as the service lets look.
const DAYS: i64 = 60;

/// The longest code of a zone in bytes; they have eight.
const LONGEST_ZONE: usize = 20;

/// How much of a zone's name is kept, in characters; they have up to twelve.
const LONGEST_NAME: usize = 60;

/// What the service says of the warnings at `now`.
///
/// # Errors
/// [`Error::Kma`], also when only some of it could be read; [`Error::Contradiction`]. Nothing may be concluded from any of
/// them, least of all that there are no warnings.
pub async fn read(kma: &Kma, now: Timestamp) -> Result<Reading, Error> {
    let today = day_in_seoul(now);
    let first: Date = today.saturating_sub(DAYS.days());
    let rows = kma.special_reports(first, today).await?;
    if rows.is_empty() {
        // A log without a line in sixty days is so rare that the service's other word is asked for.
        let in_force = kma.warnings_in_force().await?;
        if in_force.is_some_and(|in_force| names_warnings(&in_force.text)) {
            return Err(Error::Contradiction);
        }
    }
    let lines = rows.len();
    let reports: Vec<Report> = rows.into_iter().filter_map(report).collect();
    if reports.len() < lines {
        tracing::warn!(lines = lines - reports.len(), "lines name zones as there are none");
    }
    let reading = fold(reports, start_of_day(first), now);
    if reading.unknown_commands > 0 {
        tracing::warn!(lines = reading.unknown_commands, "lines have commands that are not known");
    }
    for found in &reading.in_force {
        let zone = Province::of_zone(&found.zone, &found.zone_name);
        if zone == Zone::Unknown {
            tracing::warn!(zone = found.zone, name = found.zone_name, "a zone lies nobody knows where");
        }
    }
    Ok(reading)
}

fn report(row: ReportRow) -> Option<Report> {
    let zone = row.area_code.trim();
    (1..=LONGEST_ZONE).contains(&zone.len()).then(|| Report {
        issued_at: row.issued_at,
        sequence: row.sequence,
        zone: zone.to_owned(),
        zone_name: row.area_name.trim().chars().take(LONGEST_NAME).collect(),
        kind: Kind::from(row.kind),
        level: Level(row.level),
        command: row.command,
        withdrawn: row.withdrawn,
        start: row.start,
        end: row.end,
        all_end: row.all_end,
    })
}
