//! Members whose subscriptions are due in one night, here and at KakaoPay.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use maru_lambda::{Environment, FromEnvironment};
use maru_measure::Outcome;
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_store::{Item, Key, Table};
use maru_testing::{Maru, Setup};
use maru_vault::Vault;
use reqwest::Client;
use reqwest::redirect::Policy;
use serde::Deserialize;
use serde_json::{Value, json};

/// The day that begins with the night.
pub const DAY: &str = "2026-02-16";

/// When the first payments were made.
const BOUGHT: &str = "2026-01-15T15:10:00Z";

/// What a month costs, in KRW.
pub const PRICE: i64 = 19_900;

/// How many members are prepared at the same time.
const AT_ONCE: usize = 32;

/// A stack with subscriptions that are due.
pub struct World {
    pub maru: Maru,
    pub subscriptions: usize,
    table: Table,
    vault: Vault,
    kakaopay: String,
    client: Client,
}

/// What is read of a movement in KakaoPay's books.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Movement {
    pub order_id: String,
    pub user_id: String,
    pub kind: String,
    pub amount: i64,
}

/// The id of a member.
pub fn member(number: usize) -> String {
    format!("usr_{number:06}")
}

impl World {
    /// A stack with so many subscriptions that are due at the midnight that has just come, and a KakaoPay that takes
    /// so long for each charge.
    pub async fn with(subscriptions: usize, latency: Duration) -> Outcome<Self> {
        let maru = Setup::new(vec![billing::FUNCTIONS]).now(BOUGHT).frozen().start().await;
        let environment = environment(&maru)?;
        let world = Self {
            subscriptions,
            table: Table::open(&environment, "BILLING_TABLE")?,
            vault: Vault::from_environment(&environment)?,
            kakaopay: format!("{}/_partners/kakaopay", maru.stack.aws_url()),
            client: Client::builder().redirect(Policy::none()).build()?,
            maru,
        };
        let items: Vec<Item> = stream::iter(0..subscriptions)
            .map(|number| world.subscriber(number))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        world.table.put_all(items).await?;
        world.maru.midnight_of(DAY);
        if !latency.is_zero() {
            let slow = Fault::new(FaultTarget::Partner, FaultKind::Delay, u32::MAX);
            world.fault(slow.of_operation("kakaopay/subscription").with_delay(latency));
        }
        Ok(world)
    }

    /// Lets a partner suffer.
    pub fn fault(&self, fault: Fault) {
        self.maru.stack.parts().faults.push(fault);
    }

    /// The night begins and is worked through.
    pub async fn plan(&self) -> Outcome<()> {
        self.maru.stack.run_scheduled("cron_plan_renewals").await?;
        // What is set off is waited for longer than a small night takes.
        self.maru.stack.settle(Duration::from_secs(7_200)).await?;
        Ok(())
    }

    /// What comes every minute comes, after this time; gives what it answered.
    pub async fn later(&self, time: Duration) -> Outcome<Value> {
        self.maru.stack.clock().advance(time);
        Ok(self.maru.stack.run_scheduled("cron_settle_renewals").await?.answer)
    }

    /// The charges in KakaoPay's books, without the first payments.
    pub async fn charges(&self) -> Outcome<Vec<Movement>> {
        let books: Value = self.client.get(format!("{}/books", self.kakaopay)).send().await?.json().await?;
        let movements: Vec<Movement> = serde_json::from_value(books["movements"].clone())?;
        Ok(movements.into_iter().filter(|movement| movement.kind == "subscription").collect())
    }

