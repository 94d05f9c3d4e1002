//! Logins that are under way: at a provider (a state), and on their way to the app (a login code).
//!
//! Both are secrets that are good once and for a short time, decided by one conditional write, and both belong
//! to the browser that began: its cookie has a secret whose digest is kept. So a link with somebody else's
//! state or code signs nobody in (RFC 9700 §4.7).

mod code;
mod once;
mod state;

pub use code::LoginCode;
pub use state::{Attempt, Purpose};

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use maru_lambda::http::call::Request;
use maru_lambda::{Cookie, SameSite};

use crate::secret::Secret;

/// The cookie of a browser that is signing in.
const COOKIE: &str = "maru_login";

/// Where it is needed: at `/auth`, and at `/me/connections`, so that a login which begins there goes on with
/// the secret of one that is under way in another tab instead of replacing it.
const PATH: &str = "/";

/// For how long a login may take at the provider: the time that GitHub's codes last.
pub const LOGIN_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// For how long a login code is good: the app exchanges it as soon as its page is there.
pub const CODE_LASTS: SignedDuration = SignedDuration::from_secs(60);

/// The secret of the browser that `request` comes from, if it began a login.
#[must_use]
pub fn browser(request: &Request) -> Option<Secret> {
    Secret::read(request.cookie(COOKIE)?)
}

/// The cookie for a browser that begins a login. It goes along when the provider sends the browser back.
#[must_use]
pub fn browser_cookie(secret: &Secret) -> Cookie {
    let lasts = Duration::try_from(LOGIN_LASTS + CODE_LASTS).unwrap_or_default();
    Cookie::new(COOKIE, secret.text(), lasts).for_path(PATH).same_site(SameSite::Lax)
}

/// The second at which something ends that begins `now`.
fn ends(now: Timestamp, lasts: SignedDuration) -> i64 {
    now.saturating_add(lasts).unwrap_or(Timestamp::MAX).as_second()
}
