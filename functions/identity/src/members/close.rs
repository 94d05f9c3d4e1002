//! Closing an account, and what is left to erase afterwards.
//!
//! The closing itself is one transaction: what made the member known, visible and reachable is gone at that
//! moment, and the message to all domains is written with it. The rest (sessions, grants, pictures) is
//! erased by the consumer of that message, which is repeated until it succeeds, and then says so.

use std::collections::BTreeMap;

use jiff::Timestamp;
use maru_outbox::Posted;
use maru_store::{Key, StoreError, text};
use serde::{Deserialize, Serialize};

use super::{Member, Tombstone, refusal};
use crate::error::Error;
use crate::providers::Provider;
use crate::store::{Store, account_key, answers_partition, grant_key, nickname_key, partition, provider_key};

/// The record that an account's data was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    /// When it was done.
    pub erased_at: Timestamp,
    /// How many of what.
    pub what: BTreeMap<String, u64>,
}

/// What a provider allowed us, sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// The provider's token, sealed by the vault.
    pub sealed_token: String,
}

#[derive(Deserialize)]
struct Place {
    pk: String,
    sk: String,
}

impl Store {
    /// Closes the account, with `posted` in the same transaction: the profile is erased, the nickname, the
    /// account name and the logins at providers are free.
    ///
    /// # Errors
    /// [`Error::Stale`] when the member is not `member` any more, [`Error::Store`].
    pub async fn close(&self, member: &Member, now: Timestamp, posted: &[Posted]) -> Result<(), Error> {
        let tombstone = Tombstone { id: member.id.clone(), closed_at: now };
        let mut parts = vec![
            self.replace(member, &tombstone)?,
            self.delete_own(&nickname_key(&member.nickname), &member.id)?,
        ];
        if let Some(account) = &member.account {
            parts.push(self.delete_own(&account_key(account), &member.id)?);
        }
        for connection in &member.connections {
            let key = provider_key(connection.provider, connection.id);
            parts.push(self.delete_own(&key, &member.id)?);
        }
        let reasons = parts.iter().map(|_| Error::Stale).collect();
        parts.extend(posted.iter().map(Posted::part));
        let done = self.table().transact(parts).await?;
        done.map_err(|cancelled| refusal(&cancelled, reasons))
    }

    /// Keeps what a provider allowed us, with `posted` in the same transaction.
    ///
    /// # Errors
    /// [`Error::Closed`] when the account was closed meanwhile, [`Error::Store`].
    pub async fn keep_grant(
        &self,
        user: &str,
        provider: Provider,
        grant: &Grant,
        posted: &[Posted],
    ) -> Result<(), Error> {
        self.put_while_open(user, &grant_key(user, provider), grant, posted).await
    }

    /// What a provider allowed us.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn grant(&self, user: &str, provider: Provider) -> Result<Option<Grant>, StoreError> {
        self.table().get(&grant_key(user, provider), true).await
    }

    /// Deletes everything of a kind in the member's partition, by the first word of its sort key, and says how
    /// many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_kind(&self, user: &str, kind: &str) -> Result<u64, StoreError> {
        let table = self.table();
        let query = table
            .client()
            .query()
            .table_name(table.name())
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :kind)")
            .expression_attribute_values(":pk", text(partition(user)))
            .expression_attribute_values(":kind", text(kind))
            .projection_expression("pk, sk");
        let places: Vec<Place> = table.query_all(query).await?;
        let count = places.len() as u64;
        table.delete_all(places.into_iter().map(|Place { pk, sk }| Key::new(pk, sk))).await?;
        Ok(count)
    }

    /// Deletes the answers that are kept for the member's idempotency keys, and says how many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_answers(&self, user: &str) -> Result<u64, StoreError> {
        let kept = self.table().keys_of(&answers_partition(user)).await?;
        let count = kept.len() as u64;
        self.table().delete_all(kept).await?;
        Ok(count)
    }

    /// Writes the record of an erasure, unless there is one: a repetition finds less to count.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_erasure(&self, user: &str, erasure: &Erasure) -> Result<(), StoreError> {
        self.table().put_new(&maru_store::erasure_key(user), erasure).await.map(|_| ())
    }
}
