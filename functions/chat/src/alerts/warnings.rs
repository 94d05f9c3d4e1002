//! Reading the log of warnings from the weather service.

use chat_alerts::fold::{Reading, fold};
use chat_alerts::kind::{Kind, Level};
use chat_alerts::report::Report;
use chat_alerts::status::Status;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maru_kma::{Kma, KmaError, ReportRow};
use maru_lambda::{day_in_seoul, logs, start_of_day};

use super::zones;
use crate::error::Error;

/// How many days the log is read back, the most first: as far as the service lets look, which is about two months.
const DAYS: [i64; 11] = [60, 59, 58, 57, 56, 55, 50, 45, 40, 35, 30];

/// The longest code of a zone in bytes; they have eight.
const LONGEST_ZONE: usize = 20;

/// How much of a zone's name is kept, in characters; they have up to twelve.
const LONGEST_NAME: usize = 60;

/// How much of a text that is not understood stands in the log, in characters.
const MOST_TOLD: usize = 1_000;

/// What the service says of the warnings at `now`.
///
/// # Errors
/// [`Error::Kma`], also when only some of it could be read; [`Error::Contradiction`]. Nothing may be concluded from any of
/// them, least of all that there are no warnings.
pub async fn read(kma: &Kma, now: Timestamp) -> Result<Reading, Error> {
    let today = day_in_seoul(now);
    let (first, rows) = log(today, |first| kma.special_reports(first, today)).await?;
    let status = match status(kma).await {
        // A log without a line in sixty days is so rare that the other word has to confirm it.
        Ok(status) if rows.is_empty() && status.as_ref().is_none_or(Status::names_warnings) => {
            return Err(Error::Contradiction);
        }
        Err(error) if rows.is_empty() => return Err(error.into()),
        Ok(status) => status,
        Err(error) => {
            tracing::warn!(error = logs::chain(&error), "the text of the warnings' state cannot be read");
            None
        }
    };
    let lines = rows.len();
    let reports: Vec<Report> = rows.into_iter().filter_map(report).collect();
    if reports.len() < lines {
        tracing::warn!(lines = lines - reports.len(), "lines name zones as there are none");
    }
    let mut reading = fold(reports, start_of_day(first), now);
    if reading.unknown_commands > 0 {
        tracing::warn!(lines = reading.unknown_commands, "lines have commands that are not known");
    }
    zones::look_over(&reading.in_force);
    reading.status = status;
    Ok(reading)
}

/// The service's other word; none of a text that says nothing.
async fn status(kma: &Kma) -> Result<Option<Status>, KmaError> {
    let Some(found) = kma.warnings_in_force().await? else { return Ok(None) };
    let status = Status::read(&found.text, found.holds_from.unwrap_or(found.issued_at));
    if let Some(unclear) = status.as_ref().map(Status::unclear).filter(|unclear| *unclear > 0) {
        let text: String = found.text.chars().take(MOST_TOLD).collect();
        tracing::warn!(lines = unclear, text, "lines of the warnings' state are not understood");
    }
    Ok(status)
}

/// The first day of the log, as far back as `ask` gives it, and its lines.
async fn log<F>(today: Date, ask: impl Fn(Date) -> F) -> Result<(Date, Vec<ReportRow>), KmaError>
where
    F: Future<Output = Result<Vec<ReportRow>, KmaError>>,
{
    for days in DAYS {
        let first = today.saturating_sub(days.days());
        match ask(first).await {
            Err(KmaError::Range) => tracing::warn!(days, "the weather service does not look back that far"),
            read => return read.map(|rows| (first, rows)),
        }
    }
    Err(KmaError::Range)
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use jiff::civil::date;

    use super::*;

    #[tokio::test]
    async fn a_service_that_looks_back_less_far_is_asked_for_less_and_the_log_begins_there() {
        let today = date(2026, 11, 21);
        for (lets, expected, calls) in
            [(60, Some(60), 1), (57, Some(57), 4), (52, Some(50), 7), (29, None, 11)]
        {
            let asked = Cell::new(0);
            let read = log(today, |first| {
                asked.set(asked.get() + 1);
                let is_too_far = first < today.saturating_sub(i64::from(lets).days());
                async move { if is_too_far { Err(KmaError::Range) } else { Ok(Vec::new()) } }
            });
            let first = read.await.ok().map(|(first, _)| first);
            let expected = expected.map(|days: i64| today.saturating_sub(days.days()));
            assert_eq!((first, asked.get()), (expected, calls), "{lets} days");
        }
    }
}
