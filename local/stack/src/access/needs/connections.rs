//! What the operations of API Gateway's management API need.
//!
//! Source: API Gateway developer guide, "Use IAM authorization": `execute-api:ManageConnections` on
//! `<api>/<stage>/<method>/@connections/<id>`.

use super::Needs;
use crate::aws::target::connection_of;
use crate::template::execution_arn;

pub(super) fn needs(operation: &str, path: &str) -> Needs {
    let method = match operation {
        "PostToConnection" => "POST",
        "GetConnection" => "GET",
        "DeleteConnection" => "DELETE",
        other => return Needs::one(format!("execute-api:{other}"), "*", ""),
    };
    let action = "execute-api:ManageConnections";
    let Some(path) = connection_of(path) else { return Needs::one(action, "*", "") };
    let rest = format!("{method}/@connections/{}", path.id);
    Needs::one(action, execution_arn(&path.api, &path.stage, &rest), path.api)
}
