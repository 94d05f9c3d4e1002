//! When a schedule fires: `cron(…)` or `rate(…)`.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::cron::Cron;

/// A schedule expression.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Cron(Cron),
    /// Counted from the start of the stack.
    Rate(SignedDuration),
}

impl Expression {
    /// Reads `cron(…)` or `rate(…)`; none if it is neither. `zone` is an IANA name.
    pub(super) fn parse(text: &str, zone: &str) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        let (kind, inner) = text.trim().strip_suffix(')')?.split_once('(')?;
        match kind {
            "cron" => Cron::parse(inner, zone).map(Self::Cron),
            "rate" => rate(inner).map(Self::Rate),
            _ => None,
        }
    }

    /// The first firing after `after`; none if there is none in the next years.
    pub(super) fn next(&self, after: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Cron(cron) => cron.next(after),
            Self::Rate(every) => after.checked_add(*every).ok(),
        }
    }

    /// The last firing after `after` and not after `until`.
    pub(super) fn latest(&self, after: Timestamp, until: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Cron(cron) => cron.latest(after, until),
            Self::Rate(every) => {
                let times = until.duration_since(after).as_secs() / every.as_secs();
                let passed = every.checked_mul(i32::try_from(times).ok()?)?;
                (times > 0).then(|| after.checked_add(passed).ok()).flatten()
            }
        }
    }
}

fn rate(text: &str) -> Option<SignedDuration> {
    let (value, unit) = text.trim().split_once(' ')?;
    let value = value.parse::<i32>().ok().filter(|value| *value > 0)?;
    let unit = match unit.trim().trim_end_matches('s') {
        "minute" => SignedDuration::from_mins(1),
        "hour" => SignedDuration::from_hours(1),
        "day" => SignedDuration::from_hours(24),
        _ => return None,
    };
    unit.checked_mul(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_fires_after_each_interval() {
        let rate = Expression::parse("rate(5 minutes)", "UTC").unwrap();
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let minutes = |minutes| start + SignedDuration::from_mins(minutes);
        assert_eq!(rate.next(start), Some(minutes(5)));
        assert_eq!(rate.latest(start, minutes(17)), Some(minutes(15)));
        assert_eq!(rate.latest(start, minutes(4)), None);
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for (text, zone) in
            [("rate(0 minutes)", "UTC"), ("at(2026-01-01T00:00:00)", "UTC"), ("rate(1 day)", "Seoul")]
        {
            assert!(Expression::parse(text, zone).is_none(), "{text} {zone}");
        }
    }
}
