//! Which line is shown, and the one job that has a model write one.

use std::time::Duration;

use jiff::Timestamp;
use maru_jobs::{Jobs, Joins, NewJob, Progress};
use maru_kma::Cell;
use maru_lambda::{ConfigurationError, Environment, FromEnvironment, logs, new_id};
use maru_messages::Queue;
use maru_store::Limit;
use serde::Serialize;
use weather_rules::advice::line;
use weather_rules::facts::Facts;
use weather_rules::survey::{Class, Survey};

use super::{ADVICE_JOB, AdviceInput, Line, Occasion};
use crate::error::Error;
use crate::store::Store;

/// How many lines a member can have written in a day: some for each waking hour, and not one for each cell of the grid.
pub const LINES: Limit = Limit { name: "weather-advice", per: Duration::from_hours(24), most: 60 };

/// A line of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    text: String,
    source: Source,
    /// Which model wrote it; null for the rule's.
    model: Option<String>,
    /// What is added for the caller alone, out of what they like.
    remark: Option<&'static str>,
}

/// Who wrote a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    Rule,
    Model,
}

/// Who is advised.
#[derive(Clone, Copy, Debug)]
pub enum Asker<'a> {
    /// Somebody without an account, for whom no model is asked: anybody can be one, anywhere on the grid.
    Guest,
    /// A member.
    Member {
        /// The account.
        id: &'a str,
        /// The answers to the survey, if there are some.
        survey: Option<&'a Survey>,
    },
}

/// Who gives advice.
#[derive(Clone, Debug)]
pub struct Advisor {
    store: Store,
    jobs: Jobs,
    queue: Queue,
}

impl FromEnvironment for Advisor {
    fn from_environment(environment: &Environment) -> Result<Self, ConfigurationError> {
        Ok(Self {
            store: Store::from_environment(environment)?,
            jobs: Jobs::from_environment(environment)?,
            queue: Queue::open(environment, "ADVICE_QUEUE_URL")?,
        })
    }
}

impl Advisor {
    /// Advice on `facts` in `cell`. The line of a model if there is one for people of the asker's class in this hour; else
    /// the rule's, and a model is asked for the next who want it, once.
    pub async fn advise(
        &self,
        asker: Asker<'_>,
        cell: Cell,
        facts: &Facts,
        (now, is_stale): (Timestamp, bool),
    ) -> Advice {
        let survey = match asker {
            Asker::Guest => None,
            Asker::Member { survey, .. } => survey,
        };
        let class = survey.map_or_else(Class::default, Survey::class);
        let occasion = Occasion::new(cell, now, class);
        let remark = survey.and_then(|survey| survey.remark(facts));
        let written = match self.store.line(&occasion).await {
            Ok(written) => written,
            Err(error) => {
                tracing::warn!(error = logs::chain(&error), "the lines of models cannot be read");
                None
            }
        };
        match written {
            Some(Line { text: Some(text), model }) => {
                Advice { text, source: Source::Model, model: Some(model), remark }
            }
            Some(Line { text: None, .. }) => by_rule(facts, class, remark),
            None => {
                // Old weather is no reason to ask.
                if let (Asker::Member { id, .. }, false) = (asker, is_stale) {
                    self.have_written(occasion, facts, (id, now)).await;
                }
                by_rule(facts, class, remark)
            }
        }
    }

    /// Has a line written, unless it is being written. The weather is worth showing without it.
    async fn have_written(&self, occasion: Occasion, facts: &Facts, asked: (&str, Timestamp)) {
        match self.start(occasion, facts, asked).await {
            Ok(()) => {}
            Err(Error::Limit(limit)) => tracing::info!(%limit, "no model is asked for advice"),
            Err(error) => tracing::warn!(error = logs::chain(&error), "no model is asked for advice"),
        }
    }

    /// Only a job that is new is counted, for the member who looked first.
    async fn start(
        &self,
        occasion: Occasion,
        facts: &Facts,
        (member, now): (&str, Timestamp),
    ) -> Result<(), Error> {
        let new = NewJob {
            id: new_id("job", now),
            kind: ADVICE_JOB,
            // Everybody's of the class.
            account: None,
            key: occasion.name(),
            joins: Joins::UnlessFailed,
            input: serde_json::to_string(&AdviceInput { occasion, facts: *facts })?,
            result_url: "/weather".to_owned(),
            progress: Progress { done: 0, total: 1, label: String::new() },
        };
        let counted = self.store.table().taken_with(&LINES, member, now)?;
        match self.jobs.start_with(new, vec![counted]).await? {
            Ok(started) => {
                started.brought_to(&self.queue).await;
                Ok(())
            }
            Err(_) => Err(LINES.reached(now).into()),
        }
    }
}

fn by_rule(facts: &Facts, class: Class, remark: Option<&'static str>) -> Advice {
    Advice { text: line(facts, class), source: Source::Rule, model: None, remark }
}
