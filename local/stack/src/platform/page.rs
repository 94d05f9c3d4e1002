//! Pages: read from a place in a file up to a number of rows or bytes, whole records only.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    records::{self, Format},
    window::Window,
};

/// Most bytes of a page. Only a single record that is longer has a page of its own size.
pub(super) const MOST_BYTES: usize = 8 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A dataset's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    path: PathBuf,
    format: Format,
}

/// A page, ready to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub format: Format,
    /// The page's bytes; for CSV the header line first.
    pub bytes: Vec<u8>,
    /// Rows among them, broken ones too; the header and blank lines are none.
    pub rows: usize,
    /// Where the next page begins, if there is one.
    pub next: Option<u64>,
}

/// A page cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum PageError {
    #[error("the place is beyond the end of the file")]
    BeyondEnd,
    #[error("the file cannot be read")]
    File(#[from] io::Error),
}

impl Source {
    /// The file of a dataset: NDJSON before CSV.
    pub(super) fn find(directory: &Path, dataset: &str) -> Option<Self> {
        let files = [("ndjson", Format::Ndjson), ("csv", Format::Csv)];
        let mut sources = files.map(|(extension, format)| Self {
            path: directory.join(dataset).with_extension(extension),
            format,
        });
        sources.iter_mut().find(|source| source.path.is_file()).map(|source| source.clone())
    }

    /// The page that begins at `offset` (0 is the file's beginning). Blocks.
    pub(super) fn page(&self, offset: u64, most_rows: usize, most_bytes: usize) -> Result<Page, PageError> {
        let mut file = File::open(&self.path)?;
        if offset > file.metadata()?.len() {
            return Err(PageError::BeyondEnd);
        }
        let header = self.header(&mut file)?;
        let start = offset.max(header.end);
        file.seek(SeekFrom::Start(start))?;
        let most_bytes = most_bytes.saturating_sub(header.bytes.len());
        let body = Body::read(Window::new(file), self.format, most_rows, most_bytes)?;
        let mut bytes = header.bytes;
        bytes.extend_from_slice(&body.bytes);
        let next = body.goes_on.then(|| start + body.bytes.len() as u64);
        Ok(Page { format: self.format, bytes, rows: body.rows, next })
    }

    /// What stands before the first row: a byte order mark, which no page carries, and for CSV the header
    /// line.
    fn header(&self, file: &mut File) -> Result<Header, PageError> {
        let mut window = Window::new(file);
        window.fill()?;
        let mark = if window.bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        if self.format == Format::Ndjson {
            return Ok(Header { bytes: Vec::new(), end: mark as u64 });
        }
        let length = window.record(self.format, mark)?;
        let mut bytes = window.bytes[mark..mark + length].to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        Ok(Header { bytes, end: (mark + length) as u64 })
    }
}

struct Header {
    bytes: Vec<u8>,
    /// Where the first row begins.
    end: u64,
}

/// The records of a page.
struct Body {
    bytes: Vec<u8>,
    rows: usize,
    goes_on: bool,
}

