//! The pages that KakaoPay sends browsers back to: their addresses, what they are told, and where they lead.

use garde::Validate;
use http::StatusCode;
use jiff::Timestamp;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, Reply};
use serde::Deserialize;

use super::Word;
use crate::error::Error;
use crate::return_state::{ReturnPage, ReturnStates, StateError};

/// Makes the addresses that KakaoPay is told.
#[derive(Clone, Debug)]
pub struct ReturnAddresses {
    states: ReturnStates,
    api: String,
}

/// Reads what a browser comes back with, and sends it on to the web app.
#[derive(Clone, Debug)]
pub struct Pages {
    states: ReturnStates,
    app: String,
}

/// What a browser comes back with. KakaoPay may add what it likes.
#[derive(Clone, Debug, Deserialize, Validate)]
pub struct Return {
    #[garde(length(bytes, max = 255))]
    state: Option<String>,
    /// KakaoPay's own, on the approve page: says that the member has paid.
    #[garde(length(bytes, max = 255))]
    pub pg_token: Option<String>,
}

/// Which order a browser came back from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// This one, in time.
    InTime(String),
    /// This one, when its time was over.
    Late(String),
    /// None: Maru did not make the address.
    Nowhere,
}

impl FromEnvironment for ReturnAddresses {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            states: ReturnStates::from_environment(environment)?,
            api: origin(environment, "API_URL")?,
        })
    }
}

impl FromEnvironment for Pages {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            states: ReturnStates::from_environment(environment)?,
            app: origin(environment, "APP_ORIGIN")?,
        })
    }
}

fn origin(environment: &Environment, variable: &str) -> Result<String, ConfigurationError> {
    Ok(environment.require(variable)?.trim_end_matches('/').to_owned())
}

impl ReturnAddresses {
    /// The addresses for an order that is begun at `now`: approve, cancel, fail. At most 255 characters each, if
    /// the API's own has no more than 100.
    ///
    /// # Errors
    /// [`StateError::Key`].
    pub async fn of(&self, order: &str, now: Timestamp) -> Result<[String; 3], StateError> {
        let pages = [ReturnPage::Approve, ReturnPage::Cancel, ReturnPage::Fail];
        let mut addresses = [const { String::new() }; 3];
        for (page, address) in pages.into_iter().zip(&mut addresses) {
            let state = self.states.sign(page, order, now).await?;
            *address = format!("{}/billing/kakaopay/{}?state={state}", self.api, page.name());
        }
        Ok(addresses)
    }
}

impl Pages {
    /// The order that a browser came back from to `page`.
    ///
    /// # Errors
    /// [`Error::State`] while there is no key to read states with.
    pub async fn arrived(&self, page: ReturnPage, query: &Return, now: Timestamp) -> Result<Arrived, Error> {
        let Some(state) = &query.state else { return Ok(Arrived::Nowhere) };
        match self.states.read(page, state, now).await {
            Ok(order) => Ok(Arrived::InTime(order.to_owned())),
            Err(StateError::Over { order_id }) => Ok(Arrived::Late(order_id)),
            Err(StateError::Forged) => Ok(Arrived::Nowhere),
            Err(error @ StateError::Key(_)) => Err(error.into()),
        }
    }

    /// Sends the browser on to the page of the app that says what became of the payment.
    #[must_use]
    pub fn tell(&self, word: Word) -> Reply {
        // Words need no escape. 303: what follows is a page to be read, however this one was asked for.
        let reply = Reply::redirect(&format!("{}/plan?payment={}", self.app, word.name()));
        Reply { status: StatusCode::SEE_OTHER, ..reply }
    }
}
