//! Messages that lie beside a room, because somebody was quicker: the next who sends takes them along.

use jiff::{SignedDuration, Timestamp};
use maru_store::{StoreError, erasure_key};
use serde::{Deserialize, Serialize};

use super::keys::{beside_key, beside_partition};
use super::refusal::Refusal;
use crate::error::Error;
use crate::store::Store;

/// What lies there longer was given up by whoever sent it.
const LONGEST: SignedDuration = SignedDuration::from_mins(1);

/// A message that is to be stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// Where.
    pub room_id: String,
    /// Whose.
    pub author_id: String,
    /// What the author is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// The author's own name of it.
    pub client_id: String,
    /// What is said.
    pub text: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// A letter with the time at which the database deletes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Laid<'a> {
    #[serde(flatten)]
    letter: &'a Letter,
    expires_at: i64,
}

impl PartialEq for Letter {
    /// Two of the same name are the same message, whichever came first.
    fn eq(&self, other: &Self) -> bool {
        (&self.author_id, &self.client_id) == (&other.author_id, &other.client_id)
    }
}

impl Store {
    /// Lays a message beside its room.
    ///
    /// # Errors
    /// [`Refusal::AccountClosed`], [`StoreError`].
    pub async fn lay_down(&self, letter: &Letter) -> Result<(), Error> {
        let key = beside_key(&letter.room_id, &letter.author_id, &letter.client_id);
        let expires_at = (letter.sent_at + SignedDuration::from_hours(1)).as_second();
        let put = self.table().transact_put(&key, &Laid { letter, expires_at })?.build();
        let open = self.table().transact_check(&erasure_key(&letter.author_id));
        let open = open.condition_expression("attribute_not_exists(pk)").build();
        let writes = vec![self.table().part(put)?, self.table().part(open)?];
        self.table().transact(writes).await?.map_err(|_| Refusal::AccountClosed.into())
    }

    /// Takes messages away from beside their room: they are stored, or will not be.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_away(&self, letters: &[&Letter]) -> Result<(), StoreError> {
        let key = |letter: &&Letter| beside_key(&letter.room_id, &letter.author_id, &letter.client_id);
        self.table().delete_all(letters.iter().map(key)).await
    }

    /// What lies beside a room, at most `most`. What was given up is taken away.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beside(&self, room: &str, most: usize, now: Timestamp) -> Result<Vec<Letter>, StoreError> {
        let query = self.table().query(&beside_partition(room)).consistent_read(true);
        let query = query.limit(i32::try_from(most).unwrap_or(i32::MAX));
        let found: Vec<Letter> = self.table().query_page(query).await?;
        let (fresh, old): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|letter| now.duration_since(letter.sent_at) < LONGEST);
        if !old.is_empty() {
            self.take_away(&old.iter().collect::<Vec<_>>()).await?;
        }
        Ok(fresh)
    }
}
