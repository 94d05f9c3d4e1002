//! The sections of an interview side by side, and what they share.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::join_all;
use interview_rules::masking::Masks;
use interview_rules::selection::Selection;
use interview_rules::similarity::Fingerprint;
use maru_jobs::{EventKind, Failure, Lease, NewEvent, Progress};
use maru_model::Model;
use serde_json::json;

use super::labels;
use super::section::Writing;
use crate::error::Error;
use crate::interview::{InterviewInput, Section};

/// The sections of an interview that is being generated.
pub struct Sections<'a> {
    pub(super) lease: &'a Lease,
    pub(super) model: &'a Model,
    /// How long a section may take.
    pub(super) patience: Duration,
    pub(super) input: &'a InterviewInput,
    pub(super) masks: Masks,
    /// What the asker was asked before, the newest first.
    former: &'a [Fingerprint],
    taken: Mutex<Vec<(usize, Fingerprint)>>,
    /// How many sections have ended. Held while one's end is stored, so that progress never goes back.
    ended: tokio::sync::Mutex<u32>,
}

impl<'a> Sections<'a> {
    /// Those of `input`, for an asker who was asked `former` before, the newest first; none may take longer than
    /// `patience`.
    #[must_use]
    pub fn new(
        (lease, model): (&'a Lease, &'a Model),
        patience: Duration,
        input: &'a InterviewInput,
        former: &'a [Fingerprint],
    ) -> Self {
        let masks = input.asked.masks();
        let (taken, ended) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { lease, model, patience, input, masks, former, taken, ended }
    }

    /// Writes what is not written yet; the sections in their order.
    ///
    /// # Errors
    /// [`Error`]: another worker does better.
    pub async fn write(&self) -> Result<Vec<Section>, Error> {
        // What earlier workers handed over is known before anything new is judged.
        let mut begun = Vec::new();
        for asked in self.input.asked.sections.iter().enumerate() {
            begun.push(Writing::begun(self, asked).await?);
        }
        // All are waited for even if one is interrupted: a call that is cut off would leave its cost unknown.
        join_all(begun.into_iter().map(|writing| Box::pin(writing.finish()))).await.into_iter().collect()
    }

    /// What earlier workers left: the sections with what they handed over, and `failure` where it is not all.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn left(&self, failure: &Failure) -> Result<Vec<Section>, Error> {
        let mut sections = Vec::new();
        for asked in self.input.asked.sections.iter().enumerate() {
            sections.push(Writing::begun(self, asked).await?.given_up(failure));
        }
        Ok(sections)
    }

    /// What a section begins with that was not begun.
    pub(super) fn selection(&self) -> Selection {
        Selection::new(self.former)
    }

    /// The questions that were handed over or are about to be, each with its section. Whoever has the guard decides
    /// alone: of two sections that ask for the same at once, one takes it.
    pub(super) fn taken(&self) -> MutexGuard<'_, Vec<(usize, Fingerprint)>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the end of the section `place`, with what watchers see of it.
    pub(super) async fn end(&self, place: usize, section: &Section) -> Result<(), Error> {
        let mut ended = self.ended.lock().await;
        let language = self.input.asked.language;
        let label = labels::ended(language, section.category, section.error.is_none());
        let progress = Progress { done: *ended + 1, total: self.total(), label };
        let failed = section.error.as_ref().map(|Failure { code, detail }| {
            let data =
                json!({ "section": place, "category": section.category, "code": code, "detail": detail });
            NewEvent::new(EventKind::Error, data)
        });
        let told = NewEvent::new(EventKind::Progress, json!(progress));
        let events: Vec<NewEvent> = failed.into_iter().chain([told]).collect();
        self.lease.finish_step(&step(place), section, &events, Some(&progress)).await?;
        *ended += 1;
        Ok(())
    }

    /// Counts a section that an earlier worker ended.
    pub(super) async fn count_ended(&self) {
        *self.ended.lock().await += 1;
    }

    /// What watchers read while a section is written; how far all are is known when they are told.
    pub(super) fn writing(&self, label: String) -> Progress {
        Progress { done: 0, total: self.total(), label }
    }

    fn total(&self) -> u32 {
        u32::try_from(self.input.asked.sections.len()).unwrap_or(u32::MAX)
    }
}

/// The step of the job that ends the section `place`.
pub(super) fn step(place: usize) -> String {
    format!("section_{}", place + 1)
}
