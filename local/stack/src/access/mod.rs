//! Permissions: what a function's policies in the template allow it, checked at every AWS call.
//!
//! A permission that is missing in the template so fails here as it would on AWS. It knows allowing
//! statements of identity-based policies; left out are `Deny`, `Not…`, the judging of conditions,
//! resource-based policies, and other regions and accounts. Which call needs what is in `needs`.

mod needs;
mod pattern;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

pub(crate) use self::{
    needs::{Need, need_to_list, needs_of},
    pattern::matches_arn,
};
use crate::{aws::Caller, template::Statement};

/// Actions and resources may hold the wildcards of [`pattern`]; a condition is taken to hold.
fn allows(statement: &Statement, need: &Need) -> bool {
    statement.actions.iter().any(|action| pattern::matches_action(action, &need.action))
        && statement.resources.iter().any(|resource| pattern::matches_arn(resource, &need.resource))
}

/// A call that was refused, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The function that called.
    pub function: String,
    /// The action that no statement allows it.
    pub action: String,
    /// The ARN of the resource.
    pub resource: String,
    /// How often.
    pub count: u64,
}

/// Who may do what, and what was refused.
#[derive(Debug, Default)]
pub struct Access {
    policies: BTreeMap<String, Vec<Statement>>,
    refused: Mutex<BTreeMap<(String, String, String), u64>>,
}

/// A call without permission, in the words of AWS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "User: arn:aws:sts::{account}:assumed-role/{function}/{function} is not authorized to perform: {action} on \
     resource: {resource} because no identity-based policy allows the {action} action",
    account = crate::template::ACCOUNT
)]
pub(crate) struct Denied {
    pub function: String,
    pub action: String,
    pub resource: String,
}

impl Access {
    /// The permissions of all functions, by name. A function that is not among them may do nothing.
    pub fn new(policies: BTreeMap<String, Vec<Statement>>) -> Self {
        Self { policies, refused: Mutex::default() }
    }

    /// What was refused so far, sorted by function.
    pub fn refusals(&self) -> Vec<Refusal> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused
            .iter()
            .map(|((function, action, resource), count)| Refusal {
                function: function.clone(),
                action: action.clone(),
                resource: resource.clone(),
                count: *count,
            })
            .collect()
    }

    /// Refuses a function's call if one of its needs is not allowed; an operator may do everything.
    pub(crate) fn check(&self, caller: &Caller, needs: &[Need]) -> Result<(), Denied> {
        let Caller::Function(function) = caller else { return Ok(()) };
        let statements = self.policies.get(function).map_or(&[][..], Vec::as_slice);
        let missing = needs.iter().find(|need| !statements.iter().any(|statement| allows(statement, need)));
        missing.map_or(Ok(()), |need| Err(self.refuse(function, need)))
    }

    fn refuse(&self, function: &str, need: &Need) -> Denied {
        let key = (function.to_owned(), need.action.clone(), need.resource.clone());
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
        Denied { function: function.to_owned(), action: need.action.clone(), resource: need.resource.clone() }
    }
}
