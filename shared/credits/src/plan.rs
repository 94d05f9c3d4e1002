//! The plan that a member has: as billing tells of it, and as whoever needs it keeps it.
//!
//! Each event carries all of the plan and a revision that only grows for a member. So an event may come late, twice or
//! behind a later one: the greatest revision stays.

use aws_sdk_dynamodb::types::TransactWriteItem;
use jiff::Timestamp;
use maru_store::{Key, StoreError, Table, integer};
use serde::{Deserialize, Serialize};

/// What a member pays for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Plan {
    /// Nothing.
    #[default]
    Free,
    /// The paid plan.
    Pro,
}

/// A member's plan changed: the data of `billing.plan_changed`, version 1.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanChanged {
    /// Whose, `usr_…`.
    pub user_id: String,
    /// The plan from now on.
    pub plan: Plan,
    /// When it ends, if nothing more is told; none for as long as nobody says otherwise.
    pub until: Option<Timestamp>,
    /// Grows with each change of the member's plan.
    pub revision: u64,
}

impl PlanChanged {
    /// The write that keeps the plan as a [`KeptPlan`] at `key`. Its condition fails when a later one, or this one, is
    /// kept there.
    ///
    /// # Errors
    /// [`StoreError`], never in practice.
    pub fn keep_at(&self, table: &Table, key: &Key) -> Result<TransactWriteItem, StoreError> {
        let put = table
            .transact_put(key, &KeptPlan::from(self))?
            .condition_expression("attribute_not_exists(pk) OR revision < :revision")
            .expression_attribute_values(":revision", integer(self.revision));
        table.part(put.build())
    }
}

/// A member's plan, as stored. Who has none is on FREE.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptPlan {
    plan: Plan,
    /// In seconds since the Unix epoch, so that a condition can compare it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    revision: u64,
}

impl KeptPlan {
    /// The plan at `now`: one whose time is over leaves FREE, whether or not somebody has told of that yet.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Plan {
        if self.until.is_some_and(|until| until <= now.as_second()) { Plan::Free } else { self.plan }
    }
}

impl From<&PlanChanged> for KeptPlan {
    fn from(told: &PlanChanged) -> Self {
        let PlanChanged { plan, until, revision, .. } = told;
        Self { plan: *plan, until: until.map(Timestamp::as_second), revision: *revision }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept(plan: &str, until: Option<&str>) -> KeptPlan {
        let told = json!({ "userId": "usr_1", "plan": plan, "until": until, "revision": 1 });
        KeptPlan::from(&serde_json::from_value::<PlanChanged>(told).unwrap())
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn a_plan_lasts_until_its_end_and_no_second_longer() {
        let paid = kept("PRO", Some("2026-03-01T15:00:00Z"));
        assert_eq!(paid.at(at("2026-03-01T14:59:59.999Z")), Plan::Pro);
        assert_eq!(paid.at(at("2026-03-01T15:00:00Z")), Plan::Free);
    }

    #[test]
    fn a_plan_without_an_end_lasts() {
        assert_eq!(kept("PRO", None).at(at("2099-01-01T00:00:00Z")), Plan::Pro);
        assert_eq!(kept("FREE", None).at(at("2026-03-01T00:00:00Z")), Plan::Free);
        assert_eq!(KeptPlan::default().at(at("2026-03-01T00:00:00Z")), Plan::Free);
    }
}
