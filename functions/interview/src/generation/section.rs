//! One section: asking a model for questions, judging each as it comes, asking once more for what is missing.

use interview_rules::request::{Category, Section as Asked};
use interview_rules::selection::{Selection, Verdict, WANTED};
use interview_rules::similarity::Fingerprint;
use maru_jobs::{EventKind, Failure, NewEvent};
use maru_model::{Model, Question as Asking, Wanted, find_quote, schema_of};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::Instant;

use super::answer::{ABOUT_CHARACTERS, Candidate, LIST, Proposed};
use super::sections::{Sections, step};
use super::{labels, material};
use crate::error::Error;
use crate::interview::{Question, Section, question_id};

/// The feature that the tokens are booked on.
const FEATURE: &str = "interview.generate";

/// How many tokens an answer may have: five questions with their answers in Korean take half of it.
const MAX_TOKENS: u32 = 6_000;

/// High enough that a second try brings other questions.
const TEMPERATURE: f32 = 0.7;

/// The calls of a section: the question, and the question again for what is missing.
const CALLS: [&str; 2] = ["ask", "ask_more"];

/// A question as it is stored when it is handed over: a step of the job, named by its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct HandedOver {
    question: Question,
    /// As the model wrote it: without personal data, which a model is not shown when it is asked again.
    masked: String,
}

/// A section that is being written.
pub(super) struct Writing<'a> {
    sections: &'a Sections<'a>,
    /// The section's number, from 0 on, and what was asked for.
    place: usize,
    asked: &'a Asked,
    selection: Selection,
    /// How many of the questions that all sections took are known to the selection.
    known: usize,
    handed_over: Vec<Question>,
    /// What was offered and not taken, by its number among all that were offered or kept.
    offered: Vec<Option<HandedOver>>,
    /// The section as an earlier worker ended it.
    ended: Option<Section>,
}

