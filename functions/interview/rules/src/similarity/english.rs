//! Words in Latin letters without their endings, roughly.

/// How many letters of a word count: `migration` and `migrating` differ behind them.
const LETTERS: usize = 6;

/// Endings, the longer ones first.
const ENDINGS: [&str; 6] = ["ing", "ion", "ed", "es", "s", "e"];

/// The stem of `word`, in small letters: the same for `cache`, `caches`, `cached` and `caching`.
pub(super) fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    let cut = ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending).filter(|stem| stem.len() >= 3));
    let stem = cut.unwrap_or(bare);
    stem.chars().take(LETTERS).collect()
}

/// Whether a word is a name by its letters: `PostgreSQL`, `k8s`, `API`; or by its capital within a sentence.
pub(super) fn is_name(word: &str, is_first: bool) -> bool {
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let mixed = word.chars().any(|letter| letter.is_ascii_digit()) && letters > 0;
    let pronoun = matches!(word, "I" | "A");
    let leading = usize::from(word.starts_with(char::is_uppercase));
    mixed || capitals > leading || (capitals > 0 && !is_first && !pronoun)
}

/// The name in the form in which it is compared: `APIs` is `api`, `Next.js` is `next`.
pub(super) fn name(word: &str) -> String {
    let singular = word.strip_suffix('s').filter(|rest| rest.ends_with(|letter: char| letter.is_uppercase()));
    let lower = singular.unwrap_or(word).to_lowercase();
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    bare.strip_suffix(".js").unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            "cache caches cached caching",
            "migrate migrating migration",
            "deploy deployed Deploying",
            "team team's teams",
        ] {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        assert_ne!(stem("transaction"), stem("transfer"));
    }

    #[test]
    fn names_are_told_by_their_letters_or_their_place() {
        for name in ["PostgreSQL", "k8s", "API", "iOS"] {
            assert!(is_name(name, true), "{name}");
        }
        assert!(
            is_name("Redis", false)
                && !is_name("Redis", true)
                && !is_name("I", false)
                && !is_name("40", false)
        );
        assert_eq!(
            (name("APIs").as_str(), name("Next.js").as_str(), name("AWS").as_str()),
            ("api", "next", "aws")
        );
    }
}
