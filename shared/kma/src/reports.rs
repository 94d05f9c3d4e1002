//! Special reports (기상특보 조회서비스, `WthrWrnInfoService`): the log of warnings, and which are in force.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::envelope::Fields;
use crate::{Kma, KmaError, time};

const SERVICE: &str = "WthrWrnInfoService";

/// How many rows a page is asked to have: a busy day has some hundred.
const ROWS: usize = 1_000;

/// How many pages are read at most: far more rows than sixty days have.
const MOST_PAGES: u32 = 50;

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
        let rows = self.all([SERVICE, "getPwnCd"], &query, (ROWS, MOST_PAGES)).await?;
        let read: Vec<ReportRow> = rows.iter().filter_map(report).collect();
        if read.len() < rows.len() {
            tracing::warn!(lines = rows.len() - read.len(), "lines of the log of warnings cannot be read");
        }
        Ok(read)
    }

    /// All warnings of the country that are in force, as a text; none if the service has none.
    ///
    /// # Errors
    /// [`KmaError`].
    pub async fn warnings_in_force(&self) -> Result<Option<InForce>, KmaError> {
        let rows = self.all([SERVICE, "getPwnStatus"], &[], (10, 1)).await?;
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

fn in_force(fields: &Fields) -> Option<InForce> {
    Some(InForce {
        issued_at: fields.time("tmFc")?,
        holds_from: fields.time("tmEf"),
        text: fields.text("t6").unwrap_or_default(),
    })
}
