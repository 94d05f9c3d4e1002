//! Cuts a file into pages, as the lecture platform delivers them.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The pages of an NDJSON file, one at a time in memory.
pub struct Pages {
    file: File,
    page: Vec<u8>,
    /// How much of `page` was given out last.
    given: usize,
    size: usize,
}

impl Pages {
    /// Pages of at most `size` bytes, which must be longer than the longest line.
    pub fn open(path: &Path, size: usize) -> io::Result<Self> {
        Ok(Self { file: File::open(path)?, page: Vec::with_capacity(size), given: 0, size })
    }

    /// The next page, ending with a line; `None` after the last.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.page.drain(..self.given);
        let room = (self.size - self.page.len()) as u64;
        self.file.by_ref().take(room).read_to_end(&mut self.page)?;
        let whole = self.page.len() < self.size;
        let end = if whole { None } else { self.page.iter().rposition(|byte| *byte == b'\n') };
        self.given = end.map_or(self.page.len(), |end| end + 1);
        Ok(if self.given == 0 { None } else { self.page.get(..self.given) })
    }
}
