//! A member as they see themselves.

use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use maru_auth::Role;
use maru_credits::Plan;
use maru_lambda::Reply;
use maru_lambda::http::call::Request;
use serde::Serialize;

use crate::members::{Connection, Member};
use crate::profile::Profile;

/// A member as they see themselves.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Me<'a> {
    id: &'a str,
    nickname: &'a str,
    account: Option<&'a str>,
    roles: &'a [Role],
    plan: Plan,
    connections: Vec<ConnectionView<'a>>,
    #[serde(flatten)]
    profile: &'a Profile,
    revision: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConnectionView<'a> {
    provider: &'static str,
    login: Option<&'a str>,
    connected_at: Timestamp,
}

/// 200 with the member, and the revision as `ETag`: the plan and the roles, which are not theirs to change, do not
/// count in it.
#[must_use]
pub fn reply(member: &Member, plan: Plan, roles: &[Role]) -> Reply {
    let connections = member.connections.iter().map(|connection: &Connection| ConnectionView {
        provider: connection.provider.name(),
        login: connection.login.as_deref(),
        connected_at: connection.connected_at,
    });
    let me = Me {
        id: &member.id,
        nickname: member.nickname.as_str(),
        account: member.account.as_ref().map(crate::account::AccountName::as_str),
        roles,
        plan,
        connections: connections.collect(),
        profile: &member.profile,
        revision: member.revision,
        created_at: member.created_at,
        updated_at: member.updated_at,
    };
    let reply = Reply::json(StatusCode::OK, &me);
    match HeaderValue::try_from(etag(member)) {
        Ok(tag) => reply.with_header(header::ETAG, tag),
        Err(_) => reply,
    }
}

/// Whether the request means the member as they are now: it has no `If-Match`, or one with the present
/// revision (RFC 9110 §13.1.1).
#[must_use]
pub fn is_meant(request: &Request, member: &Member) -> bool {
    let Some(tags) = request.header("if-match") else { return true };
    tags.split(',').map(str::trim).any(|tag| tag == "*" || tag == etag(member))
}

fn etag(member: &Member) -> String {
    format!("\"{}\"", member.revision)
}
