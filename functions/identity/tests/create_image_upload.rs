//! `POST /me/images`.

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Maru};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{delete_me, expect_only_members, member, patch, start, table, text};

const PATH: &str = "/me/images";

/// The smallest thing that begins like a PNG.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and what follows";

pub async fn ask(maru: &Maru, token: &str, content_type: &str, size: usize) -> Answer {
    maru.post(PATH, token, &json!({ "contentType": content_type, "size": size })).await
}

/// Uploads `bytes` as the answer of [`ask`] says.
pub async fn upload(maru: &Maru, upload: &Value, bytes: &[u8]) -> u16 {
    let request = maru.client.put(text(upload, "url"));
    let request = request.header("content-type", text(&upload["headers"], "content-type"));
    request.body(bytes.to_vec()).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_picture_is_uploaded_and_becomes_the_members() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let address = ask(&maru, &token, "image/png", PNG.len()).await.expect(201);
    assert_eq!((&address["method"], &address["expiresAt"]), (&json!("PUT"), &json!("2026-01-15T15:15:00Z")));
    assert_eq!(upload(&maru, &address, PNG).await, 200);
    let me = patch(&maru, &token, &json!({ "imageId": address["imageId"] })).await.expect(200);
    let url = text(&me, "imageUrl");
    assert!(url.starts_with(&format!("{}/images/usr_", maru.stack.url())), "{url}");
    let picture = maru.client.get(&url).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert_eq!(picture.bytes().await.unwrap(), PNG);
    let again = patch(&maru, &token, &json!({ "imageId": address["imageId"] })).await.expect(200);
    assert_eq!(again, me);
    assert_eq!(patch(&maru, &token, &json!({ "imageId": null })).await.expect(200)["imageUrl"], json!(null));
    maru.get(url.strip_prefix(maru.stack.url()).unwrap(), "").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_address_takes_only_what_was_announced() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let address = ask(&maru, &token, "image/png", PNG.len()).await.expect(201);
    let longer = [PNG, b"more"].concat();
    assert_eq!(upload(&maru, &address, &longer).await, 403);
    let mut as_page = address.clone();
    as_page["headers"]["content-type"] = json!("text/html");
    assert_eq!(upload(&maru, &as_page, PNG).await, 403);
    patch(&maru, &token, &json!({ "imageId": address["imageId"] })).await.expect_problem(400, "no_image");
}

#[tokio::test]
async fn what_is_called_a_picture_but_is_none_does_not_become_one() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let page = b"<html><script>alert(1)</script></html>";
    let address = ask(&maru, &token, "image/png", page.len()).await.expect(201);
    assert_eq!(upload(&maru, &address, page).await, 200);
    patch(&maru, &token, &json!({ "imageId": address["imageId"] })).await.expect_problem(400, "no_image");
    assert_eq!(maru.get("/me", &token).await.expect(200)["imageUrl"], json!(null));
}

/// The change was written, though nobody could be told: the picture is the member's, and stays.
#[tokio::test]
async fn a_picture_is_kept_when_the_answer_of_the_database_is_lost() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let address = ask(&maru, &token, "image/png", PNG.len()).await.expect(201);
    assert_eq!(upload(&maru, &address, PNG).await, 200);
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
    maru.stack.parts().faults.push(lost.of_operation("TransactWriteItems"));
    let answer = patch(&maru, &token, &json!({ "imageId": address["imageId"] })).await;
    answer.expect_problem(503, "unavailable");
    maru.stack.parts().faults.clear();
    let url = text(&maru.get("/me", &token).await.expect(200), "imageUrl");
    assert_eq!(maru.client.get(&url).send().await.unwrap().bytes().await.unwrap(), PNG);
}

#[tokio::test]
async fn an_idempotency_key_gives_one_address_however_often_it_is_used_and_goes_with_the_account() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    let ask_with_key = async |size: usize| {
        let request = maru.request(Method::POST, PATH, &token).header("idempotency-key", "k");
        let body = json!({ "contentType": "image/png", "size": size });
        Answer::read(request.json(&body).send().await.unwrap()).await
    };
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("UpdateItem");
    maru.stack.parts().faults.push(lost);
    let first = ask_with_key(PNG.len()).await.expect(201);
    let again = ask_with_key(PNG.len()).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.expect(201), first);
    ask_with_key(PNG.len() + 1).await.expect_problem(422, "idempotency_mismatch");
    assert_ne!(ask(&maru, &token, "image/png", PNG.len()).await.expect(201)["imageId"], first["imageId"]);
    assert_eq!(upload(&maru, &first, PNG).await, 200);
    patch(&maru, &token, &json!({ "imageId": first["imageId"] })).await.expect(200);
    let answers = async || {
        let mut kept = table::identity(&maru, "IDEMPOTENCY#").await;
        kept.retain(|item| table::string(item, "pk").ends_with("#create_image_upload"));
        kept.len()
    };
    assert_eq!(answers().await, 1);
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.settle().await;
    ask_with_key(PNG.len()).await.expect_problem(401, "account_closed");
    assert_eq!(answers().await, 0);
}

#[tokio::test]
async fn another_members_upload_cannot_be_taken() {
    let maru = start().await;
    let (owner, thief) = (member(&maru, "maru_1", "마루").await, member(&maru, "maru_2", "미루").await);
    let address = ask(&maru, &owner, "image/png", PNG.len()).await.expect(201);
    assert_eq!(upload(&maru, &address, PNG).await, 200);
    patch(&maru, &thief, &json!({ "imageId": address["imageId"] })).await.expect_problem(400, "no_image");
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_is_refused() {
    let maru = start().await;
    let token = member(&maru, "maru_1", "마루").await;
    for (content_type, size, pointer) in [
        ("image/svg+xml", 100, "/contentType"),
        ("text/html", 100, "/contentType"),
        ("image/gif", 100, "/contentType"),
        ("image/png", 0, "/size"),
        ("image/png", 5 * 1024 * 1024 + 1, "/size"),
    ] {
        let answer = ask(&maru, &token, content_type, size).await;
        assert_eq!(answer.json["errors"][0]["pointer"], pointer, "{content_type} {size}");
        answer.expect_problem(400, "invalid_body");
    }
    ask(&maru, &token, "image/webp", 5 * 1024 * 1024).await.expect(201);
}

#[tokio::test]
async fn refuses_whoever_is_no_member() {
    let maru = start().await;
    expect_only_members(&maru, Method::POST, PATH).await;
    let token = member(&maru, "maru_1", "마루").await;
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    ask(&maru, &token, "image/png", PNG.len()).await.expect_problem(401, "account_closed");
    // Somebody whose first call it is has not closed anything.
    let newcomer = maru.token("usr_00000000000000000000000001", maru_auth::Role::User);
    ask(&maru, &newcomer, "image/png", PNG.len()).await.expect(201);
}
