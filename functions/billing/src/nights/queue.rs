//! Messages about one subscription that has to be looked at, for `on_renewal_due`.

use jiff::{Timestamp, civil::Date};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, new_id};
use maru_messages::{Envelope, Queue, SendError};
use serde::{Deserialize, Serialize};

/// The type of the messages.
const RENEWAL_DUE: &str = "billing.renewal_due";

/// Whose subscription has to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RenewalDue {
    /// The member.
    pub member_id: String,
    /// The night that waits for it; none when it is only looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub night: Option<Date>,
}

/// The queue of what has to be looked at.
#[derive(Clone, Debug)]
pub struct RenewalQueue(Queue);

impl FromEnvironment for RenewalQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "RENEWAL_QUEUE_URL")?))
    }
}

impl RenewalQueue {
    /// Sends one message for each of `members`.
    ///
    /// # Errors
    /// [`SendError`]: some may have been sent.
    pub async fn send(
        &self,
        members: impl IntoIterator<Item = String>,
        night: Option<Date>,
        now: Timestamp,
    ) -> Result<(), SendError> {
        let message = |member_id| {
            let data = RenewalDue { member_id, night };
            Envelope::new(new_id("due", now), RENEWAL_DUE, now, data)
        };
        let messages: Vec<_> = members.into_iter().map(message).collect();
        self.0.send_all(&messages).await
    }
}
