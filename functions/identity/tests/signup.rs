//! `POST /auth/signup`.

use std::collections::BTreeSet;

use futures::future::join_all;
use maru_stack::crash::{CrashPlan, Moment};
use maru_stack::faults::{Fault, FaultKind, FaultTarget};
use maru_testing::{Answer, Browser};
use reqwest::Method;
use serde_json::json;

use crate::{PASSWORD, chosen, delete_me, sign_up, start, table, text};

const PATH: &str = "/auth/signup";

#[tokio::test]
async fn makes_a_member_and_signs_them_in() {
    let maru = start().await;
    let answer = maru.post(PATH, "", &chosen("Maru_1", "마루")).await;
    assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("maru_refresh="));
    let tokens = answer.expect(201);
    let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
    assert!(text(&me, "id").starts_with("usr_"));
    assert_eq!((&me["account"], &me["nickname"]), (&json!("Maru_1"), &json!("마루")));
    assert_eq!((&me["revision"], &me["createdAt"]), (&json!(1), &json!("2026-01-15T15:10:00Z")));
}

#[tokio::test]
async fn the_password_is_stored_as_an_argon2id_hash_only() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    let items = table::identity(&maru, "").await;
    let stored = format!("{items:?}");
    assert!(stored.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    assert!(!stored.contains(PASSWORD), "{stored}");
}

#[tokio::test]
async fn of_a_hundred_sign_ups_with_one_nickname_at_once_one_succeeds() {
    let maru = start().await;
    let tries = (0..100).map(|number| {
        // Spellings of the same name.
        let nickname = ["Maru", "mARU", "ＭＡＲＵ", "maru"][number % 4];
        let body = chosen(&format!("account_{number}"), nickname);
        let maru = &maru;
        async move { maru.post(PATH, "", &body).await }
    });
    let answers = join_all(tries).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.json["code"] == "nickname_taken").count();
    assert_eq!(
        (made, refused),
        (1, 99),
        "{:?}",
        answers.iter().map(|a| (a.status, &a.json["code"])).collect::<Vec<_>>()
    );
    assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 1);
    assert_eq!(table::identity(&maru, "ACCOUNT#").await.len(), 1);
    assert!(table::all(&maru, "OutboxTable").await.is_empty(), "nothing was announced that is not so");
}

#[tokio::test]
async fn of_ten_sign_ups_with_one_account_at_once_one_succeeds() {
    let maru = start().await;
    let tries = (0..10).map(|number| {
        let body = chosen(["maru_1", "MARU_1"][number % 2], &format!("마루{number}"));
        let maru = &maru;
        async move { maru.post(PATH, "", &body).await }
    });
    let answers = join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.json["code"] == "account_taken").count(), 9);
    // Those who were refused have not taken their nickname along.
    assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 1);
}

#[tokio::test]
async fn an_idempotency_key_makes_one_member_and_gives_tokens_each_time() {
    let maru = start().await;
    let ask = |body: serde_json::Value| {
        let request = maru.request(Method::POST, PATH, "").header("idempotency-key", "k").json(&body);
        async move { Answer::read(request.send().await.unwrap()).await }
    };
    let answers = join_all((0..5).map(|_| ask(chosen("maru_1", "마루")))).await;
    let mut refresh_tokens = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for answer in answers {
        let tokens = answer.expect(201);
        refresh_tokens.insert(text(&tokens, "refreshToken"));
        ids.insert(text(&maru.get("/me", &text(&tokens, "accessToken")).await.expect(200), "id"));
    }
    assert_eq!((ids.len(), refresh_tokens.len()), (1, 5));
    let stored = format!("{:?}", table::identity(&maru, "IDEMPOTENCY#").await);
    assert!(!stored.contains("Token") && !stored.contains("password"), "{stored}");
    let other = json!({ "account": "maru_1", "nickname": "마루", "password": "another password" });
    ask(other).await.expect_problem(422, "idempotency_mismatch");
    ask(chosen("maru_1", "미루")).await.expect_problem(422, "idempotency_mismatch");
}

/// It was this request that the key was used for; what it made is closed by now, whoever has its name.
#[tokio::test]
async fn a_sign_up_that_is_repeated_after_its_account_was_closed_says_so() {
    let maru = start().await;
    let ask = async || {
        let request = maru.request(Method::POST, PATH, "").header("idempotency-key", "k");
        Answer::read(request.json(&chosen("maru_1", "마루")).send().await.unwrap()).await
    };
    let token = text(&ask().await.expect(201), "accessToken");
    assert_eq!(delete_me(&maru, &token).await.status, 204);
    ask().await.expect_problem(401, "account_closed");
    sign_up(&maru, "maru_1", "마루").await;
    ask().await.expect_problem(401, "account_closed");
}

