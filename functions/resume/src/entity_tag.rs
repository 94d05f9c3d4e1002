//! Entity tags: which state of a resume a client has (RFC 9110 §8.8.3 and §13.1.1).

use http::HeaderValue;

/// The entity tag of a resume's state. It is strong: the representation is the same byte for byte.
#[must_use]
pub fn of(revision: u64) -> HeaderValue {
    // Digits between quotation marks are always a header value.
    HeaderValue::from_str(&text(revision)).unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
}

/// Whether the value of an `If-Match` header names the state `revision`: `*` names each, a list one of its own.
#[must_use]
pub fn names(if_match: &str, revision: u64) -> bool {
    let tag = text(revision);
    if_match.trim() == "*" || if_match.split(',').any(|one| one.trim() == tag)
}

fn text(revision: u64) -> String {
    format!("\"{revision}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_own_state_only() {
        assert_eq!(of(3), "\"3\"");
        for if_match in ["\"3\"", "*", "\"2\", \"3\""] {
            assert!(names(if_match, 3), "{if_match}");
        }
        // A weak tag never matches where bytes count.
        for if_match in ["", "3", "\"33\"", "W/\"3\"", "\"2\"", "\"2\", \"4\""] {
            assert!(!names(if_match, 3), "{if_match}");
        }
    }
}
