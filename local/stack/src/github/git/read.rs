//! What is read of one git repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::command::{self, GitError};
use super::merges::{self, Merge};
use super::{MOST_COMMITS, MOST_FILES, log, number_of};
use crate::github::model::{Account, Commit, Content, Files, Owner, Pull, Repository, language_of};

/// What was read of one repository.
#[derive(Debug)]
pub(super) struct Read {
    directory: PathBuf,
    /// The commit that it was read at; none if there is no commit.
    pub(super) head: Option<String>,
    branch: String,
    pub(super) commits: Arc<Vec<Commit>>,
    merges: Vec<Merge>,
    entries: Arc<BTreeMap<String, (String, u64)>>,
}

/// The commit that `HEAD` is; none in an empty repository. Blocks.
pub(super) fn head(directory: &Path) -> Option<String> {
    line(directory, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
}

/// The first line that git prints, unless it has nothing to say.
fn line(directory: &Path, arguments: &[&str]) -> Option<String> {
    let output = command::output(directory, arguments).ok()?;
    Some(String::from_utf8_lossy(&output).trim().to_owned()).filter(|line| !line.is_empty())
}

/// Reads a repository. Blocks: 50,000 commits take about a second.
///
/// # Errors
/// [`GitError::Failed`], such as for a repository that belongs to somebody else.
pub(super) fn read(directory: &Path) -> Result<Read, GitError> {
    // `HEAD` of an empty repository leads nowhere; of what git refuses to open, nothing can be said at all.
    command::output(directory, &["rev-parse", "--git-dir"])?;
    let head = head(directory);
    // No branch while a commit is checked out by its id.
    let branch = line(directory, &["symbolic-ref", "--quiet", "--short", "HEAD"]);
    let branch = branch.unwrap_or_else(|| "main".to_owned());
    let (commits, entries) = match head {
        Some(_) => (log::commits(directory, MOST_COMMITS)?, entries(directory)?),
        None => Default::default(),
    };
    let merges = merges::merges(&commits, &branch);
    let (commits, entries) = (Arc::new(commits), Arc::new(entries));
    Ok(Read { directory: directory.to_owned(), head, branch, commits, merges, entries })
}

/// The files of `HEAD`: object and size by path.
fn entries(directory: &Path) -> Result<BTreeMap<String, (String, u64)>, GitError> {
    let mut entries = BTreeMap::new();
    command::records(directory, &["ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD"], |record| {
        if entries.len() < MOST_FILES
            && let Some((path, entry)) = entry(&String::from_utf8_lossy(record))
        {
            entries.insert(path, entry);
        }
    })?;
    Ok(entries)
}

/// `<mode> <kind> <object> <size>\t<path>`; links and submodules are no files.
fn entry(record: &str) -> Option<(String, (String, u64))> {
    let (facts, path) = record.split_once('\t')?;
    let mut facts = facts.split_whitespace();
    let (mode, _, object, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    if !mode.starts_with("100") {
        return None;
    }
    Some((path.to_owned(), (object.to_owned(), size.parse().ok()?)))
}

impl Read {
    /// The repository under this name, as the account's.
    pub(super) fn repository(&self, name: &str, account: &Account) -> Arc<Repository> {
        let pull = |merge: &Merge| Pull {
            number: merge.number,
            title: merge.title.clone(),
            body: merge.body.clone(),
            author: account.owns(&merge.author.email).then(|| account.login.clone()),
            head: merge.head.clone(),
            base: merge.base.clone(),
            created_at: merge.created_at,
            merged_at: Some(merge.merged_at),
        };
        let mut languages: BTreeMap<String, u64> = BTreeMap::new();
        for (path, (_, size)) in self.entries.iter() {
            if let Some(language) = language_of(path) {
                *languages.entry(language.to_owned()).or_default() += size;
            }
        }
        let content = Content {
            languages,
            commits: Arc::clone(&self.commits),
            pulls: self.merges.iter().map(pull).collect(),
            files: Files::Git { directory: self.directory.clone(), entries: Arc::clone(&self.entries) },
        };
        let oldest = self.commits.last().map_or(Timestamp::UNIX_EPOCH, |commit| commit.author.at);
        Arc::new(Repository {
            id: 1_000_000 + number_of(name),
            owner: Owner { id: account.id, login: account.login.clone(), organisation: false },
            name: name.to_owned(),
            description: None,
            private: false,
            fork: false,
            topics: Vec::new(),
            collaborators: Vec::new(),
            former_names: Vec::new(),
            default_branch: self.branch.clone(),
            created_at: oldest,
            content,
        })
    }
}
