//! Cursors: opaque, and good only for the list, the filters and the caller they came from.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maru_lambda::Problem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::table::{Item, text};

/// The most bytes that DynamoDB takes for a partition key and for a sort key
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html>).
const LONGEST_PARTITION_KEY: usize = 2_048;
const LONGEST_SORT_KEY: usize = 1_024;

/// What a cursor belongs to.
///
/// A cursor is bound by a hash, not sealed by a key: its position lies in a partition that the function
/// chooses by the caller, so that a forged one can at most start the caller's own list elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    hash: String,
    partition: String,
    partition_key: &'static str,
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
        Self {
            hash: URL_SAFE_NO_PAD.encode(&digest.finalize()[..12]),
            partition: partition.to_owned(),
            partition_key: "pk",
        }
    }

    /// The same scope over an index of the table, whose partition is kept in the attribute `partition_key` and whose
    /// order is the table's.
    #[must_use]
    pub fn over_index(self, partition_key: &'static str) -> Self {
        Self { partition_key, ..self }
    }

    /// The attributes that say where an item stands: the table's keys, and the index's.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        let of_index = Some(self.partition_key).filter(|key| *key != "pk");
        ["pk", "sk"].into_iter().chain(of_index).collect()
    }

    /// The cursor of the place where `item` stands, whose keys have to be in it.
    #[must_use]
    pub fn seal(&self, item: &Item) -> String {
        let keys = self.keys().into_iter().filter_map(|name| Some((name, item.get(name)?.as_s().ok()?)));
        let sealed = Sealed {
            s: self.hash.clone(),
            k: keys.map(|(name, value)| (name.to_owned(), value.clone())).collect(),
        };
        sealed.encoded()
    }

    /// The position that a cursor of this scope was made of.
    ///
    /// # Errors
    /// 400 `invalid_cursor` for any other.
    pub fn open(&self, cursor: &str) -> Result<Item, Problem> {
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
        let of_item = |(name, longest): (&str, usize)| {
            key.get(name).is_some_and(|value| (1..=longest).contains(&value.len()))
        };
        key.len() == self.keys().len()
            && [("pk", LONGEST_PARTITION_KEY), ("sk", LONGEST_SORT_KEY)].into_iter().all(of_item)
            && key.get(self.partition_key) == Some(&self.partition)
    }
}

impl Sealed {
    fn encoded(&self) -> String {
        // A map of strings always has a JSON form.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
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
            let k = key.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let cursor = Sealed { s: scope.hash.clone(), k }.encoded();
            assert_eq!(scope.open(&cursor).unwrap_err().code, "invalid_cursor", "{key:?}");
        }
    }

    #[test]
    fn a_cursor_over_an_index_has_its_partition_in_the_indexs_key() {
        let scope = Scope::new("list_unread", "", "a", "UNREAD#a").over_index("unread");
        let item = |unread: &str| {
            let others = [("pk", "INBOX#a"), ("sk", "2026"), ("title", "x"), ("unread", unread)];
            others.map(|(name, value)| (name.to_owned(), text(value))).into_iter().collect::<Item>()
        };
        let mut position = item("UNREAD#a");
        let cursor = scope.seal(&position);
        position.remove("title");
        assert_eq!(scope.open(&cursor).unwrap(), position);
        for other in [scope.seal(&item("UNREAD#b")), scope.seal(&Item::from([("pk".to_owned(), text("x"))]))]
        {
            assert_eq!(scope.open(&other).unwrap_err().code, "invalid_cursor");
        }
    }
}
