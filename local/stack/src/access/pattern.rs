//! Wildcards of policies: `*` for any characters, `?` for one.
//!
//! Source: IAM user guide, "IAM JSON policy elements: Action" and "… Resource".

/// The parts of an ARN before its last, which alone may hold further colons:
/// `arn:partition:service:region:account:`.
const PARTS: usize = 6;

/// Whether the pattern of an action matches an action, whatever the case of their letters.
pub(super) fn matches_action(pattern: &str, action: &str) -> bool {
    matches(pattern.to_ascii_lowercase().as_bytes(), action.to_ascii_lowercase().as_bytes())
}

/// Whether the pattern of a resource matches an ARN: each part between colons by itself, so that a wildcard
/// never reaches beyond its part; a lone `*` matches everything.
pub(crate) fn matches_arn(pattern: &str, arn: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let (mut patterns, mut parts) = (pattern.splitn(PARTS, ':'), arn.splitn(PARTS, ':'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if matches(pattern.as_bytes(), part.as_bytes()) => {}
            _ => return false,
        }
    }
}

/// Greedy matching with one place to come back to: the last `*` and what it has eaten.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                last_star = Some((at, read));
                at += 1;
            }
            Some(&expected) if expected == b'?' || expected == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((star, eaten)) = last_star else { return false };
                last_star = Some((star, eaten + 1));
                at = star + 1;
                read = eaten + 1;
            }
        }
    }
    pattern[at..].iter().all(|&rest| rest == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_arn_matches_only_itself() {
        let arn = "arn:aws:s3:::bucket/a/b";
        assert!(matches_arn(arn, arn));
        assert!(!matches_arn(arn, "arn:aws:s3:::bucket/a/bc"));
        assert!(!matches_arn("arn:aws:s3:::bucket/a/bc", arn));
        assert!(!matches_arn("arn:aws:s3:::Bucket/a/b", arn));
    }

    #[test]
    fn a_wildcard_reaches_over_slashes_but_not_over_colons() {
        assert!(matches_arn("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b"));
        assert!(!matches_arn("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket"));
        assert!(matches_arn("arn:aws:dynamodb:*:*:table/t/index/*", "arn:aws:dynamodb:r:0:table/t/index/i"));
        assert!(!matches_arn("arn:aws:dynamodb:*", "arn:aws:dynamodb:r:0:table/t"));
        assert!(matches_arn("*", "arn:aws:dynamodb:r:0:table/t"));
    }

    #[test]
    fn wildcards_stand_anywhere() {
        assert!(matches(b"a*b*c", b"axxbyybzc"));
        assert!(!matches(b"a*b*c", b"axxbyybz"));
        assert!(matches(b"a?c*", b"abc"));
        assert!(!matches(b"a?c", b"ac"));
        assert!(matches(b"**", b""));
    }

    #[test]
    fn the_case_of_an_action_does_not_matter() {
        assert!(matches_action("DynamoDB:putitem", "dynamodb:PutItem"));
        assert!(matches_action("s3:Get*", "s3:GetObject"));
        assert!(!matches_action("s3:Get*", "s3:PutObject"));
    }
}
