//! Whether two engines gave the same six results.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use serde_json::Value;

use crate::Outcome;

/// How many lines that only one side has are shown.
const SHOWN: usize = 10;

/// Compares two files of results as sets of lines; fails unless they are equal and not empty.
pub fn compare(ours: &Path, theirs: &Path) -> Outcome<()> {
    let (one, other) = (lines(ours)?, lines(theirs)?);
    let mut out = std::io::stdout();
    for (path, own, against) in [(ours, &one, &other), (theirs, &other, &one)] {
        for line in own.difference(against).take(SHOWN) {
            writeln!(out, "only in {}: {line}", path.display())?;
        }
    }
    if one != other || one.is_empty() {
        return Err("the results differ, or there are none".into());
    }
    writeln!(out, "equal: {} lines", one.len())?;
    Ok(())
}

/// The lines, each as JSON without blanks.
fn lines(path: &Path) -> Outcome<BTreeSet<String>> {
    let text = fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str::<Value>(line)?.to_string())).collect()
}
