//! When the pages of an answer end.

use crate::KmaError;
use crate::envelope::Page;

/// How far the total is to be trusted that an operation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    /// It is the number of rows: that of forecasts.
    Exact,
    /// It may be too low or too high, for pages overlap: that of the log of warnings.
    Rough,
}

/// The pages that were read so far.
#[derive(Debug)]
pub(crate) struct Pages {
    /// How many rows each was asked to have.
    asked: usize,
    total: Total,
    /// How many rows they had, and how many the service said that there are.
    read: usize,
    told: usize,
    was_short: bool,
}

impl Pages {
    pub(crate) fn new(asked: usize, total: Total) -> Self {
        Self { asked, total, read: 0, told: 0, was_short: false }
    }

    /// Whether `page`, which comes behind those that were read, is the last one.
    ///
    /// A page is short when it has fewer rows than were asked for, and fewer than the service says that a page has: it
    /// may give fewer on each than it is asked for. A short one is the last, unless by the total there are more; then
    /// the next one tells.
    ///
    /// # Errors
    /// [`KmaError::BrokeOff`] when it is empty, although there should be more: what was read is not all.
    pub(crate) fn is_last(&mut self, page: &Page) -> Result<bool, KmaError> {
        let rows = page.rows.len();
        self.read += rows;
        self.told = self.told.max(page.total.unwrap_or(0));
        let is_all = self.read >= self.told;
        if rows == 0 {
            let is_total_wrong = self.was_short && self.total == Total::Rough;
            return if is_all || is_total_wrong { Ok(true) } else { Err(KmaError::BrokeOff) };
        }
        self.was_short = rows < self.asked && page.size.is_none_or(|size| rows < size);
        Ok(self.was_short && is_all)
    }
}
