//! The token of a job's `streamUrl`: what a guest, or a page that cannot send headers, opens a job with.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::Job;

/// A new token that nobody can guess: 192 random bits.
pub(crate) fn new() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>())
}

impl Job {
    /// Whether `token` is that of the job's `streamUrl`; no token is not.
    #[must_use]
    pub fn has_token(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| same(token, &self.stream_token))
    }
}

/// Compares without telling by its duration how much was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_the_same_only_if_they_are() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd", "ABC"] {
            assert!(!same("abc", other), "{other}");
        }
    }

    #[test]
    fn no_two_tokens_are_the_same() {
        assert!(!same(&new(), &new()));
        assert_eq!(new().len(), 32);
    }
}
