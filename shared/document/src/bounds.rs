//! How long the texts of a document may be, and what an address is.

/// The most bytes of a document as compact JSON: half of a database item, the other half being for what
/// stands beside it.
pub const MOST_BYTES: usize = 200 * 1024;

/// The most characters of a name, a title, a place.
pub(crate) const NAME: usize = 100;
/// The most characters of a web address.
pub(crate) const ADDRESS: usize = 2_000;
/// The most characters of a statement or of a paragraph.
pub(crate) const TEXT: usize = 2_000;

/// Whether `text` is an address of the web with a host: `https://…`, or `http://…` as on a local stack.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    text.strip_prefix("http://").is_some_and(names_a_host) || is_https_address(text)
}

/// Whether `text` is an address that begins with `https://` and has a host.
#[must_use]
pub fn is_https_address(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(names_a_host)
}

fn names_a_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = !rest.chars().any(|character| character.is_control() || character.is_whitespace());
    // An `@` would make what looks like the host a user name.
    !host.is_empty() && !host.starts_with(':') && !host.contains(['@', '\\']) && plain
}

/// Whether `text` has the form of an e-mail address: ASCII, one `@`, and a domain of at least two labels.
#[must_use]
pub fn is_email_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !label.is_empty() && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    // RFC 5322 §3.2.3: a dot-atom; quoted local parts exist on paper only.
    let atom = |atom: &str| {
        let special = |byte: u8| b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !atom.is_empty() && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || special(byte))
    };
    local.len() <= 64 && local.split('.').all(atom) && domain.contains('.') && domain.split('.').all(label)
}

/// A web address.
pub(crate) fn web_address<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    if is_web_address(text) { Ok(()) } else { Err(garde::Error::new("must be a web address")) }
}

/// An e-mail address.
pub(crate) fn email_address<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    if is_email_address(text) { Ok(()) } else { Err(garde::Error::new("must be an e-mail address")) }
}

/// An address that begins with `https://`.
pub(crate) fn https_address<T: AsRef<str>>(text: &T, (): &()) -> garde::Result {
    let text = text.as_ref();
    if is_https_address(text) { Ok(()) } else { Err(garde::Error::new("must begin with https://")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_with_a_host_of_their_own_pass() {
        for good in ["https://github.com/a/b", "http://127.0.0.1:3000/x?y#z", "https://한국.kr"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "github.com",
            "https://",
            "https:///x",
            "https://:80",
            "javascript:alert(1)",
            "https://github.com@evil.example",
            "https://a b",
            "https://a/\n",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
        assert!(!is_https_address("http://127.0.0.1"));
    }

    #[test]
    fn only_addresses_that_mail_reaches_pass() {
        for good in ["maru@example.com", "a.b+c@x-y.co.kr", "1234+maru@users.noreply.github.com"] {
            assert!(is_email_address(good), "{good}");
        }
        for bad in [
            "",
            "maru",
            "@example.com",
            "a@",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            "a..b@c.de",
            "a@-b.de",
            "가@b.de",
        ] {
            assert!(!is_email_address(bad), "{bad}");
        }
    }
}
