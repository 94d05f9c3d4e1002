//! `cron(minutes hours day-of-month month day-of-week year)` in the dialect of EventBridge Scheduler
//! (<https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>).
//!
//! Known are `*`, `?`, lists, ranges, steps and names; `L`, `W` and `#` are refused.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// How many days ahead a firing is looked for: a leap day may be eight years away.
const HORIZON_DAYS: usize = 8 * 366 + 1;

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// AWS counts from Sunday, 1, on.
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The values that one field allows; none allows all.
type Field = Option<Vec<i16>>;

/// A cron expression in a time zone.
#[derive(Clone, Debug)]
pub(super) struct Cron {
    minutes: Vec<i16>,
    hours: Vec<i16>,
    days: Field,
    months: Field,
    weekdays: Field,
    years: Field,
    zone: TimeZone,
}

impl Cron {
    /// Reads what stands between the brackets.
    pub(super) fn parse(text: &str, zone: TimeZone) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays, years] = fields.as_slice() else { return None };
        // Exactly one of the two kinds of days is left open by `?`.
        if (*days == "?") == (*weekdays == "?") {
            return None;
        }
        Some(Self {
            minutes: field(minutes, 0, 59, &[])?.unwrap_or_else(|| (0..60).collect()),
            hours: field(hours, 0, 23, &[])?.unwrap_or_else(|| (0..24).collect()),
            days: field(days, 1, 31, &[])?,
            months: field(months, 1, 12, &MONTHS)?,
            weekdays: field(weekdays, 1, 7, &WEEKDAYS)?,
            years: field(years, 1970, 2199, &[])?,
            zone,
        })
    }

    /// The first firing after `after`.
    pub(super) fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let first = self.zone.to_datetime(after).date();
        let days = first.series(1.day()).take(HORIZON_DAYS).filter(|date| self.has(*date));
        days.flat_map(|date| self.firings(date)).find(|firing| *firing > after)
    }

    /// The last firing after `after` and not after `until`.
    pub(super) fn latest(&self, after: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let [first, last] = [after, until].map(|moment| self.zone.to_datetime(moment).date());
        let days = last.series(-1.day()).take_while(|date| *date >= first).filter(|date| self.has(*date));
        let mut firings = days.flat_map(|date| self.firings(date).collect::<Vec<_>>().into_iter().rev());
        firings.find(|firing| *firing <= until).filter(|firing| *firing > after)
    }

    fn has(&self, date: Date) -> bool {
        let allows = |field: &Field, value: i16| field.as_ref().is_none_or(|values| values.contains(&value));
        allows(&self.days, date.day().into())
            && allows(&self.months, date.month().into())
            && allows(&self.weekdays, weekday(date.weekday()))
            && allows(&self.years, date.year())
    }

    /// The firings of a day, in order.
    fn firings(&self, date: Date) -> impl Iterator<Item = Timestamp> {
        let times =
            self.hours.iter().flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)));
        times.filter_map(move |(hour, minute)| {
            let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
            self.zone.to_timestamp(date.at(hour, minute, 0, 0)).ok()
        })
    }
}

fn weekday(weekday: Weekday) -> i16 {
    i16::from(weekday.to_sunday_one_offset())
}

/// The values of a field, sorted; `Some(None)` for all, `None` for a field that is not understood.
fn field(text: &str, least: i16, most: i16, names: &[&str]) -> Option<Field> {
    if matches!(text, "*" | "?") {
        return Some(None);
    }
    let mut values = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<usize>().ok().filter(|step| *step > 0)?)),
            None => (part, None),
        };
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (value(first, least, most, names)?, value(last, least, most, names)?),
            None if range == "*" => (least, most),
            // `5/15` counts on from 5.
            None => {
                let first = value(range, least, most, names)?;
                (first, if step.is_some() { most } else { first })
            }
        };
        values.extend((first..=last).step_by(step.unwrap_or(1)));
    }
    values.sort_unstable();
    values.dedup();
    (!values.is_empty()).then_some(Some(values))
}

fn value(text: &str, least: i16, most: i16, names: &[&str]) -> Option<i16> {
    let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
    let value = match named {
        Some(place) => least.checked_add(i16::try_from(place).ok()?)?,
        None => text.parse().ok()?,
    };
    (least..=most).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cron(text: &str) -> Cron {
        Cron::parse(text, TimeZone::get("Asia/Seoul").unwrap()).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_night_in_seoul_is_the_afternoon_before_in_utc() {
        let nightly = cron("10 0 * * ? *");
        assert_eq!(nightly.next(at("2013-09-20T15:09:59Z")), Some(at("2013-09-20T15:10:00Z")));
        assert_eq!(nightly.next(at("2013-09-20T15:10:00Z")), Some(at("2013-09-21T15:10:00Z")));
        let latest = nightly.latest(at("2013-09-20T15:10:00Z"), at("2013-09-25T15:09:00Z"));
        assert_eq!(latest, Some(at("2013-09-24T15:10:00Z")));
        assert_eq!(nightly.latest(at("2013-09-20T15:10:00Z"), at("2013-09-21T15:00:00Z")), None);
    }

    #[test]
    fn steps_ranges_lists_and_names_are_understood() {
        let quarter = cron("5/15 9-10 ? * MON-WED *");
        // 2026-01-05 is a Monday.
        let mut firings = vec![at("2026-01-04T15:00:00Z")];
        for _ in 0..8 {
            firings.push(quarter.next(*firings.last().unwrap()).unwrap());
        }
        let expected: Vec<String> = ["00:05", "00:20", "00:35", "00:50", "01:05", "01:20", "01:35", "01:50"]
            .iter()
            .map(|time| format!("2026-01-05T{time}:00Z"))
            .collect();
        assert_eq!(firings[1..].iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        assert_eq!(
            cron("0 12 29 FEB ? *").next(at("2026-01-01T00:00:00Z")),
            Some(at("2028-02-29T03:00:00Z"))
        );
        assert_eq!(cron("0 0 1 1 ? 2020").next(at("2026-01-01T00:00:00Z")), None);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "0 0 * * * *",
            "0 0 L * ? *",
            "60 0 * * ? *",
            "0 0 ? * 2#1 *",
            "0 0 * * ?",
            "a 0 * * ? *",
            "*/0 0 * * ? *",
        ] {
            assert!(Cron::parse(text, TimeZone::UTC).is_none(), "{text}");
        }
    }
}
