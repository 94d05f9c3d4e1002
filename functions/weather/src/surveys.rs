//! Members' surveys.

use jiff::Timestamp;
use maru_store::StoreError;
use serde::{Deserialize, Serialize};
use weather_rules::survey::Survey;

use crate::error::Error;
use crate::store::{Store, survey_key};

/// What a member answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// The six answers.
    pub answers: Survey,
    /// When they were given.
    pub updated_at: Timestamp,
}

impl Store {
    /// What a member answered; none if they did not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn survey(&self, member: &str) -> Result<Option<Answered>, StoreError> {
        self.table().get(&survey_key(member), true).await
    }

    /// Keeps what a member answered, instead of what they answered before.
    ///
    /// # Errors
    /// [`Error::MemberGone`], [`Error::Store`].
    pub async fn keep_survey(&self, member: &str, answered: &Answered) -> Result<(), Error> {
        let table = self.table();
        let put = table.part(table.transact_put(&survey_key(member), answered)?.build())?;
        let parts = vec![put, table.erasure(member).not_begun()?];
        table.transact(parts).await?.map_err(|_| Error::MemberGone)
    }
}
