//! The file that books are kept in: a line of JSON for each change, added before the change is seen.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::billing_key::BillingKey;
use super::books::Movement;
use super::payment::Payment;

/// What changes together: new states of a payment and of a billing key, and money that moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) payment: Option<Payment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<BillingKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) movement: Option<Movement>,
}

/// An open journal.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    length: u64,
}

impl Journal {
    /// Opens the journal of this path, made if it is not there, with the changes in it. A last line that was cut
    /// off when the process was killed is none: nobody has seen its change.
    ///
    /// # Errors
    /// The file cannot be used, or a line of it is not a change.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Change>)> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        let text = fs::read(path)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64)?;
        let lines = text[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let changes = lines.map(serde_json::from_slice).collect::<Result<_, _>>()?;
        Ok((Self { file, length: whole as u64 }, changes))
    }

    /// Adds a change.
    ///
    /// # Errors
    /// The file cannot be written; the change is not in it.
    pub(super) fn append(&mut self, change: &Change) -> io::Result<()> {
        let mut line = serde_json::to_vec(change)?;
        line.push(b'\n');
        if let Err(error) = self.file.write_all(&line) {
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
impl Journal {
    /// A journal that takes nothing: its file is open for reading only.
    pub(super) fn unwritable(path: &Path) -> Self {
        fs::write(path, "").unwrap();
        Self { file: File::open(path).unwrap(), length: 0 }
    }
}
