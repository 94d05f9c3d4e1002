//! Cookies: what a page's own code must not read, such as a refresh token.

use std::time::Duration;

use ::http::HeaderValue;

/// Whether a cookie goes along with what other sites cause (RFC 6265bis §5.6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// Only when the browser goes to a page here, as it does when a provider sends it back after a login.
    Lax,
}

/// A cookie to be set: `HttpOnly; Secure`, for all paths, `SameSite=Strict`, unless told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    name: &'static str,
    value: String,
    lasts: Duration,
    path: &'static str,
    same_site: SameSite,
}

impl Cookie {
    /// A cookie that the browser keeps for so long, in whole seconds. Name and value may hold letters, digits
    /// and most signs, but no space, comma, semicolon, quote or backslash (RFC 6265 §4.1.1).
    #[must_use]
    pub fn new(name: &'static str, value: impl Into<String>, lasts: Duration) -> Self {
        Self { name, value: value.into(), lasts, path: "/", same_site: SameSite::Strict }
    }

    /// Takes the cookie of this name away; its path must be the one that it was set for.
    #[must_use]
    pub fn removed(name: &'static str) -> Self {
        Self::new(name, "", Duration::ZERO)
    }

    /// Only for this path and those below it.
    #[must_use]
    pub fn for_path(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// With another rule for what other sites cause.
    #[must_use]
    pub fn same_site(self, same_site: SameSite) -> Self {
        Self { same_site, ..self }
    }

    /// The value of `Set-Cookie`; none if name or value hold what they may not.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        if !self.name.bytes().chain(self.value.bytes()).all(is_cookie_octet) {
            return None;
        }
        let Self { name, value, path, .. } = self;
        let (seconds, same_site) = (self.lasts.as_secs(), self.same_site);
        let text = format!(
            "{name}={value}; Max-Age={seconds}; Path={path}; HttpOnly; Secure; SameSite={same_site:?}"
        );
        HeaderValue::try_from(text).ok()
    }
}

fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

/// The value of the first cookie called `name` among `name=value` texts.
pub(super) fn find<'a>(cookies: &'a [String], name: &str) -> Option<&'a str> {
    cookies.iter().find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let cookie = Cookie::new("refresh", "rt_a-b", Duration::from_secs(60)).for_path("/auth");
        let text = "refresh=rt_a-b; Max-Age=60; Path=/auth; HttpOnly; Secure; SameSite=Strict";
        assert_eq!(cookie.header().unwrap(), text);
        let lax = Cookie::removed("state").same_site(SameSite::Lax).header().unwrap();
        assert_eq!(lax, "state=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax");
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        for value in ["a; Domain=evil.example", "a\r\nb", "a b", "ㄱ", "a,b"] {
            assert_eq!(Cookie::new("name", value, Duration::ZERO).header(), None, "{value}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let cookies = ["refresh2=x".to_owned(), " refresh=a=b".to_owned(), "refresh=c".to_owned()];
        assert_eq!(find(&cookies, "refresh"), Some("a=b"));
        assert_eq!(find(&cookies, "fresh"), None);
    }
}
