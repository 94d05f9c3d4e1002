//! The report as it is stored and answered.
//!
//! It is bounded: a section has at most 80,000 bytes of claims and a summary of at most 800 characters, so a
//! whole report stays below 260 KB, well within an item of DynamoDB (400 KB).

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Claim, Coverage, Language};

/// A lecturer's report of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// `rpt_…`
    pub id: String,
    /// Whose lectures it is about.
    pub lecturer_id: String,
    /// The calendar day in Asia/Seoul whose report this is.
    pub day: Date,
    /// The published generation that it was written from.
    pub generation: String,
    /// The last day that this generation counts.
    pub counted_until: Date,
    /// The language that it is written in.
    pub language: Language,
    /// When it was finished.
    pub created_at: Timestamp,
    /// The model that was asked; null if none was.
    pub model_id: Option<String>,
    /// Whether an offline stand-in answered instead of a language model.
    pub offline: bool,
    /// What a reader must know before anything else: that there was nothing to analyse, or that an offline
    /// stand-in wrote this. Null if there is nothing of the kind.
    pub notice: Option<String>,
    /// Which instructions the sections were written by.
    pub prompt_versions: PromptVersions,
    /// The reviews that there are.
    pub reviews: Coverage,
    /// The questions that there are.
    pub questions: Coverage,
    /// What the reviews say; null without reviews.
    pub review_analysis: Option<Section>,
    /// What the questions show; null without questions.
    pub qna_analysis: Option<Section>,
    /// Both together with the dashboard's numbers; null without either.
    pub overall: Option<Section>,
    /// How many claims of the model were left out, because code could not prove them.
    pub dropped_claims: u32,
}

/// The version of each section's instructions; null for a section that was not written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PromptVersions {
    /// Of `reviewAnalysis`.
    pub review_analysis: Option<u32>,
    /// Of `qnaAnalysis`.
    pub qna_analysis: Option<u32>,
    /// Of `overall`.
    pub overall: Option<u32>,
}

/// A part of the report. Every claim in it is proven by its quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// A few sentences that sum it up, at most 800 characters.
    pub summary: String,
    /// Whether the summary was written by rule, because the model's could not stand.
    pub summary_replaced: bool,
    /// What is good and should stay; at most 5.
    pub strengths: Vec<Claim>,
    /// What is missing or goes wrong; at most 5.
    pub weaknesses: Vec<Claim>,
    /// What can be done next; at most 5.
    pub improvements: Vec<Claim>,
}

impl Section {
    /// All claims, list by list.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.strengths.iter().chain(&self.weaknesses).chain(&self.improvements)
    }
}

/// A report in a list: the same fields, without the sections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportSummary {
    /// See [`Report::id`].
    pub id: String,
    /// See [`Report::day`].
    pub day: Date,
    /// See [`Report::language`].
    pub language: Language,
    /// See [`Report::created_at`].
    pub created_at: Timestamp,
    /// See [`Report::offline`].
    pub offline: bool,
    /// See [`Report::notice`].
    pub notice: Option<String>,
    /// See [`Report::reviews`].
    pub reviews: Coverage,
    /// See [`Report::questions`].
    pub questions: Coverage,
    /// See [`Report::dropped_claims`].
    pub dropped_claims: u32,
}
