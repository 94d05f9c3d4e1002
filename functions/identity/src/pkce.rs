//! Proof Key for Code Exchange (RFC 7636), as the one who asks and as the one who is asked. S256 only.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::secret::{Digest, Secret};

/// What a challenge is made from: 43 to 128 unreserved characters (RFC 7636 §4.1).
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Verifier(String);

/// The base64url of a verifier's SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(transparent)]
pub struct Challenge(#[garde(length(bytes, equal = 43), custom(base64url))] String);

impl Verifier {
    /// A new one.
    #[must_use]
    pub fn of(secret: &Secret) -> Self {
        Self(secret.text())
    }

    /// The text that is sent to whoever has the challenge.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The challenge of it.
    #[must_use]
    pub fn challenge(&self) -> Challenge {
        Challenge(Digest::of(self.0.as_bytes()).as_str().to_owned())
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Verifier(…)")
    }
}

impl TryFrom<String> for Verifier {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let good = (43..=128).contains(&text.len()) && text.bytes().all(unreserved);
        if good { Ok(Self(text)) } else { Err("must have 43 to 128 characters of A-Z a-z 0-9 - . _ ~") }
    }
}

impl Challenge {
    /// The text that goes into a query.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn base64url(text: &str, (): &()) -> garde::Result {
    let good = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if good { Ok(()) } else { Err(garde::Error::new("must be base64url without padding")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        let verifier = Verifier::try_from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned()).unwrap();
        assert_eq!(verifier.challenge().as_str(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn what_is_no_verifier_is_refused() {
        for bad in ["", &"a".repeat(42), &"a".repeat(129), &format!("{}=", "a".repeat(43)), &"가".repeat(43)]
        {
            assert!(Verifier::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
