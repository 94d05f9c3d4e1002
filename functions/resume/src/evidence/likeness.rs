//! Whether a statement speaks of the same things as its sources, as far as both are in one language.
//!
//! Words are compared by their beginnings, so that `retries` is like `retry` and `재시도를` like `재시도`. Words
//! that every commit has (`add`, `구현`) count for nothing. One word in common is enough: this is to notice a
//! statement that has nothing to do with what it cites, not to grade how well it is put.

use std::collections::BTreeSet;

use super::mentions::{is_hangul, small};

/// English words that tell nothing of what was done, by their beginnings.
const ENGLISH_EMPTY: &str = "add|implement|improv|updat|fix|make|made|build|built|creat|develop|chang|remov|refactor|support|\
    introduc|enhanc|optimi|design|handl|provid|enabl|ensur|allow|writ|wrote|with|from|that|this|into|when|\
    while|which|where|their|have|using|used|uses|some|more|than|also|about|through|across|within|over|\
    code|project|function|featur|method|logic|new|the|and|for|better|various|based";

/// Korean words that tell nothing of what was done, by their first two syllables.
const KOREAN_EMPTY: &str = "구현|개발|추가|수정|개선|작성|적용|변경|삭제|생성|설정|처리|사용|활용|통해|위해|위한|대한|하는|하고|하여|했습|했다|있도|있는|없는|기능|로직|코드|프로|기반|관련|가능|도록|\
    되는|되도|합니|습니|만들|담당|수행|진행|해결|구축";

/// Whether `text` shares a word with `sources`; true as well where there is nothing to compare, because they
/// are written in another language.
pub(super) fn is_like(text: &str, sources: &[&str]) -> bool {
    let (text, sources) = (stems(text), stems(&sources.join("\n")));
    // A Korean statement on English sources shares at most names, and those are held to the sources elsewhere.
    let comparable = !text.is_empty() && !sources.is_empty() && is_korean(&text) == is_korean(&sources);
    !comparable || text.iter().any(|stem| sources.contains(stem))
}

/// Whether at least half of the words are Korean: names are mostly Latin in either language.
fn is_korean(stems: &BTreeSet<String>) -> bool {
    stems.iter().filter(|stem| stem.starts_with(is_hangul)).count() * 2 >= stems.len()
}

fn stems(text: &str) -> BTreeSet<String> {
    let lower = small(text);
    let words = lower.split(|c: char| !c.is_alphanumeric()).flat_map(|word| {
        // `redis를` is a Latin word and a particle.
        let edge =
            word.char_indices().find(|(at, c)| *at > 0 && is_hangul(*c) != word.starts_with(is_hangul));
        let (first, rest) = word.split_at(edge.map_or(word.len(), |(at, _)| at));
        [first, rest]
    });
    words.filter_map(stem).collect()
}

/// The beginning by which a word is compared; none for a word that tells nothing.
fn stem(word: &str) -> Option<String> {
    let first = |count: usize| word.chars().take(count).collect::<String>();
    if word.starts_with(is_hangul) {
        let stem = first(2);
        let telling = stem.chars().count() == 2 && !KOREAN_EMPTY.split('|').any(|empty| empty == stem);
        return telling.then_some(stem);
    }
    let telling = word.len() >= 3 && word.is_ascii() && !word.starts_with(|c: char| c.is_ascii_digit());
    (telling && !ENGLISH_EMPTY.split('|').any(|empty| is_form_of(word, empty))).then(|| first(4))
}

/// Whether `word` is a form of `empty`, which may be the beginning of many if it is long.
fn is_form_of(word: &str, empty: &str) -> bool {
    let ending = word.strip_prefix(empty);
    ending.is_some_and(|ending| empty.len() > 4 || matches!(ending, "" | "s" | "ed" | "d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_in_common_is_enough() {
        assert!(is_like("Implemented retries for failed payments", &["retry a payment that failed"]));
        assert!(is_like("결제 실패 시 재시도하는 로직을 구현", &["재시도 추가"]));
        assert!(is_like("Redis를 이용한 캐싱", &["캐시 도입", "redis 캐싱"]));
    }

    #[test]
    fn nothing_in_common_is_noticed() {
        assert!(!is_like("Designed a distributed consensus algorithm", &["fix typo in the login page"]));
        assert!(!is_like("분산 합의 알고리즘을 설계", &["로그인 화면 오타 수정"]));
    }

    #[test]
    fn texts_of_two_languages_are_not_compared() {
        assert!(is_like("결제 재시도 로직을 구현", &["retry payments"]));
        assert!(is_like("Implemented retries", &["결제 재시도"]));
        assert!(is_like(
            "Made modals usable by keyboard",
            &["모달을 키보드로 쓸 수 있게 하고 axe 검사 추가"]
        ));
        assert!(is_like("구현", &["로그인"]));
    }
}
