//! Signing up.

use aws_sdk_dynamodb::types::TransactWriteItem;
use maru_outbox::Posted;
use maru_store::{Key, StoreError};
use serde::{Deserialize, Serialize};

use super::{Connection, Member, refusal};
use crate::account::AccountName;
use crate::error::Error;
use crate::nickname::Nickname;
use crate::providers::Provider;
use crate::store::{Store, account_key, member_key, nickname_key, provider_key};

/// By what a new member will be known again.
#[derive(Clone, Debug)]
pub enum Proof<'a> {
    /// An account name and the hash of a password.
    Password(&'a AccountName, &'a str),
    /// A login at a provider.
    Provider(&'a Connection),
    /// A token that somebody else signed for the account, such as a demo user's.
    Token,
}

/// Whose something is that only one can have.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owned {
    user_id: String,
}

/// Whose an account name is, and the password's hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The account's id.
    pub user_id: String,
    /// The hash of its password, a PHC string.
    pub password_hash: String,
}

impl Store {
    /// Makes a member, with `posted` in the same transaction.
    ///
    /// # Errors
    /// [`Error::NicknameTaken`], [`Error::AccountTaken`], [`Error::Connected`] (the login at the provider is
    /// another member's), [`Error::Closed`] (there is or was an account of this id), [`Error::Store`].
    pub async fn create(&self, member: &Member, proof: Proof<'_>, posted: &[Posted]) -> Result<(), Error> {
        let user_id = member.id.clone();
        let mut parts = vec![
            self.unless_there(&member_key(&member.id), member)?,
            self.unless_there(&nickname_key(&member.nickname), &Owned { user_id: user_id.clone() })?,
        ];
        let mut reasons = vec![Error::Closed, Error::NicknameTaken];
        match proof {
            Proof::Password(account, hash) => {
                let credentials = Credentials { user_id, password_hash: hash.to_owned() };
                parts.push(self.unless_there(&account_key(account), &credentials)?);
                reasons.push(Error::AccountTaken);
            }
            Proof::Provider(connection) => {
                let key = provider_key(connection.provider, connection.id);
                parts.push(self.unless_there(&key, &Owned { user_id })?);
                reasons.push(Error::Connected);
            }
            Proof::Token => {}
        }
        parts.extend(posted.iter().map(Posted::part));
        let done = self.table().transact(parts).await?;
        done.map_err(|cancelled| refusal(&cancelled, reasons))
    }

    /// Whether somebody has the nickname at this moment.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn is_nickname_taken(&self, nickname: &Nickname) -> Result<bool, StoreError> {
        let owned: Option<Owned> = self.table().get(&nickname_key(nickname), false).await?;
        Ok(owned.is_some())
    }

    /// Whose an account name is, and the hash of its password.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn credentials(&self, account: &AccountName) -> Result<Option<Credentials>, StoreError> {
        self.table().get(&account_key(account), true).await
    }

    /// Whose the account `id` at a provider is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connected_to(&self, provider: Provider, id: i64) -> Result<Option<String>, StoreError> {
        let owned: Option<Owned> = self.table().get(&provider_key(provider, id), true).await?;
        Ok(owned.map(|owned| owned.user_id))
    }

    /// The write that makes somebody the owner of a nickname, unless somebody is.
    pub(super) fn own_nickname(
        &self,
        nickname: &Nickname,
        user: &str,
    ) -> Result<TransactWriteItem, StoreError> {
        self.unless_there(&nickname_key(nickname), &Owned { user_id: user.to_owned() })
    }

    /// The write that makes somebody the owner of a login at a provider, unless somebody is.
    pub(super) fn own_connection(
        &self,
        connection: &Connection,
        user: &str,
    ) -> Result<TransactWriteItem, StoreError> {
        let key = provider_key(connection.provider, connection.id);
        self.unless_there(&key, &Owned { user_id: user.to_owned() })
    }

    fn unless_there(&self, key: &Key, item: &impl Serialize) -> Result<TransactWriteItem, StoreError> {
        let put = self.table().transact_put(key, item)?;
        self.table().part(put.condition_expression("attribute_not_exists(pk)").build())
    }
}
