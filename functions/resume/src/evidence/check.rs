//! The check of one statement against the sources that it may rest on.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maru_document::{EvidenceKind, Statement};
use maru_model::find_quote;

use super::dates::day_of;
use super::mentions::{Mention, mentions, small};
use super::quantities::{Found, Quantity, plain, quantities};
use super::{Reason, claims, form, likeness, names};
use crate::facts::technologies::is_a;
use crate::facts::{Digest, Source};

/// The most characters of a quote.
pub const QUOTE_CHARACTERS: usize = 300;

/// Words by which a change says that something is gone.
const REMOVAL: &str =
    "remov|drop|delet|replac|instead of|get rid|migrat|switch|away from|제거|삭제|대체|교체|전환|이전|걷어";

/// A statement as a model proposes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// What it states.
    pub text: String,
    /// What it cites.
    pub cited: Vec<Cited>,
}

/// A passage that a model cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The source's kind.
    pub kind: EvidenceKind,
    /// The source's id, as the model was shown it.
    pub id: String,
    /// The passage.
    pub quote: String,
}

/// Where a statement is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// It tells what the person did or what came of it: a commit or pull request of their own has to show it.
    Deed,
    /// It tells how things stood, or what the person is about: any source will do.
    Context,
}

/// What statements may rest on.
#[derive(Clone, Debug, Default)]
pub struct Grounds<'a> {
    sources: BTreeMap<(&'static str, String), &'a Source>,
    /// Technologies that are declared, and languages, in small letters.
    declared: BTreeSet<String>,
    /// Declared versions: of which technology, and which.
    versions: Vec<(&'a str, &'a str)>,
}

impl<'a> Grounds<'a> {
    /// The grounds for statements on one repository: its own sources, by their ids.
    #[must_use]
    pub fn of(digest: &'a Digest) -> Self {
        let mut grounds = Self::default();
        grounds.add(digest, "");
        grounds
    }

    /// The grounds for statements on all of `digests`; the ids of the first one's sources begin with `1/`.
    #[must_use]
    pub fn of_all(digests: impl IntoIterator<Item = &'a Digest>) -> Self {
        let mut grounds = Self::default();
        for (digest, number) in digests.into_iter().zip(1..) {
            grounds.add(digest, &format!("{number}/"));
        }
        grounds
    }

