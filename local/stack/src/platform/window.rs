//! The part of a file that is in memory: it grows by whole steps, until the record that is asked for ends.

use std::io::{self, Read};

use super::records::{self, Format};

/// Bytes that are read at once.
const STEP: u64 = 1024 * 1024;

/// The part of a file that was read so far.
pub(super) struct Window<R> {
    source: R,
    /// What was read, from where the window began.
    pub(super) bytes: Vec<u8>,
    whole: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, bytes: Vec::new(), whole: false }
    }

    /// Reads one step more.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        let read = self.source.by_ref().take(STEP).read_to_end(&mut self.bytes)?;
        self.whole = read == 0;
        Ok(())
    }

    /// The length of the record that begins at `at`; 0 at the end of the file.
    pub(super) fn record(&mut self, format: Format, at: usize) -> io::Result<usize> {
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            match records::length(format, rest, self.whole) {
                Some(length) => return Ok(length),
                None => self.fill()?,
            }
        }
    }
}
