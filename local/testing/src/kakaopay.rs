//! KakaoPay as a person and an accountant see it: the page on which somebody pays, the wallet, the books.

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::browser::location;
use crate::{Answer, Maru};

/// The sandbox of KakaoPay.
///
/// A card is one of those on its page: `good`, `declined` (every payment), `declined_later` and `monthly_limit`
/// (the first payment succeeds), `over_limit` (every payment), `withdrawn` (paid, then the billing key is taken away).
#[derive(Debug)]
pub struct KakaoPay {
    base: String,
    client: Client,
}

impl KakaoPay {
    /// That of this stack.
    #[must_use]
    pub fn of(maru: &Maru) -> Self {
        let base = format!("{}/_partners/kakaopay", maru.stack.aws_url());
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { base, client }
    }

    /// Opens the page that a checkout leads to and pays there with this card; gives where the browser is sent: the
    /// merchant's page, with its `state` and KakaoPay's `pg_token`.
    pub async fn pay(&self, page: &str, card: &str) -> String {
        self.choose(page, "pay", card).await
    }

    /// Opens the page and goes back without paying; gives where the browser is sent.
    pub async fn cancel(&self, page: &str) -> String {
        self.choose(page, "cancel", "good").await
    }

    /// Opens the page, where the payment fails; gives where the browser is sent.
    pub async fn fail(&self, page: &str) -> String {
        self.choose(page, "fail", "good").await
    }

    /// Goes where KakaoPay sent the browser; gives the web app's page that Maru sends it on to.
    pub async fn arrive(&self, back: &str) -> String {
        location(&ask(self.client.get(back)).await)
    }

    /// Every movement of money, the oldest first: `aid`, `tid`, `orderId`, `userId`, `sid`, `kind` (`payment`,
    /// `subscription`, `cancel`), `amount` in KRW (below zero when it went back), `at`.
    pub async fn movements(&self) -> Vec<Value> {
        let books = ask(self.client.get(format!("{}/books", self.base))).await.expect(200);
        books["movements"].as_array().expect("the books have movements").clone()
    }

    /// The billing keys of a person (`partner_user_id`): `sid`, `card`, `status`, `lastApprovedAt`.
    pub async fn keys(&self, user: &str) -> Value {
        ask(self.client.get(format!("{}/wallet/{user}", self.base))).await.expect(200)
    }

    /// From now on all billing keys of a person are charged as this card is.
    pub async fn pay_with(&self, user: &str, card: &str) {
        let request = self.client.put(format!("{}/wallet/{user}", self.base));
        ask(request.json(&json!({ "card": card }))).await.expect(200);
    }

    async fn choose(&self, page: &str, action: &str, card: &str) -> String {
        let opened = ask(self.client.get(page)).await;
        assert_eq!(opened.status, 200, "{opened:#?}");
        for offered in [action, card] {
            assert!(opened.text.contains(&format!("value=\"{offered}\"")), "{offered}: {}", opened.text);
        }
        let form = format!("method=CARD&card={card}&action={action}");
        let request = self.client.post(page).header("content-type", "application/x-www-form-urlencoded");
        location(&ask(request.body(form)).await)
    }
}

async fn ask(request: RequestBuilder) -> Answer {
    Answer::read(request.send().await.expect("an answer")).await
}
