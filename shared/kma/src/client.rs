//! The calls: the key, the pages, the attempts.

use std::collections::HashSet;
use std::time::Duration;

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Failure, Partner, PartnerError, Retry, Terms};

use crate::KmaError;
use crate::envelope::{self, Fields, Page};
use crate::key::ServiceKey;
use crate::pages::{Pages, Total};

/// What one call may take. A page of a thousand rows has some 150 kB as JSON and twice as many as XML.
const TERMS: Terms = Terms {
    name: "the Korean weather service",
    patience: Duration::from_secs(5),
    largest_body: 2 * 1024 * 1024,
};

/// A call that failed in passing is made once more: never one that was refused for the key, the calls of the day or a
/// fault of ours.
const RETRY: Retry = Retry::attempts(2)
    .first_pause(Duration::from_millis(400))
    .longest_pause(Duration::from_secs(2))
    .when(|answer| envelope::read(answer).is_err_and(|error| error.is_passing()));

/// The Korean weather service.
#[derive(Clone, Debug)]
pub struct Kma {
    partner: Partner,
    key: ServiceKey,
}

impl FromEnvironment for Kma {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            partner: Partner::open(environment, "KMA_URL", TERMS)?,
            key: ServiceKey::from_environment(environment)?,
        })
    }
}

impl Kma {
    /// The rows of all pages, each once.
    ///
    /// # Errors
    /// [`KmaError`]; [`KmaError::BrokeOff`] when they end before all is told, [`KmaError::Malformed`] when so many pages
    /// of so many `rows` are not the end.
    pub(crate) async fn all(
        &self,
        path: [&str; 2],
        query: &[(&'static str, String)],
        (rows, most_pages, total): (usize, u32, Total),
    ) -> Result<Vec<Fields>, KmaError> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        let mut pages = Pages::new(rows, total);
        for page in 1..=most_pages {
            let found = self.page(path, query, (rows, page)).await?;
            let is_last = pages.is_last(&found)?;
            all.extend(found.rows.into_iter().filter(|fields| seen.insert(fields.to_string())));
            if is_last {
                return Ok(all);
            }
        }
        Err(KmaError::Malformed("its pages do not end"))
    }

    /// A page; once more with another key if there is one by now instead of one that is refused.
    async fn page(
        &self,
        path: [&str; 2],
        query: &[(&'static str, String)],
        page: (usize, u32),
    ) -> Result<Page, KmaError> {
        let key = self.key.value().await?;
        match self.page_for(&key, path, query, page).await {
            Err(KmaError::Key(said)) => match self.key.other_than(&key).await {
                Some(other) => self.page_for(&other, path, query, page).await,
                None => Err(KmaError::Key(said)),
            },
            answered => answered,
        }
    }

    async fn page_for(
        &self,
        key: &str,
        path: [&str; 2],
        query: &[(&'static str, String)],
        (rows, page): (usize, u32),
    ) -> Result<Page, KmaError> {
        let common = [
            ("serviceKey", key.to_owned()),
            ("pageNo", page.to_string()),
            ("numOfRows", rows.to_string()),
            ("dataType", "JSON".to_owned()),
        ];
        let query: Vec<&(&str, String)> = common.iter().chain(query).collect();
        let answered = self.partner.get(path).query(&query).send(&RETRY).await;
        match answered {
            Ok(answer) => envelope::read(&answer),
            Err(PartnerError::Unavailable { last: Failure::Answered(answer), .. }) => envelope::read(&answer),
            Err(PartnerError::TooLarge { .. }) => Err(KmaError::Malformed("it is too large")),
            Err(error) => Err(KmaError::Unavailable(error)),
        }
    }
}
