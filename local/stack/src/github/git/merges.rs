//! Pull requests, as far as a git history tells of them: branches that were merged, and commits that GitHub
//! made of a pull request ("Squash and merge": the subject ends with its number).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::github::model::{Commit, Signature};

/// A branch that was merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub number: u64,
    pub title: String,
    pub body: Option<String>,
    /// Who wrote most of its commits.
    pub author: Signature,
    /// Its name, and its last commit.
    pub head: (String, String),
    /// The commit that it was merged onto.
    pub base: String,
    pub created_at: Timestamp,
    pub merged_at: Timestamp,
}

/// The branches that were merged into the default branch, the highest number first. `commits` are the
/// default branch's, `HEAD` first. A merge without a number of its own gets the next free one.
pub(super) fn merges(commits: &[Commit], default_branch: &str) -> Vec<Merge> {
    let history = History::new(commits);
    let mut seen = vec![false; commits.len()];
    let mut found = Vec::new();
    // From the oldest on, so that what a merge brings is what nobody before it brought.
    for place in history.mainline().into_iter().rev() {
        let commit = &commits[place];
        seen[place] = true;
        if commit.parents.len() < 2 {
            found.extend(squashed(commit));
        } else {
            let brought = history.brought(commit, &mut seen);
            found.extend(merged(commit, &brought, default_branch));
        }
    }
    numbered(found)
}

struct History<'c> {
    commits: &'c [Commit],
    places: HashMap<&'c str, usize>,
}

impl<'c> History<'c> {
    fn new(commits: &'c [Commit]) -> Self {
        let places = commits.iter().enumerate().map(|(place, commit)| (commit.sha.as_str(), place)).collect();
        Self { commits, places }
    }

    fn place(&self, sha: &str) -> Option<usize> {
        self.places.get(sha).copied()
    }

    /// The default branch itself: first parents only, the newest first.
    fn mainline(&self) -> Vec<usize> {
        let first = (!self.commits.is_empty()).then_some(0);
        let parent = |place: &usize| self.place(self.commits[*place].parents.first()?);
        std::iter::successors(first, parent).collect()
    }

    /// The commits that a merge brought, the newest first; they are seen from then on.
    fn brought(&self, merge: &Commit, seen: &mut [bool]) -> Vec<&'c Commit> {
        let mut open: Vec<usize> = merge.parents.iter().skip(1).filter_map(|sha| self.place(sha)).collect();
        let mut brought = BTreeSet::new();
        while let Some(place) = open.pop() {
            if !std::mem::replace(&mut seen[place], true) {
                brought.insert(place);
                open.extend(self.commits[place].parents.iter().filter_map(|sha| self.place(sha)));
            }
        }
        brought.into_iter().map(|place| &self.commits[place]).collect()
    }
}

/// A merge whose number is not decided yet.
type Unnumbered = (Option<u64>, Merge);

/// A pull request that was made into one commit: `Add x (#7)`.
fn squashed(commit: &Commit) -> Option<Unnumbered> {
    let (subject, body) = split(&commit.message);
    let (title, number) = subject.trim_end().strip_suffix(')')?.rsplit_once(" (#")?;
    let number: u64 = number.parse().ok()?;
    let merge = Merge {
        number,
        title: title.to_owned(),
        body,
        author: commit.author.clone(),
        head: (format!("pull-{number}"), commit.sha.clone()),
        base: commit.parents.first().cloned().unwrap_or_default(),
        created_at: commit.author.at,
        merged_at: commit.committer.at,
    };
    Some((Some(number), merge))
}

