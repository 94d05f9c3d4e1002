//! Times as KakaoPay writes them.

use jiff::Timestamp;
use maru_seoul::in_seoul;

/// Korea's time of day without a zone, in whole seconds: `2026-11-21T10:00:00`.
pub(super) fn korean_time(at: Timestamp) -> String {
    in_seoul(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_of_korea_and_has_neither_zone_nor_fraction() {
        let at = "2026-11-20T15:00:00.987Z".parse().unwrap();
        assert_eq!(korean_time(at), "2026-11-21T00:00:00");
    }
}
