//! The few words that the offline model says itself, around the sentences it copies.

use super::{lists::List, material::Language, passages::Passage};

/// Extracted sentences of a summary.
pub(super) const SUMMARY_SENTENCES: usize = 3;

/// A summary: the name of the model, then the given sentences.
pub(super) fn summary(language: Language, passages: &[&Passage<'_>]) -> String {
    let name = match language {
        Language::Korean => "[오프라인 모델]",
        Language::English => "[offline model]",
    };
    let sentences: Vec<&str> = passages.iter().map(|passage| passage.text).collect();
    let told = if sentences.is_empty() { nothing(language).to_owned() } else { sentences.join(" ") };
    format!("{name} {told}")
}

/// What stands where a text is demanded and no sentence fits.
pub(super) fn nothing(language: Language) -> &'static str {
    match language {
        Language::Korean => "옮길 문장이 없습니다.",
        Language::English => "There is no sentence to copy.",
    }
}

/// A claim on `sentence`: what kind of remark it is, what it is about and in how many sources it stands.
pub(super) fn claim(
    language: Language,
    list: List,
    topic: Option<&str>,
    count: usize,
    sentence: &str,
) -> String {
    match (language, topic) {
        (Language::Korean, Some(topic)) => {
            format!(
                "‘{topic}’에 대한 {}{} {count}건 있습니다: “{sentence}”",
                korean(list),
                subject_particle(list)
            )
        }
        (Language::Korean, None) => format!("{}: “{sentence}”", korean(list)),
        (Language::English, Some(topic)) => {
            format!("{count} learners gave {} about “{topic}”: “{sentence}”", english(list))
        }
        (Language::English, None) => format!("One learner gave {}: “{sentence}”", english(list)),
    }
}

fn korean(list: List) -> &'static str {
    match list {
        List::Strengths => "좋은 평가",
        List::Weaknesses => "아쉬움",
        List::Improvements => "요청",
        List::Other => "언급",
    }
}

fn subject_particle(list: List) -> &'static str {
    match list {
        List::Strengths => "가",
        List::Weaknesses | List::Improvements | List::Other => "이",
    }
}

fn english(list: List) -> &'static str {
    match list {
        List::Strengths => "praise",
        List::Weaknesses => "criticism",
        List::Improvements => "a request",
        List::Other => "a remark",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_read_well_in_both_languages() {
        assert_eq!(
            claim(Language::Korean, List::Strengths, Some("예제"), 2, "예제가 좋아요."),
            "‘예제’에 대한 좋은 평가가 2건 있습니다: “예제가 좋아요.”"
        );
        assert_eq!(claim(Language::Korean, List::Weaknesses, None, 1, "느려요."), "아쉬움: “느려요.”");
        assert_eq!(
            claim(Language::English, List::Improvements, Some("docker"), 3, "Please add Docker."),
            "3 learners gave a request about “docker”: “Please add Docker.”"
        );
    }

    #[test]
    fn a_summary_names_the_model_even_when_there_is_nothing_to_say() {
        assert_eq!(summary(Language::Korean, &[]), "[오프라인 모델] 옮길 문장이 없습니다.");
        assert_eq!(summary(Language::English, &[]), "[offline model] There is no sentence to copy.");
    }
}
