//! A question with a picture.

use garde::Validate;
use maru_model::{AskError, Picture, PictureFormat, Question};
use maru_stack::bedrock::{FaultKind, Outcome};
use serde::Deserialize;
use serde_json::json;

use crate::{Ground, question};

/// A picture of two pixels, a black and a red one (PNG).
const RED_DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00,
    0x00, 0x00, 0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x60, 0x60, 0x60, 0xf8, 0xcf, 0xc0, 0x00,
    0x00, 0x03, 0x04, 0x01, 0x00, 0xd5, 0x3e, 0x08, 0x56, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44,
    0xae, 0x42, 0x60, 0x82,
];

#[derive(Debug, Deserialize, Validate)]
#[garde(allow_unvalidated)]
struct Sight {
    shows: bool,
    reason: String,
}

fn about(format: PictureFormat) -> Question<'static> {
    let text = json!({ "type": "string", "maxLength": 200 });
    let properties = json!({ "shows": { "type": "boolean" }, "reason": text });
    Question {
        picture: Some(Picture { format, bytes: RED_DOT.to_vec() }),
        schema: json!({ "type": "object", "properties": properties, "required": ["shows", "reason"] }),
        ..question("photo")
    }
}

#[tokio::test]
async fn the_model_gets_the_picture_with_the_question_and_its_repair_and_its_tokens_are_set_aside() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    ground.maru.stack.parts().bedrock.push_fault(FaultKind::Garbage, 1);
    let sight: Sight = ground.model.ask(&lease, &about(PictureFormat::Png)).await.unwrap();
    assert!(sight.shows && sight.reason.contains("보지 못하는 대역"), "{sight:?}");
    assert_eq!(ground.outcomes(), [Outcome::Garbage, Outcome::Answered]);
    let entries = ground.entries(&lease.job().id).await;
    assert!(
        entries.iter().all(|entry| entry["reservedTokens"].as_u64().unwrap() > 1_600 + 2_000),
        "{entries:#?}"
    );
    assert!(ground.calls().iter().all(|call| call.input_tokens > 1_600), "{:#?}", ground.calls());
}

#[tokio::test]
async fn bytes_of_another_format_are_refused_by_the_service() {
    let ground = Ground::start().await;
    let lease = ground.job().await;
    let refused: Result<Sight, AskError> = ground.model.ask(&lease, &about(PictureFormat::Jpeg)).await;
    assert!(matches!(refused, Err(AskError::Unavailable(_))), "{refused:?}");
    assert_eq!(ground.outcomes(), [Outcome::Invalid]);
}
