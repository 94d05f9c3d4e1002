//! KakaoPay's side of the subscription.

use billing_rules::answer::Answer;
use billing_rules::charge::{APART, AtKakaoPay, SAME_APPROVAL};
use jiff::{SignedDuration, Timestamp};

/// What it calls the payment.
pub const TID: &str = "T0000000000000000002";

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KakaoPay {
    clock: Clock,
    pub active: bool,
    /// As the status names it.
    pub last_approved_at: Timestamp,
    /// How often it moved money for this period.
    pub movements: u8,
}

/// What KakaoPay takes for the time. It names whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    /// How far it is behind ours.
    slow: SignedDuration,
    /// By how much the status names another moment than the answer did.
    differs: SignedDuration,
}

impl Clock {
    /// Ours, as far as it names the time.
    pub const OURS: Self = Self { slow: SignedDuration::ZERO, differs: SignedDuration::ZERO };

    pub const HALF_A_MINUTE_SLOW: Self =
        Self { slow: SignedDuration::new(30, 400_000_000), differs: SignedDuration::from_secs(1) };

    /// As slow as the rules can stand: [`APART`] says so.
    pub const NEARLY_A_DAY_SLOW: Self = Self {
        slow: SignedDuration::from_secs(APART.as_secs() - SAME_APPROVAL.as_secs() - 2),
        differs: SignedDuration::from_secs(-1),
    };

    pub fn at(self, moment: Timestamp) -> Timestamp {
        let time = moment - self.slow;
        time - SignedDuration::from_nanos(time.subsec_nanosecond().into())
    }
}

impl KakaoPay {
    /// It approved the payment of the period before at `approved_at`, by its clock.
    pub fn new(clock: Clock, approved_at: Timestamp) -> Self {
        Self { clock, active: true, last_approved_at: approved_at + clock.differs, movements: 0 }
    }

    /// Carries a request out; what it answers. Of two reasons to refuse it may name either.
    pub fn execute(&mut self, card_is_good: bool, now: Timestamp) -> Answer {
        let code = match (self.active, card_is_good) {
            (_, false) => -780,
            (false, true) => -751,
            (true, true) => {
                let approved_at = self.clock.at(now);
                self.last_approved_at = approved_at + self.clock.differs;
                self.movements += 1;
                return Answer::Approved { tid: TID.to_owned(), approved_at };
            }
        };
        Answer::Refused { status: 400, code: Some(code) }
    }

    /// What it says of the subscription.
    pub const fn status(&self) -> AtKakaoPay {
        AtKakaoPay { active: self.active, last_approved_at: Some(self.last_approved_at) }
    }

    /// What it says when it does not say when a payment was last approved.
    pub const fn poor_status(&self) -> AtKakaoPay {
        AtKakaoPay { active: self.active, last_approved_at: None }
    }
}
