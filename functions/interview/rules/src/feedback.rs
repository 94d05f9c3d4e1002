//! What a graded answer is worth: yes/no items, each yes with a passage of the answer that shows it.
//!
//! A model is asked for the items, never for a number; the score is counted here. Only a yes needs proof: one whose
//! quote does not stand in the answer counts as a no, and a no counts with or without a quote, because what is absent
//! cannot be quoted. So less proof never makes a score higher. That the same answer is graded the same each time is
//! not left to the model either: it is graded once, under its [`answer_key`].

use maru_document::has_visible_character;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::text::normalised;

/// The most characters of an answer, in [`normalised`] form.
pub const ANSWER_CHARACTERS: usize = 4_000;

/// The most characters of a quote.
pub const QUOTE_CHARACTERS: usize = 300;

/// What an answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Criterion {
    /// It answers this question.
    Relevance,
    /// It can be followed from its beginning to its end.
    Structure,
    /// What it says is right.
    Correctness,
    /// It is put as one speaks in an interview.
    Tone,
}

impl Criterion {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Structure, Self::Correctness, Self::Tone];
}

/// Whether an answer meets a criterion, and a passage of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What was looked at.
    pub criterion: Criterion,
    /// Whether the answer has it.
    pub met: bool,
    /// The passage that shows so, at most [`QUOTE_CHARACTERS`] long; empty only if it is not met.
    pub quote: String,
}

impl Item {
    /// That an answer does not meet `criterion`, which nothing in it shows.
    const fn missed(criterion: Criterion) -> Self {
        Self { criterion, met: false, quote: String::new() }
    }
}

/// The feedback on one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grade {
    /// The share of all criteria that are met, in per cent: 0, 25, 50, 75 or 100.
    pub score: u8,
    /// One for each criterion, in their order.
    pub items: Vec<Item>,
    /// How many of them are not met because the quote of a yes does not stand in the answer.
    pub dropped: usize,
}

/// What a model said about an answer is no grade: nothing, or a yes and none that stands, as about another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no item, or no yes has a quote that stands in the answer")]
pub struct NothingStands;

impl Grade {
    /// What an answer is worth that says nothing, so that no model need be asked; none if it says something.
    ///
    /// Nothing is said by white space, signs and emoji: there is no word in them to judge or to quote.
    #[must_use]
    pub fn without_a_model(answer: &str) -> Option<Self> {
        let says_nothing = !has_visible_character(answer) || !answer.chars().any(char::is_alphanumeric);
        says_nothing.then(|| Self { score: 0, items: Criterion::ALL.map(Item::missed).into(), dropped: 0 })
    }

    /// What an answer is worth by the items that a model `given` for it, of each criterion the first. One that is not
    /// given is not met.
    ///
    /// `find_quote` is that of `maru_model`: given the answer, a quote and the most characters, the passage that the
    /// quote repeats. A quote of the whole answer stands too, because a short answer has no other.
    ///
    /// # Errors
    /// [`NothingStands`].
    pub fn of(answer: &str, given: &[Item], find_quote: impl FindQuote) -> Result<Self, NothingStands> {
        let said = |criterion| given.iter().find(|item| item.criterion == criterion);
        let claims = Criterion::ALL.into_iter().filter(|it| said(*it).is_some_and(|item| item.met)).count();
        let judged = |criterion| {
            let Some(item) = said(criterion) else { return Item::missed(criterion) };
            let quote = passage(answer, item.quote.trim(), &find_quote);
            Item { met: item.met && !quote.is_empty(), quote, criterion }
        };
        let items = Criterion::ALL.map(judged);
        let met = items.iter().filter(|item| item.met).count();
        if given.is_empty() || (claims > 0 && met == 0) {
            return Err(NothingStands);
        }
        let score = u8::try_from(100 * met / items.len()).unwrap_or(100);
        Ok(Self { score, items: items.into(), dropped: claims - met })
    }
}

/// The passage of `answer` that `quote` repeats, cut to [`QUOTE_CHARACTERS`]; empty if there is none.
fn passage(answer: &str, quote: &str, find_quote: &impl FindQuote) -> String {
    let whole = Some(answer.trim()).filter(|whole| *whole == quote);
    let passage = find_quote(answer, quote, QUOTE_CHARACTERS).or(whole).unwrap_or_default();
    passage.chars().take(QUOTE_CHARACTERS).collect()
}

/// Finds the passage of a text that a quote of at most so many characters repeats: `maru_model::find_quote`.
pub trait FindQuote: for<'a> Fn(&'a str, &str, usize) -> Option<&'a str> {}

impl<F: for<'a> Fn(&'a str, &str, usize) -> Option<&'a str>> FindQuote for F {}

/// What all gradings of `answer` to `question` have in common, however the answer was typed.
#[must_use]
pub fn answer_key(question: &str, answer: &str) -> String {
    digest([question.as_bytes(), normalised(answer).as_bytes()])
}

#[cfg(test)]
mod tests;
