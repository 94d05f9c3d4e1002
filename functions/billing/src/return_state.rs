//! The state in the addresses that KakaoPay sends browsers back to: which order they belong to, signed.
//!
//! KakaoPay adds its `pg_token` to the address and nothing of ours, so the address itself has to say which order
//! came back. Anybody can call it; the signature (HMAC-SHA-256, RFC 2104) shows that Maru made the state,
//! for this order and this page. A state can be brought more than once: what it may still do is for the
//! order to say.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use maru_lambda::{BoxError, ConfigurationError, Environment, FromEnvironment};
use maru_partner::Secret;
use sha2::Sha256;

/// For how long a state is good: the 15 minutes that a payment may take. Money moves only when we approve, so
/// nobody who comes later has paid.
pub const LASTS: SignedDuration = SignedDuration::from_mins(15);

/// The fewest bytes of a key: as many as the signature has (RFC 2104, section 3).
const SHORTEST_KEY: usize = 32;

/// What the key signs here, so that a signature made with it for another purpose says nothing.
const PURPOSE: &str = "maru kakaopay return";

/// A page that KakaoPay sends the browser back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnPage {
    /// The member has paid.
    Approve,
    /// They changed their mind.
    Cancel,
    /// The payment failed.
    Fail,
}

/// The key of the states, kept in SSM.
#[derive(Clone, Debug)]
pub struct ReturnStates {
    key: Secret,
}

/// Why a state is not taken, or not made.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Maru did not make it for this page.
    #[error("the state was not made for this page")]
    Forged,
    /// Its time is over.
    #[error("the time of the state is over")]
    Over {
        /// The order that it was made for.
        order_id: String,
    },
    /// There is no key to sign with now.
    #[error("there is no key for the states of return pages")]
    Key(#[source] BoxError),
}

/// The key itself. Never shown.
struct Key<'k>(&'k [u8]);

impl FromEnvironment for ReturnStates {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self { key: Secret::open(environment, "RETURN_STATE_KEY_PARAMETER")? })
    }
}

impl ReturnStates {
    /// The state with which `page` knows `order_id`, good for [`LASTS`] from `now`: letters, digits and `_-.`,
    /// 55 characters more than the id.
    ///
    /// # Errors
    /// [`StateError::Key`].
    pub async fn sign(&self, page: ReturnPage, order_id: &str, now: Timestamp) -> Result<String, StateError> {
        let ends = now.saturating_add(LASTS).unwrap_or(Timestamp::MAX);
        self.key().await?.sign(page, order_id, ends).ok_or_else(|| StateError::Key("it does not sign".into()))
    }

    /// The order of a state that was brought to `page`.
    ///
    /// # Errors
    /// [`StateError`].
    pub async fn read<'t>(
        &self,
        page: ReturnPage,
        state: &'t str,
        now: Timestamp,
    ) -> Result<&'t str, StateError> {
        self.key().await?.read(page, state, now)
    }

    async fn key(&self) -> Result<Key<'_>, StateError> {
        let value = self.key.value().await.map_err(|error| StateError::Key(error.into()))?;
        Key::new(value.as_bytes()).ok_or_else(|| StateError::Key("it is shorter than 32 bytes".into()))
    }
}

impl ReturnPage {
    /// As in the page's path.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Cancel => "cancel",
            Self::Fail => "fail",
        }
    }
}

impl<'k> Key<'k> {
    fn new(bytes: &'k [u8]) -> Option<Self> {
        (bytes.len() >= SHORTEST_KEY).then_some(Self(bytes))
    }

    /// `<order id>.<second at which it is over>.<signature>`
    fn sign(&self, page: ReturnPage, order_id: &str, ends: Timestamp) -> Option<String> {
        let claim = format!("{order_id}.{}", ends.as_second());
        let signature = URL_SAFE_NO_PAD.encode(self.mac(page, &claim)?.finalize().into_bytes());
        Some(format!("{claim}.{signature}"))
    }

