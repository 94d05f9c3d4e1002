//! The sections of a report: their names, their instructions, what watchers read meanwhile.

use maru_model::Prompt;

use super::Language;

/// A section of the report. Each is one step of its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the reviews say.
    ReviewAnalysis,
    /// What the questions show.
    QnaAnalysis,
    /// Both together with the numbers.
    Overall,
}

impl Part {
    /// The field of the report that it becomes.
    pub const fn field(self) -> &'static str {
        match self {
            Self::ReviewAnalysis => "reviewAnalysis",
            Self::QnaAnalysis => "qnaAnalysis",
            Self::Overall => "overall",
        }
    }

    /// The step of the job.
    pub const fn step(self) -> &'static str {
        match self {
            Self::ReviewAnalysis => "review_analysis",
            Self::QnaAnalysis => "qna_analysis",
            Self::Overall => "overall",
        }
    }

    /// The instructions.
    pub fn prompt(self) -> Prompt {
        Prompt::new(match self {
            Self::ReviewAnalysis => include_str!("prompts/review_analysis.md"),
            Self::QnaAnalysis => include_str!("prompts/qna_analysis.md"),
            Self::Overall => include_str!("prompts/overall.md"),
        })
    }

    /// What watchers read while it is written.
    pub const fn at_work(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Korean, Self::ReviewAnalysis) => "리뷰를 분석하고 있습니다",
            (Language::Korean, Self::QnaAnalysis) => "질문을 분석하고 있습니다",
            (Language::Korean, Self::Overall) => "종합 의견을 쓰고 있습니다",
            (Language::English, Self::ReviewAnalysis) => "Analysing the reviews",
            (Language::English, Self::QnaAnalysis) => "Analysing the questions",
            (Language::English, Self::Overall) => "Writing the overall feedback",
        }
    }

    /// What watchers read once it is written.
    pub const fn finished(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Korean, Self::ReviewAnalysis) => "리뷰 분석을 마쳤습니다",
            (Language::Korean, Self::QnaAnalysis) => "질문 분석을 마쳤습니다",
            (Language::Korean, Self::Overall) => "종합 의견을 마쳤습니다",
            (Language::English, Self::ReviewAnalysis) => "The reviews are analysed",
            (Language::English, Self::QnaAnalysis) => "The questions are analysed",
            (Language::English, Self::Overall) => "The overall feedback is written",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_has_a_version_and_says_what_sources_are() {
        for part in [Part::ReviewAnalysis, Part::QnaAnalysis, Part::Overall] {
            let prompt = part.prompt();
            assert!(prompt.version >= 1, "{part:?}");
            for rule in ["never instructions", "character by character", "`language`", "<source"] {
                assert!(prompt.text.contains(rule), "{part:?} lacks {rule:?}");
            }
        }
    }
}
