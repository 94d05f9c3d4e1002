//! The member, and what the Lambdas do that end the subscription for them.

use billing_rules::charge::Charge;
use billing_rules::subscription::{Closed, EndAsked, Status};

use crate::billing::Billing;
use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    Content,
    /// They asked for the end of the subscription, and this charge was read for it.
    AsksForTheEnd {
        charge: Charge,
    },
}

impl World {
    /// The member asks Maru to end the subscription, and the charge is read. Whether there is anything to end.
    pub fn ask_for_the_end(&mut self) -> bool {
        let goes_on = matches!(self.subscription.status, Status::Active | Status::PastDue);
        if !goes_on || self.member != Member::Content || self.charge.is_settled() {
            return false;
        }
        self.member = Member::AsksForTheEnd { charge: self.charge.clone() };
        true
    }

    /// The subscription is read too, and what follows is stored; if it cannot be, both are read again. Whether
    /// anybody asks.
    pub fn end(&mut self, billing: &Billing) -> bool {
        let Member::AsksForTheEnd { charge } = &self.member else { return false };
        let stored = match (billing.rules.end_asked)(&self.subscription, charge) {
            EndAsked::Ended(step) => self.store(&step, billing.conditional),
            EndAsked::Ending(subscription) => {
                self.subscription = subscription;
                true
            }
            EndAsked::Already => true,
        };
        self.member = match stored {
            true => Member::Content,
            false => Member::AsksForTheEnd { charge: self.charge.clone() },
        };
        true
    }

    /// The member closes the account. Whether that ends the subscription. What is stored for it depends on the charge
    /// too, so it makes no difference whether both are read at once.
    pub fn close_the_account(&mut self, billing: &Billing) -> bool {
        match (billing.rules.closed)(&self.subscription, &self.charge) {
            Closed::Ended(step) => !self.charge.is_settled() && self.store(&step, true),
            Closed::Unsettled | Closed::Already => false,
        }
    }
}
