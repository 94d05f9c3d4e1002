//! A member asks for the end of the subscription.

use billing_rules::subscription::EndAsked;
use maru_outbox::Posted;

use super::{Account, Commit, Steps, Subscribed};
use crate::error::Error;

/// How often it is tried against others that change the same subscription.
const ATTEMPTS: usize = 8;

impl Steps {
    /// Ends the subscription of `member`: with its period, with the charge that is under way, or now. Gives what
    /// is stored then; asked again it changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there never was one, [`Error::Restless`], and what else storing fails with.
    pub async fn end(&self, member: &str) -> Result<Account, Error> {
        for _ in 0..ATTEMPTS {
            let account = self.store.account(member).await?.ok_or(Error::NotFound)?;
            let Account { subscription, charge } = &account;
            let commit = match subscription.rules.end_asked(&charge.rules) {
                EndAsked::Already => return Ok(account),
                EndAsked::Ended(step) => self.commit(&account, &step, None).await?,
                EndAsked::Ending(rules) => self.ending(&Subscribed { rules, ..subscription.clone() }).await?,
            };
            if commit == Commit::Done {
                return self.store.account(member).await?.ok_or(Error::NotFound);
            }
        }
        Err(Error::Restless)
    }

    async fn ending(&self, subscription: &Subscribed) -> Result<Commit, Error> {
        let posted =
            self.announcer.plan_changed(&subscription.member_id, &subscription.rules, self.store.now())?;
        let parts = vec![self.store.put_subscription_part(subscription)?, posted.part()];
        if self.store.table().transact(parts).await?.is_err() {
            return Ok(Commit::Stale);
        }
        self.announcer.send(Vec::<Posted>::from([posted])).await;
        Ok(Commit::Done)
    }
}
