//! The opaque cursor: a dataset and a place in its file, in bytes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The cursor of a place.
pub(super) fn write(dataset: &str, offset: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{dataset}@{offset}"))
}

/// The place that a cursor means; none if it is none of this dataset.
pub(super) fn read(cursor: &str, dataset: &str) -> Option<u64> {
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    decoded.strip_prefix(dataset)?.strip_prefix('@')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_only_for_its_own_dataset() {
        let cursor = write("reviews", 12_345_678_901);
        assert_eq!(read(&cursor, "reviews"), Some(12_345_678_901));
        assert_eq!(read(&cursor, "review"), None);
        assert_eq!(read(&cursor, "questions"), None);
        assert_eq!(read("no cursor", "reviews"), None);
        assert_eq!(read("", "reviews"), None);
    }
}
