//! `GET /images/{userId}/{imageId}`.

use maru_testing::Maru;
use serde_json::json;

use crate::create_image_upload::{PNG, ask, upload};
use crate::{delete_me, member, patch, start, text};
use maru_testing::browser::{Browser, location};

/// The path of the picture that the member takes now.
async fn picture(maru: &Maru, token: &str) -> String {
    let address = ask(maru, token, "image/png", PNG.len()).await.expect(201);
    assert_eq!(upload(maru, &address, PNG).await, 200);
    let me = patch(maru, token, &json!({ "imageId": address["imageId"] })).await.expect(200);
    text(&me, "imageUrl").strip_prefix(maru.stack.url()).unwrap().to_owned()
}

#[tokio::test]
async fn leads_to_the_file_for_as_long_as_browsers_remember_it() {
    let maru = start().await;
    let path = picture(&maru, &member(&maru, "maru_1", "마루").await).await;
    let answer = Browser::new(&maru).get(&path).await;
    assert_eq!(answer.headers["cache-control"], "private, max-age=600");
    let url = location(&answer);
    assert!(url.contains(&path[1..]) && url.contains("X-Amz-Expires=900"), "{url}");
    assert_eq!(maru.client.get(url).send().await.unwrap().bytes().await.unwrap(), PNG);
}

/// Before anything else is erased: no event has been heard yet.
#[tokio::test]
async fn a_picture_is_gone_when_it_is_replaced_or_its_owners_account_is_closed() {
    let maru = start().await;
    crate::without_bus(&maru);
    let token = member(&maru, "maru_1", "마루").await;
    let (first, second) = (picture(&maru, &token).await, picture(&maru, &token).await);
    maru.get(&first, "").await.expect_problem(404, "not_found");
    location(&Browser::new(&maru).get(&second).await);
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    maru.get(&second, "").await.expect_problem(404, "not_found");
}

/// Anybody may see a picture whose address they have; refused is what is none, or another object.
#[tokio::test]
async fn refuses_whoever_asks_for_what_is_no_picture() {
    let maru = start().await;
    let own = picture(&maru, &member(&maru, "maru_1", "마루").await).await;
    let (owner, image) = own.strip_prefix("/images/").unwrap().split_once('/').unwrap();
    for path in ["usr_1/..", "usr_1/%2e%2e"] {
        // To the gateway it is another path.
        assert_eq!(maru.get(&format!("/images/{path}"), "").await.status, 404, "{path}");
    }
    for path in [
        "usr_1/img_1",
        "%2e%2e%2fuploads/img_01K9Z3V7R2M4N6P8Q0S1T3V5W7",
        &format!("usr_01K9Z3V7R2M4N6P8Q0S1T3V5W7/{image}"),
        &format!("{owner}/img_01K9Z3V7R2M4N6P8Q0S1T3V5W7"),
    ] {
        maru.get(&format!("/images/{path}"), "").await.expect_problem(404, "not_found");
    }
}