#[tokio::test]
async fn the_browser_that_signed_up_is_not_locked_out_by_strangers() {
    let maru = start().await;
    let mut browser = Browser::new(&maru);
    // Two accounts of one browser: the second does not make it a stranger to the first.
    for (account, nickname) in [("maru_1", "마루"), ("maru_2", "미루")] {
        browser.post(PATH, &chosen(account, nickname)).await.expect(201);
    }
    let (right, wrong) = (PASSWORD, "wrong password");
    for account in ["maru_1", "maru_2"] {
        let login = |password: &str| json!({ "account": account, "password": password });
        for _ in 0..10 {
            maru.post("/auth/login", "", &login(wrong)).await.expect_problem(401, "wrong_credentials");
        }
        maru.post("/auth/login", "", &login(right)).await.expect_problem(429, "too_many_requests");
        browser.post("/auth/login", &login(right)).await.expect(200);
    }
}

/// Anybody may sign up; refused is what breaks a rule, with its place.
#[tokio::test]
async fn refuses_whoever_breaks_a_rule() {
    let maru = start().await;
    for (field, value) in [
        ("account", "abc"),
        ("account", "has space"),
        ("account", "한글계정"),
        ("nickname", "가"),
        ("nickname", "열세글자는하나더많아요그래요"),
        ("nickname", "ma\u{200b}ru"),
        ("nickname", "\u{3164}\u{3164}"),
        ("nickname", "\u{202e}uram"),
        ("nickname", " maru"),
        ("nickname", "ma\u{fffd}ru"),
        ("password", "1234567"),
        ("password", &"x".repeat(129)),
    ] {
        let mut body = chosen("maru_1", "마루");
        body[field] = json!(value);
        let answer = maru.post(PATH, "", &body).await;
        assert_eq!(answer.json["errors"][0]["pointer"], format!("/{field}"), "{value}: {answer:#?}");
        assert!(!answer.text.contains(PASSWORD), "{answer:#?}");
        answer.expect_problem(400, "invalid_body");
    }
    let mut role = chosen("maru_1", "마루");
    role["roles"] = json!(["ADMIN"]);
    maru.post(PATH, "", &role).await.expect_problem(400, "invalid_body");
    assert!(table::identity(&maru, "USER#").await.is_empty());
}

#[tokio::test]
async fn one_address_signs_up_so_often_an_hour() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "마루").await;
    // A taken nickname is refused without a hash, so that this does not take long.
    for _ in 0..99 {
        maru.post(PATH, "", &chosen("maru_2", "마루")).await.expect_problem(409, "nickname_taken");
    }
    let answer = maru.post(PATH, "", &chosen("maru_2", "미루")).await;
    assert!(answer.headers.contains_key("retry-after") && answer.headers.contains_key("ratelimit-policy"));
    answer.expect_problem(429, "too_many_requests");
    crate::advance(&maru, 3600);
    sign_up(&maru, "maru_2", "미루").await;
}

#[tokio::test]
async fn a_sign_up_that_was_not_answered_is_answered_to_the_repetition() {
    for dies in [false, true] {
        let maru = start().await;
        let ask = async |password: &str| {
            let body = json!({ "account": "maru_1", "nickname": "마루", "password": password });
            let request = maru.request(Method::POST, PATH, "").header("idempotency-key", "k");
            Answer::read(request.json(&body).send().await.unwrap()).await
        };
        let (parts, operation) = (maru.stack.parts(), "TransactWriteItems");
        if dies {
            let (function, operation) = ("signup".to_owned(), Some(operation.to_owned()));
            parts.crashes.arm(CrashPlan { function, at_call: 1, operation, moment: Moment::After });
        } else {
            let lost = Fault::new(FaultTarget::Database, FaultKind::LostAnswer, 20);
            parts.faults.push(lost.of_operation(operation));
        }
        let unheard = ask(PASSWORD).await;
        assert!(unheard.status >= 500, "{unheard:#?}");
        parts.faults.clear();
        // Past the lease of whoever died.
        crate::advance(&maru, 30);
        // The password is not part of what is kept, so it is asked for again.
        ask("another password").await.expect_problem(422, "idempotency_mismatch");
        let tokens = ask(PASSWORD).await.expect(201);
        let me = maru.get("/me", &text(&tokens, "accessToken")).await.expect(200);
        assert_eq!((&me["nickname"], &me["revision"]), (&json!("마루"), &json!(1)), "dies: {dies}");
        assert_eq!(table::identity(&maru, "NICKNAME#").await.len(), 1);
        let members = table::identity(&maru, "USER#").await;
        assert_eq!(members.iter().filter(|item| table::string(item, "sk") == "MEMBER").count(), 1);
    }
}
