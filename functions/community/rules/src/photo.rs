//! Photos: which files are taken, and how far they are looked at.

use serde::{Deserialize, Serialize};

/// The largest file, in bytes: 5 MiB.
pub const LARGEST: u64 = 5 * 1024 * 1024;

/// The most pixels of a photo: more than telephones of today make, few enough to be held in memory at once.
pub const MOST_PIXELS: u64 = 64_000_000;

/// The longest and the shortest side of a photo, in pixels.
pub const LONGEST_SIDE: u32 = 16_000;
/// See [`LONGEST_SIDE`].
pub const SHORTEST_SIDE: u32 = 32;

/// How many photos of one assignment are looked at.
pub const MOST_TRIES: u32 = 5;

/// What a photo may be. No SVG, which may carry scripts, and no GIF, which is many pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaType {
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
}

impl MediaType {
    /// What the file is that begins with `bytes`, whatever its sender called it; none for anything else.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// As in `Content-Type`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// Whether a picture of this size, in pixels, is looked at.
#[must_use]
pub fn is_fit(width: u32, height: u32) -> bool {
    let sides = SHORTEST_SIDE..=LONGEST_SIDE;
    sides.contains(&width) && sides.contains(&height) && u64::from(width) * u64::from(height) <= MOST_PIXELS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_known_by_its_first_bytes() {
        assert_eq!(MediaType::of(b"\x89PNG\r\n\x1a\n...."), Some(MediaType::Png));
        assert_eq!(MediaType::of(b"\xff\xd8\xff\xe0"), Some(MediaType::Jpeg));
        assert_eq!(MediaType::of(b"RIFF\x01\x02\x03\x04WEBPVP8 "), Some(MediaType::Webp));
        for other in [&b""[..], b"<svg xmlns=", b"GIF89a", b"<html>", b"RIFF....WAVE", b"\x89PNG"] {
            assert_eq!(MediaType::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_photo_that_would_fill_the_memory_is_not_looked_at() {
        assert!(is_fit(4_000, 3_000) && is_fit(8_000, 8_000) && is_fit(16_000, 4_000) && is_fit(32, 32));
        for (width, height) in [(0, 0), (31, 100), (16_001, 32), (16_000, 16_000), (u32::MAX, u32::MAX)] {
            assert!(!is_fit(width, height), "{width} {height}");
        }
    }
}