impl<'a> Writing<'a> {
    /// The section `place` with what earlier workers handed over.
    pub(super) async fn begun(
        sections: &'a Sections<'a>,
        (place, asked): (usize, &'a Asked),
    ) -> Result<Self, Error> {
        let (selection, known, ended) = (sections.selection(), 0, None);
        let (handed_over, offered) = (Vec::new(), Vec::new());
        let mut writing = Self { sections, place, asked, selection, known, handed_over, offered, ended };
        // The first worker has no one before it.
        if sections.lease.epoch() > 1 {
            writing.take_up().await?;
        }
        Ok(writing)
    }

    async fn take_up(&mut self) -> Result<(), Error> {
        let lease = self.sections.lease;
        for number in 1..=WANTED {
            let id = question_id(&self.sections.input.interview_id, self.place * WANTED + number);
            let Some(kept) = lease.finished_step::<HandedOver>(&id).await? else { break };
            self.selection.keep(&kept.masked);
            self.sections.taken().push((self.place, Fingerprint::of(&kept.masked)));
            self.offered.push(None);
            self.handed_over.push(kept.question);
        }
        self.ended = lease.finished_step(&step(self.place)).await?;
        if self.ended.is_some() {
            self.sections.count_ended().await;
        }
        Ok(())
    }

    /// The section as earlier workers left it, with `failure` if they did not end it.
    pub(super) fn given_up(self, failure: &Failure) -> Section {
        let category = self.asked.category;
        let Self { ended, handed_over: questions, .. } = self;
        ended.unwrap_or_else(|| Section { category, questions, error: Some(failure.clone()) })
    }

    /// Writes what is missing and stores the section's end.
    pub(super) async fn finish(mut self) -> Result<Section, Error> {
        if let Some(ended) = self.ended.take() {
            return Ok(ended);
        }
        let model = self.sections.model.until(Instant::now() + self.sections.patience);
        let failure = match self.fill(&model).await {
            Ok(()) => self.too_few(),
            Err(Error::Ask(error)) => Some(error.failure().ok_or(error)?),
            Err(error) => return Err(error),
        };
        let category = self.asked.category;
        let section = Section { category, questions: self.handed_over, error: failure };
        self.sections.end(self.place, &section).await?;
        Ok(section)
    }

    /// Asks until nothing is missing, twice at most; then takes what the asker had before rather than nothing.
    async fn fill(&mut self, model: &Model) -> Result<(), Error> {
        for call in CALLS {
            if self.selection.missing() == 0 {
                return Ok(());
            }
            match Box::pin(self.ask(model, call)).await {
                // What is there already need not be lost because the model has failed since.
                Err(Error::Ask(error)) if error.failure().is_some() => {
                    self.hand_over_known().await?;
                    return if self.selection.missing() == 0 { Ok(()) } else { Err(error.into()) };
                }
                asked => asked?,
            }
        }
        self.hand_over_known().await
    }

    async fn ask(&mut self, model: &Model, call: &str) -> Result<(), Error> {
        let (sections, section, place) = (self.sections, self.asked, self.place);
        let (asked, category) = (&sections.input.asked, section.category);
        let call = format!("{}_{call}", step(place));
        let question = Asking {
            step: &call,
            feature: FEATURE,
            prompt: material::prompt(),
            text: material::text(asked, section, &sections.masks, &self.selection.avoided()),
            picture: None,
            tool: "propose_questions",
            tool_description: "Proposes interview questions, each with an answer and the sentence that it is about.",
            schema: schema_of::<Proposed>(),
            max_tokens: MAX_TOKENS,
            temperature: TEMPERATURE,
            progress: sections.writing(labels::writing(asked.language, category)),
        };
        let on_item = |_, candidate: Candidate| {
            let taken = self.judge(candidate);
            let wanted = if self.selection.missing() == 0 { Wanted::Enough } else { Wanted::More };
            async move {
                match taken {
                    Some(taken) => store(sections, (place, category), &taken).await.map(|()| wanted),
                    None => Ok(wanted),
                }
            }
        };
        let asking =
            model.ask_items::<Proposed, Candidate, Error, _>(sections.lease, &question, LIST, on_item);
        Box::pin(asking).await.map(|_| ())
    }

    /// What of `candidate` is to be handed over at once, if it is taken.
    fn judge(&mut self, candidate: Candidate) -> Option<HandedOver> {
        let masks = &self.sections.masks;
        let Candidate { question: masked, answer, about } = candidate;
        let about = masks.restore(&about);
        let Some(about) = find_quote(&self.asked.content, about.trim(), ABOUT_CHARACTERS) else {
            tracing::info!(job.id = self.sections.lease.job().id, "a question about nothing that is there");
            return None;
        };
        let question = masks.restore(&masked);
        let question =
            Question { id: String::new(), question, answer: masks.restore(&answer), about: about.to_owned() };
        let mut taken = self.sections.taken();
        self.learn(&taken);
        let verdict = self.selection.offer(&masked);
        let offered = HandedOver { question, masked };
        if verdict != Verdict::Taken {
            self.offered.push(Some(offered));
            return None;
        }
        self.offered.push(None);
        Some(self.take(offered, &mut taken))
    }

    async fn hand_over_known(&mut self) -> Result<(), Error> {
        for question in self.take_known() {
            store(self.sections, (self.place, self.asked.category), &question).await?;
        }
        Ok(())
    }

    /// What the asker had before and is not asked by another section, as far as questions are missing.
    fn take_known(&mut self) -> Vec<HandedOver> {
        let mut taken = self.sections.taken();
        self.learn(&taken);
        let mut known = Vec::new();
        for number in self.selection.fill() {
            let offered = self.offered.get_mut(number).and_then(Option::take);
            known.extend(offered.map(|offered| self.take(offered, &mut taken)));
        }
        known
    }

    /// Takes note of what the other sections took meanwhile.
    fn learn(&mut self, taken: &[(usize, Fingerprint)]) {
        for (other, fingerprint) in taken.get(self.known..).unwrap_or_default() {
            if *other != self.place {
                self.selection.avoid(*fingerprint);
            }
        }
        self.known = taken.len();
    }

    /// Takes a question: it is this section's next one, and no other section's.
    fn take(&mut self, offered: HandedOver, taken: &mut Vec<(usize, Fingerprint)>) -> HandedOver {
        taken.push((self.place, Fingerprint::of(&offered.masked)));
        let number = self.place * WANTED + self.handed_over.len() + 1;
        let id = question_id(&self.sections.input.interview_id, number);
        let question = Question { id, ..offered.question };
        self.handed_over.push(question.clone());
        HandedOver { question, ..offered }
    }

    /// Why there are not all questions although the model has ended well.
    fn too_few(&self) -> Option<Failure> {
        let written = self.handed_over.len();
        let detail = format!("Only {written} of {WANTED} questions could be written about this section.");
        (self.selection.missing() > 0).then(|| Failure { code: "too_few_questions".to_owned(), detail })
    }
}

/// Stores a question that is handed over, together with the event that shows it.
async fn store(
    sections: &Sections<'_>,
    (place, category): (usize, Category),
    taken: &HandedOver,
) -> Result<(), Error> {
    let data = json!({ "section": place, "category": category, "question": taken.question });
    let event = NewEvent::new(EventKind::Item, data);
    Ok(sections.lease.finish_step(&taken.question.id, taken, &[event], None).await?)
}
