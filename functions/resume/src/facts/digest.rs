//! The digest of a repository: all that may be said of it, and what proves each piece.

use std::collections::HashSet;

use jiff::Timestamp;
use maru_document::{Evidence, EvidenceKind, Month, Skill};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::{Collected, RepositoryFacts, Source, manifests, shown, technologies};

/// The most skills of one project (the bound of a document).
const MOST_SKILLS: usize = 50;
/// Languages below this share, in tenths of a percent, are by-products of others.
const LEAST_SHARE: u64 = 20;

/// All that a resume may say of one repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// `owner/name`, as GitHub writes it now.
    pub full_name: String,
    /// The name alone.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The month of the person's first commit, in Asia/Seoul.
    pub started: Option<Month>,
    /// The month of the person's last commit, in Asia/Seoul.
    pub ended: Option<Month>,
    /// How many commits the person has.
    pub commit_count: u64,
    /// How many merged pull requests the person has; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pull_count: Option<u64>,
    /// Its languages, the largest first.
    pub languages: Vec<LanguageShare>,
    /// The technologies that its files declare, in the order of the table of technologies.
    pub declarations: Vec<Declaration>,
    /// What a statement may rest on: pull requests, commits, sections of the README, languages, technologies.
    pub sources: Vec<Source>,
}

/// How much of a repository's code is in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LanguageShare {
    /// The language, as GitHub calls it.
    pub name: String,
    /// Tenths of a percent of all bytes of code, rounded down.
    pub tenths: u64,
}

/// A technology that a file of the repository declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Declaration {
    /// The technology.
    pub name: String,
    /// The version that is declared, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The file.
    pub path: String,
}

impl Digest {
    /// Digests what was collected.
    #[must_use]
    pub fn of(collected: &Collected) -> Self {
        let repository = &collected.repository;
        let languages = languages(&collected.languages);
        let declarations = declarations(collected);
        let mut sources: Vec<Source> = shown::pulls(collected).collect();
        sources.extend(shown::commits(collected));
        sources.extend(shown::readme(collected));
        sources.extend(languages.iter().map(|language| language.source(repository)));
        sources.extend(declarations.iter().map(|declaration| declaration.source(repository)));
        let mut names = HashSet::new();
        sources.retain(|source| names.insert((source.kind, source.id.clone())));
        Self {
            full_name: repository.full_name.clone(),
            name: repository.name.clone(),
            url: repository.url.clone(),
            started: collected.first_commit.and_then(month),
            ended: collected.last_commit.and_then(month),
            commit_count: collected.commit_count,
            pull_count: collected.pull_count,
            languages,
            declarations,
            sources,
        }
    }

    /// The skills that the repository shows: its languages, the largest first, then what its files declare.
    #[must_use]
    pub fn skills(&self) -> Vec<Skill> {
        let languages = self.languages.iter().map(|language| language.name.as_str());
        let declared = self.declarations.iter().map(|declaration| declaration.name.as_str());
        let mut seen = HashSet::new();
        let named = languages.chain(declared).filter(|name| seen.insert(name.to_lowercase()));
        named
            .take(MOST_SKILLS)
            .map(|name| Skill { name: name.to_owned(), evidence: self.proof(name) })
            .collect()
    }

    /// What a model is shown as texts, rather than among the facts.
    pub fn texts(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.kind != EvidenceKind::Language)
    }

    fn proof(&self, name: &str) -> Vec<Evidence> {
        let named = |source: &&Source| source.kind == EvidenceKind::Language && source.id == name;
        self.sources.iter().filter(named).map(Source::evidence).collect()
    }
}

impl LanguageShare {
    /// The share in percent, as it is written: `82.3`.
    #[must_use]
    pub fn percent(&self) -> String {
        format!("{}.{}", self.tenths / 10, self.tenths % 10)
    }

    fn source(&self, repository: &RepositoryFacts) -> Source {
        Source {
            kind: EvidenceKind::Language,
            id: self.name.clone(),
            reference: self.name.clone(),
            url: repository.url.clone(),
            date: None,
            text: format!("{} {}%", self.name, self.percent()),
        }
    }
}

impl Declaration {
    fn source(&self, repository: &RepositoryFacts) -> Source {
        let Self { name, version, path } = self;
        let version = version.as_deref().unwrap_or_default();
        Source {
            kind: EvidenceKind::Language,
            id: name.clone(),
            reference: path.clone(),
            url: format!("{}/blob/{}/{}", repository.url, repository.default_branch, in_a_url(path)),
            date: None,
            text: format!("{name} {version}").trim_end().to_owned(),
        }
    }
}

/// A path as it stands in an address.
fn in_a_url(path: &str) -> PercentEncode<'_> {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
    utf8_percent_encode(path, ESCAPED)
}

/// The languages with their shares, the largest first; the largest in any case, others from
/// [`LEAST_SHARE`] on.
fn languages(bytes: &[(String, u64)]) -> Vec<LanguageShare> {
    let total: u128 = bytes.iter().map(|(_, bytes)| u128::from(*bytes)).sum();
    let share =
        |bytes: u64| (u128::from(bytes) * 1_000).checked_div(total).and_then(|it| u64::try_from(it).ok());
    let shares = bytes
        .iter()
        .filter_map(|(name, bytes)| Some(LanguageShare { name: name.clone(), tenths: share(*bytes)? }));
    let mut shares: Vec<LanguageShare> = shares.collect();
    shares.sort_by(|one, other| other.tenths.cmp(&one.tenths).then_with(|| one.name.cmp(&other.name)));
    let mut place = 0;
    shares.retain(|share| {
        place += 1;
        place == 1 || share.tenths >= LEAST_SHARE
    });
    shares
}

/// What manifests declare, and what the presence of a file does.
fn declarations(collected: &Collected) -> Vec<Declaration> {
    let mut found: Vec<Declaration> = Vec::new();
    let mut note = |technology: &technologies::Technology, version: Option<&String>, path: &str| match found
        .iter_mut()
        .find(|declaration| declaration.name == technology.name)
    {
        Some(known) if known.version.is_none() => known.version = version.cloned(),
        Some(_) => {}
        None => found.push(Declaration {
            name: technology.name.to_owned(),
            version: version.cloned(),
            path: path.to_owned(),
        }),
    };
    for manifest in &collected.manifests {
        for declared in manifests::declared(&manifest.path, &manifest.text) {
            for technology in technologies::declared(declared.ecosystem, &declared.name) {
                note(technology, declared.version.as_ref(), &manifest.path);
            }
        }
    }
    for path in &collected.paths {
        technologies::declared("file", path).for_each(|technology| note(technology, None, path));
    }
    let place = |name: &str| technologies::all().iter().position(|technology| technology.name == name);
    found.sort_by_key(|declaration| place(&declaration.name));
    found
}

/// None for a time that no resume has: a clock set to 1970 or to the year 12026.
fn month(moment: Timestamp) -> Option<Month> {
    let day = maru_lambda::day_in_seoul(moment);
    Month::new(u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?).ok()
}

#[cfg(test)]
mod tests;
