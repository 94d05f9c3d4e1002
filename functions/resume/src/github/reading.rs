//! What is read of one repository: each method one fact, from one or a few requests.

use jiff::Timestamp;

use super::client::Page;
use super::wire::{Commit, Entry, File, Found, Pull, Repository, Tree};
use super::{Connection, GithubError, Session};

/// Commits on a page, the most that GitHub gives.
const PER_PAGE: (&str, &str) = ("per_page", "100");

/// The most pages of commits that are read from the newest on: five hundred commits.
const MOST_COMMIT_PAGES: usize = 5;

/// One repository, named as GitHub names it now.
pub(super) struct Reading<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) connection: &'a Connection,
    pub(super) owner: &'a str,
    pub(super) name: &'a str,
}

/// The member's commits in a repository.
#[derive(Debug, Default)]
pub(super) struct Commits {
    /// The newest, and of very many also the oldest.
    pub(super) found: Vec<Commit>,
    /// How many there are.
    pub(super) count: u64,
}

/// The member's merged pull requests in a repository.
#[derive(Debug, Default)]
pub(super) struct Pulls {
    /// The newest first; of very many only the newest.
    pub(super) found: Vec<Pull>,
    /// How many there are, if GitHub says so.
    pub(super) count: Option<u64>,
}

impl Session<'_> {
    /// The repository that is called `full_name`, or was before it was renamed.
    pub(super) async fn repository(&self, full_name: &str) -> Result<Repository, GithubError> {
        let (owner, name) = full_name.split_once('/').ok_or(GithubError::NotFound)?;
        self.get(&["repos", owner, name], &[]).await
    }
}

