//! What a call says, and whether it may say it.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use super::super::amount::Amount;
use super::super::refusal::{Code, Refusal};
use super::super::{ONE_TIME_CID, SECRET_KEY, SUBSCRIPTION_CID};

/// Words before the secret key. Sources differ on which one goes with a key for development.
const SCHEMES: [&str; 2] = ["SECRET_KEY", "DEV_SECRET_KEY"];

/// The fields of a call by the merchant. One that is null is not there.
#[derive(Debug)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of the body.
    ///
    /// # Errors
    /// -401 for a wrong key; -2 for a body that is not an object of JSON, or does not say that it is.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match text(header::AUTHORIZATION).split_once(' ') {
            Some((scheme, SECRET_KEY)) if SCHEMES.contains(&scheme) => {}
            _ => return Err(Code::UNAUTHORIZED.into()),
        }
        if !text(header::CONTENT_TYPE).starts_with("application/json") {
            return Err(Refusal::of_field("Content-Type", "must be application/json"));
        }
        let object = serde_json::from_slice(body);
        object.map(Self).map_err(|_| Refusal::of_field("the body", "must be an object of JSON"))
    }

    /// A text, whatever it is.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A text of one to `most` characters.
    ///
    /// # Errors
    /// -2.
    pub(super) fn text(&self, name: &str, most: usize) -> Result<&str, Refusal> {
        let text = self.optional_text(name, most)?;
        text.filter(|text| !text.is_empty()).ok_or_else(|| Refusal::of_field(name, "is missing"))
    }

    /// A text of at most `most` characters.
    ///
    /// # Errors
    /// -2.
    pub(super) fn optional_text(&self, name: &str, most: usize) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.chars().count() <= most => Ok(Some(text)),
            Some(Value::String(_)) => Err(Refusal::of_field(name, "is too long")),
            Some(_) => Err(Refusal::of_field(name, "must be a text")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// -2.
    pub(super) fn integer(&self, name: &str) -> Result<i64, Refusal> {
        self.optional_integer(name)?.ok_or_else(|| Refusal::of_field(name, "is missing"))
    }

    /// A whole number.
    ///
    /// # Errors
    /// -2.
    pub(super) fn optional_integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                value.as_i64().map(Some).ok_or_else(|| Refusal::of_field(name, "must be a whole number"))
            }
        }
    }

    /// The merchant's id.
    ///
    /// # Errors
    /// -2; -731 for one that nobody has; -733 for any `cid_secret`: the ids for tests have none.
    pub(super) fn cid(&self) -> Result<&str, Refusal> {
        let cid = self.text("cid", 10)?;
        if ![ONE_TIME_CID, SUBSCRIPTION_CID].contains(&cid) {
            return Err(Code::CID.into());
        }
        match self.optional_text("cid_secret", 24)? {
            None => Ok(cid),
            Some(_) => Err(Code::CID_SECRET.into()),
        }
    }

    /// The merchant's id for payments that recur.
    ///
    /// # Errors
    /// As [`Self::cid`]; -731 also for the id for single payments.
    pub(super) fn subscription_cid(&self) -> Result<&str, Refusal> {
        let cid = self.cid()?;
        if cid == SUBSCRIPTION_CID { Ok(cid) } else { Err(Code::CID.into()) }
    }

    /// The amount of a payment.
    ///
    /// # Errors
    /// -2, and those of [`Amount::new`].
    pub(super) fn amount(&self) -> Result<Amount, Refusal> {
        let vat = self.optional_integer("vat_amount")?;
        Amount::new(self.integer("total_amount")?, self.integer("tax_free_amount")?, vat)
    }

    /// How many of the item.
    ///
    /// # Errors
    /// -2.
    pub(super) fn quantity(&self) -> Result<i64, Refusal> {
        match self.integer("quantity")? {
            quantity @ 1.. => Ok(quantity),
            _ => Err(Refusal::of_field("quantity", "must be one at least")),
        }
    }
}
