//! What an interview is: as its job ends with it, as it is listed, and as its member reads it.

use interview_rules::feedback::Item;
use interview_rules::request::{Asked, Career, Category, Job};
use jiff::Timestamp;
use maru_document::Language;
use maru_jobs::Failure;
use serde::{Deserialize, Serialize};

/// What a job that generates an interview is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterviewInput {
    /// The interview that it will be, `int_…`; a guest's is not kept under it.
    pub interview_id: String,
    /// Whose it will be; none for a guest's.
    pub member_id: Option<String>,
    /// What was asked for, normalised.
    pub asked: Asked,
}

/// A question with what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// `qst_…`, unique among all questions.
    pub id: String,
    /// The question.
    pub question: String,
    /// How it could be answered.
    pub answer: String,
    /// The passage of the section that it is about, as it stands there.
    pub about: String,
}

/// What became of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// What it tells of.
    pub category: Category,
    /// At most three, in the order in which they were shown.
    pub questions: Vec<Question>,
    /// Why there are not all of them.
    pub error: Option<Failure>,
}

/// The result of a job that generates an interview.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Generated {
    /// The interview in the member's history; none for a guest's.
    pub interview_id: Option<String>,
    /// What the candidate applies as.
    pub job: Job,
    /// How long the candidate has worked.
    pub career: Career,
    /// The language of the questions.
    pub language: Language,
    /// What wrote them.
    pub model: String,
    /// In the order in which they were asked for.
    pub sections: Vec<Section>,
}

/// An interview as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// `int_…`
    pub id: String,
    /// What the candidate applies as.
    pub job: Job,
    /// How long the candidate has worked.
    pub career: Career,
    /// The language of the questions.
    pub language: Language,
    /// What wrote them.
    pub model: String,
    /// The sections, each with what it lacks.
    pub sections: Vec<SectionSummary>,
    /// How many questions there are.
    pub question_count: u32,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// A section as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionSummary {
    /// What it tells of.
    pub category: Category,
    /// Why it has less than three questions.
    pub error: Option<Failure>,
}

/// A question as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptQuestion {
    /// Of which section it is, from 0 on.
    pub section: usize,
    /// The question.
    #[serde(flatten)]
    pub question: Question,
    /// The newest feedback on an answer to it.
    #[serde(default)]
    pub feedback: Option<Feedback>,
}

/// What an answer is worth, as it is kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// The answer, normalised.
    pub answer: String,
    /// The share of all criteria that are met, in per cent.
    pub score: u8,
    /// One for each criterion.
    pub items: Vec<Item>,
    /// How many of them are not met because the quote of a yes does not stand in the answer.
    pub dropped: usize,
    /// What graded it; none for an answer that says nothing, which no model is asked about.
    pub model: Option<String>,
    /// When it was graded first.
    pub graded_at: Timestamp,
}

/// An interview as its member reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Interview {
    id: String,
    job: Job,
    career: Career,
    language: Language,
    model: String,
    question_count: u32,
    created_at: Timestamp,
    sections: Vec<SectionView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SectionView {
    #[serde(flatten)]
    section: SectionSummary,
    questions: Vec<QuestionView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct QuestionView {
    #[serde(flatten)]
    question: Question,
    feedback: Option<Feedback>,
}

impl Interview {
    /// The interview of `summary` with these questions, in their order.
    #[must_use]
    pub fn new(summary: Summary, questions: Vec<KeptQuestion>) -> Self {
        let Summary { id, job, career, language, model, sections, question_count, created_at } = summary;
        let of_section = |section| SectionView { section, questions: Vec::new() };
        let mut sections: Vec<SectionView> = sections.into_iter().map(of_section).collect();
        for KeptQuestion { section, question, feedback } in questions {
            if let Some(view) = sections.get_mut(section) {
                view.questions.push(QuestionView { question, feedback });
            }
        }
        Self { id, job, career, language, model, question_count, created_at, sections }
    }
}

/// The id of the job that generated the interview `interview_id`: one attempt made both.
#[must_use]
pub fn job_of(interview_id: &str) -> String {
    interview_id.replacen("int", "job", 1)
}

/// The id of the `number`-th question, from 1 on, of the interview `interview_id`: known before it is written, so
/// that it has the same whoever writes it.
#[must_use]
pub fn question_id(interview_id: &str, number: usize) -> String {
    let name = interview_id.split_once('_').map_or(interview_id, |(_, name)| name);
    format!("qst_{name}_{number}")
}
