//! Access tokens: each says whose it is and what it may do, so that one which was stored before a restart is
//! still good.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What every OAuth token begins with.
const PREFIX: &str = "gho_";

/// What a token stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Token {
    /// Whose it is.
    pub login: String,
    /// What it may do, in the order in which it was asked for.
    pub scopes: Vec<String>,
    nonce: u64,
}

impl Token {
    /// A new one. `scope` is divided by spaces or commas, as the authorize page takes it.
    pub(super) fn new(login: String, scope: &str) -> Self {
        let scopes = scope.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        Self { login, scopes, nonce: rand::random() }
    }

    /// As it is sent.
    pub(super) fn write(&self) -> String {
        // A plain struct of texts and a number can always be written.
        let json = serde_json::to_vec(self).unwrap_or_default();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// What a token that was sent stands for, if it is one.
    pub(super) fn read(token: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// Whether it may do this.
    pub(super) fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }

    /// Whether it may read e-mail addresses that are not public.
    pub(super) fn may_read_emails(&self) -> bool {
        self.may("user:email") || self.may("user")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is_and_what_it_may_do() {
        let token = Token::new("minseo-kim".to_owned(), "read:user,user:email");
        assert_eq!(Token::read(&token.write()), Some(token.clone()));
        assert!(token.may_read_emails() && !token.may("repo"));
        for other in ["", "gho_", "gho_x", "ghp_abc", &token.write()[1..]] {
            assert_eq!(Token::read(other), None, "{other}");
        }
    }
}
