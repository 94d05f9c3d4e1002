//! Special reports (기상특보 조회서비스, `WthrWrnInfoService`): the log of warnings, and which are in force.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::envelope::Fields;
use crate::pages::Total;
use crate::{Kma, KmaError, time};

const SERVICE: &str = "WthrWrnInfoService";

/// How many rows a page is asked to have: a busy day has some hundred.
const ROWS: usize = 1_000;

/// How many pages are read at most: far more rows than sixty days have.
const MOST_PAGES: u32 = 50;

/// The text of what is in force is one row.
const STATUS: (usize, u32, Total) = (10, 2, Total::Rough);

/// How many lines that cannot be read are told of, and how much of each field.
const MOST_TOLD: usize = 5;
const MOST_CHARACTERS: usize = 24;

/// The fields by which somebody finds a line in the log.
const NAMING: [&str; 8] =
    ["stnId", "tmFc", "tmSeq", "areaCode", "warnVar", "warnStress", "command", "startTime"];

/// A line of the log (`getPwnCd`): what was done to one kind of warning in one zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReportRow {
    /// The office that issued it, such as `108`; with `issued_at` and `sequence` it names the report.
    pub office: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The report's number within its month; 0 if it has none.
    pub sequence: u32,
    /// The zone, such as `L1100100`; zones at sea begin with `S`.
    pub area_code: String,
    /// The zone's name, such as `서울동남권`; empty if it has none.
    pub area_name: String,
    /// The kind of warning: 1 wind, 2 rain, 3 cold, 4 drought, 5 storm surge, 6 waves, 7 typhoon, 8 snow, 9 dust, 12
    /// heat, 13 tropical night. There may be others.
    pub kind: u16,
    /// 0 advisory (주의보), 1 warning (경보), 2 severe warning (중대경보). There may be others.
    pub level: u8,
    /// 1 issued, 2 released, 3 extended, 6 corrected, 7 changed, 8 changed and released. There may be others.
    pub command: u8,
    /// Whether the line was withdrawn afterwards.
    pub withdrawn: bool,
    /// From when on it holds, which may be in the future; none on a release.
    pub start: Option<Timestamp>,
    /// When it ended; none if it has not.
    pub end: Option<Timestamp>,
    /// When all warnings of the zone ended; none if others are in force.
    pub all_end: Option<Timestamp>,
}

/// All warnings of the country at one time, as a text (`getPwnStatus`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it holds.
    pub holds_from: Option<Timestamp>,
    /// The warnings, one kind a line, such as `o 강풍주의보 : 부산서부`; `o 없음` when there are none.
    pub text: String,
}

impl Kma {
    /// The log of the days `from` to `to`, both with their last line, each line once and in no particular order; empty for quiet days.
    /// The service looks back about sixty days.
    ///
    /// A line without a time, a zone, a kind, a command or a readable level is left out and logged: half a warning
    /// would be none.
    ///
    /// # Errors
    /// [`KmaError`]; [`KmaError::Range`] when `from` is too long ago.
    pub async fn special_reports(&self, from: Date, to: Date) -> Result<Vec<ReportRow>, KmaError> {
        let query = [("fromTmFc", time::day(from)), ("toTmFc", time::day(to))];
        let rows = self.all([SERVICE, "getPwnCd"], &query, (ROWS, MOST_PAGES, Total::Rough)).await?;
        let mut read = Vec::with_capacity(rows.len());
        let mut unreadable = Vec::new();
        for fields in &rows {
            match report(fields) {
                Some(row) => read.push(row),
                None => unreadable.push(fields),
            }
        }
        if !unreadable.is_empty() {
            let (lines, are) = (unreadable.len(), told(&unreadable));
            tracing::warn!(lines, are, "lines of the log of warnings cannot be read");
        }
        Ok(read)
    }

    /// All warnings of the country that are in force, as a text; none if the service has none.
    ///
    /// # Errors
    /// [`KmaError`].
    pub async fn warnings_in_force(&self) -> Result<Option<InForce>, KmaError> {
        let rows = self.all([SERVICE, "getPwnStatus"], &[], STATUS).await?;
        Ok(rows.iter().filter_map(in_force).max_by_key(|status| status.issued_at))
    }
}

fn report(fields: &Fields) -> Option<ReportRow> {
    Some(ReportRow {
        office: fields.text("stnId").unwrap_or_default(),
        issued_at: fields.time("tmFc")?,
        sequence: fields.number("tmSeq").unwrap_or(0),
        area_code: fields.text("areaCode")?,
        area_name: fields.text("areaName").unwrap_or_default(),
        kind: fields.number("warnVar")?,
        // Optional by the guide: an advisory is the least that a warning is.
        level: if fields.has("warnStress") { fields.number("warnStress")? } else { 0 },
        command: fields.number("command")?,
        withdrawn: fields.number("cancel") == Some(1_u8),
        start: fields.time("startTime"),
        end: fields.time("endTime"),
        all_end: fields.time("allEndTime"),
    })
}

/// Which lines they are: the first few, by the fields that name them.
fn told(lines: &[&Fields]) -> String {
    let told = |fields: &&Fields| {
        let field = |name: &&str| {
            let text = fields.text(name).unwrap_or_default();
            format!("{name}={}", text.chars().take(MOST_CHARACTERS).collect::<String>())
        };
        NAMING.iter().map(field).collect::<Vec<_>>().join(" ")
    };
    lines.iter().take(MOST_TOLD).map(told).collect::<Vec<_>>().join("; ")
}

fn in_force(fields: &Fields) -> Option<InForce> {
    Some(InForce {
        issued_at: fields.time("tmFc")?,
        holds_from: fields.time("tmEf"),
        text: fields.text("t6").unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;

    #[test]
    fn of_lines_that_cannot_be_read_a_few_are_told_by_what_names_them() {
        let line = |kind: Value| {
            let fields = json!({ "tmFc": 202_611_201_800_u64, "areaCode": "L1082700", "warnVar": kind, "key": "secret" });
            let fields: Map<String, Value> = serde_json::from_value(fields).unwrap();
            Fields::from(fields)
        };
        let (odd, long) = (line(json!("바람")), line(json!("x".repeat(1_000))));
        let told_of = told(&[&odd, &long]);
        assert!(told_of.contains("tmFc=202611201800") && told_of.contains("warnVar=바람"), "{told_of}");
        assert!(!told_of.contains("secret"), "{told_of}");
        let many = told(&vec![&long; 100]);
        assert!(many.len() < MOST_TOLD * NAMING.len() * 2 * MOST_CHARACTERS, "{many}");
    }
}
