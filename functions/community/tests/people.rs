//! What the tests of posts and coupons have in common: members who do things, and the table to look into.

use std::collections::BTreeMap;

use futures::StreamExt;
use maru_auth::Role;
use maru_lambda::Environment;
use maru_store::Table;
use maru_testing::{Answer, Maru, Setup};
use reqwest::Method;
use serde_json::{Value, json};

/// The functions of this domain, on a clock that stands still at 2026-01-16, 00:10 in Seoul.
pub async fn town() -> Maru {
    Setup::new(vec![community::FUNCTIONS]).frozen().start().await
}

/// A member's access token.
pub fn token(maru: &Maru, member: &str) -> String {
    maru.token(member, Role::User)
}

/// A request of a member without a body; of a guest if the name is empty.
pub async fn ask(maru: &Maru, method: Method, path: &str, member: &str) -> Answer {
    let token = if member.is_empty() { String::new() } else { token(maru, member) };
    Answer::read(maru.request(method, path, &token).send().await.unwrap()).await
}

/// A request of a member with a body.
pub async fn send(maru: &Maru, method: Method, path: &str, member: &str, body: &Value) -> Answer {
    let request = maru.request(method, path, &token(maru, member)).json(body);
    Answer::read(request.send().await.unwrap()).await
}

/// A member reads something; gives it.
pub async fn read(maru: &Maru, path: &str, member: &str) -> Value {
    ask(maru, Method::GET, path, member).await.expect(200)
}

/// Checks that only members may call, whatever is wrong with the rest of the request.
pub async fn expect_members_only(maru: &Maru, method: Method, path: &str) {
    for token in ["", "not.a.token"] {
        let request = maru.request(method.clone(), &format!("{path}?unknown=1"), token);
        let answer = request.json(&json!({ "x": 1 })).send().await.unwrap();
        Answer::read(answer).await.expect_problem(401, "unauthenticated");
    }
}

/// Checks that a bad access token is refused where none is needed.
pub async fn expect_no_bad_token(maru: &Maru, path: &str) {
    maru.get(path, "not.a.token").await.expect_problem(401, "unauthenticated");
}

/// A member writes a post; gives it.
pub async fn post_at(maru: &Maru, member: &str, (lat, lon): (f64, f64)) -> Value {
    let body = json!({ "title": "눈", "body": "여기 눈 와요", "place": { "lat": lat, "lon": lon } });
    send(maru, Method::POST, "/posts", member, &body).await.expect(201)
}

/// The id of what was made.
pub fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

/// The ids of a page of a list.
pub fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

/// The ids of a list that never has a short page but the last.
pub async fn pages(maru: &Maru, path: &str, member: &str, limit: usize) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    let separator = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = read(maru, &format!("{path}{separator}limit={limit}{cursor}"), member).await;
        found.extend(ids(&page));
        let Some(next) = page["nextCursor"].as_str() else { return found };
        assert_eq!(ids(&page).len(), limit);
        cursor = format!("&cursor={next}");
    }
}

/// A member votes on a post.
pub async fn vote(maru: &Maru, member: &str, post: &str, vote: &str) -> Answer {
    send(maru, Method::PUT, &format!("/posts/{post}/vote"), member, &json!({ "vote": vote })).await
}

/// The votes on a post, for and against.
pub async fn votes(maru: &Maru, post: &str) -> (i64, i64) {
    let post = read(maru, &format!("/posts/{post}"), "").await;
    (post["up"].as_i64().unwrap(), post["down"].as_i64().unwrap())
}

/// A coupon that is open for an hour, as an admin asks for it.
pub fn coupon(stock: u32) -> Value {
    json!({
        "name": "자유이용권 반값", "discount": { "kind": "PERCENTAGE", "value": 50 }, "stock": stock,
        "opensAt": "2026-01-15T15:00:00Z", "closesAt": "2026-01-15T16:00:00Z",
    })
}

/// An admin makes a coupon; gives its id.
pub async fn issue(maru: &Maru, body: &Value) -> String {
    id(&maru.post("/admin/coupons", &maru.admin(), body).await.expect(201))
}

/// A member claims a coupon.
pub async fn claim(maru: &Maru, member: &str, coupon: &str) -> Answer {
    ask(maru, Method::POST, &format!("/coupons/{coupon}/claims"), member).await
}

/// A member used the account for the last time.
pub async fn leaves(maru: &Maru, member: &str) {
    let data = json!({ "userId": member, "deletedAt": "2026-01-15T15:10:00Z" });
    happens(maru, "on_member_deleted_for_community", "member.deleted", &data).await;
}

/// A member has a nickname.
pub async fn is_called(maru: &Maru, member: &str, revision: i64, nickname: &str) {
    let data = json!({ "userId": member, "revision": revision, "nickname": nickname, "profile": {} });
    happens(maru, "on_profile_changed_for_community", "member.profile_changed", &data).await;
}

async fn happens(maru: &Maru, function: &str, kind: &str, data: &Value) {
    let detail = json!({
        "id": format!("evt_{kind}"), "type": kind, "version": 1, "occurredAt": "2026-01-15T15:10:00Z", "data": data,
    });
    let event = json!({ "detail-type": kind, "source": "maru.test", "detail": detail });
    if let Err(error) = maru.stack.invoke(function, event).await {
        panic!("{function} fails: {error:?}");
    }
}

/// The table of the domain.
pub fn table(maru: &Maru) -> Table {
    let mut tables = maru.stack.parts().template.tables.iter();
    let table = tables.find(|table| table.logical_id == "CommunityTable").unwrap();
    let variables = BTreeMap::from([("COMMUNITY_TABLE".to_owned(), table.name.clone())]);
    let environment =
        Environment::new(variables, maru.stack.sdk_config(), maru.stack.clock().for_functions());
    Table::open(&environment, "COMMUNITY_TABLE").unwrap()
}

/// How often `function` called each operation of the database since the counts were cleared.
pub fn calls(maru: &Maru, function: &str) -> BTreeMap<String, u64> {
    let calls = maru.stack.parts().counts.calls().into_iter();
    let calls = calls.filter(|call| call.function.as_deref() == Some(function));
    let mut counted = BTreeMap::new();
    for call in calls {
        *counted.entry(call.operation).or_default() += call.count;
    }
    counted
}

/// Does something for each of `all`, 16 at a time; gives what came of it, in their order.
pub async fn side_by_side<T, R>(all: impl IntoIterator<Item = T>, each: impl AsyncFn(T) -> R) -> Vec<R> {
    futures::stream::iter(all).map(|one| each(one)).buffered(16).collect().await
}
