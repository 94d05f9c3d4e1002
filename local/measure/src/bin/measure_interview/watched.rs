//! Somebody who asks for an interview and watches its questions arrive.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use maru_measure::Outcome;
use reqwest::Method;
use serde_json::{Value, json};

use crate::events::Events;
use crate::world::World;
use crate::written;

/// How many questions a section has.
pub const QUESTIONS: usize = 3;

/// When what was there, since the request was sent.
#[derive(Clone, Debug, Default)]
pub struct Interview {
    /// The questions in the order of their arrival, each with the number of its section.
    questions: Vec<(usize, Duration)>,
    /// The end of the job, with everything in it.
    pub end: Duration,
    /// How long after the worker took a question from the model it was there.
    pub late: Vec<Duration>,
    /// How many questions each answer of the model had, shown or not.
    pub candidates: Vec<usize>,
}

impl Interview {
    /// A member who has asked for nothing yet asks about `sections`, and watches until the end.
    ///
    /// # Errors
    /// Not every section has all its questions, of one answer of the model.
    pub async fn of(world: &World, sections: &[String]) -> Outcome<Self> {
        let began = Instant::now();
        let (job, stream_url) = ask(world, sections).await?;
        let mut events = Events::open(&world.maru.client, &stream_url).await?;
        let (mut interview, mut there) = (Self::default(), BTreeMap::new());
        while let Some(event) = events.next().await? {
            let time = event.at.duration_since(began);
            match event.kind.as_str() {
                "item" => {
                    let section = event.data["section"].as_u64().ok_or("a question of no section")?;
                    interview.questions.push((usize::try_from(section)?, time));
                    there.insert(event.id, world.maru.stack.clock().now());
                }
                "done" => interview.end = time,
                "error" => return Err(format!("not all went well: {}", event.data).into()),
                _ => {}
            }
        }
        interview.late = written::late(&world.jobs, &job, &there).await?;
        interview.candidates = written::candidates(&world.jobs, &job).await?;
        interview.check(sections.len())?;
        Ok(interview)
    }

    /// When the first question was there.
    pub fn first(&self) -> Duration {
        self.questions.first().map(|(_, time)| *time).unwrap_or_default()
    }

    /// When the last question was there.
    pub fn last(&self) -> Duration {
        self.questions.last().map(|(_, time)| *time).unwrap_or_default()
    }

    /// When a section had all its questions.
    pub fn whole(&self, section: usize) -> Duration {
        let mut of_section = self.questions.iter().filter(|(place, _)| *place == section);
        of_section.next_back().map(|(_, time)| *time).unwrap_or_default()
    }

    /// The same, with everything `by` later, and the questions of its section as those of `section`.
    pub fn later(self, by: Duration, section: usize) -> Self {
        let questions = self.questions.into_iter().map(|(_, time)| (section, time + by)).collect();
        Self { questions, end: self.end + by, ..self }
    }

    /// This, and the other one behind it.
    pub fn followed_by(mut self, other: Self) -> Self {
        self.questions.extend(other.questions);
        self.late.extend(other.late);
        self.candidates.extend(other.candidates);
        Self { end: other.end, ..self }
    }

    fn check(&self, sections: usize) -> Outcome<()> {
        let count = |section| self.questions.iter().filter(|(place, _)| *place == section).count();
        if self.end.is_zero() || (0..sections).any(|section| count(section) != QUESTIONS) {
            return Err(format!("not every section has {QUESTIONS} questions: {self:?}").into());
        }
        if self.candidates.len() != sections {
            return Err(format!("the model was asked {} times: {self:?}", self.candidates.len()).into());
        }
        Ok(())
    }
}

/// A member who has asked for nothing yet asks about `sections`; the job, and where it is watched.
pub async fn ask(world: &World, sections: &[String]) -> Outcome<(String, String)> {
    let sections = sections.iter().map(|content| json!({ "category": "PROJECT", "content": content }));
    let sections: Vec<Value> = sections.collect();
    let asked = json!({ "job": "BACKEND", "career": "MIDDLE", "language": "ko", "sections": sections });
    let request = world.maru.request(Method::POST, "/interviews", &world.new_member()).json(&asked);
    let link: Value = request.send().await?.error_for_status()?.json().await?;
    let text = |name: &str| link["job"][name].as_str().map(str::to_owned).ok_or(format!("no {name}: {link}"));
    Ok((text("id")?, text("streamUrl")?))
}
