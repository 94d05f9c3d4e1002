//! Content negotiation, as far as it is needed: whether an answer is wanted as JSON (RFC 9110 §12.5.1).

/// Whether what an `Accept` header likes best is `application/json`, by name. Of equal weights the first counts,
/// as browsers and their libraries mean their lists; `*/*` alone wants nothing in particular.
#[must_use]
pub fn prefers_json(accept: Option<&str>) -> bool {
    let ranges = accept.unwrap_or_default().split(',').filter_map(weighed);
    let best = ranges.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.is_some_and(|(range, weight)| weight > 0.0 && range.eq_ignore_ascii_case("application/json"))
}

/// A media range with its weight, which is 1 if none is given.
fn weighed(range: &str) -> Option<(&str, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some((name, weight.and_then(|weight| weight.parse().ok()).unwrap_or(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_preferred_by_its_weight_and_then_by_its_place() {
        for accept in [
            "application/json",
            "application/json, text/plain, */*",
            "Application/JSON;charset=utf-8",
            "text/html;q=0.5, application/json",
            ", text/html;q=0.9 , application/json;q=0.95,",
        ] {
            assert!(prefers_json(Some(accept)), "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "application/*",
            "text/html, application/json",
            "application/json;q=0.5, application/pdf",
            "application/json;q=0",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        ] {
            assert!(!prefers_json(Some(accept)), "{accept}");
        }
        assert!(!prefers_json(None));
    }
}
