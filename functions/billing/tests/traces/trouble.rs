//! What goes wrong during a step, and how the stack is made to do it.

use std::time::Duration;

use billing_model::Trouble;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::Maru;

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// KakaoPay's next charge goes wrong like this.
    Charge(FaultKind),
    /// The key to KakaoPay cannot be read. A function that has read it before remembers it.
    NoSecret,
    /// KakaoPay does not say how the recurring payment stands.
    NoStatus,
    /// The table does not say so often that something was stored.
    NoWordFromTheTable(u32),
    /// The function dies at this of its calls.
    Dies { at_call: u32, moment: Moment },
    /// Workers are killed while they wait for KakaoPay, which carries the charge out after so many minutes, or never.
    Killed { carried_out_after: Option<u64> },
}

impl Wrong {
    /// What the model calls it.
    pub fn troubles(self) -> Vec<Trouble> {
        match self {
            Self::Charge(FaultKind::LostAnswer | FaultKind::Half) => vec![Trouble::AnswerLost],
            Self::Charge(FaultKind::FalseRefusal(_)) => vec![Trouble::AnswerGarbled],
            Self::Charge(FaultKind::Refusal(_)) => vec![Trouble::Refused],
            Self::Charge(_) => vec![Trouble::RequestLost],
            Self::NoSecret => vec![Trouble::NotSent, Trouble::StatusSilent],
            Self::NoStatus => vec![Trouble::StatusSilent],
            Self::NoWordFromTheTable(1) => vec![Trouble::StoredUnheard],
            // The worker gives up, and forgets what it has heard.
            Self::NoWordFromTheTable(_) => vec![Trouble::StoredUnheard, Trouble::Death],
            Self::Dies { .. } | Self::Killed { carried_out_after: Some(_) } => vec![Trouble::Death],
            Self::Killed { carried_out_after: None } => vec![Trouble::Death, Trouble::RequestLost],
        }
    }

    /// Makes it happen to `function` next.
    pub fn arm(self, maru: &Maru, function: &str) {
        let (faults, partner) = (&maru.stack.parts().faults, FaultTarget::Partner);
        match self {
            Self::Charge(kind) => faults.push(Fault::new(partner, kind, 1).of_operation(CHARGE)),
            Self::NoSecret => faults.push(Fault::new(FaultTarget::Parameters, FaultKind::Error, u32::MAX)),
            Self::NoStatus => {
                let silent = Fault::new(partner, FaultKind::Error, u32::MAX);
                faults.push(silent.of_operation("kakaopay/status"));
            }
            Self::NoWordFromTheTable(times) => {
                let silent = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, times);
                faults.push(silent.of_operation("TransactWriteItems"));
            }
            Self::Dies { at_call, moment } => {
                let function = function.to_owned();
                maru.stack.parts().crashes.arm(CrashPlan { function, at_call, operation: None, moment });
            }
            Self::Killed { carried_out_after: None } => {
                faults.push(Fault::new(partner, FaultKind::Timeout, 1).of_operation(CHARGE));
            }
            Self::Killed { carried_out_after: Some(minutes) } => {
                let late = Fault::new(partner, FaultKind::Late, 1).of_operation(CHARGE);
                faults.push(late.with_delay(Duration::from_mins(minutes)));
            }
        }
    }
}

const CHARGE: &str = "kakaopay/subscription";

/// Nothing more goes wrong.
pub fn disarm(maru: &Maru) {
    maru.stack.parts().faults.clear();
    maru.stack.parts().crashes.disarm();
}
