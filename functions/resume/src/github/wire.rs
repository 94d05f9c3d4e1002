//! GitHub's objects, as far as they are read. They have many more fields, and get new ones.

use jiff::Timestamp;
use serde::Deserialize;

/// A repository.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Repository {
    pub(super) name: String,
    pub(super) full_name: String,
    pub(super) html_url: String,
    #[serde(default)]
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) fork: bool,
    #[serde(default)]
    pub(super) archived: bool,
    #[serde(default)]
    pub(super) stargazers_count: u64,
    #[serde(default)]
    pub(super) default_branch: Option<String>,
    #[serde(default)]
    pub(super) pushed_at: Option<Timestamp>,
}

/// A commit in a list.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Commit {
    pub(super) sha: String,
    pub(super) html_url: String,
    /// The account that GitHub knows the author's e-mail address of; null or empty if it knows none.
    #[serde(default)]
    pub(super) author: Option<Account>,
    pub(super) commit: CommitDetail,
    #[serde(default)]
    pub(super) parents: Vec<serde::de::IgnoredAny>,
}

/// What the commit itself says.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct CommitDetail {
    pub(super) message: String,
    #[serde(default)]
    pub(super) author: Option<Signature>,
}

/// Who wrote a commit, as they say.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Signature {
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) date: Option<Timestamp>,
}

/// An account; without an id for one that GitHub does not know.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Account {
    #[serde(default)]
    pub(super) id: Option<i64>,
}

/// A file's content.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct File {
    pub(super) path: String,
    #[serde(default)]
    pub(super) html_url: Option<String>,
    #[serde(default)]
    pub(super) encoding: Option<String>,
    /// Base64 with line breaks; empty for a file of over 1 MB.
    #[serde(default)]
    pub(super) content: Option<String>,
}

/// All files of a commit.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Tree {
    pub(super) tree: Vec<Entry>,
}

/// An entry of a folder, or of a tree.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) size: u64,
}

/// A pull request in a list, or in what a search finds.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Pull {
    pub(super) number: u64,
    pub(super) title: String,
    #[serde(default)]
    pub(super) body: Option<String>,
    pub(super) html_url: String,
    #[serde(default)]
    pub(super) user: Option<Account>,
    #[serde(default)]
    pub(super) merged_at: Option<Timestamp>,
    /// What a search says of the pull request itself.
    #[serde(default)]
    pub(super) pull_request: Option<Merge>,
}

/// When a pull request was merged; null if it was not.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Merge {
    #[serde(default)]
    pub(super) merged_at: Option<Timestamp>,
}

/// What a search finds.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Found {
    /// How many there are, on this page and on others.
    pub(super) total_count: u64,
    /// Whether the search ran out of time: there may then be more than it says.
    pub(super) incomplete_results: bool,
    pub(super) items: Vec<Pull>,
}

impl File {
    /// The content, if it came along.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        let content = self.content.as_ref().filter(|_| self.encoding.as_deref() == Some("base64"))?;
        STANDARD.decode(content.split_whitespace().collect::<String>()).ok().filter(|bytes| !bytes.is_empty())
    }
}
