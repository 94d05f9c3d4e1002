//! The statements of a function's `Policies`.

use serde_json::Value;

use super::TemplateError;

/// One IAM statement that allows something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The actions, such as `dynamodb:PutItem`.
    pub actions: Vec<String>,
    /// The resources' ARNs; may hold `*`.
    pub resources: Vec<String>,
    /// The condition block; null without one.
    pub condition: Value,
}

/// Reads `Policies`. SAM's policy templates and managed policies are refused: they allow more than one
/// function needs, and nobody sees what.
pub(super) fn read(policies: Option<&Value>, place: &str) -> Result<Vec<Statement>, TemplateError> {
    let policies: Vec<&Value> = match policies {
        None => Vec::new(),
        Some(Value::Array(policies)) => policies.iter().collect(),
        Some(one) => vec![one],
    };
    let statements = policies.into_iter().map(|policy| {
        let statement = policy.get("Statement").ok_or_else(|| {
            TemplateError::at(place, format!("{policy} is not a policy document: write its Statement"))
        })?;
        Ok(list(statement))
    });
    let statements = statements.collect::<Result<Vec<_>, TemplateError>>()?;
    statements.into_iter().flatten().map(|statement| allow(statement, place)).collect()
}

fn allow(statement: &Value, place: &str) -> Result<Statement, TemplateError> {
    if statement.get("Effect").and_then(Value::as_str) != Some("Allow") {
        return Err(TemplateError::at(place, "the local stack understands only statements that Allow"));
    }
    let texts = |name: &str| -> Result<Vec<String>, TemplateError> {
        let values = statement.get(name).map(list).unwrap_or_default();
        let texts: Option<Vec<String>> =
            values.into_iter().map(|value| value.as_str().map(str::to_owned)).collect();
        texts
            .filter(|texts| !texts.is_empty())
            .ok_or_else(|| TemplateError::at(place, format!("a statement without {name}")))
    };
    let condition = statement.get("Condition").cloned().unwrap_or_default();
    Ok(Statement { actions: texts("Action")?, resources: texts("Resource")?, condition })
}

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}
