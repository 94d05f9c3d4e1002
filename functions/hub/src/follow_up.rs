//! What follows when a resume is published or withdrawn, or when somebody liked, viewed or commented on it: it is
//! put where it belongs in the lists, and its owner is told.
//!
//! All of it is done whatever the reason: whoever takes the marks of a resume away does what they stand for.

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use serde::Deserialize;

use crate::error::Error;
use crate::lists::{News, Relist};
use crate::notices::Notices;

/// Does what follows.
#[derive(Clone, Debug)]
pub struct FollowUp {
    relist: Relist,
    notices: Notices,
}

/// What the hub needs of `resume.published` and `resume.withdrawn`: where to look.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResumeMoved {
    /// The resume.
    pub resume_id: String,
}

impl FromEnvironment for FollowUp {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        let relist = Relist::from_environment(environment)?;
        Ok(Self { relist, notices: Notices::from_environment(environment)? })
    }
}

impl FollowUp {
    /// Does what follows at a resume because of `news`.
    ///
    /// # Errors
    /// [`Error`]: begin again, done twice it does no harm.
    pub async fn follow_up(&self, resume: &str, news: News) -> Result<(), Error> {
        // The lists first: there the marks are taken, and a notice that is written before is sent after it.
        self.relist.relist(resume, news).await?;
        self.notices.send(resume).await
    }
}
