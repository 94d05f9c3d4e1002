//! What a comment may say, and how many one may write.

use std::time::Duration;

use garde::Validate;
use jiff::Timestamp;
use maru_document::rules::{filled, paragraph};
use maru_store::{Limit, LimitError};
use serde::Deserialize;

use crate::store::Store;

/// The most characters of a comment.
const MOST: usize = 1_000;

/// How many comments a member can write.
const LIMITS: [Limit; 2] = [
    Limit { name: "comments-minute", per: Duration::from_mins(1), most: 10 },
    Limit { name: "comments-day", per: Duration::from_hours(24), most: 300 },
];

/// The body of a request that writes a comment.
#[derive(Clone, Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What it says: plain text of up to 1,000 characters.
    #[garde(length(chars, max = MOST), custom(paragraph), custom(filled))]
    pub content: String,
}

/// Takes one comment of what `member` may write.
///
/// # Errors
/// [`LimitError`].
pub async fn allow(store: &Store, member: &str, now: Timestamp) -> Result<(), LimitError> {
    for limit in &LIMITS {
        let _ = store.table().take(limit, member, now).await?;
    }
    Ok(())
}

/// The partitions in which the numbers of a member's comments are kept.
pub fn limit_partitions(member: &str) -> impl Iterator<Item = String> {
    LIMITS.iter().map(move |limit| format!("LIMIT#{}#{member}", limit.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(content: &str) -> bool {
        Content { content: content.to_owned() }.validate().is_ok()
    }

    #[test]
    fn a_comment_is_readable_text_of_a_thousand_characters() {
        for good in ["좋아요!", "두\n줄", "👩‍💻", &"가".repeat(1_000)] {
            assert!(is_taken(good), "{good}");
        }
        for bad in ["", " \n ", "\u{200b}\u{200b}", "\u{3164}", "a\u{0}b", "a\rb", &"가".repeat(1_001)] {
            assert!(!is_taken(bad), "{bad:?}");
        }
    }
}
