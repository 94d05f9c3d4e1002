//! A page of a dataset and the iterator over its rows, good and broken alike.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{
    Broken, Dataset, ExportRow, Fault, comma_separated::Records, fields::Fields, json_lines::Objects,
};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values as in RFC 4180; **every** page begins with the header line.
    Csv,
}

impl Format {
    /// The number of the line on which the first row of a dataset stands.
    pub const fn first_line(self) -> u64 {
        match self {
            Self::Ndjson => 1,
            Self::Csv => 2,
        }
    }
}

/// A piece of a dataset that begins and ends between two rows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// How it is written.
    pub format: Format,
    /// The line of the dataset, from 1, on which the first row of the page stands (for CSV: the line after
    /// the header). [`Format::first_line`] for the first page, [`Rows::next_line`] of its forerunner for
    /// every other.
    pub first_line: u64,
    /// The page as it was delivered. A UTF-8 byte order mark at its beginning is passed over.
    pub bytes: &'a [u8],
}

impl<'a> Page<'a> {
    /// The rows of the page, of which the caller says of which dataset they are: `page.rows::<ReviewRow>()`.
    pub fn rows<R: ExportRow<'a>>(self) -> Rows<'a, R> {
        Rows { source: Source::new(self, R::DATASET), fields: Fields::new(R::DATASET), row: PhantomData }
    }
}

/// One row of a page, as it was delivered and as it was understood.
#[derive(Debug)]
pub struct Line<'a, R> {
    /// The line of the dataset, from 1, on which the row begins.
    pub number: u64,
    /// The row as it was delivered, without its line end.
    pub raw: &'a [u8],
    /// The row, or what is wrong with it.
    pub row: Result<R, Fault>,
}

impl<R> Line<'_, R> {
    /// The quarantine entry of this row.
    pub fn broken(&self, fault: Fault) -> Broken {
        Broken::new(self.number, self.raw, fault)
    }
}

/// Iterates over the rows of a page; blank lines are passed over.
pub struct Rows<'a, R> {
    source: Source<'a>,
    /// The values of one row: one place for all rows, because moving them about costs more than reading them.
    fields: Fields<'a>,
    row: PhantomData<R>,
}

impl<R> Rows<'_, R> {
    /// The line after those read so far: at the end, the `first_line` of the next page.
    pub const fn next_line(&self) -> u64 {
        match &self.source {
            Source::Objects(objects) => objects.next_line(),
            Source::Records(records) => records.next_line(),
        }
    }
}

impl<'a, R: ExportRow<'a>> Iterator for Rows<'a, R> {
    type Item = Line<'a, R>;

    fn next(&mut self) -> Option<Self::Item> {
        let values = self.fields.reset();
        let RawRow { line: number, raw, outcome } = match &mut self.source {
            Source::Objects(objects) => objects.next(values)?,
            Source::Records(records) => records.next(values)?,
        };
        let row = outcome.and_then(|()| R::read(&mut self.fields));
        Some(Line { number, raw, row })
    }
}

/// A row cut out of its page, and whether it could be taken apart into values.
pub(super) struct RawRow<'a> {
    pub(super) line: u64,
    pub(super) raw: &'a [u8],
    pub(super) outcome: Result<(), Fault>,
}

enum Source<'a> {
    Objects(Objects<'a>),
    Records(Records<'a>),
}

impl<'a> Source<'a> {
    fn new(page: Page<'a>, dataset: Dataset) -> Self {
        let bytes = page.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(page.bytes);
        match page.format {
            Format::Ndjson => Self::Objects(Objects::new(dataset, page.first_line, bytes)),
            Format::Csv => Self::Records(Records::new(dataset, page.first_line, bytes)),
        }
    }
}
