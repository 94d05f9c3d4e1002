//! CSV: cuts a page into records as RFC 4180 has them and brings their cells into the order of the fields.
//!
//! Written here rather than with the `csv` crate because that one is lenient by design: a quote that is
//! never closed would silently swallow the rest of the page as one field. Here such a record is broken, and
//! reading goes on at its second line, so that one bad quote costs one row.

use std::{borrow::Cow, str};

use memchr::{memchr, memchr_iter, memchr3};

use super::{
    Dataset, Fault, Reason,
    fields::{MOST_FIELDS, Scalar, Values},
    page::RawRow,
};

/// Iterates over the records of a CSV page.
pub(super) struct Records<'a> {
    /// For each field of the dataset, its column, if the header has one.
    columns: [Option<usize>; MOST_FIELDS],
    /// How many columns the header has.
    width: usize,
    next_line: u64,
    rest: &'a [u8],
    cells: Vec<Cow<'a, [u8]>>,
}

impl<'a> Records<'a> {
    pub(super) fn new(dataset: Dataset, first_line: u64, bytes: &'a [u8]) -> Self {
        let mut cells = Vec::with_capacity(MOST_FIELDS);
        // A header that cannot be read names no columns: then every row misses its fields.
        let length = split(bytes, &mut cells).unwrap_or_else(|| first_line_length(bytes));
        let mut columns = [None; MOST_FIELDS];
        for (column, name) in columns.iter_mut().zip(dataset.fields()) {
            *column = cells.iter().position(|cell| cell.trim_ascii() == name.as_bytes());
        }
        let width = cells.len();
        Self { columns, width, next_line: first_line, rest: bytes.get(length..).unwrap_or_default(), cells }
    }

    pub(super) const fn next_line(&self) -> u64 {
        self.next_line
    }

    /// The next record that is not blank, its values put into `values`, which are all absent.
    pub(super) fn next(&mut self, values: &mut Values<'a>) -> Option<RawRow<'a>> {
        while !self.rest.is_empty() {
            let line = self.next_line;
            let whole = split(self.rest, &mut self.cells);
            let length = whole.unwrap_or_else(|| first_line_length(self.rest));
            let (raw, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
            self.rest = rest;
            let raw = trim_line_end(raw);
            self.next_line += 1 + memchr_iter(b'\n', raw).count() as u64;
            if !raw.trim_ascii().is_empty() {
                let outcome = match whole {
                    Some(_) => self.fill(values),
                    None => Err(Fault::new(Reason::InvalidCsv, "a quoted field does not end properly")),
                };
                return Some(RawRow { line, raw, outcome });
            }
        }
        None
    }

    fn fill(&mut self, values: &mut Values<'a>) -> Result<(), Fault> {
        if self.cells.len() != self.width {
            let detail = format!("{} fields where the header has {}", self.cells.len(), self.width);
            return Err(Fault::new(Reason::InvalidCsv, detail));
        }
        for (value, column) in values.iter_mut().zip(self.columns) {
            if let Some(cell) = column.and_then(|column| self.cells.get_mut(column)) {
                *value = Scalar::Cell(text(std::mem::take(cell))?);
            }
        }
        Ok(())
    }
}

fn text(cell: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Fault> {
    let not_text = |error: str::Utf8Error| Fault::new(Reason::InvalidUtf8, format!("not UTF-8: {error}"));
    match cell {
        Cow::Borrowed(bytes) => str::from_utf8(bytes).map(Cow::Borrowed).map_err(not_text),
        Cow::Owned(bytes) => {
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| not_text(error.utf8_error()))
        }
    }
}

/// Splits the first record of `bytes` into `cells` and gives its length with its line end; `None` when a
/// quote stands where none may.
fn split<'a>(bytes: &'a [u8], cells: &mut Vec<Cow<'a, [u8]>>) -> Option<usize> {
    cells.clear();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let (cell, length) = match rest.strip_prefix(b"\"") {
            Some(quoted) => quoted_cell(quoted)?,
            None => plain_cell(rest)?,
        };
        cells.push(cell);
        at += length;
        match bytes.get(at..)? {
            [b',', ..] => at += 1,
            [] => return Some(at),
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            _ => return None,
        }
    }
}

/// A cell without quotes, up to the comma or the line end.
fn plain_cell(bytes: &[u8]) -> Option<(Cow<'_, [u8]>, usize)> {
    let length = memchr3(b',', b'\n', b'"', bytes).unwrap_or(bytes.len());
    if bytes.get(length) == Some(&b'"') {
        return None;
    }
    let cell = bytes.get(..length)?;
    let ends_line = bytes.get(length) != Some(&b',');
    let cell = if ends_line { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
    Some((Cow::Borrowed(cell), cell.len()))
}

/// The cell whose opening quote has been taken, and its length with both quotes. Only a cell with doubled
/// quotes is copied.
fn quoted_cell(bytes: &[u8]) -> Option<(Cow<'_, [u8]>, usize)> {
    let mut unescaped: Vec<u8> = Vec::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        let length = memchr(b'"', rest)?;
        let piece = rest.get(..length)?;
        at += length + 1;
        if bytes.get(at) == Some(&b'"') {
            unescaped.extend_from_slice(piece);
            unescaped.push(b'"');
            at += 1;
        } else if unescaped.is_empty() {
            return Some((Cow::Borrowed(piece), at + 1));
        } else {
            unescaped.extend_from_slice(piece);
            return Some((Cow::Owned(unescaped), at + 1));
        }
    }
}

fn first_line_length(bytes: &[u8]) -> usize {
    memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1)
}

fn trim_line_end(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
    raw.strip_suffix(b"\r").unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(record: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut cells = Vec::new();
        split(record, &mut cells)?;
        Some(cells.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn a_bad_quote_costs_one_row() {
        let page = b"lectureId,studentId,percent,updatedAt\nl,\"s,1,t\nl,s2,2,t\nl,s\"3,3,t\nl,s4,4,t\n";
        let mut records = Records::new(Dataset::Progress, 2, page);
        let rows: Vec<_> = std::iter::from_fn(|| records.next(&mut Values::default()))
            .map(|row| (row.line, row.outcome.is_ok()))
            .collect();
        assert_eq!(rows, [(2, false), (3, true), (4, false), (5, true)]);
        assert_eq!(records.next_line(), 6);
    }

    #[test]
    fn line_numbers_count_the_lines_inside_of_quotes() {
        let page = b"lectureId,studentId,percent,updatedAt\r\n\"a\nb\",s,1,t\r\n\r\nl,s,1,t";
        let mut records = Records::new(Dataset::Progress, 2, page);
        let lines: Vec<_> =
            std::iter::from_fn(|| records.next(&mut Values::default())).map(|row| row.line).collect();
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn a_row_of_another_width_is_broken() {
        let page = b"studentId,lectureId,percent,updatedAt\ns,l,1,t,more\ns,l,1\n";
        let mut records = Records::new(Dataset::Progress, 2, page);
        while let Some(row) = records.next(&mut Values::default()) {
            assert_eq!(row.outcome.unwrap_err().reason, Reason::InvalidCsv);
        }
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            record in prop::collection::vec("[a-c가,\"\r\n ]{0,6}", 2..5), crlf in any::<bool>(),
        ) {
            let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
            writer.write_record(&record).unwrap();
            let written = writer.into_inner().unwrap();
            let expected = record.iter().map(|cell| cell.as_bytes().to_vec()).collect();
            prop_assert_eq!(cells(&written), Some(expected));
        }
    }
}
