//! The `Link` header (RFC 8288), as far as partners use it for pages.

/// The target with this relation in a header's value: `<https://…>; rel="next", <https://…>; rel="last"`.
pub(crate) fn target<'a>(value: &'a str, relation: &str) -> Option<&'a str> {
    let mut rest = value;
    // Targets may hold commas and semicolons, so the text is cut at the angle brackets.
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let parameters = after.split_once('<').map_or(after, |(parameters, _)| parameters);
        if relations(parameters).any(|named| named.eq_ignore_ascii_case(relation)) {
            return Some(target);
        }
        rest = after;
    }
    None
}

/// The relations among a link's parameters: `rel` holds one or several, divided by spaces.
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let parameters = parameters.split([';', ',']).filter_map(|parameter| parameter.split_once('='));
    let rel = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    rel.flat_map(|(_, value)| value.trim().trim_matches('"').split_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: &str = r#"<https://api.github.com/repositories/1/issues?q=a,b;c&page=2>; rel="next", <https://api.github.com/x?page=5>; title="the end"; rel="last""#;

    #[test]
    fn the_target_of_a_relation_is_found_verbatim() {
        let next = "https://api.github.com/repositories/1/issues?q=a,b;c&page=2";
        assert_eq!(target(PAGES, "next"), Some(next));
        assert_eq!(target(PAGES, "last"), Some("https://api.github.com/x?page=5"));
        assert_eq!(target("<a>; rel=\"first Next\"", "next"), Some("a"));
        assert_eq!(target("<a>; rel=next", "next"), Some("a"));
    }

    #[test]
    fn what_is_not_there_or_broken_gives_nothing() {
        assert_eq!(target(PAGES, "prev"), None);
        for broken in ["", "next", "<a", "<a>", "<a>; rel", "<a>; title=\"next\""] {
            assert_eq!(target(broken, "next"), None, "{broken}");
        }
    }
}
