//! Whose GitHub account it is, and the token to read it with, as identity handed it over.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Key, StoreError, integer};
use maru_vault::{Vault, VaultError};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::store::{Store, github_partition};

/// What `member.github_connected` tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connected {
    /// The member.
    pub user_id: String,
    /// GitHub's number of the account, which stays when the account is renamed.
    pub github_id: i64,
    /// The account's name.
    pub login: String,
    /// The person's name, if they say.
    #[serde(default)]
    pub name: Option<String>,
    /// The account's verified e-mail addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// The token, sealed.
    pub sealed_token: String,
    /// What the token may.
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// A member's connection to GitHub, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The account and its token.
    #[serde(flatten)]
    pub connected: Connected,
    /// When identity made the connection, in milliseconds since the Unix epoch.
    pub connected_at: i64,
}

/// What a connection sees, beside the one before it.
#[derive(Clone, Copy, Debug)]
enum Sight {
    /// The same: the same account, with the same scopes.
    Same,
    /// Something else, or there was none before.
    Other,
}

impl Connection {
    /// Opens the token. None if its seal does not open any more, which is as good as a token taken back: the
    /// member has to connect the account again.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`].
    pub async fn token(&self, vault: &Vault) -> Result<Option<String>, VaultError> {
        let context = [("user", self.connected.user_id.as_str()), ("purpose", "github-token")];
        match vault.open(&context, &self.connected.sealed_token).await {
            Ok(token) => Ok(String::from_utf8(token).ok()),
            Err(error @ VaultError::Unavailable(_)) => Err(error),
            Err(error) => {
                tracing::error!(error = maru_lambda::logs::chain(&error), "a GitHub token cannot be opened");
                Ok(None)
            }
        }
    }

    /// Whether this is the account that GitHub names as the author, or, where it names none, whether the
    /// e-mail address that the commit gives is one that the account has proven to be its own.
    pub(super) fn wrote(&self, account: Option<i64>, email: Option<&str>) -> bool {
        match account {
            Some(id) => id == self.connected.github_id,
            None => email
                .is_some_and(|email| self.connected.emails.iter().any(|own| own.eq_ignore_ascii_case(email))),
        }
    }
}

impl Store {
    /// A member's connection to GitHub; none if the member has not connected an account.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn github_connection(&self, member: &str) -> Result<Option<Connection>, Error> {
        Ok(self.table().get(&connection_key(member), true).await?)
    }

    /// Keeps a connection made at `at`, unless a later one is kept already or the member is gone. What was
    /// fetched before is forgotten unless this is the same account with the same scopes. Says whether it was
    /// kept.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn keep_github_connection(
        &self,
        mut connected: Connected,
        at: Timestamp,
    ) -> Result<bool, Error> {
        // GitHub gives them in no order.
        connected.scopes.sort_unstable();
        let connection = Connection { connected, connected_at: at.as_millisecond() };
        // Which of the two it is, the conditions say. The first again, for when an event before this one came
        // between.
        for sight in [Sight::Same, Sight::Other, Sight::Same] {
            if self.table().transact(self.keeping(&connection, sight)?).await?.is_ok() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The writes that keep `connection`, if it sees what the one before it saw, or something else.
    fn keeping(&self, connection: &Connection, sight: Sight) -> Result<Vec<TransactWriteItem>, StoreError> {
        const SAME: &str = "githubId = :account AND scopes = :scopes";
        let Connected { user_id: member, github_id, scopes, .. } = &connection.connected;
        let condition = match sight {
            Sight::Same => format!("connectedAt < :at AND {SAME}"),
            Sight::Other => format!("attribute_not_exists(pk) OR (connectedAt < :at AND NOT ({SAME}))"),
        };
        let put = self
            .table()
            .transact_put(&connection_key(member), connection)?
            .condition_expression(condition)
            .expression_attribute_values(":at", integer(connection.connected_at))
            .expression_attribute_values(":account", integer(*github_id))
            .expression_attribute_values(":scopes", self.table().attribute(scopes)?);
        let listing = match sight {
            Sight::Same => self.forgive_listing(member)?,
            Sight::Other => self.forget_listing(member)?,
        };
        Ok(vec![self.table().part(put.build())?, listing, self.still_here(member)?])
    }
}

fn connection_key(member: &str) -> Key {
    Key::new(github_partition(member), "CONNECTION")
}
