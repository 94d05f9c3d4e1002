//! The full name of a repository, `owner/name`, in the form that GitHub gives it.

/// Whether `text` has the form of a full name.
#[must_use]
pub fn is_full_name(text: &str) -> bool {
    text.split_once('/').is_some_and(|(owner, name)| is_owner(owner) && is_name(name))
}

/// An account: up to 39 letters, digits and single hyphens within.
fn is_owner(text: &str) -> bool {
    let inner = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (1..=39).contains(&text.len()) && inner && !text.starts_with('-') && !text.ends_with('-')
}

/// A repository: up to 100 letters, digits, `.`, `-` and `_`, but no step of a path.
fn is_name(text: &str) -> bool {
    let inner = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    (1..=100).contains(&text.len()) && inner && text != "." && text != ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_names_pass() {
        for good in ["octo-org/hello.world", "a/b", "A1/.github", "a/_"] {
            assert!(is_full_name(good), "{good}");
        }
        for bad in ["", "a", "/b", "a/", "a/b/c", "-a/b", "a/..", "a/b c", "가/b", "a/b?x=1", "a/%2e"] {
            assert!(!is_full_name(bad), "{bad}");
        }
    }
}
