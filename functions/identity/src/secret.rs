//! Secrets that Maru makes: 256 random bits, given to one client, stored as a digest only.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// 256 bits that nobody can guess. Never shown, not even in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// 128 bits that show whoever has the seal that a secret was issued under it. Without the seal nobody can make
/// them for another secret, and they tell nothing of the one that they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark([u8; 16]);

/// SHA-256 of a secret, in base64url: it tells the secret again, but does not tell it. Of 256 random bits a
/// plain hash is enough; a slow one is for what people choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Secret {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The secret of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret that [`Secret::text`] wrote; none for any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// In 43 characters of base64url.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }

    /// The secret that follows from this one with `salt`; who lacks either of them cannot tell it.
    #[must_use]
    pub fn successor(&self, salt: &Self) -> Self {
        Self(hmac(self, salt).map_or([0; 32], |mac| mac.finalize().into_bytes().into()))
    }

    /// What shows that this secret was issued under `seal`.
    #[must_use]
    pub fn mark(&self, seal: &Self) -> Mark {
        let mut mark = [0; 16];
        if let Some(mac) = hmac(seal, self) {
            mark.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        Mark(mark)
    }

    /// Whether `mark` is the one of this secret under `seal`; how long it takes does not tell how much of it is.
    #[must_use]
    pub fn bears(&self, mark: &Mark, seal: &Self) -> bool {
        hmac(seal, self).is_some_and(|mac| mac.verify_truncated_left(&mark.0).is_ok())
    }
}

/// HMAC-SHA-256. It takes keys of any length, so there always is one.
fn hmac(key: &Secret, message: &Secret) -> Option<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(&key.0).ok().map(|mac| mac.chain_update(message.0))
}

impl Mark {
    /// The mark of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Digest {
    /// The digest of any bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)))
    }

    /// In 43 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As [`Secret::text`], for a secret that has to be stored and that alone opens nothing: the salt of a
/// succession, the seal of a family.
pub mod stored {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Secret;

    /// Writes it.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&secret.text())
    }

    /// Reads it.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        let text = String::deserialize(deserializer)?;
        Secret::read(&text).ok_or_else(|| D::Error::custom("not 256 bits in base64url"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written_and_nothing_else_is() {
        let secret = Secret::random();
        assert_eq!(secret.text().len(), 43);
        assert_eq!(Secret::read(&secret.text()), Some(secret));
        for other in ["", "AAAA", &"!".repeat(43), &"A".repeat(44), &format!("{}=", secret.text())] {
            assert_eq!(Secret::read(other), None, "{other}");
        }
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[test]
    fn a_successor_follows_from_secret_and_salt_and_from_nothing_less() {
        let (secret, salt) = (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]));
        assert_eq!(secret.successor(&salt), secret.successor(&salt));
        assert_ne!(secret.successor(&salt), salt.successor(&secret));
        assert_ne!(secret.successor(&salt), secret.successor(&Secret::from_bytes([3; 32])));
    }

    #[test]
    fn a_mark_is_of_one_secret_under_one_seal() {
        let (secret, seal, other) =
            (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]), Secret::from_bytes([3; 32]));
        let mark = secret.mark(&seal);
        assert!(secret.bears(&mark, &seal));
        assert!(!other.bears(&mark, &seal) && !secret.bears(&mark, &other) && !seal.bears(&mark, &secret));
        for bit in 0..128 {
            let mut bytes = *mark.bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(!secret.bears(&Mark::from_bytes(bytes), &seal), "bit {bit}");
        }
    }
}
