//! How often somebody may try.

use std::time::Duration;

use maru_store::Limit;

use crate::account::AccountName;
use crate::secret::Digest;

/// Failed logins of one account, from browsers that it does not know; and of one browser that it knows. At
/// this rate a thousand passwords take a day.
pub const LOGIN_ACCOUNT: Limit = Limit { name: "login-account", per: Duration::from_secs(15 * 60), most: 10 };

/// Failed logins from one address, which a school or an office may share.
pub const LOGIN_ADDRESS: Limit = Limit { name: "login-address", per: Duration::from_secs(15 * 60), most: 50 };

/// Sign-ups from one address: each costs a password's hash.
pub const SIGNUP_ADDRESS: Limit =
    Limit { name: "signup-address", per: Duration::from_secs(60 * 60), most: 100 };

/// What of an account is counted: a digest of its name, so that the name is not left when the account is
/// closed; and a browser that it knows by itself.
#[must_use]
pub fn account(name: &str, known_browser: Option<&Digest>) -> String {
    let spelling = AccountName::try_from(name.to_owned()).map_or_else(|_| name.to_owned(), |name| name.key());
    let account = Digest::of(spelling.as_bytes()).as_str().to_owned();
    known_browser.map_or_else(|| account.clone(), |browser| format!("{account}#{}", browser.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_account_are_one_and_a_known_browser_is_another() {
        let browser = Digest::of(b"browser");
        assert_eq!(account("Maru", None), account("mARU", None));
        assert_ne!(account("maru", Some(&browser)), account("maru", None));
        assert!(!account("maru", Some(&browser)).contains("maru"));
        // What somebody may say instead of a name: it may be long, or look like another subject.
        assert_eq!(account(&"#".repeat(1000), None).len(), 43);
    }
}