impl Reading<'_> {
    fn path<'b>(&'b self, rest: &[&'b str]) -> Vec<&'b str> {
        ["repos", self.owner, self.name].into_iter().chain(rest.iter().copied()).collect()
    }

    /// Languages, with their bytes of code.
    pub(super) async fn languages(&self) -> Result<Vec<(String, u64)>, GithubError> {
        let languages: std::collections::BTreeMap<String, u64> =
            self.session.get(&self.path(&["languages"]), &[]).await?;
        Ok(languages.into_iter().collect())
    }

    /// The README; none if there is none.
    pub(super) async fn readme(&self) -> Result<Option<File>, GithubError> {
        optional(self.session.get(&self.path(&["readme"]), &[]).await)
    }

    /// A file; none if it is gone, or is no file.
    pub(super) async fn file(&self, path: &str) -> Result<Option<File>, GithubError> {
        let segments: Vec<&str> = std::iter::once("contents").chain(path.split('/')).collect();
        optional(self.session.get(&self.path(&segments), &[]).await)
    }

    /// All files with their sizes, those of the root alone where the tree is too large to be sent.
    pub(super) async fn files(&self, branch: &str) -> Result<Vec<(String, u64)>, GithubError> {
        let tree: Result<Tree, _> =
            self.session.get(&self.path(&["git", "trees", branch]), &[("recursive", "1")]).await;
        let entries = match tree {
            Ok(tree) => tree.tree,
            Err(GithubError::NotFound | GithubError::Empty) => Vec::new(),
            Err(GithubError::Contract(error)) => {
                tracing::warn!(%error, "no whole tree; reading the root");
                let root: Option<Vec<Entry>> =
                    optional(self.session.get(&self.path(&["contents"]), &[]).await)?;
                root.unwrap_or_default()
            }
            Err(error) => return Err(error),
        };
        let files = entries.into_iter().filter(|entry| matches!(entry.kind.as_str(), "blob" | "file"));
        Ok(files.map(|entry| (entry.path, entry.size)).collect())
    }

    /// The member's own commits: those that GitHub gives to the account, and those with one of its verified
    /// e-mail addresses.
    pub(super) async fn commits(&self) -> Result<Commits, GithubError> {
        let mut commits = self.commits_by(&self.connection.connected.login).await?;
        for email in self.connection.connected.emails.iter().take(3) {
            let query = [PER_PAGE, ("author", email.as_str())];
            let page = self.session.page(&self.path(&["commits"]), &query, None).await?;
            let Page::Changed { items, .. } = page else { continue };
            for commit in items.into_iter().filter(|commit| self.is_own(commit)) {
                if !commits.found.iter().any(|known| known.sha == commit.sha) {
                    // Those that GitHub gives to the account are counted already, also where they were not read.
                    commits.count += u64::from(!commit.is_of_an_account());
                    commits.found.push(commit);
                }
            }
        }
        Ok(commits)
    }

    async fn commits_by(&self, author: &str) -> Result<Commits, GithubError> {
        let mut commits = Commits::default();
        let mut page =
            self.session.page(&self.path(&["commits"]), &[PER_PAGE, ("author", author)], None).await?;
        let mut oldest = None;
        for number in 1_u64.. {
            let Page::Changed { items, next, last, .. } = page else { break };
            commits.count = commits.count.max((number - 1) * 100 + items.len() as u64);
            commits.found.extend(items.into_iter().filter(|commit| self.is_own(commit)));
            oldest = last.or(oldest);
            let Some(next) = next else { return Ok(commits) };
            if number == MOST_COMMIT_PAGES as u64 {
                break;
            }
            page = self.session.follow(&next, None).await?;
        }
        if let Some(last) = oldest {
            self.add_oldest(&mut commits, &last).await?;
        }
        Ok(commits)
    }

    /// Adds the last page, for the day of the first commit and for how many there are.
    async fn add_oldest(&self, commits: &mut Commits, last: &str) -> Result<(), GithubError> {
        let Page::Changed { items, .. } = self.session.follow::<Commit>(last, None).await? else {
            return Ok(());
        };
        if let Some(number) = page_number(last) {
            commits.count = number.saturating_sub(1).saturating_mul(100).saturating_add(items.len() as u64);
        }
        commits.found.extend(items.into_iter().filter(|commit| self.is_own(commit)));
        Ok(())
    }

    /// Whether one of the member's own commits touched the file.
    pub(super) async fn touched(&self, path: &str) -> Result<bool, GithubError> {
        let query = [("path", path), ("author", self.connection.connected.login.as_str()), ("per_page", "1")];
        let commits: Vec<Commit> = self.session.get(&self.path(&["commits"]), &query).await?;
        Ok(commits.iter().any(|commit| self.is_own(commit)))
    }

    fn is_own(&self, commit: &Commit) -> bool {
        let account = commit.author.as_ref().and_then(|author| author.id);
        let email = commit.commit.author.as_ref().and_then(|author| author.email.as_deref());
        self.connection.wrote(account, email)
    }

    /// The member's own merged pull requests, the newest first. GitHub's list cannot be asked for an author:
    /// where it has more than a page, the search is asked, and where that fails, the page has to do; how many there
    /// are is then not known.
    pub(super) async fn pulls(&self) -> Result<Pulls, GithubError> {
        let query = [("state", "closed"), ("sort", "updated"), ("direction", "desc"), PER_PAGE];
        let page = self.session.page(&self.path(&["pulls"]), &query, None).await?;
        let Page::Changed { items, next, .. } = page else { return Ok(Pulls::default()) };
        let found = self.own_merged(items);
        if next.is_none() {
            return Ok(Pulls { count: Some(found.len() as u64), found });
        }
        match self.search_pulls().await {
            Ok(Some(searched)) => Ok(searched),
            Ok(None) => Ok(Pulls { found, count: None }),
            Err(error) => {
                tracing::warn!(%error, "no search for pull requests");
                Ok(Pulls { found, count: None })
            }
        }
    }

    /// None if the search did not look at everything.
    async fn search_pulls(&self) -> Result<Option<Pulls>, GithubError> {
        let login = &self.connection.connected.login;
        let terms = format!("is:pr is:merged author:{login} repo:{}/{}", self.owner, self.name);
        let query = [("q", terms.as_str()), ("sort", "created"), ("order", "desc"), PER_PAGE];
        let found: Found = self.session.get(&["search", "issues"], &query).await?;
        if found.incomplete_results {
            return Ok(None);
        }
        let (total, shown) = (found.total_count, found.items.len());
        let found = self.own_merged(found.items);
        // The search goes by the name of the account; where somebody else had that name, it counts theirs too.
        let count = if found.len() == shown { Some(total) } else { None };
        Ok(Some(Pulls { found, count }))
    }

    fn own_merged(&self, pulls: Vec<Pull>) -> Vec<Pull> {
        let own = |pull: &Pull| {
            let account = pull.user.as_ref().and_then(|user| user.id);
            account.is_some() && self.connection.wrote(account, None) && pull.when_merged().is_some()
        };
        pulls.into_iter().filter(own).collect()
    }
}

impl Commit {
    /// Whether GitHub gives it to an account, whosever it is.
    fn is_of_an_account(&self) -> bool {
        self.author.as_ref().is_some_and(|author| author.id.is_some())
    }
}

impl Pull {
    /// When it was merged, as a list or as a search says it.
    pub(super) fn when_merged(&self) -> Option<Timestamp> {
        self.merged_at.or_else(|| self.pull_request.as_ref()?.merged_at)
    }
}

fn optional<T>(answer: Result<T, GithubError>) -> Result<Option<T>, GithubError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(GithubError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The number of the page that an address names.
fn page_number(url: &str) -> Option<u64> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|field| field.strip_prefix("page=")?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_stands_in_its_address() {
        assert_eq!(
            page_number("https://api.github.com/repositories/1/commits?per_page=100&page=34"),
            Some(34)
        );
        assert_eq!(page_number("https://api.github.com/repositories/1/commits?per_page=100"), None);
        assert_eq!(page_number("nonsense"), None);
    }
}
