//! A file of the export that is being written.

use std::io::{self, Write};

use super::broken;

/// How a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    #[default]
    Ndjson,
    /// RFC 4180, with a header line.
    Csv,
}

impl Format {
    /// The ending of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

/// The value of one field.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Text(String),
    Number(i64),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Writes rows, and among them, at even distances, broken ones.
pub(super) struct Sink<W> {
    format: Format,
    fields: &'static [&'static str],
    /// Every so many rows one is broken; 0 for none.
    broken_every: u64,
    rows: u64,
    out: W,
}

impl<W: Write> Sink<W> {
    pub(super) fn new(
        format: Format,
        fields: &'static [&'static str],
        broken_percent: f64,
        mut out: W,
    ) -> io::Result<Self> {
        if format == Format::Csv {
            writeln!(out, "{}", fields.join(","))?;
        }
        let broken_every = if broken_percent > 0.0 { (100.0 / broken_percent) as u64 } else { 0 };
        Ok(Self { format, fields, broken_every, rows: 0, out })
    }

    /// How many rows there are so far, the broken ones too.
    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes a row, and a broken one like it when one is due.
    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.write(cells)?;
        if self.broken_every > 0 && (self.rows + 1).is_multiple_of(self.broken_every) {
            match broken::of(self.rows / self.broken_every, self.fields, cells) {
                broken::Row::Cells(cells) => self.write(&cells)?,
                broken::Row::Raw(bytes) => {
                    self.rows += 1;
                    self.out.write_all(&bytes)?;
                    self.out.write_all(b"\n")?;
                }
            }
        }
        Ok(())
    }

    /// How many rows were written in all, once they are all in the file.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.rows)
    }

    fn write(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.rows += 1;
        match self.format {
            Format::Ndjson => self.write_object(cells),
            Format::Csv => self.write_record(cells),
        }
    }

    /// Fields beyond the last cell are left out.
    fn write_object(&mut self, cells: &[Cell]) -> io::Result<()> {
        let mut separator = '{';
        for (field, cell) in self.fields.iter().zip(cells) {
            write!(self.out, "{separator}\"{field}\":")?;
            match cell {
                Cell::Text(text) => serde_json::to_writer(&mut self.out, text)?,
                Cell::Number(number) => write!(self.out, "{number}")?,
            }
            separator = ',';
        }
        self.out.write_all(b"}\n")
    }

    fn write_record(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.out.write_all(b",")?;
            }
            match cell {
                Cell::Text(text) if text.contains([',', '"', '\n', '\r']) => {
                    write!(self.out, "\"{}\"", text.replace('"', "\"\""))?;
                }
                Cell::Text(text) => self.out.write_all(text.as_bytes())?,
                Cell::Number(number) => write!(self.out, "{number}")?,
            }
        }
        self.out.write_all(b"\n")
    }
}
