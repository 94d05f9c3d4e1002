//! What a call says, and whether it may say it.

use jiff::civil::DateTime;

use super::super::time::{read_day, read_time};
use super::envelope::DataType;
use super::refusal::Refusal;

/// Most rows of a page; more is refused. The portal's own limit is not documented.
const MOST_ROWS: u32 = 9_999;

/// The parameters of a call. An empty one is not there.
#[derive(Debug)]
pub(super) struct Query(Vec<(String, String)>);

/// The page that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: u32,
    /// Rows of a page.
    pub(super) rows: u32,
}

/// The base time and the cell of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Korea's.
    pub(super) base: DateTime,
    /// 1 to 149.
    pub(super) nx: u16,
    /// 1 to 253.
    pub(super) ny: u16,
}

impl Query {
    /// The parameters of a URL's query, decoded once.
    pub(super) fn read(query: &str) -> Self {
        Self(serde_html_form::from_str(query).unwrap_or_default())
    }

    /// A parameter; empty if it is not there.
    pub(super) fn plain(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// A parameter.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The form of the answer: XML unless it says JSON.
    pub(super) fn data_type(&self) -> DataType {
        if self.plain("dataType").eq_ignore_ascii_case("JSON") { DataType::Json } else { DataType::Xml }
    }

    /// The page, the first ten rows if it says nothing.
    ///
    /// # Errors
    /// 10.
    pub(super) fn page(&self) -> Result<Page, Refusal> {
        let number = |name, otherwise| match self.given(name) {
            None => Ok(otherwise),
            Some(text) => text.parse::<u32>().ok().filter(|number| *number > 0).ok_or_else(Refusal::invalid),
        };
        let page = Page { number: number("pageNo", 1)?, rows: number("numOfRows", 10)? };
        if page.rows > MOST_ROWS { Err(Refusal::invalid()) } else { Ok(page) }
    }

    /// The base time and the cell.
    ///
    /// # Errors
    /// 11 for one that is missing, 10 for one that is none, or a cell outside the grid.
    pub(super) fn slot(&self) -> Result<Slot, Refusal> {
        let required = |name| self.given(name).ok_or_else(Refusal::missing);
        let (day, time) = (required("base_date")?, required("base_time")?);
        let (nx, ny) = (required("nx")?, required("ny")?);
        let (day, time) = (read_day(day), read_time(time));
        let base = day.zip(time).map(|(day, time)| day.to_datetime(time)).ok_or_else(Refusal::invalid)?;
        let within = |text: &str, most: u16| {
            text.parse().ok().filter(|place| (1..=most).contains(place)).ok_or_else(Refusal::invalid)
        };
        Ok(Slot { base, nx: within(nx, 149)?, ny: within(ny, 253)? })
    }
}
