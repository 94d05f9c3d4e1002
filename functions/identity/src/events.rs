//! What identity tells the other domains, each time together with the change that it tells of.

use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, new_id};
use maru_messages::{Bus, Envelope, SendError};
use maru_outbox::{Outbox, Posted};
use serde::{Deserialize, Serialize};

use crate::members::Member;
use crate::profile::Profile;
use crate::providers::Vouched;

/// Posts messages into the outbox, and sends them once they are committed.
#[derive(Clone, Debug)]
pub struct Announcer {
    outbox: Outbox,
    bus: Bus,
}

impl FromEnvironment for Announcer {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (outbox, bus) = <(Outbox, Bus)>::from_environment(environment)?;
        Ok(Self { outbox, bus })
    }
}

/// `member.profile_changed`: a consumer keeps it if its revision is higher than what it has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProfileChanged<'a> {
    user_id: &'a str,
    revision: i64,
    nickname: &'a str,
    profile: &'a Profile,
}

/// `member.github_connected`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GithubConnected<'a> {
    user_id: &'a str,
    github_id: i64,
    login: &'a str,
    name: Option<&'a str>,
    emails: &'a [String],
    sealed_token: &'a str,
    scopes: &'a [String],
}

/// `member.deleted`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberDeleted {
    /// Whose account was closed.
    pub user_id: String,
    /// When.
    pub deleted_at: Timestamp,
}

impl Announcer {
    /// Posts the member's profile as it is now.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn profile_changed(&self, member: &Member) -> Result<Posted, SendError> {
        let Member { id, revision, nickname, profile, updated_at, .. } = member;
        let data = ProfileChanged { user_id: id, revision: *revision, nickname: nickname.as_str(), profile };
        let id = format!("{id}-profile-{revision}");
        self.outbox.post(&self.bus, &Envelope::new(id, "member.profile_changed", *updated_at, data))
    }

    /// Posts that GitHub lets us read in the member's name; the token is sealed.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn github_connected(
        &self,
        user: &str,
        vouched: &Vouched,
        sealed_token: &str,
        now: Timestamp,
    ) -> Result<Posted, SendError> {
        let data = GithubConnected {
            user_id: user,
            github_id: vouched.id,
            login: vouched.login.as_deref().unwrap_or_default(),
            name: vouched.name.as_deref(),
            emails: &vouched.emails,
            sealed_token,
            scopes: &vouched.scopes,
        };
        // Each login brings another token.
        let envelope = Envelope::new(new_id("evt", now), "member.github_connected", now, data);
        self.outbox.post(&self.bus, &envelope)
    }

    /// Posts that the account is closed.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn member_deleted(&self, user: &str, now: Timestamp) -> Result<Posted, SendError> {
        let data = MemberDeleted { user_id: user.to_owned(), deleted_at: now };
        let envelope = Envelope::new(format!("{user}-deleted"), "member.deleted", now, data);
        self.outbox.post(&self.bus, &envelope)
    }

    /// Sends what was committed.
    pub async fn send(&self, posted: Vec<Posted>) {
        for each in posted {
            self.outbox.send(each).await;
        }
    }
}
