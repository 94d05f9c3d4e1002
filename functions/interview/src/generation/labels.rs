//! What watchers of the job read meanwhile.

use interview_rules::request::Category;
use maru_document::Language;

/// While a section is written.
pub(super) fn writing(language: Language, category: Category) -> String {
    match language {
        Language::Ko => format!("{} 질문을 쓰고 있습니다", name(language, category)),
        Language::En => format!("Writing questions about the {}", name(language, category)),
    }
}

/// When a section has ended.
pub(super) fn ended(language: Language, category: Category, is_whole: bool) -> String {
    let name = name(language, category);
    match (language, is_whole) {
        (Language::Ko, true) => format!("{name} 질문을 다 썼습니다"),
        (Language::Ko, false) => format!("{name} 질문을 다 쓰지 못했습니다"),
        (Language::En, true) => format!("The questions about the {name} are written"),
        (Language::En, false) => format!("Not all questions about the {name} could be written"),
    }
}

fn name(language: Language, category: Category) -> &'static str {
    match (language, category) {
        (Language::Ko, Category::Introduction) => "자기소개",
        (Language::Ko, Category::TechStack) => "기술 스택",
        (Language::Ko, Category::Career) => "경력",
        (Language::Ko, Category::Project) => "프로젝트",
        (Language::En, Category::Introduction) => "introduction",
        (Language::En, Category::TechStack) => "tech stack",
        (Language::En, Category::Career) => "career",
        (Language::En, Category::Project) => "project",
    }
}
