//! The rules that the model drives.

use billing_rules::answer::Answer;
use billing_rules::charge::{self, AtKakaoPay, Charge, Heard, Step, Take};
use billing_rules::subscription::{Closed, EndAsked, Subscription};
use jiff::Timestamp;

/// The functions under test.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// [`charge::take`] or what is to be tried in its place.
    pub take: fn(&Charge, &Subscription, &str, Timestamp) -> Take,
    /// The same for [`charge::answered`].
    pub answered: fn(&Charge, &Subscription, &str, &Answer, Timestamp) -> Heard,
    /// The same for [`charge::settled`].
    pub settled: fn(&Charge, &Subscription, &str, AtKakaoPay, Timestamp) -> Option<Step>,
    /// The same for [`Subscription::end_asked`].
    pub end_asked: fn(&Subscription, &Charge) -> EndAsked,
    /// The same for [`Subscription::closed`].
    pub closed: fn(&Subscription, &Charge) -> Closed,
}

impl Rules {
    /// Those that the Lambdas call.
    pub const RIGHT: Self = Self {
        take: charge::take,
        answered: charge::answered,
        settled: charge::settled,
        end_asked: Subscription::end_asked,
        closed: Subscription::closed,
    };
}