fn merged(commit: &Commit, brought: &[&Commit], default_branch: &str) -> Option<Unnumbered> {
    let own: Vec<&&Commit> = brought.iter().filter(|commit| commit.parents.len() < 2).collect();
    let author = most_frequent_author(&own)?;
    let message = MergeMessage::read(&commit.message);
    if message
        .branch
        .is_some_and(|branch| branch == default_branch || branch.ends_with(&format!("/{default_branch}")))
    {
        // The default branch of elsewhere was merged into this one: nobody's pull request.
        return None;
    }
    let branch = message.branch.map_or_else(|| format!("branch-{}", short(&commit.sha)), str::to_owned);
    let title = message.title.map(str::to_owned).unwrap_or_else(|| match own.as_slice() {
        // GitHub's own proposals for a title.
        [only] => split(&only.message).0.to_owned(),
        _ => branch.replace(['-', '_'], " "),
    });
    let merge = Merge {
        number: 0,
        title,
        body: message.body.map(str::to_owned),
        author,
        head: (branch, commit.parents.get(1).cloned().unwrap_or_default()),
        base: commit.parents.first().cloned().unwrap_or_default(),
        created_at: own.iter().map(|commit| commit.author.at).min()?.min(commit.committer.at),
        merged_at: commit.committer.at,
    };
    Some((message.number, merge))
}

/// Who wrote most of these commits; of several the one with the newest.
fn most_frequent_author(commits: &[&&Commit]) -> Option<Signature> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for commit in commits {
        *counts.entry(commit.author.email.as_str()).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    let by_them = commits.iter().find(|commit| counts.get(commit.author.email.as_str()) == Some(&most))?;
    Some(by_them.author.clone())
}

/// What the message of a merge says, by the forms in which git, GitHub and GitLab write it.
#[derive(Debug, Default, PartialEq, Eq)]
struct MergeMessage<'m> {
    number: Option<u64>,
    branch: Option<&'m str>,
    title: Option<&'m str>,
    body: Option<&'m str>,
}

impl<'m> MergeMessage<'m> {
    fn read(message: &'m str) -> Self {
        let (subject, rest) = message.split_once('\n').unwrap_or((message, ""));
        let (title, body) = rest.trim().split_once('\n').unwrap_or((rest.trim(), ""));
        let text = |text: &'m str| Some(text.trim()).filter(|text| !text.is_empty());
        let mut read = Self { title: text(title), body: text(body), ..Self::default() };
        if let Some((number, from)) =
            subject.strip_prefix("Merge pull request #").and_then(|rest| rest.split_once(" from "))
        {
            read.number = number.parse().ok();
            read.branch = from.split_once('/').map(|(_, branch)| branch.trim());
        } else if let Some(quoted) = subject.strip_prefix("Merge ").and_then(|rest| rest.split('\'').nth(1)) {
            // "Merge branch 'x' into y", "Merge remote-tracking branch 'origin/x'".
            read.branch = text(quoted);
            let request = message.lines().rev().find_map(|line| line.strip_prefix("See merge request "));
            read.number = request.and_then(|request| request.rsplit_once('!')?.1.trim().parse().ok());
        } else if !subject.starts_with("Merge ") {
            read.title = text(subject);
        }
        read
    }
}

/// Gives each its number: its own unless another has it already, else the next free ones in their order.
fn numbered(found: Vec<Unnumbered>) -> Vec<Merge> {
    let mut by_number = BTreeMap::new();
    let mut without = Vec::new();
    for (number, merge) in found {
        match number {
            Some(number) if !by_number.contains_key(&number) => {
                by_number.insert(number, merge);
            }
            _ => without.push(merge),
        }
    }
    let next = by_number.last_key_value().map_or(1, |(last, _)| last.saturating_add(1));
    by_number.extend((next..).zip(without));
    by_number.into_iter().rev().map(|(number, merge)| Merge { number, ..merge }).collect()
}

/// A message's first line, and the rest unless it is empty.
fn split(message: &str) -> (&str, Option<String>) {
    let (subject, rest) = message.split_once('\n').unwrap_or((message, ""));
    (subject, Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()))
}

fn short(sha: &str) -> &str {
    sha.get(..7).unwrap_or(sha)
}

#[cfg(test)]
mod tests;
