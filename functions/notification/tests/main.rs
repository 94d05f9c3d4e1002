//! The functions of the domain, a module each, through a local stack.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test panics where it cannot go on")]

mod list_notifications;
mod on_member_deleted_for_notification;
mod on_notification_requested;
mod read_all_notifications;
mod update_notification;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use maru_auth::Role;
use maru_lambda::Environment;
use maru_messages::{Envelope, Queue};
use maru_testing::{Answer, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The member who is told.
const OWNER: &str = "usr_owner";

/// The functions of this domain alone, on a clock that stands still.
async fn start() -> Maru {
    Setup::new(vec![notification::FUNCTIONS]).frozen().start().await
}

/// A member's access token.
fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// Something that a member did to `res_1` of the owner at this moment.
fn done(maru: &Maru, kind: &str, actor: &str) -> Value {
    json!({
        "recipientId": OWNER, "kind": kind, "actorId": actor, "actorNickname": format!("이름 {actor}"),
        "resumeId": "res_1", "resumeTitle": "백엔드 개발자", "at": maru.stack.clock().now(),
    })
}

/// Something about the owner's payments or plan, at this moment.
fn paid(maru: &Maru, kind: &str, said: &Value) -> Value {
    let mut data = said.clone();
    data["recipientId"] = json!(OWNER);
    data["kind"] = json!(kind);
    data["at"] = json!(maru.stack.clock().now());
    data
}

/// Puts messages into the queue and waits until they are handled.
async fn tell(maru: &Maru, messages: &[(&str, Value)]) {
    let queues = &maru.stack.parts().template.queues;
    let queue = queues.iter().find(|queue| queue.logical_id == "NotificationQueue").unwrap();
    let url = format!("{}/123456789012/{}", maru.stack.aws_url(), queue.name);
    let environment =
        Environment::new(BTreeMap::new(), maru.stack.sdk_config(), maru.stack.clock().for_functions());
    let queue = Queue::at(&environment, url);
    for (id, data) in messages {
        let message = Envelope::new(*id, "notification.requested", Timestamp::UNIX_EPOCH, data.clone());
        queue.send(&message).await.unwrap();
    }
    maru.settle().await;
}

/// A member likes `res_1` of the owner now.
async fn likes(maru: &Maru, id: &str, actor: &str) {
    tell(maru, &[(id, done(maru, "LIKE", actor))]).await;
}

/// A member comments on `res_1` of the owner now.
async fn comments(maru: &Maru, id: &str, actor: &str) {
    tell(maru, &[(id, done(maru, "COMMENT", actor))]).await;
}

fn pass(maru: &Maru, seconds: u64) {
    maru.stack.clock().advance(Duration::from_secs(seconds));
}

/// What the owner was told, the newest first.
async fn told(maru: &Maru) -> Vec<Value> {
    list(maru, "").await
}

/// A list of what the owner was told.
async fn list(maru: &Maru, query: &str) -> Vec<Value> {
    let page = maru.get(&format!("/notifications{query}"), &token(maru, OWNER)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

/// Marks a notification as read or as unread.
async fn mark(maru: &Maru, member: &str, notification: &Value, read: bool) -> Answer {
    let path = format!("/notifications/{}", notification["id"].as_str().unwrap());
    let request = maru.request(Method::PATCH, &path, &token(maru, member));
    Answer::read(request.json(&json!({ "read": read })).send().await.unwrap()).await
}

/// Checks that only members may call, whatever is wrong with the rest of the request.
async fn expect_only_members(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request = maru.request(method.clone(), &format!("{path}?unknown=1"), token);
        let answer = request.json(&json!({ "x": 1 })).send().await.unwrap();
        Answer::read(answer).await.expect_problem(401, "unauthenticated");
    }
}

/// A member closed the account.
async fn leaves(maru: &Maru, member: &str) {
    let data = json!({ "userId": member, "deletedAt": maru.stack.clock().now() });
    let detail = json!({
        "id": "evt_1", "type": "member.deleted", "version": 1, "occurredAt": maru.stack.clock().now(), "data": data,
    });
    let event = json!({ "detail-type": "member.deleted", "source": "maru.member", "detail": detail });
    if let Err(error) = maru.stack.invoke("on_member_deleted_for_notification", event).await {
        panic!("{error:?}");
    }
}
