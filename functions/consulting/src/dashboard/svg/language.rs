//! The two languages of the pictures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The language of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Language {
    /// Korean, the language of the lecturers.
    #[default]
    #[serde(rename = "ko")]
    Korean,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Gives the one of two wordings that is in this language.
    pub(super) fn choose<T>(self, korean: T, english: T) -> T {
        match self {
            Self::Korean => korean,
            Self::English => english,
        }
    }

    /// Gives the language's tag for `xml:lang`.
    pub(super) fn tag(self) -> &'static str {
        self.choose("ko", "en")
    }
}
