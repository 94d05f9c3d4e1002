//! Crashes on demand: at its n-th AWS call an invocation dies, before or after the call is carried out.
//!
//! A test arms a plan, runs the chain, looks whether the plan was [hit](Crashes::hit), and goes on with the
//! next n until it is not: so every place between two calls is tried.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::aws::Caller;

/// On which side of the call the invocation dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The call is not carried out.
    Before,
    /// The call is carried out; its answer never arrives.
    After,
}

/// Where an invocation shall die.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CrashPlan {
    /// The function's name.
    pub function: String,
    /// At which of its calls since the plan was armed, over all invocations: 1 is the first.
    pub at_call: u32,
    /// Counts only the calls of this operation, such as `UpdateItem`.
    #[serde(default)]
    pub operation: Option<String>,
    /// Before or after the call is carried out.
    pub moment: Moment,
}

/// Ends the invocation that made the call: given the function's name.
pub type Kill = Arc<dyn Fn(&str) + Send + Sync>;

#[derive(Debug)]
struct Armed {
    plan: CrashPlan,
    calls: u32,
}

/// The plan that is armed, if any.
#[derive(Default)]
pub struct Crashes {
    armed: Mutex<Option<Armed>>,
    kill: Mutex<Option<Kill>>,
}

impl Crashes {
    /// Sets what ends an invocation. Until then a crash only lets the call hang.
    pub fn on_crash(&self, kill: Kill) {
        *self.kill.lock().unwrap_or_else(PoisonError::into_inner) = Some(kill);
    }

    /// Arms a plan, in place of the one before, and counts from nothing.
    pub fn arm(&self, plan: CrashPlan) {
        *self.armed() = Some(Armed { plan, calls: 0 });
    }

    /// Forgets the plan.
    pub fn disarm(&self) {
        *self.armed() = None;
    }

    /// Whether the armed plan has happened. It happens once; later calls pass and are counted.
    pub fn hit(&self) -> bool {
        self.armed().as_ref().is_some_and(|armed| armed.calls >= armed.plan.at_call.max(1))
    }

    /// How many calls of the plan's function (and operation) were made since it was armed.
    pub fn calls(&self) -> u32 {
        self.armed().as_ref().map_or(0, |armed| armed.calls)
    }

    /// Counts a call; tells where it shall die, if it is the one.
    pub(crate) fn count(&self, caller: &Caller, operation: &str) -> Option<Moment> {
        let mut armed = self.armed();
        let armed = armed.as_mut()?;
        let meant = caller.function() == Some(armed.plan.function.as_str())
            && armed.plan.operation.as_deref().is_none_or(|only| only == operation);
        if !meant {
            return None;
        }
        armed.calls = armed.calls.saturating_add(1);
        (armed.calls == armed.plan.at_call.max(1)).then_some(armed.plan.moment)
    }

    /// Ends the caller's invocation, then hangs: the call is never answered.
    pub(crate) async fn die(&self, caller: &Caller) -> std::convert::Infallible {
        let kill = self.kill.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let (Some(kill), Some(function)) = (kill, caller.function()) {
            kill(function);
        }
        std::future::pending().await
    }

    fn armed(&self) -> MutexGuard<'_, Option<Armed>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(at_call: u32, operation: Option<&str>) -> CrashPlan {
        CrashPlan {
            function: "f".into(),
            at_call,
            operation: operation.map(str::to_owned),
            moment: Moment::After,
        }
    }

    #[test]
    fn only_the_meant_call_dies_and_only_once() {
        let crashes = Crashes::default();
        let (meant, other) = (Caller::Function("f".into()), Caller::Function("g".into()));
        crashes.arm(plan(2, None));
        assert_eq!(crashes.count(&other, "PutItem"), None);
        assert_eq!(crashes.count(&Caller::Operator, "PutItem"), None);
        assert_eq!(crashes.count(&meant, "PutItem"), None);
        assert!(!crashes.hit());
        assert_eq!(crashes.count(&meant, "Query"), Some(Moment::After));
        assert_eq!(crashes.count(&meant, "Query"), None);
        assert!(crashes.hit());
        assert_eq!(crashes.calls(), 3);
    }

    #[test]
    fn an_operation_narrows_what_is_counted() {
        let crashes = Crashes::default();
        let caller = Caller::Function("f".into());
        crashes.arm(plan(1, Some("UpdateItem")));
        assert_eq!(crashes.count(&caller, "PutItem"), None);
        assert_eq!(crashes.count(&caller, "UpdateItem"), Some(Moment::After));
    }

    #[test]
    fn a_disarmed_plan_does_not_happen() {
        let crashes = Crashes::default();
        crashes.arm(plan(1, None));
        crashes.disarm();
        assert_eq!(crashes.count(&Caller::Function("f".into()), "PutItem"), None);
        assert!(!crashes.hit());
    }
}
