//! What was collected of one repository, before anything is chosen from it.

use jiff::Timestamp;

/// Everything that GitHub told of a repository and of the person's part in it.
///
/// Commits and pull requests of others never come this far: whoever fills this in compares each author with
/// the person's own account, so that no later step can mistake a colleague's work for theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The repository itself.
    pub repository: RepositoryFacts,
    /// Languages, with how many bytes of code each has.
    pub languages: Vec<(String, u64)>,
    /// The README, if there is one.
    pub readme: Option<Readme>,
    /// The paths of its files, as far as they were looked at.
    pub paths: Vec<String>,
    /// The manifests among them, with their texts.
    pub manifests: Vec<Manifest>,
    /// The person's commits, the newest first; of very many only the newest.
    pub commits: Vec<Commit>,
    /// How many commits the person has.
    pub commit_count: u64,
    /// When the person's first commit was written.
    pub first_commit: Option<Timestamp>,
    /// When the person's last commit was written.
    pub last_commit: Option<Timestamp>,
    /// The person's merged pull requests, the newest first; of very many only the newest.
    pub pulls: Vec<Pull>,
    /// How many merged pull requests the person has, if GitHub says so.
    pub pull_count: Option<u64>,
}

/// A repository by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepositoryFacts {
    /// `owner/name`, as GitHub writes it now.
    pub full_name: String,
    /// The name alone.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The branch that its files are read from.
    pub default_branch: String,
}

/// The README.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readme {
    /// Its path.
    pub path: String,
    /// Its page.
    pub url: String,
    /// Its text.
    pub text: String,
    /// Whether a commit of the person's own touched it.
    pub own: bool,
}

/// A file that declares dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A commit of the person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its hash, 40 or 64 hexadecimal digits.
    pub sha: String,
    /// Its page.
    pub url: String,
    /// Its message, whole.
    pub message: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Whether it joins two branches; its message is then written by a program.
    pub merge: bool,
}

/// A merged pull request of the person's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// When it was merged.
    pub merged_at: Timestamp,
}
