//! Passwords: what may be one, and its hash.
//!
//! A password is 8 to 128 characters (Unicode scalar values) after NFKC, which the same keys on another
//! keyboard or system give the same text (NIST SP 800-63B §3.1.1.2). It is not trimmed, and what it is made
//! of is its owner's choice.
//!
//! The hash is Argon2id with 19 MiB, two passes and one lane, the first choice of OWASP's Password Storage
//! Cheat Sheet, as a PHC string that carries its own parameters and salt.

use std::fmt;

use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, CustomizedPasswordHasher, Params, Version};
use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Deserialize;

/// The fewest and the most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=128;

/// OWASP Password Storage Cheat Sheet, Argon2id: m = 19456 KiB, t = 2, p = 1.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash with the parameters of all others that is of no password anybody could find.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password in NFKC. Never shown, not even in a log.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(String);

/// A text that may not be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have 8 to 128 characters")]
pub struct PasswordError;

/// A hash that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError(#[source] argon2::password_hash::Error);

impl TryFrom<String> for Password {
    type Error = PasswordError;

    fn try_from(text: String) -> Result<Self, PasswordError> {
        if text.chars().count() > *LENGTH.end() {
            return Err(PasswordError);
        }
        let normal = ComposingNormalizerBorrowed::new_nfkc().normalize(&text).into_owned();
        if LENGTH.contains(&normal.chars().count()) { Ok(Self(normal)) } else { Err(PasswordError) }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl Password {
    /// The hash to be stored, with this salt: 16 random bytes. Takes tens of milliseconds of one core.
    ///
    /// # Errors
    /// [`HashError`].
    pub fn hash(&self, salt: [u8; 16]) -> Result<String, HashError> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| HashError(error.into()))?;
        let argon2 = Argon2::default();
        let (id, version) = (Some(Algorithm::Argon2id.as_str()), Some(Version::V0x13.into()));
        let hash = argon2.hash_password_customized(self.0.as_bytes(), &salt, id, version, params);
        hash.map(|hash| hash.to_string()).map_err(HashError)
    }

    /// Whether this is the password of `hash`. Without a hash (there is no such account) it is none, after
    /// the same work: the time tells nothing.
    #[must_use]
    pub fn is_of(&self, hash: Option<&str>) -> bool {
        let parsed = PasswordHash::new(hash.unwrap_or(NOBODYS)).ok();
        let verified = parsed
            .is_some_and(|parsed| Argon2::default().verify_password(self.0.as_bytes(), &parsed).is_ok());
        hash.is_some() && verified
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Password, PasswordError> {
        text.to_owned().try_into()
    }

    #[test]
    fn a_password_has_8_to_128_characters() {
        for good in ["12345678", "비밀번호가길어요", "        ", &"a".repeat(128), "\u{1f512}\u{1f512}123456"]
        {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in ["", "1234567", "비밀번호일곱자", &"a".repeat(129)] {
            assert_eq!(parse(bad), Err(PasswordError), "{bad}");
        }
    }

    #[test]
    fn the_hash_names_its_parameters_and_opens_for_the_same_characters_however_typed() {
        let hash = parse("Ａ비밀번호입니다 é").unwrap().hash([7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(parse("A비밀번호입니다 e\u{301}").unwrap().is_of(Some(&hash)));
        for other in ["a비밀번호입니다 é", "A비밀번호입니다 é ", "A비밀번호입니다é."]
        {
            assert!(!parse(other).unwrap().is_of(Some(&hash)), "{other}");
        }
    }

    #[test]
    fn nobody_and_a_broken_hash_have_no_password() {
        let password = parse("12345678").unwrap();
        assert!(!password.is_of(None));
        assert!(!password.is_of(Some("")));
        assert!(!password.is_of(Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ")));
    }

    #[test]
    fn nobodys_hash_costs_what_all_others_cost() {
        let real = parse("12345678").unwrap().hash([7; 16]).unwrap();
        let shape = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(shape(NOBODYS), shape(&real));
        assert_eq!(NOBODYS.len(), real.len());
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(format!("{:?}", parse("12345678").unwrap()), "Password(…)");
    }
}
