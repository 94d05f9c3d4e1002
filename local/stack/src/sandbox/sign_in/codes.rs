//! Authorization codes: good once, for ten minutes, for whoever can prove to have asked.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};

use crate::clock::LocalClock;

/// How long a code is good (GitHub: "The temporary code will expire after 10 minutes").
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    /// Who signed in.
    pub account: String,
    /// Where the code was sent.
    pub redirect_uri: String,
    /// The scopes that were asked for, as they were written.
    pub scope: String,
    /// The S256 challenge, if PKCE is used (RFC 7636).
    pub challenge: Option<String>,
}

impl Grant {
    /// Whether `verifier` proves that its bearer asked for the code.
    pub(crate) fn is_proved_by(&self, verifier: Option<&str>) -> bool {
        match (&self.challenge, verifier) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(challenge), Some(verifier)) => {
                URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())) == *challenge
            }
        }
    }
}

/// The codes that are good.
#[derive(Debug)]
pub(crate) struct Codes {
    clock: LocalClock,
    codes: Mutex<HashMap<String, (Grant, Timestamp)>>,
}

impl Codes {
    pub(crate) fn new(clock: LocalClock) -> Self {
        Self { clock, codes: Mutex::default() }
    }

    /// A new code, 20 hexadecimal digits.
    pub(crate) fn issue(&self, grant: Grant) -> String {
        let code = format!("{:020x}", rand::random::<u128>() >> 48);
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        codes.retain(|_, (_, end)| *end > now);
        codes.insert(code.clone(), (grant, now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX)));
        code
    }

    /// What the code stands for; it is used up by that.
    pub(crate) fn take(&self, code: &str) -> Option<Grant> {
        let taken = self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(code);
        taken.filter(|(_, end)| *end > self.clock.now()).map(|(grant, _)| grant)
    }
}
