//! Which of the questions that a model proposes for a section are handed over.
//!
//! The model is asked for more than are needed, and each is judged as it arrives, because the first one is on the
//! candidate's screen before the second is written. Which are taken depends on nothing but the order in which things
//! are told to the selection; a worker that takes over begins with what was handed over before.

use crate::similarity::{Fingerprint, LIKE};

/// How many questions a section has.
pub const WANTED: usize = 3;

/// How many the model is asked for at once.
pub const CANDIDATES: usize = 5;

/// How many of the questions that somebody had before are looked at, the newest first.
pub const FORMER: usize = 300;

/// How many questions the model is told to avoid when it is asked again, and how long each may be, in
/// characters: the prompt stays as short for somebody who has had a thousand questions.
const AVOIDED: usize = 6;
const AVOIDED_CHARACTERS: usize = 80;

/// The questions offered for one section, and what became of them.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Of questions that the user had before this request.
    former: Vec<Fingerprint>,
    /// Of questions of this request's other sections.
    beside: Vec<Fingerprint>,
    offered: Vec<Offered>,
}

/// What became of a question that was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is handed over.
    Taken,
    /// It is too like one that is handed over already, in this section or beside it.
    Repeated,
    /// It is too like one that the user had before.
    Known,
    /// There are enough already.
    Surplus,
}

#[derive(Clone, Debug)]
struct Offered {
    question: String,
    fingerprint: Fingerprint,
    verdict: Verdict,
}

impl Selection {
    /// A section's selection for a user who had the questions `former`, newest first; those after the first
    /// [`FORMER`] are not looked at.
    #[must_use]
    pub fn new(former: &[Fingerprint]) -> Self {
        let former = former.iter().take(FORMER).copied().collect();
        Self { former, beside: Vec::new(), offered: Vec::new() }
    }

    /// Notes a question that another section of the same request has handed over.
    pub fn avoid(&mut self, beside: Fingerprint) {
        self.beside.push(beside);
    }

    /// Notes a question of this section that a worker before has handed over: it stays, whatever is beside it now.
    pub fn keep(&mut self, question: &str) {
        self.note(question, Fingerprint::of(question), Verdict::Taken);
    }

    /// Judges the next question. What is [`Verdict::Taken`] is to be handed over at once.
    ///
    /// It is offered as the model wrote it, before its masks are put back: [`Self::avoided`] goes to a model again.
    pub fn offer(&mut self, question: &str) -> Verdict {
        let fingerprint = Fingerprint::of(question);
        let is_like = |other: &Fingerprint| fingerprint.is_like(other);
        let verdict = if self.missing() == 0 {
            Verdict::Surplus
        } else if self.taken().any(is_like_taken(&fingerprint)) || self.beside.iter().any(is_like) {
            Verdict::Repeated
        } else if self.former.iter().any(is_like) {
            Verdict::Known
        } else {
            Verdict::Taken
        };
        self.note(question, fingerprint, verdict);
        verdict
    }

    fn note(&mut self, question: &str, fingerprint: Fingerprint, verdict: Verdict) {
        self.offered.push(Offered { question: question.to_owned(), fingerprint, verdict });
    }

    /// How many questions are still wanted; if some are when the model has ended, it is asked once more.
    #[must_use]
    pub fn missing(&self) -> usize {
        WANTED.saturating_sub(self.taken().count())
    }

    /// The questions that the model is told to avoid when it is asked once more: those that were taken, then those
    /// that were not and are unlike all before them, cut to a length that bounds the prompt.
    #[must_use]
    pub fn avoided(&self) -> Vec<String> {
        let refused = |offered: &&Offered| matches!(offered.verdict, Verdict::Repeated | Verdict::Known);
        let mut listed: Vec<&Offered> = self.taken().collect();
        for offered in self.offered.iter().filter(refused) {
            // After a takeover, the section's own questions are offered again.
            if !listed.iter().any(|other| offered.fingerprint.is_like(&other.fingerprint)) {
                listed.push(offered);
            }
        }
        let short = |offered: &Offered| offered.question.chars().take(AVOIDED_CHARACTERS).collect();
        listed.into_iter().take(AVOIDED).map(short).collect()
    }

    /// Fills up with questions that the user had before, when the model could think of no others: three questions
    /// are better than two, and never is one asked twice in a request.
    ///
    /// Those least like a former one are taken. Gives their numbers, ascending, among all that were kept or offered,
    /// from 0.
    pub fn fill(&mut self) -> Vec<usize> {
        let mut known: Vec<(u8, usize)> =
            self.offered.iter().enumerate().filter_map(|it| self.known(it)).collect();
        known.sort_unstable();
        let mut filled = Vec::new();
        for (_, number) in known {
            let Some(fingerprint) = self.offered.get(number).map(|offered| offered.fingerprint) else {
                continue;
            };
            let beside = self.beside.iter().any(|other| fingerprint.is_like(other));
            let repeated = beside || self.taken().any(is_like_taken(&fingerprint));
            if self.missing() > 0 && !repeated {
                self.offered.iter_mut().skip(number).take(1).for_each(|it| it.verdict = Verdict::Taken);
                filled.push(number);
            }
        }
        filled.sort_unstable();
        filled
    }

    /// How like a former question a [`Verdict::Known`] one is, and its number.
    fn known(&self, (number, offered): (usize, &Offered)) -> Option<(u8, usize)> {
        let likeness = self.former.iter().map(|former| offered.fingerprint.likeness(former)).max();
        (offered.verdict == Verdict::Known).then_some((likeness.unwrap_or(LIKE), number))
    }

    fn taken(&self) -> impl Iterator<Item = &Offered> {
        self.offered.iter().filter(|offered| offered.verdict == Verdict::Taken)
    }
}

fn is_like_taken(fingerprint: &Fingerprint) -> impl Fn(&Offered) -> bool {
    let fingerprint = *fingerprint;
    move |taken| fingerprint.is_like(&taken.fingerprint)
}

#[cfg(test)]
mod tests;
