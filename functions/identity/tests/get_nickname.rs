//! `GET /nicknames/{nickname}`.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::{sign_up, start};

fn path(nickname: &str) -> String {
    format!("/nicknames/{}", utf8_percent_encode(nickname, NON_ALPHANUMERIC))
}

#[tokio::test]
async fn tells_whether_a_nickname_is_free_in_whatever_spelling() {
    let maru = start().await;
    sign_up(&maru, "maru_1", "Maru 하나").await;
    for (nickname, available) in [
        ("Maru 하나", false),
        ("mARU 하나", false),
        ("ｍａｒｕ 하나", false),
        ("Maru 둘", true),
        ("50% 할인", true),
    ] {
        assert_eq!(maru.get(&path(nickname), "").await.expect(200), json!({ "available": available }));
    }
}

/// Anybody may ask; refused is what can be nobody's nickname.
#[tokio::test]
async fn refuses_whoever_asks_for_what_can_be_nobodys() {
    let maru = start().await;
    for nickname in ["가", "열세글자는하나더많아요그래요", "ma\u{200d}ru", "\u{202e}maru", "a\nb"]
    {
        let answer = maru.get(&path(nickname), "").await;
        assert_eq!(answer.json["errors"][0]["pointer"], "/nickname");
        answer.expect_problem(400, "invalid_nickname");
    }
    // What is no UTF-8.
    for broken in ["%ff%fe", "maru%80", "%ea%b0"] {
        maru.get(&format!("/nicknames/{broken}"), "").await.expect_problem(400, "invalid_nickname");
    }
}
