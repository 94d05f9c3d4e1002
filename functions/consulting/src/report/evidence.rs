//! What of an answer is proven: the check by code, claim by claim.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::answer::{Answer, CLAIM_CHARACTERS, Claim, Evidence, SourceKind};
use super::figures::Figures;
use super::material::Shown;
use super::sources::ShownSource;
use super::{Section, summary};

/// How many bytes of JSON the claims of one section may have together, so that a report of three sections
/// stays far below the 400 KB that DynamoDB stores in an item. An honest answer has a tenth of it.
pub const SECTION_BYTES: usize = 80_000;

/// Why a claim is dropped. It names no text: what learners write is never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The claim says nothing, or is longer than [`CLAIM_CHARACTERS`].
    NoClaim,
    /// Nothing is given to prove it.
    NoEvidence,
    /// Evidence names a source that was not shown.
    UnknownSource,
    /// A quote does not stand in the source that it names, or says nothing.
    NoQuote,
    /// The same quote of the same source is given twice.
    RepeatedEvidence,
    /// The count is not the number of different sources.
    WrongCount,
    /// It holds a number that neither its quotes nor the facts have.
    UnknownFigure,
    /// The section is full.
    NoRoom,
}

/// Holds an answer against what the model was shown.
#[derive(Debug)]
pub struct Checker<'a> {
    sources: BTreeMap<(SourceKind, &'a str), &'a ShownSource>,
    /// The numbers of the facts, and of what was verified before.
    facts: Figures,
}

/// A section that holds only what is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The section.
    pub section: Section,
    /// How many claims of the answer are not in it.
    pub dropped_claims: u32,
}

impl<'a> Checker<'a> {
    /// Only what is in `shown` may be quoted. The numbers in `facts` and in the findings are true.
    pub fn new(shown: &'a Shown, facts: &Value) -> Self {
        let sources = shown.sources.iter().map(|source| ((source.kind, source.id.as_str()), source));
        let mut figures = Figures::default();
        figures.add_json(facts);
        shown.findings.iter().for_each(|findings| figures.add_json(findings));
        Self { sources: sources.collect(), facts: figures }
    }

    /// Keeps what is proven. A summary that stands on no proven claim, or that [`summary::stands`] refuses,
    /// is replaced by what `written` gives, which is told whether any claim is left.
    pub fn verify(&self, answer: Answer, written: impl FnOnce(bool) -> String) -> Verified {
        let mut room = SECTION_BYTES;
        let mut dropped_claims = 0;
        let mut keep = |claims| self.keep(claims, &mut room, &mut dropped_claims);
        let mut section = Section {
            strengths: keep(answer.strengths),
            weaknesses: keep(answer.weaknesses),
            improvements: keep(answer.improvements),
            summary: answer.summary.trim().to_owned(),
            summary_replaced: false,
        };
        let proven = section.claims().next().is_some();
        if !proven || !summary::stands(&section.summary, &self.facts, &self.told(&section)) {
            section.summary = written(proven);
            section.summary_replaced = true;
        }
        Verified { section, dropped_claims }
    }

    fn keep(&self, claims: Vec<Claim>, room: &mut usize, dropped: &mut u32) -> Vec<Claim> {
        let mut kept = Vec::with_capacity(claims.len());
        for claim in claims {
            match self.check(claim).and_then(|claim| enter(claim, room)) {
                Ok(claim) => kept.push(claim),
                Err(fault) => {
                    tracing::info!(?fault, "a claim was dropped");
                    *dropped += 1;
                }
            }
        }
        kept
    }

    /// The claim as it may be shown: its quotes as they stand in their sources.
    pub fn check(&self, claim: Claim) -> Result<Claim, Fault> {
        let text = claim.claim.trim();
        if !text.contains(char::is_alphanumeric) || text.chars().count() > CLAIM_CHARACTERS {
            return Err(Fault::NoClaim);
        }
        let evidence = self.evidence(&claim.evidence)?;
        let sources: BTreeSet<(SourceKind, &str)> = evidence.iter().map(Evidence::source).collect();
        if usize::try_from(claim.count) != Ok(sources.len()) {
            return Err(Fault::WrongCount);
        }
        let mut known = Figures::default();
        known.add_text(&claim.count.to_string());
        evidence.iter().for_each(|evidence| known.add_text(&evidence.quote));
        let attributes = sources.iter().filter_map(|source| self.sources.get(source));
        attributes.flat_map(|source| source.attributes()).for_each(|attribute| known.add_text(attribute));
        if !self.facts.cover(text, &known) {
            return Err(Fault::UnknownFigure);
        }
        Ok(Claim { claim: text.to_owned(), count: claim.count, evidence })
    }

    fn evidence(&self, given: &[Evidence]) -> Result<Vec<Evidence>, Fault> {
        let mut proven: Vec<Evidence> = Vec::with_capacity(given.len());
        for Evidence { kind, id, quote } in given {
            let source = self.sources.get(&(*kind, id.as_str())).ok_or(Fault::UnknownSource)?;
            let quote = source.passage(quote).ok_or(Fault::NoQuote)?.to_owned();
            let evidence = Evidence { kind: *kind, id: id.clone(), quote };
            if proven.contains(&evidence) {
                return Err(Fault::RepeatedEvidence);
            }
            proven.push(evidence);
        }
        if proven.is_empty() { Err(Fault::NoEvidence) } else { Ok(proven) }
    }

    /// The numbers that a summary of `section` may hold besides those of the facts.
    fn told(&self, section: &Section) -> Figures {
        let mut told = Figures::default();
        self.sources.values().flat_map(|source| source.texts()).for_each(|text| told.add_text(text));
        section.claims().for_each(|claim| told.add_text(&claim.count.to_string()));
        told
    }
}

impl Evidence {
    /// The source that it names.
    pub fn source(&self) -> (SourceKind, &str) {
        (self.kind, &self.id)
    }
}

fn enter(claim: Claim, room: &mut usize) -> Result<Claim, Fault> {
    *room = room.checked_sub(json_bytes(&claim)).ok_or(Fault::NoRoom)?;
    Ok(claim)
}

/// What cannot be written at all has no room anywhere.
fn json_bytes(value: &impl Serialize) -> usize {
    serde_json::to_string(value).map_or(usize::MAX, |json| json.len())
}
