//! Korean words without their endings and particles, roughly: enough that two forms of a word meet, not enough
//! for a dictionary.

/// Syllables that make a verb of the noun before them (`하다`, `되다`) when nothing follows but one of these
/// syllables. So `구현했는지` is cut and `과부하를` is not.
const VERBS: [(&str, &str); 4] = [
    ("했됐합됩", "는나던습어었을지다음니"),
    ("하되", "는여고며면기게지셨시신실였던려도니나거자다어었"),
    ("해", "서야요주왔온보본봐낸냈"),
    ("한할된될함됨", "다지때후것게데가"),
];

/// Those of them that end a word, too: `구현한`.
const LAST_VERBS: &str = "해한할된될함됨";

/// Particles that are cut off a word of any length.
const LONG_PARTICLES: [&str; 34] = [
    "에서는",
    "으로는",
    "에서의",
    "으로의",
    "이라는",
    "이었나요",
    "입니까",
    "인가요",
    "에게서",
    "이라고",
    "으로써",
    "으로서",
    "에서",
    "에게",
    "으로",
    "까지",
    "부터",
    "에는",
    "에도",
    "과의",
    "와의",
    "로의",
    "로는",
    "로서",
    "로써",
    "처럼",
    "보다",
    "마다",
    "이나",
    "라는",
    "라고",
    "이란",
    "을",
    "를",
];

/// Particles that are cut off where at least two syllables stay, because many short nouns end so (`회의`).
const SHORT_PARTICLES: &str = "은는이가의에로와과도만나란인";

/// `word` without its ending or particle. Never empty for a word that is not.
pub(super) fn stem(word: &str) -> &str {
    let noun = before_verb(word).unwrap_or(word);
    let long = LONG_PARTICLES.iter().find_map(|particle| noun.strip_suffix(particle));
    if let Some(stem) = long.filter(|stem| !stem.is_empty()) {
        return stem;
    }
    let short = noun.strip_suffix(|syllable| SHORT_PARTICLES.contains(syllable));
    short.filter(|stem| stem.chars().count() >= 2).unwrap_or(noun)
}

/// The noun that a verb is made of, of two syllables or more.
fn before_verb(word: &str) -> Option<&str> {
    let mut syllables = word.char_indices().skip(2);
    let (at, _) = syllables.find(|(at, syllable)| {
        let next = word.get(at + syllable.len_utf8()..).and_then(|rest| rest.chars().next());
        VERBS.iter().any(|(verbs, tails)| {
            let goes_on = |next: char| verbs.contains(*syllable) && tails.contains(next);
            next.map_or(LAST_VERBS.contains(*syllable), goes_on)
        })
    })?;
    word.get(..at)
}

/// Whether `word` is nothing but a particle or an ending, as behind a name in Latin letters.
pub(super) fn is_particle(word: &str) -> bool {
    let short = word.chars().count() == 1 && SHORT_PARTICLES.contains(word);
    short || LONG_PARTICLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (stemmed, forms) in [
            ("사용", "사용 사용을 사용하셨나요 사용한 사용했던 사용하면서 사용해 사용됩니다"),
            ("서버", "서버 서버를 서버의 서버에서 서버에서는 서버로 서버가 서버는"),
            ("팀", "팀 팀에서 팀을 팀으로"),
            ("최적화", "최적화 최적화를 최적화한 최적화하는 최적화했는지"),
            ("과부하", "과부하를 과부하"),
            ("회의", "회의 회의를 회의에서"),
            ("권한", "권한 권한을 권한이"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(stem(form), stemmed, "{form}");
            }
        }
    }

    #[test]
    fn no_word_is_cut_to_nothing() {
        for word in ["을", "에서", "하", "했다", "이", "의"] {
            assert!(!stem(word).is_empty(), "{word}");
        }
        assert!(is_particle("를") && is_particle("에서는") && !is_particle("캐시") && !is_particle(""));
    }
}
