//! A repository, as far as the API shows it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::git;

/// A repository.
#[derive(Clone, Debug)]
pub struct Repository {
    pub(crate) id: u64,
    pub(crate) owner: Owner,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) private: bool,
    pub(crate) fork: bool,
    pub(crate) topics: Vec<String>,
    pub(crate) collaborators: Vec<String>,
    /// Full names that it had before, which lead to it.
    pub(crate) former_names: Vec<String>,
    pub(crate) default_branch: String,
    pub(crate) created_at: Timestamp,
    pub(crate) content: Content,
}

/// Who has a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub id: u64,
    pub login: String,
    pub organisation: bool,
}

/// What is in a repository's default branch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// Bytes of code by language.
    pub languages: BTreeMap<String, u64>,
    /// The newest first.
    pub commits: Arc<Vec<Commit>>,
    /// The highest number first.
    pub pulls: Vec<Pull>,
    pub files: Files,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub sha: String,
    pub parents: Vec<String>,
    pub author: Signature,
    pub committer: Signature,
    pub message: String,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub name: String,
    pub email: String,
    pub at: Timestamp,
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pull {
    pub number: u64,
    pub title: String,
    pub body: Option<String>,
    /// Who opened it; none if nobody with an account did.
    pub author: Option<String>,
    /// The branch, and its last commit.
    pub head: (String, String),
    /// The commit that it was merged onto; empty before it was.
    pub base: String,
    pub created_at: Timestamp,
    /// When it was merged; none while it is open.
    pub merged_at: Option<Timestamp>,
}

/// The files of the newest commit.
#[derive(Clone, Debug)]
pub(crate) enum Files {
    /// In memory, with the paths that each commit touched.
    Held { contents: BTreeMap<String, Arc<[u8]>>, touched: HashMap<String, Vec<String>> },
    /// In a git repository of this machine: object and size by path.
    Git { directory: PathBuf, entries: Arc<BTreeMap<String, (String, u64)>> },
}

impl Default for Files {
    fn default() -> Self {
        Self::Held { contents: BTreeMap::new(), touched: HashMap::new() }
    }
}

impl Repository {
    /// `owner/name`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner.login, self.name)
    }

    pub(crate) fn is_called(&self, owner: &str, name: &str) -> bool {
        self.owner.login.eq_ignore_ascii_case(owner) && self.name.eq_ignore_ascii_case(name)
    }

    /// When something was last pushed; when it was made if nothing ever was.
    pub(crate) fn pushed_at(&self) -> Timestamp {
        self.content.commits.first().map_or(self.created_at, |commit| commit.committer.at)
    }

    /// Whether nothing was ever pushed.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.commits.is_empty()
    }

    /// The language with the most bytes.
    pub(crate) fn language(&self) -> Option<&str> {
        let most = self.content.languages.iter().max_by_key(|(_, bytes)| **bytes);
        most.map(|(language, _)| language.as_str())
    }
}

impl Files {
    /// The paths with their sizes in bytes.
    pub(crate) fn sizes(&self) -> Vec<(&str, u64)> {
        match self {
            Self::Held { contents, .. } => {
                contents.iter().map(|(path, bytes)| (path.as_str(), bytes.len() as u64)).collect()
            }
            Self::Git { entries, .. } => {
                entries.iter().map(|(path, (_, size))| (path.as_str(), *size)).collect()
            }
        }
    }

    /// How many bytes a file has.
    pub(crate) fn size(&self, path: &str) -> Option<u64> {
        match self {
            Self::Held { contents, .. } => contents.get(path).map(|bytes| bytes.len() as u64),
            Self::Git { entries, .. } => entries.get(path).map(|(_, size)| *size),
        }
    }

    /// The bytes of a file. Blocks.
    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        match self {
            Self::Held { contents, .. } => contents.get(path).map(|bytes| bytes.to_vec()),
            Self::Git { directory, entries } => git::blob(directory, &entries.get(path)?.0).ok(),
        }
    }

    /// The git object that a file is.
    pub(crate) fn object(&self, path: &str) -> Option<String> {
        match self {
            Self::Held { contents, .. } => contents.get(path).map(|bytes| git::object_id("blob", bytes)),
            Self::Git { entries, .. } => entries.get(path).map(|(object, _)| object.clone()),
        }
    }

    /// The commits that touched a file, or something in a folder. Blocks.
    pub(crate) fn touching(&self, path: &str) -> HashSet<String> {
        let path = path.trim_matches('/');
        match self {
            Self::Held { touched, .. } => {
                let within = |touched: &String| {
                    touched.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                let of = touched.iter().filter(|(_, paths)| path.is_empty() || paths.iter().any(within));
                of.map(|(sha, _)| sha.clone()).collect()
            }
            Self::Git { directory, .. } => git::touching(directory, path).unwrap_or_default(),
        }
    }
}
