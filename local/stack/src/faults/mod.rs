//! Faults on demand of everything but the model: what the next calls to a service or a partner shall suffer.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::aws::Service;

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultTarget {
    /// DynamoDB.
    Database,
    /// SQS.
    Queue,
    /// EventBridge.
    Events,
    /// SSM.
    Parameters,
    /// KMS.
    Keys,
    /// Lambda, as called by another function.
    Functions,
    /// API Gateway's management of WebSocket connections.
    Connections,
    /// S3.
    Objects,
    /// A partner's sandbox, such as the lecture platform.
    Partner,
}

impl FaultTarget {
    /// The target that is this service; Bedrock keeps faults of its own.
    pub(crate) fn of(service: Service) -> Option<Self> {
        match service {
            Service::Database => Some(Self::Database),
            Service::Queue => Some(Self::Queue),
            Service::Events => Some(Self::Events),
            Service::Parameters => Some(Self::Parameters),
            Service::Keys => Some(Self::Keys),
            Service::Functions => Some(Self::Functions),
            Service::Connections => Some(Self::Connections),
            Service::Objects => Some(Self::Objects),
            Service::Model => None,
        }
    }
}

/// A way for a call to go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Refused as too many, at once: DynamoDB's `ProvisionedThroughputExceededException`, a partner's 429.
    Throttle,
    /// DynamoDB's write that meets a transaction on the same item; not carried out.
    Conflict,
    /// Answered with 500; not carried out.
    Error,
    /// Never answered, not carried out; the connection stays open until the client gives up.
    Timeout,
    /// Carried out; then the connection is dropped without an answer.
    LostAnswer,
    /// Carried out after [`Fault::delay_millis`].
    Delay,
    /// DynamoDB's batches: only the first half is carried out, the rest is given back as unprocessed. A
    /// partner's page: half of its bytes, then the connection is dropped.
    Half,
    /// A partner's page: its header counts one row too many.
    WrongCount,
    /// A partner refuses the credential: 401.
    Unauthorized,
    /// GitHub's primary limit: 403 with `x-ratelimit-remaining: 0`, until [`Fault::delay_millis`] from now.
    PrimaryLimit,
    /// GitHub's secondary limit: 403 with `retry-after`.
    SecondaryLimit,
    /// GitHub's 202: the answer is still being computed.
    NotReady,
    /// KakaoPay never answers, but carries the call out after [`Fault::delay_millis`] of the stack's clock,
    /// although the client has given up.
    Late,
    /// KakaoPay refuses with this `error_code`, the weather service with this `resultCode`; not carried out. In JSON
    /// `{"refusal": -780}`.
    Refusal(i64),
    /// Carried out; KakaoPay refuses with this `error_code` all the same, as for a charge that it takes for
    /// one it has had already.
    FalseRefusal(i64),
    /// The gateway before the weather service refuses with this code in XML, whatever was asked for. A plain
    /// [`FaultKind::Refusal`] is one by the service itself, in the form that was asked for.
    XmlRefusal(i64),
    /// The same in JSON.
    JsonRefusal(i64),
    /// The same in JSON with nothing around it.
    FlatRefusal(i64),
}

/// A fault that shall happen to the next calls it is meant for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// What is called.
    pub target: FaultTarget,
    /// Only calls of this operation (`UpdateItem`); of a partner only of this dataset (`reviews`) or this
    /// operation of its sandbox (`github/commits`, for one repository `github/commits:owner/name`; for one
    /// person `kakaopay/subscription:user`, for one cell `kma/getVilageFcst:60,127`).
    #[serde(default)]
    pub operation: Option<String>,
    /// What happens.
    pub kind: FaultKind,
    /// To how many calls.
    #[serde(default = "once")]
    pub times: u32,
    /// How long a [`FaultKind::Delay`] or [`FaultKind::Late`] lasts, in milliseconds; a throttled partner's
    /// `Retry-After`, rounded up to seconds.
    #[serde(default = "one_second")]
    pub delay_millis: u64,
}

fn once() -> u32 {
    1
}

fn one_second() -> u64 {
    1000
}

impl Fault {
    /// A fault that happens `times` times to any operation of a target, its delay one second.
    pub fn new(target: FaultTarget, kind: FaultKind, times: u32) -> Self {
        Self { target, operation: None, kind, times, delay_millis: one_second() }
    }

    /// The same for one operation (or dataset) only.
    #[must_use]
    pub fn of_operation(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// The same with another delay.
    #[must_use]
    pub fn with_delay(mut self, delay: Duration) -> Self {
        self.delay_millis = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// How long the fault's delay is.
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_millis)
    }
}

/// The faults that are still to happen, in the order they were asked for.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Adds a fault after those that are already to happen.
    pub fn push(&self, fault: Fault) {
        if fault.times > 0 {
            self.lock().push(fault);
        }
    }

    /// Forgets all that are still to happen.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The faults that are still to happen.
    pub fn pending(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// Takes the first fault that is meant for a call of this operation.
    pub(crate) fn take(&self, target: FaultTarget, operation: &str) -> Option<Fault> {
        let mut faults = self.lock();
        let place = faults.iter().position(|fault| {
            fault.target == target && fault.operation.as_deref().is_none_or(|only| only == operation)
        })?;
        let fault = faults.get_mut(place)?;
        fault.times -= 1;
        let taken = fault.clone();
        if taken.times == 0 {
            faults.remove(place);
        }
        Some(taken)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_asked_to_the_calls_it_is_meant_for() {
        let faults = Faults::default();
        faults.push(Fault::new(FaultTarget::Database, FaultKind::Throttle, 2).of_operation("UpdateItem"));
        assert_eq!(faults.take(FaultTarget::Database, "Query"), None);
        assert_eq!(faults.take(FaultTarget::Queue, "UpdateItem"), None);
        assert!(faults.take(FaultTarget::Database, "UpdateItem").is_some());
        assert!(faults.take(FaultTarget::Database, "UpdateItem").is_some());
        assert_eq!(faults.take(FaultTarget::Database, "UpdateItem"), None);
    }

    #[test]
    fn a_fault_without_times_happens_once_and_one_of_zero_times_never() {
        let fault: Fault = serde_json::from_str(r#"{"target":"queue","kind":"lost_answer"}"#).unwrap();
        assert_eq!(fault, Fault::new(FaultTarget::Queue, FaultKind::LostAnswer, 1));
        let faults = Faults::default();
        faults.push(Fault { times: 0, ..fault });
        assert!(faults.pending().is_empty());
    }
}