    fn read<'t>(&self, page: ReturnPage, state: &'t str, now: Timestamp) -> Result<&'t str, StateError> {
        let (order_id, ends) = self.claim(page, state).ok_or(StateError::Forged)?;
        if now.as_second() < ends {
            Ok(order_id)
        } else {
            Err(StateError::Over { order_id: order_id.to_owned() })
        }
    }

    /// What a state claims, if it is signed.
    fn claim<'t>(&self, page: ReturnPage, state: &'t str) -> Option<(&'t str, i64)> {
        let (claim, signature) = state.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        // The comparison takes as long for a wrong signature as for the right one.
        self.mac(page, claim)?.verify_slice(&signature).ok()?;
        let (order_id, ends) = claim.rsplit_once('.')?;
        Some((order_id, ends.parse().ok()?))
    }

    /// HMAC takes keys of any length, so there always is one.
    fn mac(&self, page: ReturnPage, claim: &str) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(self.0).ok()?;
        Some(mac.chain_update(format!("{PURPOSE}\n{}\n{claim}", page.name())))
    }
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "ord_01JZ0000000000000000000000";
    const KEY: Key<'_> = Key(&[7; SHORTEST_KEY]);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn state(page: ReturnPage) -> String {
        KEY.sign(page, ORDER, at(1_790_000_900)).unwrap()
    }

    fn is_forged(read: Result<&str, StateError>) -> bool {
        matches!(read, Err(StateError::Forged))
    }

    #[test]
    fn a_state_says_its_order_to_its_page_until_its_time_is_over_and_however_often() {
        let state = state(ReturnPage::Approve);
        for now in [1_790_000_000, 1_790_000_000, 1_790_000_899] {
            assert_eq!(KEY.read(ReturnPage::Approve, &state, at(now)).unwrap(), ORDER);
        }
        let late = KEY.read(ReturnPage::Approve, &state, at(1_790_000_900));
        assert!(matches!(late, Err(StateError::Over { order_id }) if order_id == ORDER));
    }

    #[test]
    fn a_state_of_one_page_is_none_of_another() {
        let pages = [ReturnPage::Approve, ReturnPage::Cancel, ReturnPage::Fail];
        for made_for in pages {
            for brought_to in pages {
                let state = state(made_for);
                let read = KEY.read(brought_to, &state, at(1_790_000_000));
                assert_eq!(is_forged(read), made_for != brought_to, "{made_for:?} {brought_to:?}");
            }
        }
    }

    #[test]
    fn a_state_with_any_character_changed_added_or_left_out_is_forged() {
        let state = state(ReturnPage::Approve);
        let read = |text: &str| KEY.read(ReturnPage::Approve, text, at(1_790_000_000)).map(str::to_owned);
        for place in 0..state.len() {
            let (before, after) = (&state[..place], &state[place + 1..]);
            for other in ["", "A", "B", ".", "_", "0", &state[place..=place].repeat(2)] {
                let changed = format!("{before}{other}{after}");
                assert!(changed == state || matches!(read(&changed), Err(StateError::Forged)), "{changed}");
            }
        }
        for other in ["", ".", "..", ORDER, &format!("{state}="), &format!("{state}."), &format!("x.{state}")]
        {
            assert!(matches!(read(other), Err(StateError::Forged)), "{other}");
        }
    }

    #[test]
    fn a_state_under_another_key_is_forged_and_a_short_key_is_none() {
        let other = Key(&[8; SHORTEST_KEY]).sign(ReturnPage::Approve, ORDER, at(1_790_000_900)).unwrap();
        assert!(is_forged(KEY.read(ReturnPage::Approve, &other, at(1_790_000_000))));
        assert!(Key::new(&[7; SHORTEST_KEY - 1]).is_none() && Key::new(&[]).is_none());
        assert!(Key::new(&[7; SHORTEST_KEY]).is_some());
        assert_eq!(format!("{KEY:?}"), "Key(…)");
    }

    #[test]
    fn the_longest_return_address_is_short_enough_for_kakaopay_and_needs_no_escape() {
        let state = state(ReturnPage::Approve);
        assert_eq!(state.len(), ORDER.len() + 55);
        assert!(state.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)), "{state}");
        let host = "https://abcdefghij.execute-api.ap-northeast-2.amazonaws.com";
        assert!(format!("{host}/billing/kakaopay/approve?state={state}").len() <= 255);
    }
}