impl Body {
    /// Takes records until the next row would be one too many, or its end beyond `most_bytes`. Blank lines
    /// after the last row belong to its page.
    fn read<R: Read>(
        mut window: Window<R>,
        format: Format,
        most_rows: usize,
        most_bytes: usize,
    ) -> Result<Self, PageError> {
        let (mut end, mut rows) = (0, 0);
        let goes_on = loop {
            let length = window.record(format, end)?;
            if length == 0 {
                break false;
            }
            let is_row = records::is_row(&window.bytes[end..end + length]);
            if (is_row && rows == most_rows) || (end > 0 && end + length > most_bytes) {
                break true;
            }
            end += length;
            rows += usize::from(is_row);
        };
        window.bytes.truncate(end);
        Ok(Self { bytes: window.bytes, rows, goes_on })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn pages(name: &str, content: &[u8], most_rows: usize, most_bytes: usize) -> Vec<(String, usize)> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(name), content).unwrap();
        let source = Source::find(directory.path(), "reviews").unwrap();
        let (mut pages, mut next) = (Vec::new(), Some(0));
        while let Some(offset) = next {
            let page = source.page(offset, most_rows, most_bytes).unwrap();
            next = page.next;
            pages.push((String::from_utf8(page.bytes).unwrap(), page.rows));
        }
        pages
    }

    fn page(text: &str, rows: usize) -> (String, usize) {
        (text.to_owned(), rows)
    }

    #[test]
    fn pages_end_after_the_asked_rows_and_together_are_the_file() {
        let found = pages("reviews.ndjson", b"{1}\n{2}\n\n{3}\n \n", 2, MOST_BYTES);
        assert_eq!(found, [page("{1}\n{2}\n\n", 2), page("{3}\n \n", 1)]);
    }

    #[test]
    fn the_last_page_is_full_and_nothing_follows_it() {
        assert_eq!(pages("reviews.ndjson", b"{1}\n{2}", 2, MOST_BYTES), [page("{1}\n{2}", 2)]);
        assert_eq!(pages("reviews.ndjson", b"", 2, MOST_BYTES), [page("", 0)]);
    }

    #[test]
    fn every_csv_page_begins_with_the_header_and_no_quoted_record_is_cut() {
        let found =
            pages("reviews.csv", b"\xef\xbb\xbfid,comment\n1,\"a\nb\"\n2,c\n3,\"d\n\n\"", 1, MOST_BYTES);
        let header = "id,comment\n";
        let expected = ["1,\"a\nb\"\n", "2,c\n", "3,\"d\n\n\""].map(|row| page(&format!("{header}{row}"), 1));
        assert_eq!(found, expected);
        assert_eq!(pages("reviews.csv", b"id", 1, MOST_BYTES), [page("id\n", 0)]);
    }

    #[test]
    fn pages_end_before_the_row_that_would_be_too_long_but_hold_one_at_least() {
        let found = pages("reviews.csv", b"h\n1234\n12\n1234567890\n1\n", 9, 10);
        assert_eq!(
            found,
            ["1234\n12\n", "1234567890\n", "1\n"]
                .map(|rows| { page(&format!("h\n{rows}"), rows.lines().count()) })
        );
    }

    #[test]
    fn a_file_longer_than_one_step_is_cut_between_rows() {
        let row = format!("{{\"comment\":\"{}\"}}\n", "가".repeat(40_000));
        let found = pages("reviews.ndjson", row.repeat(50).as_bytes(), 20, MOST_BYTES);
        assert_eq!(found.iter().map(|(_, rows)| *rows).collect::<Vec<_>>(), [20, 20, 10]);
        assert!(found.iter().all(|(text, rows)| *text == row.repeat(*rows)));
    }

    #[test]
    fn a_place_beyond_the_end_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("reviews.ndjson"), "{}\n").unwrap();
        let source = Source::find(directory.path(), "reviews").unwrap();
        assert!(matches!(source.page(4, 1, MOST_BYTES), Err(PageError::BeyondEnd)));
        assert!(source.page(3, 1, MOST_BYTES).is_ok());
    }

    proptest! {
        /// Whatever the fields hold and however the pages are cut: no row is lost, doubled or cut in two.
        #[test]
        fn the_pages_of_a_csv_file_together_are_the_file(
            rows in vec(("[a\",\n\r가]{0,6}", "[a\",\n\r가]{0,6}"), 0..20),
            most_rows in 1_usize..5,
            most_bytes in 1_usize..100,
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["id", "comment"]).unwrap();
            for (id, comment) in &rows {
                writer.write_record([format!("x{id}"), comment.clone()]).unwrap();
            }
            let file = writer.into_inner().unwrap();
            let found = pages("reviews.csv", &file, most_rows, most_bytes);
            prop_assert_eq!(found.iter().map(|(_, rows)| rows).sum::<usize>(), rows.len());
            let together: String = found.iter().map(|(text, _)| text.strip_prefix("id,comment\n").unwrap()).collect();
            prop_assert_eq!(format!("id,comment\n{together}").into_bytes(), file);
        }
    }
}
