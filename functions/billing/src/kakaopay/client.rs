//! The client: one method for each call.

use std::time::Duration;

use maru_lambda::{ConfigurationError, Environment, FromEnvironment};
use maru_partner::{Answer, Partner, Retry, Secret, Terms};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Miss;
use super::requests::{ForShop, OfSid, OfTid, ToCharge, ToReady};
use super::{
    Cancellation, KakaoPayError, Order, Outcome, Payment, Ready, Refund, ReturnUrls, Sale, Sid, SidState,
};

/// What a call that moves money may take: a card company behind it is given its time, because an answer that is
/// not waited for leaves the charge unknown.
pub(super) const MONEY: Terms =
    Terms { name: "KakaoPay", patience: Duration::from_secs(15), largest_body: 64 * 1024 };

/// What any other call may take. Two of them and one that moves money fit into the 30 seconds of a request.
pub(super) const QUESTION: Terms = Terms { patience: Duration::from_secs(5), ..MONEY };

/// A question is asked twice.
const TWICE: Retry =
    Retry::attempts(2).first_pause(Duration::from_millis(200)).longest_pause(Duration::from_secs(2));

/// The SID is not there, or not active any more.
const GONE: [i32; 2] = [-750, -751];

/// KakaoPay, for one shop of it (its CID).
#[derive(Clone, Debug)]
pub struct KakaoPay {
    money: Partner,
    questions: Partner,
    cid: String,
    scheme: String,
    secret_key: Secret,
}

impl FromEnvironment for KakaoPay {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Self::open(environment, MONEY, QUESTION)
    }
}

impl KakaoPay {
    /// KakaoPay, on these terms for calls that move money and for others.
    pub(super) fn open(
        environment: &Environment,
        money: Terms,
        question: Terms,
    ) -> Result<Self, ConfigurationError> {
        Ok(Self {
            money: Partner::open(environment, "KAKAOPAY_URL", money)?,
            questions: Partner::open(environment, "KAKAOPAY_URL", question)?,
            cid: environment.require("KAKAOPAY_CID")?.to_owned(),
            scheme: environment.require("KAKAOPAY_AUTHORIZATION_SCHEME")?.to_owned(),
            secret_key: Secret::open(environment, "KAKAOPAY_SECRET_KEY_PARAMETER")?,
        })
    }

    /// Prepares the first payment of a subscription, and gives the page on which the member makes it. No money
    /// moves. Sent once: of two payments that were prepared, one would be nobody's.
    ///
    /// # Errors
    /// [`KakaoPayError`].
    pub async fn ready(&self, sale: &Sale<'_>, return_urls: &ReturnUrls<'_>) -> Result<Ready, KakaoPayError> {
        let body = ToReady { item: sale.item(), return_urls };
        let answer = self.send(&self.questions, &["ready"], body, &Retry::NEVER).await?;
        Ok(read(&answer, |_| true)?)
    }

    /// Makes the payment `tid` that the member agreed to on the page, which gave `pg_token` for it. The SID for
    /// the charges to come is in the answer.
    pub async fn approve(&self, sale: &Sale<'_>, tid: &str, pg_token: &str) -> Outcome<Payment> {
        let fits = |payment: &Payment| payment.is_of(sale) && payment.tid == tid;
        self.move_money(&["approve"], sale.to_approve(tid, pg_token), fits).await
    }

    /// Charges a SID, without the member. `sale` has an order of its own, and the member of the first payment.
    pub async fn charge(&self, sale: &Sale<'_>, sid: &Sid) -> Outcome<Payment> {
        let fits = |payment: &Payment| payment.is_of(sale);
        self.move_money(&["subscription"], ToCharge { sid, item: sale.item() }, fits).await
    }

    /// Gives money back.
    pub async fn cancel(&self, refund: &Refund<'_>) -> Outcome<Cancellation> {
        let fits = |cancellation: &Cancellation| cancellation.is_of(refund);
        self.move_money(&["cancel"], refund.to_cancel(), fits).await
    }

    /// What KakaoPay knows of a payment.
    ///
    /// # Errors
    /// [`KakaoPayError`].
    pub async fn order(&self, tid: &str) -> Result<Order, KakaoPayError> {
        let answer = self.send(&self.questions, &["order"], OfTid { tid }, &TWICE).await?;
        Ok(read(&answer, |order: &Order| order.tid == tid)?)
    }

    /// What KakaoPay knows of a SID.
    ///
    /// # Errors
    /// [`KakaoPayError`].
    pub async fn sid_state(&self, sid: &Sid) -> Result<SidState, KakaoPayError> {
        self.manage("status", sid).await
    }

    /// Ends a SID: it can never be charged again. One that has ended, or is not known, is as good.
    ///
    /// # Errors
    /// [`KakaoPayError`]; the call may be repeated.
    pub async fn inactivate(&self, sid: &Sid) -> Result<(), KakaoPayError> {
        match self.manage("inactive", sid).await {
            Ok(_) => Ok(()),
            Err(KakaoPayError::Refused(refusal)) if GONE.contains(&refusal.code) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn manage(&self, what: &str, sid: &Sid) -> Result<SidState, KakaoPayError> {
        let path = ["manage", "subscription", what];
        let answer = self.send(&self.questions, &path, OfSid { sid }, &TWICE).await?;
        Ok(read(&answer, |state: &SidState| state.is_of(sid))?)
    }

    /// Once, whatever comes of it: KakaoPay has no key by which it would know a second call from another charge.
    async fn move_money<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: impl Serialize,
        fits: impl FnOnce(&T) -> bool,
    ) -> Outcome<T> {
        let answer = self.send(&self.money, path, body, &Retry::NEVER).await;
        answer.and_then(|answer| read(&answer, fits)).into()
    }

    async fn send(
        &self,
        partner: &Partner,
        path: &[&str],
        body: impl Serialize,
        retry: &Retry,
    ) -> Result<Answer, Miss> {
        let secret_key = self.secret_key.value().await.map_err(|error| Miss::NotSent(error.into()))?;
        let path = ["online", "v1", "payment"].into_iter().chain(path.iter().copied());
        let call = partner.post(path).authorization(&self.scheme, secret_key);
        Ok(call.json(&ForShop { cid: &self.cid, body }).send(retry).await?)
    }
}

/// What an answer says, if it is a success and `fits` what was asked.
fn read<T: DeserializeOwned>(answer: &Answer, fits: impl FnOnce(&T) -> bool) -> Result<T, Miss> {
    if !answer.status.is_success() {
        return Err(Miss::of(answer));
    }
    let said: T = answer.json()?;
    if fits(&said) {
        Ok(said)
    } else {
        Err(Miss::Lost(answer.broken("the answer is to another question").into()))
    }
}
