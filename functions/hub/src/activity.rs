//! Asking for what follows when somebody liked, viewed or commented on a resume.
//!
//! A message of `ActivityQueue` is delayed by a second (`DelaySeconds` in the template), in which whatever else
//! happens to the resume finds the mark of the first and asks for nothing: however many like a resume at once, what
//! follows is done about once a second. Who leaves a mark and dies before asking is followed by
//! `cron_follow_up_activity`.

use jiff::{SignedDuration, Timestamp};
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs, new_id};
use maru_messages::{Envelope, Queue, SendError};
use maru_store::{StoreError, text};
use serde::{Deserialize, Serialize};

use crate::counts::{DUE_PARTITIONS, Mark};
use crate::store::Store;

/// The type of the messages.
const ACTIVITY_RECORDED: &str = "hub.activity_recorded";

/// A mark that is older has lost its message.
const OVERDUE: SignedDuration = SignedDuration::from_secs(30);

/// How many marks of each partition one look finds.
const LOOK: i32 = 100;

/// Where something happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityRecorded {
    /// The resume.
    pub resume_id: String,
}

/// Resumes to which something happened, for `on_activity_recorded`.
#[derive(Clone, Debug)]
pub struct ActivityQueue(Queue);

impl FromEnvironment for ActivityQueue {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self(Queue::open(environment, "ACTIVITY_QUEUE_URL")?))
    }
}

impl ActivityQueue {
    /// Asks for what follows, for the mark that was left. What fails is logged: `cron_follow_up_activity` finds
    /// the mark.
    pub async fn ask(&self, resume: &str, mark: &Mark) {
        let data = ActivityRecorded { resume_id: resume.to_owned() };
        let message = Envelope::new(mark.id(), ACTIVITY_RECORDED, mark.at(), data);
        if let Err(error) = self.0.send(&message).await {
            tracing::warn!(resume.id = resume, error = logs::chain(&error), "will be followed up later");
        }
    }

    /// Asks for what follows at all of `resumes`.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn ask_all(&self, resumes: Vec<String>, now: Timestamp) -> Result<(), SendError> {
        let message = |resume_id| {
            Envelope::new(new_id("due", now), ACTIVITY_RECORDED, now, ActivityRecorded { resume_id })
        };
        let messages: Vec<_> = resumes.into_iter().map(message).collect();
        self.0.send_all(&messages).await
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Overdue {
    resume_id: String,
}

impl Store {
    /// The resumes with marks whose message was lost, the oldest of each partition first, at most 800.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn overdue(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for partition in 0..DUE_PARTITIONS {
            let query = self
                .table()
                .query(&format!("DUE#{partition}"))
                .index_name("byDue")
                .key_condition_expression("duePartition = :pk AND due < :before")
                .expression_attribute_values(":before", text(Mark::new(now - OVERDUE).id()))
                .limit(LOOK);
            let overdue: Vec<Overdue> = self.table().query_page(query).await?;
            found.extend(overdue.into_iter().map(|overdue| overdue.resume_id));
        }
        // Up to four parts of one resume can be marked.
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}
