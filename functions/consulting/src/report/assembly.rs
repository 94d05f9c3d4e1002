//! The report out of its finished sections.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Language, Material, PromptVersions, Report, Section};

/// A section as its step stored it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// The section.
    pub section: Section,
    /// How many claims of the model are not in it.
    pub dropped_claims: u32,
    /// The version of the instructions that the model had.
    pub prompt_version: u32,
}

/// The sections that were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// Of the reviews, if there are any.
    pub review_analysis: Option<Written>,
    /// Of the questions, if there are any.
    pub qna_analysis: Option<Written>,
    /// Of everything, if there is anything.
    pub overall: Option<Written>,
}

impl Sections {
    fn all(&self) -> impl Iterator<Item = &Written> {
        [&self.review_analysis, &self.qna_analysis, &self.overall].into_iter().flatten()
    }
}

impl Report {
    /// The report of `material` that the model `model_id` was asked for and that was finished at
    /// `created_at`. Without any section no model was asked, and the report says so.
    pub fn assemble(material: &Material, model_id: &str, sections: Sections, created_at: Timestamp) -> Self {
        let asked = sections.all().next().is_some();
        let offline = asked && is_offline(model_id);
        let language = material.language();
        let version = |written: &Option<Written>| written.as_ref().map(|written| written.prompt_version);
        Self {
            id: material.input.report_id.clone(),
            lecturer_id: material.input.lecturer_id.clone(),
            day: material.input.day,
            generation: material.input.generation.clone(),
            counted_until: material.counted_until,
            language,
            created_at,
            model_id: asked.then(|| model_id.to_owned()),
            offline,
            notice: notice(asked, offline, language).map(str::to_owned),
            prompt_versions: PromptVersions {
                review_analysis: version(&sections.review_analysis),
                qna_analysis: version(&sections.qna_analysis),
                overall: version(&sections.overall),
            },
            reviews: material.reviews.clone(),
            questions: material.questions.clone(),
            dropped_claims: sections.all().map(|written| written.dropped_claims).sum(),
            review_analysis: sections.review_analysis.map(|written| written.section),
            qna_analysis: sections.qna_analysis.map(|written| written.section),
            overall: sections.overall.map(|written| written.section),
        }
    }
}

/// Whether the model of this id is a stand-in of the local stack, which all say so in their ids.
fn is_offline(model_id: &str) -> bool {
    ["offline", "maru.offline"].iter().any(|name| model_id.starts_with(name))
}

fn notice(asked: bool, offline: bool, language: Language) -> Option<&'static str> {
    match (asked, offline, language) {
        (false, _, Language::Korean) => {
            Some("아직 리뷰도 질문도 없어 분석하지 않았습니다. AI 모델은 사용하지 않았습니다.")
        }
        (false, _, Language::English) => {
            Some("There are no reviews and no questions yet, so nothing was analysed and no model was asked.")
        }
        (true, true, Language::Korean) => Some(
            "이 보고서는 AI 모델이 아니라 오프라인 대역이 썼습니다. 리뷰와 질문의 문장을 옮겨 놓았을 뿐 내용을 이해하지 못합니다.",
        ),
        (true, true, Language::English) => Some(
            "This report was written by an offline stand-in, not by a language model: it only copies sentences \
             of reviews and questions and understands none of them.",
        ),
        (true, false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::evidence::SECTION_BYTES;
    use crate::report::fixtures::{claim, evidence, hostile, material};
    use crate::report::{ReportSummary, Sufficiency};

    fn written(section: Section) -> Option<Written> {
        Some(Written { section, dropped_claims: 2, prompt_version: 1 })
    }

    fn report(model_id: &str, sections: Sections) -> Report {
        let (reviews, questions) = hostile();
        let material = material(reviews, questions, Language::Korean);
        Report::assemble(&material, model_id, sections, Timestamp::UNIX_EPOCH)
    }

    fn full() -> Sections {
        let strengths = vec![claim("예제가 좋다", 1, &[evidence("rv_1", "예제가 실무에")])];
        let section =
            Section { summary: "예제가 좋습니다.".to_owned(), strengths, ..Section::default() };
        Sections { review_analysis: written(section.clone()), qna_analysis: None, overall: written(section) }
    }

    #[test]
    fn a_report_is_read_as_it_was_written_and_a_list_shows_it_without_sections() {
        let report = report("anthropic.claude", full());
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
        let summary: ReportSummary = serde_json::from_str(&json).unwrap();
        assert_eq!((summary.id, summary.dropped_claims), (report.id, 4));
        assert!(!serde_json::to_string(&summary.reviews).unwrap().contains("strengths"));
    }

    #[test]
    fn a_report_without_texts_names_no_model_and_says_why() {
        let material = material(Vec::new(), Vec::new(), Language::English);
        let report = Report::assemble(&material, "offline", Sections::default(), Timestamp::UNIX_EPOCH);
        assert_eq!((report.model_id, report.offline, report.overall), (None, false, None));
        assert!(report.notice.unwrap().contains("no model was asked"));
        assert_eq!(report.reviews.sufficiency, Sufficiency::None);
    }

    #[test]
    fn an_offline_stand_in_is_named_in_words() {
        for model_id in ["offline", "maru.offline-v1:0"] {
            let report = report(model_id, full());
            assert!(report.offline && report.notice.unwrap().contains("오프라인 대역"), "{model_id}");
        }
        assert_eq!(report("amazon.nova", full()).notice, None);
    }

    #[test]
    fn versions_are_those_of_the_sections_that_were_written() {
        let versions = report("m", full()).prompt_versions;
        assert_eq!(
            (versions.review_analysis, versions.qna_analysis, versions.overall),
            (Some(1), None, Some(1))
        );
    }

    #[test]
    fn the_largest_report_is_far_below_an_item_of_dynamodb() {
        // A control character takes six bytes of JSON.
        let summary = "\u{1}".repeat(800);
        let strengths = vec![claim(&"가".repeat(SECTION_BYTES / 3), 1, &[])];
        let section = written(Section { summary, strengths, ..Section::default() });
        let sections =
            Sections { review_analysis: section.clone(), qna_analysis: section.clone(), overall: section };
        let bytes = serde_json::to_string(&report("m", sections)).unwrap().len();
        assert!((240_000..260_000).contains(&bytes), "{bytes}");
    }
}