    fn add(&mut self, digest: &'a Digest, prefix: &str) {
        let named = |source: &'a Source| {
            ((crate::facts::kind_name(source.kind), format!("{prefix}{}", source.id)), source)
        };
        self.sources.extend(digest.sources.iter().map(named));
        let languages = digest.languages.iter().map(|language| language.name.as_str());
        let declarations = digest.declarations.iter().map(|declaration| declaration.name.as_str());
        self.declared.extend(
            languages
                .chain(declarations)
                .chain([digest.full_name.as_str(), digest.name.as_str()])
                .map(str::to_lowercase),
        );
        let versions = digest.declarations.iter();
        self.versions.extend(versions.filter_map(|it| Some((it.name.as_str(), it.version.as_deref()?))));
    }

    /// The statement as it may stand: its text, and the evidence by which a reader finds what proves it.
    ///
    /// # Errors
    /// The first [`Reason`] why it may not.
    pub fn check(&self, proposed: &Proposed, slot: Slot) -> Result<Statement, Reason> {
        let text = form::tidy(&proposed.text).ok_or(Reason::Form)?;
        let cited = self.cited(&proposed.cited)?;
        if slot == Slot::Deed && !cited.iter().any(|source| source.is_deed()) {
            return Err(Reason::NotADeed);
        }
        self.support(text, &cited, "")?;
        let texts: Vec<&str> = cited.iter().map(|source| source.text.as_str()).collect();
        if !likeness::is_like(text, &texts) {
            return Err(Reason::Unrelated);
        }
        Ok(Statement { text: text.to_owned(), evidence: evidence(&cited) })
    }

    /// Whether each number, name and claim in `text` can be told from `sources`, or stands in `own`, the words
    /// of the owner.
    ///
    /// # Errors
    /// The first [`Reason`] why it cannot.
    pub(super) fn support(&self, text: &str, sources: &[&Source], own: &str) -> Result<(), Reason> {
        let (text, own) = (plain(text), plain(own));
        let named = mentions(&text);
        if !self.knows_numbers(&text, &named, sources, &own) {
            return Err(Reason::UnknownNumber);
        }
        let said = |source: &&'_ Source| source.is_deed();
        let deeds = sources.iter().copied().filter(said).map(|source| source.text.as_str());
        let deeds: Vec<&str> = deeds.chain([own.as_str()]).collect();
        let texts = sources.iter().map(|source| source.text.as_str());
        let texts: Vec<&str> = texts.chain([own.as_str()]).collect();
        if !self.knows_technologies(&text, &named, &deeds) || !self.knows_names(&text, &named, &texts) {
            return Err(Reason::UnknownName);
        }
        if claims::stand(&text, &deeds) { Ok(()) } else { Err(Reason::UnknownClaim) }
    }

    /// All sources.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a Source> {
        self.sources.values().copied()
    }

    fn cited(&self, given: &[Cited]) -> Result<Vec<&'a Source>, Reason> {
        let mut found: Vec<&'a Source> = Vec::with_capacity(given.len());
        for Cited { kind, id, quote } in given {
            let key = (crate::facts::kind_name(*kind), id.trim().to_owned());
            let source = *self.sources.get(&key).ok_or(Reason::UnknownSource)?;
            // Names of languages may be too short to be a quote: `C`, `Go`.
            let whole_name = source.kind == EvidenceKind::Language && quote.trim() == source.id;
            if !whole_name && find_quote(&source.text, quote.trim(), QUOTE_CHARACTERS).is_none() {
                return Err(Reason::NoQuote);
            }
            if !found.iter().any(|known| std::ptr::eq(*known, source)) {
                found.push(source);
            }
        }
        if found.is_empty() { Err(Reason::NoEvidence) } else { Ok(found) }
    }

    fn knows_numbers(&self, text: &str, named: &[Mention], sources: &[&Source], own: &str) -> bool {
        let mut known: Vec<Quantity> = sources.iter().flat_map(|source| told(source)).collect();
        known.extend(quantities(own).into_iter().map(|found| found.quantity));
        let is_known = |found: &Found| known.contains(&found.quantity) || self.is_version(text, named, found);
        quantities(text).iter().all(is_known)
    }

    /// Whether a number stands behind the name of a technology and is its declared version, or the beginning
    /// of it: `Java 17`, `Spring Boot 3` where 3.2.1 is declared.
    fn is_version(&self, text: &str, named: &[Mention], found: &Found) -> bool {
        let Some(number) = text.get(found.at.clone()) else { return false };
        let before = named.iter().filter(|mention| {
            let between =
                text.get(mention.at.end..found.at.start).map(|between| between.trim().to_lowercase());
            between.is_some_and(|between| matches!(between.as_str(), "" | "v" | "version" | "버전"))
        });
        let mut versions =
            before.flat_map(|mention| self.versions.iter().filter(|(name, _)| *name == mention.name));
        versions.any(|(_, version)| {
            version.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    fn knows_technologies(&self, text: &str, named: &[Mention], deeds: &[&str]) -> bool {
        let gone = REMOVAL.split('|').any(|word| small(text).contains(word));
        named.iter().all(|mention| {
            self.declared.iter().any(|declared| is_a(declared, mention.name))
                || deeds.iter().any(|deed| uses(deed, mention.name, gone))
        })
    }

    /// Whether all names that are no technologies of the table stand in a cited source, or are the
    /// repository's own.
    fn knows_names(&self, text: &str, named: &[Mention], texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| small(text)).collect();
        let known = |name: &str| {
            let name = name.trim_end_matches('s');
            texts.iter().any(|text| text.contains(name) || names::is_initials(name, text))
                || self.declared.iter().any(|it| it.contains(name))
        };
        let mut others = names::names(text)
            .into_iter()
            .filter(|at| !named.iter().any(|mention| mention.at.start < at.end && at.start < mention.at.end));
        others.all(|at| text.get(at).is_some_and(|name| known(&small(name))))
    }
}

/// Whether a deed's text names the technology, and not as something that it takes away (which it may where
/// the statement says so itself).
fn uses(deed: &str, technology: &str, statement_says_gone: bool) -> bool {
    let mut sentences = deed.lines().flat_map(|line| line.split(". "));
    sentences.any(|sentence| {
        let gone = REMOVAL.split('|').any(|word| small(sentence).contains(word));
        let names_it = mentions(sentence).iter().any(|mention| is_a(mention.name, technology));
        names_it && (!gone || statement_says_gone)
    })
}

/// The numbers that a source tells, its day included.
fn told(source: &Source) -> Vec<Quantity> {
    let text = plain(&source.text);
    let numbers = quantities(&text).into_iter().map(|found| found.quantity);
    numbers.chain(source.date.into_iter().flat_map(|date: Date| day_of(date))).collect()
}

fn evidence(cited: &[&Source]) -> Vec<maru_document::Evidence> {
    let mut evidence = Vec::with_capacity(cited.len());
    for one in cited.iter().map(|source| source.evidence()) {
        // Two sections of a README are one document.
        if !evidence.contains(&one) {
            evidence.push(one);
        }
    }
    evidence
}
