//! Grading answers: a model says what an answer has, code counts and checks, and the same answer is graded once.
//!
//! | module | what |
//! |---|---|
//! | `answers` | the answers of a job, each a step |
//! | `grade` | one answer: said nothing, graded before, or asked about |
//! | `verdicts` | the form that a model fills |

mod answers;
mod grade;
mod verdicts;

pub use answers::{Graded, grade_all};

use interview_rules::feedback::answer_key;
use interview_rules::request::{Career, Job};
use maru_document::Language;
use serde::{Deserialize, Serialize};

/// What a job that grades answers is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackInput {
    /// Which interview's questions were answered.
    pub interview_id: String,
    /// Whose it is.
    pub member_id: String,
    /// The language of the questions.
    pub language: Language,
    /// What the candidate applies as.
    pub job: Job,
    /// How long the candidate has worked.
    pub career: Career,
    /// The answers, to different questions.
    pub answers: Vec<Given>,
}

/// An answer with the question that it is to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    /// The question's id.
    pub question_id: String,
    /// The question.
    pub question: String,
    /// The answer, normalised.
    pub answer: String,
}

impl Given {
    /// What all gradings of this answer to this question have in common.
    fn key(&self) -> String {
        answer_key(&self.question, &self.answer)
    }
}

impl FeedbackInput {
    /// What equal requests have in common.
    #[must_use]
    pub fn key(&self) -> String {
        let answers: Vec<String> =
            self.answers.iter().map(|given| format!("{}={}", given.question_id, given.key())).collect();
        // One key for all, as short as one.
        let answers = answer_key("", &answers.join(","));
        format!("{}#{}#{answers}", self.member_id, self.interview_id)
    }
}
