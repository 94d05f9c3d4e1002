//! What a post may say.

use garde::Validate;
use maru_document::rules::{filled, line, paragraph};
use serde::{Deserialize, Deserializer};

/// The title of a post: one line of 1 to 20 characters, without the white space around it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Validate)]
#[serde(transparent)]
#[garde(transparent)]
pub struct Title(
    #[serde(deserialize_with = "trimmed")]
    #[garde(length(chars, max = 20), custom(line), custom(filled))]
    pub String,
);

/// What a post says: 1 to 150 characters, without the white space around them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Validate)]
#[serde(transparent)]
#[garde(transparent)]
pub struct Body(
    #[serde(deserialize_with = "trimmed")]
    #[garde(length(chars, max = 150), custom(paragraph), custom(filled))]
    pub String,
);

fn trimmed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<String> {
        let title: Title = serde_json::from_value(text.into()).unwrap();
        title.validate().ok().map(|()| title.0)
    }

    fn body(text: &str) -> Option<String> {
        let body: Body = serde_json::from_value(text.into()).unwrap();
        body.validate().ok().map(|()| body.0)
    }

    #[test]
    fn a_title_is_a_line_of_twenty_characters_and_a_body_lines_of_150() {
        assert_eq!(title("  눈이 와요 \n").unwrap(), "눈이 와요");
        assert!(title(&format!(" {} ", "가".repeat(20))).is_some());
        assert_eq!(body(" 두\n줄 ").unwrap(), "두\n줄");
        assert!(body(&"😀".repeat(150)).is_some());
        for bad in ["", "  ", "\u{200b}", "두\n줄", "a\u{0}b", "a\u{202e}b", &"가".repeat(21)] {
            assert_eq!(title(bad), None, "{bad:?}");
        }
        for bad in ["", " \n ", "\u{3164}", "a\rb", &"가".repeat(151)] {
            assert_eq!(body(bad), None, "{bad:?}");
        }
    }
}