    /// What our ledger says KakaoPay holds for each order of the night and the days after it.
    pub async fn ledger(&self) -> Outcome<HashMap<String, i64>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Entry {
            order_id: String,
            lines: Vec<Line>,
        }
        #[derive(Deserialize)]
        struct Line {
            account: String,
            amount: i64,
        }
        let mut held = HashMap::new();
        for day in ["2026-02-15", DAY, "2026-02-17"] {
            for shard in 0..8 {
                let query = self.table.query(&format!("LEDGER#{day}#{shard}")).consistent_read(true);
                for Entry { order_id, lines } in self.table.query_all::<Entry>(query).await? {
                    if lines.iter().map(|line| line.amount).sum::<i64>() != 0 {
                        return Err(format!("the entry of {order_id} does not sum to zero").into());
                    }
                    let ours = lines.iter().filter(|line| line.account == "kakaopay");
                    *held.entry(order_id).or_default() += ours.map(|line| line.amount).sum::<i64>();
                }
            }
        }
        Ok(held)
    }

    /// Everybody was charged, and nobody twice.
    pub async fn check_everybody_is_charged_once(&self) -> Outcome<()> {
        let mut times: HashMap<String, usize> = HashMap::new();
        for charge in self.charges().await? {
            *times.entry(charge.user_id).or_default() += 1;
        }
        if times.len() != self.subscriptions || times.values().any(|times| *times != 1) {
            return Err(format!(
                "{} of {} members were charged, some twice",
                times.len(),
                self.subscriptions
            )
            .into());
        }
        Ok(())
    }

    /// A member who bought a month ago, at KakaoPay and in our table.
    async fn subscriber(&self, number: usize) -> Outcome<Item> {
        let member = member(number);
        let sid = self.buys(&member, number).await?;
        let context = [("member", member.as_str()), ("purpose", "kakaopay-sid")];
        let sealed = self.vault.seal(&context, sid.as_bytes()).await?;
        let bought: Timestamp = BOUGHT.parse()?;
        let item = json!({
            "id": format!("sub_{number:06}"), "memberId": member, "status": "active", "anchor": 16,
            "period": { "start": "2026-01-16", "end": DAY }, "lastApprovedAt": bought, "revision": 1,
            "sealedSid": sealed, "duePartition": format!("DAY#{DAY}"), "due": member,
        });
        Ok(self.table.encode(&Key::new(format!("MEMBER#{member}"), "SUBSCRIPTION"), &item)?)
    }

    /// A member pays on KakaoPay's page for the first time; gives the billing key.
    async fn buys(&self, member: &str, number: usize) -> Outcome<String> {
        let order = format!("ord_{number:06}");
        let back = format!("{}/back", self.maru.stack.url());
        let ready = self
            .call(
                "ready",
                &json!({
                    "partner_order_id": order, "partner_user_id": member, "item_name": "Maru PRO", "quantity": 1,
                    "total_amount": PRICE, "tax_free_amount": 0,
                    "approval_url": back, "cancel_url": back, "fail_url": back,
                }),
            )
            .await?;
        let page = ready["next_redirect_pc_url"].as_str().ok_or("no page")?;
        let pays = self.client.post(page).header("content-type", "application/x-www-form-urlencoded");
        let sent_back = pays.body("method=CARD&card=good&action=pay").send().await?;
        let location = sent_back.headers().get("location").ok_or("not sent back")?.to_str()?;
        let (_, token) = location.split_once("pg_token=").ok_or("no token")?;
        let paid = self
            .call(
                "approve",
                &json!({
                    "tid": ready["tid"], "partner_order_id": order, "partner_user_id": member, "pg_token": token,
                }),
            )
            .await?;
        Ok(paid["sid"].as_str().ok_or("no key")?.to_owned())
    }

    async fn call(&self, call: &str, fields: &Value) -> Outcome<Value> {
        let mut fields = fields.clone();
        fields["cid"] = json!(maru_stack::kakaopay::SUBSCRIPTION_CID);
        let request = self.client.post(format!("{}/online/v1/payment/{call}", self.kakaopay));
        let request =
            request.header("authorization", format!("SECRET_KEY {}", maru_stack::kakaopay::SECRET_KEY));
        Ok(request.json(&fields).send().await?.error_for_status()?.json().await?)
    }
}

fn environment(maru: &Maru) -> Outcome<Environment> {
    let stack = &maru.stack;
    let mut tables = stack.parts().template.tables.iter();
    let table = tables.find(|table| table.logical_id == "BillingTable").ok_or("no billing")?;
    let variables = BTreeMap::from([
        ("BILLING_TABLE".to_owned(), table.name.clone()),
        ("SECRETS_KEY_ID".to_owned(), "SecretsKey".to_owned()),
    ]);
    Ok(Environment::new(variables, stack.sdk_config(), stack.clock().for_functions()))
}
