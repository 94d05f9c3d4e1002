//! `GET /auth/{provider}/callback`.

mod addresses;
mod races;
mod refusals;

use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use serde_json::json;

use crate::{advance, signed_in, start, table, text};
use maru_testing::browser::{Browser, location, parameter};

#[tokio::test]
async fn a_new_member_begins_with_what_github_knows_of_them() {
    let maru = start().await;
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    assert_eq!(tokens["newMember"], true);
    let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
    assert_eq!(me["connections"][0]["provider"], "github");
    assert_eq!(me["connections"][0]["login"], "minseo-kim");
    assert_eq!(me["nickname"], "minseo-kim");
    assert_eq!(me["account"], json!(null));
    assert!(me["email"].is_string(), "{me:#}");
}

#[tokio::test]
async fn the_same_person_is_the_same_member_and_another_one_another() {
    let maru = start().await;
    let (_, first) = signed_in(&maru, "kakao", "4100000001").await;
    let (_, again) = signed_in(&maru, "kakao", "4100000001").await;
    let (_, other) = signed_in(&maru, "github", "minseo-kim").await;
    assert_eq!((&again["newMember"], &other["newMember"]), (&json!(false), &json!(true)));
    let mut ids = Vec::new();
    for tokens in [first, again, other] {
        ids.push(text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id"));
    }
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

#[tokio::test]
async fn somebody_of_whom_kakao_tells_only_the_id_gets_a_nickname_to_begin_with() {
    let maru = start().await;
    let (_, tokens) = signed_in(&maru, "kakao", "4100000002").await;
    let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
    assert!(text(&me, "nickname").starts_with("회원"), "{me:#}");
    assert_eq!((&me["email"], &me["name"], &me["imageUrl"]), (&json!(null), &json!(null), &json!(null)));
}

#[tokio::test]
async fn somebody_whose_name_is_taken_gets_a_number_to_it() {
    let maru = start().await;
    crate::sign_up(&maru, "minseo_1", "Minseo-Kim").await;
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    let nickname = text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "nickname");
    assert!(nickname.starts_with("minseo-k") && nickname.len() == 12, "{nickname}");
}

#[tokio::test]
async fn leads_to_the_page_of_the_app_that_was_asked_for_and_nowhere_else() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let page = location(&browser.get("/auth/github?returnTo=/resumes?tab=1").await);
    let back = browser.choose(&page, "minseo-kim").await;
    let app = location(&browser.get(&back).await);
    let origin = maru.stack.url();
    assert!(app.starts_with(&format!("{origin}/resumes?tab=1&code=")), "{app}");
}

#[tokio::test]
async fn the_token_of_the_provider_is_stored_sealed_and_told_to_nobody_in_the_clear() {
    let maru = start().await;
    crate::without_bus(&maru);
    let (_, tokens) = signed_in(&maru, "github", "minseo-kim").await;
    let user = text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id");
    let profile = table::waiting(&maru, "member.profile_changed").await;
    assert_eq!((&profile[0]["data"]["userId"], &profile[0]["data"]["revision"]), (&json!(user), &json!(1)));
    let connected = table::waiting(&maru, "member.github_connected").await;
    let data = &connected[0]["data"];
    assert_eq!((&data["userId"], &data["login"]), (&json!(user), &json!("minseo-kim")));
    assert!(data["githubId"].is_i64() && data["emails"].is_array() && data["scopes"].is_array(), "{data:#}");
    let sealed = text(data, "sealedToken");
    let grants = table::identity(&maru, "USER#").await;
    let grant = grants.iter().find(|item| table::string(item, "sk") == "GRANT#github").unwrap();
    assert_eq!(table::string(grant, "sealedToken"), sealed);
    assert!(!format!("{grants:?}{connected:?}").contains("gho_"), "a token in the clear");
}

/// The database's client repeats the write that takes the state, and meets its own.
#[tokio::test]
async fn a_login_is_not_lost_with_an_answer_of_the_database() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let page = browser.begin("github").await;
    let back = browser.choose(&page, "minseo-kim").await;
    let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 1).of_operation("UpdateItem");
    maru.stack.parts().faults.push(lost);
    let app = location(&browser.get(&back).await);
    assert!(parameter(&app, "code").is_some(), "{app}");
    assert!(maru.stack.parts().faults.pending().is_empty());
    let app = location(&browser.get(&back).await);
    assert_eq!(parameter(&app, "error").as_deref(), Some("login_expired"));
}

#[tokio::test]
async fn a_login_that_takes_too_long_has_to_begin_again() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    let page = browser.begin("github").await;
    advance(&maru, 599);
    let back = browser.choose(&page, "minseo-kim").await;
    advance(&maru, 1);
    let app = location(&browser.get(&back).await);
    assert_eq!(parameter(&app, "error").as_deref(), Some("login_expired"));
}
