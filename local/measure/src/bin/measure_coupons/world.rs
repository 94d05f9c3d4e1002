//! The stack with the database, its people and its coupons.

use jiff::{SignedDuration, Timestamp};
use maru_auth::Role;
use maru_measure::Outcome;
use maru_testing::{Maru, Setup};
use serde_json::json;

use crate::orders::Configuration;

/// The stack.
pub struct World {
    maru: Maru,
}

impl World {
    /// A new one.
    pub async fn new() -> Self {
        Self { maru: Setup::new(vec![community::FUNCTIONS]).start().await }
    }

    /// The stack itself.
    pub fn maru(&self) -> &Maru {
        &self.maru
    }

    /// What a process needs to claim here.
    pub fn configuration(&self) -> Outcome<Configuration> {
        let functions = &self.maru.stack.parts().template.functions;
        let function = functions.iter().find(|function| function.name == "claim_coupon");
        let ahead = self.maru.stack.clock().now().duration_since(Timestamp::now());
        Ok(Configuration {
            aws_url: self.maru.stack.aws_url().to_owned(),
            variables: function.ok_or("the template has no claim_coupon")?.variables.clone(),
            ahead: i64::try_from(ahead.as_millis())?,
        })
    }

    /// A coupon that is open for some hours; gives its id.
    pub async fn coupon(&self, stock: u32) -> Outcome<String> {
        let now = self.maru.stack.clock().now();
        let body = json!({
            "name": "자유이용권 반값", "discount": { "kind": "PERCENTAGE", "value": 50 }, "stock": stock,
            "opensAt": now - SignedDuration::from_mins(1), "closesAt": now + SignedDuration::from_hours(10),
        });
        let made = self.maru.post("/admin/coupons", &self.maru.admin(), &body).await.expect(201);
        Ok(made["id"].as_str().ok_or("no id")?.to_owned())
    }

    /// The access token of a member.
    pub fn token(&self, member: &str) -> String {
        self.maru.token(member, Role::User)
    }
}
