//! Pictures: which files are some, and what they are called.

use jiff::Timestamp;
use maru_lambda::new_id;
use maru_store::Attempt;
use serde::{Deserialize, Serialize};

/// The largest picture, in bytes.
pub const LARGEST: u64 = 5 * 1024 * 1024;

/// How many bytes at the beginning tell what a file is.
pub const SIGNATURE: u64 = 12;

/// What a picture may be. No SVG, which may carry scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaType {
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
}

/// The id of a picture: `img_` and a ULID. It goes into a path, so it is nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageId(String);

/// A member's own picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The upload that it was made of.
    pub upload: ImageId,
    /// Its file, after which its address is called. Each attempt to keep an upload makes a file of its own, so
    /// that whoever deletes theirs never deletes what another one kept of the same upload.
    pub file: ImageId,
}

impl MediaType {
    /// What the file is that begins with `bytes`, whatever its sender called it; none for anything else.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// As in `Content-Type`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

impl ImageId {
    /// A new one.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(new_id("img", now))
    }

    /// The one of what `attempt` makes: the same however many requests the attempt takes.
    #[must_use]
    pub fn of(attempt: &Attempt) -> Self {
        Self(attempt.id("img"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ImageId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let ulid = text.strip_prefix("img_").filter(|ulid| is_ulid(ulid));
        ulid.is_some().then_some(Self(text)).ok_or("must be the id of an uploaded image")
    }
}

impl From<ImageId> for String {
    fn from(id: ImageId) -> Self {
        id.0
    }
}

/// Whether `text` has the form of a ULID: 26 digits of Crockford's base 32, in capitals.
#[must_use]
pub fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        assert_eq!(MediaType::of(b"\x89PNG\r\n\x1a\n...."), Some(MediaType::Png));
        assert_eq!(MediaType::of(b"\xff\xd8\xff\xe0"), Some(MediaType::Jpeg));
        assert_eq!(MediaType::of(b"RIFF\x01\x02\x03\x04WEBPVP8 "), Some(MediaType::Webp));
        for other in [&b""[..], b"<svg xmlns=", b"GIF89a", b"<html>", b"RIFF....WAVE", b"\x89PNG"] {
            assert_eq!(MediaType::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn an_id_cannot_lead_to_another_object() {
        assert!(ImageId::try_from("img_01K9Z3V7R2M4N6P8Q0S1T3V5W7".to_owned()).is_ok());
        for other in
            ["", "img_", "img_../../x", "usr_01K9Z3V7R2M4N6P8Q0S1T3V5W7", "img_01K9Z3V7R2M4N6P8Q0S1T3V5W/"]
        {
            assert!(ImageId::try_from(other.to_owned()).is_err(), "{other}");
        }
    }
}
