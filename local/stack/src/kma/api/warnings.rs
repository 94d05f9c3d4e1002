//! `getPwnCd`, the log of warnings, and `getPwnStatus`, what is in force.

use jiff::Span;
use jiff::civil::{Date, DateTime};
use serde_json::json;

use super::super::Kma;
use super::super::time::{in_korea, minute_number, read_day};
use super::super::warnings::{Row, in_force, status_text};
use super::envelope::{Item, Listed};
use super::query::Query;
use super::refusal::Refusal;

/// How far back the log may be asked for, in days.
const DAYS: i32 = 60;

/// The log of the days that are asked for (today's if none are), the newest row first.
///
/// # Errors
/// 03 if there is none; 10 for a day that is none; 99 for one that lies too far back.
pub(super) fn log(kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
    let (page, now) = (query.page()?, in_korea(kma.clock.now()));
    let day = |name| match query.given(name) {
        None => Ok(now.date()),
        Some(text) => read_day(text).ok_or_else(Refusal::invalid),
    };
    let (from, to): (Date, Date) = (day("fromTmFc")?, day("toTmFc")?);
    // How the service answers days in the wrong order is not documented.
    if from > to {
        return Err(Refusal::invalid());
    }
    if from < now.date().saturating_sub(Span::new().days(DAYS)) {
        let message = format!("최대 조회 기간은 오늘 기준으로 {DAYS}일 전까지입니다.");
        return Err(Refusal::too_old(99, message));
    }
    let is_asked = |name: &str, value: &str| query.given(name).is_none_or(|asked| asked == value);
    let mut rows = kma.answers.log();
    rows.retain(|row| {
        row.issued_at <= now
            && (from..=to).contains(&row.issued_at.date())
            && is_asked("areaCode", &row.area_code)
            && is_asked("warningType", &row.kind.to_string())
            && is_asked("stnId", &row.office.to_string())
    });
    // Stable, so that rows of one report stay in the order in which they were given, the last one first.
    rows.reverse();
    rows.sort_by_key(|row| std::cmp::Reverse((row.issued_at, row.sequence)));
    Listed::overlapping(rows.iter().map(item).collect(), page)
}

/// One row of the whole country: the warnings in force as a text.
///
/// # Errors
/// 10.
pub(super) fn status(kma: &Kma, query: &Query) -> Result<Listed, Refusal> {
    let (page, now) = (query.page()?, in_korea(kma.clock.now()));
    let rows = kma.answers.log();
    let last = rows.iter().filter(|row| row.issued_at <= now).max_by_key(|row| (row.issued_at, row.sequence));
    let (issued_at, sequence) =
        last.map_or((now.date().at(0, 0, 0, 0), 1), |row| (row.issued_at, row.sequence));
    let item = vec![
        ("tmFc", json!(minute_number(issued_at))),
        ("tmSeq", json!(sequence)),
        // A text, as nowhere else.
        ("tmEf", json!(minute_number(now).to_string())),
        ("t6", json!(status_text(&in_force(&rows, now)))),
        ("t7", json!("o 없음")),
        ("other", json!("o 없음\r\n\r\n")),
    ];
    Listed::page_of(vec![item], page)
}

/// A row with the types as they were recorded: numbers, but for the office, the action and the withdrawal.
fn item(row: &Row) -> Item {
    let time = |at: Option<DateTime>| json!(at.map_or(0, minute_number));
    vec![
        ("stnId", json!(row.office.to_string())),
        ("tmFc", json!(minute_number(row.issued_at))),
        ("tmSeq", json!(row.sequence)),
        ("areaCode", json!(row.area_code)),
        ("areaName", json!(row.area_name)),
        ("warnVar", json!(row.kind)),
        ("warnStress", json!(row.level)),
        ("command", json!(row.command.to_string())),
        ("cancel", json!(if row.withdrawn { "1" } else { "0" })),
        ("startTime", time(row.start)),
        ("endTime", time(row.end)),
        ("allEndTime", time(row.all_end)),
    ]
}
