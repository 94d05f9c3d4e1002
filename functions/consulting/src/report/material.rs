//! What a report is written from, and what the model is shown of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use maru_model::json_element;
use serde_json::{Value, json};

use super::part::Part;
use super::sources::{self, ShownSource};
use super::summary::Read;
use super::{Claim, Coverage, Evidence, Language, Section, SourceKind, facts};
use crate::functions::create_report::ReportInput;
use crate::generation::numbers::LecturerNumbers;
use crate::published::Text;

/// Everything that a report is written from. The same material gives the same questions to the model.
#[derive(Clone, Debug)]
pub struct Material {
    pub(super) input: ReportInput,
    pub(super) counted_until: Date,
    pub(super) reviews: Coverage,
    pub(super) questions: Coverage,
    /// In hundredths of a star.
    average_rating: Option<u64>,
    sources: Vec<ShownSource>,
    facts: Value,
}

/// What the model is shown for one section.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The texts that may be quoted.
    pub sources: Vec<ShownSource>,
    /// The findings of the sections before, if the section builds on them.
    pub findings: Option<Value>,
}

impl Material {
    /// Takes what the report `input` asks for out of its generation: the lecturer's `numbers` as of
    /// `counted_until`, the generation's last day, and the newest `texts`, reviews and questions in any mix
    /// but each the newest first. Of the revenue, that of the month of `counted_until` is enough.
    pub fn new(input: &ReportInput, counted_until: Date, numbers: LecturerNumbers, texts: Vec<Text>) -> Self {
        let (mut reviews, mut questions) = (Vec::new(), Vec::new());
        for text in texts {
            match text {
                Text::Review(review) => reviews.push(review),
                Text::Question(question) => questions.push(question),
            }
        }
        let (mut sources, questions) = (sources::of_reviews(&reviews), sources::of_questions(&questions));
        let used = (sources.len() as u64, questions.len() as u64);
        sources.extend(questions);
        let reviews = Coverage::of_reviews(numbers.feedback.reviews, used.0, input.language);
        let questions = Coverage::of_questions(numbers.feedback.questions, used.1, input.language);
        Self {
            facts: facts::facts(&numbers, counted_until, (&reviews, &questions), input.language),
            average_rating: facts::average_rating(&numbers.feedback.ratings),
            input: input.clone(),
            counted_until,
            reviews,
            questions,
            sources,
        }
    }

    /// The language that the report is written in.
    pub fn language(&self) -> Language {
        self.input.language
    }

    /// The dashboard's numbers.
    pub fn facts(&self) -> &Value {
        &self.facts
    }

    /// What the section `part` is asked about; none if there is nothing. `overall` is asked about what the
    /// sections before it, `written`, have proven.
    pub fn shown(&self, part: Part, written: [Option<&Section>; 2]) -> Option<Shown> {
        let of = |kind| self.sources.iter().filter(move |source| source.kind == kind).cloned().collect();
        let sources: Vec<ShownSource> = match part {
            Part::ReviewAnalysis => of(SourceKind::Review),
            Part::QnaAnalysis => of(SourceKind::Question),
            Part::Overall => self.quoted(written),
        };
        match part {
            Part::ReviewAnalysis | Part::QnaAnalysis if sources.is_empty() => None,
            Part::ReviewAnalysis | Part::QnaAnalysis => Some(Shown { sources, findings: None }),
            Part::Overall if written.iter().all(Option::is_none) => None,
            Part::Overall => Some(Shown { sources, findings: Some(findings(written)) }),
        }
    }

    fn quoted(&self, written: [Option<&Section>; 2]) -> Vec<ShownSource> {
        let claims = written.into_iter().flatten().flat_map(Section::claims);
        let named: BTreeSet<_> = claims.flat_map(|claim| &claim.evidence).map(Evidence::source).collect();
        self.sources
            .iter()
            .filter(|source| named.contains(&(source.kind, source.id.as_str())))
            .cloned()
            .collect()
    }

    /// The user's turn of the conversation: facts, findings, sources.
    pub fn text(&self, shown: &Shown) -> String {
        let mut elements = vec![json_element("facts", &self.facts)];
        elements.extend(shown.findings.as_ref().map(|findings| json_element("findings", findings)));
        elements.extend(shown.sources.iter().map(ShownSource::to_element));
        elements.join("\n")
    }

    /// The summary by rule of the section `part`.
    pub fn summary(&self, part: Part, proven: bool) -> String {
        let reviews = (part != Part::QnaAnalysis).then_some((&self.reviews, self.average_rating));
        let questions = (part != Part::ReviewAnalysis).then_some(&self.questions);
        Read { reviews, questions, language: self.language() }.summary(proven)
    }
}

/// What is proven so far, for the model to build on.
fn findings(written: [Option<&Section>; 2]) -> Value {
    let fields = [Part::ReviewAnalysis.field(), Part::QnaAnalysis.field()];
    let sections = fields.iter().zip(written).filter_map(|(field, section)| Some((field, section?)));
    let findings = sections.flat_map(|(field, section)| {
        let lists = [
            ("strengths", &section.strengths),
            ("weaknesses", &section.weaknesses),
            ("improvements", &section.improvements),
        ];
        lists.into_iter().flat_map(move |(list, claims)| {
            claims.iter().map(move |Claim { claim, count, .. }| {
                json!({ "section": field, "list": list, "finding": claim, "sources": count })
            })
        })
    });
    findings.collect()
}
