//! Whether it is known where the zones lie that are warned of.

use std::collections::BTreeMap;

use chat_alerts::fold::InForce;
use maru_province::{Province, Source, Zone};

/// Says in the log of which zones it is not certain where they lie, each code once.
pub fn look_over(in_force: &[InForce]) {
    for (zone, (name, found)) in doubtful(in_force) {
        match found {
            Zone::Unknown => tracing::warn!(zone, name, "a zone lies nobody knows where"),
            found => {
                let provinces: Vec<_> = found.provinces().iter().map(|province| province.code()).collect();
                tracing::warn!(zone, name, ?provinces, "where a zone lies is known by its name only");
            }
        }
    }
}

/// The codes of which no list and no prefix tells where they lie, or the prefix something else than the name; with the
/// name, and with where they are taken to lie.
fn doubtful(in_force: &[InForce]) -> BTreeMap<&str, (&str, Zone)> {
    let mut doubtful = BTreeMap::new();
    for InForce { zone, zone_name, .. } in in_force {
        let (found, source) = Province::find_zone(zone, zone_name);
        if matches!(source, Source::Name | Source::Nothing) {
            doubtful.entry(zone.as_str()).or_insert((zone_name.as_str(), found));
        }
    }
    doubtful
}

#[cfg(test)]
mod tests {
    use chat_alerts::kind::{Kind, Level};
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn each_zone_of_which_only_the_name_tells_or_nothing_is_told_of_once() {
        let warned = |zone: &str, name: &str, kind| {
            let (zone, zone_name) = (zone.to_owned(), name.to_owned());
            let since = Timestamp::UNIX_EPOCH;
            InForce { zone, zone_name, kind, level: Level(0), since, issued_at: since }
        };
        let in_force = [
            warned("L1083000", "부산남부", Kind::Rain),
            warned("L1083000", "부산남부", Kind::Wind),
            warned("L1082700", "부산서부", Kind::Rain),
            warned("L1100100", "서울동남권", Kind::Rain),
            warned("L1190000", "새만금", Kind::Rain),
            warned("S1250000", "서해중부앞바다", Kind::Waves),
        ];
        let expected = [
            ("L1083000", ("부산남부", Zone::Land(vec![Province::Busan]))),
            ("L1190000", ("새만금", Zone::Unknown)),
        ];
        assert_eq!(doubtful(&in_force), expected.into());
    }
}
