//! The name that somebody signs in with.

use serde::{Deserialize, Serialize};

/// A name of 4 to 30 ASCII letters, digits and `_`, as its owner wrote it. Two names that differ only in case
/// are the same account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

/// A text that is no account name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountNameError {
    /// Too short or too long.
    #[error("must have 4 to 30 characters")]
    Length,
    /// Something other than ASCII letters, digits and `_`.
    #[error("may have letters a to z, digits and _ only")]
    Character,
}

impl AccountName {
    /// As its owner wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one account have in common.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl TryFrom<String> for AccountName {
    type Error = AccountNameError;

    fn try_from(name: String) -> Result<Self, AccountNameError> {
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(AccountNameError::Character);
        }
        if (4..=30).contains(&name.len()) { Ok(Self(name)) } else { Err(AccountNameError::Length) }
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(name: &str) -> Result<AccountName, AccountNameError> {
        name.to_owned().try_into()
    }

    #[test]
    fn letters_digits_and_underscores_make_a_name_of_4_to_30() {
        for good in ["abcd", "A_9_", &"x".repeat(30), "1234", "____"] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for short_or_long in ["", "abc", &"x".repeat(31)] {
            assert_eq!(parse(short_or_long), Err(AccountNameError::Length), "{short_or_long}");
        }
        for other in ["ab d", "ab-d", "마루마루", "abcd\n", "ａｂｃｄ", "abc#", "ab\0d"] {
            assert_eq!(parse(other), Err(AccountNameError::Character), "{other}");
        }
    }

    #[test]
    fn case_makes_no_other_account() {
        assert_eq!(parse("Maru_1").unwrap().key(), parse("mARU_1").unwrap().key());
        assert_eq!(parse("Maru_1").unwrap().as_str(), "Maru_1");
    }
}
