//! Writing a repository by hand: the built-in set, and what tests need.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::super::git::object_id;
use super::{Account, Commit, Content, Files, Owner, Pull, Repository, Signature, language_of};

/// Who writes commits in a [`Draft`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name in the commits.
    pub name: &'static str,
    /// The e-mail address in the commits.
    pub email: &'static str,
    /// The login, if this is somebody with an account.
    pub login: Option<&'static str>,
}

/// A branch that is merged in a [`Draft`].
#[derive(Clone, Copy, Debug)]
pub struct Branch<'a> {
    /// The pull request's number.
    pub number: u64,
    /// Its title.
    pub title: &'a str,
    /// Its text; none if empty.
    pub body: &'a str,
    /// Its branch.
    pub name: &'a str,
    /// Its commits: when, as `2024-03-02 10:15` in UTC, the message, the paths, divided by spaces.
    pub commits: &'a [(&'a str, &'a str, &'a str)],
    /// When it was merged.
    pub merged: &'a str,
}

/// A repository that is being written, from its first commit to its last.
#[derive(Clone, Debug)]
pub struct Draft {
    repository: Repository,
    contents: BTreeMap<String, Arc<[u8]>>,
    touched: HashMap<String, Vec<String>>,
    /// The oldest first.
    commits: Vec<Commit>,
}

impl Draft {
    /// An empty public repository of `owner`, made at this time (`2024-03-02 10:15` in UTC).
    #[must_use]
    pub fn new(id: u64, owner: &Account, name: &str, created: &str) -> Self {
        Self::owned(
            id,
            Owner { id: owner.id, login: owner.login.clone(), organisation: false },
            name,
            created,
        )
    }

    /// The same of an organisation.
    #[must_use]
    pub fn of_organisation(id: u64, (owner_id, owner): (u64, &str), name: &str, created: &str) -> Self {
        Self::owned(id, Owner { id: owner_id, login: owner.to_owned(), organisation: true }, name, created)
    }

    fn owned(id: u64, owner: Owner, name: &str, created: &str) -> Self {
        let repository = Repository {
            id,
            owner,
            name: name.to_owned(),
            description: None,
            private: false,
            fork: false,
            topics: Vec::new(),
            collaborators: Vec::new(),
            former_names: Vec::new(),
            default_branch: "main".to_owned(),
            created_at: at(created),
            content: Content::default(),
        };
        Self { repository, contents: BTreeMap::new(), touched: HashMap::new(), commits: Vec::new() }
    }

    /// What it is about.
    #[must_use]
    pub fn description(mut self, description: &str, topics: &[&str]) -> Self {
        self.repository.description = Some(description.to_owned());
        self.repository.topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
        self
    }

    /// Only for its owner and collaborators.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.repository.private = true;
        self
    }

    /// Begun as a copy of somebody else's.
    #[must_use]
    pub fn fork(mut self) -> Self {
        self.repository.fork = true;
        self
    }

    /// With these logins as collaborators.
    #[must_use]
    pub fn collaborators(mut self, logins: &[&str]) -> Self {
        self.repository.collaborators = logins.iter().map(|login| (*login).to_owned()).collect();
        self
    }

    /// Once called this (`owner/name`); requests to that name are sent on.
    #[must_use]
    pub fn formerly(mut self, full_name: &str) -> Self {
        self.repository.former_names.push(full_name.to_owned());
        self
    }

    /// With a file in the newest commit. Its language counts unless [`Draft::languages`] says otherwise.
    #[must_use]
    pub fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.contents.insert(path.to_owned(), Arc::from(content.as_ref()));
        self
    }

    /// With these bytes of code by language, instead of those of its files.
    #[must_use]
    pub fn languages(mut self, languages: &[(&str, u64)]) -> Self {
        let languages = languages.iter().map(|(language, bytes)| ((*language).to_owned(), *bytes));
        self.repository.content.languages = languages.collect();
        self
    }

    /// With a commit on the default branch that touches these paths, divided by spaces.
    #[must_use]
    pub fn commit(mut self, author: &Author, when: &str, message: &str, paths: &str) -> Self {
        let parents = self.head().into_iter().collect();
        self.push(author, at(when), message, paths, parents);
        self
    }

    /// With a branch of this author, merged by a merge commit as GitHub's button makes it.
    #[must_use]
    pub fn merge(mut self, author: &Author, branch: &Branch<'_>) -> Self {
        let base = self.head().unwrap_or_default();
        let mut head = base.clone();
        for (when, message, paths) in branch.commits {
            head = self.push(author, at(when), message, paths, vec![head]);
        }
        let (created, merged) =
            (at(branch.commits.first().map_or(branch.merged, |first| first.0)), at(branch.merged));
        let from = author.login.unwrap_or("someone");
        let message =
            format!("Merge pull request #{} from {from}/{}\n\n{}", branch.number, branch.name, branch.title);
        self.push(author, merged, &message, "", vec![base.clone(), head.clone()]);
        self.repository.content.pulls.push(Pull {
            number: branch.number,
            title: branch.title.to_owned(),
            body: (!branch.body.is_empty()).then(|| branch.body.to_owned()),
            author: author.login.map(str::to_owned),
            head: (branch.name.to_owned(), head),
            base,
            // It was opened a little after its first commit.
            created_at: created.saturating_add(SignedDuration::from_mins(20)).unwrap_or(created).min(merged),
            merged_at: Some(merged),
        });
        self
    }

    /// The repository.
    #[must_use]
    pub fn build(self) -> Repository {
        let Self { mut repository, contents, touched, mut commits } = self;
        let content = &mut repository.content;
        if content.languages.is_empty() {
            for (path, bytes) in &contents {
                if let Some(language) = language_of(path) {
                    *content.languages.entry(language.to_owned()).or_default() += bytes.len() as u64;
                }
            }
        }
        // As `git log` orders them.
        commits.reverse();
        commits.sort_by_key(|commit| std::cmp::Reverse(commit.committer.at));
        content.commits = Arc::new(commits);
        content.pulls.sort_by_key(|pull| std::cmp::Reverse(pull.number));
        content.files = Files::Held { contents, touched };
        repository
    }

    fn head(&self) -> Option<String> {
        self.commits.last().map(|commit| commit.sha.clone())
    }

    fn push(
        &mut self,
        author: &Author,
        at: Timestamp,
        message: &str,
        paths: &str,
        parents: Vec<String>,
    ) -> String {
        let parents: Vec<String> = parents.into_iter().filter(|parent| !parent.is_empty()).collect();
        let identity = format!("{} {at} {} {parents:?} {message}", self.repository.full_name(), author.email);
        let sha = object_id("commit", identity.as_bytes());
        let signature = Signature { name: author.name.to_owned(), email: author.email.to_owned(), at };
        self.touched.insert(sha.clone(), paths.split_whitespace().map(str::to_owned).collect());
        self.commits.push(Commit {
            sha: sha.clone(),
            parents,
            author: signature.clone(),
            committer: signature,
            message: message.to_owned(),
        });
        sha
    }
}

/// A time as drafts write it, in UTC; what cannot be read is the beginning of time, which stands out.
fn at(text: &str) -> Timestamp {
    let time = text.replacen(' ', "T", 1).parse::<DateTime>();
    time.ok().and_then(|time| TimeZone::UTC.to_timestamp(time).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}
