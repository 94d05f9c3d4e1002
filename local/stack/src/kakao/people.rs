//! Who can sign in, and what Kakao says of them.

use serde_json::{Value, json};

use crate::sandbox::sign_in::Choice;

/// Consented to everything.
pub(super) const OPEN: i64 = 4_100_000_001;

/// Consented to nothing, so that Kakao gives the id only.
pub(super) const RESERVED: i64 = 4_100_000_002;

/// The people of the sign-in page.
pub(super) fn choices() -> [Choice; 2] {
    [
        (OPEN, "김민서", "닉네임, 프로필 사진, 이메일을 모두 제공합니다"),
        (RESERVED, "동의하지 않은 사람", "회원번호 말고는 아무것도 제공하지 않습니다"),
    ]
    .map(|(id, label, about)| Choice {
        account: id.to_string(),
        label: label.to_owned(),
        about: about.to_owned(),
    })
}

/// The answer of `/v2/user/me`; none for an id that nobody has.
pub(super) fn user(id: i64) -> Option<Value> {
    match id {
        OPEN => Some(json!({
            "id": OPEN,
            "connected_at": "2026-01-02T03:04:05Z",
            "properties": { "nickname": "김민서" },
            "kakao_account": {
                "profile_nickname_needs_agreement": false,
                "profile_image_needs_agreement": false,
                "profile": {
                    "nickname": "김민서",
                    "thumbnail_image_url": "http://k.kakaocdn.net/dn/local/img_110x110.jpg",
                    "profile_image_url": "http://k.kakaocdn.net/dn/local/img_640x640.jpg",
                    "is_default_image": false,
                    "is_default_nickname": false
                },
                "has_email": true,
                "email_needs_agreement": false,
                "is_email_valid": true,
                "is_email_verified": true,
                "email": "minseo.kim@example.com"
            }
        })),
        RESERVED => Some(json!({ "id": RESERVED })),
        _ => None,
    }
}
