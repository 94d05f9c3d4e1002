//! Cursors: opaque, and good only for the list, the filters and the caller they came from.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maru_lambda::Problem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::table::{Item, text};

/// The most bytes that DynamoDB takes for a sort key
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>).
const LONGEST_SORT_KEY: usize = 1_024;

/// What a cursor belongs to.
///
/// A cursor is bound by a hash, not sealed by a key: its position lies in a partition that the function
/// chooses by the caller, so that a forged one can at most start the caller's own list elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    hash: String,
    partition: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    s: String,
    k: BTreeMap<String, String>,
}

impl Scope {
    /// The scope of `list` (the function's name) with `filters` (in a canonical form) for `caller`, over
    /// items of the partition `partition`.
    #[must_use]
    pub fn new(list: &str, filters: &str, caller: &str, partition: &str) -> Self {
        let mut digest = Sha256::new();
        for part in [list, filters, caller, partition] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Self { hash: URL_SAFE_NO_PAD.encode(&digest.finalize()[..12]), partition: partition.to_owned() }
    }

    pub(crate) fn seal(&self, position: &Item) -> String {
        let strings =
            position.iter().filter_map(|(name, value)| Some((name.clone(), value.as_s().ok()?.clone())));
        let sealed = Sealed { s: self.hash.clone(), k: strings.collect() };
        // A map of strings always has a JSON form.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&sealed).unwrap_or_default())
    }

    pub(crate) fn open(&self, cursor: &str) -> Result<Item, Problem> {
        let sealed: Option<Sealed> =
            URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let sealed =
            sealed.filter(|sealed| sealed.s == self.hash && self.holds(&sealed.k)).ok_or_else(|| {
                Problem::bad_request(
                    "invalid_cursor",
                    "This cursor is not one of this list; begin without one.",
                )
            })?;
        Ok(sealed.k.into_iter().map(|(name, value)| (name, text(value))).collect())
    }

    /// Whether `key` is one that an item of the partition can have: the database would fail on any other.
    fn holds(&self, key: &BTreeMap<String, String>) -> bool {
        let sort_key = key.get("sk").is_some_and(|sk| (1..=LONGEST_SORT_KEY).contains(&sk.len()));
        key.len() == 2 && sort_key && key.get("pk") == Some(&self.partition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> Item {
        Item::from([("pk".to_owned(), text("REPORTS#a")), ("sk".to_owned(), text("2026-01-01"))])
    }

    #[test]
    fn a_cursor_opens_where_it_came_from() {
        let scope = Scope::new("list_reports", "", "a", "REPORTS#a");
        assert_eq!(scope.open(&scope.seal(&position())).unwrap(), position());
    }

    #[test]
    fn a_cursor_of_another_list_filter_or_caller_is_refused() {
        let cursor = Scope::new("list_reports", "x", "a", "REPORTS#a").seal(&position());
        for other in [
            Scope::new("list_runs", "x", "a", "REPORTS#a"),
            Scope::new("list_reports", "y", "a", "REPORTS#a"),
            Scope::new("list_reports", "x", "b", "REPORTS#a"),
        ] {
            assert_eq!(other.open(&cursor).unwrap_err().code, "invalid_cursor");
        }
        let scope = Scope::new("list_reports", "x", "a", "REPORTS#a");
        for nonsense in ["", "!!", "e30", "한글"] {
            assert_eq!(scope.open(nonsense).unwrap_err().code, "invalid_cursor");
        }
    }

    #[test]
    fn a_cursor_with_the_right_hash_and_a_key_that_no_item_has_is_refused() {
        let scope = Scope::new("list_reports", "", "a", "REPORTS#a");
        let long = "x".repeat(1_025);
        let forged: [&[(&str, &str)]; 6] = [
            &[("pk", "REPORTS#a")],
            &[("pk", "REPORTS#a"), ("sk", "")],
            &[("pk", "REPORTS#a"), ("sk", &long)],
            &[("pk", "REPORTS#a"), ("sk", "x"), ("z", "y")],
            &[("pk", "REPORTS#b"), ("sk", "REPORTS#a")],
            &[("x", "REPORTS#a"), ("sk", "x")],
        ];
        for key in forged {
            let key: Item = key.iter().map(|(name, value)| ((*name).to_owned(), text(*value))).collect();
            assert_eq!(scope.open(&scope.seal(&key)).unwrap_err().code, "invalid_cursor", "{key:?}");
        }
    }
}
